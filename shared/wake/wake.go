// Package wake asks for a function to be started at a moment, so that nothing waits inside a function. Package sqs puts
// the calls into a queue that delays them.
//
// # Two looks cover every moment
//
// EventBridge Scheduler starts a function every minute and is precise to a minute, so two of its looks may lie 120
// seconds apart. Each look asks to be woken at every moment within clock.Ahead, 190 seconds, at which something comes
// due. Any span of that length holds two whole minutes, and so two looks: one that is lost, late or killed leaves
// another's call. What comes due sooner after it was written than that asks with its own write.
//
// # One call for each slot
//
// Moments in the same Slot of 15 seconds share a call, at the last of them. A step ends within a slot, and a message
// whose step was killed is delivered again after one. So what came due is gone after a slot, another one where the step
// is killed, and the seconds by which the queue is late.
//
// A message may come twice, and several looks ask for the same moment. Each asks for it a little later than the one
// before, so that a step finds what is left and doesn't delete what another is deleting. Steps are conditional in any
// case.
package wake

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// Slot is how long a step may take, and the span whose moments share a call.
const Slot = 15 * time.Second

// A Part is a share of a step's work; the zero value is all of it.
type Part struct {
	Number int `json:"part"` // from 0
	Of     int `json:"of"`
}

// Whole reports whether the part is all of the work.
func (p Part) Whole() bool { return p.Of <= 1 }

// Has reports whether what has a number, as a hash, is in the part.
func (p Part) Has(number int) bool { return p.Whole() || number%p.Of == p.Number }

// Parts are the parts of work that takes so many steps, from a moment on over a time, so that they don't all fall upon
// a table in one second.
func Parts(from time.Time, steps int, over time.Duration) []Call {
	calls := make([]Call, max(1, steps))
	for i := range calls {
		at := from.Add(over * time.Duration(i) / time.Duration(len(calls)))
		calls[i] = Call{At: at, Part: Part{Number: i, Of: len(calls)}}
	}
	return calls
}

// A Call asks for a step at a moment.
type Call struct {
	At time.Time
	Part
}

// A Bell takes calls.
type Bell interface {
	// Ring asks for a step at each moment, and at once for one that has passed. A step comes at least once, and not
	// before its moment. A moment is at most 900 seconds away.
	Ring(ctx context.Context, calls ...Call) error
}

// At are calls for the whole work.
func At(moments ...time.Time) []Call {
	calls := make([]Call, len(moments))
	for i, at := range moments {
		calls[i].At = at
	}
	return calls
}

// apart is by how much each look asks later than the one before, and looks how many there are until it begins anew:
// more than can cover one moment.
const (
	apart = 3 * time.Second
	looks = 4
)

// Slots are the calls that a look makes: one for each part and slot, at the last of its moments.
func Slots(look time.Time, calls []Call) []Call {
	later := time.Duration(look.Unix()/60%looks) * apart
	type slot struct {
		number int64
		part   Part
	}
	last := map[slot]Call{}
	for _, call := range calls {
		in := slot{call.At.UnixNano() / int64(Slot), call.Part}
		if known, ok := last[in]; !ok || call.At.After(known.At) {
			last[in] = call
		}
	}
	var all []Call
	for _, call := range last {
		call.At = call.At.Add(later)
		all = append(all, call)
	}
	slices.SortFunc(all, func(a, b Call) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Number, b.Number)) })
	return all
}

// Soon are the moments for work that stands and can be gone on with at any time: each slot until the next look.
func Soon(now time.Time) []Call {
	return At(now.Add(Slot), now.Add(2*Slot), now.Add(3*Slot), now.Add(4*Slot))
}
