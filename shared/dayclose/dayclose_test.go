package dayclose_test

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake"
)

// 4.d.2, 4.d.4, 5.transactions
func TestWhenADayEndsWhatBelongedToItIsGoneAndItsCountsRemain(t *testing.T) {
	s := newScene(t, "Europe/Amsterdam", "2026-11-23", 6)
	guest := s.office.Person(t)
	s.reserve(t, guest, s.office.Desks[6], s.day, false)
	s.reserve(t, guest, s.office.Desks[6], s.day.AddDays(1), false)
	require.NoError(t, s.tables.CountSearch(t.Context(), guest.Person, s.office.Location.ID, s.day, s.ends,
		table.SpotSearch))

	s.step(t, -time.Second)
	require.Len(t, s.agenda(t), 7+7+2+1, "nothing goes before the day ends")
	require.Nil(t, s.figures(t))

	s.step(t, 0)
	require.Len(t, s.agenda(t), 2, "the day after stays: a spot's sheet and the person's")
	require.Equal(t, &table.Figures{Places: []table.PlaceFigures{
		{Counts: map[string]int{"check_ins": 6, "completed": 6}, Hours: map[string]int{"19": 6}},
		{Floor: s.office.Floor, Counts: map[string]int{"check_ins": 6, "completed": 6},
			Hours: map[string]int{"19": 6}},
		{Floor: s.office.Floor, Zone: s.office.Zone, Counts: map[string]int{"check_ins": 6, "completed": 6},
			Hours: map[string]int{"19": 6}},
	}}, s.figures(t))
	require.Equal(t, s.day, s.openDay(t), "a write in flight may still land")

	s.step(t, 40*time.Second)
	require.Equal(t, s.day.AddDays(1), s.openDay(t))
	require.Len(t, s.agenda(t), 2)
}

// art. 5
func TestOfAnOfficeOfFourNothingIsStored(t *testing.T) {
	s := newScene(t, "Europe/Amsterdam", "2026-11-23", 4)
	s.step(t, time.Second)
	s.step(t, 41*time.Second)
	require.Empty(t, s.agenda(t))
	require.Empty(t, s.db.Dump(t, privacy.Insight))
}

// 4.d.4
func TestAWriteThatWasInFlightWhenTheDayEndedIsRemovedByTheSecondLook(t *testing.T) {
	s := newScene(t, "Europe/Amsterdam", "2026-11-23", 5)
	s.step(t, time.Second)
	counted := s.figures(t)
	require.NotNil(t, counted)

	late := s.office.Person(t)
	s.reserve(t, late, s.office.Desks[5], s.day, false)
	now := table.Occupancy{Occupied: true, Since: s.ends.Unix() - 60, Heard: s.ends.Unix() - 1}
	require.NoError(t, s.tables.Sense(t.Context(), s.office.Place(s.office.Desks[0]), s.day, s.ends,
		"a81758fffe0312ab", now, nil))

	s.step(t, 41*time.Second)
	require.Empty(t, s.agenda(t))
	require.Equal(t, counted, s.figures(t))
	require.Equal(t, s.day.AddDays(1), s.openDay(t))
}

// 4.d.2
func TestWhoTookASpotOverWhileItsDayWasBeingRemovedIsRemovedWithIt(t *testing.T) {
	s := newScene(t, "Europe/Amsterdam", "2026-11-23", 1)
	early, late := s.people[0], s.office.Person(t)
	sheet, err := s.tables.PersonSheet(t.Context(), early.Person, s.day, s.office.Location.ID)
	require.NoError(t, err)
	var once sync.Once
	tables := s.db.Faulty(&enginetest.Faults{Seen: func(call string, _ any) {
		if call != "DeleteItem" { // of the spot's sheet, which was read and whose person's sheet is gone
			return
		}
		once.Do(func() {
			for id := range sheet.Commitments {
				require.NoError(t, s.tables.Vacate(t.Context(), early.Person, sheet, id))
			}
			s.reserve(t, late, s.office.Desks[0], s.day, false) // the same quarters
		})
	}})
	s.db.Clock.Set(s.ends)
	require.NoError(t, s.closer(tables).Step(t.Context(), wake.Part{}))
	require.Empty(t, s.agenda(t), "nothing leads to the sheet of who came when the spot's is gone")
}

// 4.d.4
func TestDaysThatWereMissedAreClosedInOneStep(t *testing.T) {
	s := newScene(t, "Europe/Amsterdam", "2026-11-23", 5)
	for n := 1; n <= 3; n++ {
		for i, who := range s.people {
			s.reserve(t, who, s.office.Desks[i], s.day.AddDays(n), false)
		}
	}
	s.step(t, 49*time.Hour)
	require.Equal(t, s.day.AddDays(3), s.openDay(t))
	require.Len(t, s.agenda(t), 10, "the day that has begun stays")
	days, err := s.tables.FiguresBetween(t.Context(), s.office.Business, s.office.Location.ID, s.day,
		s.day.AddDays(9))
	require.NoError(t, err)
	require.Len(t, days, 3)
	require.Equal(t, 5, days[2].Figures.Places[0].Counts["not_used"])
}

// 5.transactions
func TestTheLogOfAnOfficeOfTwoSaysHowLateItsDayWasClosedAndNotHowManyCame(t *testing.T) {
	for people, removed := range map[int]bool{2: false, 5: true} {
		s := newScene(t, "Europe/Amsterdam", "2026-11-23", people)
		for _, who := range s.people { // more things than people
			require.NoError(t, s.tables.CountSearch(t.Context(), who.Person, s.office.Location.ID, s.day, s.ends,
				table.SpotSearch))
			require.NoError(t, s.tables.Sense(t.Context(), s.office.Place(s.office.Room), s.day, s.ends, who.User,
				table.Occupancy{Occupied: true, Since: s.ends.Unix() - 60, Heard: s.ends.Unix() - 1}, nil))
		}
		s.db.Clock.Set(s.ends.Add(3 * time.Second))
		var log bytes.Buffer
		closer := s.closer(s.tables)
		closer.Metrics = &log
		require.NoError(t, closer.Step(t.Context(), wake.Part{}))
		require.Contains(t, log.String(), `"Lateness":3`)
		require.Equal(t, removed, strings.Contains(log.String(), "Removed"), log.String())
		require.NotContains(t, log.String(), s.office.Location.ID)
	}
}

// 4.d.4: sheets that were written while the zone had other rules, by which the day ended later or earlier.
func TestADayIsClosedByTheRulesInForceWhateverItsSheetsWereWrittenBy(t *testing.T) {
	for _, shift := range []time.Duration{time.Hour, -time.Hour, 30 * time.Minute} {
		s := newScene(t, "America/Vancouver", "2026-12-15", 5)
		who, from := s.office.Person(t), civil.QuarterOf(s.ends.Add(-8*time.Hour))
		require.NoError(t, s.tables.Reserve(t.Context(), 50, nil, table.Booking{ID: secret.ID(), Person: who.Person,
			Place: s.office.Place(s.office.Desks[5]), Day: s.day, DayEnds: s.ends.Add(shift),
			Interval: civil.Interval{From: from, To: from + 4}, Workplace: true, State: table.Reserved}))
		require.Len(t, s.agenda(t), 12)
		s.step(t, -time.Second)
		require.Len(t, s.agenda(t), 12, "the day has not ended")
		s.step(t, time.Second)
		require.Empty(t, s.agenda(t), shift)
	}
}
