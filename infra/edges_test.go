package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/catalog"
)

// lets reports whether statements let a service do something on a thing on behalf of this account or of one source;
// by is "" in the policy of a role, which is about whoever has taken it.
func lets(granted []statement, by, action, on string) bool {
	return slices.ContainsFunc(granted, func(s statement) bool {
		if s.Effect != "Allow" || !slices.ContainsFunc(s.Actions, func(pattern string) bool {
			return pattern == action || strings.HasSuffix(pattern, "*") && strings.HasPrefix(action, pattern[:len(pattern)-1])
		}) {
			return false
		}
		fits := slices.ContainsFunc(s.Resources, func(r string) bool {
			return r == on || r == "*" || strings.HasSuffix(r, "/*") && strings.HasPrefix(on, r[:len(r)-1])
		})
		if by == "" || !fits {
			return fits
		}
		principal, _ := s.Principal.(map[string]any)
		return principal["Service"] == by
	})
}

// taken is what a role may do, once it is clear that a service may take it.
func taken(t *testing.T, by string, role any) []statement {
	t.Helper()
	name, ok := strings.CutSuffix(text(role), ".Arn")
	require.True(t, ok)
	r, ok := all("service", "AWS::IAM::Role")[name]
	require.True(t, ok, name)
	trust := statements(t, r.Properties["AssumeRolePolicyDocument"])
	require.True(t, slices.ContainsFunc(trust, func(s statement) bool {
		return s.Effect == "Allow" && slices.Contains(s.Actions, "sts:AssumeRole") &&
			s.Principal.(map[string]any)["Service"] == by
	}), "%s may not take %s", by, name)
	return policies(t, r)
}

func keyPolicy(t *testing.T) []statement {
	return statements(t, all("data", "AWS::KMS::Key")["key"].Properties["KeyPolicy"])
}

// telling checks that a service can put a message into a topic: by the topic's policy, and by that of its key.
func telling(t *testing.T, by string, topic any) {
	t.Helper()
	name := strings.TrimSuffix(text(topic), ".Arn")
	r, ok := all("alarms", "AWS::SNS::Topic")[name]
	require.True(t, ok, name)
	var policy []statement
	for _, one := range all("alarms", "AWS::SNS::TopicPolicy") {
		if text(one.Properties["Topics"]) == name {
			policy = append(policy, statements(t, one.Properties["PolicyDocument"])...)
		}
	}
	require.True(t, lets(policy, by, "sns:Publish", name), "%s may not publish: a policy of one's own replaces SNS's "+
		"default", by)
	require.Equal(t, "key.Arn", text(r.Properties["KmsMasterKeyId"]))
	for _, action := range []string{"kms:Decrypt", "kms:GenerateDataKey"} {
		require.True(t, lets(keyPolicy(t), by, action, "key.Arn"), "%s may not %s", by, action)
	}
	for _, s := range append(policy, keyPolicy(t)...) {
		if principal, _ := s.Principal.(map[string]any); principal["Service"] == by {
			require.Equal(t, "AWS::AccountId", text(s.Conditions["StringEquals"].(map[string]any)["aws:SourceAccount"]))
		}
	}
}

func TestEachAlarmAndTheBudgetReachWhoeverSubscribed(t *testing.T) {
	for name, alarm := range all("alarms", "AWS::CloudWatch::Alarm") {
		for _, kind := range []string{"AlarmActions", "OKActions"} {
			actions, _ := alarm.Properties[kind].([]any)
			require.Len(t, actions, 1, name)
			telling(t, "cloudwatch.amazonaws.com", actions[0])
		}
	}
	budget := all("alarms", "AWS::Budgets::Budget")["budget"]
	require.EqualValues(t, 50, budget.at("Budget", "BudgetLimit", "Amount"))
	for _, one := range budget.Properties["NotificationsWithSubscribers"].([]any) {
		for _, subscriber := range one.(map[string]any)["Subscribers"].([]any) {
			telling(t, "budgets.amazonaws.com", subscriber.(map[string]any)["Address"])
		}
	}
	subscription := all("alarms", "AWS::SNS::Subscription")["alarmsmail"]
	require.Equal(t, "operator@iotspot.example", subscription.Properties["Endpoint"])
	require.Equal(t, "alarms", text(subscription.Properties["TopicArn"]))
}

