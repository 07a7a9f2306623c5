package whole_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/proof/whole"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// A scene is two customers, callers of every role at one of them, and for each kind of id one of every relation to
// them.
type scene struct {
	w            *whole.World
	acme, globex *whole.Customer
	tokens       map[rune]string
	dead         map[string]string // tokens that open nothing, by why
	earlier      map[rune]string   // of those who consented to an earlier version of the statement
	shapes       []string          // of the calls behind the last request
	keys         int               // that were used as Idempotency-Key
	ids          map[string]string // "spot foreign" → id; "reservation own u" where each caller has one
}

const never = "aaaaaaaaaaaaaaaa"

// targets are the relations, the one that never was last.
var targets = []string{"own", "elsewhere", "colleague", "foreign", "removed", "expired", "never"}

// id is what a caller names; "" where there is no such thing.
func (s *scene) id(who rune, ref, target string) string {
	if own, ok := s.ids[ref+" "+target+" "+string(who)]; ok {
		return own
	}
	return s.ids[ref+" "+target]
}

// stage builds it: first what is long past, then what is of today. It is Monday morning at the end.
func stage(t *testing.T) *scene {
	t.Helper()
	s := &scene{w: whole.New(t, time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)), tokens: map[rune]string{},
		dead: map[string]string{}, earlier: map[rune]string{}, ids: map[string]string{}}
	s.acme, s.globex = s.w.NewCustomer(t, "acme.example"), s.w.NewCustomer(t, "globex.example")
	people := map[rune]whole.Person{'a': s.acme.Admin, 'm': s.acme.Join(t, "mia"), 'u': s.acme.Join(t, "bram")}
	chen, dave, hank := s.acme.Join(t, "chen"), s.acme.Join(t, "dave"), s.globex.Join(t, "hank")
	s.done(t, people['a'].Token, "PUT", "/business-account/roles",
		object{"email": people['m'].Email, "role": "manager"})
	s.dead["expired"] = people['u'].Token
	s.ids["guest expired"] = s.invites(t, people['u'], "old@visitor.example", "2026-09-01", "2026-09-02")
	s.dead["a pass whose time is over"] = pass.FindString(s.w.Post.Last(t, "old@visitor.example").Text)
	s.ids["link expired"] = s.link(t, chen)

	s.w.Clock.Set(time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)) // Friday
	for letter, who := range people {
		people[letter] = s.signIn(t, who)
		s.tokens[letter] = people[letter].Token
	}
	s.acme.Admin, s.globex.Admin = people['a'], s.signIn(t, s.globex.Admin)
	chen, dave, hank = s.signIn(t, chen), s.signIn(t, dave), s.signIn(t, hank)
	s.dead["of staff, and expired"] = hired(t, s.w)
	s.ids["reservation expired u"] = s.acme.Holds(t, people['u'], s.acme.Desks[0], "2026-11-20", "10:00", "11:00")
	s.w.Clock.Set(time.Date(2026, 11, 23, 0, 30, 0, 0, time.UTC))
	for range 12 { // the days since September
		require.NoError(t, s.w.CloseDays(t.Context()))
		s.w.Clock.Move(time.Minute)
	}

	s.w.Clock.Set(morning)
	s.people(t, people, chen, dave, hank)
	s.buildings(t)
	s.personal(t, people, chen, hank)
	s.displays(t)
	for _, token := range s.tokens { // the day's first use is written once
		s.w.Ask(whole.Request{Token: token, Method: "GET", Path: "/me/overview"})
	}
	return s
}

func (s *scene) done(t *testing.T, token, method, path string, body any) whole.Answer {
	t.Helper()
	return s.w.Done(t, whole.Request{Token: token, Method: method, Path: path, Body: body, Key: s.key()})
}

func (s *scene) key() string {
	s.keys++
	return fmt.Sprintf("key-of-scene-%d", s.keys)
}

func (s *scene) signIn(t *testing.T, who whole.Person) whole.Person {
	t.Helper()
	asked := s.done(t, "", "POST", "/sign-ins", object{"email": who.Email})
	who.Token = s.done(t, "", "POST", "/sessions", object{"sign_in": asked.Text("sign_in"),
		"code": s.w.Code(who.Email),
		"os":   "iOS", "os_release": "26.1"}).Text("token")
	return who
}

