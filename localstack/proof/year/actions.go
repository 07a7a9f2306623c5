package year

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/ses"
	"github.com/iotspot/iotspot/localstack/proof/whole"
	"github.com/iotspot/iotspot/shared/catalog"
)

// An action is something that people do, as often as its weight says.
type action struct {
	weight int
	do     func(s *simulation, t *tenant, p *person, date string)
}

var actions = []action{
	{20, (*simulation).reserve}, {4, (*simulation).repeat}, {3, (*simulation).meets}, {4, (*simulation).cancel},
	{4, (*simulation).change},
	{12, (*simulation).checkIn},
	{4, (*simulation).release},
	{6, (*simulation).walkUp}, {8, (*simulation).sense}, {6, (*simulation).searchSpots},
	{4, (*simulation).searchColleagues},
	{8, (*simulation).changeItem}, {3, (*simulation).changePhoto}, {3, (*simulation).shield},
	{4, (*simulation).favourites},
	{4, (*simulation).invite}, {8, (*simulation).guestActs}, {2, (*simulation).endGuest},
	{3, (*simulation).overview}, {2, (*simulation).writeToSupport}, {2, (*simulation).leave},
	{2, (*simulation).registersTwice}, {2, (*simulation).strangers},
	{2, (*simulation).move}, {2, (*simulation).signsOut}, {1, (*simulation).depots}, {1, (*simulation).shifts},
	{4, (*simulation).reserveThere}, {4, (*simulation).searchesThere}, {4, (*simulation).openPage},
	{1, (*simulation).bounces}, {1, (*simulation).staffLooks}, {2, (*simulation).discloses},
	{3, (*simulation).rearranges}, {2, (*simulation).invitesAgain}, {2, (*simulation).replacesPass},
	{3, (*simulation).corrects}, {2, (*simulation).retracts},
	{1, (*simulation).rules}, {2, (*simulation).outage}, {2, (*simulation).subscribes}, {2, (*simulation).acts},
	{2, (*simulation).assigns}, {1, (*simulation).groups}, {4, (*simulation).comes},
	{3, (*simulation).waits}, {3, (*simulation).petitions}, {9, (*simulation).shows},
}

var weights = func() (sum int) {
	for _, a := range actions {
		sum += a.weight
	}
	return sum
}()

// act lets somebody of a tenant do something.
func (s *simulation) act(t *tenant, date, _ string) {
	awake := slices.DeleteFunc(slices.Clone(t.people), func(p *person) bool { return p.sleeps })
	n := s.rng.IntN(weights)
	for _, a := range actions {
		if n -= a.weight; n < 0 {
			p := pick(s, awake)
			switch {
			case !s.awake(t, p) || !s.awake(t, t.people[0]) || !s.agrees(t.people[0]):
			case s.agrees(p):
				a.do(s, t, p, date)
			default:
				s.declines(t, p, date)
			}
			break
		}
	}
	for len(t.people) < s.options.People {
		s.join(t)
	}
}

// anyOf is one of the keys, "" where there is none.
func anyOf[T any](s *simulation, of map[string]T) string {
	if len(of) == 0 {
		return ""
	}
	return pick(s, slices.Sorted(maps.Keys(of)))
}

// awake tells whether somebody has a session, and begins another when the one there was is about to end.
func (s *simulation) awake(t *tenant, p *person) bool {
	return s.Clock.Now().Sub(p.since) < 29*24*time.Hour || s.signsIn(t, p)
}

func (s *simulation) later(date string, most int) string {
	day, err := time.Parse(time.DateOnly, date)
	require.NoError(s.t, err)
	return day.AddDate(0, 0, s.rng.IntN(most+1)).Format(time.DateOnly)
}