// invoked reports whether a service may start a function on behalf of a source.
func invoked(by, function, source string) bool {
	for _, p := range all("service", "AWS::Lambda::Permission") {
		if p.Properties["Principal"] == by && p.Properties["Action"] == "lambda:InvokeFunction" &&
			text(p.Properties["FunctionName"])+".Arn" == function && text(p.Properties["SourceArn"]) == source {
			return true
		}
	}
	return false
}

// into reports whether a queue's own policy lets a service send on behalf of a source.
func into(t *testing.T, queue, by, source string) bool {
	for _, policy := range all("service", "AWS::SQS::QueuePolicy") {
		for _, s := range statements(t, policy.Properties["PolicyDocument"]) {
			equals, _ := s.Conditions["ArnEquals"].(map[string]any)
			if lets([]statement{s}, by, "sqs:SendMessage", queue) && text(equals["aws:SourceArn"]) == source {
				return true
			}
		}
	}
	return false
}

func TestARuleMayStartItsFunctionAndPutAsideWhatItCannotDeliver(t *testing.T) {
	for name, rule := range all("service", "AWS::Events::Rule") {
		for _, one := range rule.Properties["Targets"].([]any) {
			target, source := resource{Properties: one.(map[string]any)}, name+".Arn"
			require.True(t, invoked("events.amazonaws.com", text(target.Properties["Arn"]), source), name)
			if dead := target.at("DeadLetterConfig", "Arn"); dead != nil {
				require.True(t, into(t, text(dead), "events.amazonaws.com", source), name)
			}
		}
	}
}

func TestAScheduleMayStartItsFunctionAndPutAsideWhatItCannotDeliver(t *testing.T) {
	for name, schedule := range all("service", "AWS::Scheduler::Schedule") {
		may := taken(t, "scheduler.amazonaws.com", schedule.at("Target", "RoleArn"))
		require.True(t, lets(may, "", "lambda:InvokeFunction", text(schedule.at("Target", "Arn"))), name)
		require.True(t, lets(may, "", "sqs:SendMessage", text(schedule.at("Target", "DeadLetterConfig", "Arn"))), name)
	}
}

func TestLambdaMayPutAsideWhatAFunctionFailedOnAndReadWhatFeedsIt(t *testing.T) {
	functions := all("service", "AWS::Lambda::Function")
	for name, config := range all("service", "AWS::Lambda::EventInvokeConfig") {
		may := taken(t, "lambda.amazonaws.com", functions[text(config.Properties["FunctionName"])].Properties["Role"])
		require.True(t, lets(may, "", "sqs:SendMessage", text(config.at("DestinationConfig", "OnFailure",
			"Destination"))), name)
	}
	for name, mapping := range all("service", "AWS::Lambda::EventSourceMapping") {
		may := taken(t, "lambda.amazonaws.com", functions[text(mapping.Properties["FunctionName"])].Properties["Role"])
		for _, action := range []string{"ReceiveMessage", "DeleteMessage", "GetQueueAttributes"} {
			require.True(t, lets(may, "", "sqs:"+action, text(mapping.Properties["EventSourceArn"])), name)
		}
	}
}

func TestSensorsMessagesMayGoFromTheirNetworkOverTheTopicIntoTheQueue(t *testing.T) {
	for name, rule := range all("service", "AWS::IoT::TopicRule") {
		actions := append(rule.at("TopicRulePayload", "Actions").([]any), rule.at("TopicRulePayload", "ErrorAction"))
		for _, action := range actions {
			to := resource{Properties: action.(map[string]any)}
			queue := text(to.at("Sqs", "QueueUrl"))
			require.True(t, lets(taken(t, "iot.amazonaws.com", to.at("Sqs", "RoleArn")), "", "sqs:SendMessage",
				queue+".Arn"), name)
			require.Nil(t, all("service", "AWS::SQS::Queue")[queue].Properties["KmsMasterKeyId"], "with a key of our "+
				"own the role would need that too")
		}
	}
	destination := all("service", "AWS::IoTWireless::Destination")["lorawan"]
	may := taken(t, "iotwireless.amazonaws.com", destination.Properties["RoleArn"])
	require.True(t, lets(may, "", "iot:DescribeEndpoint", "*"), "it looks up where to publish")
	require.True(t, lets(may, "", "iot:Publish", "arn:AWS::Partition:iot:eu-west-1:AWS::AccountId:topic/"+
		text(destination.Properties["Expression"])))
}

