package stack_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	bus "github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sesv2/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/aws/ses"
	"github.com/iotspot/iotspot/localstack/guard"
	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/catalog"
)

// An errand goes over one edge between two services, and is counted where it arrives.
type errand struct {
	over    catalog.Edge
	without []catalog.Edge // edges that must be gone for it to be gone over
	run     func()
	arrived func() int
}

// A network is a stack of which somebody changes the policies by hand.
type network struct {
	*stack.Stack
	t *testing.T
}

func newNetwork(t *testing.T) *network {
	receiver := catalog.Function{Name: "receiver", Timeout: 5 * time.Second, Objects: catalog.Received,
		Events: []string{events.MailBouncedType}}
	faulty := catalog.Function{Name: "faulty", Timeout: time.Second, Events: []string{events.ErasureRequestedType}}
	s, err := stack.Start(t.Context(), stack.Options{Engine: enginetest.URL(t), Manual: true, Binaries: built(t),
		Functions: append(slices.Clone(functions), receiver, faulty), Operations: operations})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	raw := "From: no-reply@iotspot.example\r\nTo: ann@acme.example\r\nDate: Mon, 23 Nov 2026 08:00:00 " +
		"+0000\r\n\r\nhello\r\n"
	_, err = sesv2.NewFromConfig(s.Config()).SendEmail(t.Context(), &sesv2.SendEmailInput{
		FromEmailAddress:     aws.String("iotspot <no-reply@iotspot.example>"),
		ConfigurationSetName: aws.String("iotspot-mail"),
		Destination:          &types.Destination{ToAddresses: []string{"ann@acme.example"}},
		Content:              &types.EmailContent{Raw: &types.RawMessage{Data: []byte(raw)}},
		EmailTags:            []types.MessageTag{{Name: aws.String("mark"), Value: aws.String("m1")}}})
	require.NoError(t, err)
	return &network{s, t}
}

// ran counts the runs of a function that ended well.
func (n *network) ran(function string) func() int {
	return func() int {
		runs := 0
		for _, line := range n.Logs() {
			if line.Function == function && strings.Contains(line.Text, "done: ") {
				runs++
			}
		}
		return runs
	}
}

// dead counts what was put aside: by a function, or "" by EventBridge and its Scheduler.
func (n *network) dead(function string) func() int {
	return func() int {
		letters := n.DeadLetters()
		return len(slices.DeleteFunc(letters, func(l stack.DeadLetter) bool { return l.Function != function }))
	}
}

// fail starts the function that fails on every event.
func (n *network) fail() {
	_, err := eventbridge.NewFromConfig(n.Config()).PutEvents(n.t.Context(), &eventbridge.PutEventsInput{
		Entries: []bus.PutEventsRequestEntry{{EventBusName: aws.String("bus"), Source: aws.String(events.Source),
			DetailType: aws.String(events.ErasureRequestedType), Detail: aws.String("{}")}}})
	require.NoError(n.t, err)
}

func (n *network) errands() []errand {
	edge := func(by catalog.Service, whose, action string, on catalog.Resource) catalog.Edge {
		return catalog.Edge{By: by, For: whose, Action: action, On: on}
	}
	ask := func() { do(n.t, n.Stack, `{"write":"x","event":"{}"}`) }
	say := func() { _ = n.Publish("iotspot/s1/reading", []byte(`{}`)) }
	uplink := func() { _ = n.Publish(string(catalog.Uplinks), []byte(`{}`)) }
	write := func() {
		_ = n.Receive(ses.Incoming{Raw: []byte("From: a@acme.example\r\n\r\nhello"),
			Envelope: "a@acme.example"})
	}
	bounce := func() { _ = n.Bounce("ann@acme.example") }
	tick := func() { _ = n.Tick() }
	lost := func() int { return len(n.Queues[string(catalog.Undelivered)].Messages()) }
	kept := func() int { return len(n.Buckets.Versions(string(catalog.Received))) }
	start := func(by catalog.Service, whose, function string) catalog.Edge {
		return edge(by, whose, catalog.InvokeFunction, catalog.Resource(function))
	}
	const requested, returned, arrivals, minutely = "listener-overview-requested", "receiver-bounces",
		"receiver-arrivals", catalog.TheSchedules
	return []errand{
		{over: start(catalog.APIGateway, catalog.TheAPI, "probe"), run: ask, arrived: n.ran("probe")},
		{over: edge(catalog.DynamoDB, "agenda", catalog.Decrypt, catalog.DataKey), run: ask, arrived: n.ran("probe")},
		{over: edge(catalog.DynamoDB, "agenda", catalog.GenerateDataKey, catalog.DataKey), run: ask,
			arrived: n.ran("probe")},
		{over: start(catalog.EventBridge, requested, "listener"), run: ask, arrived: n.ran("listener")},
		{over: edge(catalog.EventBridge, requested, catalog.SendMsg, catalog.DeadLetterQueue), run: ask,
			arrived: n.dead(""),
			without: []catalog.Edge{start(catalog.EventBridge, requested, "listener")}},
		{over: edge(catalog.Lambda, "faulty", catalog.SendMsg, catalog.DeadLetterQueue), run: n.fail,
			arrived: n.dead("faulty")},
		{over: start(catalog.Scheduler, minutely, "minute"), run: tick, arrived: n.ran("minute")},
		{over: edge(catalog.Scheduler, minutely, catalog.SendMsg, catalog.DeadLetterQueue), run: tick,
			arrived: n.dead(""),
			without: []catalog.Edge{start(catalog.Scheduler, minutely, "minute")}},
		{over: edge(catalog.IoT, catalog.TheTopics, catalog.SendMsg, catalog.ReadingsQueue), run: say,
			arrived: n.ran("reader")},
		{over: edge(catalog.IoT, catalog.TheTopics, catalog.SendMsg, catalog.Undelivered), run: say, arrived: lost,
			without: []catalog.Edge{edge(catalog.IoT, catalog.TheTopics, catalog.SendMsg, catalog.ReadingsQueue)}},
		{over: edge(catalog.IoTWireless, catalog.TheLoRaWAN, catalog.DescribeEndpoint, catalog.Everything),
			run:     uplink,
			arrived: n.ran("reader")},
		{over: edge(catalog.IoTWireless, catalog.TheLoRaWAN, catalog.PublishMessage, catalog.Uplinks), run: uplink,
			arrived: n.ran("reader")},
		{over: edge(catalog.SES, catalog.TheReceipt, catalog.PutObject, catalog.Received), run: write, arrived: kept},
		{over: edge(catalog.S3, string(catalog.Received), catalog.GenerateDataKey, catalog.DataKey), run: write,
			arrived: kept},
		{over: edge(catalog.S3, string(catalog.Received), catalog.PutEvents, catalog.DefaultBus), run: write,
			arrived: n.ran("receiver")},
		{over: start(catalog.EventBridge, arrivals, "receiver"), run: write, arrived: n.ran("receiver")},
		{over: edge(catalog.EventBridge, arrivals, catalog.SendMsg, catalog.DeadLetterQueue), run: write,
			arrived: n.dead(""),
			without: []catalog.Edge{start(catalog.EventBridge, arrivals, "receiver")}},
		{over: edge(catalog.SES, string(catalog.Mail), catalog.PutEvents, catalog.DefaultBus), run: bounce,
			arrived: n.ran("receiver")},
		{over: start(catalog.EventBridge, returned, "receiver"), run: bounce, arrived: n.ran("receiver")},
	}
}

