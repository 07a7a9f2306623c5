package trigger_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	lambdaevents "github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/wake"
	"github.com/iotspot/iotspot/shared/wake/waketest"
)

// A record is what a function with every trigger did.
type record struct {
	erasures []events.ErasureRequested
	looks    int
	steps    []wake.Part
	asked    []wake.Call

	coming []wake.Call
	fault  error
}

func (r *record) Ring(_ context.Context, calls ...wake.Call) error {
	r.asked = append(r.asked, calls...)
	return nil
}

func (r *record) watch() trigger.Watch {
	return trigger.Watch{Now: time.Now, Bell: r,
		Look: func(context.Context) ([]wake.Call, error) { r.looks++; return r.coming, r.fault },
		Step: func(_ context.Context, part wake.Part) error { r.steps = append(r.steps, part); return r.fault }}
}

func (r *record) handler() trigger.Handler {
	return trigger.Handle(trigger.EventAndWatch(func(_ context.Context, e events.ErasureRequested) error {
		r.erasures = append(r.erasures, e)
		return r.fault
	}, r.watch()))
}

func TestOneFunctionTellsItsEventFromItsScheduleAndItsCalls(t *testing.T) {
	var r record
	for _, name := range []string{"erasure-requested.json", "schedule.json", "wake-ups.json"} {
		_, err := r.handler()(t.Context(), payload(t, name, &struct{}{}))
		require.NoError(t, err, name)
	}
	require.Equal(t, []events.ErasureRequested{{Business: "bbbbbbbbbbbbbbbb", User: "uuuuuuuuuuuuuuuu"}}, r.erasures)
	require.Equal(t, 1, r.looks)
	require.Equal(t, []wake.Part{{Number: 2, Of: 3}}, r.steps)
}

// Scheduler without an input sends a notification that looks like an event: it is refused, and the log names it.
func TestWhatComesFromAnotherSourceIsNoEventOfOursAndNoSchedule(t *testing.T) {
	for name, start := range map[string]json.RawMessage{
		"Scheduler without an input": payload(t, "scheduler-without-input.json", &struct{}{}),
		"an empty object":            json.RawMessage(`{}`),
		"no JSON":                    json.RawMessage(`x`),
		"another account's queue":    json.RawMessage(`{"Records":[{"eventSource":"aws:kinesis","body":"{}"}]}`),
		"another object": json.RawMessage(`{"source":"aws.s3","detail-type":"Object Created",
			"detail":{"object":{"key":"k"}}}`),
		"an event of another type": payload(t, "contract-ended.json", &struct{}{}),
	} {
		var r record
		_, err := r.handler()(t.Context(), start)
		require.Error(t, err, name)
		require.Empty(t, r, name)
	}
	var r record
	_, err := r.handler()(t.Context(), payload(t, "scheduler-without-input.json", &struct{}{}))
	require.ErrorContains(t, err, report.Class(trigger.UnknownStart{}))
}

func TestAFunctionOfObjectsRefusesAllButTheArrivalOfOne(t *testing.T) {
	var names []string
	steps := 0
	handler := trigger.Handle(trigger.ObjectAndSchedule(
		func(_ context.Context, name string) error { names = append(names, name); return nil },
		func(context.Context) error { steps++; return nil }))
	for _, file := range []string{"received-mail.json", "schedule.json"} {
		_, err := handler(t.Context(), payload(t, file, &struct{}{}))
		require.NoError(t, err)
	}
	require.Equal(t, []string{"2qfrqm9ddvgbmpt7gl6vfs8bgm8dh0vkdqlqr6o1"}, names)
	for _, event := range []string{
		`{"source":"iotspot","detail-type":"Object Created","detail":{"object":{"key":"k"}}}`,
		`{"source":"aws.s3","detail-type":"Object Deleted","detail":{"object":{"key":"k"}}}`,
		`{"source":"aws.s3","detail-type":"Object Created","detail":{"object":{}}}`,
		`{"source":"aws.s3","detail-type":"Object Created","detail":[]}`,
		string(payload(t, "scheduler-without-input.json", &struct{}{})),
	} {
		_, err := handler(t.Context(), json.RawMessage(event))
		require.Error(t, err)
	}
	require.Len(t, names, 1)
	require.Equal(t, 1, steps)
}

func TestALookAsksForWhatIsComingAlsoWhereItFailed(t *testing.T) {
	at := time.Now().Add(time.Minute)
	r := record{coming: wake.At(at), fault: errors.New("Els de Vries")}
	_, err := r.handler()(t.Context(), json.RawMessage(events.ScheduleInput))
	require.Error(t, err, "the failure is counted")
	require.NotContains(t, err.Error(), "Els")
	require.Len(t, r.asked, 1)
	require.WithinRange(t, r.asked[0].At, at, at.Add(wake.Slot))
}

// A step that fails comes again after a slot, and in the end is left to the next look: calls never pile up.
func TestACallWhoseStepFailsIsGivenBackTwice(t *testing.T) {
	r := record{fault: errors.New("down")}
	for received, back := range map[int]int{1: 1, 2: 1, 3: 0} {
		answer, err := r.handler()(t.Context(), waketest.Batch(t, received, `{"part":0,"of":1}`))
		require.NoError(t, err)
		require.Len(t, answer.(lambdaevents.SQSEventResponse).BatchItemFailures, back, received)
	}
	require.Empty(t, r.asked, "a step that is woken asks for nothing")
}

func TestAStepHasEndedBeforeThePlatformEndsTheFunction(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	platform, _ := ctx.Deadline()
	_, err := trigger.Handle(trigger.OnSchedule(func(ctx context.Context) error {
		deadline, _ := ctx.Deadline()
		require.True(t, deadline.Before(platform))
		return nil
	}))(ctx, json.RawMessage(strings.TrimSpace(events.ScheduleInput)))
	require.NoError(t, err)
}

func TestEachUseCaseOfAFunctionTakesItsStartThoughAnotherOneFailed(t *testing.T) {
	var r record
	steps := 0
	step := func(context.Context) error { steps++; return errors.New("down") }
	function := trigger.Handle(trigger.OnSchedule(step, step), trigger.OnSchedule(step), trigger.Watching(r.watch()))
	_, err := function(t.Context(), json.RawMessage(events.ScheduleInput))
	require.Error(t, err)
	require.Equal(t, 3, steps)
	require.Equal(t, 1, r.looks)
	_, err = function(t.Context(), waketest.Batch(t, 1, `{"part":0,"of":1}`))
	require.NoError(t, err)
	require.Equal(t, 3, steps)
	require.Len(t, r.steps, 1)
}
