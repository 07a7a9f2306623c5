package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/catalog"
)

// putAside is where goes what nobody waits for.
const putAside = "deadletters.Arn"

func TestEachEventOfTheListReachesItsFunctionOrItsDeadLetters(t *testing.T) {
	rules := all("service", "AWS::Events::Rule")
	count := 0
	for _, f := range catalog.Functions {
		for _, detailType := range f.Events {
			count++
			if detailType == events.MailBouncedType {
				continue // mail_test.go looks at it
			}
			rule := rules[named(f.Name+"-"+detailType)]
			require.Equal(t, map[string]any{"source": []any{events.Source}, "detail-type": []any{detailType}},
				rule.Properties["EventPattern"], f.Name)
			require.Equal(t, "bus", text(rule.Properties["EventBusName"]))
			targets := rule.Properties["Targets"].([]any)
			require.Len(t, targets, 1)
			target := resource{Properties: targets[0].(map[string]any)}
			require.Equal(t, named(f.Name)+".Arn", text(target.Properties["Arn"]))
			require.Equal(t, putAside, text(target.at("DeadLetterConfig", "Arn")))
			require.NotZero(t, target.at("RetryPolicy", "MaximumRetryAttempts"))
		}
		if f.Objects != "" {
			count++
		}
	}
	require.Len(t, rules, count)
}

func TestASchedulesFunctionsAreStartedExactlyAndMissedWhenTheyAreNot(t *testing.T) {
	schedules := all("service", "AWS::Scheduler::Schedule")
	count := 0
	for _, f := range catalog.Functions {
		if f.Schedule == "" {
			continue
		}
		count++
		schedule := schedules[named(f.Name+"-schedule")]
		require.Equal(t, string(f.Schedule), schedule.Properties["ScheduleExpression"], f.Name)
		require.Equal(t, map[string]any{"Mode": "OFF"}, schedule.Properties["FlexibleTimeWindow"], f.Name)
		require.Equal(t, named(f.Name)+".Arn", text(schedule.at("Target", "Arn")))
		require.Equal(t, events.ScheduleInput, schedule.at("Target", "Input"), "%s: without an input Scheduler sends "+
			"a notification that looks like an event", f.Name)
		require.Equal(t, putAside, text(schedule.at("Target", "DeadLetterConfig", "Arn")))
		require.Contains(t, all("alarms", "AWS::CloudWatch::Alarm"), named(f.Name+"-late-alarm"))
	}
	require.Len(t, schedules, count)
}

func TestWhatAFunctionFailsOnIsPutAsideWhereNobodyWaitsForItsAnswer(t *testing.T) {
	configs := all("service", "AWS::Lambda::EventInvokeConfig")
	for _, f := range catalog.Functions {
		if !f.Asynchronous() {
			continue
		}
		require.Equal(t, putAside, text(configs[named(f.Name+"-invoke")].at("DestinationConfig", "OnFailure",
			"Destination")), f.Name)
	}
}

