package whole_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/whole"
)

// What an office can be asked that makes no sense: each is refused by the name of what is wrong, and nothing has
// changed, as the raw stores say.
func TestBadInputOfAnOfficeIsRefusedByNameAndChangesNothing(t *testing.T) {
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram, chen := c.Join(t, "bram"), c.Join(t, "chen")
	own := "/me/workplaces/" + c.Assigns(t, c.Office, "3.09", bram)
	released := own + "/released"
	w.Done(t, whole.Request{Token: bram.Token, Method: "PUT", Path: released,
		Body: object{"from": "2026-11-26", "to": "2026-11-26"}})
	group := w.Done(t, whole.Request{Token: c.Admin.Token, Method: "POST", Path: "/groups", Key: "a-group-of-people",
		Body: object{"name": "Research"}}).Text("id")
	w.Done(t, whole.Request{Token: bram.Token, Method: "PUT", Path: "/me/delegates/" + chen.ID})
	holder, members := "/spots/"+c.Desks[0]+"/holder", "/groups/"+group+"/members"
	zone, rules := "/floors/"+c.Floor+"/zones/"+c.Zone+"/groups", "/locations/"+c.Location+"/rules"
	acting := "/colleagues/" + bram.ID + "/reservations"
	span := func(from, to string) object { return object{"from": from, "to": to} }
	with := func(base, more object) object {
		all := maps.Clone(base)
		maps.Copy(all, more)
		return all
	}
	wanted := object{"floor": c.Floor, "type": "desk", "date": "2026-11-24", "from": "09:00", "to": "12:00"}
	reserved := object{"spot": c.Desks[0], "date": "2026-11-24", "from": "09:00", "to": "12:00"}
	kept := object{"groups": []string{group}, "opens_days": 1, "opens_at": "16:00"}
	limit := func(member string, value any) object {
		return object{"limits": []object{{"for": "desk", member: value}}}
	}
	hours := func(all ...object) object { return object{"week": object{"monday": all}} }

	for _, bad := range []struct {
		who          whole.Person
		method, path string
		body         any
		field        string // what the answer points at
	}{
		{c.Admin, "PUT", holder, object{"email": "not an address"}, "/email"},
		{c.Admin, "PUT", holder, object{"email": "bram@elsewhere.example"}, "/email"},
		{c.Admin, "PUT", holder, object{"email": 7}, "/email"},
		{c.Admin, "PUT", holder, object{}, "/email"},
		{c.Admin, "PUT", holder, object{"email": bram.Email, "until": "2026-12-01"}, "/until"},
		{c.Admin, "PUT", "/spots/" + c.Room + "/holder", object{"email": bram.Email}, "/spot"},
		{c.Admin, "DELETE", "/spots/none/holder", nil, "spot"},
		{bram, "PUT", released, span("2026-11-25", "2026-11-24"), "/to"},
		{bram, "PUT", released, span("2026-11-22", "2026-11-24"), "/from"},
		{bram, "PUT", released, span("2026-11-24", "2026-12-30"), "/to"}, // not yet to be reserved
		{bram, "PUT", released, span("2026-11-24", "2027-03-24"), "/to"},
		{bram, "PUT", released, span("2026-02-30", "2026-11-24"), "/from"},
		{bram, "PUT", released, object{"from": "2026-11-24"}, "/to"},
		{bram, "DELETE", released + "?from=2026-11-26&to=2026-11-25", nil, "/to"},
		{bram, "DELETE", released + "?from=2026-11-26", nil, "to"},
		{bram, "DELETE", released + "?from=today&to=2026-11-26", nil, "from"},
		{bram, "PUT", "/me/away", span("2026-11-24", "2028-01-01"), "/to"},
		{bram, "PUT", "/me/away", with(span("2026-11-24", "2026-11-24"), object{"cancel": "yes"}), "/cancel"},
		{bram, "DELETE", "/me/away?from=2026-11-20&to=2026-11-26", nil, "/from"},

		{c.Admin, "POST", "/groups", object{"name": ""}, "/name"},
		{c.Admin, "POST", "/groups", object{"name": strings.Repeat("a", 61)}, "/name"},
		{c.Admin, "PATCH", "/groups/" + group, object{"name": "a\u0000b"}, "/name"},
		{c.Admin, "PUT", members, object{"email": bram.Email}, "/member"},
		{c.Admin, "PUT", members, object{"email": "bram@", "member": true}, "/email"},
		{c.Admin, "PUT", members, object{"email": bram.Email, "member": 1}, "/member"},
		{c.Admin, "PUT", zone, with(kept, object{"groups": []string{"aaaaaaaaaaaaaaaa"}}), "/groups"},
		{c.Admin, "PUT", zone, with(kept, object{"opens_days": 0}), "/opens_days"},
		{c.Admin, "PUT", zone, with(kept, object{"opens_at": "25:00"}), "/opens_at"},

		{bram, "PUT", "/me/delegates/" + bram.ID, nil, "/colleague"},
		{bram, "PUT", "/me/delegates/chen", nil, "colleague"},
		{chen, "POST", acting, with(reserved, object{"to": "08:00"}), "/to"},
		{chen, "POST", acting, with(reserved, object{"from": "09:07"}), "/from"},
		{chen, "POST", acting, with(reserved, object{"title": "Budget"}), "/title"},
		{chen, "DELETE", acting + "/none", nil, "held"},

		{bram, "POST", "/me/calendar-feed?for=" + chen.ID, nil, "for"},
		{bram, "DELETE", "/me/calendar-feed?for=" + chen.ID, nil, "for"},
		{bram, "GET", "/reservations/none/calendar", nil, "reservation"},

		{chen, "POST", "/me/waitlist", with(wanted, object{"type": "sofa"}), "/type"},
		{chen, "POST", "/me/waitlist", with(wanted, object{"type": "classroom"}), "/type"}, // of which there is none
		{chen, "POST", "/me/waitlist", with(wanted, object{"to": "09:00"}), "/to"},
		{chen, "POST", "/me/waitlist", with(wanted, object{"from": "09:10"}), "/from"},
		{chen, "POST", "/me/waitlist", with(wanted, object{"date": "2026-11-22"}), "/from"},
		{chen, "POST", "/me/waitlist", with(wanted, object{"date": "2027-11-22"}), "/date"},
		{chen, "POST", "/me/waitlist", with(wanted, object{"spot": c.Desks[0]}), "/spot"},
		{chen, "POST", "/me/waitlist", object{"floor": c.Floor}, "/date"},
		{chen, "DELETE", "/me/waitlist/none", nil, "place"},
		{chen, "POST", "/reservations/none/take", nil, "reservation"},

		{c.Admin, "PUT", rules, object{"week": object{"someday": []object{}}}, "/week/someday"},
		{c.Admin, "PUT", rules, hours(span("09:10", "17:00")), "/week/monday/0/from"},
		{c.Admin, "PUT", rules, hours(span("09:00", "13:00"), span("12:00", "17:00")), "/week/monday/1"},
		{c.Admin, "PUT", rules, object{"closures": []object{{"name": "Party", "from": "2026-12-25",
			"until": "2026-12-24"}}}, "/closures/0/until"},
		{c.Admin, "PUT", rules, object{"closures": []object{{"from": "2026-12-25", "until": "2026-12-25"}}},
			"/closures/0/name"},
		{c.Admin, "PUT", rules, limit("longest_minutes", 50), "/limits/0/longest_minutes"},
		{c.Admin, "PUT", rules, limit("per_day", 0), "/limits/0/per_day"},
		{c.Admin, "PUT", rules, limit("after_minutes", 255), "/limits/0/after_minutes"},
		{c.Admin, "PUT", rules, limit("for", "sofa"), "/limits/0/for"},
		{c.Admin, "PUT", rules, object{"limits": []object{{"shortest_minutes": 240, "longest_minutes": 60}}},
			"/limits/0/longest_minutes"},
		{c.Admin, "PUT", rules, object{"presets": []object{{"kind": "own", "from": "09:00", "to": "12:00"}}},
			"/presets/0/name"},
		{c.Admin, "PUT", rules, object{"off": []string{"lights"}}, "/off/0"},
		{c.Admin, "PUT", rules + "?on_reservations=perhaps", object{}, "on_reservations"},
		{c.Admin, "POST", "/floors/" + c.Floor + "/outages", object{"date": "2026-11-24", "until_date": "2026-11-23",
			"reason": "Paint"}, "/until_date"},
		{c.Admin, "POST", "/floors/" + c.Floor + "/outages", object{"date": "2026-11-24"}, "/reason"},
		{c.Admin, "GET", "/holidays/xx/2026", nil, "country"},
		{c.Admin, "GET", "/holidays/nl/1999", nil, "year"},
	} {
		body, err := json.Marshal(bad.body)
		require.NoError(t, err)
		t.Run(bad.method+" "+bad.path+" "+string(body), func(t *testing.T) {
			before := untried(w.Text(t))
			answer := w.Ask(whole.Request{Token: bad.who.Token, Method: bad.method, Path: bad.path, Body: bad.body,
				Key: "what-makes-no-sense"})
			require.Contains(t, []int{http.StatusBadRequest, http.StatusUnprocessableEntity}, answer.Status, answer.Body)
			require.Equal(t, "application/problem+json", answer.Header.Get("Content-Type"))
			require.Contains(t, pointers(t, answer), bad.field, answer.Body)
			require.Equal(t, before, untried(w.Text(t)))
		})
	}
}

// untried are the lines of the stores but for those that count how often somebody tried.
func untried(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool {
		return strings.Contains(line, " attempts#")
	})
}

// pointers are the fields that a refusal names.
func pointers(t *testing.T, answer whole.Answer) []string {
	t.Helper()
	var said struct {
		Errors []struct {
			Pointer string `json:"pointer"`
		} `json:"fields"`
	}
	require.NoError(t, json.Unmarshal([]byte(answer.Body), &said))
	var all []string
	for _, one := range said.Errors {
		all = append(all, one.Pointer)
	}
	return all
}