func (s *scene) invites(t *testing.T, who whole.Person, email, first, last string) string {
	t.Helper()
	return s.w.Done(t, whole.Request{Token: who.Token, Method: "POST", Path: "/guests", Key: "inviting-" +
		email[:3], Body: object{"name": "Gus Visitor",
		"email": email, "language": "en", "location": s.acme.Location, "first": first, "last": last}}).Text("id")
}

func (s *scene) link(t *testing.T, who whole.Person) string {
	t.Helper()
	s.done(t, who.Token, "POST", "/me/overview", nil)
	require.NoError(t, s.w.Deliver())
	link := regexp.MustCompile(`/erasure/([a-z2-7]{64})`).FindStringSubmatch(s.w.Post.Last(t, who.Email).Text)
	require.NotNil(t, link)
	return link[1]
}

// question is the link of a mail that asks somebody whether they come.
func (s *scene) question(t *testing.T, who whole.Person) string {
	t.Helper()
	s.acme.Holds(t, who, s.acme.AddRoom(t, s.acme.Office, "Room of a question"), "2026-11-23", "09:00", "12:00")
	s.w.Clock.Move(11 * time.Minute)
	require.NoError(t, s.w.NoShow(t.Context()))
	require.NoError(t, s.w.Deliver())
	s.w.Clock.Set(morning)
	_, link, asked := strings.Cut(s.w.Post.Last(t, who.Email).Do.URL, "/coming/")
	require.True(t, asked)
	return link
}

var pass = regexp.MustCompile(`\bg[a-z2-7]{64}\b`)

// people: the guests, and those whose tokens open nothing any more.
func (s *scene) people(t *testing.T, people map[rune]whole.Person, chen, dave, hank whole.Person) {
	t.Helper()
	consent := object{"version": privacy.StatementVersion, "agreed": true, "language": "en"}
	s.invites(t, people['u'], "gus@visitor.example", "2026-11-23", "2026-11-27")
	s.tokens['g'] = pass.FindString(s.w.Post.Last(t, "gus@visitor.example").Text)
	s.done(t, s.tokens['g'], "POST", "/me/consents", consent)
	s.invites(t, people['u'], "ivy@visitor.example", "2026-12-01", "2026-12-03")
	s.tokens['i'] = pass.FindString(s.w.Post.Last(t, "ivy@visitor.example").Text)

	s.invites(t, people['u'], "eli@visitor.example", "2026-11-23", "2026-11-27")
	s.earlier['g'] = pass.FindString(s.w.Post.Last(t, "eli@visitor.example").Text)
	s.done(t, s.earlier['g'], "POST", "/me/consents", consent)
	ended := s.invites(t, people['u'], "eve@visitor.example", "2026-11-23", "2026-11-27")
	s.dead["a pass that was ended"] = pass.FindString(s.w.Post.Last(t, "eve@visitor.example").Text)
	s.done(t, people['u'].Token, "DELETE", "/guests/"+ended, nil)

	s.dead["unknown"], s.dead["malformed"] = strings.Repeat("a", 64), "x"
	gone := s.signIn(t, chen)
	s.done(t, gone.Token, "DELETE", "/session", nil)
	s.dead["signed out"] = gone.Token
	s.ids["link removed"] = s.link(t, dave)
	s.done(t, dave.Token, "POST", "/me/erasure", object{"confirm": true})
	s.w.Settle(t)
	s.w.Clock.Set(morning)
	s.dead["erased"] = dave.Token
	s.ids["link own"], s.ids["link never"] = s.link(t, chen), strings.Repeat("a", 64) // whoever holds it

	s.ids["question own"], s.ids["question never"] = s.question(t, chen), strings.Repeat("a", 64)
	s.employed(t)
	s.agreedEarlier(t, people)
	s.done(t, chen.Token, "PATCH", "/me", object{"shield": []string{}})
	for _, token := range []string{chen.Token, s.tokens['u'], s.tokens['m'], s.tokens['a']} {
		s.w.Done(t, whole.Request{Token: token, Method: "PUT", Path: "/me/photo", Body: picture(9),
			Media: "image/png"})
	}
	s.done(t, s.tokens['u'], "PATCH", "/me", object{"emergency_officer": true})
	s.done(t, s.tokens['a'], "PUT", "/business-account/officers",
		object{"email": people['u'].Email, "confirmed": true})
	for target, id := range map[string]string{"own": chen.ID, "foreign": hank.ID, "removed": dave.ID,
		"never": never} {
		s.ids["colleague "+target] = id
	}
	for target, email := range map[string]string{"own": chen.Email, "foreign": hank.Email, "removed": dave.Email,
		"never": "nobody@acme.example"} {
		s.ids["email "+target] = email
	}
	for target, domain := range map[string]string{"own": "acme.example", "foreign": "globex.example",
		"never": "nobody.example"} {
		s.ids["domain "+target] = domain
	}
	for _, ref := range []string{"opening never", "registration never"} {
		s.ids[ref] = strings.Repeat("a", 96) // one of somebody else's can't be made
	}
}

