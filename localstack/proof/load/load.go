// Package load puts a load on the local stack through its public interfaces, HTTP and MQTT, and then looks into the
// raw tables: nothing that was acknowledged may be lost, and nothing may be there twice.
package load

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"

	mqtt "github.com/eclipse/paho.mqtt.golang"
	"github.com/jhillyerd/enmime"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
)

// The hall in which it happens: floors with as many desks as the benchmarks' floor, each with a sensor.
const (
	hall   = "Hall"
	floors = 4
	desks  = 200
	zone   = "Europe/Amsterdam"
)

// Operations are the API's, each with a throttle that is out of reach, so that what is measured is ours.
func Operations() []api.Operation {
	operations := api.Operations()
	for i := range operations {
		operations[i].Throttle = api.Throttle{Rate: 1e6, Burst: 1e6}
	}
	return operations
}

// A Load is an office with people and sensors, ready for the flows.
type Load struct {
	stack   *stack.Stack
	http    *http.Client
	Clients []*client
	floors  []string
	desks   []desk
	day     string // the first day that is reserved
	gone    *gone
}

type desk struct{ floor, spot, sensor string }

// A client is a person with a phone, and a sensor. What it was told is kept, to be held against the tables.
type client struct {
	*Load
	number int
	token  string
	mqtt   mqtt.Client
	said   int // the latest message that its sensor's broker took

	held      map[string]reserved // that were acknowledged
	cancelled map[string]bool
	looks     int // at floors, that were answered
	queue     []string
	tries     int
}

// New fills an empty stack: the example office, the hall beside it, and so many people who have registered.
func New(ctx context.Context, s *stack.Stack, clients int) (*Load, error) {
	l := &Load{stack: s, http: &http.Client{Timeout: 45 * time.Second,
		Transport: &http.Transport{MaxIdleConnsPerHost: 4 * clients}}, gone: watchQueue(s)}
	admin := &example.Client{API: s.API, Console: s.Console}
	if err := admin.Load(ctx); err != nil {
		return nil, err
	}
	if err := admin.Allot(ctx, hallSensors()...); err != nil {
		return nil, err
	}
	if err := admin.Send(ctx, "POST", "/business-account/import", l.plan(), nil); err != nil {
		return nil, err
	}
	if err := l.find(ctx, admin); err != nil {
		return nil, err
	}
	for i := range clients {
		c := &client{Load: l, number: i, held: map[string]reserved{}, cancelled: map[string]bool{}}
		if err := c.register(ctx); err != nil {
			return nil, fmt.Errorf("client %d: %w", i, err)
		}
		if err := c.connect(); err != nil {
			return nil, fmt.Errorf("the broker: %w", err)
		}
		l.Clients = append(l.Clients, c)
	}
	return l, nil
}

// connect opens a connection of the client's sensor. It is made anew when it was lost: the library's own reconnecting
// sends again what it is still sending.
func (c *client) connect() error {
	c.mqtt = mqtt.NewClient(mqtt.NewClientOptions().AddBroker("tcp://" + strings.TrimPrefix(c.stack.MQTT, "tcp://")).
		SetClientID(c.desks[c.number].sensor).SetConnectTimeout(5 * time.Second).SetAutoReconnect(false))
	return done(c.mqtt.Connect())
}

// done waits for what was asked of the broker.
func done(token mqtt.Token) error {
	if !token.WaitTimeout(10 * time.Second) {
		return errors.New("the broker does not answer")
	}
	return token.Error()
}

// publish sends a message until the broker has taken it, for ten seconds, over a new connection where the one before
// was lost. It may arrive twice.
func (c *client) publish(ctx context.Context, topic string, payload []byte) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	err := error(nil)
	for ctx.Err() == nil {
		if c.mqtt.IsConnected() {
			if err = done(c.mqtt.Publish(topic, 1, false, payload)); err == nil {
				return nil
			}
		}
		err = c.connect()
	}
	return errors.Join(ctx.Err(), err)
}

// Close ends the sensors' connections.
func (l *Load) Close() {
	l.gone.close()
	for _, c := range l.Clients {
		c.mqtt.Disconnect(0)
	}
}

func hallSensors() (all []string) {
	for floor := range floors {
		for i := range desks {
			all = append(all, fmt.Sprintf("load-%d-%d", floor, i))
		}
	}
	return all
}

