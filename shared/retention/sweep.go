// Package retention sweeps: it removes each item that the register marks as Swept once its deadline has passed.
// Sheets of a day are removed by dayclose, and what ends with an event by that event. Whether anything stays that
// should not is checked by another room: audit.
//
// # Within 60 seconds
//
// What has a deadline is listed in an index by the minute of it. A step is taken every five seconds. It looks at the
// minutes just past; the current minute is looked at twice, at first sight and again in its second half. So what is
// due in the first half of a minute is found by second 35, and what is due in the second half 5 seconds after the
// minute's end: in both cases at most 35 seconds late. The index may lag by seconds; the next step finds what one has
// missed, and once a minute the whole last hour is read again.
//
// The schedule is precise to a minute: one run may start at the beginning of its minute and the next at the end of
// its own, two minutes later. So a run keeps stepping for those two minutes, and there is no gap between them. Runs
// overlap; that does no harm, since each deletion is on condition that the item's deadline has passed.
//
// # Up to what rate
//
// A fresh on-demand table takes 4,000 writes a second, and so does the index, in whose shards a deletion is a write
// of its own. Workers deletions at a time, of some 5 milliseconds each, could do three times as many, and a whole
// processor can spend 250 microseconds on each; so the table is the limit. The index lists the deadline to the
// second, so that nothing is tried before it is due. Two runs overlap, and three for some seconds: in the worst case
// each finds the same and half of the deletions are refused, which costs as much. That leaves 2,000 items a second.
// What half a minute makes due has the 25 seconds from when it is found until a minute is over:
//
//	at a steady rate   25 s of 2,000 for what 30 s make due   1,600 items a second
//	all at one instant 55 s of 2,000                          110,000 items
//
// The second figure matters when the day of all sensors in one time zone ends. The table's capacity grows with its
// load; an operator who expects more warms it up beforehand. BenchmarkSweep and scripts/backlog measure where the
// local engine is the limit.
//
// A run in which nothing is due and nothing comes due before the next one has begun ends at once, so that a quiet
// night costs next to nothing: see Watch.
//
// # After an outage
//
// The time up to which everything has been swept is stored as a mark. A run that finds the mark more than an hour
// back walks through the whole index, a piece in each step beside the ordinary work, so that a backlog of any size
// delays nothing else.
package retention

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
	"github.com/iotspot/iotspot/shared/table"
)

// How the sweep goes about it.
const (
	Workers = 64 // deletions under way at most
	readers = 16 // queries under way at most

	recently = 3  // minutes that each step reads again
	again    = 60 // minutes that are read again once a minute

	page  = 2_000  // entries of the index in one read of a backlog
	piece = 10_000 // deletions of a backlog in one step, after which the ordinary work has its turn
	pages = 50     // reads of a backlog in one step
)

// A Sweeper remembers between its steps what it has looked at, so each process has one of its own.
type Sweeper struct {
	Tables  *table.Tables
	Now     func() time.Time
	Metrics io.Writer

	hour   int64 // the minute in which the last hour was read
	seen   int64 // the minute that was looked at while it ran
	halved int64 // the minute that was looked at in its second half
	swept  tally
	back   *backlog
}

// Step removes what is past its deadline. What could not be removed is tried again by the next step.
func (s *Sweeper) Step(ctx context.Context) error {
	now := s.Now()
	minute, second := now.Unix()/60, now.Unix()%60
	s.swept = tally{}
	hourly := s.hour != minute
	err := s.sweep(ctx, s.due(minute, second, hourly))
	if err == nil && hourly {
		err = s.look(ctx, minute)
	}
	if err == nil {
		s.hour, s.seen = minute, minute
		if second >= 30 {
			s.halved = minute
		}
	}
	err = errors.Join(err, s.catchUp(ctx))
	if hourly || s.swept.removed > 0 {
		metric.Write(s.Metrics, now, "sweep", append(metric.People("Removed", s.swept.removed, s.swept.removed),
			metric.Value{Name: "Lateness", Unit: "Seconds", Value: s.swept.latest.Seconds()})...)
	}
	return err
}