// agreedEarlier gives a session of each role of somebody who consented to an earlier version of the statement.
func (s *scene) agreedEarlier(t *testing.T, people map[rune]whole.Person) {
	t.Helper()
	hashes := map[string]bool{}
	for letter, who := range people {
		s.earlier[letter] = s.signIn(t, who).Token
		hashes[secret.Hash(s.earlier[letter])] = true
	}
	guest := s.earlier['g'][1 : 1+2*secret.IDLength] // ids behind the pass's mark
	for _, item := range s.w.Dump(t, privacy.Agenda) {
		text := enginetest.Plain(item)
		session, of := strings.CutPrefix(text["sk"], "session#")
		switch {
		case of && hashes[session]:
			item["consent"] = &types.AttributeValueMemberS{Value: "2020-01-01"}
		case text["first"] != "" &&
			text["pk"] == table.PersonPartition(identity.Person{Business: guest[:secret.IDLength],
				User: guest[secret.IDLength:]}):
			item["consent_version"] = &types.AttributeValueMemberS{Value: "2020-01-01"}
		case text["first"] == "2026-12-01": // Ivy consented on a day that has passed
			item["consent_version"] = &types.AttributeValueMemberS{Value: privacy.StatementVersion}
		default:
			continue
		}
		s.w.Restore(t, privacy.Agenda, item)
	}
}

// employed is a member of staff who may look and disclose.
func (s *scene) employed(t *testing.T) {
	t.Helper()
	s.tokens['s'] = atWork(t, s.w)
	s.ids["file own"], s.ids["file never"] = "main-own.js", "main-never.js"
	s.ids["session own"], s.ids["session never"] = strings.Repeat("b", 32), strings.Repeat("a", 32)
	s.ids["page own"], s.ids["page never"] = "start", "find"
	s.ids["passkey own"], s.ids["passkey never"] = strings.Repeat("b", 16), strings.Repeat("a", 16)
	s.ids["record own"], s.ids["record never"] = "searches", "last-login"
}

// buildings: locations, floors, zones, spots and sensors of every relation.
func (s *scene) buildings(t *testing.T) {
	t.Helper()
	annex, gone := s.acme.AddOffice(t, "Annex"), s.acme.AddOffice(t, "Gone")
	s.done(t, s.acme.Admin.Token, "DELETE", "/locations/"+gone.Location, nil)
	for target, office := range map[string]whole.Office{"own": s.acme.Office, "elsewhere": annex,
		"foreign": s.globex.Office, "removed": gone} {
		s.ids["location "+target], s.ids["floor "+target] = office.Location, office.Floor
		s.ids["zone "+target], s.ids["spot "+target] = office.Zone, office.Desks[1]
	}
	for _, ref := range []string{"location", "floor", "zone", "spot", "guest", "group"} {
		s.ids[ref+" never"] = never
	}
	for _, target := range []string{"own", "elsewhere", "foreign"} {
		manager := s.acme.Admin.Token
		if target == "foreign" {
			manager = s.globex.Admin.Token
		}
		s.w.Done(t, whole.Request{Token: manager, Method: "PUT", Path: "/floors/" + s.ids["floor "+target] +
			"/plan", Body: picture(9), Media: "image/png"})
	}
	for target, c := range map[string]*whole.Customer{"own": s.acme, "foreign": s.globex} {
		s.ids["group "+target] = s.done(t, c.Admin.Token, "POST", "/groups", object{"name": "Research"}).Text("id")
		s.ids["outage "+target] = s.done(t, c.Admin.Token, "POST", "/floors/"+c.Floor+"/outages",
			object{"date": "2026-12-31", "reason": "the lamp is being mended"}).Text("id")
	}
	s.ids["outage never"] = never
	s.ids["feed own"], s.ids["feed never"] = strings.Repeat("b", 64)+".ics", strings.Repeat("a", 64)+".ics"
	s.ids["country own"], s.ids["country never"] = "nl", "be"
	s.ids["year own"], s.ids["year never"] = "2027", "2028"
	s.tie(t, s.acme, "own", "sensor-own")
	s.tie(t, s.globex, "foreign", "sensor-foreign")
	s.acme.Allot(t, "sensor-never")
	s.ids["sensor never"] = "sensor-never"
}

