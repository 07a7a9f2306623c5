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

// granted are the rights in the template that a function has, as "action resource".
func granted(t *testing.T, f catalog.Function) []string {
	t.Helper()
	role, ok := all("service", "AWS::IAM::Role")[named(f.Name+"-role")]
	require.True(t, ok, "%s has no role of its own", f.Name)
	require.Empty(t, role.Properties["ManagedPolicyArns"], "%s takes rights from a policy that is not ours", f.Name)
	var rights []string
	for _, policy := range role.Properties["Policies"].([]any) {
		for _, s := range statements(t, policy.(map[string]any)["PolicyDocument"]) {
			require.Equal(t, "Allow", s.Effect)
			for _, action := range s.Actions {
				for _, on := range s.Resources {
					rights = append(rights, action+" "+on)
				}
			}
		}
	}
	slices.Sort(rights)
	return rights
}

// listed are the rights that the list gives, and those that follow from its triggers and its log.
func listed(f catalog.Function) []string {
	rights := byTrigger(f)
	for _, right := range f.Rights {
		for _, action := range right.Actions {
			for _, on := range arns(right, action) {
				rights = append(rights, action+" "+on)
			}
		}
	}
	slices.Sort(rights)
	return slices.Compact(rights)
}

func byTrigger(f catalog.Function) []string {
	log := named(f.Name+"-log") + ".Arn"
	rights := []string{"logs:CreateLogStream " + log, "logs:PutLogEvents " + log, "xray:PutTraceSegments *",
		"xray:PutTelemetryRecords *"}
	for _, queue := range []string{f.Queue, string(f.Wake)} {
		for _, action := range []string{"ReceiveMessage", "DeleteMessage", "GetQueueAttributes"} {
			if queue != "" {
				rights = append(rights, "sqs:"+action+" "+named(queue)+".Arn")
			}
		}
	}
	if slices.ContainsFunc(f.Variables, catalog.Variable.IsSecret) {
		rights = append(rights, "kms:Decrypt key.Arn")
	}
	if f.Asynchronous() {
		rights = append(rights, "sqs:SendMessage "+putAside)
	}
	return rights
}

// arns are what a right is on: one resource, but for mail, which is sent as an identity and by a configuration set.
func arns(right catalog.Right, action string) []string {
	const ses = "arn:AWS::Partition:ses:eu-west-1:AWS::AccountId:"
	switch {
	case right.Index != "":
		return []string{string(right.On) + ".Arn/index/" + right.Index}
	case action == catalog.ListVers || action == catalog.ListObjects:
		return []string{named(string(right.On)) + ".Arn"}
	case right.On == catalog.Received:
		return []string{"receivedmail.Arn/*"}
	case right.On == catalog.Photos:
		return []string{"photos.Arn/*"}
	case right.On == catalog.Mail && action == catalog.SendEmail:
		return []string{ses + "identity/iotspot.example", ses + "configuration-set/iotspot-test-mail"}
	case right.On == catalog.Mail:
		return []string{"*"}
	}
	return []string{named(string(right.On)) + ".Arn"}
}

// 8.security
func TestEachFunctionMayDoWhatTheListSaysAndNothingElse(t *testing.T) {
	for _, f := range catalog.Functions {
		require.Equal(t, listed(f), granted(t, f), f.Name)
	}
}

func TestNoRightIsOnEverything(t *testing.T) {
	for stack, template := range templates {
		for id, r := range template.Resources {
			if r.Type == "AWS::KMS::Key" {
				continue // in a key's own policy * is the key
			}
			for _, s := range policies(t, r) {
				if s.Effect != "Allow" {
					continue
				}
				for _, action := range s.Actions {
					require.NotContains(t, action, "*", "%s %s", stack, id)
				}
				for _, on := range s.Resources {
					require.True(t, on == "*" || on == "photos.Arn/*" || on == "receivedmail.Arn/*" ||
						!strings.Contains(on, "*"), "%s %s: %s", stack, id, on)
				}
				if slices.Contains(s.Resources, "*") {
					require.Contains(t, []string{catalog.Unsuppress, catalog.ListSuppressed, setActive,
						catalog.DescribeEndpoint,
						strings.Join(trace, " ")}, strings.Join(s.Actions, " "), "%s %s", stack, id)
					require.Equal(t,
						map[string]any{"StringEquals": map[string]any{"aws:RequestedRegion": "eu-west-1"}},
						s.Conditions)
				}
			}
		}
	}
}

