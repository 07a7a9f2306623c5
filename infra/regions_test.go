package main

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// 8.security: data stays in the EU region it was put in.
func TestItIsNotPossibleToDeployOutsideTheEU(t *testing.T) {
	for _, region := range []string{"us-east-1", "eu-west-2", "eu-central-2", "", "EU-WEST-1"} {
		config, err := testConfig(t.TempDir())
		require.NoError(t, err)
		config.Region = region
		require.ErrorContains(t, config.check(), "context region", region)
	}
}

// 7.mail
func TestARegionInWhichTheSupportAddressWouldBeDeafIsRefusedByName(t *testing.T) {
	for _, region := range []string{"eu-south-1", "eu-south-2"} {
		config, err := testConfig(t.TempDir())
		require.NoError(t, err)
		config.Region = region
		require.ErrorContains(t, config.check(), `"`+region+`", where SES is not known to receive mail`)
	}
}

func TestLoRaWANHasItsDestinationWhereTheServiceExistsAndNothingElsewhere(t *testing.T) {
	destination := all("service", "AWS::IoTWireless::Destination")["lorawan"]
	require.Equal(t, "lorawan/uplink", destination.Properties["Expression"])
	folder := t.TempDir()
	config, err := testConfig(folder)
	require.NoError(t, err)
	config.Region = "eu-north-1"
	made, err := synthesised(config, filepath.Join(folder, "out"))
	require.NoError(t, err)
	require.Empty(t, made["service"].all("AWS::IoTWireless::Destination"))
	require.NotContains(t, made["service"].all("AWS::IAM::Role"), "lorawanrole")
	require.NotEmpty(t, made["service"].all("AWS::IoT::TopicRule"), "other networks publish on the same topic")
}
