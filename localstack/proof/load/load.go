// Package load puts a load on the local stack through its public interfaces, HTTP and MQTT, and then looks into the
// raw tables: nothing that was acknowledged may be lost, and nothing may be there twice. The clients have a process of
// their own, so that what they take of a processor is told apart from what the stand-ins take.
package load

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"regexp"
	"time"

	"github.com/jhillyerd/enmime"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
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
	Clients int // each a person with a phone, and a sensor

	stack   *stack.Stack
	http    *http.Client
	hall    hall
	tokens  []string
	clients *process
	told    []told // by client
}

// New fills an empty stack: the example office, the hall beside it, and so many people who have registered.
func New(ctx context.Context, s *stack.Stack, clients int) (*Load, error) {
	l := &Load{Clients: clients, stack: s, http: connections(clients), hall: hall{API: s.API, MQTT: s.MQTT}}
	admin := &example.Client{API: s.API, Console: s.Console}
	if err := admin.Load(ctx); err != nil {
		return nil, err
	}
	if err := admin.Allot(ctx, hallSensors()...); err != nil {
		return nil, err
	}
	if err := admin.Send(ctx, "POST", "/business-account/import", plan(), nil); err != nil {
		return nil, err
	}
	if err := l.find(ctx, admin); err != nil {
		return nil, err
	}
	for i := range clients {
		token, err := l.register(ctx, i)
		if err != nil {
			return nil, fmt.Errorf("client %d: %w", i, err)
		}
		l.tokens = append(l.tokens, token)
	}
	var err error
	l.clients, err = startClients(s, begin{l.hall, l.tokens})
	return l, err
}

// Close ends the clients.
func (l *Load) Close() error { return l.clients.close() }

func (l *Load) find(ctx context.Context, admin *example.Client) error {
	var found struct {
		Locations []struct{ ID, Name string }
	}
	if err := admin.Send(ctx, "GET", "/locations", nil, &found); err != nil {
		return err
	}
	for _, at := range found.Locations {
		if at.Name != hallName {
			continue
		}
		var location struct{ Floors []struct{ ID string } }
		if err := admin.Send(ctx, "GET", "/locations/"+at.ID, nil, &location); err != nil {
			return err
		}
		for _, floor := range location.Floors {
			if err := l.findDesks(ctx, admin, floor.ID); err != nil {
				return err
			}
		}
	}
	if len(l.hall.Desks) != floors*desks {
		return fmt.Errorf("the hall has %d desks", len(l.hall.Desks))
	}
	l.hall.Day = l.stack.Now().AddDate(0, 0, 2).Format(time.DateOnly)
	return nil
}

func (l *Load) findDesks(ctx context.Context, admin *example.Client, floor string) error {
	var plan struct {
		Spots []struct {
			ID      string
			Sensors []string
		}
	}
	if err := admin.Send(ctx, "GET", "/floors/"+floor, nil, &plan); err != nil {
		return err
	}
	l.hall.Floors = append(l.hall.Floors, floor)
	for _, spot := range plan.Spots {
		if len(spot.Sensors) != 1 {
			return fmt.Errorf("a desk of the hall has the sensors %v", spot.Sensors)
		}
		l.hall.Desks = append(l.hall.Desks, desk{floor, spot.ID, spot.Sensors[0]})
	}
	return nil
}

var digits = regexp.MustCompile(`\b[0-9]{4}( [0-9]{4})+\b`)

func email(client int) string { return fmt.Sprintf("load%03d@voorbeeld.example", client) }

// caller makes requests from this process; "" is nobody's token.
func (l *Load) caller(token string) caller { return caller{l.stack.API, token, l.http} }

// register registers a client, and gives the token of the session that begins.
func (l *Load) register(ctx context.Context, client int) (string, error) {
	var asked struct{ Registration string }
	err := l.caller("").must(ctx, "POST", "/registrations", secret.ID(), map[string]any{
		"name": fmt.Sprintf("Load %03d", client), "email": email(client), "language": "en",
		"consent": map[string]any{"version": privacy.StatementVersion, "agreed": true}}, &asked)
	if err != nil {
		return "", err
	}
	mails := l.stack.Mailbox.To(email(client))
	if len(mails) != 1 {
		return "", fmt.Errorf("%d mails", len(mails))
	}
	letter, err := enmime.ReadEnvelope(bytes.NewReader(mails[0].Raw))
	if err != nil {
		return "", err
	}
	var session struct{ Token string }
	err = l.caller("").must(ctx, "POST", "/registrations/"+asked.Registration+"/confirmation", secret.ID(),
		map[string]any{"code": digits.FindString(letter.Text)}, &session)
	return session.Token, err
}
