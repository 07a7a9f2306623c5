package statistics

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

// Least is the fewest different people that a figure may be about.
const Least = privacy.Least

// The counts that a place can have. Those of a place add up: check-ins are what was completed, released and walked up
// to; reservations are check-ins and what was not used, including no-shows.
const (
	Reservations = "reservations" // all, walk-ups included
	CheckIns     = "check_ins"    // used: somebody checked in
	Completed    = "completed"    // reserved beforehand, used until their end
	Releases     = "releases"     // reserved beforehand, used, and given back before their end
	WalkUps      = "walk_ups"     // made by sitting down at a free spot, however they ended
	NotUsed      = "not_used"     // nobody checked in
	NoShows      = "no_shows"     // not used, and given to others when nobody had come in time

	other = "" // not used in another way: given back beforehand, or the day was over before it was a no-show
)

// NoZone stands for the spots of a floor that are in none of its zones.
const NoZone = "none"

// A Day is what is counted: everything that is known of a location's day at its end.
type Day struct {
	Date     civil.Date
	Zone     civil.Zone
	Sheets   map[string][]table.SpotSheet                // by floor
	ZoneOf   func(spot string) (zone string, known bool) // on the date; not known of a spot that was removed since
	Searches []table.Searches
}

// Count gives the figures that may be kept, which are none where fewer than five people came.
func Count(day Day) table.Figures {
	used, unused := day.entries()
	all := newBoard()
	all.publish(used, CheckIns)
	all.publish(unused, NotUsed)
	all.addReservations(len(used) == 0, len(unused) == 0)
	return table.Figures{Places: all.places(), Searches: countSearches(day.Searches),
		Pages:    countUse(day.Searches, pagesOf),
		Browsers: countUse(day.Searches, browsersOf)}
}

// An entry is one reservation while it is being counted.
type entry struct {
	person      string
	floor, zone string
	end         string
	hours       []int // in which it is the one that its spot is in use by
}

func (d Day) entries() (used, unused []entry) {
	begins, ends := d.Date.Start(d.Zone), d.Date.End(d.Zone)
	for floor, sheets := range d.Sheets {
		zones := d.zonesOf(sheets)
		for _, sheet := range sheets {
			at := entry{floor: floor, zone: NoZone}
			if zone := zones[sheet.Spot]; zone != "" {
				at.zone = zone
			}
			inUse := map[int]bool{}
			for _, held := range inOrder(sheet.Holdings) {
				if held.State.Undecided() {
					continue // nobody came to have it
				}
				e := at
				e.person = held.User
				if held.CheckedInAt == 0 {
					if e.end = other; held.State == table.NoShow {
						e.end = NoShows
					}
					unused = append(unused, e)
					continue
				}
				e.end = endOf(held)
				for _, hour := range hoursOf(held, begins, ends) {
					if !inUse[hour] {
						inUse[hour] = true
						e.hours = append(e.hours, hour)
					}
				}
				used = append(used, e)
			}
		}
	}
	return used, unused
}

// zonesOf has the zones of a floor's spots. Where one isn't known any more no spot is in a zone: who removes spots
// after their day could otherwise make the others' zones small.
func (d Day) zonesOf(sheets []table.SpotSheet) map[string]string {
	zones := map[string]string{}
	for _, sheet := range sheets {
		zone, known := d.ZoneOf(sheet.Spot)
		if !known && len(sheet.Holdings) > 0 {
			return nil
		}
		zones[sheet.Spot] = zone
	}
	return zones
}

// inOrder makes the counting of a spot that changed hands within an hour independent of the order of a map.
func inOrder(holdings map[string]table.Holding) []table.Holding {
	ids := make([]string, 0, len(holdings))
	for id := range holdings {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmpHoldings(holdings[a], holdings[b], a, b)
	})
	ordered := make([]table.Holding, len(ids))
	for i, id := range ids {
		ordered[i] = holdings[id]
	}
	return ordered
}

func endOf(held table.Holding) string {
	switch {
	case held.WalkUp:
		return WalkUps
	case held.State == table.Released:
		return Releases
	}
	return Completed
}

// hoursOf are the hours of the day, from its beginning, in which the spot was in use by this reservation: from the
// check-in until it was given back or ended. A day has 23 to 25 of them, the last of which may be a part of one.
func hoursOf(held table.Holding, begins, ends time.Time) []int {
	from, to := held.CheckedInAt, held.To.Time().Unix()
	if held.EndedAt != 0 {
		to = min(to, held.EndedAt)
	}
	from, to = max(from, begins.Unix()), min(to, ends.Unix())
	var hours []int
	for hour := (from - begins.Unix()) / 3600; begins.Unix()+hour*3600 < to; hour++ {
		hours = append(hours, int(hour))
	}
	return hours
}

func countSearches(searches []table.Searches) map[string]int {
	counts, people := map[string]int{}, map[string]int{}
	for _, s := range searches {
		for kind, n := range map[table.SearchKind]int{table.SpotSearch: s.Spots,
			table.ColleagueSearch: s.Colleagues} {
			if n > 0 {
				counts[string(kind)] += n
				people[string(kind)]++
			}
		}
	}
	for kind, n := range people {
		if n < Least {
			delete(counts, kind)
		}
	}
	return counts
}

func pagesOf(s table.Searches) map[string]int    { return s.Pages }
func browsersOf(s table.Searches) map[string]int { return s.Browsers }

// countUse adds opened pages up by their parts: pages or browsers. Small parts are hidden, and more with them until
// what is hidden is of five people or of nobody, since all parts of one are known from all parts of the other.
func countUse(of []table.Searches, parts func(table.Searches) map[string]int) map[string]int {
	var entries []entry // of each person one for each part
	sums := map[string]int{}
	for _, s := range of {
		for name, n := range parts(s) {
			if n > 0 {
				entries = append(entries, entry{person: s.User, end: name})
				sums[name] += n
			}
		}
	}
	shown := divide(entries, func(e entry) string { return e.end }).shown
	maps.DeleteFunc(sums, func(name string, _ int) bool { return shown[name] == nil })
	return sums
}

func hourName(hour int) string { return strconv.Itoa(hour) }
