package dayclose_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/wake"
	"github.com/iotspot/iotspot/shared/wake/waketest"
)

// minute is the day close as it is deployed.
func (s *scene) minute(fault waketest.Fault, at int, log *bytes.Buffer) *waketest.Minute {
	m := &waketest.Minute{Clock: s.db.Clock, Fault: fault, At: at}
	closer := s.closer(s.tables)
	closer.Metrics = log
	m.Handler = trigger.Handle(closer.Starts(m))
	return m
}

// 4.d.4, 5.transactions
func TestADayIsGoneWithinAMinuteWhateverOneThingGoesWrongAndAlsoWhatLandedLate(t *testing.T) {
	for _, fault := range waketest.Faults {
		for at := range 2 {
			s := newScene(t, "Europe/Amsterdam", "2026-11-23", 5)
			late := s.office.Person(t)
			var log bytes.Buffer
			m := s.minute(fault, at+1, &log)
			if at == 0 {
				m.Offset = func(minute int) time.Duration { return time.Duration(minute%2) * 59 * time.Second }
			}
			m.Run(t, s.ends.Add(-5*time.Minute), s.ends.Add(time.Minute), func(now time.Time) {
				if now.Equal(s.ends.Add(30 * time.Second)) {
					s.db.Clock.Set(s.ends.Add(-time.Second)) // of who wrote it
					s.reserve(t, late, s.office.Desks[6], s.day, false)
				}
			})
			require.Empty(t, s.agenda(t), fmt.Sprint(fault, at))
			require.Equal(t, s.day.AddDays(1), s.openDay(t), "closed for good")
			require.NotContains(t, log.String(), `"Lateness":6`)
		}
	}
}

func TestALookFarFromTheEndOfTheDayAsksForNothingAndWritesThatNothingIsLate(t *testing.T) {
	s := newScene(t, "Europe/Amsterdam", "2026-11-23", 1)
	var log bytes.Buffer
	closer := s.closer(s.tables)
	closer.Metrics = &log
	coming, err := closer.Look(t.Context())
	require.NoError(t, err)
	require.Empty(t, coming)
	require.Contains(t, log.String(), `"Lateness":0`)
}

func TestADayThatCanNotBeClosedIsToldAsLateAndTriedAgainInEachSlot(t *testing.T) {
	s := newScene(t, "Europe/Amsterdam", "2026-11-23", 1)
	s.db.Clock.Set(s.ends.Add(5 * time.Minute))
	faults := &enginetest.Faults{At: 2} // the list of locations is read, and then nothing
	closer := s.closer(s.db.Faulty(faults))
	var log bytes.Buffer
	closer.Metrics = &log
	coming, err := closer.Look(t.Context())
	require.Error(t, err)
	require.Len(t, coming, 4)
	require.Contains(t, log.String(), `"Lateness":300`)
}

func TestWhatOneStepCanNotCloseInTimeIsDealtOutToSeveralThatDoNotBeginAtOnce(t *testing.T) {
	s := newScene(t, "Europe/Amsterdam", "2026-11-23", 1)
	const locations, floors = 12, 6
	for range locations {
		open := table.OpenDays{Location: secret.ID(), Business: s.office.Business, Zone: s.office.Location.Zone,
			OpenFrom: s.day, Retired: map[string]civil.Date{}}
		for range floors {
			open.Floors = append(open.Floors, secret.ID())
		}
		s.db.Open(t, open)
	}
	s.db.Clock.Set(s.ends.Add(-2 * time.Minute))
	coming, err := s.closer(s.tables).Look(t.Context())
	require.NoError(t, err)
	require.Len(t, coming, 4*3)
	moments := map[time.Time]bool{}
	for _, call := range coming {
		moments[call.At] = true
		require.Equal(t, 3, call.Of)
		require.Less(t, call.At.Sub(s.ends), time.Minute)
	}
	require.Len(t, moments, 4*3, "each begins at another moment")

	s.db.Clock.Set(s.ends.Add(45 * time.Second))
	for part := range 3 {
		require.NoError(t, s.closer(s.tables).Step(t.Context(), wake.Part{Number: part, Of: 3}))
	}
	open, err := s.tables.OpenLocations(t.Context())
	require.NoError(t, err)
	require.Len(t, open, locations+1)
	for _, o := range open {
		require.Equal(t, s.day.AddDays(1), o.OpenFrom, "the parts are together all")
	}
	require.Empty(t, s.agenda(t))
}