func (s *simulation) reserve(t *tenant, p *person, date string) {
	from := s.rng.IntN(20)
	body := object{"spot": pick(s, t.desks), "date": s.later(date, 6), "from": fmt.Sprintf("%02d:00", from),
		"to": fmt.Sprintf("%02d:30", from+1+s.rng.IntN(3))}
	if s.rng.IntN(12) == 0 { // over midnight: two, one a day (4.d.4)
		next, err := time.Parse(time.DateOnly, body["date"].(string))
		require.NoError(s.t, err)
		body["from"], body["to"], body["until_date"] = "22:00", "02:00", next.AddDate(0, 0, 1).Format(time.DateOnly)
	}
	if answer := s.ask("reserve", p, "POST", "/reservations", body); answer.Status == 201 {
		s.holds(t.zone, p, answer)
	}
}

// repeat reserves again and again: all of it, or what can be had.
func (s *simulation) repeat(t *tenant, p *person, date string) {
	body := object{"spot": pick(s, t.desks), "date": s.later(date, 3), "from": "05:00", "to": "06:30",
		"repeat": pick(s, []string{"FREQ=DAILY;COUNT=4", "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3",
			"FREQ=DAILY;INTERVAL=2;COUNT=3"}),
		"partly": s.rng.IntN(2) == 0}
	if answer := s.ask("repeat", p, "POST", "/reservations/repeated", body); answer.Status == 201 {
		s.holds(t.zone, p, answer)
	}
}

// meets reserves the room with a title, which is the organiser's alone or is shown at the room (4.f.4).
func (s *simulation) meets(t *tenant, p *person, date string) {
	title, hour := s.marker(), s.rng.IntN(22)
	answer := s.ask("meet", p, "POST", "/reservations", object{"spot": t.room, "date": s.later(date, 6),
		"from": fmt.Sprintf("%02d:00", hour), "to": fmt.Sprintf("%02d:00", hour+1), "title": "About " + title,
		"title_shown": s.rng.IntN(2) == 0})
	if answer.Status == 201 {
		s.holds(t.zone, p, answer)
		r := p.reservations[len(p.reservations)-1]
		r.title = s.own(p, s.marks.note(&mark{what: "4.f.4 title", text: "About " + title, of: p, held: true,
			gone: r.mark.gone}, title))
	}
}

func (s *simulation) cancel(t *tenant, p *person, _ string) {
	if r := s.one(p, ""); r != nil && s.ask("cancel", p, "DELETE", "/reservations/"+r.id, nil).Status == 204 {
		s.ends(r.mark)
		s.ends(r.title)
	}
}

func (s *simulation) change(t *tenant, p *person, _ string) {
	if r := s.one(p, ""); r != nil {
		if s.ask("change", p, "PATCH", "/reservations/"+r.id, object{"spot": pick(s, t.desks)}).Status == 200 {
			s.ends(r.title) // a workplace has none
		}
	}
}

func (s *simulation) checkIn(t *tenant, p *person, date string) {
	if r := s.one(p, date); r != nil {
		s.ask("check in", p, "POST", "/reservations/"+r.id+"/check-in", nil)
	}
}

func (s *simulation) release(t *tenant, p *person, date string) {
	if r := s.one(p, date); r != nil {
		s.ask("release", p, "POST", "/reservations/"+r.id+"/release", nil)
	}
}

func (s *simulation) walkUp(t *tenant, p *person, _ string) {
	until := s.Clock.Now().In(t.zone).Add(90 * time.Minute)
	if until.Day() != s.Clock.Now().In(t.zone).Day() {
		return
	}
	if answer := s.ask("walk up", p, "POST", "/spots/"+pick(s, t.desks)+"/walk-up",
		object{"until": until.Format("15") + ":00"}); answer.Status == 201 {
		s.holds(t.zone, p, answer)
	}
}

