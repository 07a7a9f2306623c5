package screens_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
	"github.com/iotspot/iotspot/shared/privacy"
)

// changedElsewhere are the kinds that have no button of their own in their row, with what changes them.
var changedElsewhere = map[privacy.Clause]string{
	"2.consent":   "withdrawing it is the way out, at the end of the screen",
	"4.d.1":       "nobody lays the role of a user down, and the rest ends with the registration",
	"4.language":  "chosen under what is kept on this device",
	"7.shield":    "the buttons beside each item",
	"7.object":    "the buttons beside each item, and the purposes",
	"13.versions": "goes with the consent that the mail asks for",
	"s.session":   "each stands with its own button under Signed in",
}

// bySystem are operations that change a kind, which are no button beside it: they end the registration, or are the
// next step of what was begun.
var bySystem = []string{"erase", "consent", "confirmErasure", "confirmRegistration", "confirmAccount"}

// read evaluates a program whose value is a text that people read: a mark of no width keeps "e-mail" on one line.
func read(p *phone.Phone, program string) string {
	return strings.ReplaceAll(p.Run(program), "\u2060", "")
}

// A row is one kind as My data shows it.
type row struct {
	What, Text string
	Buttons    int
}

func rows(t *testing.T, p *phone.Phone) map[string]row {
	t.Helper()
	var all []row
	require.NoError(t, json.Unmarshal([]byte(read(p, `JSON.stringify([...document.querySelectorAll("li.kept")].map(e => ({
		what: e.querySelector("h3")?.textContent ?? "", text: e.innerText.replace(/\s+/g, " "),
		buttons: e.querySelectorAll("button, a.button").length })))`)), &all))
	found := map[string]row{}
	for _, one := range all {
		found[one.What] = one
	}
	return found
}

// lives lets somebody have as much as one can have in a day.
func (o Office) lives(t *testing.T, who example.Client, name, email string) {
	t.Helper()
	send := func(method, path string, in, out any) {
		t.Helper()
		require.NoError(t, who.Send(t.Context(), method, path, in, out))
	}
	send("PATCH", "/me", map[string]any{"phone": "+31 30 123 45 67", "job_title": "Gardener", "department": "Parks",
		"linkedin": "kee-kept", "emergency_officer": true, "reminders": true, "shield": []string{"4.a.2"},
		"objections": []string{"4.e.1"}}, nil)
	today := o.Now().Format(time.DateOnly)
	takes(t, who, today)
	var mine struct{ Reservations []struct{ ID, Spot string } }
	send("GET", "/me/today", nil, &mine)
	send("POST", "/reservations/"+mine.Reservations[0].ID+"/check-in", nil, nil)
	send("PUT", "/me/favourites/spots/"+mine.Reservations[0].Spot, nil, nil)
	send("POST", "/me/favourites/colleagues", map[string]any{"name": "Somebody"}, nil)
	room, _ := o.room(t)
	tomorrow := o.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	send("POST", "/reservations", map[string]any{"spot": room, "date": tomorrow, "from": "10:00", "to": "11:00",
		"title": "Budget of " + name}, nil)
	away := o.Now().AddDate(0, 0, 3).Format(time.DateOnly)
	send("PUT", "/me/away", map[string]any{"from": away, "to": away}, nil)
	colleague := o.newcomer(t, "Del "+name, "del."+email)
	var found struct{ Colleagues []struct{ Colleague string } }
	require.NotEmpty(t, colleague.Token)
	send("GET", "/colleagues?name=Del+"+strings.ReplaceAll(name, " ", "+"), nil, &found)
	send("PUT", "/me/delegates/"+found.Colleagues[0].Colleague, nil, nil)
	send("POST", "/me/calendar-feed", nil, nil)
	send("POST", "/me/overview", nil, nil)
	o.invites(t, who, "Gast van "+name, "gast."+email)
}

