package year

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/aws/ses"
	"github.com/iotspot/iotspot/localstack/proof/whole"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A full life is one of somebody who has filled in and done all that there is.
type fullLife struct {
	*simulation
	tenant *tenant
	who    *person
	desk   overview.Overviews
}

const today = "2027-10-29" // the clocks change before the last of the reservations

func live(t *testing.T) *fullLife {
	s := begin(t, Options{Seed: 11, People: 3, Actions: 1}, at(today, "09:05", zoneOf(zones[0])))
	s.open(zones[0])
	tenant := s.tenants[0]
	f := &fullLife{simulation: s, tenant: tenant, who: tenant.people[1],
		desk: overview.Overviews{Tables: s.Tables, Received: s.Received, Keys: enginetest.Keys, Now: s.Clock.Now}}
	s.hire()
	f.fill()
	return f
}

func (f *fullLife) fill() {
	s, t, p := f.simulation, f.tenant, f.who
	s.signsIn(t, p)
	for _, item := range items {
		filled := "99000000000001"
		if item.name != "phone" {
			filled = s.value(p, item.clause, item.before, "", true).text
		}
		s.done("fill in", p, "PATCH", "/me", object{item.name: filled})
	}
	s.done("fill in", p, "PATCH", "/me", object{"emergency_officer": true, "reminders": true,
		"shield":     []string{"4.b.1", "4.d.4"},
		"objections": []string{"4.d.4"}})
	s.done("set a photo", p, "PUT", "/me/photo", portrait)
	s.done("keep a spot", p, "PUT", "/me/favourites/spots/"+t.desks[0], nil)
	s.done("keep a colleague", p, "POST", "/me/favourites/colleagues",
		object{"name": s.value(p, "4.c.2", "", "", true).text})
	for i, date := range []string{today, "2027-10-30", "2027-10-31"} {
		s.holds(t.zone, p, s.done("reserve", p, "POST", "/reservations",
			object{"spot": t.desks[i], "date": date, "from": "09:00", "to": "12:00"}))
	}
	taken := s.done("reserve", p, "POST", "/reservations",
		object{"spot": t.desks[1], "date": "2027-10-31", "from": "13:00", "to": "14:00"})
	s.done("cancel", p, "DELETE", "/reservations/"+whole.ReservationIn(taken), nil)
	s.holds(t.zone, p, s.done("meet", p, "POST", "/reservations", object{"spot": t.room, "date": "2027-10-30",
		"from": "14:00", "to": "15:00", "title": s.value(p, "4.f.4", "About ", "", true).text}))
	s.done("make a feed", p, "POST", "/me/calendar-feed", nil)
	s.done("assign", t.people[0], "PUT", "/spots/"+t.desks[0]+"/holder", object{"email": p.email})
	group := s.done("make a group", t.people[0], "POST", "/groups", object{"name": "Research"}).Text("id")
	s.done("join", t.people[0], "PUT", "/groups/"+group+"/members", object{"email": p.email, "member": true})
	s.done("go away", p, "PUT", "/me/away", object{"from": "2027-11-02", "to": "2027-11-02"})
	s.holds(t.zone, p, s.done("have the room", p, "POST", "/reservations",
		object{"spot": t.room, "date": "2027-10-31",
			"from": "16:00", "to": "17:00"}))
	s.done("wait for it in vain", p, "POST", "/me/waitlist", object{"floor": t.floor, "type": "meeting_room",
		"date": "2027-10-31", "from": "16:00", "to": "17:00"})
	s.done("let somebody act", p, "PUT", "/me/delegates/"+t.people[0].id, nil)
	s.done("check in", p, "POST", "/reservations/"+p.reservations[0].id+"/check-in", nil)
	s.searchSpots(t, p, today)
	s.searchColleagues(t, p, today)
	s.invite(t, p, today)
	s.done("ask for another address", p, "POST", "/me/email",
		object{"email": s.value(p, "s.address", "other.", "@"+t.domain, true).text})
	s.done("ask for a code", &person{ip: s.newIP()}, "POST", "/sign-ins", object{"email": p.email})
	s.done("open a page", p, "GET", "/usage/start?location="+t.location, nil)
	s.staffLooks(t, p, today)
	s.asStaff(func(sam *person) {
		s.done("disclose", sam, "POST", "/staff/disclosures",
			object{"email": p.email, "kinds": []string{"4.a.1"},
				"ground":    s.value(p, "5.disclosure", "order of the court, case ", "", true).text,
				"recipient": s.value(p, "5.disclosure", "Prosecutor ", "", true).text})
	})
	raw := "From: " + p.email + "\r\nTo: " + whole.SupportAddress +
		"\r\nSubject: hello\r\n\r\nhello\r\n" // and the event of its arrival is lost
	content := ses.Incoming{Raw: []byte(raw), Envelope: p.email, Recipient: whole.SupportAddress}.Stored("mail1",
		s.Clock.Now())
	_, err := s.Buckets.PutObject(string(catalog.Received), "mail1", nil, bytes.NewReader(content),
		int64(len(content)), nil)
	require.NoError(s.t, err)
	s.newStatement()
}

