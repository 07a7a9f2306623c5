package dayclose_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/dayclose"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake"
)

// Art. 5: if the day's counting fails, deletion wins. 4.d.4: and it is never half.
func TestAClosingThatIsStoppedAtAnyCallIsMadeGoodByTheNextAndCountsOnce(t *testing.T) {
	for _, after := range []time.Duration{time.Second, 41 * time.Second} {
		for _, dead := range []bool{false, true} {
			enginetest.EachCall(t, dead, func(t *testing.T, faults *enginetest.Faults) {
				s := newScene(t, "Europe/Amsterdam", "2026-11-23", 5)
				require.NoError(t, s.tables.CountSearch(t.Context(), s.people[0].Person, s.office.Location.ID, s.day,
					s.ends, table.SpotSearch))
				s.db.Clock.Set(s.ends.Add(after))
				err := s.closer(s.db.Faulty(faults)).Step(t.Context(), wake.Part{})
				if !faults.Reached() {
					require.NoError(t, err)
					return
				}
				s.step(t, 45*time.Second)
				require.Empty(t, s.agenda(t), "stopped in %v", faults.Calls())
				require.Equal(t, s.day.AddDays(1), s.openDay(t))
				if figures := s.figures(t); figures != nil { // given up, or whole
					require.Equal(t, 5, figures.Places[0].Counts["check_ins"], "stopped in %v", faults.Calls())
				} else {
					require.False(t, dead, "a process that ends before the figures are put has removed nothing")
				}
			})
		}
	}
}

func TestRunsThatOverlapHarmNothing(t *testing.T) {
	s := newScene(t, "Europe/Amsterdam", "2026-11-23", 12)
	s.db.Clock.Set(s.ends.Add(50 * time.Second))
	results := make(chan error)
	for range 6 {
		go func() { results <- s.closer(s.db.Tables()).Step(t.Context(), wake.Part{}) }()
	}
	for range 6 {
		require.NoError(t, <-results)
	}
	require.Empty(t, s.agenda(t))
	require.Equal(t, s.day.AddDays(1), s.openDay(t))
	require.Equal(t, 12, s.figures(t).Places[0].Counts["check_ins"])
}

func TestOfADayThatCanNotBeCountedAllIsRemovedInTheSameStep_5_transactions(t *testing.T) {
	s := newScene(t, "Europe/Amsterdam", "2026-11-23", 6)
	floor := strings.Join([]string{s.office.Business, s.office.Location.ID, s.office.Floor, string(s.day)}, "#")
	s.db.Put(t, privacy.Agenda, floor, "spot#"+s.office.Desks[6],
		map[string]any{"taken": "no set of numbers", "ttl": s.ends.Unix()})
	s.step(t, time.Second)
	require.Empty(t, s.agenda(t), "deletion wins")
	require.Nil(t, s.figures(t))
}

func TestFiguresThatWereGivenUpAreNotMadeOfWhatIsLeft(t *testing.T) {
	s := newScene(t, "Europe/Amsterdam", "2026-11-23", 6)
	require.NoError(t, s.tables.SetUncounted(t.Context(), s.office.Location.ID, s.day))
	s.step(t, time.Second)
	s.step(t, 41*time.Second)
	require.Empty(t, s.agenda(t))
	require.Empty(t, s.db.Dump(t, privacy.Insight))
}

// 4.d.4: the day ends when it does there, whatever the clocks do.
func TestADayEndsWithItsPlaceWhereTheClocksChange(t *testing.T) {
	for _, c := range []struct {
		zone string
		day  civil.Date
		ends string
	}{
		{"Europe/Amsterdam", "2026-03-29", "2026-03-29T22:00:00Z"},
		{"Europe/Amsterdam", "2026-10-25", "2026-10-25T23:00:00Z"},
		{"Australia/Lord_Howe", "2026-04-05", "2026-04-05T13:30:00Z"},
		{"Australia/Lord_Howe", "2026-10-04", "2026-10-04T13:00:00Z"},
		// the next day begins at 01:00, or so the wall clock says
		{"Atlantic/Azores", "2026-03-28", "2026-03-29T01:00:00Z"},
		{"Atlantic/Azores", "2026-03-29", "2026-03-30T00:00:00Z"},
		{"America/Havana", "2026-03-07", "2026-03-08T05:00:00Z"},
		{"America/Havana", "2026-11-01", "2026-11-02T04:00:00Z"}, // Cuba stays on summer time (IANA 2026f)
		{"America/Havana", "2027-11-07", "2027-11-08T05:00:00Z"},
		{"Pacific/Kiritimati", "2026-11-23", "2026-11-23T10:00:00Z"},
		{"Pacific/Pago_Pago", "2026-11-23", "2026-11-24T11:00:00Z"},
	} {
		s := newScene(t, c.zone, c.day, 5)
		require.Equal(t, c.ends, s.ends.Format(time.RFC3339), "%s %s", c.zone, c.day)
		s.step(t, -time.Second)
		require.Len(t, s.agenda(t), 10, c.zone)
		s.step(t, 0)
		require.Empty(t, s.agenda(t), c.zone)
		s.step(t, dayclose.SecondLook)
		require.Equal(t, c.day.AddDays(1), s.openDay(t))
	}
}

func TestAFloorThatWasRemovedIsClosedWithTheDayAndThenForgotten(t *testing.T) {
	s := newScene(t, "Europe/Amsterdam", "2026-11-23", 5)
	s.db.Open(t, table.OpenDays{Location: s.office.Location.ID, Business: s.office.Business, Zone: s.office.Location.Zone,
		OpenFrom: s.day,
		Retired:  map[string]civil.Date{s.office.Floor: s.day, "later": s.day.AddDays(4)}})
	s.step(t, 41*time.Second)
	require.Empty(t, s.agenda(t))
	open, err := s.tables.OpenLocations(t.Context())
	require.NoError(t, err)
	require.Equal(t, map[string]civil.Date{"later": s.day.AddDays(4)}, open[0].Retired)
}
