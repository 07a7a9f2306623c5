package statistics

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The adversary knows the building, all figures of the day, and arithmetic: each figure is an equation over the
// numbers of reservations in the finest cells (zone by end by hours in use), which are not below zero; the hours of
// one reservation follow each other. A question is a sum of such cells. The adversary has the answer when the least
// and the greatest value that the equations allow are the same.

const adversaryHours = 4

// stays are the hours that a reservation can have: those from one up to another, or none.
func stays() [][]int {
	all := [][]int{nil}
	for from := range adversaryHours {
		for to := from; to < adversaryHours; to++ {
			var hours []int
			for hour := from; hour <= to; hour++ {
				hours = append(hours, hour)
			}
			all = append(all, hours)
		}
	}
	return all
}

// A cell is what a reservation can be.
type cell struct {
	place
	end    string
	inUse  [adversaryHours]bool
	unused bool
}

func cellOf(e entry, unused bool) cell {
	c := cell{place: place{e.floor, e.zone}, end: e.end, unused: unused}
	for _, hour := range e.hours {
		c.inUse[hour] = true
	}
	return c
}

func (p place) holds(c cell) bool {
	return (p.floor == "" || p.floor == c.floor) && (p.zone == "" || p.zone == c.zone)
}

// A question is a sum of cells.
type question struct {
	name string
	asks func(cell) bool
}

// A world is the entries of a day with the cells that there can be.
type world struct {
	used, unused []entry
	cells        []cell
}

func drawWorld(t *rapid.T) world {
	var w world
	// Most of a day's people come and go at a few times.
	usual := rapid.SliceOfN(rapid.SampledFrom(stays()), 1, 4).Draw(t, "usual hours")
	for _, floor := range []string{"f1", "f2", "f3"}[:rapid.IntRange(1, 3).Draw(t, "floors")] {
		for z := range rapid.IntRange(1, 2).Draw(t, "zones") {
			w.draw(t, place{floor, fmt.Sprint(floor, "z", z)}, usual)
		}
	}
	return w
}

func (w *world) draw(t *rapid.T, at place, usual [][]int) {
	for _, end := range []string{Completed, WalkUps} {
		for _, hours := range stays() {
			w.cells = append(w.cells, cellOf(entry{floor: at.floor, zone: at.zone, end: end, hours: hours}, false))
		}
		for _, hours := range usual {
			w.used = append(w.used, drawEntries(t, entry{floor: at.floor, zone: at.zone, end: end, hours: hours})...)
		}
	}
	for _, end := range []string{NoShows, other} {
		like := entry{floor: at.floor, zone: at.zone, end: end}
		w.cells = append(w.cells, cellOf(like, true))
		w.unused = append(w.unused, drawEntries(t, like)...)
	}
}

// drawEntries gives each cell nobody, few or many, of people who can be in several cells.
func drawEntries(t *rapid.T, like entry) []entry {
	n := rapid.SampledFrom([]int{0, 0, 0, 1, 2, 3, 5, 6, 9, 12}).Draw(t, "reservations")
	entries := make([]entry, n)
	for i := range entries {
		entries[i] = like
		entries[i].person = fmt.Sprint(rapid.IntRange(1, 40).Draw(t, "person"))
	}
	return entries
}

func (w world) figures() *board {
	b := newBoard()
	b.publish(w.used, CheckIns)
	b.publish(w.unused, NotUsed)
	b.addReservations(len(w.used) == 0, len(w.unused) == 0)
	return b
}

// equations are the figures as sums of cells.
func (w world) equations(b *board) (rows [][]float64, sums []float64) {
	add := func(n int, in func(cell) bool) {
		row := make([]float64, len(w.cells))
		for i, c := range w.cells {
			if in(c) {
				row[i] = 1
			}
		}
		rows, sums = append(rows, row), append(sums, float64(n))
	}
	for at, counts := range b.counts {
		for name, n := range counts {
			add(n, func(c cell) bool {
				switch name {
				case Reservations:
					return at.holds(c)
				case CheckIns:
					return at.holds(c) && !c.unused
				case NotUsed:
					return at.holds(c) && c.unused
				}
				return at.holds(c) && c.end == name
			})
		}
	}
	for at, hours := range b.hours {
		for name, n := range hours {
			add(n, func(c cell) bool { return at.holds(c) && !c.unused && c.inUse[int(name[0]-'0')] })
		}
	}
	return rows, sums
}

