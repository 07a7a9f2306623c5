package main

import (
	"slices"
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
	require.Empty(t, all("data", "AWS::SES::ConfigurationSetEventDestination"), "no opening and no link is followed")
}
