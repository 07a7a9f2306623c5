package load

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"slices"
	"sync"
	"time"
)

// IsClients reports whether this process is the clients' own, which does nothing but RunClients.
func IsClients() bool { return os.Getenv(clientsProcess) != "" }

// RunClients does as it reads, until that ends.
func RunClients(ctx context.Context, in io.Reader, out io.Writer) error {
	heard, reports := json.NewDecoder(in), json.NewEncoder(out)
	var with begin
	if err := heard.Decode(&with); err != nil {
		return err
	}
	all := crowd{}
	shared := connections(len(with.Tokens))
	for i, token := range with.Tokens {
		all = append(all, newClient(with.Hall, with.Hall.Desks[i], caller{with.Hall.API, token, shared}))
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	orders, ended := make(chan order), make(chan error, 1)
	go func() {
		ended <- all.listen(heard, orders)
		cancel()
		close(orders)
	}()
	for what := range orders {
		if err := reports.Encode(all.carryOut(ctx, what)); err != nil {
			return err
		}
	}
	return <-ended
}

// A crowd is all clients.
type crowd []*client

// listen passes on what is heard, until it ends.
func (all crowd) listen(heard *json.Decoder, orders chan<- order) error {
	for {
		var next message
		if err := heard.Decode(&next); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if next.Order != nil {
			orders <- *next.Order
		}
		if i := slices.IndexFunc(all, func(c *client) bool { return c.desk.topic() == next.Taken }); i >= 0 {
			all[i].isTaken()
		}
	}
}

// carryOut lets the first clients do a flow again and again for a while, and says how it went.
func (all crowd) carryOut(ctx context.Context, what order) report {
	did := report{Statuses: map[int]int{}}
	began := time.Now()
	var mu sync.Mutex
	var busy sync.WaitGroup
	for _, c := range all[:what.Clients] {
		busy.Go(func() {
			for time.Since(began) < what.Lasting && ctx.Err() == nil {
				at := time.Now()
				status, retryAfter := what.Flow.do(ctx, c)
				mu.Lock()
				did.add(status, retryAfter, time.Since(at))
				mu.Unlock()
			}
		})
	}
	busy.Wait()
	did.Lasted = time.Since(began)
	for _, c := range all {
		did.Told = append(did.Told, c.told)
	}
	return did
}

func (r *report) add(status int, retryAfter string, took time.Duration) {
	r.Statuses[status]++
	if (status == 429 || status == 503) && retryAfter != "" {
		r.Honest++
	}
	r.Latencies = append(r.Latencies, took)
}
