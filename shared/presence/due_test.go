package presence_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/table"
)

var defaults = presence.Settings{NoShow: 15 * time.Minute, Vacant: 30 * time.Minute, Silent: time.Hour}

func quarter(clock string) civil.Quarter { return civil.QuarterOf(at(clock)) }

func booked(from, to string) table.Holding {
	return table.Holding{User: "u", From: quarter(from), To: quarter(to), State: table.Reserved}
}

func checkedIn(from, to, since string) table.Holding {
	held := booked(from, to)
	held.State, held.CheckedInAt = table.CheckedIn, at(since).Unix()
	return held
}

func offered(from, to string) table.Holding {
	held := booked(from, to)
	held.State = table.Offered
	return held
}

func saw(occupied bool, since, heard string) table.Occupancy {
	return table.Occupancy{Occupied: occupied, Since: at(since).Unix(), Heard: at(heard).Unix()}
}

// Clauses 4.d.2 and 4.d.4: what time makes of one reservation, from 09:00 to 12:00 where nothing else is said.
func TestWhatTimeMakesOfAReservation(t *testing.T) {
	released := checkedIn("09:00", "12:00", "09:00")
	released.State = table.Released
	type sensors = map[string]table.Occupancy
	for name, c := range map[string]struct {
		held  table.Holding
		said  sensors
		known presence.Known
		now   string
		want  presence.ActionKind
		at    string
	}{
		"nobody yet, a second before it is a no-show": {held: booked("09:00", "12:00"), now: "09:14:59"},
		"nobody came": {held: booked("09:00", "12:00"), now: "09:15",
			want: presence.Miss, at: "09:15"},
		"nobody came to a quarter of an hour": {held: booked("09:00", "09:15"), now: "09:15",
			want: presence.Miss, at: "09:15"},
		"nobody came, and it has ended": {held: booked("09:00", "12:00"), now: "13:00",
			want: presence.Miss, at: "13:00"},
		"nobody came, as the sensor saw": {held: booked("09:00", "12:00"),
			said: sensors{"a": saw(false, "07:00", "09:10")}, now: "09:15", want: presence.Miss, at: "09:15"},
		"sat there before it began": {held: booked("09:00", "12:00"),
			said: sensors{"a": saw(true, "08:20", "08:20")}, now: "09:00", want: presence.Arrive, at: "08:45"},
		"sat down a little before": {held: booked("09:00", "12:00"),
			said: sensors{"a": saw(true, "08:50", "08:50")}, now: "08:51", want: presence.Arrive, at: "08:50"},
		"sits there long before": {held: booked("09:00", "12:00"),
			said: sensors{"a": saw(true, "08:20", "08:40")}, now: "08:44"},
		"it is only offered, and somebody sits there": {held: offered("09:00", "12:00"),
			said: sensors{"a": saw(true, "08:50", "08:50")}, now: "09:00"},
		"it is only offered, and nobody came": {held: offered("09:00", "12:00"), now: "11:00"},
		"one of two sensors sees somebody": {held: booked("09:00", "12:00"),
			said: sensors{"a": saw(true, "09:02", "09:02"), "b": saw(false, "07:00", "09:00")}, now: "09:20",
			want: presence.Arrive, at: "09:02"},
		"a silent sensor once saw somebody": {held: booked("09:00", "12:00"),
			said: sensors{"a": saw(true, "08:15", "08:15")}, now: "09:15", want: presence.Miss, at: "09:15"},
		"seen, but it has ended": {held: booked("09:00", "09:15"),
			said: sensors{"a": saw(true, "09:20", "09:20")}, now: "09:21", want: presence.Miss, at: "09:21"},
		"checked in, no sensor": {held: checkedIn("09:00", "12:00", "09:00"), now: "11:00"},
		"there": {held: checkedIn("09:00", "12:00", "09:00"),
			said: sensors{"a": saw(true, "09:00", "10:50")}, now: "11:00"},
		"vacant, a second too short": {held: checkedIn("09:00", "12:00", "09:00"),
			said: sensors{"a": saw(false, "10:00", "10:00")}, now: "10:29:59"},
		"vacant for half an hour": {held: checkedIn("09:00", "12:00", "09:00"),
			said: sensors{"a": saw(false, "10:00", "10:00")}, now: "10:30", want: presence.Leave, at: "10:30"},
		"vacant before the check-in by hand": {held: checkedIn("09:00", "12:00", "09:50"),
			said: sensors{"a": saw(false, "07:00", "10:00")}, now: "10:19:59"},
		"vacant since the check-in by hand": {held: checkedIn("09:00", "12:00", "09:50"),
			said: sensors{"a": saw(false, "07:00", "10:00")}, now: "10:20", want: presence.Leave, at: "10:20"},
		"one of two vacant for half an hour": {held: checkedIn("09:00", "12:00", "09:00"),
			said: sensors{"a": saw(false, "10:00", "10:00"), "b": saw(false, "10:10", "10:10")}, now: "10:39"},
		"one of two sees somebody": {held: checkedIn("09:00", "12:00", "09:00"),
			said: sensors{"a": saw(false, "10:00", "10:40"), "b": saw(true, "09:00", "10:30")}, now: "10:50"},
		"vacant, and then silent": {held: checkedIn("09:00", "12:00", "09:45"),
			said: sensors{"a": saw(false, "09:15", "09:15")}, now: "10:15"},
		"one of two is silent": {held: checkedIn("09:00", "12:00", "09:00"),
			said: sensors{"a": saw(false, "10:00", "10:40"), "b": saw(false, "09:30", "09:30")}, now: "10:45"},
		"one that is tied said nothing today": {held: checkedIn("09:00", "12:00", "09:00"),
			said:  sensors{"a": saw(false, "10:00", "10:00")},
			known: presence.Known{Looked: true, Sensors: []string{"a", "b"}}, now: "10:30"},
		"one that saw somebody is not tied by now": {held: checkedIn("09:00", "12:00", "09:00"),
			said:  sensors{"a": saw(false, "10:00", "10:00"), "b": saw(true, "09:00", "10:00")},
			known: presence.Known{Looked: true, Sensors: []string{"a"}}, now: "10:30", want: presence.Leave,
			at: "10:30"},
		"none is tied by now": {held: checkedIn("09:00", "12:00", "09:00"),
			said: sensors{"a": saw(false, "10:00", "10:00")}, known: presence.Known{Looked: true}, now: "10:30"},
		"vacant, and it has ended": {held: checkedIn("09:00", "10:15", "09:00"),
			said: sensors{"a": saw(false, "10:00", "10:00")}, now: "10:30"},
		"vacant, and objects to sensors": {held: checkedIn("09:00", "12:00", "09:00"),
			said:  sensors{"a": saw(false, "10:00", "10:00")},
			known: presence.Known{Looked: true, Sensors: []string{"a"}, Objecting: map[string]bool{"u": true}},
			now:   "10:30"},
		"seen, and objects to sensors": {held: booked("09:00", "12:00"),
			said:  sensors{"a": saw(true, "09:00", "09:00")},
			known: presence.Known{Looked: true, Sensors: []string{"a"}, Objecting: map[string]bool{"u": true}},
			now:   "09:14"},
		"objects, and didn't check in by hand": {held: booked("09:00", "12:00"),
			said:  sensors{"a": saw(true, "09:00", "09:00")},
			known: presence.Known{Looked: true, Sensors: []string{"a"}, Objecting: map[string]bool{"u": true}},
			now:   "09:15", want: presence.Miss, at: "09:15"},
		"given back already": {held: released, said: sensors{"a": saw(false, "10:00", "10:00")},
			now: "11:00"},
	} {
		t.Run(name, func(t *testing.T) {
			sheet := table.SpotSheet{Holdings: map[string]table.Holding{"r": c.held}, Occupancy: c.said}
			due := presence.Due(sheet, c.known, defaults, at(c.now))
			if c.want == "" {
				require.Empty(t, due)
				return
			}
			require.Len(t, due, 1)
			require.Equal(t, c.want, due[0].Kind)
			require.Equal(t, at(c.at), due[0].At)
			require.Equal(t, "r", due[0].Reservation)
			require.Equal(t, c.held, due[0].Held)
		})
	}
}

func TestWhoStaysSeatedIsNotTakenForTheNextBeforeTheirTime(t *testing.T) {
	sheet := table.SpotSheet{Holdings: map[string]table.Holding{"first": checkedIn("09:00", "12:00", "09:00"),
		"second": booked("12:00", "15:00")},
		Occupancy: map[string]table.Occupancy{"a": saw(true, "09:00", "11:50")}}
	require.Empty(t, presence.Due(sheet, presence.Known{}, defaults, at("11:55")))
	due := presence.Due(sheet, presence.Known{}, defaults, at("12:00"))
	require.Len(t, due, 1)
	require.Equal(t, "second", due[0].Reservation)
}