func TestAMailMayGoIntoItsBucketAndItsArrivalOntoTheBus(t *testing.T) {
	for name, rule := range all("service", "AWS::SES::ReceiptRule") {
		for _, one := range rule.at("Rule", "Actions").([]any) {
			action := resource{Properties: one.(map[string]any)}
			bucket := text(action.at("S3Action", "BucketName"))
			may := taken(t, "ses.amazonaws.com", action.at("S3Action", "IamRoleArn"))
			require.True(t, lets(may, "", "s3:PutObject", bucket+".Arn/mail"), name)
			kept := all("data", "AWS::S3::Bucket")[bucket]
			require.Equal(t, true, kept.at("NotificationConfiguration", "EventBridgeConfiguration",
				"EventBridgeEnabled"), "S3 needs no more for the account's own bus")
			require.Contains(t, text(kept.Properties["BucketEncryption"]), `"KMSMasterKeyID":{"Fn::GetAtt":["key`)
		}
	}
	for _, action := range []string{"kms:Decrypt", "kms:GenerateDataKey"} { // by whoever may use the bucket, through S3
		require.True(t, slices.ContainsFunc(keyPolicy(t), func(s statement) bool {
			equals, _ := s.Conditions["StringEquals"].(map[string]any)
			return lets([]statement{s}, "", action, "key.Arn") &&
				strings.Contains(text(equals["kms:ViaService"]), "s3.eu-west-1.amazonaws.com")
		}), action)
	}
}

func TestTheAPIMayCallTheFunctionOfEachOperation(t *testing.T) {
	for name, integration := range all("service", "AWS::ApiGatewayV2::Integration") {
		require.True(t, invoked("apigateway.amazonaws.com", text(integration.Properties["IntegrationUri"]),
			"arn:AWS::Partition:execute-api:eu-west-1:AWS::AccountId:api/*/*"), name)
	}
}

// What the catalog declares between services, which the local stack holds them to, is what the templates give: each
// edge is walked above, and here nothing is given beside them.
func TestServicesAreGivenTheCatalogsEdgesAndNoMore(t *testing.T) {
	declared := map[string]int{}
	for _, edge := range edges {
		declared[string(edge.By)+" "+strings.TrimSuffix(edge.Action, "*")]++
	}
	given := map[string]int{}
	for _, p := range all("service", "AWS::Lambda::Permission") {
		given[text(p.Properties["Principal"])+" "+text(p.Properties["Action"])]++
	}
	for _, policy := range all("service", "AWS::SQS::QueuePolicy") {
		for _, s := range statements(t, policy.Properties["PolicyDocument"]) {
			if principal, _ := s.Principal.(map[string]any); s.Effect == "Allow" {
				given[text(principal["Service"])+" "+s.Actions[0]]++
			}
		}
	}
	for name, r := range all("service", "AWS::IAM::Role") {
		by := text(statements(t, r.Properties["AssumeRolePolicyDocument"])[0].Principal.(map[string]any)["Service"])
		if by == string(catalog.Lambda) {
			continue // its rights are those of the function too
		}
		for _, s := range policies(t, r) {
			require.Len(t, s.Actions, 1, name)
			given[by+" "+s.Actions[0]]++
		}
	}
	for _, by := range []catalog.Service{catalog.APIGateway, catalog.EventBridge, catalog.Scheduler, catalog.IoT,
		catalog.IoTWireless, catalog.SES} {
		for _, action := range []string{catalog.InvokeFunction, catalog.SendMsg, catalog.PublishMessage,
			catalog.DescribeEndpoint, catalog.PutObject} {
			kind := string(by) + " " + action
			require.Equal(t, declared[kind], given[kind], kind)
			delete(given, kind)
		}
	}
	require.Empty(t, given)
}

func TestAContextThatMakesALargerEnvironmentThanLambdaTakesIsRefusedAtSynthesis(t *testing.T) {
	config, err := testConfig(t.TempDir())
	require.NoError(t, err)
	require.NoError(t, config.check())
	config.Controller.Name = strings.Repeat("x", 3500)
	require.ErrorContains(t, config.check(), "accepted: 4096")
}
