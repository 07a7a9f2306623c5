// Package dayclose closes the days of locations: when a day ends its data is removed, and counts without persons
// remain (4.d.2, 4.d.4, 5.transactions).
//
// # Within 60 seconds
//
// A look, each minute, tells which days end soon, and asks for steps at the end of each, and 30, 40 and 50 seconds
// later; see package wake. The first step after a day's end counts it and removes its sheets. What was being written
// at that moment may land later: an HTTP function lives 10 seconds at most, the one that takes sensors' messages 30.
// So each step removes again whatever has come, and a day is closed for good only by a step that began SecondLook
// after its end or later: 30 seconds for the longest function and 10 for clocks that differ and for an engine that
// answers late.
//
// Most of the removing falls to the first step. One process removes some 3,000 sheets a second: it spends 250
// microseconds of a processor on a spot's, and a sixth of that on the others, which go 25 in one call. So the
// locations whose days end together are dealt out to as many steps as it takes, one for each FloorsOfAStep, which
// begin one after another within half a minute. Their sheets lie in partitions of their own, by floor and by person.
// How much that is together was reckoned, not measured on AWS: go test ./scripts/cost -run Midnight plays the units
// of each partition.
//
// # Another time zone
//
// When a location gets another zone, the sheets of its days carry deadlines of the earlier one. After a move to the
// east the day may be over while its sheets are still within their deadline; after a move to the west the sheets
// would be left for hours past it. So each step removes, without counting, every sheet whose deadline is not the end
// of its day in the new zone, until a step has begun SecondLook after the change. No day is closed for good
// meanwhile.
//
// # Other rules of a zone
//
// A government changes what the clocks of a zone show, and a later version of the zones says so (civil). A
// reservation that is stored by then keeps its instants, which are what was confirmed and what calendars were told
// (starts_at), and its date; what the clocks show at those instants is told anew. Days end, and are closed, by the
// rules in force. A sheet that was written with a later deadline goes when its day ends; one with an earlier deadline
// is not shown from that on, since a promised deadline is never put off, and goes with its day. What is reserved
// after the update is reckoned by the new rules throughout. The same holds for a guest's pass: its first and its last
// instant are those that were reckoned with the invitation.
//
// # Again and again
//
// Each part can be done twice, by runs that overlap or by a run after one that was killed. Figures are written once,
// if there are none yet, and before anything is removed: a run that finds only a part of the day thus finds its
// figures written. A person's sheet goes before the spot's sheet that names the person, since it could not be found
// afterwards. If the counting fails, deletion wins and the figures are given up. That is recorded first, so that a
// later run does not take what is left for the whole day.
package dayclose

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/metric"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/statistics"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/wake"
)

// SecondLook is how long after a day's end its last look begins.
const SecondLook = 40 * time.Second

// Workers is the most calls to DynamoDB that one location has under way; locations is how many are looked at
// together.
const (
	Workers   = 32
	locations = 4
)

// countingTakes is how long the counting may take before deletion wins.
const countingTakes = 10 * time.Second

// A Closer closes days.
type Closer struct {
	Tables  *table.Tables
	Now     func() time.Time
	Metrics io.Writer
}

// Starts says what starts the closing of days: the minute, and the calls that a bell takes.
func (c Closer) Starts(bell wake.Bell) trigger.Starts {
	return trigger.Watching(trigger.Watch{Now: c.Now, Look: c.Look, Step: c.Step, Bell: bell})
}

// Look closes every day that has ended, of all locations, and tells when the next end. What could not be done is
// tried again by the next step. Where there is more than one step can do it asks for others at once.
func (c Closer) Look(ctx context.Context) (coming []wake.Call, err error) {
	now := c.Now()
	open, err := c.Tables.OpenLocations(ctx)
	if err != nil {
		return nil, err
	}
	coming, due := schedule(now, open)
	if steps := stepsOf(due); steps > 1 {
		return append(coming, wake.Parts(now, steps, Spread)...), nil
	}
	return coming, c.close(ctx, due)
}

// Step closes every day that has ended, of all locations or a part of them, in order of days. What could not be done
// is tried again by the next step, and keeps no other location from being closed.
func (c Closer) Step(ctx context.Context, part wake.Part) error {
	open, err := c.Tables.OpenLocations(ctx)
	if err != nil {
		return err
	}
	return c.close(ctx, slices.DeleteFunc(open, func(o table.OpenDays) bool { return !part.Has(number(o.Location)) }))
}

func (c Closer) close(ctx context.Context, open []table.OpenDays) error {
	var done tally
	rand.Shuffle(len(open), func(i, j int) { open[i], open[j] = open[j], open[i] }) // two runs rarely meet
	err := parallel.Each(ctx, locations, open, func(ctx context.Context,
		one table.OpenDays) error {
		return c.closeLocation(ctx, one, &done)
	})
	metric.Write(c.Metrics, c.Now(), "day-close", append(metric.People("Removed", done.removed, done.people),
		metric.Value{Name: "Lateness", Unit: "Seconds", Value: done.late.Seconds()})...)
	return err
}

