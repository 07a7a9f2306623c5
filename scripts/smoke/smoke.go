package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/secret"
)

type object = map[string]any

// A story is one run, and what it knows of what it made.
type story struct {
	hands
	out    io.Writer
	url    string
	domain string
	legal  string // name of the account
	began  time.Time

	version string         // of the statement
	admin   example.Client // who opened the account
	person  example.Client
	email   string // the person's

	location, floor, spot, sensor string
	zone                          civil.Zone
	reservation                   string
}

// gone is how long an erasure may take (7.erase).
const gone = 60 * time.Second

// smoke lives the story. What it made it removes, also where a step fails.
func smoke(ctx context.Context, url, domain string, hands hands, out io.Writer) (err error) {
	s := &story{hands: hands, out: out, url: url, domain: domain, legal: "Smoke test " + secret.ID(), began: time.Now(),
		admin: example.Client{API: url}, person: example.Client{API: url}}
	defer func() {
		if s.admin.Token != "" {
			err = errors.Join(err, s.step(context.WithoutCancel(ctx), "end the account", s.end))
		}
	}()
	for _, step := range []struct {
		title string
		live  func(context.Context) error
	}{
		{"open a business account", s.open}, {"prove its domain", s.prove}, {"add a desk with a sensor", s.build},
		{"register somebody", s.register}, {"reserve the desk", s.reserve}, {"let the sensor find them there", s.sit},
		{"see it in the overview", s.overview}, {"erase them, and see them gone within 60 s", s.erase},
	} {
		if err := s.step(ctx, step.title, step.live); err != nil {
			return err
		}
	}
	return nil
}

func (s *story) step(ctx context.Context, title string, live func(context.Context) error) error {
	err := live(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", title, err)
	}
	fmt.Fprintf(s.out, "%6.1fs  %s\n", time.Since(s.began).Seconds(), title)
	return nil
}

func (s *story) consent() object { return object{"version": s.version, "agreed": true} }

func (s *story) open(ctx context.Context) error {
	var statement struct{ Version string }
	if err := s.admin.Send(ctx, "GET", "/statement/version?language=en", nil, &statement); err != nil {
		return err
	}
	s.version = statement.Version
	email := "smoke-admin@" + s.domain
	var asked struct{ Opening string }
	if err := s.admin.Send(ctx, "POST", "/business-accounts", object{"legal_name": s.legal,
		"addresses": []string{"Smoke test 1, Utrecht"}, "domains": []string{s.domain},
		"invoice":       object{"name": s.legal, "address": "Smoke test 1, Utrecht", "email": email},
		"administrator": object{"name": "Ada Administrator", "email": email, "language": "en"},
		"consent":       s.consent()}, &asked); err != nil {
		return err
	}
	code, err := s.Code(ctx, email)
	if err != nil {
		return err
	}
	s.admin.Token, err = confirmed(ctx, s.admin, "/business-accounts/"+asked.Opening, code)
	return err
}

// confirmed gives the session that a code opens.
func confirmed(ctx context.Context, who example.Client, path, code string) (token string, err error) {
	var opened struct{ Token string }
	err = who.Send(ctx, "POST", path+"/confirmation", object{"code": code}, &opened)
	return opened.Token, err
}

func (s *story) prove(ctx context.Context) error {
	var account struct {
		Proofs []struct {
			Record struct{ Name, Value string }
		}
	}
	if err := s.admin.Send(ctx, "GET", "/business-account", nil, &account); err != nil {
		return err
	}
	for _, proof := range account.Proofs {
		if err := s.Record(ctx, proof.Record.Name, proof.Record.Value); err != nil {
			return err
		}
	}
	return s.admin.Send(ctx, "POST", "/business-account/domains/"+s.domain+"/proof", nil, nil)
}

// daytime is a zone in which the next hours are one working day, whenever the story is lived.
func daytime(now time.Time) (zone civil.Zone, err error) {
	for _, name := range []string{"Europe/Amsterdam", "America/New_York", "Asia/Tokyo", "Pacific/Auckland"} {
		if zone, err = civil.LoadZone(name); err != nil {
			return zone, err
		}
		if hour := zone.In(now).Hour(); hour >= 8 && hour < 20 {
			return zone, nil
		}
	}
	return zone, errors.New("it is night everywhere")
}

