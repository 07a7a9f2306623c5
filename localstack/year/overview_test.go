package year

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/engine/enginetest"
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
	desk   overview.Desk
}

const today = "2027-10-29" // the clocks change before the last of the reservations

func live(t *testing.T) *fullLife {
	s := begin(t, Options{Seed: 11, People: 3, Actions: 1}, at(today, "09:05", zoneOf(zones[0])))
	s.open(zones[0])
	tenant := s.tenants[0]
	f := &fullLife{simulation: s, tenant: tenant, who: tenant.people[1], desk: overview.Desk{Tables: s.Tables, Mails: s.Received, Key: enginetest.Key, Now: s.Clock.Now}}
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
	s.done("fill in", p, "PATCH", "/me", object{"emergency_officer": true, "shield": []string{"4.b.1", "4.d.4"}, "objections": []string{"4.d.4"}})
	s.done("set a photo", p, "PUT", "/me/photo", portrait)
	s.done("keep a spot", p, "PUT", "/me/favourites/spots/"+t.desks[0], nil)
	s.done("keep a colleague", p, "POST", "/me/favourites/colleagues", object{"name": s.value(p, "4.c.2", "", "", true).text})
	for i, date := range []string{today, "2027-10-30", "2027-10-31"} {
		s.holds(t, p, s.done("reserve", p, "POST", "/reservations", object{"spot": t.desks[i], "date": date, "from": "09:00", "to": "12:00"}))
	}
	s.done("check in", p, "POST", "/reservations/"+p.reservations[0].id+"/check-in", nil)
	s.searchSpots(t, p, today)
	s.searchColleagues(t, p, today)
	s.invite(t, p, today)
	s.done("ask for another address", p, "POST", "/me/email", object{"email": s.value(p, "s.address", "other.", "@"+t.domain, true).text})
	s.done("ask for a code", &person{ip: s.newIP()}, "POST", "/sign-ins", object{"email": p.email})
}

// mailed is the overview as it comes by mail.
func (f *fullLife) mailed(t *testing.T) mail.Message {
	f.done("ask for the overview", f.who, "POST", "/me/overview", nil)
	require.NoError(t, f.Deliver())
	return f.Post.Last(t, f.who.email)
}

// stores are those that hold something of a person for longer than a moment.
var stores = []string{string(catalog.Directory), string(catalog.Agenda), string(catalog.Insight), string(catalog.Photos), string(catalog.Received)}

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

// Opaque is what says nothing to a person: ids, hashes and numbers of the machinery.
var opaque = regexp.MustCompile(`^([a-z2-7]{16}|[a-z2-7]{32}|[0-9]+|[0-9]+#[0-9]|.*#.*)$`)

// missing lists what is stored about the person and not told by the overview: every text in an item, what the person gave
// in all forms of the mail, and of each item with a deadline that there is something with that deadline.
func (f *fullLife) missing(t *testing.T, message mail.Message) []string {
	attachment := string(message.Attachments[0].Body)
	all := tells(t, message.Attachments[0].Body)
	var missing []string
	for _, p := range f.about() {
		if !p.ttl.IsZero() && !slices.ContainsFunc(all, func(v told) bool { return v.GoneAt.Equal(p.ttl) }) {
			missing = append(missing, fmt.Sprintf("%s %s, which is kept until %s", p.store, p.sk, p.ttl))
		}
		if p.ttl.IsZero() && p.store != "photos" && p.sk != "user" && !strings.HasPrefix(p.sk, "favourite#") && !strings.HasPrefix(p.sk, "colleague#") &&
			p.sk != "address" && !f.indexed(p) {
			missing = append(missing, fmt.Sprintf("%s %s %s: what is it?", p.store, p.pk, p.sk))
		}
		for _, line := range p.values {
			read := !strings.Contains(line, markerStart) || strings.Contains(message.Text, line) && strings.Contains(message.HTML, line)
			if !opaque.MatchString(line) && !(read && strings.Contains(attachment, quoted(line))) {
				missing = append(missing, fmt.Sprintf("%q in %s %s", line, p.store, p.sk))
			}
		}
	}
	return missing
}

// indexed tells whether a part is an entry of an index, which has no more than the item that it points to.
func (f *fullLife) indexed(p part) bool { return p.index != "" }

// quoted is a text as it stands in JSON.
func quoted(text string) string {
	written, err := json.Marshal(text)
	if err != nil {
		panic(err) // a text can be written
	}
	return strings.Trim(string(written), `"`)
}

// 7.overview, generated by reading the stores
func TestWhateverIsStoredAboutSomebodyIsInTheirOverview(t *testing.T) {
	f := live(t)
	message := f.mailed(t)
	require.Empty(t, f.missing(t, message))
	require.Len(t, message.Attachments, 2, "the photo too")
	all := tells(t, message.Attachments[0].Body)
	for _, clause := range []string{"2.consent", "4.a.1", "4.a.2", "4.b.1", "4.b.2", "4.b.3", "4.b.4", "4.b.5", "4.b.6", "4.c.1", "4.c.2", "4.d.1", "4.d.2", "4.d.3",
		"4.d.4", "4.d.5", "4.e.1", "4.e.2", "5.transactions", "7.shield", "7.object", "s.code", "s.address", "s.session", "s.link", "s.overview", "s.attempts"} {
		require.True(t, slices.ContainsFunc(all, func(v told) bool { return v.Clause == clause }), clause)
	}
	for _, r := range f.who.reservations {
		require.Contains(t, string(message.Attachments[0].Body), strings.Split(r.id, "-")[2])
	}
}

func TestAKindThatTheOverviewForgetsIsFound(t *testing.T) {
	for name, plant := range map[string]func(f *fullLife) (pk, sk string, values map[string]any){
		"in another partition": func(f *fullLife) (string, string, map[string]any) {
			return "b#" + f.tenant.business, "spot#lostandfound", map[string]any{"name": "umbrella of " + f.who.values["name"].text}
		},
		"under their id": func(f *fullLife) (string, string, map[string]any) {
			return "diary", "open#x", map[string]any{"zone": f.who.id, "floors": "a grey coat"}
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := live(t)
			pk, sk, values := plant(f)
			f.Put(t, privacy.Directory, pk, sk, values)
			require.NotEmpty(t, f.missing(t, f.mailed(t)))
		})
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
		f.must(f.DayClose().Step)
		f.Clock.Set(deadline.Add(45 * time.Second))
		f.must(f.DayClose().Step)
		f.schedules()
		f.Clock.Set(deadline.Add(minute))
		require.Zero(t, stored(deadline), "%s is gone", deadline)
	}
}
