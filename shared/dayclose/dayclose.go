// Package dayclose ends the days of locations: what belonged to a day goes when it ends, and its counts without persons
// remain (4.d.2, 4.d.4, 5.transactions).
//
// # Within 60 seconds
//
// A step looks at all locations, and a step is taken every five seconds. The first step after a day's end counts it and
// removes its sheets. What was being written at that moment may land later: an HTTP function lives 10 seconds at most, the
// one that takes sensors' messages 30. So each step removes again whatever has come, and a day is closed for good only
// by a step that began 40 seconds after its end or later: 30 for the longest function and 10 for clocks that differ and
// for an engine that answers late. That step begins by second 45 and has 15 seconds for what little is left.
//
// The first step's work is what there is to remove. It is reckoned, not measured on AWS: with Workers calls of some 5
// milliseconds at each of a few locations at once, what a fresh on-demand table takes, 4,000 writes a second, is the
// limit. So some 200,000 sheets of spots and persons can go in the 50 seconds after one midnight; who has more of them
// in one time zone warms the table up first.
//
// Far from every day's end, and from a change of a location's zone, a run is one step: see Watch.
//
// # Another time zone
//
// When a location gets another zone, the sheets of its days carry deadlines of the earlier one. Moved to the east its day
// may be over though its sheets last; moved to the west the sheets would lie there for hours after their deadline. So each
// step removes what does not end when its day ends now, uncounted, until one has begun SecondLook after the change. No
// day is closed for good meanwhile.
//
// # Again and again
//
// Each part can be done twice, by runs that overlap or by one that follows on another that was killed. Figures are put
// once, if there are none, and before anything is removed, so that whoever finds less than the whole day finds them put
// already. A person's sheet goes before the spot's sheet that names the person, since it could not be found afterwards.
// If the counting fails, deletion wins: the figures are given up, which is written down first, so that a later run does
// not take what is left for the whole day.
package dayclose

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/metric"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/statistics"
	"github.com/iotspot/iotspot/shared/table"
)

// SecondLook is how long after a day's end its last look begins.
const SecondLook = 40 * time.Second

// Workers is how many calls to the engine one location has under way at most; locations how many are looked at at once.
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

// settled is how long after its end a day is surely closed for good, unless a step failed.
const settled = time.Minute

// Watch takes a step, and tells whether another could find anything before the next run has surely begun.
func (c Closer) Watch(ctx context.Context) (more bool, err error) {
	now := c.Now()
	open, err := c.Tables.OpenLocations(ctx)
	if err != nil {
		return true, err
	}
	err = c.close(ctx, open)
	moved := slices.ContainsFunc(open, func(o table.OpenDays) bool { return o.Move != nil })
	return err != nil || moved || civil.DayCanEnd(now.Add(-settled), now.Add(clock.Ahead)), err
}

// Step closes every day that has ended, of all locations, in order. What could not be done is tried again by the next
// step, and keeps no other location from being closed.
func (c Closer) Step(ctx context.Context) error {
	open, err := c.Tables.OpenLocations(ctx)
	if err != nil {
		return err
	}
	return c.close(ctx, open)
}

func (c Closer) close(ctx context.Context, open []table.OpenDays) error {
	var done tally
	err := parallel.Each(ctx, locations, open, func(ctx context.Context, one table.OpenDays) error { return c.closeLocation(ctx, one, &done) })
	if done.days > 0 {
		metric.Write(c.Metrics, c.Now(), "day-close", append(metric.People("Removed", done.removed, done.people),
			metric.Value{Name: "Lateness", Unit: "Seconds", Value: done.late.Seconds()})...)
	}
	return err
}

// A tally is what a step did at all locations together: of one location it would tell how many came there.
type tally struct {
	mu                    sync.Mutex
	days, removed, people int
	late                  time.Duration // of the latest
}

func (t *tally) add(d day, late time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.days, t.removed, t.people, t.late = t.days+1, t.removed+d.size(), t.people+len(d.people()), max(t.late, late)
}

// closeLocation closes the location's ended days, from the oldest on, up to one that is not over for good.
func (c Closer) closeLocation(ctx context.Context, open table.OpenDays, done *tally) error {
	zone, err := civil.LoadZone(open.Zone)
	if err != nil {
		return err
	}
	if open, err = c.clearMoved(ctx, open, zone); err != nil {
		return err
	}
	for {
		now, ends := c.Now(), open.OpenFrom.End(zone)
		if now.Before(ends) {
			return nil
		}
		if err := c.closeDay(ctx, open, zone, done); err != nil {
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

// closeDay counts a day once and removes all that there is of it. It is an error if something may be left.
func (c Closer) closeDay(ctx context.Context, open table.OpenDays, zone *time.Location, done *tally) error {
	day, readErr := c.read(ctx, open, zone)
	if day.empty() {
		return readErr
	}
	if readErr != nil {
		c.giveUp(ctx, open, readErr)
	} else if open.Uncounted != open.OpenFrom {
		if err := c.count(ctx, open, day); err != nil {
			c.giveUp(ctx, open, err)
		}
	}
	err := errors.Join(readErr, c.remove(ctx, open, day))
	done.add(day, c.Now().Sub(open.OpenFrom.End(zone)))
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
	zone     *time.Location
}

func (d day) empty() bool { return d.size() == 0 }

func (d day) size() int {
	n := len(d.searches)
	for _, sheets := range d.sheets {
		n += len(sheets)
	}
	return n
}

func (c Closer) read(ctx context.Context, open table.OpenDays, zone *time.Location) (day, error) {
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
	found := day{sheets: map[string][]table.SpotSheet{}, searches: searches, zone: zone}
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
			zones[spot] = is.Zone
		}
	}
	figures := statistics.Count(statistics.Day{Date: open.OpenFrom, Zone: d.zone, Sheets: d.sheets, Searches: d.searches,
		ZoneOf: func(_, spot string) string { return zones[spot] }})
	if figures.Empty() {
		return nil
	}
	return ignoreRefused(c.Tables.PutFigures(ctx, open, figures))
}
