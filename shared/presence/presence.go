// Package presence keeps who is at their spot (4.d.4). It handles sensors' messages, check-in by hand, sitting down
// at a free spot and giving a spot back, and decides what happens when nobody comes or nobody stays. Sensors know
// spots and never persons: a person is checked in by the reservation that holds the spot at that moment. Everything
// is on the day's sheets and goes with the day.
package presence

import (
	"cmp"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

// Early is how long before its start a reservation can be checked in: always by hand, and by a sensor if nobody else
// holds the spot at that time.
const Early = booking.Early

// Objections are the clauses and purposes that a person can name to object to being checked in and out by sensors
// (7.object). They can still check in by hand, and a reservation that is not checked in is a no-show, as for
// everyone.
var Objections = privacy.Objecting("4.d.4")

// Settings are a location's rules about check-in.
type Settings struct {
	NoShow time.Duration // after the start without a check-in a reservation is a no-show; 0: never
	Ask    time.Duration // after the start its person is asked whether they come, before NoShow; 0: never
	Vacant time.Duration // for which a spot must have been vacant to be released; 0: it never is
	// how long a sensor that says nothing is believed, if its model speaks as often
	Silent time.Duration
}

// SettingsOf reads them from the location.
func SettingsOf(l table.Location) Settings {
	minutes := func(n int) time.Duration { return time.Duration(n) * time.Minute }
	s := Settings{Silent: minutes(l.SilentMinutes)}
	if l.Rules.Has(rules.Vacated) {
		s.Vacant = minutes(l.VacantMinutes)
	}
	if l.Rules.Has(rules.NoShow) {
		s.NoShow = minutes(l.NoShowMinutes)
	}
	if l.Rules.Has(rules.Asking) {
		s.Ask = minutes(l.Rules.AskMinutes)
		if s.Ask == 0 || s.Ask >= s.NoShow { // nothing is said, or the time of a no-show was shortened since
			s.Ask = s.NoShow * 2 / 3
		}
	}
	return s
}

// asks tells whether a reservation's person is to be asked whether they come: once for its beginning, while it lasts.
func (s Settings) asks(e entry, now time.Time) bool {
	return s.Ask > 0 && e.AskedAt == 0 && !now.Before(e.Awaited().Add(s.Ask)) && now.Before(e.To.Time())
}

// misses tells whether a reservation in which nobody has checked in is a no-show: NoShow has passed, a location's
// setting, since its beginning, or since it was booked or its person said that they come, where that was later.
func (s Settings) misses(e entry, now time.Time) bool {
	if s.NoShow == 0 || s.asks(e, now) {
		return false
	}
	return !now.Before(s.until(e.Holding))
}

// until is how long a reservation is kept for somebody who has not come. Who is asked has the time from Ask to NoShow
// to answer, though the question came late.
func (s Settings) until(h table.Holding) time.Time {
	until := h.Awaited().Add(s.NoShow)
	if h.AskedAt != 0 && s.Ask > 0 {
		until = latest(until, time.Unix(h.AskedAt, 0).Add(s.NoShow-s.Ask))
	}
	return until
}

// An entry is a reservation on a sheet.
type entry struct {
	id string
	table.Holding
}

// entries are a sheet's reservations in the order of their times.
func entries(sheet table.SpotSheet) []entry {
	var all []entry
	for id, held := range sheet.Holdings {
		all = append(all, entry{id, held})
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.id, b.id)) })
	return all
}

// admits reports whether somebody who sits at the spot at an instant is this reservation's person: during its time,
// and a little before if the spot is nobody else's then.
func admits(sheet table.SpotSheet, e entry, at time.Time) bool {
	from, to := e.From.Time(), e.To.Time()
	if e.State != table.Reserved || e.ByHand || !at.Before(to) || at.Before(from.Add(-Early)) {
		return false
	}
	return !at.Before(from) || !heldByOthers(sheet, e.id, at)
}

func heldByOthers(sheet table.SpotSheet, id string, at time.Time) bool {
	for other, held := range sheet.Holdings {
		if other != id && held.State.Holds() && held.Interval().Holds(at) {
			return true
		}
	}
	return false
}

// arriving is the reservation whose person sits down when the spot becomes or is occupied at an instant.
func arriving(sheet table.SpotSheet, at time.Time) (entry, bool) {
	for _, e := range entries(sheet) {
		if admits(sheet, e, at) {
			return e, true
		}
	}
	return entry{}, false
}
