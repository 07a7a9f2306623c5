package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/catalog"
)

// 7.erase, 8.security: what bounces is kept nowhere, and nothing is handed on in clear.
func TestAllMailIsSentByASetThatKeepsNoAddressAndInsistsOnTLS(t *testing.T) {
	sets := all("data", "AWS::SES::ConfigurationSet")
	require.Len(t, sets, 1)
	delete(sets["mailset"].Properties, "Tags")
	require.Equal(t, map[string]any{"Name": "iotspot-test-mail",
		"DeliveryOptions":    map[string]any{"TlsPolicy": "REQUIRE"},
		"SuppressionOptions": map[string]any{"SuppressedReasons": []any{}}}, sets["mailset"].Properties)
	sender := all("data", "AWS::SES::EmailIdentity")["sender"]
	require.Equal(t, "mailset", text(sender.at("ConfigurationSetAttributes", "ConfigurationSetName")),
		"of mail that doesn't name it too")
	for _, f := range catalog.Functions {
		sends := slices.ContainsFunc(f.Rights, func(r catalog.Right) bool { return r.On == catalog.Mail })
		require.Equal(t, sends, slices.Contains(f.Variables, catalog.MailSet), f.Name)
		if sends {
			require.Equal(t, "iotspot-test-mail", text(all("service",
				"AWS::Lambda::Function")[named(f.Name)].at("Environment", "Variables", string(catalog.MailSet))),
				f.Name)
		}
	}
}

// 6.confidential: of a mail that came back nobody learns to whom it went.
func TestOfAMailThatCameBackItsMarkAloneIsHandedOn(t *testing.T) {
	told := all("data", "AWS::SES::ConfigurationSetEventDestination")["bounces"]
	require.Equal(t, "mailset", text(told.Properties["ConfigurationSetName"]))
	require.Equal(t, []any{"BOUNCE", "COMPLAINT"}, told.at("EventDestination", "MatchingEventTypes"),
		"no opening and no link is followed")
	require.Equal(t, "arn:AWS::Partition:events:eu-west-1:AWS::AccountId:event-bus/default",
		text(told.at("EventDestination", "EventBridgeDestination", "EventBusArn")), "SES knows no other")
	rule := all("service", "AWS::Events::Rule")["mailbouncebounces"]
	require.Nil(t, rule.Properties["EventBusName"], "the account's own bus")
	target := resource{Properties: rule.Properties["Targets"].([]any)[0].(map[string]any)}
	require.Nil(t, target.Properties["DeadLetterConfig"], "what SES wrote would be kept there, with the address")
	require.EqualValues(t, 60, target.at("RetryPolicy", "MaximumEventAgeInSeconds"))
	var sent, made map[string]any
	require.NoError(t, json.Unmarshal(payload(t, "ses-bounce"), &sent))
	template := text(target.at("InputTransformer", "InputTemplate"))
	for name, path := range target.at("InputTransformer", "InputPathsMap").(map[string]any) {
		value, err := json.Marshal(found(t, sent, text(path)))
		require.NoError(t, err)
		template = strings.ReplaceAll(template, "<"+name+">", string(value))
	}
	require.JSONEq(t, string(payload(t, "mail-bounced")), template)
	require.NoError(t, json.Unmarshal([]byte(template), &made))
	pattern := resource{Properties: rule.Properties["EventPattern"].(map[string]any)}
	require.Contains(t, pattern.Properties["detail-type"], sent["detail-type"])
	require.Equal(t, []any{sent["source"]}, pattern.Properties["source"])
	require.Equal(t, []any{"iotspot-test-mail"}, pattern.at("detail", "mail", "tags", "ses:configuration-set"))
}

// payload is a file of events.
func payload(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "events", "payloads", name+".json"))
	require.NoError(t, err)
	return content
}

// found is what a path as $.detail.list[0] leads to.
func found(t *testing.T, from any, path string) any {
	t.Helper()
	for _, step := range strings.Split(strings.TrimPrefix(path, "$."), ".") {
		name, first := strings.CutSuffix(step, "[0]")
		from = from.(map[string]any)[name]
		if first {
			from = from.([]any)[0]
		}
	}
	require.NotNil(t, from, path)
	return from
}
