package trigger

import (
	"context"
	"errors"

	"github.com/iotspot/iotspot/shared/clock"
)

// OnSchedule starts with a schedule, and takes each of the steps with each start, though another one failed.
func OnSchedule(steps ...func(context.Context) error) Starts {
	return Starts{schedule: inTime(func(ctx context.Context) error {
		var err error
		for _, step := range steps {
			err = errors.Join(err, step(ctx))
		}
		return err
	})}
}

// inTime takes a step that has ended before the platform ends the function. The failure is logged, and told to the
// platform so that it is counted.
func inTime(step func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		ctx, cancel := clock.BeforeTheEnd(ctx)
		defer cancel()
		return guarded(ctx, "step", func() error { return step(ctx) })
	}
}