func TestAQueueOfTheListFeedsItsFunctionAndPutsAsideWhatFailsTooOften(t *testing.T) {
	queues := all("service", "AWS::SQS::Queue")
	for _, q := range catalog.Queues {
		require.EqualValues(t, q.Keep.Seconds(), queues[named(q.Name)].Properties["MessageRetentionPeriod"], q.Name)
	}
	mappings := all("service", "AWS::Lambda::EventSourceMapping")
	count := 0
	for _, f := range catalog.Functions {
		if f.Queue == "" {
			continue
		}
		count++
		mapping, queue := mappings[named(f.Name+"-queue")], queues[named(f.Queue)]
		require.Equal(t, named(f.Queue)+".Arn", text(mapping.Properties["EventSourceArn"]))
		require.Equal(t, []any{"ReportBatchItemFailures"}, mapping.Properties["FunctionResponseTypes"])
		require.Equal(t, named(catalog.DeadLetters(f.Queue))+".Arn",
			text(queue.at("RedrivePolicy", "deadLetterTargetArn")))
		require.EqualValues(t, catalog.MaxReceives, queue.at("RedrivePolicy", "maxReceiveCount"))
		back := queues[named(catalog.DeadLetters(f.Queue))]
		require.Equal(t, "byQueue", back.at("RedriveAllowPolicy", "redrivePermission"))
		require.Equal(t, "arn:AWS::Partition:sqs:eu-west-1:AWS::AccountId:iotspot-test-"+f.Queue,
			text(back.at("RedriveAllowPolicy", "sourceQueueArns")))
		require.GreaterOrEqual(t, queue.Properties["VisibilityTimeout"], 6*f.Timeout.Seconds(),
			"a message must not come again while it is worked on")
	}
	for _, f := range catalog.Functions {
		if f.Wake == "" {
			continue
		}
		count++
		mapping, queue := mappings[named(f.Name+"-wake-ups")], queues[named(string(f.Wake))]
		require.Equal(t, named(string(f.Wake))+".Arn", text(mapping.Properties["EventSourceArn"]))
		require.EqualValues(t, 1, mapping.Properties["BatchSize"], "the parts of a step are done side by side")
		require.Equal(t, []any{"ReportBatchItemFailures"}, mapping.Properties["FunctionResponseTypes"])
		require.EqualValues(t, f.Timeout.Seconds(), queue.Properties["VisibilityTimeout"],
			"a call whose step was killed comes again when it would have ended; Lambda takes no shorter one")
		require.EqualValues(t, catalog.LongestCall.Seconds(), queue.Properties["MessageRetentionPeriod"])
	}
	require.Len(t, mappings, count)
}

// 4.d.4, 7.erase: a queue can't be erased selectively.
func TestNoQueueKeepsWhatASensorSawForMoreThanAnHourOrAPersonsIdForMoreThanADay(t *testing.T) {
	longest := map[string]float64{catalog.Readings: 3600, "undelivered-readings": 3600}
	for _, f := range catalog.Functions {
		if f.Queue != "" {
			longest[catalog.DeadLetters(f.Queue)] = 3600
		}
	}
	for name, queue := range all("service", "AWS::SQS::Queue") {
		most := 24 * 3600.0
		for short, seconds := range longest {
			if named(short) == name {
				most = seconds
			}
		}
		require.LessOrEqual(t, queue.Properties["MessageRetentionPeriod"], most, name)
	}
}

func TestSensorsTopicsReachTheQueueAndWhatItRefusesIsPutAside(t *testing.T) {
	rules := all("service", "AWS::IoT::TopicRule")
	require.Len(t, rules, len(catalog.TopicRules))
	for _, wanted := range catalog.TopicRules {
		rule := rules[named("topic-"+wanted.Name)]
		require.Equal(t, wanted.SQL(), rule.at("TopicRulePayload", "Sql"))
		actions := rule.at("TopicRulePayload", "Actions").([]any)
		require.Len(t, actions, 1)
		require.Equal(t, catalog.Readings, text(resource{Properties: actions[0].(map[string]any)}.at("Sqs",
			"QueueUrl")))
		require.Equal(t, "undeliveredreadings", text(rule.at("TopicRulePayload", "ErrorAction", "Sqs", "QueueUrl")))
	}
}

func TestADeviceMayPublishOnItsOwnTopicAndNothingElse(t *testing.T) {
	policies := all("service", "AWS::IoT::Policy")
	require.Len(t, policies, 1)
	for _, policy := range policies {
		var may []string
		for _, s := range statements(t, policy.Properties["PolicyDocument"]) {
			require.Equal(t, "Allow", s.Effect)
			may = append(may, strings.Join(s.Actions, " ")+" "+strings.Join(s.Resources, " "))
		}
		const own = "arn:AWS::Partition:iot:eu-west-1:AWS::AccountId:"
		const reading = "iotspot/${iot:Connection.Thing.ThingName}/reading"
		require.ElementsMatch(t, []string{"iot:Connect " + own + "client/${iot:Connection.Thing.ThingName}",
			"iot:Publish " + own + "topic/" + reading,
			"iot:Publish " + own + "topic/$aws/rules/iotspot_test_own_readings/" + reading}, may)
	}
}

// A device is what IoT Core knows of a connection: its certificate's thing, and whether it is tied to it.
type device struct {
	thing    string
	attached bool
}

