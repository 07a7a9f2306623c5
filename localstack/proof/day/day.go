package day

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
)

// Domain is that of the office that the day plays in.
const Domain = "acme.example"

// What the person who leaves has filled in.
const (
	Phone              = "+31 30 123 45 67"
	LinkedIn           = "femke-jansen-example"
	FavouriteColleague = "Bram from the third floor"
)

// A Day is one run of the tour and what it produced; the story test uses it to check the stores.
type Day struct {
	*Client
	Version    string // of the statement
	Date       string // civil date of the day
	Business   string
	People     []*Person
	Annex      string // location with four people
	Office     string // location with all
	Floor      string
	AnnexFloor string
	Desks      []string
	Room       string
	Meeting    string              // a reservation of it
	Depot      string              // location of which a spot was removed
	Hall       string              // its floor
	Gone       string              // that spot
	Erased     *Person             // who is erased at the end
	Guest      string              // pass of a guest who stayed until the day ended
	Link       string              // the erasure link
	Codes      map[string][]string // that were mailed, by address
}

// A Person takes part in the day.
type Person struct {
	Name, Email, Token string
	Mine               []string // reservations
}

// A step of the day.
type step struct {
	title string
	live  func(d *Day, ctx context.Context)
}

// Erasure is the title of the last step.
const Erasure = "One presses the erasure link"

var steps = []step{
	{"A business account opens", (*Day).opens},
	{"It proves its e-mail domain", (*Day).proves},
	{"Its buildings are loaded from one file, and changed by hand", (*Day).builds},
	{"Colleagues register", (*Day).register},
	{"One sees and changes what is kept of him", (*Day).changesOwnData},
	{"They find and reserve", (*Day).reserves},
	{"A building is given up in part", (*Day).rebuilds},
	{"They sit down", (*Day).sitsDown},
	{"They look for each other, and the emergency officer for everyone", (*Day).colleagues},
	{"A guest comes", (*Day).guests},
	{"Staff of the operator look, and a court wants to know", (*Day).staff},
	{"One asks for the overview", (*Day).overview},
	{"Mails arrive at the support address", (*Day).support},
	{"The day ends", (*Day).ends},
	{Erasure, (*Day).erases},
}

// Live lives the day from the opening of a business account to an erased person. Start is the instant at which the
// system's clock stands; the day is the first working day after it.
func (c *Client) Live(ctx context.Context, start time.Time) (*Day, error) {
	c.seen = map[string]bool{}
	d := &Day{Client: c, Codes: map[string][]string{}}
	for i, step := range steps {
		c.Say("\n%d. %s", i+1, step.title)
		if c.Before != nil {
			c.Before(step.title)
		}
		if step.live(d, ctx); c.err != nil {
			return d, fmt.Errorf("%s: %w", step.title, c.err)
		}
		if i == 0 {
			d.chooseDate(start)
		}
	}
	return d, nil
}

var amsterdam = func() *time.Location {
	zone, err := civil.LoadZone("Europe/Amsterdam")
	if err != nil {
		panic(err) // the zones are embedded
	}
	return zone.Location()
}()

func (d *Day) chooseDate(start time.Time) {
	day := start.In(amsterdam).AddDate(0, 0, 1)
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, 1)
	}
	d.Date = day.Format(time.DateOnly)
}

// at is an instant of the day in Amsterdam.
func (d *Day) at(clock string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", d.Date+" "+clock, amsterdam)
	if err != nil {
		d.fail("%w", err)
	}
	return at
}

type object = map[string]any

var digits = regexp.MustCompile(`\b[0-9]{4}( [0-9]{4})+\b`)

func (d *Day) code(ctx context.Context, email string) string {
	code := digits.FindString(d.mail(ctx, email).Text)
	d.Codes[email] = append(d.Codes[email], code)
	return code
}

