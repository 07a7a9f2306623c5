package year

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/proof/whole"
	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
)

type object = map[string]any

// A form is what a browser sends.
type form string

// A tenant is a customer with its office.
type tenant struct {
	zone     *time.Location
	business string
	domain   string
	location string
	floor    string
	desks    []string
	room     string
	sensors  []string
	people   []*person
	guests   []*person
	visitors []*person // all guests that there ever were
	legal    string    // registered name
	marks    []*mark   // art. 3
	ended    bool

	floorName *mark
	areas     []*area
	plans     map[string]bool // floors that have one
	displays  []*display
	depot     *depot
	depots    []*depot // all that there ever were
}

// A person is somebody with a session or a pass.
type person struct {
	business, id string
	email, token string
	ip           string
	values       map[string]*mark // by item of the profile
	marks        []*mark          // all that is about them
	reservations []*reservation
	guests       map[string]*person // by the id under which the inviter knows them
	colleagues   map[string]*mark   // favourites, by id
	loginName    *mark              // of the last login request
	photo        bool
	noDevice     bool           // objects to 4.d.5
	noLogin      bool           // objects to 4.e.2
	since        time.Time      // of the session
	sessions     []*mark        // all there were
	lastUse      string         // date in the account's zone (4.e.1)
	zone         *time.Location // the account's; nil of a guest or staff, of whose use nothing is recorded
	until        time.Time      // a guest's: when the pass ends
	sleeps       bool
	admin        bool
	outdated     bool // has not agreed to the statement in force
	refuses      bool // and never will
}

// A reservation is one that somebody holds.
type reservation struct {
	id, date string
	mark     *mark
	title    *mark // nil where it has none
}

func (s *simulation) marker() string {
	const alphabet = "abcdefghijklmnopqrstuvwxyz234567"
	s.issued++
	tail, n := []byte{}, s.issued
	for range 5 { // a number that is never given twice, and a random rest
		tail = append(tail, alphabet[n%32])
		n /= 32
	}
	for range markerLength - len(markerStart) - len(tail) {
		tail = append(tail, alphabet[s.rng.IntN(32)])
	}
	return markerStart + string(tail)
}

// value is a new text of somebody with a marker in it.
func (s *simulation) value(of *person, what, before, after string, held bool) *mark {
	marker := s.marker()
	return s.own(of, s.marks.note(&mark{what: what, text: before + marker + after, of: of, held: held}, marker))
}

func (s *simulation) own(of *person, m *mark) *mark {
	if of != nil {
		of.marks = append(of.marks, m)
	} else if s.building != nil {
		s.building.marks = append(s.building.marks, m)
	}
	return m
}

// never is a text that must be nowhere from the beginning.
func (s *simulation) never(what, before, after string) string {
	m := s.value(nil, what, before, after, false)
	m.gone = s.Clock.Now()
	return m.text
}

// number is a new mark that is known by itself: an id, a telephone number or an address.
func (s *simulation) number(of *person, what, text string, held, id bool) *mark {
	return s.own(of, s.marks.note(&mark{what: what, text: text, of: of, held: held, id: id}, text))
}

func (s *simulation) newIP() string {
	s.issued++
	return fmt.Sprintf("10.%d.%d.%d", 1+s.issued>>16, s.issued>>8&255, s.issued&255)
}

// ends says that a mark must be gone from now on, unless it had to be before.
func (s *simulation) ends(m *mark) {
	if m != nil && (m.gone.IsZero() || m.gone.After(s.Clock.Now())) {
		m.gone = s.Clock.Now()
	}
}

// goes says that all of a person must be gone from now on (7.erase).
func (s *simulation) goes(p *person) {
	for _, m := range p.marks {
		s.ends(m)
		m.spent = time.Time{}
	}
	s.figures.Erased++
}

// ask sends a request of somebody; what the service could not do is a failure of the simulation.
func (s *simulation) ask(what string, p *person, method, path string, body any) whole.Answer {
	s.t.Helper()
	s.issued++
	request := whole.Request{Method: method, Path: path, Body: body, IP: s.ipOf(p)}
	if method == "POST" {
		request.Key = fmt.Sprintf("a-key-of-the-year-%08d", s.issued)
	}
	if p != nil {
		request.Token = p.token
	}
	switch content := body.(type) {
	case []byte:
		request.Media = "image/png"
	case form:
		request.Body, request.Media = []byte(content), "application/x-www-form-urlencoded"
	}
	answer := s.Ask(request)
	require.Less(s.t, answer.Status, 500, "seed %d: %s: %s", s.options.Seed, what, answer.Body)
	if answer.Status < 300 {
		s.figures.Done[what]++
		if p != nil && p.zone != nil {
			p.lastUse = s.Clock.Now().In(p.zone).Format(time.DateOnly)
		}
	} else {
		s.figures.Refused[what]++
	}
	return answer
}

func (s *simulation) ipOf(p *person) string {
	if p == nil {
		return s.newIP()
	}
	return p.ip
}

func (s *simulation) somebody() *person {
	return &person{ip: s.newIP(), values: map[string]*mark{}, guests: map[string]*person{},
		colleagues: map[string]*mark{}}
}

