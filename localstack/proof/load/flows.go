package load

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	mqtt "github.com/eclipse/paho.mqtt.golang"

	"github.com/iotspot/iotspot/shared/secret"
)

// A Flow is one thing that a client does again and again.
type Flow string

// The flows that a load is put on.
const (
	Availability Flow = "availability"
	Reserve      Flow = "reserve"
	Agenda       Flow = "agenda"
	Sensing      Flow = "sensor messages"

	// Mixed is all of them in turn, which is what faults are put into.
	Mixed Flow = "all"
)

// Flows are those that are measured.
var Flows = []Flow{Availability, Reserve, Agenda, Sensing}

// do does it once and gives the result: an HTTP status, or 0 without one.
func (f Flow) do(ctx context.Context, c *client) (status int, retryAfter string) {
	switch f {
	case Availability:
		return c.look(ctx)
	case Reserve:
		return c.reserve(ctx)
	case Agenda:
		return c.agenda(ctx)
	case Sensing:
		return c.sense(ctx)
	case Mixed:
		c.tries++
		return Flows[c.tries%len(Flows)].do(ctx, c)
	}
	panic("there is no flow " + string(f))
}

// A client is a person with a phone, and a sensor.
type client struct {
	caller
	hall   hall
	desk   desk
	broker mqtt.Client
	taken  chan struct{} // told that no reading of the sensor waits any more

	told  told
	queue []string // what it holds, oldest first
	tries int
}

// What a client was told is kept, to be held against the tables.
type told struct {
	Held      map[string]reserved // that were acknowledged
	Cancelled map[string]bool     // false: it was tried, and nobody knows
	Looks     int                 // at floors, that were answered
	Said      int                 // the latest message that its sensor's broker took
}

// A reserved is what an acknowledged reservation said.
type reserved struct {
	ID, Floor, Spot string
	StartsAt        time.Time `json:"starts_at"`
	EndsAt          time.Time `json:"ends_at"`
}

func newClient(hall hall, desk desk, caller caller) *client {
	return &client{caller: caller, hall: hall, desk: desk, taken: make(chan struct{}, 1),
		told: told{Held: map[string]reserved{}, Cancelled: map[string]bool{}}}
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
	status, after, _ := c.try(ctx, "GET", "/floors/"+c.hall.Floors[rand.N(len(c.hall.Floors))]+
		"/state?look=true&date="+c.hall.Day+"&from=09:00&to=17:00", "", nil)
	if status == http.StatusOK {
		c.told.Looks++
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
	day, _ := time.Parse(time.DateOnly, c.hall.Day) // it was formatted so
	hour := rand.N(22)
	at := c.hall.Desks[rand.N(len(c.hall.Desks))]
	in := map[string]any{"spot": at.Spot, "date": day.AddDate(0, 0, rand.N(60)).Format(time.DateOnly),
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
		c.told.Held[r.ID] = r
		c.queue = append(c.queue, r.ID)
	}
}

func (c *client) cancel(ctx context.Context) (int, string) {
	id := c.queue[0]
	c.queue = c.queue[1:]
	status, after, _ := c.try(ctx, "DELETE", "/reservations/"+id, "", nil)
	c.told.Cancelled[id] = status/100 == 2
	return status, after
}

// sense publishes what the client's own sensor says next, and waits until the function has taken it.
func (c *client) sense(ctx context.Context) (int, string) {
	next := c.told.Said + 1
	payload, err := json.Marshal(map[string]any{"occupied": next%4 < 2, "seq": next})
	if err != nil {
		panic(err) // a truth and a number
	}
	select {
	case <-c.taken: // of a message that came twice
	default:
	}
	if err := c.publish(ctx, payload); err != nil {
		return 0, ""
	}
	c.told.Said = next
	select {
	case <-c.taken:
		return http.StatusOK, ""
	case <-time.After(60 * time.Second):
	case <-ctx.Done():
	}
	return 0, ""
}

// isTaken says that no reading of the sensor is in the queue.
func (c *client) isTaken() {
	select {
	case c.taken <- struct{}{}:
	default: // it was told already
	}
}

// publish sends a message until the broker has taken it, for ten seconds, over a new connection where the one before
// was lost. It may arrive twice.
func (c *client) publish(ctx context.Context, payload []byte) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	err := error(nil)
	for ctx.Err() == nil {
		if c.broker != nil && c.broker.IsConnected() {
			if err = done(c.broker.Publish(c.desk.topic(), 1, false, payload)); err == nil {
				return nil
			}
		}
		err = c.connect()
	}
	return errors.Join(ctx.Err(), err)
}

// connect opens a connection of the client's sensor. It is made anew when it was lost: the library's own reconnecting
// sends again what it is still sending.
func (c *client) connect() error {
	c.broker = mqtt.NewClient(mqtt.NewClientOptions().
		AddBroker("tcp://" + strings.TrimPrefix(c.hall.MQTT, "tcp://")).
		SetClientID(c.desk.Sensor).SetConnectTimeout(5 * time.Second).SetAutoReconnect(false))
	return done(c.broker.Connect())
}

// done waits for what was asked of the broker.
func done(token mqtt.Token) error {
	if !token.WaitTimeout(10 * time.Second) {
		return errors.New("the broker does not answer")
	}
	return token.Error()
}
