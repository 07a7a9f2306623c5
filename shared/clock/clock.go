// Package clock is the one place where the time of day is read. Everything else is handed a Now.
package clock

import (
	"context"
	"fmt"
	"os"
	"time"
)

// OffsetVariable names the environment variable with a Go duration by which a process lives ahead of the machine's
// clock. It is unset in production and serves rehearsals: a stage whose day is moved forward to watch a deadline
// pass.
const OffsetVariable = "CLOCK_OFFSET"

// FromEnvironment gives the process's clock, in UTC. A malformed or negative offset is an error, never ignored.
func FromEnvironment() (func() time.Time, error) {
	text := os.Getenv(OffsetVariable)
	if text == "" {
		return func() time.Time { return time.Now().UTC() }, nil
	}
	offset, err := time.ParseDuration(text)
	if err != nil || offset < 0 {
		return nil, fmt.Errorf("%s is %q; accepted: a duration not below zero such as 15h", OffsetVariable, text)
	}
	return func() time.Time { return time.Now().Add(offset).UTC() }, nil
}

// Margin is what a function keeps of its time to answer in: honestly, instead of being ended in the middle of its
// work.
const Margin = time.Second

// BeforeTheEnd is done a Margin before the platform ends the function, so that waiting for another service ends in
// time.
func BeforeTheEnd(ctx context.Context) (context.Context, context.CancelFunc) {
	deadline, limited := ctx.Deadline()
	if !limited {
		return ctx, func() {}
	}
	return context.WithDeadline(ctx, deadline.Add(-Margin))
}

// Left is how long ctx has until its deadline, and whether it has one. Deadlines are the platform's, in the machine's
// own time, whatever the process's offset.
func Left(ctx context.Context) (time.Duration, bool) {
	deadline, limited := ctx.Deadline()
	return time.Until(deadline), limited
}
