package year

import (
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/whole"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/passkey"
	"github.com/iotspot/iotspot/shared/passkey/passkeytest"
	"github.com/iotspot/iotspot/shared/staff"
)

// A depot is a second location, that comes, moves to other zones, and goes.
type depot struct {
	location, floor string
	desks           []string
	zones           []*time.Location // that it ever had, the present one last
	marks           []*mark
	reserved        []*reservation // what is reserved there
}

// zone is the present one.
func (d *depot) zone() *time.Location { return d.zones[len(d.zones)-1] }

// span is when a date begins and ends there, in whichever of its zones that is first and last.
func (d *depot) span(date string) (from, until time.Time) {
	from, until = startOf(date, d.zone()), endOf(date, d.zone())
	for _, zone := range d.zones {
		if start := startOf(date, zone); start.Before(from) {
			from = start
		}
		if end := endOf(date, zone); end.After(until) {
			until = end
		}
	}
	return from, until
}

// empties says what must be gone when all that is reserved there is cancelled. What is over, or may be, belongs to
// its day and goes with that (4.d.2).
func (d *depot) empties(s *simulation) {
	now := s.Clock.Now()
	for _, r := range d.reserved {
		if !now.Before(r.mark.gone) {
			continue
		}
		from, until := d.span(r.date)
		if now.Before(from) {
			s.ends(r.mark)
		} else {
			r.mark.gone, r.mark.held = until, false
		}
		r.mark.spent = until.Add(minute)
	}
}

// depots lets the office open a second building, or give up the one it has with all that is reserved in it (3.b).
// What was reserved there and is over stays until the day ends (4.d.2).
func (s *simulation) depots(t *tenant, _ *person, _ string) {
	admin := t.people[0]
	if t.depot == nil {
		s.openDepot(t, admin)
		return
	}
	if s.done("give up a building", admin, "DELETE", "/locations/"+t.depot.location+"?on_reservations=cancel",
		nil).Status == 204 {
		t.depot.empties(s)
		for _, m := range t.depot.marks {
			s.ends(m)
			if m.what == "3.e spot" { // the day has its name
				for _, zone := range t.depot.zones {
					if _, until := t.depot.span(s.Clock.Now().In(zone).Format(time.DateOnly)); until.After(m.gone) {
						m.gone, m.held = until, false
					}
				}
			}
		}
		delete(t.plans, t.depot.floor)
		t.depot = nil
		s.deliver()
	}
}

// shifts gives the second building another zone, with all that is reserved there cancelled.
func (s *simulation) shifts(t *tenant, _ *person, _ string) {
	if t.depot == nil {
		return
	}
	zone := zoneOf(pick(s, zones))
	path := "/locations/" + t.depot.location + "?on_reservations=cancel"
	if s.ask("move a building to another zone", t.people[0], "PATCH", path,
		object{"time_zone": zone.String()}).Status == 200 && zone.String() != t.depot.zone().String() {
		t.depot.zones = append(t.depot.zones, zone)
		t.depot.empties(s)
		s.deliver()
	}
}

func (s *simulation) openDepot(t *tenant, admin *person) {
	d := &depot{zones: []*time.Location{t.zone}}
	named := func(what string) string {
		m := s.value(nil, what, "Depot ", "", true)
		d.marks, t.marks = append(d.marks, m), append(t.marks, m)
		return m.text
	}
	d.location = s.done("add a location", admin, "POST", "/locations",
		object{"name": named("3.e location"), "address": named("3.b address"),
			"latitude": 52.1, "longitude": 5.1, "time_zone": t.zone.String(), "opens": "00:00", "closes": "24:00",
			"daily_quota": 20}).Text("id")
	d.floor = s.done("add a floor", admin, "POST", "/locations/"+d.location+"/floors",
		object{"name": named("3.e floor"), "level": 1}).Text("id")
	for range 2 {
		d.desks = append(d.desks, s.done("add a spot", admin, "POST", "/floors/"+d.floor+"/spots",
			object{"name": named("3.e spot"), "category": "workplace", "type": "desk", "x": 0.1,
				"y": 0.2}).Text("id"))
	}
	s.redraws(t, d.floor)
	t.depot, t.depots = d, append(t.depots, d)
}

