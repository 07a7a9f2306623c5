package statistics

import (
	"cmp"
	"maps"
	"slices"

	"github.com/iotspot/iotspot/shared/table"
)

// A place is where figures are about: the location (both empty), a floor, or a zone of a floor.
type place struct{ floor, zone string }

// A board is where figures are put up that may be shown.
type board struct {
	counts map[place]map[string]int
	hours  map[place]map[string]int
}

func newBoard() *board {
	return &board{counts: map[place]map[string]int{}, hours: map[place]map[string]int{}}
}

func (b *board) count(at place, name string, n int) { put(b.counts, at, name, n) }
func (b *board) hour(at place, hour, n int)         { put(b.hours, at, hourName(hour), n) }

func put(on map[place]map[string]int, at place, name string, n int) {
	if on[at] == nil {
		on[at] = map[string]int{}
	}
	on[at][name] = n
}

// people counts the different persons in some entries.
func people(sets ...[]entry) int {
	seen := map[string]bool{}
	for _, set := range sets {
		for _, e := range set {
			seen[e.person] = true
		}
	}
	return len(seen)
}

// safe reports whether entries are of enough people, or of nobody.
func safe(entries []entry) bool { return len(entries) == 0 || people(entries) >= Least }

// A partition is entries divided into parts, of which some are shown and the rest is hidden as one.
type partition struct {
	shown  map[string][]entry
	hidden []entry
}

// divide splits entries by name and hides the small parts, and more with them until what is hidden is safe.
func divide(entries []entry, name func(entry) string) partition {
	parts := map[string][]entry{}
	for _, e := range entries {
		parts[name(e)] = append(parts[name(e)], e)
	}
	names := slices.SortedFunc(maps.Keys(parts), func(a, b string) int {
		return cmp.Or(cmp.Compare(people(parts[a]), people(parts[b])), cmp.Compare(a, b))
	})
	p := partition{shown: map[string][]entry{}}
	for _, n := range names {
		if people(parts[n]) < Least || !safe(p.hidden) {
			p.hidden = append(p.hidden, parts[n]...)
		} else {
			p.shown[n] = parts[n]
		}
	}
	return p
}

// all are the parts with the hidden ones as one.
func (p partition) all() [][]entry {
	return append(slices.Collect(maps.Values(p.shown)), p.hidden)
}

// fits reports whether every cell of the table of places by parts is safe.
func fits(places partition, part func(entry) string) bool {
	for _, block := range places.all() {
		cells := map[string][]entry{}
		for _, e := range block {
			cells[part(e)] = append(cells[part(e)], e)
		}
		for _, cell := range cells {
			if !safe(cell) {
				return false
			}
		}
	}
	return true
}

// publish puts up what may be shown of one of the two groups, whose total has the name given.
func (b *board) publish(group []entry, total string) {
	if people(group) < Least {
		return
	}
	b.count(place{}, total, len(group))
	floors := divide(group, func(e entry) string { return e.floor })
	zones := map[string]partition{}
	for floor, entries := range floors.shown {
		b.count(place{floor: floor}, total, len(entries))
		zones[floor] = divide(entries, func(e entry) string { return e.zone })
		for zone, entries := range zones[floor].shown {
			b.count(place{floor, zone}, total, len(entries))
		}
	}
	b.publishEnds(group, floors, zones)
	b.publishHours(group, floors, zones)
}

func (b *board) publishEnds(group []entry, floors partition, zones map[string]partition) {
	ends := divide(group, func(e entry) string { return e.end })
	part := func(e entry) string {
		if _, ok := ends.shown[e.end]; !ok {
			return "hidden"
		}
		return e.end
	}
	put := func(at place, entries []entry) {
		counts := map[string]int{}
		for _, e := range entries {
			counts[part(e)]++
		}
		for _, name := range []string{Completed, Releases, WalkUps, NoShows} {
			if counts[name] > 0 {
				b.count(at, name, counts[name])
			}
		}
	}
	put(place{}, group)
	if !fits(floors, part) {
		return
	}
	for floor, entries := range floors.shown {
		put(place{floor: floor}, entries)
		if !fits(zones[floor], part) {
			continue
		}
		for zone, entries := range zones[floor].shown {
			put(place{floor, zone}, entries)
		}
	}
}

func (b *board) publishHours(group []entry, floors partition, zones map[string]partition) {
	ofLocation := choose(busiestFirst(group), partition{shown: map[string][]entry{"": group}})
	b.putHours(place{}, group, ofLocation)
	ofFloors := choose(ofLocation, floors)
	for floor, entries := range floors.shown {
		b.putHours(place{floor: floor}, entries, ofFloors)
		ofZones := choose(ofFloors, zones[floor])
		for zone, entries := range zones[floor].shown {
			b.putHours(place{floor, zone}, entries, ofZones)
		}
	}
}

// choose takes those of the hours, in their order, that can be shown of the places together: by the shown hours in
// which they were in use, the entries of each place fall into parts that are safe.
func choose(hours []int, places partition) []int {
	var chosen []int
	for _, hour := range hours {
		tried := append(slices.Clone(chosen), hour)
		if fits(places, func(e entry) string { return e.pattern(tried) }) {
			chosen = tried
		}
	}
	return chosen
}

// pattern says in which of some hours the entry was in use.
func (e entry) pattern(hours []int) string {
	in := make([]byte, len(hours))
	for i, hour := range hours {
		if in[i] = '-'; slices.Contains(e.hours, hour) {
			in[i] = '+'
		}
	}
	return string(in)
}

// busiestFirst are the hours in which something was in use. An hour that is shown can hide others: the peak is what
// most want to know.
func busiestFirst(entries []entry) []int {
	used := inUse(entries)
	return slices.SortedFunc(maps.Keys(used), func(a, b int) int {
		return cmp.Or(cmp.Compare(used[b], used[a]), cmp.Compare(a, b))
	})
}

func inUse(entries []entry) map[int]int {
	used := map[int]int{}
	for _, e := range entries {
		for _, hour := range e.hours {
			used[hour]++
		}
	}
	return used
}

func (b *board) putHours(at place, entries []entry, hours []int) {
	used := inUse(entries)
	for _, hour := range hours {
		if used[hour] > 0 {
			b.hour(at, hour, used[hour])
		}
	}
}

// addReservations adds the two groups up where that says nothing new.
func (b *board) addReservations(noneUsed, allUsed bool) {
	for _, counts := range b.counts {
		used, someUsed := counts[CheckIns]
		unused, someUnused := counts[NotUsed]
		if (someUsed || noneUsed) && (someUnused || allUsed) {
			counts[Reservations] = used + unused
		}
	}
}

// places are the figures in order: the location, then each floor followed by its zones.
func (b *board) places() []table.PlaceFigures {
	at := slices.SortedFunc(maps.Keys(b.counts), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.floor, b.floor), cmp.Compare(a.zone, b.zone))
	})
	var figures []table.PlaceFigures
	for _, p := range at {
		figures = append(figures, table.PlaceFigures{Floor: p.floor, Zone: p.zone, Counts: b.counts[p],
			Hours: b.hours[p]})
	}
	return figures
}

func cmpHoldings(a, b table.Holding, idA, idB string) int {
	return cmp.Or(cmp.Compare(a.CheckedInAt, b.CheckedInAt), cmp.Compare(a.From, b.From), cmp.Compare(idA, idB))
}