// plan is the hall as a file: all of the horizon, and the widest quota.
func (l *Load) plan() []byte {
	var file bytes.Buffer
	fmt.Fprintln(&file, "location,address,latitude,longitude,time_zone,opens,closes,horizon_days,daily_quota,"+
		"floor,level,zone,sector,spot,category,type,x,y,sensor,model")
	for floor := range floors {
		for i := range desks {
			fmt.Fprintf(&file, "%s,Kade 1,52.1,5.1,%s,00:00,24:00,366,20,Floor "+
				"%d,%d,Open,,%d.%03d,workplace,desk,%.3f,%.3f,load-%d-%d,own\n",
				hall, zone, floor, floor, floor, i, float64(i%20)/20, float64(i/20)/10, floor, i)
		}
	}
	return file.Bytes()
}

func (l *Load) find(ctx context.Context, admin *example.Client) error {
	var found struct {
		Locations []struct{ ID, Name string }
	}
	if err := admin.Send(ctx, "GET", "/locations", nil, &found); err != nil {
		return err
	}
	for _, at := range found.Locations {
		if at.Name != hall {
			continue
		}
		var location struct{ Floors []struct{ ID string } }
		if err := admin.Send(ctx, "GET", "/locations/"+at.ID, nil, &location); err != nil {
			return err
		}
		for _, floor := range location.Floors {
			var plan struct {
				Spots []struct {
					ID      string
					Sensors []string
				}
			}
			if err := admin.Send(ctx, "GET", "/floors/"+floor.ID, nil, &plan); err != nil {
				return err
			}
			l.floors = append(l.floors, floor.ID)
			for _, spot := range plan.Spots {
				l.desks = append(l.desks, desk{floor.ID, spot.ID, strings.Join(spot.Sensors, "")})
			}
		}
	}
	if len(l.desks) != floors*desks {
		return fmt.Errorf("the hall has %d desks", len(l.desks))
	}
	l.day = l.stack.Now().AddDate(0, 0, 2).Format(time.DateOnly)
	return nil
}

var digits = regexp.MustCompile(`\b[0-9]{4}( [0-9]{4})+\b`)

func (c *client) email() string { return fmt.Sprintf("load%03d@voorbeeld.example", c.number) }

func (c *client) register(ctx context.Context) error {
	email := c.email()
	var asked struct{ Registration string }
	err := c.must(ctx, "POST", "/registrations", map[string]any{"name": fmt.Sprintf("Load %03d", c.number),
		"email": email, "language": "en",
		"consent": map[string]any{"version": privacy.StatementVersion, "agreed": true}}, &asked)
	if err != nil {
		return err
	}
	mails := c.stack.Mailbox.To(email)
	if len(mails) != 1 {
		return fmt.Errorf("%d mails", len(mails))
	}
	letter, err := enmime.ReadEnvelope(bytes.NewReader(mails[0].Raw))
	if err != nil {
		return err
	}
	var session struct{ Token string }
	err = c.must(ctx, "POST", "/registrations/"+asked.Registration+"/confirmation",
		map[string]any{"code": digits.FindString(letter.Text)}, &session)
	c.token = session.Token
	return err
}

func (c *client) must(ctx context.Context, method, path string, in, out any) error {
	status, body, err := c.send(ctx, method, path, secret.ID(), in)
	if err != nil {
		return err
	}
	if status/100 != 2 {
		return fmt.Errorf("%s %s: %d %s", method, path, status, body)
	}
	return json.Unmarshal(body, out)
}

// send makes a request with an Idempotency-Key, and gives what came back.
func (c *client) send(ctx context.Context, method, path, key string, in any) (status int, body []byte, err error) {
	answer, body, err := c.request(ctx, method, path, key, in)
	if err != nil {
		return 0, nil, err
	}
	return answer.StatusCode, body, nil
}

func (c *client) request(ctx context.Context, method, path, key string, in any) (*http.Response, []byte, error) {
	var content io.Reader
	if in != nil {
		text, err := json.Marshal(in)
		if err != nil {
			return nil, nil, err
		}
		content = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, c.stack.API+path, content)
	if err != nil {
		return nil, nil, err
	}
	if in != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if method == http.MethodPost {
		request.Header.Set("Idempotency-Key", key)
	}
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return answer, body, err
}

// gone tells when a reading has left its queue.
type gone struct {
	mu      sync.Mutex
	there   map[string]bool
	asked   chan struct{} // somebody waits for the next look
	changed chan struct{} // closed by it
	ended   chan struct{}
}
