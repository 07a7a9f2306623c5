package statistics

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/table"
)

// The adversary who looks at pictures compares them: of all places, of each day alone and of both together. They know
// the building, and the two days are Mondays, so that the hours of both fall together. The cells are those of the
// first day followed by those of the second.

var mondays = []civil.Date{"2026-11-23", "2026-11-30"}

// A reading is what is read from the answers: sums of cells, each of the places and days that it says.
type reading struct {
	worlds []world
	rows   [][]float64
	sums   []float64
}

// adds notes that so many reservations are in the cells of some of the days for which in holds.
func (r *reading) adds(n int, days []int, in func(cell) bool) {
	var row []float64
	for day, w := range r.worlds {
		for _, c := range w.cells {
			is := 0.0
			for _, of := range days {
				if of == day && in(c) {
					is = 1
				}
			}
			row = append(row, is)
		}
	}
	r.rows, r.sums = append(r.rows, row), append(r.sums, float64(n))
}

func hourIn(clock civil.ClockTime) int { return int(clock[1] - '0') }

// reads notes what an answer says of the place, given which of the days it is about have which figure.
func (r *reading) reads(use Use, at place, days []int, alone []Use) {
	with := func(has func(Use) bool) (of []int) {
		for _, day := range days {
			if has(alone[day]) {
				of = append(of, day)
			}
		}
		return of
	}
	for _, hour := range use.Hours {
		of := with(func(one Use) bool {
			for _, h := range one.Hours {
				if h.Clock == hour.Clock {
					return true
				}
			}
			return false
		})
		r.adds(hour.Sum, of, func(c cell) bool { return at.holds(c) && !c.unused && c.inUse[hourIn(hour.Clock)] })
	}
	for _, day := range use.Days {
		of := []int{0}
		if day.Date == mondays[1] {
			of = []int{1}
		}
		for _, count := range []struct {
			n  *int
			in func(cell) bool
		}{
			{day.Reservations, func(cell) bool { return true }},
			{day.CheckIns, func(c cell) bool { return !c.unused }},
			{day.NoShows, func(c cell) bool { return c.end == NoShows }},
		} {
			if count.n != nil {
				r.adds(*count.n, of, func(c cell) bool { return at.holds(c) && count.in(c) })
			}
		}
		if day.Peak != nil {
			r.adds(day.Peak.SpotsInUse, of,
				func(c cell) bool { return at.holds(c) && !c.unused && c.inUse[hourIn(day.Peak.Clock)] })
		}
	}
	for _, p := range use.Places {
		there := place{p.Floor, p.Zone}
		of := with(func(one Use) bool {
			for _, q := range one.Places {
				if q.Floor == p.Floor && q.Zone == p.Zone {
					return true
				}
			}
			return false
		})
		r.adds(p.CheckIns, of, func(c cell) bool { return there.holds(c) && !c.unused })
	}
}

// readsAll asks for every place in every period.
func (r *reading) readsAll() {
	var days []table.DayFigures
	for day, w := range r.worlds {
		days = append(days, table.DayFigures{Day: mondays[day], Figures: table.Figures{Places: w.figures().places()}})
	}
	asked := map[place]bool{{}: true}
	for _, w := range r.worlds {
		for _, c := range w.cells {
			asked[place{floor: c.floor}], asked[c.place] = true, true
		}
	}
	for at := range asked {
		about := func(from, to int) Use {
			return useOf(days[from:to+1], at, nil, Use{From: mondays[from], To: mondays[to]})
		}
		alone := []Use{about(0, 0), about(1, 1)}
		r.reads(alone[0], at, []int{0}, alone)
		r.reads(alone[1], at, []int{1}, alone)
		r.reads(about(0, 1), at, []int{0, 1}, alone)
	}
}

// Art. 5: comparing places, totals and periods of what is drawn gives away nothing about one to four people.
func TestWhoComparesAllPicturesOfAllPeriodsCanReckonNothingAboutOneToFourPeople(t *testing.T) {
	asked, read := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		r := reading{worlds: []world{drawWorld(t), drawWorld(t)}}
		r.readsAll()
		read += len(r.rows)
		cells := len(r.worlds[0].cells) + len(r.worlds[1].cells)
		s := solve(r.rows, r.sums, cells)
		days := [][]float64{append(r.worlds[0].truth(), r.worlds[1].truth()...)}
		for day, w := range r.worlds {
			for _, q := range w.questions() {
				if n := w.peopleIn(q); n < 1 || n >= Least {
					continue
				}
				asked++
				if known(&days, s, r.wants(day, q)) {
					t.Fatalf("%s of %s is known, of %d people", q.name, mondays[day], w.peopleIn(q))
				}
			}
		}
	})
	require.NotZero(t, asked)
	require.Greater(t, read, 500, "the rule must not be kept by showing nothing")
}

// wants are the cells of one of the days that a question asks for.
func (r reading) wants(day int, q question) (want []float64) {
	for i, w := range r.worlds {
		if i == day {
			want = append(want, w.wants(q)...)
		} else {
			want = append(want, make([]float64, len(w.cells))...)
		}
	}
	return want
}

// Art. 5: that there were one to four is not to be told from that there was nobody.
func TestAZoneOfOneToFourPeopleLooksLikeOneOfNobody(t *testing.T) {
	for people := range Least {
		var w world
		w.dayOf("f1", 6, 1, 2)
		w.dayOf("f1", people, 1)
		for i := range w.used {
			if w.used[i].zone = "big"; i >= 6 {
				w.used[i].zone = "small"
			}
		}
		days := []table.DayFigures{{Day: mondays[0], Figures: table.Figures{Places: w.figures().places()}}}
		use := useOf(days, place{"f1", "small"}, nil, Use{From: mondays[0], To: mondays[0]})
		require.Empty(t, use.Hours, "%d people", people)
		require.Empty(t, use.Days, "%d people", people)
		require.NotContains(t, fmt.Sprint(use.Places), "small", "%d people", people)
	}
}