// sense lets a sensor speak, now and then of another day.
func (s *simulation) sense(t *tenant, _ *person, _ string) {
	said := s.Clock.Now()
	if s.rng.IntN(10) == 0 {
		said = said.Add(-30 * time.Hour)
	}
	s.issued++
	payload := fmt.Sprintf(`{"occupied":%t,"at":%q,"seq":%d}`, s.rng.IntN(2) == 0, said.Format(time.RFC3339),
		s.issued)
	if s.rng.IntN(12) == 0 {
		payload = "what no sensor says"
	}
	body, err := json.Marshal(events.Delivery{Topic: "iotspot/" + pick(s, t.sensors) + "/reading",
		Received: s.Clock.Now().UnixMilli(), Payload: []byte(payload)})
	require.NoError(s.t, err)
	s.readings.Send(string(body))
	if s.rng.IntN(10) == 0 { // the database is not to be reached
		s.Faults.Arm(1, false, false)
	}
	s.hear()
	s.Faults.Arm(0, false, false)
	s.figures.Done["sense"]++
}

func (s *simulation) searchSpots(t *tenant, p *person, date string) {
	s.ask("look for a spot", p, "GET", "/floors/"+t.floor+"/availability?date="+date, nil)
}

func (s *simulation) searchColleagues(t *tenant, p *person, _ string) {
	s.ask("look for a colleague", p, "GET", "/colleagues?name="+s.never("5 search", "", ""), nil)
}

// overview asks for the overview by mail, and holds it against what is known of the person.
func (s *simulation) overview(t *tenant, p *person, _ string) {
	if s.ask("ask for the overview", p, "POST", "/me/overview", nil).Status != 202 {
		return
	}
	s.deliver()
	s.complete(p)
}

// untold is what the overview shows in other words, or of which it shows that it is there alone.
var untold = map[string]bool{"registration": true, "4.d.2 reservation": true, "s.session": true,
	"4.a.2 address's hash": true}

// complete holds that the newest mail to somebody tells of every value of theirs that is kept (7.overview).
func (s *simulation) complete(p *person) {
	sent := s.Post.To(p.email)
	require.NotEmpty(s.t, sent, "the overview was mailed")
	message := sent[len(sent)-1]
	s.figures.Overviews++
	for _, m := range p.marks {
		if m.hidden.After(s.Clock.Now()) {
			if strings.Contains(message.Text+message.HTML+string(message.Attachments[0].Body), m.text) {
				s.found("the overview tells of %s, which the law forbids until %s", m, m.hidden)
			}
			continue
		}
		shown := m.held && (m.gone.IsZero() || s.Clock.Now().Before(m.gone)) && !untold[m.what]
		if shown && !(strings.Contains(message.Text, m.text) && strings.Contains(message.HTML, m.text) &&
			bytes.Contains(message.Attachments[0].Body, []byte(m.text))) {
			s.found("the overview leaves out %s", m)
		}
	}
}

// writeToSupport sends a mail to the support address, now and then a forged one or in another's name.
func (s *simulation) writeToSupport(t *tenant, p *person, _ string) {
	said := s.value(nil, "s.mail text", "I am ", "", false)
	said.gone = s.Clock.Now().Add(10 * time.Minute) // at the latest; when it is handled at once, now
	raw := fmt.Sprintf("From: %s\r\nTo: %s\r\nSubject: hello\r\n\r\n%s\r\n",
		p.email, whole.SupportAddress, said.text)
	mail := ses.Incoming{Raw: []byte(raw), Envelope: p.email, Recipient: whole.SupportAddress,
		Forged: s.rng.IntN(4) == 0}
	s.issued++
	id := fmt.Sprintf("mail%08d", s.issued)
	content := mail.Stored(id, s.Clock.Now())
	body, size := bytes.NewReader(content), int64(len(content))
	_, err := s.Buckets.PutObject(string(catalog.Received), id, nil, body, size, nil)
	require.NoError(s.t, err)
	s.figures.Done["write to support"]++
	if s.rng.IntN(5) > 0 { // otherwise the event of its arrival is lost
		s.must(func(ctx context.Context) error { return s.SupportMail().Receive(ctx, id) })
		s.ends(said)
	}
	before := len(s.Post.To(p.email))
	if s.deliver(); len(s.Post.To(p.email)) > before {
		s.complete(p)
	}
}