// A tally is what a step did at all locations together, or could not do. For a single location it would reveal how
// many people came there.
type tally struct {
	mu              sync.Mutex
	removed, people int
	late            time.Duration // of the latest
}

func (t *tally) add(d day, late time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.removed, t.people, t.late = t.removed+d.size(), t.people+len(d.people()), max(t.late, late)
}

// closeLocation closes the location's ended days, from the oldest on, up to one that is not over for good.
func (c Closer) closeLocation(ctx context.Context, open table.OpenDays, done *tally) error {
	open, err := c.clearMoved(ctx, open)
	if err != nil {
		done.add(day{}, c.Now().Sub(open.OpenFrom.End(open.Zone)))
		return err
	}
	for {
		now, ends := c.Now(), open.OpenFrom.End(open.Zone)
		if now.Before(ends) {
			return nil
		}
		if err := c.closeDay(ctx, open, done); err != nil {
			return err
		}
		if now.Before(ends.Add(SecondLook)) || open.Move != nil {
			return nil
		}
		if err := c.Tables.AdvanceOpenDays(ctx, open); err != nil {
			return ignoreRefused(err) // another run was first
		}
		open = open.Next()
	}
}

func ignoreRefused(err error) error {
	if errors.Is(err, table.ErrRefused) {
		return nil
	}
	return err
}

// closeDay counts a day once and removes all of it. It gives an error if something may be left.
func (c Closer) closeDay(ctx context.Context, open table.OpenDays, done *tally) error {
	day, readErr := c.read(ctx, open)
	if day.empty() && readErr == nil {
		return nil
	}
	if readErr != nil {
		c.giveUp(ctx, open, readErr)
	} else if open.Uncounted != open.OpenFrom {
		if err := c.count(ctx, open, day); err != nil {
			c.giveUp(ctx, open, err)
		}
	}
	err := errors.Join(readErr, c.remove(ctx, open, day))
	done.add(day, c.Now().Sub(open.OpenFrom.End(open.Zone)))
	return err
}

// giveUp logs that the day's figures are lost and writes it down. If that fails too, deletion still wins.
func (c Closer) giveUp(ctx context.Context, open table.OpenDays, why error) {
	report.Fault(ctx, "day's counting", "", why)
	if open.Uncounted == open.OpenFrom {
		return
	}
	if err := c.Tables.SetUncounted(ctx, open.Location, open.OpenFrom); err != nil {
		report.Fault(ctx, "day's counting given up", "", err)
	}
}

// A day is all that there is of a location's day.
type day struct {
	sheets   map[string][]table.SpotSheet // by floor
	searches []table.Searches
	zone     civil.Zone
}

func (d day) empty() bool { return d.size() == 0 }

func (d day) size() int {
	n := len(d.searches)
	for _, sheets := range d.sheets {
		n += len(sheets)
	}
	return n
}

func (c Closer) read(ctx context.Context, open table.OpenDays) (day, error) {
	floors := open.AllFloors()
	sheets := make([][]table.SpotSheet, len(floors))
	var searches []table.Searches
	indexes := make([]int, len(floors)+1) // the last is for the searches
	for i := range indexes {
		indexes[i] = i
	}
	err := parallel.Each(ctx, Workers, indexes, func(ctx context.Context, i int) (err error) {
		if i == len(floors) {
			searches, err = c.Tables.PastSearches(ctx, open.Business, open.Location, open.OpenFrom)
			return err
		}
		sheets[i], err = c.Tables.PastFloorDay(ctx, open.Business, open.Location, floors[i], open.OpenFrom)
		return err
	})
	found := day{sheets: map[string][]table.SpotSheet{}, searches: searches, zone: open.Zone}
	for i, floor := range floors {
		if len(sheets[i]) > 0 {
			found.sheets[floor] = sheets[i]
		}
	}
	return found, err
}

var errDamaged = errors.New("dayclose: a sheet can't be read whole")

func (c Closer) count(ctx context.Context, open table.OpenDays, d day) (err error) {
	ctx, cancel := context.WithTimeout(ctx, countingTakes)
	defer cancel()
	defer func() {
		if value := recover(); value != nil {
			err = report.Recovered(value)
		}
	}()
	for _, sheets := range d.sheets {
		if slices.ContainsFunc(sheets, func(s table.SpotSheet) bool { return s.Damaged }) {
			return errDamaged
		}
	}
	d, err = c.without(ctx, open.Business, d)
	if err != nil {
		return err
	}
	floors, err := c.Tables.Floors(ctx, open.Business)
	if err != nil {
		return err
	}
	zones := map[string]string{}
	for _, floor := range floors {
		for spot, is := range floor.Spots {
			zones[spot] = is.ZoneOn(open.OpenFrom)
		}
	}
	figures := statistics.Count(statistics.Day{Date: open.OpenFrom, Zone: d.zone, Sheets: d.sheets,
		Searches: d.searches,
		ZoneOf: func(spot string) (string, bool) {
			zone, known := zones[spot]
			return zone, known
		}})
	if figures.Empty() {
		return nil
	}
	return ignoreRefused(c.Tables.PutFigures(ctx, open, figures))
}
