package whole

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A Customer is a business account with an office, made through the API.
type Customer struct {
	Business  string
	Domain    string
	Admin     Person
	Office    // the head office
	world     *World
	requested int
}

// Allot lets the customer tie devices, as the operator does.
func (c *Customer) Allot(t *testing.T, devices ...string) {
	t.Helper()
	require.NoError(t, building.Devices{Tables: c.world.Database.Tables()}.Allot(t.Context(), c.Business, devices))
}

// An Office is a location with a floor of a zone, two desks and a room.
type Office struct {
	Location string
	Floor    string
	Zone     string
	Desks    []string
	Room     string
}

// A Person is somebody with a session.
type Person struct {
	ID    string // of the registration
	Email string
	Token string
}

// Person is what the tables know a person as.
func (p Person) Person(c *Customer) identity.Person {
	return identity.Person{Business: c.Business, User: p.ID}
}

// object is a JSON body.
type object = map[string]any

// Consent is to the statement in force.
var Consent = object{"version": privacy.StatementVersion, "agreed": true}

// Opening is the request to open an account with a domain.
func Opening(domain string) Request {
	return Request{Method: http.MethodPost, Path: "/business-accounts", Key: "opening-" + domain[:4], Body: object{
		"legal_name": "Customer of " + domain, "addresses": []string{"Keizersgracht 1"}, "domains": []string{domain},
		"invoice":       object{"name": "Customer", "address": "Postbus 1", "email": "invoices@" + domain},
		"administrator": object{"name": "Ann Admin", "email": "ann@" + domain, "language": "en"}, "consent": Consent}}
}

// Registering is the request to register at an address.
func Registering(name, email string) Request {
	return Request{Method: http.MethodPost, Path: "/registrations", Key: "registering-key", Body: object{
		"name": name, "email": email, "language": "en", "consent": Consent}}
}

// Confirming gives a code back at a path.
func Confirming(path, code string) Request {
	return Request{Method: http.MethodPost, Path: path + "/confirmation", Key: "confirming-key",
		Body: object{"code": code, "os": "iOS", "os_release": "26.1"}}
}

// Done asks, wants success, and gives the answer.
func (w *World) Done(t testing.TB, r Request) Answer {
	t.Helper()
	answer := w.Ask(r)
	require.Less(t, answer.Status, 300, "%s %s: %s", r.Method, r.Path, answer.Body)
	return answer
}

var domainRecord = regexp.MustCompile(`"name":"([^"]+)","type":"TXT","value":"([^"]+)"`)

// Records puts the record that proves a claimed domain into DNS.
func (c *Customer) Records(t testing.TB, domain string) {
	t.Helper()
	account := c.world.Done(t, Request{Token: c.Admin.Token, Method: http.MethodGet, Path: "/business-account"})
	for _, record := range domainRecord.FindAllStringSubmatch(account.Body, -1) {
		if record[1] == "_iotspot-challenge."+domain {
			c.world.dns[record[1]] = record[2]
		}
	}
	require.Contains(t, c.world.dns, "_iotspot-challenge."+domain)
}

// NewCustomer opens an account with an office of two desks and a room, open around the clock.
func (w *World) NewCustomer(t testing.TB, domain string) *Customer {
	t.Helper()
	opening := w.Done(t, Opening(domain)).Text("opening")
	opened := w.Done(t, Confirming("/business-accounts/"+opening, w.Code("ann@"+domain)))
	c := &Customer{Business: opened.Text("business"), Domain: domain, world: w,
		Admin: Person{ID: opened.Text("token")[16:32], Email: "ann@" + domain, Token: opened.Text("token")}}
	c.Records(t, domain)
	w.Done(t, Request{Token: c.Admin.Token, Method: http.MethodPost, Path: "/business-account/domains/" + domain +
		"/proof"})
	c.Office = c.AddOffice(t, "Head office")
	return c
}

// AddOffice makes a location, open around the clock.
func (c *Customer) AddOffice(t testing.TB, name string) Office {
	t.Helper()
	var o Office
	o.Location = c.add(t, "/locations", object{"name": name, "address": "Main street 1", "latitude": 52.1,
		"longitude": 5.1,
		"time_zone": "Europe/Amsterdam", "opens": "00:00", "closes": "24:00", "horizon_days": 21, "daily_quota": 20})
	o.Floor = c.add(t, "/locations/"+o.Location+"/floors", object{"name": "Third floor", "level": 3})
	o.Zone = c.add(t, "/floors/"+o.Floor+"/zones", object{"name": "Window side"})
	for i := range 2 {
		o.Desks = append(o.Desks, c.add(t, "/floors/"+o.Floor+"/spots",
			object{"name": fmt.Sprintf("3.0%d", i), "category": "workplace",
				"type": "desk", "zone": o.Zone, "x": 0.1, "y": 0.2}))
	}
	o.Room = c.AddRoom(t, o, "Room")
	return o
}

// AddRoom adds a meeting room to an office.
func (c *Customer) AddRoom(t testing.TB, o Office, name string) string {
	t.Helper()
	return c.add(t, "/floors/"+o.Floor+"/spots", object{"name": name, "category": "room", "type": "meeting_room",
		"x": 0.5, "y": 0.5})
}

// Assigns makes a new desk of an office somebody's own workplace.
func (c *Customer) Assigns(t testing.TB, o Office, name string, to Person) string {
	t.Helper()
	desk := c.add(t, "/floors/"+o.Floor+"/spots", object{"name": name, "category": "workplace", "type": "desk",
		"x": 0.3, "y": 0.3})
	c.world.Done(t, Request{Token: c.Admin.Token, Method: http.MethodPut, Path: "/spots/" + desk + "/holder",
		Body: object{"email": to.Email}})
	return desk
}

// add creates something as the administrator and gives its id.
func (c *Customer) add(t testing.TB, path string, body object) string {
	t.Helper()
	c.requested++
	return c.world.Done(t, Request{Token: c.Admin.Token, Method: http.MethodPost, Path: path, Body: body,
		Key: fmt.Sprintf("adding-%04d", c.requested)}).Text("id")
}

// Join registers a colleague.
func (c *Customer) Join(t testing.TB, name string) Person {
	t.Helper()
	email := name + "@" + c.Domain
	registration := c.world.Done(t, Registering(name, email)).Text("registration")
	token := c.world.Done(t, Confirming("/registrations/"+registration, c.world.Code(email))).Text("token")
	return Person{ID: token[16:32], Email: email, Token: token}
}

// Holds reserves a spot for somebody and gives the reservation's id.
func (c *Customer) Holds(t testing.TB, who Person, spot, date, from, to string) string {
	t.Helper()
	c.requested++
	answer := c.world.Done(t, Request{Token: who.Token, Method: http.MethodPost, Path: "/reservations",
		Key:  fmt.Sprintf("holding-%04d", c.requested),
		Body: object{"spot": spot, "date": date, "from": from, "to": to}})
	return ReservationIn(answer)
}