func (d *Day) opens(ctx context.Context) {
	d.Version = d.call(ctx, 200, "", "GET", "/statement/version?language=en", nil).Text("version")
	opener := &Person{Name: "Ann de Boer", Email: "ann@" + Domain}
	request := object{
		"legal_name": "Acme B.V.", "addresses": []string{"Stationsplein 1, 3511 ED Utrecht"},
		"domains": []string{Domain},
		"invoice": object{"name": "Acme B.V., accounts payable", "address": "Postbus 12, 3500 AA Utrecht",
			"email": "invoices@" + Domain, "vat_number": "NL001234567B01"},
		"administrator": object{"name": opener.Name, "email": opener.Email, "language": "en"},
		"consent":       object{"version": d.Version, "agreed": false},
	}
	d.call(ctx, 403, "", "POST", "/business-accounts", request)
	request["consent"] = object{"version": d.Version, "agreed": true}
	opening := d.twice(ctx, 202, "POST", "/business-accounts", request).Text("opening")
	d.mail(ctx, opener.Email)
	opener.Token = d.twice(ctx, 201, "POST", "/business-accounts/"+opening+"/confirmation",
		object{"code": d.code(ctx, opener.Email)}).Text("token")
	d.People = []*Person{opener}
}

func (d *Day) admin() string { return d.People[0].Token }

func (d *Day) reserve(ctx context.Context, want int, p *Person, spot, from, to string) Answer {
	answer := d.call(ctx, want, p.Token, "POST", "/reservations",
		object{"spot": spot, "date": d.Date, "from": from, "to": to})
	if id := answer.Text("reservations.0.id"); id != "" {
		p.Mine = append(p.Mine, id)
	}
	return answer
}

func (d *Day) reserves(ctx context.Context) {
	d.call(ctx, 200, d.People[2].Token, "GET",
		"/floors/"+d.Floor+"/availability?date="+d.Date+"&from=09:00&to=17:00&type=desk", nil)
	for i, p := range d.People[1:] {
		d.reserve(ctx, 201, p, d.Desks[i], "09:00", "17:00")
	}
	d.Say("  …somebody else wants the same desk:")
	refusal := d.reserve(ctx, 409, d.People[0], d.Desks[0], "12:00", "13:00")
	d.reserve(ctx, 201, d.People[0], refusal.Text("free_instead.0.spot"), "09:00", "12:00")
	changed := d.call(ctx, 200, d.admin(), "PATCH", "/reservations/"+d.People[0].Mine[0], object{"to": "12:30"})
	d.call(ctx, 204, d.admin(), "DELETE", "/reservations/"+changed.Text("id"), nil)
	d.reserve(ctx, 201, d.People[0], d.Desks[5], "09:00", "17:00")
	for _, p := range d.People[:4] {
		d.call(ctx, 201, p.Token, "POST", "/reservations",
			object{"spot": d.annexDesk(ctx, p), "date": d.Date, "from": "18:00", "to": "19:00"})
	}
	d.reserve(ctx, 422, d.Erased, d.Desks[0], "17:00", "09:00")
	tomorrow := d.at("12:00").AddDate(0, 0, 7).Format(time.DateOnly)
	d.call(ctx, 201, d.Erased.Token, "POST", "/reservations",
		object{"spot": d.Desks[4], "date": tomorrow, "from": "09:00", "to": "17:00"})
	d.call(ctx, 200, d.Erased.Token, "GET", "/me/agenda", nil)
	d.call(ctx, 200, d.Erased.Token, "GET", "/me/today", nil)
	d.meets(ctx, d.People[2])
	d.subscribes(ctx, d.People[2])
	d.acts(ctx, d.People[2], d.People[1])
	d.assigns(ctx, d.People[2], d.People[1])
	d.groups(ctx, d.People[2], d.People[1])
	d.opensTheApp(ctx)
}

// acts lets somebody reserve and cancel for a colleague, who is told by mail (4.f.1).
func (d *Day) acts(ctx context.Context, p, delegate *Person) {
	id := func(of *Person) string { return of.Token[16:32] }
	d.call(ctx, 204, p.Token, "PUT", "/me/delegates/"+id(delegate), nil)
	theirs, next := "/colleagues/"+id(p)+"/reservations", d.at("12:00").AddDate(0, 0, 13).Format(time.DateOnly)
	made := d.call(ctx, 201, delegate.Token, "POST", theirs, object{"spot": d.Desks[1], "date": next, "from": "09:00",
		"to": "12:00"}).Text("reservations.0.id")
	d.call(ctx, 200, delegate.Token, "GET", theirs, nil)
	d.call(ctx, 200, p.Token, "GET", "/me/agenda", nil)
	d.call(ctx, 204, delegate.Token, "DELETE", theirs+"/"+made, nil)
	d.call(ctx, 200, delegate.Token, "GET", "/me/delegates", nil)
	d.call(ctx, 204, delegate.Token, "DELETE", "/me/principals/"+id(p), nil)
	d.call(ctx, 204, p.Token, "DELETE", "/me/delegates/"+id(delegate), nil)
}