func TestEveryKindThatTheRegisterDeclaresIsOnMyDataWithItsPurposeItsEndAndWhatChangesIt_7_view_7_rectify(t *testing.T) {
	o := office(t)
	p, client := o.with(t, "Kee Kept", "kee@voorbeeld.example")
	o.lives(t, client, "Kee Kept", "kee@voorbeeld.example")
	p.Goes("#/data")
	p.Sees("kee@voorbeeld.example")
	p.Taps("Stay signed in on this device") // the screen is there to the end
	var overview struct {
		Kinds []struct {
			Clause     privacy.Clause
			What, Kept struct{ EN string }
			Purposes   []struct{ EN string }
			Rectify    []string
			Values     []struct {
				Silent bool
				Read   struct{ EN string }
			}
		}
	}
	require.NoError(t, client.Send(t.Context(), "GET", "/me/overview", nil, &overview))
	shown, folded := rows(t, p), read(p, `document.querySelector("details.card").textContent`)
	declared, kept := 0, 0
	for _, kind := range overview.Kinds {
		declared++
		there, name := false, strings.ToUpper(kind.What.EN[:1])+kind.What.EN[1:]
		for _, value := range kind.Values {
			there = there || !value.Silent
		}
		one, isRow := shown[name]
		if !there {
			require.True(t, isRow || strings.Contains(folded, kind.What.EN), "%s is not even named", kind.Clause)
			continue
		}
		kept++
		require.True(t, isRow, "%s is not on My data", kind.Clause)
		require.Contains(t, one.Text, "Kept: "+kind.Kept.EN, kind.Clause)
		for _, purpose := range kind.Purposes {
			require.Contains(t, one.Text, purpose.EN, kind.Clause)
		}
		byPerson := slices.DeleteFunc(kind.Rectify, func(by string) bool { return slices.Contains(bySystem, by) })
		if changedElsewhere[kind.Clause] == "" && len(byPerson) > 0 {
			require.NotZero(t, one.Buttons, "%s can't be changed where it stands, though by %v", kind.Clause,
				byPerson)
		}
	}
	for kind := range privacy.OfPersons() {
		if kind.Clause != "6.staff" && kind.Clause != "s.pass" {
			declared--
		}
	}
	require.Zero(t, declared, "all that the register declares, but what is staff's and guests'")
	require.Greater(t, kept, 20)
}

func TestWhatIsKeptIsEndedAndTakenBackOneByOneWhereItStands_7_rectify_4_d_4_4_f_1_4_f_2_4_f_4(t *testing.T) {
	o := ownOffice(t)
	p, client := o.with(t, "Eva Einde", "eva@voorbeeld.example")
	o.lives(t, client, "Eva Einde", "eva@voorbeeld.example")
	eva := map[string]any{"email": "eva@voorbeeld.example"}
	var group struct{ ID string }
	require.NoError(t, o.admin.Send(t.Context(), "POST", "/groups", map[string]any{"name": "Research"}, &group))
	require.NoError(t, o.admin.Send(t.Context(), "PUT", "/groups/"+group.ID+"/members",
		map[string]any{"email": eva["email"], "member": true}, nil))
	require.NoError(t, o.admin.Send(t.Context(), "PUT", "/spots/"+o.desk(t, "0.02")+"/holder", eva, nil))
	p.Goes("#/data")
	for _, deed := range []struct{ tap, of string }{
		{"Not right, take it back: ", "4.d.4"}, {"Remove now: Budget of Eva Einde", "4.f.4"},
		{"End: Del Eva Einde may reserve", "4.f.1"}, {"Remove now: you want reminders", "4.f.1"},
		{"End: group Research, since", "4.f.1"}, {"End: 0.02, ", "4.f.1"},
		{"Remove now: " + o.Now().AddDate(0, 0, 3).Format("2 January 2006") + ": away", "4.f.2"},
	} {
		p.Taps(deed.tap)
		p.Until(deed.tap+": it is gone", func() bool {
			return p.Run("String([...document.querySelectorAll('button')].some(e => (e.ariaLabel ?? "+
				"'').startsWith(%q)))",
				deed.tap) == "false"
		})
	}
	var left struct {
		Kinds []struct {
			Clause string
			Values []any
		}
	}
	require.NoError(t, client.Send(t.Context(), "GET", "/me/overview", nil, &left))
	for _, kind := range left.Kinds {
		if slices.Contains([]string{"4.f.4", "4.f.1", "4.f.2"}, kind.Clause) {
			require.Empty(t, kind.Values, kind.Clause)
		}
		if kind.Clause == "4.d.4" {
			require.NotContains(t, fmt.Sprint(kind.Values), "checked_in_at")
		}
	}
}

