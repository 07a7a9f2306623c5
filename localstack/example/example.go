// Package example loads an example office through the public HTTP API, as any client would: it opens a business account,
// reads the code from the mailbox, and adds the buildings.
package example

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
)

//go:embed office.json
var officeFile []byte

// An Office is the file.
type Office struct {
	Account   Account    `json:"account"`
	Locations []Location `json:"locations"`
}

// An Account is what is sent to open one, but for the consent.
type Account struct {
	LegalName     string            `json:"legal_name"`
	Addresses     []string          `json:"addresses"`
	Domains       []string          `json:"domains"`
	Invoice       map[string]string `json:"invoice"`
	Administrator struct {
		Name     string `json:"name"`
		Email    string `json:"email"`
		Language string `json:"language"`
	} `json:"administrator"`
	Consent map[string]any `json:"consent"`
}

// A Location is a building with its floors.
type Location struct {
	Name      string  `json:"name"`
	Address   string  `json:"address"`
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	TimeZone  string  `json:"time_zone"`
	Opens     string  `json:"opens,omitempty"`
	Closes    string  `json:"closes,omitempty"`
	Floors    []Floor `json:"floors,omitempty"`
}

// A Floor has zones and spots.
type Floor struct {
	Name  string              `json:"name"`
	Level int                 `json:"level"`
	Zones []map[string]string `json:"zones,omitempty"`
	Spots []Spot              `json:"spots,omitempty"`
}

// A Spot is on a floor; Zone is the zone's name in the file and its id in the API.
type Spot struct {
	Name     string  `json:"name"`
	Category string  `json:"category"`
	Type     string  `json:"type"`
	Zone     string  `json:"zone"`
	X        float64 `json:"x"`
	Y        float64 `json:"y"`
	Sensor   *Sensor `json:"sensor,omitempty"`
}

// A Sensor watches a spot.
type Sensor struct {
	ID    string `json:"id"`
	Model string `json:"model"`
}

// A Client reaches a running stack.
type Client struct {
	API, Console string // addresses
	Token        string // of the session, when there is one
}

// Read gives the office of the file.
func Read() (Office, error) {
	var office Office
	err := json.Unmarshal(officeFile, &office)
	return office, err
}

// Load makes the office and gives it, with the client signed in as its administrator.
func (c *Client) Load(ctx context.Context) (Office, error) {
	office, err := Read()
	if err != nil {
		return office, err
	}
	if err := c.open(ctx, office.Account); err != nil {
		return office, fmt.Errorf("open the account: %w", err)
	}
	for _, location := range office.Locations {
		if err := c.add(ctx, location); err != nil {
			return office, fmt.Errorf("add %s: %w", location.Name, err)
		}
	}
	return office, nil
}

func (c *Client) open(ctx context.Context, account Account) error {
	account.Consent = map[string]any{"version": privacy.StatementVersion, "agreed": true}
	var asked struct{ Opening string }
	if err := c.Send(ctx, "POST", "/business-accounts", account, &asked); err != nil {
		return err
	}
	code, err := c.Code(ctx, account.Administrator.Email)
	if err != nil {
		return err
	}
	var opened struct{ Token string }
	if err := c.Send(ctx, "POST", "/business-accounts/"+asked.Opening+"/confirmation", map[string]string{"code": code}, &opened); err != nil {
		return err
	}
	c.Token = opened.Token
	return nil
}

type made struct{ ID string }

func (c *Client) add(ctx context.Context, location Location) error {
	floors := location.Floors
	location.Floors = nil
	var place made
	if err := c.Send(ctx, "POST", "/locations", location, &place); err != nil {
		return err
	}
	for _, floor := range floors {
		if err := c.addFloor(ctx, place.ID, floor); err != nil {
			return fmt.Errorf("%s: %w", floor.Name, err)
		}
	}
	return nil
}

func (c *Client) addFloor(ctx context.Context, location string, floor Floor) error {
	var level made
	if err := c.Send(ctx, "POST", "/locations/"+location+"/floors", Floor{Name: floor.Name, Level: floor.Level}, &level); err != nil {
		return err
	}
	zones := map[string]string{}
	for _, zone := range floor.Zones {
		var area made
		if err := c.Send(ctx, "POST", "/floors/"+level.ID+"/zones", zone, &area); err != nil {
			return err
		}
		zones[zone["name"]] = area.ID
	}
	for _, spot := range floor.Spots {
		sensor := spot.Sensor
		spot.Zone, spot.Sensor = zones[spot.Zone], nil
		var desk made
		if err := c.Send(ctx, "POST", "/floors/"+level.ID+"/spots", spot, &desk); err != nil {
			return fmt.Errorf("%s: %w", spot.Name, err)
		}
		if sensor == nil {
			continue
		}
		if err := c.Send(ctx, "PUT", "/spots/"+desk.ID+"/sensors/"+sensor.ID, map[string]string{"model": sensor.Model}, nil); err != nil {
			return fmt.Errorf("%s: %w", spot.Name, err)
		}
	}
	return nil
}

// Send sends one request and decodes its answer into out, which may be nil. An answer that is not 2xx is an error with
// its text.
func (c *Client) Send(ctx context.Context, method, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, method, c.API+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	if method == http.MethodPost {
		r.Header.Set("Idempotency-Key", secret.ID())
	}
	if c.Token != "" {
		r.Header.Set("Authorization", "Bearer "+c.Token)
	}
	return answered(r, out)
}

func answered(r *http.Request, out any) error {
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("%s %s: %d %s", r.Method, r.URL.Path, answer.StatusCode, text)
	}
	if out == nil || len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, out)
}

var digits = regexp.MustCompile(`\b[0-9]{8}\b`)

// Code is the code in the latest mail to an address, which may still be on its way.
func (c *Client) Code(ctx context.Context, address string) (string, error) {
	for range 50 {
		var mails []struct{ ID string }
		if err := c.look(ctx, "/mailbox?to="+url.QueryEscape(address), &mails); err != nil {
			return "", err
		}
		if len(mails) > 0 {
			var mail struct{ Text string }
			if err := c.look(ctx, "/mailbox/"+mails[len(mails)-1].ID, &mail); err != nil {
				return "", err
			}
			if code := digits.FindString(mail.Text); code != "" {
				return code, nil
			}
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return "", fmt.Errorf("no mail with a code came")
}

func (c *Client) look(ctx context.Context, path string, out any) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Console+path, nil)
	if err != nil {
		return err
	}
	return answered(r, out)
}
