package load

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/iotspot/iotspot/localstack/aws/sqs"
	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/secret"
)

// A Flow is one thing that a client does again and again. It reports the result: an HTTP status, or 0 without one.
type Flow struct {
	Name string
	do   func(c *client, ctx context.Context) (status int, retryAfter string)
}

// Flows are those that a load is put on.
var Flows = []Flow{
	{"availability", (*client).look},
	{"reserve", (*client).reserve},
	{"agenda", (*client).agenda},
	{"sensor messages", (*client).sense},
}

// Mixed is all flows in turn, which is what faults are put into.
var Mixed = Flow{"all", func(c *client, ctx context.Context) (int, string) {
	c.tries++
	return Flows[c.tries%len(Flows)].do(c, ctx)
}}

// A reserved is what an acknowledged reservation said.
type reserved struct {
	ID, Floor, Spot string
	StartsAt        time.Time `json:"starts_at"`
	EndsAt          time.Time `json:"ends_at"`
}

func (c *client) try(ctx context.Context, method, path, key string,
	in any) (status int, retryAfter string, body []byte) {
	answer, body, err := c.request(ctx, method, path, key, in)
	if err != nil {
		return 0, "", nil
	}
	return answer.StatusCode, answer.Header.Get("Retry-After"), body
}

// look searches for a spot as the app does, which has the plan already.
func (c *client) look(ctx context.Context) (int, string) {
	status, after, _ := c.try(ctx, "GET",
		"/floors/"+c.floors[rand.N(len(c.floors))]+"/state?look=true&date="+c.day+"&from=09:00&to=17:00", "", nil)
	if status == http.StatusOK {
		c.looks++
	}
	return status, after
}

func (c *client) agenda(ctx context.Context) (int, string) {
	status, after, _ := c.try(ctx, "GET", "/me/agenda", "", nil)
	return status, after
}

// heldAtMost is how many reservations a client keeps: then it cancels the oldest in its turn.
const heldAtMost = 40

// reserve asks for an hour at a desk on one of the days to come; what fails without an answer is asked again as it
// was, once, as a phone does.
func (c *client) reserve(ctx context.Context) (int, string) {
	if len(c.queue) >= heldAtMost {
		return c.cancel(ctx)
	}
	day, _ := time.Parse(time.DateOnly, c.day) // it was formatted so
	hour := rand.N(22)
	at := c.desks[rand.N(len(c.desks))]
	in := map[string]any{"spot": at.spot, "date": day.AddDate(0, 0, rand.N(60)).Format(time.DateOnly),
		"from": fmt.Sprintf("%02d:00", hour), "to": fmt.Sprintf("%02d:00", hour+1)}
	key := secret.ID()
	status, after, body := c.try(ctx, "POST", "/reservations", key, in)
	if status == 0 || status >= 500 {
		again, _, second := c.try(ctx, "POST", "/reservations", key, in)
		if again == http.StatusCreated {
			body = second
			c.keep(body)
			return status, after
		}
	}
	if status == http.StatusCreated {
		c.keep(body)
	}
	return status, after
}

func (c *client) keep(body []byte) {
	var made struct{ Reservations []reserved }
	if err := json.Unmarshal(body, &made); err != nil {
		panic(err) // an acknowledged answer that can't be read is a fault of the API
	}
	for _, r := range made.Reservations {
		c.held[r.ID] = r
		c.queue = append(c.queue, r.ID)
	}
}

func (c *client) cancel(ctx context.Context) (int, string) {
	id := c.queue[0]
	c.queue = c.queue[1:]
	status, after, _ := c.try(ctx, "DELETE", "/reservations/"+id, "", nil)
	c.cancelled[id] = status/100 == 2 // false: it was tried, and nobody knows
	return status, after
}

// sense publishes what the client's own sensor says next, and waits until the function has taken it.
func (c *client) sense(ctx context.Context) (int, string) {
	mine, next := c.desks[c.number], c.said+1
	payload, err := json.Marshal(map[string]any{"occupied": next%4 < 2, "seq": next})
	if err != nil {
		panic(err) // a truth and a number
	}
	if err := c.publish(ctx, "iotspot/"+mine.sensor+"/reading", payload); err != nil {
		return 0, ""
	}
	c.said = next
	if !c.gone.await(mine.sensor, 60*time.Second) {
		return 0, ""
	}
	return http.StatusOK, ""
}

// watchQueue looks at the readings' queue every few milliseconds while somebody waits, on behalf of all who do.
func watchQueue(s *stack.Stack) *gone {
	g := &gone{asked: make(chan struct{}, 1), changed: make(chan struct{}), ended: make(chan struct{})}
	go func() {
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-g.ended:
				return
			case <-g.asked:
				<-tick.C
				g.look(s.Queues[catalog.Readings])
			}
		}
	}()
	return g
}

func (g *gone) look(readings *sqs.Queue) {
	there := map[string]bool{}
	for _, message := range readings.Messages() {
		var delivery struct{ Topic string }
		if json.Unmarshal([]byte(message.Body), &delivery) == nil {
			there[delivery.Topic] = true
		}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.there = there
	close(g.changed)
	g.changed = make(chan struct{})
}

// await waits until no message of a sensor is in the queue. The broker has put it there before it acknowledged it.
func (g *gone) await(sensor string, patience time.Duration) bool {
	late := time.NewTimer(patience)
	defer late.Stop()
	for looks := 0; ; looks++ {
		g.mu.Lock()
		there, changed := g.there["iotspot/"+sensor+"/reading"], g.changed
		g.mu.Unlock()
		if !there && looks > 2 { // it is put in soon after it is acknowledged
			return true
		}
		select {
		case g.asked <- struct{}{}:
		default: // somebody has asked already
		}
		select {
		case <-changed:
		case <-late.C:
			return false
		}
	}
}

func (g *gone) close() { close(g.ended) }
