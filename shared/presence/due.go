package presence

import (
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/table"
)

// An ActionKind is a change of a reservation that is due because time has passed.
type ActionKind string

// The kinds of action.
const (
	Arrive ActionKind = "arrive"  // its spot is occupied since before it began: it is checked in
	Ask    ActionKind = "asked"   // nobody came yet: its person is asked whether they do
	Miss   ActionKind = "no-show" // nobody came in time
	Leave  ActionKind = "vacated" // checked in, and the spot has been vacant too long
)

// An Action is one thing to be done.
type Action struct {
	Kind        ActionKind
	Reservation string
	Held        table.Holding
	At          time.Time
	Vacant      []string // the sensors on whose word it rests, for Leave
}

// Known holds the facts that are not on the sheet. The zero value assumes that the sensors on the sheet are all, and
// that nobody objects; what follows from it must be checked again with the facts before it is done.
type Known struct {
	Looked    bool
	Sensors   []string        // all that are tied to the spot
	Objecting map[string]bool // users who object to being checked in and out by sensors (7.object)
}

// Due says what is to be done with a spot's reservations at an instant (4.d.2, 4.d.4):
//
//   - not checked in while a sensor sees somebody: checked in, since when that one has been there;
//   - not checked in Ask after the start, or after it was booked where that was later: its person is asked, once;
//   - not checked in NoShow after that, or after the person said that they come: a no-show;
//   - checked in, and for Vacant all sensors have seen nobody, reckoned from the check-in at the earliest: released. A
//     spot with a sensor that is silent, or that said nothing yet today, is not known to be vacant.
func Due(sheet table.SpotSheet, known Known, settings Settings, now time.Time) []Action {
	seen := see(sheet, known, settings, now)
	var due []Action
	for _, e := range entries(sheet) {
		sensed := !known.Objecting[e.User]
		switch {
		case e.State == table.Reserved && sensed && seen.seated && admits(sheet, e, now):
			at := latest(seen.seatedSince, e.From.Time().Add(-Early))
			due = append(due, Action{Kind: Arrive, Reservation: e.id, Held: e.Holding, At: at})
		case e.State == table.Reserved && settings.asks(e, now):
			due = append(due, Action{Kind: Ask, Reservation: e.id, Held: e.Holding, At: now})
		case e.State == table.Reserved && settings.misses(e, now):
			due = append(due, Action{Kind: Miss, Reservation: e.id, Held: e.Holding, At: now})
		case e.State == table.CheckedIn && sensed && settings.Vacant > 0 && seen.vacant && now.Before(e.To.Time()) &&
			now.Sub(latest(seen.vacantSince, time.Unix(e.CheckedInAt, 0))) >= settings.Vacant:
			due = append(due, Action{Kind: Leave, Reservation: e.id, Held: e.Holding, At: now, Vacant: seen.sensors})
		}
	}
	return due
}

// sight is what a spot's sensors together see.
type sight struct {
	seated      bool // one that is heard sees somebody
	seatedSince time.Time
	vacant      bool // all are heard and see nobody
	vacantSince time.Time
	sensors     []string
}

func see(sheet table.SpotSheet, known Known, settings Settings, now time.Time) sight {
	var seen sight
	sensors := known.Sensors
	if !known.Looked {
		for name := range sheet.Occupancy {
			sensors = append(sensors, name)
		}
	}
	seen.sensors = slices.Sorted(slices.Values(sensors))
	seen.vacant = len(sensors) > 0
	for _, name := range seen.sensors {
		said, spoke := sheet.Occupancy[name]
		if !spoke || said.SilentFor(settings.Silent, now) {
			seen.vacant = false
			continue
		}
		since := time.Unix(said.Since, 0).UTC()
		if !said.Occupied {
			seen.vacantSince = latest(seen.vacantSince, since)
			continue
		}
		seen.vacant = false
		if !seen.seated || since.Before(seen.seatedSince) {
			seen.seated, seen.seatedSince = true, since
		}
	}
	return seen
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
