package main

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/catalog"
)

func TestWhatNobodyWaitsForIsBoundedAndLeavesTheAccountToPeople(t *testing.T) {
	functions, reserved := all("service", "AWS::Lambda::Function"), 0.0
	for _, f := range catalog.Functions {
		bound := functions[named(f.Name)].Properties["ReservedConcurrentExecutions"]
		if !f.Asynchronous() && f.Queue == "" && f.Name != "import" {
			require.Nil(t, bound, "%s answers people", f.Name)
			continue
		}
		require.NotNil(t, bound, "a storm of %s must be bounded: catalog.AtMost", f.Name)
		require.EqualValues(t, catalog.AtMost[f.Name], bound, f.Name)
		reserved += bound.(float64)
		if f.Schedule == catalog.EveryMinute {
			require.GreaterOrEqual(t, bound, 3.0, "%s: a run, the next, and one that is slow to end", f.Name)
		}
	}
	for name, mapping := range all("service", "AWS::Lambda::EventSourceMapping") {
		require.Equal(t, functions[text(mapping.Properties["FunctionName"])].Properties["ReservedConcurrentExecutions"],
			mapping.at("ScalingConfig", "MaximumConcurrency"), name)
	}
	require.LessOrEqual(t, reserved, 200.0, "of the 1,000 of an account")
	for name := range catalog.AtMost {
		require.True(t, slices.ContainsFunc(catalog.Functions,
			func(f catalog.Function) bool { return f.Name == name }), name)
	}
}

// A new account may have a limit of 10, of which AWS lets nothing be reserved.
func TestNothingIsReservedInAnAccountThatHasNoneToSpare(t *testing.T) {
	config, err := testConfig(t.TempDir())
	require.NoError(t, err)
	config.Concurrency = 10
	for _, f := range catalog.Functions {
		require.Nil(t, config.atMost(f), f.Name)
	}
	config.Concurrency = 9
	require.ErrorContains(t, config.check(), "context concurrency")
}

// 7.erase: nobody reads a restored directory before the erasures were repeated on it.
func TestWhileARestoreIsMadeReadyNothingThatMayUseTheDirectoryRuns(t *testing.T) {
	folder := t.TempDir()
	config, err := testConfig(folder)
	require.NoError(t, err)
	config.Closed, config.Restored = true, map[catalog.Resource]string{catalog.Directory: "iotspot-restored"}
	config.PublicURL, config.Certificate = "https://api.iotspot.example",
		"arn:aws:acm:eu-west-1:123456789012:certificate/one"
	made, err := synthesised(config, filepath.Join(folder, "out"))
	require.NoError(t, err)
	functions, running := made["service"].all("AWS::Lambda::Function"), []string{}
	for _, f := range catalog.Functions {
		r := functions[named(f.Name)]
		uses := slices.ContainsFunc(f.Rights, func(right catalog.Right) bool { return right.On == catalog.Directory })
		if !uses {
			running = append(running, f.Name)
			require.NotEqual(t, 0.0, r.Properties["ReservedConcurrentExecutions"], f.Name)
			continue
		}
		require.Equal(t, 0.0, r.Properties["ReservedConcurrentExecutions"], f.Name)
		require.Equal(t, "iotspot-restored", r.at("Environment", "Variables", "DIRECTORY_TABLE"), f.Name)
	}
	require.Contains(t, running, "sweep", "deadlines go on")
	for name, mapping := range made["service"].all("AWS::Lambda::EventSourceMapping") {
		require.Equal(t, false, mapping.Properties["Enabled"], name)
	}
	require.NotContains(t, made["data"].all("AWS::DynamoDB::Table"), "directory",
		"the old one stays, and the stack lets go of it")
	for name, role := range made["service"].all("AWS::IAM::Role") {
		for _, s := range policies(t, role) {
			for _, on := range s.Resources {
				require.NotContains(t, on, "directory", name)
			}
		}
	}
	domain := made["service"].all("AWS::ApiGatewayV2::DomainName")["domain"]
	require.Equal(t, "api.iotspot.example", domain.Properties["DomainName"])
	require.Equal(t, "TLS_1_2",
		domain.Properties["DomainNameConfigurations"].([]any)[0].(map[string]any)["SecurityPolicy"])
	require.Equal(t, true,
		made["service"].all("AWS::ApiGatewayV2::Api")["api"].Properties["DisableExecuteApiEndpoint"])
}

func TestOnlyATableWithABackupIsReplacedByARestoredOne(t *testing.T) {
	config, err := testConfig(t.TempDir())
	require.NoError(t, err)
	config.Restored = map[catalog.Resource]string{catalog.Agenda: "other"}
	require.ErrorContains(t, config.check(), "context agenda")
	config.Restored, config.Certificate = nil, "arn:aws:acm:us-east-1:123456789012:certificate/one"
	require.ErrorContains(t, config.check(), "context certificate")
}