// meets reserves the room for a meeting with a title that is shown at its door, and a desk for the weeks after
// (4.f.4).
func (d *Day) meets(ctx context.Context, p *Person) {
	d.Meeting = d.call(ctx, 201, p.Token, "POST", "/reservations", object{"spot": d.Room, "date": d.Date,
		"from": "17:00", "to": "18:00", "title": "Budget"}).Text("reservations.0.id")
	d.call(ctx, 204, p.Token, "PUT", "/reservations/"+d.Meeting+"/title", object{"title": "Budget 2027",
		"title_shown": true})
	door := d.call(ctx, 200, d.Erased.Token, "GET", "/spots/"+d.Room+"/day?date="+d.Date, nil)
	if door.Text("titles.0.title") != "Budget 2027" {
		d.fail("the room does not show what is going on: %s", door.Body)
	}
	next := d.at("12:00").AddDate(0, 0, 14).Format(time.DateOnly)
	d.call(ctx, 201, p.Token, "POST", "/reservations/repeated", object{"spot": d.Desks[1], "date": next,
		"from": "09:00", "to": "17:00", "repeat": "FREQ=WEEKLY;COUNT=3"})
}

// subscribes lets a calendar fetch somebody's reservations, which stops with the feed (4.f.5).
func (d *Day) subscribes(ctx context.Context, p *Person) {
	feed := d.call(ctx, 201, p.Token, "POST", "/me/calendar-feed", nil).Text("url")
	feed = feed[strings.Index(feed, "/calendars/"):]
	if file := d.call(ctx, 200, "", "GET", feed, nil); !strings.Contains(string(file.Body), "BEGIN:VEVENT") {
		d.fail("the calendar has no reservation: %s", file.Body)
	}
	d.call(ctx, 200, p.Token, "GET", "/me/calendar-feed", nil)
	d.call(ctx, 200, p.Token, "GET", "/reservations/"+d.Meeting+"/calendar", nil)
	d.call(ctx, 204, p.Token, "DELETE", "/me/calendar-feed", nil)
	if file := d.call(ctx, 200, "", "GET", feed, nil); strings.Contains(string(file.Body), "BEGIN:VEVENT") {
		d.fail("the calendar is not empty: %s", file.Body)
	}
}

// isReminded lets somebody want to be told of the next day, on the afternoon before.
func (d *Day) isReminded(ctx context.Context) {
	p := d.People[2]
	d.call(ctx, 200, p.Token, "PATCH", "/me", object{"reminders": true})
	tomorrow := string(civil.Date(d.Date).AddDays(1))
	id := d.call(ctx, 201, p.Token, "POST", "/reservations",
		object{"spot": d.Desks[1], "date": tomorrow, "from": "09:00",
			"to": "10:00"}).Text("reservations.0.id")
	d.move(ctx, d.at("16:01"))
	d.mailWhich(ctx, p.Email, func(mail letter) bool { return strings.Contains(mail.Text, "09:00") })
	d.call(ctx, 204, p.Token, "DELETE", "/reservations/"+id, nil)
}

// opensTheApp asks what the app's screens ask, of which nothing is a search but the look.
func (d *Day) opensTheApp(ctx context.Context) {
	p := d.People[2]
	d.call(ctx, 200, "", "GET", "/", nil)
	d.call(ctx, 200, p.Token, "GET", "/me/access", nil)
	d.call(ctx, 200, p.Token, "GET", "/me/today", nil)
	state := "/floors/" + d.Floor + "/state?date=" + d.Date
	d.call(ctx, 200, p.Token, "GET", state+"&look=true", nil)
	d.call(ctx, 200, p.Token, "GET", state, nil)
	d.call(ctx, 200, p.Token, "GET", "/spots/"+d.Desks[1]+"/day?date="+d.Date, nil)
	d.call(ctx, 200, d.People[0].Token, "DELETE", "/me/agenda?from=2027-01-01&to=2027-01-31", nil)
}

// annexDesk finds a desk of the annex that is free in the evening.
func (d *Day) annexDesk(ctx context.Context, p *Person) string {
	answer := d.quietly(ctx, p.Token, "/floors/"+d.AnnexFloor+"/availability?date="+d.Date+"&from=18:00&to=19:00")
	spots, _ := answer.Get("spots").([]any)
	for _, spot := range spots {
		if one, ok := spot.(object); ok && one["available"] == true {
			return fmt.Sprint(one["spot"])
		}
	}
	d.fail("no desk of the annex is free: %s", answer.Body)
	return ""
}

