package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/catalog"
)

// 7.mail
func TestWhatArrivesAtTheSupportAddressGoesIntoItsBucketAndNowhereElse(t *testing.T) {
	sets, rules := all("service", "AWS::SES::ReceiptRuleSet"), all("service", "AWS::SES::ReceiptRule")
	require.Len(t, sets, 1)
	require.Len(t, rules, 1)
	rule := rules["receiptsupport"]
	require.Equal(t, "receipt", text(rule.Properties["RuleSetName"]))
	require.Equal(t, []any{"support@iotspot.example"}, rule.at("Rule", "Recipients"))
	require.Equal(t, true, rule.at("Rule", "Enabled"))
	require.Equal(t, true, rule.at("Rule", "ScanEnabled"), "the verdicts are what a sender is proved by")
	require.Equal(t, "Require", rule.at("Rule", "TlsPolicy"))
	actions := rule.at("Rule", "Actions").([]any)
	require.Len(t, actions, 1)
	require.Len(t, actions[0], 1)
	action := resource{Properties: actions[0].(map[string]any)}
	require.Equal(t, "receivedmail", text(action.at("S3Action", "BucketName")))
	require.Equal(t, "receiptrole.Arn", text(action.at("S3Action", "IamRoleArn")))
	role := all("service", "AWS::IAM::Role")["receiptrole"]
	granted := policies(t, role)
	require.Len(t, granted, 1)
	require.Equal(t, []string{catalog.PutObject}, granted[0].Actions)
	require.Equal(t, []string{"receivedmail.Arn/*"}, granted[0].Resources)
}

func TestTheReceiptRulesAreMadeTheAccountsAndLetGoAgain(t *testing.T) {
	active := all("service", "Custom::AWS")
	require.Len(t, active, 1)
	for _, r := range active {
		update, gone := text(r.Properties["Update"]), text(r.Properties["Delete"])
		require.Equal(t, update, text(r.Properties["Create"]))
		require.Contains(t, update, `"action":"setActiveReceiptRuleSet"`)
		require.Contains(t, update, `"RuleSetName":"receipt"`)
		require.Contains(t, gone, `"action":"setActiveReceiptRuleSet"`)
		require.NotContains(t, gone, "RuleSetName")
		require.Contains(t, strings.Join(r.DependsOn, " "), "receiptsupport")
	}
	found := 0
	for id, r := range templates["service"].Resources {
		if r.Type == "AWS::Lambda::Function" && strings.HasPrefix(id, activator) {
			found++
			require.Equal(t, "nodejs24.x", r.Properties["Runtime"], "Node 22 ends in April 2027")
			require.Equal(t, "activatereceiptrole.Arn", text(r.Properties["Role"]))
			require.Equal(t, "activatereceiptlog", text(r.at("LoggingConfig", "LogGroup")))
		}
	}
	require.Equal(t, 1, found)
}

// 7.mail
func TestAReceivedMailStartsItsFunctionAndGoesAfterADayAtTheLatest(t *testing.T) {
	for _, f := range catalog.Functions {
		if f.Objects == "" {
			continue
		}
		rule := all("service", "AWS::Events::Rule")[named(f.Name+"-arrivals")]
		require.Nil(t, rule.Properties["EventBusName"], "the account's own bus")
		require.Equal(t, []any{"aws.s3"}, rule.at("EventPattern", "source"))
		require.Equal(t, []any{"Object Created"}, rule.at("EventPattern", "detail-type"))
		require.Equal(t, named(string(f.Objects)), text(rule.at("EventPattern", "detail", "bucket", "name")))
		target := resource{Properties: rule.Properties["Targets"].([]any)[0].(map[string]any)}
		require.Equal(t, named(f.Name)+".Arn", text(target.Properties["Arn"]))
		require.Equal(t, putAside, text(target.at("DeadLetterConfig", "Arn")))
	}
	bucket := all("data", "AWS::S3::Bucket")["receivedmail"]
	require.Equal(t, true, bucket.at("NotificationConfiguration", "EventBridgeConfiguration", "EventBridgeEnabled"))
	days := map[string]any{}
	for _, rule := range bucket.at("LifecycleConfiguration", "Rules").([]any) {
		r := resource{Properties: rule.(map[string]any)}
		require.Equal(t, "Enabled", r.Properties["Status"])
		for _, name := range []string{"ExpirationInDays", "NoncurrentVersionExpiration",
			"ExpiredObjectDeleteMarker"} {
			if value := r.Properties[name]; value != nil {
				days[name] = value
			}
		}
	}
	require.Equal(t, map[string]any{"ExpirationInDays": 1.0, "ExpiredObjectDeleteMarker": true,
		"NoncurrentVersionExpiration": map[string]any{"NoncurrentDays": 1.0}}, days)
}