// open opens a business account with an office.
func (s *simulation) open(zone string) {
	t := &tenant{zone: zoneOf(zone), plans: map[string]bool{}}
	s.building = t
	defer func() { s.building = nil }()
	admin := s.somebody()
	admin.admin = true
	t.domain = strings.ToLower(s.value(nil, "3.d domain", "", ".example", true).text)
	name, email := s.value(admin, "4.a.1 name", "Ann ", "", true),
		s.value(admin, "4.a.2 address", "ann.", "@"+t.domain, true)
	admin.values["name"], admin.values["email"], admin.email = name, email, email.text
	t.legal = s.value(nil, "3.a legal name", "", " B.V.", true).text
	answer := s.done("open", nil, "POST", "/business-accounts", object{"legal_name": t.legal,
		"addresses": []string{s.value(nil, "3.b address", "Straat ", " 1", true).text}, "domains": []string{t.domain},
		"invoice": object{"name": s.value(nil, "3.j invoice", "", "", true).text, "address": "Postbus 1",
			"email": "invoices@" + t.domain},
		"administrator": object{"name": name.text, "email": admin.email, "language": "en"}, "time_zone": zone,
		"consent": whole.Consent})
	opening := answer.Text("opening")
	ids, _, _ := enginetest.Keys[secret.Registrations].Unseal("opening", opening)
	t.business, admin.id = ids[:idLength], ids[idLength:]
	s.number(nil, "3 business account", t.business, true, true)
	s.signedIn(t, admin, s.done("confirm opening", admin, "POST", "/business-accounts/"+opening+"/confirmation",
		object{"code": s.Code(admin.email), "os": "iOS", "os_release": s.device(admin)}))
	require.NoError(s.t, s.Tables.ProveDomain(s.t.Context(), t.business, t.domain, ""))
	t.people, s.tenants = append(t.people, admin), append(s.tenants, t)
	s.build(t, admin)
	for len(t.people) < s.options.People {
		s.join(t)
	}
	t.people[1].sleeps = true
	s.figures.Registered++
}

func (s *simulation) done(what string, p *person, method, path string, body any) whole.Answer {
	s.t.Helper()
	answer := s.ask(what, p, method, path, body)
	require.Less(s.t, answer.Status, 300, "seed %d: %s: %s", s.options.Seed, what, answer.Body)
	return answer
}

func (s *simulation) build(t *tenant, admin *person) {
	named := func(what string) string { return s.value(nil, what, "", "", true).text }
	t.location = s.done("add location", admin, "POST", "/locations",
		object{"name": named("3.e location"), "address": named("3.b address"),
			"latitude": 52.1, "longitude": 5.1, "time_zone": t.zone.String(), "opens": "00:00", "closes": "24:00",
			"daily_quota": 20}).Text("id")
	t.floorName = s.named(t, "3.e floor")
	t.floor = s.done("add floor", admin, "POST", "/locations/"+t.location+"/floors",
		object{"name": t.floorName.text, "level": 1}).Text("id")
	t.room = s.done("add room", admin, "POST", "/floors/"+t.floor+"/spots",
		object{"name": named("3.e spot"), "category": "room", "type": "meeting_room", "x": 0.5, "y": 0.5}).Text("id")
	for i := range s.options.People {
		desk := s.done("add spot", admin, "POST", "/floors/"+t.floor+"/spots",
			object{"name": named("3.e spot"), "category": "workplace", "type": "desk", "x": 0.1, "y": 0.2}).Text("id")
		t.desks = append(t.desks, desk)
		if i%2 == 0 {
			sensor := "sensor-" + s.marker()
			require.NoError(s.t, building.Devices{Tables: s.Tables}.Allot(s.t.Context(), t.business,
				[]string{sensor}))
			s.done("tie sensor", admin, "PUT", "/spots/"+desk+"/sensors/"+sensor, object{"model": "own"})
			t.sensors = append(t.sensors, sensor)
		}
	}
}

// join registers somebody.
func (s *simulation) join(t *tenant) {
	p := s.somebody()
	p.values["name"], p.values["email"] = s.value(p, "4.a.1 name", "Pim ", "", true),
		s.value(p, "4.a.2 address", "pim.", "@"+t.domain, true)
	p.email = p.values["email"].text
	request := object{"name": p.values["name"].text, "email": p.email,
		"language": []string{"nl", "en"}[s.rng.IntN(2)], "consent": whole.Consent}
	if s.rng.IntN(3) == 0 { // the first code seemed lost
		s.ask("register", p, "POST", "/registrations", request)
	}
	answer := s.ask("register", p, "POST", "/registrations", request)
	if answer.Status >= 300 { // the first request may wait for its code still
		for _, m := range p.marks {
			m.gone, m.held = s.Clock.Now().Add(time.Hour), false
		}
		return
	}
	registration := answer.Text("registration")
	ids, _, _ := enginetest.Keys[secret.Registrations].Unseal("registration", registration)
	p.id = ids[idLength:]
	s.signedIn(t, p, s.done("confirm registration", p, "POST", "/registrations/"+registration+"/confirmation",
		object{"code": s.Code(p.email), "os": "Android", "os_release": s.device(p)}))
	t.people = append(t.people, p)
	s.figures.Registered++
}

