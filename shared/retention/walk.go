package retention

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

// How a walk goes through the index.
const (
	parts   = 64              // of the index, each of which begins anew where a step ended in it
	walking = 8 * time.Second // of a step
)

// catchUp walks on for a time where the mark is more than an hour back, and reports whether it is.
func (s Sweeper) catchUp(ctx context.Context, minute int64, done *tally) (behind bool, err error) {
	mark, err := s.Tables.Swept(ctx)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return false, err
	}
	if mark.Minute >= minute-again {
		return false, nil
	}
	if mark.Walk == 0 {
		mark.Walk = minute
	}
	return true, s.walk(ctx, mark, done)
}

func (s Sweeper) walk(ctx context.Context, mark table.Swept, done *tally) error {
	inTime, cancel := context.WithTimeout(ctx, walking)
	defer cancel()
	for ; mark.Part < parts; mark.Part++ {
		err := s.clear(inTime, mark, done)
		if inTime.Err() != nil && ctx.Err() == nil {
			return s.Tables.MarkWalk(ctx, mark.Walk, mark.Part)
		}
		if err != nil {
			return err
		}
	}
	return s.Tables.MarkSwept(ctx, mark.Walk)
}

// clear removes what came due before the walk began from one part of the index.
func (s Sweeper) clear(ctx context.Context, mark table.Swept, done *tally) error {
	segment := &table.Segment{Store: privacy.Agenda, Number: mark.Part, Segments: parts}
	for !segment.Done {
		items, err := s.Tables.ExpiringBefore(ctx, mark.Walk, segment)
		if err != nil {
			return err
		}
		if err := s.remove(ctx, items, done); err != nil {
			return err
		}
	}
	return nil
}