// mailed is the overview as it comes by mail.
func (f *fullLife) mailed(t *testing.T) mail.Message {
	f.done("ask for the overview", f.who, "POST", "/me/overview", nil)
	require.NoError(t, f.Deliver())
	return f.Post.Last(t, f.who.email)
}

// stores are those that hold something of a person for longer than a moment.
var stores = []string{string(catalog.Directory), string(catalog.Agenda), string(catalog.Insight),
	string(catalog.Photos), string(catalog.Received)}

// about are the items that are about the person: of their partition, or with their id or a value of theirs in it.
func (f *fullLife) about() []part {
	var about []part
	for _, p := range f.dump() {
		mine := strings.HasSuffix(p.pk, "#u#"+f.who.id)
		for m := range f.marks.find(p.content) {
			mine = mine || m.of == f.who
		}
		if mine && slices.Contains(stores, p.store) && strings.Contains(p.content, "\n") {
			about = append(about, p)
		}
	}
	return about
}

// A value is what the overview tells of one thing.
type told struct {
	Clause, Name string
	Value        any
	GoneAt       time.Time `json:"gone_at"`
}

func tells(t *testing.T, attachment []byte) []told {
	t.Helper()
	var parsed struct {
		Kinds []struct {
			Clause string
			Values []told
		}
	}
	require.NoError(t, json.Unmarshal(attachment, &parsed))
	var all []told
	for _, kind := range parsed.Kinds {
		for _, value := range kind.Values {
			value.Clause = kind.Clause
			all = append(all, value)
		}
	}
	return all
}

// opaque is what says nothing to a person: ids and hashes, and the place of a registration in the index of members.
var opaque = regexp.MustCompile(`^([a-z2-7]{16}|[a-z2-7]{32}|[a-z2-7]{16}#[0-9]+)$`)

// missing lists what is stored about the person and not told by the overview: every text, number and yes or no in an
// item that is not machinery, what the person gave in all forms of the mail, and of each item with a deadline that
// there is something with that deadline.
func (f *fullLife) missing(t *testing.T, message mail.Message) []string {
	all, said := tells(t, message.Attachments[0].Body), leaves(t, message.Attachments[0].Body)
	var missing []string
	for _, p := range f.about() {
		if !p.ttl.IsZero() && !slices.ContainsFunc(all, func(v told) bool { return v.GoneAt.Equal(p.ttl) }) {
			missing = append(missing, fmt.Sprintf("%s %s, which is kept until %s", p.store, p.sk, p.ttl))
		}
		if p.ttl.IsZero() && p.store != "photos" && p.store != "received-mail" && p.sk != "user" &&
			!strings.HasPrefix(p.sk, "favourite#") && !strings.HasPrefix(p.sk, "colleague#") &&
			!strings.HasPrefix(p.sk, "feed#") && !strings.HasPrefix(p.sk, "delegate#") &&
			!strings.HasPrefix(p.sk, "principal#") && !strings.HasPrefix(p.sk, "assigned#") &&
			!strings.HasPrefix(p.sk, "holder#") && !strings.HasPrefix(p.sk, "group#") &&
			!strings.HasPrefix(p.sk, "member#") && !packed(p) &&
			p.sk != "address" && !f.indexed(p) {
			missing = append(missing, fmt.Sprintf("%s %s %s: what is it?", p.store, p.pk, p.sk))
		}
		for _, v := range p.values {
			if packed(p) && !strings.HasSuffix(v.name, "#"+f.who.id) {
				continue // somebody else's
			}
			read := !strings.Contains(v.text, markerStart) || strings.Contains(message.Text, v.text) &&
				strings.Contains(message.HTML, v.text)
			if !machinery(p, v) && !(read && said.tell(v)) {
				missing = append(missing, fmt.Sprintf("%s %s %q in %s %s", v.attribute, v.name, v.text, p.store,
					p.sk))
			}
		}
	}
	return missing
}