// questions are what an adversary would like to know of every place: how many came, did not come, ended so, were in
// then, were not in then, ended so among those who were in then, and were in at one hour and at another, or not.
func (w world) questions() []question {
	places := []place{{}}
	for _, c := range w.cells {
		places = append(places, place{floor: c.floor}, c.place)
	}
	slices.SortFunc(places, func(a, b place) int {
		return slices.Compare([]string{a.floor, a.zone},
			[]string{b.floor, b.zone})
	})
	var all []question
	for _, at := range slices.Compact(places) {
		add := func(what string, in func(cell) bool) {
			all = append(all, question{fmt.Sprint(at, " ", what), func(c cell) bool { return at.holds(c) && in(c) }})
		}
		add("all", func(cell) bool { return true })
		add("used", func(c cell) bool { return !c.unused })
		add("not used", func(c cell) bool { return c.unused })
		for _, end := range []string{Completed, WalkUps, NoShows, other} {
			add(end, func(c cell) bool { return c.end == end })
			add("not "+end, func(c cell) bool { return c.end != end })
			for hour := range adversaryHours {
				add(fmt.Sprint(end, " in hour ", hour), func(c cell) bool { return c.end == end && c.inUse[hour] })
			}
		}
		for hour := range adversaryHours {
			add(fmt.Sprint("in hour ", hour), func(c cell) bool { return c.inUse[hour] })
			add(fmt.Sprint("used and not in hour ", hour), func(c cell) bool { return !c.unused && !c.inUse[hour] })
			add(fmt.Sprint("not in hour ", hour), func(c cell) bool { return !c.inUse[hour] })
			for second := range adversaryHours {
				add(fmt.Sprint("in hours ", hour, " and ", second),
					func(c cell) bool { return c.inUse[hour] && c.inUse[second] })
				add(fmt.Sprint("in hour ", hour, " and not ", second),
					func(c cell) bool { return c.inUse[hour] && !c.inUse[second] })
				add(fmt.Sprint("used and in neither hour ", hour, " nor ", second),
					func(c cell) bool { return !c.unused && !c.inUse[hour] && !c.inUse[second] })
			}
		}
	}
	return all
}

func (w world) peopleIn(q question) int {
	in := func(entries []entry, unused bool) []entry {
		return slices.DeleteFunc(slices.Clone(entries), func(e entry) bool { return !q.asks(cellOf(e, unused)) })
	}
	return people(in(w.used, false), in(w.unused, true))
}

// truth is how many reservations each cell really has.
func (w world) truth() []float64 {
	is := make([]float64, len(w.cells))
	for _, group := range []struct {
		entries []entry
		unused  bool
	}{{w.used, false}, {w.unused, true}} {
		for _, e := range group.entries {
			is[slices.Index(w.cells, cellOf(e, group.unused))]++
		}
	}
	return is
}

// wants has a one for each cell that the question asks for.
func (w world) wants(q question) []float64 {
	want := make([]float64, len(w.cells))
	for i, c := range w.cells {
		if q.asks(c) {
			want[i] = 1
		}
	}
	return want
}

// known reports whether the days that agree with the equations all give the same answer: those that were found before
// are asked first.
func known(days *[][]float64, s *solver, want []float64) bool {
	least, most := math.Inf(1), math.Inf(-1)
	differ := func(day []float64) bool {
		answer := product(want, day)
		least, most = min(least, answer), max(most, answer)
		return math.Floor(most+1e-6) > math.Ceil(least-1e-6)
	}
	if slices.ContainsFunc(*days, differ) {
		return false
	}
	for _, sign := range []float64{1, -1} {
		day, bounded := s.climbTo(want, sign)
		if !bounded {
			return false
		}
		if *days = append(*days, day); differ(day) {
			return false
		}
	}
	return true
}