func (s *story) build(ctx context.Context) (err error) {
	if s.zone, err = daytime(time.Now()); err != nil {
		return err
	}
	s.sensor = "smoke-" + secret.ID()
	var made struct{ ID string }
	for _, one := range []struct {
		path func() string
		body object
		id   *string
	}{
		{func() string { return "/locations" }, object{"name": "Smoke test", "address": "Smoke test 1, Utrecht",
			"latitude": 52.09, "longitude": 5.12, "time_zone": s.zone.String(), "opens": "00:00",
			"closes": "24:00"}, &s.location}, // at whatever hour an operator has time for it
		{func() string { return "/locations/" + s.location + "/floors" }, object{"name": "Floor", "level": 0}, &s.floor},
		{func() string { return "/floors/" + s.floor + "/spots" }, object{"name": "Desk", "category": "workplace",
			"type": "desk", "x": 0.5, "y": 0.5}, &s.spot},
	} {
		if err := s.admin.Send(ctx, "POST", one.path(), one.body, &made); err != nil {
			return err
		}
		*one.id = made.ID
	}
	if err := s.admin.Send(ctx, "GET", "/business-account", nil, &made); err != nil {
		return err
	}
	if err := s.Allot(ctx, made.ID, s.sensor); err != nil {
		return err
	}
	return s.admin.Send(ctx, "PUT", "/spots/"+s.spot+"/sensors/"+s.sensor, object{"model": "own"}, nil)
}

func (s *story) register(ctx context.Context) error {
	s.email = "smoke-person@" + s.domain
	var asked struct{ Registration string }
	if err := s.person.Send(ctx, "POST", "/registrations", object{"name": "Smoke Person", "email": s.email,
		"language": "en", "consent": s.consent()}, &asked); err != nil {
		return err
	}
	code, err := s.Code(ctx, s.email)
	if err != nil {
		return err
	}
	s.person.Token, err = confirmed(ctx, s.person, "/registrations/"+asked.Registration, code)
	return err
}

func (s *story) reserve(ctx context.Context) error {
	from := s.zone.In(time.Now().Truncate(15 * time.Minute))
	var made struct{ Reservations []struct{ ID string } }
	err := s.person.Send(ctx, "POST", "/reservations", object{"spot": s.spot, "date": from.Format(time.DateOnly),
		"from": from.Format("15:04"), "to": from.Add(time.Hour).Format("15:04")}, &made)
	if err == nil {
		s.reservation = made.Reservations[0].ID
	}
	return err
}

func (s *story) sit(ctx context.Context) error {
	message, err := json.Marshal(object{"occupied": true, "at": time.Now().UTC().Format(time.RFC3339), "battery": 100,
		"seq": 1})
	if err != nil {
		return err
	}
	if err := s.Publish(ctx, "iotspot/"+s.sensor+"/reading", message); err != nil {
		return err
	}
	return until(ctx, time.Minute, "the sensor's message checked them in", func() (bool, error) {
		var reservation struct{ State string }
		err := s.person.Send(ctx, "GET", "/reservations/"+s.reservation, nil, &reservation)
		return reservation.State == "checked_in", err
	})
}

func (s *story) overview(ctx context.Context) error {
	var overview json.RawMessage
	if err := s.person.Send(ctx, "GET", "/me/overview", nil, &overview); err != nil {
		return err
	}
	for _, known := range []string{"Smoke Person", s.email, s.spot} {
		if !strings.Contains(string(overview), known) {
			return fmt.Errorf("it lacks %s", known)
		}
	}
	return nil
}

func (s *story) erase(ctx context.Context) error {
	if err := s.person.Send(ctx, "POST", "/me/erasure", object{"confirm": true}, nil); err != nil {
		return err
	}
	return until(ctx, gone, "the session is dead, the desk is free, and nobody finds them", func() (bool, error) {
		if s.person.Send(ctx, "GET", "/me", nil, nil) == nil {
			return false, nil
		}
		var found struct{ Colleagues []any }
		if err := s.admin.Send(ctx, "GET", "/colleagues?name=smoke", nil, &found); err != nil {
			return false, err
		}
		var floor struct {
			Spots []struct {
				Spot      string
				Available bool
			}
		}
		now := s.zone.In(time.Now())
		err := s.admin.Send(ctx, "GET", "/floors/"+s.floor+"/availability?date="+now.Format(time.DateOnly), nil, &floor)
		free := err == nil && len(floor.Spots) == 1 && floor.Spots[0].Available
		return free && len(found.Colleagues) == 0, err
	})
}

func (s *story) end(ctx context.Context) error {
	if err := s.admin.Send(ctx, "POST", "/business-account/end", object{"legal_name": s.legal}, nil); err != nil {
		return err
	}
	return until(ctx, gone, "the administrator's session is dead", func() (bool, error) {
		return s.admin.Send(ctx, "GET", "/business-account", nil, nil) != nil, nil
	})
}

// until looks every second until it sees what it should.
func until(ctx context.Context, most time.Duration, what string, look func() (bool, error)) error {
	for end := time.Now().Add(most); time.Now().Before(end); {
		if seen, err := look(); err != nil || seen {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
	return fmt.Errorf("it did not come about within %s that %s", most, what)
}