// machinery is what says nothing about the person, by the register (System) or because it is an id or a hash; a
// secret, of which the overview tells that it is there and never what it is; what only repeats a reservation: the
// quarters of an hour that it takes, how many there are on a day, and whether the spot is a workplace; what an
// account's roster repeats of what a person shows; and that this very overview was mailed.
func machinery(p part, v value) bool {
	item, _ := privacy.ItemAt(privacy.Store(p.store), p.sk)
	clause, declared := item.ClauseOf(v.attribute)
	kind, _ := privacy.KindOf(clause)
	repeats := strings.HasPrefix(p.sk, "day#") && slices.Contains([]string{"taken", "n", "w"}, v.name) ||
		strings.HasPrefix(p.sk, "spot#") && v.name == "taken" ||
		packed(p) && strings.HasPrefix(v.name, "h#") ||
		p.sk == privacy.OverviewRequest.SortPrefix && v.name == "mailed"
	return declared && (clause == privacy.System || kind.Secret) || repeats || v.kind == 's' &&
		opaque.MatchString(v.text)
}

// packed tells whether a part holds a little of many people, each under a name that ends in their id.
func packed(p part) bool { return strings.HasPrefix(p.sk, privacy.Roster.SortPrefix) }

// said are the values in an attachment: the names under which each stands.
type said map[string]map[string]bool

func leaves(t *testing.T, attachment []byte) said {
	var parsed any
	require.NoError(t, json.Unmarshal(attachment, &parsed))
	all := said{}
	var walk func(name string, value any)
	walk = func(name string, value any) {
		switch v := value.(type) {
		case map[string]any:
			if named, ok := v["name"].(string); ok && v["value"] != nil {
				walk(named, v["value"])
			}
			for name, inner := range v {
				all.add(name, name)
				walk(name, inner)
			}
		case []any:
			for _, inner := range v {
				walk(name, inner)
			}
		default:
			all.add(fmt.Sprint(v), name)
		}
	}
	walk("", parsed)
	return all
}

func (s said) add(text, name string) {
	if s[text] == nil {
		s[text] = map[string]bool{}
	}
	s[text][name] = true
}

// tell tells whether a value stands there: a yes or no and a number under its own name, a number also as the instant
// that it is in seconds or in quarters of an hour, and that somebody checked in by when.
func (s said) tell(v value) bool {
	name := v.name[strings.LastIndex(v.name, "#")+1:]
	switch v.kind {
	case 'b':
		return s[v.text][name]
	case 'n':
		n, err := strconv.ParseInt(v.text, 10, 64)
		if err != nil {
			return s[v.text] != nil
		}
		quarter := time.Unix(n*900, 0).In(zoneOf(zones[0])).Format("15:04")
		return s[v.text][name] || s[time.Unix(n, 0).UTC().Format(time.RFC3339)] != nil || s[quarter] != nil
	}
	return s[v.text] != nil || v.text == "checked_in" && s["checked_in_at"] != nil
}

// indexed tells whether a part is an entry of an index, which has no more than the item that it points to.
func (f *fullLife) indexed(p part) bool { return p.index != "" }

