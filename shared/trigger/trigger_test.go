package trigger_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	lambdaevents "github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/trigger"
)

func payload(t *testing.T, name string, into any) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "events", "payloads", name))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, into))
	return text
}

func encoded(t *testing.T, event any) []byte {
	t.Helper()
	text, err := json.Marshal(event)
	require.NoError(t, err)
	return text
}

func taken[T events.Detail](t *testing.T, name string) T {
	t.Helper()
	var got T
	_, err := trigger.Handle(trigger.Event(func(_ context.Context, detail T) error {
		got = detail
		return nil
	}))(t.Context(), payload(t, name, &struct{}{}))
	require.NoError(t, err)
	return got
}

func TestEachEventOfTheBusIsReadByItsContract(t *testing.T) {
	require.Equal(t, events.OverviewRequested{Business: "bbbbbbbbbbbbbbbb", User: "uuuuuuuuuuuuuuuu",
		Request: "rrrrrrrrrrrrrrrr"},
		taken[events.OverviewRequested](t, "overview-requested.json"))
	require.Equal(t, events.ErasureRequested{Business: "bbbbbbbbbbbbbbbb", User: "uuuuuuuuuuuuuuuu"},
		taken[events.ErasureRequested](t, "erasure-requested.json"))
	require.Equal(t, "cccccccccccccccc", taken[events.ReservationCancelled](t,
		"reservation-cancelled.json").Cancellation)
	require.Equal(t, events.AboutArrival, taken[events.MailDue](t, "mail-due.json").About)
}

func TestAnEventThatDoesNotFitItsContractIsRefusedAndNotGuessedAt(t *testing.T) {
	good := `{"business":"b","user":"u"}`
	for name, event := range map[string]lambdaevents.EventBridgeEvent{
		"another type": {Source: events.Source, DetailType: events.OverviewRequestedType,
			Detail: json.RawMessage(good)},
		"another source": {Source: "aws.ec2", DetailType: events.ErasureRequestedType,
			Detail: json.RawMessage(good)},
		"unknown member": {Source: events.Source, DetailType: events.ErasureRequestedType,
			Detail: json.RawMessage(`{"business":"b","user":"u","name":"Els"}`)},
		"missing member": {Source: events.Source, DetailType: events.ErasureRequestedType,
			Detail: json.RawMessage(`{"business":"b"}`)},
		"wrong type": {Source: events.Source, DetailType: events.ErasureRequestedType,
			Detail: json.RawMessage(`{"business":1,"user":"u"}`)},
		"no detail": {Source: events.Source, DetailType: events.ErasureRequestedType},
	} {
		t.Run(name, func(t *testing.T) {
			use := func(context.Context, events.ErasureRequested) error {
				require.Fail(t, "the use case was reached")
				return nil
			}
			_, err := trigger.Handle(trigger.Event(use))(t.Context(), encoded(t, event))
			require.Error(t, err)
		})
	}
}

func TestWhatThePlatformIsToldOfAFaultHoldsNoText(t *testing.T) {
	event := payload(t, "erasure-requested.json", &struct{}{})
	for name, use := range map[string]func(context.Context, events.ErasureRequested) error{
		"an error": func(context.Context, events.ErasureRequested) error { return errors.New("Els de Vries") },
		"a panic":  func(context.Context, events.ErasureRequested) error { panic("Els de Vries") },
	} {
		t.Run(name, func(t *testing.T) {
			_, err := trigger.Handle(trigger.Event(use))(t.Context(), event)
			require.Error(t, err)
			require.NotContains(t, err.Error(), "Els")
		})
	}
}

func TestOnlyTheMessagesThatFailedAreGivenBack(t *testing.T) {
	var event lambdaevents.SQSEvent
	payload(t, "sensor-messages.json", &event)
	require.Len(t, event.Records, 2)
	seen := 0
	response, err := trigger.Handle(trigger.Queue(func(_ context.Context, body []byte, _ bool) error {
		seen++
		if strings.Contains(string(body), "lorawan") {
			return errors.New("busy")
		}
		return nil
	}))(t.Context(), encoded(t, event))
	require.NoError(t, err)
	require.Equal(t, 2, seen, "the one after a failure is done all the same")
	require.Equal(t, []lambdaevents.SQSBatchItemFailure{{ItemIdentifier: event.Records[0].MessageId}},
		response.(lambdaevents.SQSEventResponse).BatchItemFailures)
}

func TestAMessageIsUsedKnowingWhetherItIsDeliveredForTheLastTime(t *testing.T) {
	require.Equal(t, catalog.MaxReceives, trigger.MaxReceives)
	var event lambdaevents.SQSEvent
	payload(t, "sensor-messages.json", &event)
	var lasts []bool
	for _, count := range []string{"1", "4", "5", "6"} {
		event.Records = event.Records[:1]
		event.Records[0].Attributes["ApproximateReceiveCount"] = count
		_, err := trigger.Handle(trigger.Queue(func(_ context.Context, _ []byte, last bool) error {
			lasts = append(lasts, last)
			return nil
		}))(t.Context(), encoded(t, event))
		require.NoError(t, err)
	}
	require.Equal(t, []bool{false, false, true, true}, lasts)
}

func TestAMessageThatPanicsGivesBackItselfAlone(t *testing.T) {
	var event lambdaevents.SQSEvent
	payload(t, "sensor-messages.json", &event)
	first := true
	response, err := trigger.Handle(trigger.Queue(func(context.Context, []byte, bool) error {
		if first {
			first = false
			panic("broken")
		}
		return nil
	}))(t.Context(), encoded(t, event))
	require.NoError(t, err)
	require.Len(t, response.(lambdaevents.SQSEventResponse).BatchItemFailures, 1)
}