// leave lets somebody erase everything, in the app or with the link of a new overview.
func (s *simulation) leave(t *tenant, p *person, _ string) {
	if p.admin {
		return
	}
	answer := whole.Answer{}
	if s.rng.IntN(2) == 0 {
		answer = s.ask("erase in the app", p, "POST", "/me/erasure", object{"confirm": true})
	} else if s.ask("ask for the overview", p, "POST", "/me/overview", nil).Status == 202 {
		s.deliver()
		sent := s.Post.To(p.email)
		link := links.FindString(sent[len(sent)-1].Text)
		s.done("open the link", nil, "GET", link, nil)
		answer = s.ask("confirm the erasure", nil, "POST", link, form(""))
	}
	if answer.Status != 202 {
		return
	}
	s.goes(p)
	t.people = slices.DeleteFunc(t.people, func(other *person) bool { return other == p })
}

// registersTwice lets somebody ask to register twice, as after a code that seemed lost, confirm one, and leave before
// the other is over.
func (s *simulation) registersTwice(t *tenant, _ *person, date string) {
	had := len(t.people)
	s.join(t)
	if len(t.people) == had {
		return
	}
	p := t.people[had]
	for range 2 {
		s.ask("register twice", p, "POST", "/registrations",
			object{"name": p.values["name"].text, "email": p.email, "language": "nl", "consent": whole.Consent})
	}
	s.leave(t, p, date)
}

var links = regexp.MustCompile(`/erasure/[a-z2-7]+`)

// strangers try things that must leave nothing behind.
func (s *simulation) strangers(t *tenant, _ *person, _ string) {
	unknown := s.never("4.e.2 unknown login name", "who.", "@"+t.domain)
	outside := &person{ip: s.newIP()}
	s.ends(s.number(nil, "an IP address of nobody", outside.ip, false, false))
	s.ask("sign in as nobody", outside, "POST", "/sign-ins", object{"email": unknown})
	s.ask("register without consent", outside, "POST", "/registrations",
		object{"name": s.never("2.consent name", "Eve ", ""),
			"email": s.never("2.consent address", "eve.", "@"+t.domain), "language": "nl",
			"consent": object{"version": whole.Consent["version"], "agreed": false}})
	name, email := s.value(nil, "s.registration name", "Max ", "", false),
		s.value(nil, "s.registration address", "max.", "@"+t.domain, false)
	name.gone, email.gone = s.Clock.Now().Add(time.Hour), s.Clock.Now().Add(time.Hour)
	s.ask("register and not confirm", outside, "POST", "/registrations",
		object{"name": name.text, "email": email.text, "language": "nl", "consent": whole.Consent})
}

// move changes the address, or asks for another one and leaves it at that.
func (s *simulation) move(t *tenant, p *person, _ string) {
	if slices.Contains(s.suppressed, p.email) {
		return
	}
	m := s.value(p, "4.a.2 address", "moved.", "@"+t.domain, false)
	m.gone = s.Clock.Now().Add(time.Hour)
	if s.ask("ask for another address", p, "POST", "/me/email", object{"email": m.text}).Status != 202 ||
		s.rng.IntN(2) == 0 {
		return
	}
	if s.ask("confirm the address", p, "POST", "/me/email/confirmation",
		object{"email": m.text, "code": s.Code(m.text)}).Status == 204 {
		if old := p.values["email"]; old == p.loginName { // the login name of the last login stays with it (4.e.2)
			old.gone, old.held = p.since.Add(42*24*time.Hour), false
		} else {
			s.ends(old)
		}
		for _, session := range p.sessions { // somebody else may sit at the old mailbox
			if session != p.values["session"] {
				s.ends(session)
			}
		}
		m.gone, m.held = time.Time{}, true
		p.values["email"], p.email = m, m.text
		s.ends(p.values["address"])
		s.address(p)
	}
}

// signsOut ends the session and begins another from elsewhere.
func (s *simulation) signsOut(t *tenant, p *person, _ string) {
	if s.ask("sign out", p, "DELETE", "/session", nil).Status == 204 {
		s.ends(p.values["session"])
	}
	s.signsIn(t, p)
}