// reserveThere reserves in the second building.
func (s *simulation) reserveThere(t *tenant, p *person, date string) {
	if t.depot == nil {
		return
	}
	had := len(p.marks)
	answer := s.ask("reserve elsewhere", p, "POST", "/reservations",
		object{"spot": pick(s, t.depot.desks), "date": s.later(date, 6), "from": "13:00", "to": "15:00"})
	if answer.Status == 201 {
		s.holds(t.depot.zone(), p, answer)
		t.depot.reserved = append(t.depot.reserved, p.reservations[len(p.reservations)-(len(p.marks)-had):]...)
	}
}

// searchesThere looks around in the second building, which may be given up before the day ends (5.transactions).
func (s *simulation) searchesThere(t *tenant, p *person, date string) {
	if t.depot != nil {
		s.ask("look for a spot elsewhere", p, "GET", "/floors/"+t.depot.floor+"/availability?date="+date, nil)
		s.ask("open a page elsewhere", p, "GET", "/usage/start?location="+t.depot.location, nil)
	}
}

// openPage counts an opened page (11.cookies).
func (s *simulation) openPage(t *tenant, p *person, _ string) {
	s.ask("open a page", p, "GET", "/usage/"+pick(s, []string{"start", "find", "agenda"}), nil)
}

// staffAddress is that of the member of staff who looks.
const staffAddress = "sam@operator.example"

// hire lets a member of staff look and disclose, with a passkey that they make on their first day.
func (s *simulation) hire() {
	today := civil.DateOf(s.Clock.Now(), civil.UTC)
	registrar := staff.Registrar{Tables: s.Tables, Now: s.Clock.Now}
	var enrolment string
	for _, order := range []staff.Order{{Do: "add", Name: "Sam", Language: "en"},
		{Do: "agree", Document: "1", On: today, Until: today.AddDays(3 * 365), By: "the operator"},
		{Do: "let-disclose"}, {Do: "let-enrol"}} {
		order.Email = staffAddress
		var err error
		enrolment, err = registrar.Carry(s.t.Context(), order)
		require.NoError(s.t, err)
	}
	sam := &person{ip: s.newIP()}
	asked := s.done("ask to enrol as staff", sam, "POST", "/staff/sign-ins", object{"email": staffAddress})
	s.passkey = passkeytest.Of(whole.PublicURL)
	sam.token = s.done("enrol as staff", sam, "POST", "/staff/enrolments",
		object{"sign_in": asked.Text("sign_in"), "code": s.Code(staffAddress), "enrolment": enrolment,
			"passkey": s.passkey.Make(passkey.Of(asked.Text("sign_in")))}).Text("token")
	s.ask("sign out as staff", sam, "DELETE", "/staff/session", nil)
}

// staffLooks lets staff look at somebody, for a reason that the person can read for 52 weeks (6.confidential).
func (s *simulation) staffLooks(t *tenant, p *person, _ string) {
	reason := s.value(p, "6.confidential reason", "asked by phone about ", "", true)
	reason.gone = s.Clock.Now().Add(364 * 24 * time.Hour)
	looked := false
	s.asStaff(func(sam *person) {
		looked = s.ask("look as staff", sam, "POST", "/staff/looks",
			object{"email": p.email, "kinds": []string{"4.d.2"}, "reason": reason.text}).Status == 201
	})
	if !looked {
		s.ends(reason)
	}
}

// corrects lets somebody remove what was recorded of them by itself (7.rectify).
func (s *simulation) corrects(t *tenant, p *person, _ string) {
	record := pick(s, []string{"device", "last-login", "last-use", "searches", "codes", "new-address", "links"})
	if s.ask("remove a record", p, "DELETE", "/me/records/"+record, nil).Status != 204 {
		return
	}
	switch record {
	case "device":
		s.ends(p.values["os"])
	case "last-login":
		s.noLogin(p)
	}
}

// retracts takes back what is recorded of being at a spot.
func (s *simulation) retracts(t *tenant, p *person, date string) {
	r := s.one(p, date)
	if r == nil || s.ask("take presence back", p, "DELETE", "/reservations/"+r.id+"/presence", nil).Status != 204 {
		return
	}
	if s.ask("look at a reservation", p, "GET", "/reservations/"+r.id, nil).Status == 404 {
		s.ends(r.mark)
	}
}