// Art. 5: no figure about fewer than five people can be known, published or reckoned.
func TestWhoKnowsAllFiguresCanReckonNoneAboutOneToFourPeople(t *testing.T) {
	asked, published, hours, ofZones := 0, 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		b := w.figures()
		rows, sums := w.equations(b)
		published += len(rows)
		for at, shown := range b.hours {
			if hours = max(hours, len(shown)); at.zone != "" {
				ofZones++
			}
		}
		s, days := solve(rows, sums, len(w.cells)), [][]float64{w.truth()}
		for _, q := range w.questions() {
			if n := w.peopleIn(q); n < 1 || n >= Least {
				continue
			}
			asked++
			if known(&days, s, w.wants(q)) {
				t.Fatalf("%s is known, of %d people, from %v %v", q.name, w.peopleIn(q), b.counts, b.hours)
			}
		}
	})
	require.NotZero(t, asked)
	require.Greater(t, published, 500, "the rule must not be kept by publishing nothing")
	require.Equal(t, adversaryHours, hours, "nor by hiding the hours")
	require.NotZero(t, ofZones)
}

// dayOf is so many reservations with some hours on a floor, each of a person of their own.
func (w *world) dayOf(floor string, n int, hours ...int) {
	for range n {
		w.used = append(w.used, entry{person: fmt.Sprint(len(w.used)), floor: floor, end: Completed, hours: hours})
	}
}

// Art. 5: five leave at 15:00, one at 16:00 and six at 17:00; who is in at 14, 15 and 16 would tell of the one.
func TestAnHourThatTellsOfOneWhoLeftBeforeItIsHidden(t *testing.T) {
	var w world
	w.dayOf("f1", 5, 9, 10, 11, 12, 13, 14)
	w.dayOf("f1", 1, 9, 10, 11, 12, 13, 14, 15)
	w.dayOf("f1", 6, 9, 10, 11, 12, 13, 14, 15, 16)
	require.Equal(t, map[string]int{"9": 12, "10": 12, "11": 12, "12": 12, "13": 12, "14": 12, "15": 7},
		w.figures().hours[place{}])
}

// Art. 5: any two of the hours differ by five people on each floor, and yet three are all that is left at 12.
func TestAnHourThatTheOtherFloorsGiveAwayIsHidden(t *testing.T) {
	var w world
	w.dayOf("f1", 5, 9)
	w.dayOf("f1", 5, 15)
	w.dayOf("f1", 3, 9, 12, 15)
	w.dayOf("f2", 20, 9, 12, 15)
	b := w.figures()
	require.Equal(t, map[string]int{"9": 28, "12": 23, "15": 28}, b.hours[place{}])
	require.Equal(t, map[string]int{"9": 8}, b.hours[place{floor: "f1"}])
	require.Equal(t, map[string]int{"9": 20}, b.hours[place{floor: "f2"}])
}

func TestTheAdversaryOfTheTestWouldFindALeak(t *testing.T) {
	// Seven check-ins in two zones, of which one zone is shown: the other's two follow.
	rows := [][]float64{{1, 1}, {1, 0}}
	least, most := bounds(rows, []float64{7, 5}, []float64{0, 1})
	require.InDelta(t, 2, least, 1e-6)
	require.InDelta(t, 2, most, 1e-6)
	least, most = bounds(rows[:1], []float64{7}, []float64{0, 1})
	require.InDelta(t, 0, least, 1e-6)
	require.InDelta(t, 7, most, 1e-6)
	_, most = bounds(nil, nil, []float64{0, 1})
	require.True(t, math.IsInf(most, 1))

	// Twelve in all, twelve in the first hour, seven in the second and six in the third: one left before the third.
	w := world{}
	for _, hours := range stays() {
		w.cells = append(w.cells, cellOf(entry{floor: "f1", hours: hours}, false))
	}
	b := newBoard()
	b.count(place{}, CheckIns, 12)
	for hour, n := range []int{12, 7, 6} {
		b.hour(place{}, hour, n)
	}
	equations, sums := w.equations(b)
	left := question{"in hour 1 and not 2", func(c cell) bool { return c.inUse[1] && !c.inUse[2] }}
	require.True(t, known(new([][]float64), solve(equations, sums, len(w.cells)), w.wants(left)))
}
