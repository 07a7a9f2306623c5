package main

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/civil/civiltest"
	"github.com/iotspot/iotspot/shared/dayclose"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake"
)

// A removal is a share of what ends with a day: so many write units of one partition.
type removal struct {
	partition int
	units     float64
}

// A process is one step: it begins at a second and removes one thing after another.
type process struct {
	begins int
	left   []removal
}

// A midnight lets processes remove what they found, second by second, as fast as they, the partitions and the table
// can. One that there is no instance for waits in its queue; one that takes longer than a slot is called again and
// goes on.
type midnight struct {
	table      float64 // units a second
	most       int     // processes at once
	processes  []*process
	partitions int

	atOnce int // the most processes that were at work in one second
}

// lasts is how many seconds after the day's end nothing is left.
func (m *midnight) lasts(limit int) int {
	for second := range limit {
		table, partition, left, working := m.table, make(map[int]float64), false, 0
		for _, p := range m.processes {
			if len(p.left) == 0 {
				continue
			}
			if second >= p.begins && working < m.most {
				working++
				p.work(&table, partition)
			}
			left = left || len(p.left) > 0
		}
		m.atOnce = max(m.atOnce, working)
		if !left {
			return second + 1
		}
	}
	return limit
}

// work is a second of a process: what its partition or the table doesn't take is tried again in the next.
func (p *process) work(table *float64, partition map[int]float64) {
	mine := stepRemoves
	var later []removal
	for i, r := range p.left {
		if mine <= 0 || *table <= 0 {
			later = append(later, p.left[i:]...)
			break
		}
		done := min(r.units, mine, *table, mostWrite-partition[r.partition])
		partition[r.partition] += done
		mine, *table, r.units = mine-done, *table-done, r.units-done
		if r.units > 0 {
			later = append(later, r)
		}
	}
	p.left = later
}

// A floorsEnd is what a floor's day, closed by the real day close on the real engine, takes of partitions.
type floorsEnd struct {
	sheets, people, searches float64 // units of the floor's partition, of persons' and of the location's searches
}

// measuredEnd closes the day of a floor of 200 desks on which everybody has come who can.
func measuredEnd(t *testing.T) floorsEnd {
	c := newCampus(t)
	comers := int(math.Floor(floorOf * comeOnADay / desksPerPerson))
	ends := morning.End(civiltest.Load(t, "Europe/Amsterdam"))
	for _, desk := range c.Desks[:comers] {
		who := c.Person(t)
		if sheet, err := c.tables.SpotSheetNow(t.Context(), c.Place(desk), morning); err != nil ||
			len(sheet.Taken) == 0 {
			c.reserve(who, desk)
		}
		require.NoError(t, c.tables.CountSearch(t.Context(), who.Person, c.Location.ID, morning, ends,
			table.SpotSearch))
	}
	c.db.Clock.Set(ends.Add(time.Second))
	c.measure("end", func() {
		require.NoError(t, dayclose.Closer{Tables: c.tables, Now: c.db.Clock.Now,
			Metrics: &strings.Builder{}}.Step(t.Context(), wake.Part{}))
	})
	var end floorsEnd
	for _, s := range c.measured["end"] {
		switch {
		case strings.Contains(s.kind, "#F#"):
			end.sheets += s.write
		case strings.Contains(s.kind, "#u#U"):
			end.people += s.write
		case s.kind == "agenda B#L#day":
			end.searches += s.write
		}
	}
	require.Positive(t, end.sheets*end.people*end.searches, c.measured["end"])
	return end
}

// deal makes the processes of a midnight of so many people: the campus of 10,000 spots, and houses of two floors.
func deal(people float64, end floorsEnd) *midnight {
	m := &midnight{table: mostTable, most: catalog.AtMost["day-close"]}
	random := rand.New(rand.NewPCG(1, 0))
	floors := int(people * desksPerPerson / floorOf)
	steps := dayclose.StepsFor(floors)
	for i := range steps {
		m.processes = append(m.processes, &process{begins: int(dayclose.Spread.Seconds()) * i / steps})
	}
	const house, campus = 2, campusFloors
	for left := floors; left > 0; {
		there := min(house, left)
		if left == floors {
			there = min(campus, left)
		}
		left -= there
		p := m.processes[random.IntN(steps)]
		m.partitions++
		p.left = append(p.left, removal{m.partitions, end.searches * float64(there)})
		for range there {
			m.partitions++
			p.left = append(p.left, removal{m.partitions, end.sheets})
			for range int(end.people) { // each person's own partition
				m.partitions++
				p.left = append(p.left, removal{m.partitions, 1})
			}
		}
	}
	return m
}

// sensorsMinute makes the sweep's steps in one of a day's last minutes, in which a share of the sensors' last words
// go.
func sensorsMinute(people float64) *midnight {
	m := &midnight{table: mostTable, most: catalog.AtMost["sweep"]}
	sensors := people * desksPerPerson / table.LettingGo.Minutes()
	shards := table.ExpiryShards(1)
	for slot := wake.Slot; slot <= time.Minute; slot += wake.Slot {
		p := &process{begins: int(slot.Seconds())}
		for shard := range shards {
			p.left = append(p.left, removal{shard, sensors / float64(shards) / float64(time.Minute/wake.Slot)})
		}
		m.processes = append(m.processes, p)
	}
	return m
}

// TestAfterMidnightMoreThanAMillionPeopleOfOneZoneAreGoneInTime plays the removing against what a process, a
// partition and the table take, which is as much as AWS lets a table have unasked; see the limits on the page beside
// this file.
//
// 4.d.4
func TestAfterMidnightMoreThanAMillionPeopleOfOneZoneAreGoneInTime(t *testing.T) {
	end := measuredEnd(t)
	t.Logf("a floor's end in write units: %.0f sheets, %.0f persons', %.0f searches", end.sheets, end.people,
		end.searches)
	m := deal(1.05*million, end)
	lasts := m.lasts(120)
	t.Logf("1,050,000 people: gone after %d s, %d steps at once", lasts, m.atOnce)
	require.LessOrEqual(t, lasts, 55)
	require.Greater(t, deal(2*million, end).lasts(180), 60, "and where it ends is seen")
}

// 4.d.4
func TestTheLastWordsOfAMillionPeoplesSensorsGoInTimeInTheirDaysLastMinutes(t *testing.T) {
	m := sensorsMinute(1.5 * million)
	require.LessOrEqual(t, m.lasts(120), 75, "a slot after the last second's step was asked for")
}

func TestAllOnOneProcessAsBeforeWouldBeLate(t *testing.T) {
	m := deal(400_000, floorsEnd{200, 170, 170})
	one := &process{}
	for _, p := range m.processes {
		one.left = append(one.left, p.left...)
	}
	m.processes = []*process{one}
	require.Greater(t, m.lasts(120), 60)
}
