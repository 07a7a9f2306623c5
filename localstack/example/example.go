// Package example loads an example office through the public HTTP API, as any client would: it opens a business
// account, reads the code from the mailbox, proves its domain, and adds the buildings.
package example

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"github.com/jhillyerd/enmime"

	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
)

// The office: two locations in different time zones, with rooms, desks, and sensors of four makes on some of them.
//
//go:embed office.csv
var office []byte

// Administrator is the address of who opens the account: sign in with it to look around.
const Administrator = "ada@voorbeeld.example"

type object = map[string]any

var account = object{
	"legal_name": "Voorbeeld Kantoren B.V.", "addresses": []string{"Herengracht 100, 1015 BS Amsterdam"},
	"domains": []string{"voorbeeld.example"},
	"invoice": object{"name": "Voorbeeld Kantoren B.V., crediteuren", "address": "Postbus 100, 1000 AA Amsterdam",
		"email": "invoices@voorbeeld.example", "vat_number": "NL001234567B01"},
	"administrator": object{"name": "Ada Voorbeeld", "email": Administrator, "language": "en"},
	"consent":       object{"version": privacy.StatementVersion, "agreed": true},
}

// A Location is one of the office, with what a simulation of its sensors needs.
type Location struct {
	Name     string
	TimeZone string
	Sensors  []Sensor
}

// A Sensor watches one of its spots.
type Sensor struct{ ID, Model string }

// Locations reads them from the file.
func Locations() ([]Location, error) {
	rows, err := csv.NewReader(bytes.NewReader(office)).ReadAll()
	if err != nil {
		return nil, err
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	var found []Location
	for _, row := range rows[1:] {
		if n := len(found); n == 0 || found[n-1].Name != row[column["location"]] {
			found = append(found, Location{Name: row[column["location"]], TimeZone: row[column["time_zone"]]})
		}
		if id := row[column["sensor"]]; id != "" {
			last := &found[len(found)-1]
			last.Sensors = append(last.Sensors, Sensor{ID: id, Model: row[column["model"]]})
		}
	}
	return found, nil
}

// A Client reaches a running stack.
type Client struct {
	API, Console string // addresses
	Token        string // of the session, when there is one
}

// Load makes the office, and leaves the client signed in as its administrator.
func (c *Client) Load(ctx context.Context) error {
	var asked struct{ Opening string }
	if err := c.Send(ctx, "POST", "/business-accounts", account, &asked); err != nil {
		return err
	}
	code, err := c.code(ctx)
	if err != nil {
		return err
	}
	var opened struct{ Token string }
	if err := c.Send(ctx, "POST", "/business-accounts/"+asked.Opening+"/confirmation", object{"code": code},
		&opened); err != nil {
		return err
	}
	c.Token = opened.Token
	if err := c.prove(ctx); err != nil {
		return err
	}
	locations, err := Locations()
	if err != nil {
		return err
	}
	var devices []string
	for _, location := range locations {
		for _, sensor := range location.Sensors {
			devices = append(devices, sensor.ID)
		}
	}
	if err := c.Allot(ctx, devices...); err != nil {
		return err
	}
	return c.Send(ctx, "POST", "/business-account/import", office, nil)
}

// Allot lets the client's account tie devices, as the operator does.
func (c *Client) Allot(ctx context.Context, devices ...string) error {
	var account struct{ ID string }
	if err := c.Send(ctx, "GET", "/business-account", nil, &account); err != nil {
		return err
	}
	console := Client{API: c.Console}
	return console.Send(ctx, "POST", "/devices", object{"account": account.ID, "devices": devices}, nil)
}

// prove sets the record of each domain in DNS, as its administrator would, and lets it be looked at.
func (c *Client) prove(ctx context.Context) error {
	var account struct {
		Proofs []struct {
			Domain string
			Record struct{ Name, Value string }
		}
	}
	if err := c.Send(ctx, "GET", "/business-account", nil, &account); err != nil {
		return err
	}
	for _, proof := range account.Proofs {
		console := Client{API: c.Console}
		record := object{"name": proof.Record.Name, "txt": []string{proof.Record.Value}}
		if err := console.Send(ctx, "POST", "/dns", record, nil); err != nil {
			return err
		}
		if err := c.Send(ctx, "POST", "/business-account/domains/"+proof.Domain+"/proof", nil, nil); err != nil {
			return err
		}
	}
	return nil
}

// Send sends one request, of CSV where in is bytes and of JSON otherwise, and decodes its answer into out, which may
// be nil. An answer that is not 2xx is an error with its text.
func (c *Client) Send(ctx context.Context, method, path string, in, out any) error {
	body, isFile := in.([]byte)
	mediaType := "text/csv"
	if in != nil && !isFile {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return err
		}
		mediaType = "application/json"
	}
	r, err := http.NewRequestWithContext(ctx, method, c.API+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", mediaType)
	if method == http.MethodPost || method == http.MethodPut {
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

var digits = regexp.MustCompile(`\b[0-9]{4}( [0-9]{4})+\b`)

// code is the code in the administrator's latest mail, which may still be on its way.
func (c *Client) code(ctx context.Context) (string, error) {
	for range 100 {
		var mails []struct{ Raw []byte }
		if err := c.look(ctx, "/mailbox?to="+url.QueryEscape(Administrator), &mails); err != nil {
			return "", err
		}
		if len(mails) > 0 {
			mail, err := enmime.ReadEnvelope(bytes.NewReader(mails[len(mails)-1].Raw))
			if err != nil {
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
