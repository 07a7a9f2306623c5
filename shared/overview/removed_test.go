package overview_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

// The name has gone with the location, so its id stands for it: 4.d.2 5.transactions 11.cookies s.cancelled.
func TestWhatIsOfALocationThatWasRemovedIsToldUntilItsDaysAreClosed_7_overview(t *testing.T) {
	s := begin(t)
	desk := bookingtest.New(s.tables, s.db.Clock.Now)
	reserve := func(key string, date civil.Date) string {
		made, err := desk.Reserve(t.Context(), s.noor,
			booking.ReserveInput{Spot: s.Desks[1], Key: key,
				Period: booking.Period{Date: date, From: "09:00", To: "12:00"}})
		require.NoError(t, err)
		return made.Reservations[0].ID
	}
	reserve("stays on their sheet", "2026-11-25")
	_, err := desk.Cancel(t.Context(), s.noor, booking.OwnInput{Reservation: reserve("is cancelled again",
		"2026-11-24")})
	require.NoError(t, err)
	tomorrow := time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC)
	require.NoError(t, s.tables.CountSearch(t.Context(), s.noor.Person, s.Location.ID, "2026-11-23", tomorrow,
		table.SpotSearch))
	require.NoError(t, s.tables.CountUse(t.Context(), s.noor.Person, s.Location.ID, "2026-11-23", tomorrow, "find",
		"safari"))

	for _, gone := range []string{"location#" + s.Location.ID, "floor#" + s.Floor, "spot#" + s.Desks[1]} {
		s.db.Delete(t, privacy.Directory, "b#"+s.Business, gone)
	}
	s.db.Put(t, privacy.Directory, "b#"+s.Business, "removed#"+s.Location.ID, map[string]any{"date": "2026-11-23"})
	s.db.Open(t, table.OpenDays{Location: s.Location.ID, Business: s.Business, Zone: s.Location.Zone,
		OpenFrom: "2026-11-23",
		Retired:  map[string]civil.Date{s.Floor: "2026-11-25"}, Gone: "2026-11-25"})

	seen := s.view(t)
	told := func(clause privacy.Clause) overview.Value {
		values := section(t, seen, clause).Values
		require.Len(t, values, 1, clause)
		return values[0]
	}
	require.Equal(t, s.Location.ID, told("4.d.2").Value.(overview.Reservation).Location)
	require.Equal(t, overview.Searched{Date: "2026-11-23", Location: s.Location.ID, Spots: 1},
		told("5.transactions").Value)
	require.Equal(t, overview.Opened{Date: "2026-11-23", Location: s.Location.ID, Pages: map[string]int{"find": 1},
		Browsers: map[string]int{"safari": 1}}, told("11.cookies").Value)
	for clause, end := range map[privacy.Clause]time.Time{"4.d.2": tomorrow.AddDate(0, 0, 2),
		"s.cancelled": tomorrow.AddDate(0, 0, 1), "5.transactions": tomorrow, "11.cookies": tomorrow} {
		require.Equal(t, end, *told(clause).GoneAt, clause)
	}

	s.db.Delete(t, privacy.Directory, "locations", "open#"+s.Location.ID)
	seen = s.view(t)
	for _, clause := range []privacy.Clause{"5.transactions", "11.cookies", "s.cancelled"} {
		require.Empty(t, section(t, seen, clause).Values,
			"%s: nothing of it can be left once all of its days are closed", clause)
	}
}
