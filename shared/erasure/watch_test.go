package erasure_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/wake"
	"github.com/iotspot/iotspot/shared/wake/waketest"
)

// 7.erase: the event that starts the job may be lost too, since the request asks for the last looks itself.
func TestAnErasureIsDoneAndConfirmedWithinAMinuteWhateverOneThingGoesWrong(t *testing.T) {
	for _, fault := range waketest.Faults {
		for at := range 3 {
			published := at > 0
			s := begin(t)
			worker := s.worker(&enginetest.Faults{})
			m := &waketest.Minute{Clock: s.db.Clock, Fault: fault, At: at + 1,
				Offset: func(minute int) time.Duration { return time.Duration(minute%2) * 59 * time.Second }}
			m.Handler = trigger.Handle(worker.Starts(m))
			desk := s.desk(&enginetest.Faults{})
			desk.Bell = m
			from := s.db.Clock.Now()
			asked := from.Add(121 * time.Second) // just after two looks: the next is 118 seconds away
			m.Run(t, from, asked.Add(time.Minute), func(now time.Time) {
				if !now.Equal(asked) {
					return
				}
				_, err := desk.Confirm(t.Context(), identity.Caller{}, erasure.FormInput{Link: s.token()})
				require.NoError(t, err)
				if published {
					require.NoError(t, worker.Begin(t.Context(), s.published[0]))
				}
			})
			s.erased(t)
			require.Len(t, s.post.Sent(), 1, "%s %d %t", fault, at, published)
		}
	}
}

// A request that ends half-way has asked for the last looks before there is a job.
func TestTheLastLooksAreAskedForBeforeTheJobStands(t *testing.T) { // 7.erase
	s := begin(t)
	faults := &enginetest.Faults{}
	_, err := s.desk(faults).Confirm(t.Context(), identity.Caller{}, erasure.FormInput{Link: s.token()})
	require.NoError(t, err)
	calls := faults.Calls()
	require.Less(t, slices.Index(calls, "SendMessage"), slices.Index(calls, "TransactWriteItems"))
	require.Less(t, slices.Index(calls, "TransactWriteItems"), slices.Index(calls, "PutEvents"))
	asked := s.calls.All()
	require.Len(t, asked, 4)
	require.Equal(t, wake.Slot, asked[0].At.Sub(s.db.Clock.Now()), "where the event is lost")
	require.Equal(t, erasure.Settle, asked[1].At.Sub(s.db.Clock.Now()))
	require.Less(t, asked[3].At.Sub(s.db.Clock.Now()), time.Minute)
}

func TestALookWithoutAnErasureAsksForNothingAndWritesThatNothingIsLate(t *testing.T) {
	s := begin(t)
	var log bytes.Buffer
	worker := s.worker(&enginetest.Faults{})
	worker.Metrics = &log
	coming, err := worker.Look(t.Context())
	require.NoError(t, err)
	require.Empty(t, coming)
	require.Contains(t, log.String(), `"Lateness":0`)
}

func TestAnErasureThatStandsTooLongIsTriedAgainInEachSlot(t *testing.T) { // 7.erase
	s := begin(t)
	_, err := s.desk(&enginetest.Faults{}).Confirm(t.Context(), identity.Caller{}, erasure.FormInput{Link: s.token()})
	require.NoError(t, err)
	s.db.Clock.Move(5 * time.Minute)
	coming, err := s.worker(&enginetest.Faults{At: 3}).Look(t.Context())
	require.Error(t, err)
	require.Len(t, coming, 4)
}