// may evaluates the policy for an action of a device on a resource, as IAM does: an Allow whose resource fits once
// the variables are filled in, and whose condition holds. The policy has no wildcards and denies nothing.
func (d device) may(t *testing.T, document any, action, kind, name string) bool {
	t.Helper()
	for _, s := range statements(t, document) {
		require.Equal(t, "Allow", s.Effect)
		on := strings.ReplaceAll(strings.Join(s.Resources, ""), "${iot:Connection.Thing.ThingName}", d.thing)
		require.NotContains(t, on, "*")
		if s.Actions[0] != action || !strings.HasSuffix(on, ":"+kind+"/"+name) {
			continue
		}
		if held, conditional := s.Conditions["Bool"].(map[string]any); conditional &&
			text(held["iot:Connection.Thing.IsAttached"]) != fmt.Sprint(d.attached) {
			continue
		}
		return true
	}
	return false
}

// 8.security
func TestOfTwoSensorsNeitherCanConnectOrSpeakAsTheOther(t *testing.T) {
	for _, policy := range all("service", "AWS::IoT::Policy") {
		document := policy.Properties["PolicyDocument"]
		for _, pair := range [][2]string{{"one", "two"}, {"two", "one"}} {
			mine, other := pair[0], pair[1]
			d := device{thing: mine, attached: true}
			require.True(t, d.may(t, document, "iot:Connect", "client", mine))
			require.True(t, d.may(t, document, "iot:Publish", "topic", "iotspot/"+mine+"/reading"))
			direct := catalog.TopicRules[0].Direct("test", "iotspot/"+other+"/reading")
			require.False(t, d.may(t, document, "iot:Publish", "topic", direct))
			require.False(t, d.may(t, document, "iot:Connect", "client", other))
			require.False(t, d.may(t, document, "iot:Publish", "topic", "iotspot/"+other+"/reading"))
			for _, topic := range []string{"lorawan/uplink", "disruptive/event", "iotspot/" + mine + "/command",
				"$aws/things/" + mine + "/shadow/update"} {
				require.False(t, d.may(t, document, "iot:Publish", "topic", topic))
			}
			for _, action := range []string{"iot:Subscribe", "iot:Receive", "iot:RetainPublish",
				"iot:GetThingShadow"} {
				require.False(t, d.may(t, document, action, "topic", "iotspot/"+mine+"/reading"),
					"it can read nothing")
			}
			d.attached = false
			require.False(t, d.may(t, document, "iot:Connect", "client", mine),
				"its certificate was taken from the thing")
		}
	}
}

func TestAWrongConfigurationIsRefusedWithEverythingThatIsWrong(t *testing.T) {
	err := Config{Stage: "Prod!", Region: "eu-west-1", PublicURL: "http://plain.example", Dist: t.TempDir()}.check()
	for _, part := range []string{"stage", "domain", "support", "controller", "contact", "authority",
		"authorityUrl", "terms", "security", "publicUrl"} {
		require.ErrorContains(t, err, "context "+part)
	}
	for _, f := range catalog.Functions {
		require.ErrorContains(t, err, "function "+f.Name+" is not built")
	}
	var joined interface{ Unwrap() []error }
	require.True(t, errors.As(err, &joined))
}

// 4.e.2: the address of who signs in is the one that API Gateway sees.
func TestNothingCanStandBetweenPeopleAndTheAPI(t *testing.T) {
	config, err := testConfig(t.TempDir())
	require.NoError(t, err)
	config.PublicURL = "https://api.iotspot.example"
	require.ErrorContains(t, config.check(), "context publicUrl is given without certificate")
	config.Certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/one"
	require.NoError(t, config.check())
}

func TestEveryFunctionOfTheListHasItsFolderAndNoFolderIsLeftOut(t *testing.T) {
	folders, err := filepath.Glob(filepath.Join("..", "functions", "*", "main.go"))
	require.NoError(t, err)
	var names, wanted []string
	for _, folder := range folders {
		names = append(names, filepath.Base(filepath.Dir(folder)))
	}
	for _, f := range catalog.Functions {
		wanted = append(wanted, f.Name)
	}
	require.ElementsMatch(t, wanted, names, strings.Join(names, " "))
}
