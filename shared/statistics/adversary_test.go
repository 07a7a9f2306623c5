package statistics

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The adversary knows the building, all figures of the day, and arithmetic: each figure is an equation over the numbers
// of reservations in the finest cells (zone by end by hours in use), which are not below zero. A question is a sum of such
// cells. The adversary has the answer when the least and the greatest value that the equations allow are the same.

const adversaryHours = 2

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
	zones := map[string]int{}
	for _, floor := range []string{"f1", "f2", "f3"}[:rapid.IntRange(1, 3).Draw(t, "floors")] {
		zones[floor] = rapid.IntRange(1, 2).Draw(t, "zones")
		for z := range zones[floor] {
			at := place{floor, fmt.Sprint(floor, "z", z)}
			w.draw(t, at)
		}
	}
	return w
}

func (w *world) draw(t *rapid.T, at place) {
	ends, others := []string{Completed, Releases, WalkUps}, []string{NoShows, other}
	for pattern := range 1 << adversaryHours {
		for _, end := range ends {
			c := cell{place: at, end: end}
			e := entry{floor: at.floor, zone: at.zone, end: end}
			for hour := range adversaryHours {
				if c.inUse[hour] = pattern>>hour&1 == 1; c.inUse[hour] {
					e.hours = append(e.hours, hour)
				}
			}
			w.cells = append(w.cells, c)
			w.used = append(w.used, drawEntries(t, e)...)
		}
	}
	for _, end := range others {
		w.cells = append(w.cells, cell{place: at, end: end, unused: true})
		w.unused = append(w.unused, drawEntries(t, entry{floor: at.floor, zone: at.zone, end: end})...)
	}
}

// drawEntries gives each cell nobody, few or many, of people who can be in several cells.
func drawEntries(t *rapid.T, like entry) []entry {
	n := rapid.SampledFrom([]int{0, 0, 0, 1, 1, 2, 3, 5, 6, 9}).Draw(t, "reservations")
	entries := make([]entry, n)
	for i := range entries {
		entries[i] = like
		entries[i].person = fmt.Sprint(rapid.IntRange(1, 30).Draw(t, "person"))
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

// questions are what an adversary would like to know of every place: how many came, did not come, ended so, were in then,
// were not in then, and ended so among those who were in then.
func (w world) questions() []question {
	places := []place{{}}
	for _, c := range w.cells {
		places = append(places, place{floor: c.floor}, c.place)
	}
	slices.SortFunc(places, func(a, b place) int { return slices.Compare([]string{a.floor, a.zone}, []string{b.floor, b.zone}) })
	var all []question
	for _, at := range slices.Compact(places) {
		add := func(what string, in func(cell) bool) {
			all = append(all, question{fmt.Sprint(at, " ", what), func(c cell) bool { return at.holds(c) && in(c) }})
		}
		add("all", func(cell) bool { return true })
		add("used", func(c cell) bool { return !c.unused })
		add("not used", func(c cell) bool { return c.unused })
		for _, end := range []string{Completed, Releases, WalkUps, NoShows, other} {
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
		}
		add("in both hours", func(c cell) bool { return c.inUse[0] && c.inUse[1] })
		add("in the first hour and not the second", func(c cell) bool { return c.inUse[0] && !c.inUse[1] })
	}
	return all
}

func (w world) peopleIn(q question) int {
	in := func(entries []entry, unused bool) []entry {
		return slices.DeleteFunc(slices.Clone(entries), func(e entry) bool { return !q.asks(cellOf(e, unused)) })
	}
	return people(in(w.used, false), in(w.unused, true))
}

// Art. 5: no figure about fewer than five people can be known, published or reckoned.
func TestWhoKnowsAllFiguresCanReckonNoneAboutOneToFourPeople(t *testing.T) {
	asked, published := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		b := w.figures()
		rows, sums := w.equations(b)
		published += len(rows)
		for _, q := range w.questions() {
			if n := w.peopleIn(q); n < 1 || n >= Least {
				continue
			}
			asked++
			want := make([]float64, len(w.cells))
			for i, c := range w.cells {
				if q.asks(c) {
					want[i] = 1
				}
			}
			least, most := bounds(rows, sums, want)
			if math.Floor(most+1e-6) <= math.Ceil(least-1e-6) {
				t.Fatalf("%s is known to be %v, of %d people, from %v %v", q.name, least, w.peopleIn(q), b.counts, b.hours)
			}
		}
	})
	require.NotZero(t, asked)
	require.Greater(t, published, 500, "the rule must not be kept by publishing nothing")
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
}
