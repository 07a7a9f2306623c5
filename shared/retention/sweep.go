// Package retention sweeps: it removes each item that the register marks as Swept once its deadline has passed.
// Sheets of a day are removed by dayclose, and what ends with an event by that event. Whether anything stays that
// should not is checked by another room: audit.
//
// # Within 60 seconds
//
// What has a deadline is listed in an index by the minute of it. A look, each minute, removes what is due and asks to
// be woken at each moment within clock.Ahead at which something comes due; see package wake. A step that is woken reads
// the minutes just past and the current one. What ends with a day may be written in its last seconds, later than a look
// can see, so where a day can end a step is asked for in each slot until a minute after it. The index may lag by
// seconds; a later step finds what one has missed, and every ten minutes a look reads the whole last hour again.
//
// # Up to what rate
//
// A deletion is a write of the table and one of the index, in whose partitions, of a minute and a shard, 1,000 go a
// second. When the day of all sensors in one time zone ends, they come due in one second. Days end at quarters of an
// hour, so the minutes that begin with one have more shards than others (table.ExpiryShards): 32 take 1,600,000
// deletions in 50 seconds. What one process can't remove in a slot is asked for in parts with shards of their own, one
// for each aPart items: a whole processor spends 250 microseconds on each.
//
// # After an outage
//
// The minute up to which everything has been swept is stored as a mark. A look that finds it more than an hour back
// walks through the whole index, part by part, beside the ordinary work, and stores how far it came. As long as the
// walk lasts it asks for a step in each slot; these go on with it.
package retention

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/metric"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/wake"
)

// How the sweep goes about it.
const (
	Workers = 64 // deletions under way at most
	readers = 16 // queries under way at most

	aPart    = 20_000 // deletions that one process does in a slot
	recently = 4      // minutes that each step reads again
	again    = 60     // minutes that every tenth look reads again

	// Spread is over what time the parts of what comes due in one second begin. Each part is slowed down by its shards.
	Spread = 8 * time.Second
)

// A Sweeper removes what is past its deadline. It remembers nothing between its steps.
type Sweeper struct {
	Tables  *table.Tables
	Now     func() time.Time
	Metrics io.Writer
}

// Starts says what starts the sweep: the minute, and the calls that a bell takes.
func (s Sweeper) Starts(bell wake.Bell) trigger.Starts {
	return trigger.Watching(trigger.Watch{Now: s.Now, Look: s.Look, Step: s.Step, Bell: bell})
}

// Look removes what is due and tells when something comes due next. What could not be removed is tried again by the
// next step.
func (s Sweeper) Look(ctx context.Context) (coming []wake.Call, err error) {
	now, done := s.Now(), &tally{}
	minute, back := minuteOf(now), int64(recently)
	if minute%10 == 0 {
		back = again
	}
	found, readErr := s.expiring(ctx, minute-back, minuteOf(now.Add(clock.Ahead)), wake.Part{})
	err = errors.Join(readErr, s.remove(ctx, found, done))
	coming = moments(now, found)
	behind, walkErr := s.catchUp(ctx, minute, done)
	if behind {
		coming = append(coming, wake.Soon(now)...)
	} else if err == nil && walkErr == nil {
		err = s.Tables.MarkSwept(ctx, minute)
	}
	s.report(now, done)
	return coming, errors.Join(err, walkErr)
}

// Step removes what is due, or a part of it, and goes on with a walk.
func (s Sweeper) Step(ctx context.Context, part wake.Part) error {
	now, done := s.Now(), &tally{}
	minute := minuteOf(now)
	found, err := s.expiring(ctx, minute-recently, minute, part)
	err = errors.Join(err, s.remove(ctx, found, done))
	if part.Whole() {
		_, walkErr := s.catchUp(ctx, minute, done)
		err = errors.Join(err, walkErr)
	}
	s.report(now, done)
	return err
}

func minuteOf(at time.Time) int64 { return at.Unix() / 60 }

// report writes how late the latest of what was due is, also where nothing was: a sweep that has nothing to do is told
// from one that doesn't run.
func (s Sweeper) report(now time.Time, done *tally) {
	metric.Write(s.Metrics, now, "sweep", append(metric.People("Removed", done.removed, done.removed),
		metric.Value{Name: "Lateness", Unit: "Seconds", Value: done.latest.Seconds()})...)
}

// What ends with a day is written until it ends, and has landed when it is settled. Days end at quarters of an hour.
const (
	quarter = 15 * time.Minute
	settled = time.Minute
)

// moments are those at which a step finds something. An item that is not written yet can't come due so soon unless it
// ends with a day, since every other rule is longer than clock.Ahead.
func moments(now time.Time, found []table.Expiring) []wake.Call {
	bySecond := map[int64]int{}
	for _, item := range found {
		if !item.DueBy(now) {
			bySecond[item.Due]++
		}
	}
	var coming []wake.Call
	for second, items := range bySecond {
		coming = append(coming, wake.Parts(time.Unix(second, 0), PartsFor(items), Spread)...)
	}
	for ends := now.Truncate(quarter); !ends.After(now.Add(clock.Ahead)); ends = ends.Add(quarter) {
		for after := wake.Slot; after <= settled; after += wake.Slot {
			if at := ends.Add(after); at.After(now) {
				coming = append(coming, wake.At(at)...)
			}
		}
	}
	return coming
}

// PartsFor is in how many parts so many items are removed that come due in one second: the many do where a day ends.
func PartsFor(items int) int { return min(max(1, (items+aPart-1)/aPart), table.ExpiryShards(0)) }

// A bucket is a part of the index.
type bucket struct {
	minute int64
	shard  int
}

// expiring lists what comes due from one minute to another, as far as it could be read.
func (s Sweeper) expiring(ctx context.Context, from, to int64, part wake.Part) (found []table.Expiring, err error) {
	var buckets []bucket
	for minute := from; minute <= to; minute++ {
		for shard := range table.ExpiryShards(minute) {
			if part.Has(shard) {
				buckets = append(buckets, bucket{minute, shard})
			}
		}
	}
	var mu sync.Mutex
	err = parallel.Each(ctx, readers, buckets, func(ctx context.Context, b bucket) error {
		items, err := s.Tables.ExpiringIn(ctx, b.minute, b.shard)
		mu.Lock()
		defer mu.Unlock()
		found = append(found, items...)
		return err
	})
	return found, err
}

// remove deletes what is due. It doesn't try the rest: a deletion that is refused costs as much as one that succeeds.
func (s Sweeper) remove(ctx context.Context, items []table.Expiring, done *tally) error {
	now := s.Now()
	items = slices.DeleteFunc(slices.Clone(items), func(item table.Expiring) bool { return !item.DueBy(now) })
	return parallel.Each(ctx, Workers, items, func(ctx context.Context, item table.Expiring) error {
		late, err := s.Tables.RemoveExpired(ctx, item)
		switch {
		case errors.Is(err, table.ErrRefused):
			return nil // renewed, or removed by another run
		case err != nil:
			done.add(0, now.Sub(time.Unix(item.Due, 0)))
			return err
		}
		done.add(1, late)
		return nil
	})
}

// A tally counts what was removed, and how late the latest was, of what could not be removed too.
type tally struct {
	mu      sync.Mutex
	removed int
	latest  time.Duration
}

func (t *tally) add(removed int, late time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.removed += removed
	t.latest = max(t.latest, late)
}
