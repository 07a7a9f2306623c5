package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/catalog"
)

func TestEveryFunctionOfTheListIsDeployedOnArmAndNoOther(t *testing.T) {
	functions := all("service", "AWS::Lambda::Function")
	require.Len(t, functions, len(catalog.Functions))
	for _, f := range catalog.Functions {
		r, ok := functions[named(f.Name)]
		require.True(t, ok, f.Name)
		require.Equal(t, "provided.al2023", r.Properties["Runtime"], f.Name)
		require.Equal(t, []any{"arm64"}, r.Properties["Architectures"], f.Name)
		require.Equal(t, f.Timeout.Seconds(), r.Properties["Timeout"], f.Name)
		require.EqualValues(t, f.Memory, r.Properties["MemorySize"], f.Name)
		require.Equal(t, named(f.Name+"-role")+".Arn", text(r.Properties["Role"]), f.Name)
		require.Equal(t, named(f.Name+"-log"), text(r.at("LoggingConfig", "LogGroup")), f.Name)
		require.Equal(t, "Active", r.at("TracingConfig", "Mode"), f.Name)
	}
}

func TestAFunctionsEnvironmentFollowsFromTheList(t *testing.T) {
	for _, f := range catalog.Functions {
		wanted := map[string]bool{}
		for _, right := range f.Rights {
			if variable := catalog.ResourceVariables[right.On]; variable != "" {
				wanted[variable] = true
			}
		}
		for _, variable := range f.Variables {
			wanted[string(variable)] = true
		}
		for name := range f.Runtime() {
			wanted[name] = true
		}
		given, _ := all("service", "AWS::Lambda::Function")[named(f.Name)].at("Environment",
			"Variables").(map[string]any)
		require.ElementsMatch(t, slices.Collect(maps.Keys(wanted)), slices.Collect(maps.Keys(given)), f.Name)
		for _, variable := range f.Variables {
			if !variable.IsKey() {
				continue
			}
			value := text(given[string(variable)])
			require.True(t, strings.HasPrefix(value, "{{resolve:secretsmanager:") &&
				strings.HasSuffix(value, ":SecretString:"+string(variable)+"::}}"),
				"the key of %s is not in the template, and no other comes with it: %s", f.Name, value)
			require.Equal(t, "key.Arn", text(all("service",
				"AWS::Lambda::Function")[named(f.Name)].Properties["KmsKeyArn"]),
				"nor can it be read in %s's configuration without a right on its key", f.Name) // 8.security
		}
		for name, value := range given {
			if name != string(catalog.DNSServer) && name != string(catalog.Connector) { // the system's own; none
				require.NotEmpty(t, text(value), "%s of %s", name, f.Name)
			}
		}
	}
}

func TestTheRoutesAreTheDeclaredOperations(t *testing.T) {
	routes := map[string]resource{}
	for _, r := range all("service", "AWS::ApiGatewayV2::Route") {
		routes[text(r.Properties["RouteKey"])] = r
	}
	stage := all("service", "AWS::ApiGatewayV2::Stage")["stage"]
	integrations := all("service", "AWS::ApiGatewayV2::Integration")
	require.Len(t, routes, len(api.Operations()))
	for _, o := range api.Operations() {
		r, ok := routes[o.RouteKey()]
		require.True(t, ok, o.RouteKey())
		require.Equal(t, "integrations/"+named(o.Function+"-integration"), text(r.Properties["Target"]), o.ID)
		require.Equal(t, named(o.Function)+".Arn",
			text(integrations[named(o.Function+"-integration")].Properties["IntegrationUri"]), o.ID)
		require.Equal(t, "NONE", r.Properties["AuthorizationType"], "%s: the function finds out who is calling", o.ID)
		if o.Throttle != (api.Throttle{}) {
			require.Equal(t, map[string]any{"ThrottlingRateLimit": o.Throttle.Rate,
				"ThrottlingBurstLimit": float64(o.Throttle.Burst)},
				stage.at("RouteSettings", o.RouteKey()), o.ID)
		}
	}
	require.Empty(t, all("service", "AWS::ApiGatewayV2::Authorizer"))
	require.EqualValues(t, api.DefaultThrottle.Rate, stage.at("DefaultRouteSettings", "ThrottlingRateLimit"))
	require.EqualValues(t, api.DefaultThrottle.Burst, stage.at("DefaultRouteSettings", "ThrottlingBurstLimit"))
}

// 11.cookies, 8.security
func TestTheAccessLogHoldsNoAddressAndNoPath(t *testing.T) {
	var format map[string]string
	stage := all("service", "AWS::ApiGatewayV2::Stage")["stage"]
	require.NoError(t, json.Unmarshal([]byte(text(stage.at("AccessLogSettings", "Format"))), &format))
	require.Equal(t, map[string]string{"requestId": "$context.requestId", "routeKey": "$context.routeKey",
		"status": "$context.status", "latency": "$context.responseLatency"}, format)
}