// 7.overview, generated by reading the stores
func TestWhateverIsStoredAboutSomebodyIsInTheirOverview(t *testing.T) {
	f := live(t)
	message := f.mailed(t)
	require.Empty(t, f.missing(t, message))
	require.Len(t, message.Attachments, 2, "the photo too")
	all := tells(t, message.Attachments[0].Body)
	for _, kind := range privacy.Kinds {
		there := slices.ContainsFunc(all, func(v told) bool { return v.Clause == string(kind.Clause) })
		require.Equal(t, kind.Fate != privacy.Keep && elsewhere[kind.Clause] == "", there, kind.Clause)
	}
	for _, r := range f.who.reservations {
		require.Contains(t, string(message.Attachments[0].Body), strings.Split(r.id, "-")[2])
	}
}

// elsewhere are the kinds of data that nobody has of themselves while they are registered and have a full life, and
// why.
var elsewhere = map[privacy.Clause]string{
	"6.staff":   "is of the operator's own people",
	"s.pass":    "is a guest's",
	"s.erasure": "comes with the erasure",
}

func TestAKindThatTheOverviewForgetsIsFound(t *testing.T) {
	f := live(t)
	message := f.mailed(t)
	for what, plant := range map[string]struct {
		pk, sk string
		values map[string]any
	}{
		"umbrella": {"b#" + f.tenant.business, "lost#1",
			map[string]any{"name": "umbrella of " + f.who.values["name"].text}},
		"grey":   {"diary", "lost#2", map[string]any{"of": f.who.id, "coat": "grey"}},
		"a#note": {"diary", "lost#3", map[string]any{"of": f.who.id, "remark": "a#note"}},
		"81234":  {"diary", "lost#4", map[string]any{"of": f.who.id, "weight": 81234}},
		"smokes": {"diary", "lost#5", map[string]any{"of": f.who.id, "smokes": true}},
		"blonde": {"diary", "lost#6", map[string]any{"of": f.who.id,
			"deep": map[string]any{"in": []string{"blonde"}}}},
	} {
		f.Put(t, privacy.Directory, plant.pk, plant.sk, plant.values)
		require.Contains(t, fmt.Sprint(f.missing(t, message)), what)
	}
}

// 7.overview: each deadline that the overview names comes true: a second before the data is there, from then on it is
// shown by nothing, and within 60 seconds it is gone.
func TestEveryDeadlineThatAnOverviewNamesComesTrue(t *testing.T) {
	f := live(t)
	all := tells(t, f.mailed(t).Attachments[0].Body)
	caller := identity.Caller{Person: identity.Person{Business: f.tenant.business, User: f.who.id}}
	shown := func(until time.Time) (n int) {
		seen, err := f.desk.View(t.Context(), caller, struct{}{})
		require.NoError(t, err)
		for _, kind := range seen.Kinds {
			for _, value := range kind.Values {
				if value.GoneAt != nil && value.GoneAt.Equal(until) {
					n++
				}
			}
		}
		return n
	}
	stored := func(until time.Time) (n int) {
		for _, p := range f.about() {
			if p.ttl.Equal(until) {
				n++
			}
		}
		return n
	}
	var deadlines []time.Time
	for _, value := range all {
		if !value.GoneAt.IsZero() {
			deadlines = append(deadlines, value.GoneAt)
		}
	}
	slices.SortFunc(deadlines, time.Time.Compare)
	deadlines = slices.CompactFunc(deadlines, time.Time.Equal)
	require.Greater(t, len(deadlines), 8)
	for _, deadline := range deadlines {
		f.Clock.Set(deadline.Add(-time.Second))
		require.Positive(t, shown(deadline), "%s is shown until then", deadline)
		f.Clock.Set(deadline)
		require.Zero(t, shown(deadline), "%s is shown no more", deadline)
		f.Clock.Set(deadline.Add(4 * time.Second))
		f.must(f.CloseDays)
		f.Clock.Set(deadline.Add(45 * time.Second))
		f.must(f.CloseDays)
		f.schedules()
		f.Clock.Set(deadline.Add(minute))
		require.Zero(t, stored(deadline), "%s is gone", deadline)
	}
}
