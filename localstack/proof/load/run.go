package load

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/iotspot/iotspot/localstack/guard"
)

// A Result is what a flow did under load.
type Result struct {
	Flow     Flow
	Clients  int
	Lasted   time.Duration
	Statuses map[int]int // how often each came back; 0 is no answer
	Honest   int         // answers of 429 and 503 that say when to try again
	// Latencies are of all tries, shortest first.
	Latencies []time.Duration
	// of all, spent in the engine while a function waited for it, once where calls run side by side
	Engine time.Duration
	CPU    CPU // spent meanwhile
}

// Count is how many tries there were.
func (r Result) Count() int { return len(r.Latencies) }

// Mean is the mean latency.
func (r Result) Mean() time.Duration {
	sum := time.Duration(0)
	for _, one := range r.Latencies {
		sum += one
	}
	return sum / time.Duration(max(1, len(r.Latencies)))
}

// Percentile is the latency under which so many of a hundred are.
func (r Result) Percentile(percent int) time.Duration {
	if len(r.Latencies) == 0 {
		return 0
	}
	return r.Latencies[min(len(r.Latencies)-1, len(r.Latencies)*percent/100)]
}

// Run lets the first so many clients do a flow again and again for a while.
func (l *Load) Run(ctx context.Context, flow Flow, clients int, lasting time.Duration) (Result, error) {
	engine := &spans{}
	l.stack.Watch(engine.see)
	defer l.stack.Watch(nil)
	before := ReadCPU()
	did, err := l.clients.run(ctx, order{flow, clients, lasting})
	if err != nil {
		return Result{}, err
	}
	l.told = did.Told
	slices.Sort(did.Latencies)
	return Result{Flow: flow, Clients: clients, Lasted: did.Lasted, Statuses: did.Statuses, Honest: did.Honest,
		Latencies: did.Latencies, CPU: ReadCPU().since(before), Engine: engine.total()}, nil
}

// spans are calls to the engine, by the invocation that made them.
type spans struct {
	mu sync.Mutex
	by map[string][]guard.Span
}

func (s *spans) see(span guard.Span) {
	if span.Service != "dynamodb" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.by == nil {
		s.by = map[string][]guard.Span{}
	}
	s.by[span.Trace] = append(s.by[span.Trace], span)
}

// total counts the time in which an invocation waited for one call or more.
func (s *spans) total() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	sum := time.Duration(0)
	for _, calls := range s.by {
		slices.SortFunc(calls, func(a, b guard.Span) int {
			return cmp.Compare(a.Began.UnixNano(), b.Began.UnixNano())
		})
		var until time.Time
		for _, call := range calls {
			from := call.Began
			if from.Before(until) {
				from = until
			}
			if call.Ended.After(from) {
				sum += call.Ended.Sub(from)
				until = call.Ended
			}
		}
	}
	return sum
}