// policies are the statements that a resource holds, of a role or a resource's own policy.
func policies(t *testing.T, r resource) []statement {
	t.Helper()
	var found []statement
	documents := []any{r.Properties["PolicyDocument"], r.Properties["KeyPolicy"]}
	if inline, ok := r.Properties["Policies"].([]any); ok {
		for _, policy := range inline {
			documents = append(documents, policy.(map[string]any)["PolicyDocument"])
		}
	}
	for _, document := range documents {
		if document != nil {
			found = append(found, statements(t, document)...)
		}
	}
	return found
}

func TestWhoMayUseTheKeyMayDoSoOnlyThroughTheStoresOrToTellTheOperator(t *testing.T) {
	for _, key := range all("data", "AWS::KMS::Key") {
		require.Equal(t, true, key.Properties["EnableKeyRotation"])
		for _, s := range statements(t,
			key.Properties["KeyPolicy"])[1:] { // the first is the account's own administration
			equal := s.Conditions["StringEquals"].(map[string]any)
			if equal["kms:ViaService"] != nil {
				require.Equal(t, "AWS::AccountId", text(equal["kms:CallerAccount"]))
				require.Equal(t, "dynamodb.eu-west-1.amazonaws.com,s3.eu-west-1.amazonaws.com",
					text(equal["kms:ViaService"]))
				continue
			}
			require.Contains(t, []any{"cloudwatch.amazonaws.com", "budgets.amazonaws.com"},
				s.Principal.(map[string]any)["Service"])
			require.Equal(t, "AWS::AccountId", text(equal["aws:SourceAccount"]))
		}
	}
}

// A call is one that the story test saw a function make.
type call struct {
	Function string `json:"function"`
	Resource string `json:"resource"`
	Index    string `json:"index"`
	Action   string `json:"action"`
}

// 8.security
func TestTheRightsInTheTemplateAreTheCallsThatTheStoryMade(t *testing.T) {
	story := filepath.Join("..", "localstack", "proof", "story")
	stories, err := filepath.Glob(filepath.Join(story, "*_test.go"))
	require.NoError(t, err)
	raw, err := os.ReadFile(filepath.Join(story, "testdata", "calls.json"))
	if len(stories) == 0 {
		require.ErrorIs(t, err, os.ErrNotExist, "there are calls but no story that made them")
		return
	}
	require.NoError(t, err, "the story test writes the calls that it saw")
	var calls []call
	require.NoError(t, json.Unmarshal(raw, &calls))
	seen := map[string][]string{}
	for _, c := range calls {
		right := catalog.Right{On: catalog.Resource(c.Resource), Index: c.Index}
		for _, on := range arns(right, c.Action) {
			seen[c.Function] = append(seen[c.Function], c.Action+" "+on)
		}
	}
	for _, f := range catalog.Functions {
		given := slices.DeleteFunc(granted(t, f), func(right string) bool {
			return slices.Contains(byTrigger(f),
				right)
		})
		made := slices.DeleteFunc(seen[f.Name], func(right string) bool {
			return slices.Contains(byTrigger(f),
				right)
		})
		slices.Sort(made)
		require.ElementsMatch(t, slices.Compact(made), given, "%s: first the calls of the story, then the rights",
			f.Name)
		delete(seen, f.Name)
	}
	require.Empty(t, seen, "calls of functions that are not in the list")
}

// In its sandbox SES asks IAM about the recipient's identity too.
func TestATrialMaySendToTheProvedAddressesOfTheSandboxAndIsRefusedForProduction(t *testing.T) {
	config, err := testConfig(t.TempDir())
	require.NoError(t, err)
	require.Equal(t, "iotspot.example", config.identities())
	config.Trial = true
	require.NoError(t, config.check())
	require.Equal(t, "*", config.identities())
	config.Stage = "prod"
	require.ErrorContains(t, config.check(), "context trial")
}

func TestServicesOfAWSActOnlyForThisAccount(t *testing.T) {
	for name, role := range all("service", "AWS::IAM::Role") {
		for _, s := range statements(t, role.Properties["AssumeRolePolicyDocument"]) {
			service := text(s.Principal.(map[string]any)["Service"])
			if service == "lambda.amazonaws.com" {
				continue
			}
			require.True(t, strings.HasSuffix(service, ".amazonaws.com"), name)
			require.Equal(t, "AWS::AccountId",
				text(s.Conditions["StringEquals"].(map[string]any)["aws:SourceAccount"]), name)
		}
	}
	for name, permission := range all("service", "AWS::Lambda::Permission") {
		require.NotEmpty(t, permission.Properties["SourceArn"], name)
	}
}