func (s *scene) tie(t *testing.T, c *whole.Customer, target, sensor string) {
	t.Helper()
	c.Allot(t, sensor)
	s.done(t, c.Admin.Token, "PUT", "/spots/"+c.Desks[1]+"/sensors/"+sensor, object{"model": "own"})
	s.ids["sensor "+target] = sensor
}

// personal: reservations and guests of the caller's own, of a colleague's and of somebody's at another customer.
func (s *scene) personal(t *testing.T, people map[rune]whole.Person, chen, hank whole.Person) {
	t.Helper()
	for _, letter := range "umag" {
		name, who := string(letter), whole.Person{Token: s.tokens[letter]}
		room := s.acme.AddRoom(t, s.acme.Office, "Room of "+name)
		s.ids["reservation own "+name] = s.acme.Holds(t, who, room, "2026-11-23", "09:00", "12:00")
		s.ids["reservation removed "+name] = s.acme.Holds(t, who, room, "2026-11-24", "09:00", "12:00")
		s.done(t, who.Token, "DELETE", "/reservations/"+s.ids["reservation removed "+name], nil)
	}
	s.ids["reservation colleague"] = s.acme.Holds(t, chen, s.acme.Desks[0], "2026-11-23", "09:00", "12:00")
	s.ids["reservation foreign"] = s.globex.Holds(t, hank, s.globex.Desks[0], "2026-11-23", "09:00", "12:00")
	s.ids["reservation never"] = "20261123-" + s.acme.Location + "-" + never

	for target, id := range map[string]string{"own": chen.ID, "colleague": people['m'].ID, "foreign": hank.ID,
		"never": never} {
		s.ids["principal "+target] = id
	}
	for _, target := range []string{"foreign", "never"} {
		s.ids["held "+target] = s.ids["reservation "+target]
	}
	s.ids["held own"] = s.ids["reservation colleague"]
	s.ids["workplace colleague"] = s.acme.Assigns(t, s.acme.Office, "3.50", chen)
	s.ids["workplace foreign"] = s.globex.Assigns(t, s.globex.Office, "3.50", hank)
	s.ids["workplace never"] = never
	for _, letter := range "uma" {
		name := string(letter)
		s.done(t, chen.Token, "PUT", "/me/delegates/"+people[letter].ID, nil)
		s.ids["workplace own "+name] = s.acme.Assigns(t, s.acme.Office, "3.5"+name, people[letter])
		s.ids["held colleague "+name] = s.ids["reservation own "+name]
		s.ids["guest own "+name] = s.invites(t, people[letter], name+"-own@visitor.example", "2026-11-23",
			"2026-11-24")
		s.ids["guest removed "+name] = s.invites(t, people[letter], name+"-end@visitor.example", "2026-11-23",
			"2026-11-24")
		s.done(t, people[letter].Token, "DELETE", "/guests/"+s.ids["guest removed "+name], nil)
	}
	s.ids["guest colleague"] = s.invites(t, chen, "chen-own@visitor.example", "2026-11-23", "2026-11-24")
	s.ids["guest foreign"] = s.w.Done(t, whole.Request{Token: hank.Token, Method: http.MethodPost,
		Path: "/guests", Key: "hank-invites", Body: object{
			"name": "Other", "email": "other@visitor.example", "language": "en", "location": s.globex.Location,
			"first": "2026-11-23", "last": "2026-11-24"}}).Text("id")
	s.ids["visitor own"], s.ids["visitor foreign"], s.ids["visitor never"] = s.visitor(t, s.acme),
		s.visitor(t, s.globex),
		never
	for range 3 {
		s.w.Settle(t)
	}
	s.w.Clock.Set(morning)
	s.lines(t, people, chen, hank)
	s.approvals(t, people, chen, hank)
}

// visitor is a guest of a customer, as its administrators name them.
func (s *scene) visitor(t *testing.T, c *whole.Customer) string {
	t.Helper()
	list := s.done(t, c.Admin.Token, "GET", "/business-account/visitors", nil)
	return regexp.MustCompile(`"id":"([a-z2-7]{16})"`).FindStringSubmatch(list.Body)[1]
}

// requestIn is the id of the first request that waits for approval.
func requestIn(list whole.Answer) string {
	return regexp.MustCompile(`"id":"([a-z2-7]{16})"`).FindStringSubmatch(list.Body)[1]
}