func TestEveryLogGoesWithinAMonth(t *testing.T) {
	logs := all("service", "AWS::Logs::LogGroup")
	require.Len(t, logs, len(catalog.Functions)+2, "one for each function, one of the API and one of what activates "+
		"the receipt rules")
	for name, log := range logs {
		require.EqualValues(t, 30, log.Properties["RetentionInDays"], name)
	}
}

func TestATablesBackupIsItsRegimeAndEachTableHasATimeToLive(t *testing.T) {
	recovery := map[catalog.Backup]map[string]any{
		catalog.OneDay:   {"PointInTimeRecoveryEnabled": true, "RecoveryPeriodInDays": 1.0},
		catalog.NoBackup: {"PointInTimeRecoveryEnabled": false},
	}
	tables := all("data", "AWS::DynamoDB::Table")
	require.Len(t, tables, len(catalog.Tables))
	for _, wanted := range catalog.Tables {
		r := tables[string(wanted.Name)]
		require.Equal(t, "PAY_PER_REQUEST", r.Properties["BillingMode"], wanted.Name)
		require.Equal(t, map[string]any{"AttributeName": "ttl", "Enabled": true},
			r.Properties["TimeToLiveSpecification"], wanted.Name)
		require.Equal(t, recovery[wanted.Backup], r.Properties["PointInTimeRecoverySpecification"], wanted.Name)
		require.Equal(t, true, r.Properties["DeletionProtectionEnabled"], wanted.Name)
		require.Equal(t, "key.Arn", text(r.at("SSESpecification", "KMSMasterKeyId")), wanted.Name)
		require.Equal(t, []any{map[string]any{"AttributeName": "pk", "KeyType": "HASH"},
			map[string]any{"AttributeName": "sk", "KeyType": "RANGE"}},
			r.Properties["KeySchema"], wanted.Name)
		indexes, _ := r.Properties["GlobalSecondaryIndexes"].([]any)
		require.Len(t, indexes, len(wanted.Indexes), wanted.Name)
		for i, index := range wanted.Indexes {
			projection := map[string]any{"ProjectionType": "KEYS_ONLY"}
			if len(index.Beside) > 0 {
				beside := make([]any, len(index.Beside))
				for i, name := range index.Beside {
					beside[i] = name
				}
				projection = map[string]any{"ProjectionType": "INCLUDE", "NonKeyAttributes": beside}
			}
			require.Equal(t, map[string]any{"IndexName": index.Name, "Projection": projection,
				"KeySchema": []any{map[string]any{"AttributeName": index.Attribute, "KeyType": "HASH"}}}, indexes[i])
		}
	}
}

func TestWhatHoldsDataStaysWhenItsStackGoes(t *testing.T) {
	for id, r := range templates["data"].Resources {
		if strings.HasSuffix(r.Type, "Policy") {
			continue
		}
		require.Equal(t, "Retain", r.UpdateReplacePolicy, id)
		if r.Type == "AWS::DynamoDB::Table" {
			require.Equal(t, "Retain", r.DeletionPolicy, "its own protection would stop the way back")
			continue
		}
		require.Equal(t, "RetainExceptOnCreate", r.DeletionPolicy, "what a failed first deployment left of %s would "+
			"stop the next one", id)
	}
}

func TestNoBucketIsPublicOrReachedWithoutTLS(t *testing.T) {
	buckets := all("data", "AWS::S3::Bucket")
	require.Len(t, buckets, len(catalog.Buckets))
	require.Empty(t, all("service", "AWS::S3::Bucket"))
	for name, r := range buckets {
		require.Equal(t, map[string]any{"BlockPublicAcls": true, "BlockPublicPolicy": true, "IgnorePublicAcls": true,
			"RestrictPublicBuckets": true},
			r.Properties["PublicAccessBlockConfiguration"], name)
		require.Equal(t, "Enabled", r.at("VersioningConfiguration", "Status"), name)
		require.Contains(t, text(r.Properties["BucketEncryption"]), "aws:kms", name)
		refused := map[string]bool{}
		for _, s := range statements(t, all("data",
			"AWS::S3::BucketPolicy")[named(name+"-Policy")].Properties["PolicyDocument"]) {
			require.Equal(t, "Deny", s.Effect, "a bucket's policy gives nothing")
			for condition := range s.Conditions {
				refused[condition] = true
			}
		}
		require.Equal(t, map[string]bool{"Bool": true, "NumericLessThan": true}, refused, "plain HTTP and old TLS")
	}
}

func TestEveryQueueIsEncryptedAndRefusesPlainHTTP(t *testing.T) {
	guarded := map[string]bool{}
	for _, policy := range all("service", "AWS::SQS::QueuePolicy") {
		for _, s := range statements(t, policy.Properties["PolicyDocument"]) {
			if s.Effect == "Deny" && text(s.Conditions["Bool"].(map[string]any)["aws:SecureTransport"]) == "false" {
				guarded[text(policy.Properties["Queues"])] = true
			}
		}
	}
	for name, queue := range all("service", "AWS::SQS::Queue") {
		require.Equal(t, true, queue.Properties["SqsManagedSseEnabled"], name)
		require.True(t, guarded[name], name)
	}
}