// settled is how long after a day's end the last write under its deadline has landed.
const settled = time.Minute

// Watch takes a step, and reports whether another could find anything before the next run has surely begun. An item
// that is not written yet can't come due so soon unless it ends with a day, since every other rule is longer than
// clock.Ahead.
func (s *Sweeper) Watch(ctx context.Context) (more bool, err error) {
	now := s.Now()
	first := s.hour != now.Unix()/60
	if err := s.Step(ctx); err != nil || !first || s.back != nil ||
		civil.DayCanEnd(now.Add(-settled), now.Add(clock.Ahead)) {
		return true, err
	}
	var minutes []int64
	for m := now.Unix() / 60; m <= now.Add(clock.Ahead).Unix()/60; m++ {
		minutes = append(minutes, m)
	}
	coming, err := s.expiring(ctx, minutes)
	return len(coming) > 0, err
}

// due are the minutes to look at.
func (s *Sweeper) due(minute, second int64, hourly bool) []int64 {
	back := int64(recently)
	if hourly {
		back = again
	}
	var minutes []int64
	for m := minute - back; m < minute; m++ {
		minutes = append(minutes, m)
	}
	if s.seen != minute || s.halved != minute && second >= 30 {
		minutes = append(minutes, minute)
	}
	return minutes
}

// A bucket is a part of the index.
type bucket struct {
	minute int64
	shard  int
}

func (s *Sweeper) sweep(ctx context.Context, minutes []int64) error {
	found, err := s.expiring(ctx, minutes)
	return errors.Join(err, s.remove(ctx, found))
}

// expiring lists what is due in some minutes, as far as it could be read.
func (s *Sweeper) expiring(ctx context.Context, minutes []int64) (found []table.Expiring, err error) {
	var buckets []bucket
	for _, minute := range minutes {
		for shard := range table.ExpiryShards {
			buckets = append(buckets, bucket{minute, shard})
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
func (s *Sweeper) remove(ctx context.Context, items []table.Expiring) error {
	now := s.Now()
	items = slices.DeleteFunc(items, func(item table.Expiring) bool { return !item.DueBy(now) })
	return parallel.Each(ctx, Workers, items, func(ctx context.Context, item table.Expiring) error {
		late, err := s.Tables.RemoveExpired(ctx, item)
		if errors.Is(err, table.ErrRefused) {
			return nil // renewed, or removed by another run
		}
		if err == nil {
			s.swept.add(late)
		}
		return err
	})
}

// A backlog is a walk through the index for what an outage has left.
type backlog struct {
	scan   table.Scan
	before int64
}

// look finds out whether there is a backlog, and moves the mark on if there is none.
func (s *Sweeper) look(ctx context.Context, minute int64) error {
	if s.back != nil {
		return nil
	}
	until, err := s.Tables.SweptUntil(ctx)
	switch {
	case errors.Is(err, table.ErrAbsent) || err == nil && until < minute-again:
		s.back = &backlog{before: minute}
		return nil
	case err != nil:
		return err
	}
	return s.Tables.MarkSwept(ctx, minute)
}

// catchUp does a piece of the backlog.
func (s *Sweeper) catchUp(ctx context.Context) error {
	removed := s.swept.removed
	for range pages {
		if s.back == nil || s.swept.removed-removed >= piece {
			return nil
		}
		items, err := s.Tables.ExpiringBefore(ctx, s.back.before, page, &s.back.scan)
		if err == nil {
			err = s.remove(ctx, items)
		}
		if err != nil {
			s.back = nil // from the beginning, next minute
			return err
		}
		if s.back.scan.Done {
			before := s.back.before
			s.back = nil
			return s.Tables.MarkSwept(ctx, before)
		}
	}
	return nil
}

// A tally counts what was removed.
type tally struct {
	mu      sync.Mutex
	removed int
	latest  time.Duration
}

func (t *tally) add(late time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.removed++
	t.latest = max(t.latest, late)
}