// What a policy of a topic, queue, bucket, key, function or role does not give is refused here as it is in AWS.
func TestEachPermissionBetweenTwoServicesIsRefusedWhereItIsNotDeclared(t *testing.T) {
	n := newNetwork(t)
	type kind struct {
		by     catalog.Service
		action string
	}
	tried := map[kind]bool{}
	for _, e := range n.errands() {
		tried[kind{e.over.By, e.over.Action}] = true
		t.Run(fmt.Sprintf("%s %s %s", e.over.By, e.over.Action, e.over.On), func(t *testing.T) {
			n.t = t
			for _, other := range e.without {
				defer n.Withdraw(other)()
			}
			before := e.arrived()
			e.run()
			require.Eventually(t, func() bool { return e.arrived() > before }, 10*time.Second, 5*time.Millisecond)
			require.NoError(t, n.Settle(t.Context()))

			defer n.Withdraw(e.over)()
			before = e.arrived()
			e.run()
			refused := "refused: " + (&guard.Denied{Edge: e.over}).Error()
			require.Eventually(t, logged(n.Stack, "", refused), 10*time.Second, 5*time.Millisecond)
			require.NoError(t, n.Settle(t.Context()))
			require.Equal(t, before, e.arrived())
		})
	}
	// What nothing went over here is the operator's topic, against which the template's policies are held, and what a
	// stack or the guard asks for at its start.
	for _, edge := range n.Unused() {
		if !tried[kind{edge.By, edge.Action}] {
			require.Contains(t, []catalog.Service{catalog.CloudWatch, catalog.Budgets, catalog.S3, catalog.Lambda}, edge.By,
				"%v", edge)
		}
	}
}

func TestAStackDoesNotStartWhereAFunctionMayNotReadItsQueueOrItsEnvironment(t *testing.T) {
	for _, action := range append(slices.Clone(catalog.ReadQueue), catalog.Decrypt) {
		edges := slices.DeleteFunc(catalog.Edges(functions, operations), func(e catalog.Edge) bool {
			return e.By == catalog.Lambda && e.Action == action
		})
		_, err := stack.Start(t.Context(), stack.Options{Engine: enginetest.URL(t), Manual: true, Binaries: built(t),
			Functions: functions, Operations: operations, Edges: edges})
		require.ErrorContains(t, err, "lambda.amazonaws.com is not authorized to perform "+action)
	}
}

func TestAFunctionWithALargerEnvironmentThanLambdaTakesIsRefused(t *testing.T) {
	large := catalog.Function{Name: "large"}
	given := map[string]string{"CONTROLLER": strings.Repeat("x", catalog.MaxEnvironment-len("CONTROLLER"))}
	require.NoError(t, large.CheckEnvironment(given))
	given["CONTROLLER"] += "x"
	require.ErrorContains(t, large.CheckEnvironment(given), "4097 bytes; accepted: 4096")
	require.ErrorContains(t, large.CheckEnvironment(map[string]string{"A-B": ""}), "A-B")
}
