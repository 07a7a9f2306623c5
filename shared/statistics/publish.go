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

// safe tells that entries are of enough people, or of nobody.
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

// A breakdown divides entries, the same way wherever they are; put puts up the parts that may be seen.
type breakdown struct {
	part func(entry) string
	put  func(at place, entries []entry)
}

// fits tells whether every cell of the table of places by parts is safe.
func (d breakdown) fits(places partition) bool {
	for _, block := range places.all() {
		cells := map[string][]entry{}
		for _, e := range block {
			cells[d.part(e)] = append(cells[d.part(e)], e)
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
	whole := place{}
	if people(group) < Least {
		return
	}
	b.count(whole, total, len(group))
	floors := divide(group, func(e entry) string { return e.floor })
	zones := map[string]partition{}
	for floor, entries := range floors.shown {
		b.count(place{floor: floor}, total, len(entries))
		zones[floor] = divide(entries, func(e entry) string { return e.zone })
		for zone, entries := range zones[floor].shown {
			b.count(place{floor, zone}, total, len(entries))
		}
	}
	for _, d := range b.breakdowns(group) {
		d.put(whole, group)
		if !d.fits(floors) {
			continue
		}
		for floor, entries := range floors.shown {
			d.put(place{floor: floor}, entries)
			if !d.fits(zones[floor]) {
				continue
			}
			for zone, entries := range zones[floor].shown {
				d.put(place{floor, zone}, entries)
			}
		}
	}
}

// breakdowns are those of which something can be shown for the location.
func (b *board) breakdowns(group []entry) []breakdown {
	var shown []breakdown
	ends := divide(group, func(e entry) string { return e.end })
	if len(ends.shown) > 0 {
		shown = append(shown, b.byEnd(ends))
	}
	last := -1
	for _, e := range group {
		for _, hour := range e.hours {
			last = max(last, hour)
		}
	}
	for hour := 0; hour <= last; hour++ {
		inUse := func(e entry) bool { return slices.Contains(e.hours, hour) }
		used, idle := halves(group, inUse)
		if len(used) > 0 && safe(used) && safe(idle) {
			shown = append(shown, b.byHour(hour, inUse))
		}
	}
	return shown
}

func (b *board) byEnd(ends partition) breakdown {
	part := func(e entry) string {
		if _, ok := ends.shown[e.end]; !ok {
			return "hidden"
		}
		return e.end
	}
	return breakdown{part: part, put: func(at place, entries []entry) {
		counts := map[string]int{}
		for _, e := range entries {
			counts[part(e)]++
		}
		for _, name := range []string{Completed, Releases, WalkUps, NoShows} {
			if counts[name] > 0 {
				b.count(at, name, counts[name])
			}
		}
	}}
}

func (b *board) byHour(hour int, inUse func(entry) bool) breakdown {
	part := func(e entry) string {
		if inUse(e) {
			return "in use"
		}
		return "idle"
	}
	return breakdown{part: part, put: func(at place, entries []entry) {
		if used, _ := halves(entries, inUse); len(used) > 0 {
			b.hour(at, hour, len(used))
		}
	}}
}

func halves(entries []entry, in func(entry) bool) (yes, no []entry) {
	for _, e := range entries {
		if in(e) {
			yes = append(yes, e)
		} else {
			no = append(no, e)
		}
	}
	return yes, no
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
		figures = append(figures, table.PlaceFigures{Floor: p.floor, Zone: p.zone, Counts: b.counts[p], Hours: b.hours[p]})
	}
	return figures
}

func cmpHoldings(a, b table.Holding, idA, idB string) int {
	return cmp.Or(cmp.Compare(a.CheckedInAt, b.CheckedInAt), cmp.Compare(a.From, b.From), cmp.Compare(idA, idB))
}
