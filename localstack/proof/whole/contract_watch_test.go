package whole_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/whole"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/wake/waketest"
)

// 3: the event that starts the job may be lost too, since the request asks for the steps itself. Looks lie up to 119
// seconds apart.
func TestAContractsEndIsDoneWithinAMinuteWhateverOneThingGoesWrong_3(t *testing.T) {
	for _, fault := range waketest.Faults {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			w := whole.New(t, morning)
			for at := range 3 {
				endsInAMinute(t, w, newFirm(t, w, fmt.Sprintf("acme%d.example", at)), fault, at)
			}
		})
	}
}

// endsInAMinute ends a contract between two looks, while something befalls the call or the look with a number from 0;
// to the first of them the event is lost as well.
func endsInAMinute(t *testing.T, w *whole.World, f *firm, fault waketest.Fault, at int) {
	t.Helper()
	w.Post = &mailtest.Recorder{}
	m := &waketest.Minute{Clock: w.Clock, Fault: fault, At: at + 1,
		Offset: func(minute int) time.Duration { return time.Duration(minute%2) * 59 * time.Second }}
	m.Handler = trigger.Handle(w.ContractEnd().Starts(m))
	w.Bell = m
	from := w.Clock.Now()
	asked := from.Add(121 * time.Second) // just after two looks: the next is 118 seconds away
	m.Run(t, from, asked.Add(time.Minute), func(now time.Time) {
		if now.Equal(asked) {
			require.Equal(t, http.StatusAccepted, w.Ask(f.ends()).Status)
			if at > 0 {
				require.NoError(t, w.Deliver())
			}
		}
	})
	f.gone(t)
	require.Len(t, w.Post.Sent(), 2, "%d: each is mailed once", at)
	require.NoError(t, w.Deliver(), "the event comes late, and finds nothing to do")
	f.gone(t)
}