func (d *Day) ends(ctx context.Context) {
	d.call(ctx, 204, d.People[2].Token, "DELETE", "/reservations/"+d.Meeting, nil)
	d.isReminded(ctx)
	comesFree := d.isAwayLater(ctx, d.People[3])
	midnight := d.at("12:00").AddDate(0, 0, 1).Add(-12 * time.Hour)
	d.move(ctx, midnight.Add(time.Minute))
	statistics := "/locations/" + d.Office + "/statistics?from=" + d.Date + "&to=" + d.Date
	d.until("the day's counts are there", func() bool {
		return strings.Contains(string(d.quietly(ctx, d.admin(), statistics).Body), `"check_ins"`)
	})
	office := d.call(ctx, 200, d.admin(), "GET", statistics+"&by=floor", nil)
	annex := d.call(ctx, 200, d.admin(), "GET", "/locations/"+d.Annex+"/statistics?from="+d.Date+"&to="+d.Date, nil)
	d.counted(office, annex)
	comesFree()
	d.call(ctx, 200, d.Erased.Token, "GET", "/me/agenda", nil)
	d.call(ctx, 404, d.Erased.Token, "GET", "/reservations/"+d.Erased.Mine[0], nil)
}

// counted holds the day's figures against a count by hand. At the office six people were checked in: three by a
// sensor, two by hand, and one who walked up. Everything that would tell of her no-show, or of three or two, is left
// out. In the annex were four people, and of four nothing is kept (5.transactions).
func (d *Day) counted(office, annex Answer) {
	counts, _ := office.Get("days.0.places.0.counts").(map[string]any)
	if len(counts) != 1 || counts["check_ins"] != 6.0 {
		d.fail("the office's counts are %v", counts)
	}
	if opened, _ := office.Get("days.0.pages.colleagues").(float64); opened < float64(len(d.People)) {
		d.fail("the page that six people opened is not counted: %s", office.Body) // 11.cookies
	}
	if days, ok := annex.Get("days").([]any); !ok || len(days) != 0 {
		d.fail("figures about four people are kept: %s", annex.Body)
	}
}

func (d *Day) overview(ctx context.Context) {
	d.call(ctx, 202, d.Erased.Token, "POST", "/me/overview", nil)
	mail := d.mail(ctx, d.Erased.Email)
	lines := strings.Split(strings.TrimSpace(mail.Text), "\n")
	for i, line := range lines {
		switch {
		case i < 24 || i >= len(lines)-5:
			d.Say("         │ %s", short(line, 120))
		case i == 24:
			d.Say("         │ … %d lines more …", len(lines)-29)
		}
	}
	d.Link = regexp.MustCompile(`/erasure/[a-z2-7]+`).FindString(mail.Text)
	if d.Link == "" || !strings.Contains(mail.HTML, d.Link) || len(mail.Attachments) == 0 {
		d.fail("the overview lacks its link or its attachment")
	}
	d.call(ctx, 429, d.Erased.Token, "POST", "/me/overview", nil)
}

func (d *Day) erases(ctx context.Context) {
	d.Say("  …opening the link erases nothing:")
	d.call(ctx, 200, "", "GET", d.Link, nil)
	d.call(ctx, 200, d.Erased.Token, "GET", "/me", nil)
	d.post(ctx, d.Erased.Email, "", url.Values{"lost": {"true"}})
	d.Say("  …that mail waits, since the event of its arrival got lost; confirming erases it with all the rest:")
	d.send(ctx, 202, "", "POST", d.Link, "application/x-www-form-urlencoded", nil)
	d.until("the session is dead", func() bool { return d.quietly(ctx, d.Erased.Token, "/me").Status == 401 })
	time.Sleep(time.Second) // what waits at the support address goes next
	d.Say("  …the confirmation is the last mail, so it waits for what is under way:")
	d.passes(ctx, time.Minute)
	d.mail(ctx, d.Erased.Email)
	d.send(ctx, 404, "", "POST", d.Link, "application/x-www-form-urlencoded", nil)
	d.call(ctx, 200, d.admin(), "GET", "/business-account", nil)
}