// device is a new release of the person's operating system (4.d.5); the one before goes.
func (s *simulation) device(p *person) string {
	s.ends(p.values["os"])
	p.values["os"] = s.value(p, "4.d.5 release", "26.", "", true)
	if p.noDevice {
		s.ends(p.values["os"])
	}
	return p.values["os"].text
}

// signedIn takes over what a new session brings.
func (s *simulation) signedIn(t *tenant, p *person, answer whole.Answer) {
	p.token, p.business, p.zone = answer.Text("token"), t.business, t.zone
	p.since, p.lastUse = s.Clock.Now(), s.Clock.Now().In(t.zone).Format(time.DateOnly)
	if p.values["id"] == nil {
		p.values["id"] = s.number(p, "registration", p.id, true, true)
		p.values["ip"], p.loginName = s.number(p, "4.e.2 IP address", p.ip, false, false), p.values["email"]
		p.values["ip"].gone = p.since.Add(42 * 24 * time.Hour)
	}
	token := s.number(p, "s.session token", p.token[len(p.token)-idLength:], false,
		true) // of which its hash may be kept
	token.id, token.gone = false, s.Clock.Now()
	session := s.number(p, "s.session", secret.Hash(p.token)[:idLength], true, false)
	p.values["session"], session.gone = session, p.since.Add(30*24*time.Hour)
	p.sessions = append(p.sessions, session)
	if p.values["address"] == nil {
		s.address(p)
	}
}

// address is the hash under which a sign-in finds the registration (4.a.2).
func (s *simulation) address(p *person) {
	p.values["address"] = s.number(p, "4.a.2 address's hash",
		identity.Email(p.email).Entries(enginetest.Keys[secret.Addresses])[0][:idLength], true, false)
}

// signsIn makes a new session: what is kept of the last login request is that of this one (4.e.2).
func (s *simulation) signsIn(t *tenant, p *person) bool {
	ip := s.newIP()
	asked := s.ask("ask for a code", &person{ip: ip}, "POST", "/sign-ins", object{"email": p.email})
	if asked.Status >= 300 {
		return false
	}
	s.ends(p.values["ip"])
	if p.loginName != p.values["email"] {
		s.ends(p.loginName)
	}
	p.loginName = p.values["email"]
	p.ip, p.values["ip"] = ip, s.number(p, "4.e.2 IP address", ip, true, false)
	answer := s.done("sign in", &person{ip: p.ip}, "POST", "/sessions",
		object{"sign_in": asked.Text("sign_in"), "code": s.Code(p.email), "os": "iOS", "os_release": s.device(p)})
	p.values["ip"].gone = s.Clock.Now().Add(42 * 24 * time.Hour)
	s.signedIn(t, p, answer)
	if p.noLogin {
		s.noLogin(p)
	}
	return true
}

func pick[T any](s *simulation, of []T) T { return of[s.rng.IntN(len(of))] }

var reservationIDs = regexp.MustCompile(`"id":"([0-9]{8})-[a-z2-7]{16}-([a-z2-7]{16})"`)

// holds takes over the reservations of an answer.
func (s *simulation) holds(zone *time.Location, p *person, answer whole.Answer) {
	for _, found := range reservationIDs.FindAllStringSubmatch(answer.Body, -1) {
		date := found[1][:4] + "-" + found[1][4:6] + "-" + found[1][6:]
		m := s.number(p, "4.d.2 reservation", found[2], true, false)
		m.gone, m.spent = endOf(date, zone), endOf(date, zone).Add(minute)
		p.reservations = append(p.reservations, &reservation{found[0][6 : len(found[0])-1], date, m, nil})
	}
	now := s.Clock.Now()
	p.reservations = slices.DeleteFunc(p.reservations, func(r *reservation) bool { return !now.Before(r.mark.gone) })
}

// one is a reservation of somebody, of a date or of any.
func (s *simulation) one(p *person, date string) *reservation {
	for _, r := range p.reservations {
		if (date == "" || r.date == date) && s.Clock.Now().Before(r.mark.gone) {
			return r
		}
	}
	return nil
}

// invited takes over who was invited, from the answer and the mail with the pass.
func (s *simulation) invited(t *tenant, host, guest *person, email, last string, answer whole.Answer) {
	sent := s.Post.To(email)
	require.NotEmpty(s.t, sent, "the pass was mailed")
	guest.token, guest.email = passes.FindString(sent[len(sent)-1].Text), email
	guest.business = t.business
	guest.id, guest.until = guest.token[1+idLength:1+2*idLength], endOf(last, t.zone)
	guest.values["id"] = s.number(guest, "guest", guest.id, true, true)
	for _, m := range guest.marks {
		m.gone = guest.until.Add(42 * 24 * time.Hour) // 4.d.3
	}
	host.guests[answer.Text("id")] = guest
	t.guests, t.visitors = append(t.guests, guest), append(t.visitors, guest)
	s.figures.Guests++
}

var passes = regexp.MustCompile(`\bg[a-z2-7]{64}\b`)