func TestACalendarFeedIsMadeToldOnceAndRevokedInTheApp_4_f_5(t *testing.T) {
	o := office(t)
	p, _ := o.with(t, "Fee Dfeed", "fee@voorbeeld.example")
	p.Taps("Reserve, ")
	p.Sees("is yours")
	p.Goes("#/agenda")
	p.Taps("In your own calendar…")
	p.Taps("Make an address")
	p.Sees("You see it only now")
	address := p.Run(`document.querySelector("dialog input").value`)
	fetched := func() string {
		answer, err := http.Get(o.API + address[strings.Index(address, "/calendars/"):])
		require.NoError(t, err)
		defer answer.Body.Close()
		content, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		return string(content)
	}
	require.Contains(t, fetched(), "BEGIN:VEVENT")
	p.Taps("Close")
	p.Goes("#/data")
	p.Taps("Change: That you have a calendar feed")
	p.Sees("Last fetched on ")
	require.NotContains(t, p.Run("document.documentElement.outerHTML"), address)
	p.Taps("Revoke it")
	p.Sees("The address works no more.")
	require.NotContains(t, fetched(), "BEGIN:VEVENT")
	p.Taps("Close")
	p.Until("My data has it no more", func() bool {
		_, there := rows(t, p)["That you have a calendar feed, and the day on which it was last fetched"]
		return !there
	})
}

func TestOneObjectsToAPurposeAndToNothingThatCantBeObjectedTo_7_object(t *testing.T) {
	o := office(t)
	p, client := o.with(t, "Obi Ject", "obi@voorbeeld.example")
	p.Goes("#/data")
	const offered = `[...document.querySelectorAll("button")].map(e => e.ariaLabel ?? "")
		.filter(n => n.startsWith("Object: ")).map(n => n.slice(8)).sort().join("\n")`
	p.Taps("Object: Research")
	p.Until("it can be withdrawn", func() bool { return p.Has(`[aria-label^="Withdraw objection: Research"]`) })
	var me struct{ Objections []string }
	require.NoError(t, client.Send(t.Context(), "GET", "/me", nil, &me))
	require.Equal(t, []string{"a"}, me.Objections)
	p.Taps("Withdraw objection: Research")
	p.Until("it can be objected to again", func() bool { return p.Has(`[aria-label^="Object: Research"]`) })
	require.Equal(t, objections(false), p.Run(offered))

	_, pass := o.invites(t, client, "Gast Object", "gastobject@visitor.example")
	guest := o.phone(t)
	guest.Opens("/" + pass)
	guest.Taps("I explicitly consent")
	guest.Taps("I consent")
	guest.Sees("Reserve")
	guest.Goes("#/data")
	guest.Sees("Gast Object")
	require.Equal(t, objections(true), guest.Run(offered))
}

// desk is the id of a spot of the first floor.
func (o Office) desk(t testing.TB, name string) string {
	t.Helper()
	var floor struct{ Spots []struct{ ID, Name string } }
	require.NoError(t, o.admin.Send(t.Context(), "GET", "/floors/"+o.floor(t), nil, &floor))
	for _, spot := range floor.Spots {
		if spot.Name == name {
			return spot.ID
		}
	}
	require.Fail(t, "the floor has no "+name)
	return ""
}

// objections are the names of what one can object to, as buttons have them.
func objections(guest bool) string {
	var names []string
	for _, o := range privacy.Objections() {
		if o.Guests || !guest {
			name := o.Words().EN
			names = append(names, strings.ToUpper(name[:1])+name[1:])
		}
	}
	slices.Sort(names)
	return strings.Join(names, "\n")
}
