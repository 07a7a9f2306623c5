package whole_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/proof/whole"
	"github.com/iotspot/iotspot/shared/privacy"
)

func TestAnAssignedWorkplaceKilledAnywhereIsWholeAndOnePersons_4_f_1_4_f_2(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram, chen := c.Join(t, "bram"), c.Join(t, "chen")
	asks := func(who whole.Person, method, path string, body any, statuses ...int) whole.Flow {
		return whole.Flow{Steps: []func() error{does(t, w, func() whole.Request {
			return whole.Request{Token: who.Token, Method: method, Path: path, Body: body, Key: "a-workplace-of-one"}
		}, statuses...)}}
	}
	holder, own := "/spots/"+c.Desks[0]+"/holder", "/me/workplaces/"+c.Desks[0]
	days := object{"from": "2026-11-24", "to": "2026-11-26"}
	for _, who := range []whole.Person{bram, chen} { // chen has it instead of bram
		w.Killed(t, asks(c.Admin, "PUT", holder, object{"email": who.Email}, http.StatusNoContent))
	}
	seen := func(who whole.Person) string {
		return w.Done(t, whole.Request{Token: who.Token, Method: "GET", Path: "/me/workplaces"}).Body
	}
	require.JSONEq(t, `{"workplaces":[],"away":[]}`, seen(bram))
	w.Killed(t, asks(chen, "PUT", own+"/released", days, http.StatusOK))
	w.Killed(t, asks(bram, "POST", "/reservations", object{"spot": c.Desks[0], "date": "2026-11-24", "from": "09:00",
		"to": "12:00"}, http.StatusCreated))
	w.Killed(t, asks(chen, "DELETE", own+"/released?from=2026-11-24&to=2026-11-26", nil, http.StatusOK))
	require.Contains(t, seen(chen), `"released":["2026-11-24"]`, "bram has it then")
	w.Killed(t, asks(chen, "PUT", "/me/away", object{"from": "2026-11-25", "to": "2026-11-26", "cancel": true},
		http.StatusOK))
	w.Killed(t, asks(chen, "DELETE", "/me/away?from=2026-11-25&to=2026-11-26", nil, http.StatusOK))
	w.Killed(t, asks(chen, "DELETE", own, nil, http.StatusNoContent))
	w.Killed(t, asks(c.Admin, "PUT", holder, object{"email": bram.Email}, http.StatusNoContent))
	w.Killed(t, asks(c.Admin, "DELETE", "/spots/"+c.Desks[0]+"?on_reservations=cancel", nil, http.StatusNoContent,
		http.StatusNotFound))
	for _, item := range w.Dump(t, privacy.Agenda) {
		sk := enginetest.Plain(item)["sk"]
		require.NotRegexp(t, "^(assigned|holder)#", sk)
	}
}

func TestADayAwayThatComesIntoReachKilledAnywhereComesFree_4_f_2(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	w.Done(t, whole.Request{Token: c.Admin.Token, Method: "PUT", Path: "/spots/" + c.Desks[0] + "/holder",
		Body: object{"email": bram.Email}})
	w.Done(t, whole.Request{Token: bram.Token, Method: "PUT", Path: "/me/away",
		Body: object{"from": "2026-12-16", "to": "2026-12-18"}})
	seen := func() string {
		return w.Done(t, whole.Request{Token: bram.Token, Method: "GET", Path: "/me/workplaces"}).Body
	}
	require.Contains(t, seen(), `"released":[]`, "it is too far ahead")
	w.Clock.Set(time.Date(2026, 11, 24, 23, 1, 0, 0, time.UTC)) // 25 November there: one reserves 21 days ahead
	w.Killed(t, whole.Flow{Steps: []func() error{func() error { return w.NoShow(t.Context()) }}})
	require.Contains(t, seen(), `"released":["2026-12-16","2026-12-17"]`)
}

func TestAGroupKilledAnywhereIsWholeAndNobodyStaysInOneThatIsGone_4_f_1(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	asks := func(method, path string, body any, statuses ...int) whole.Flow {
		return whole.Flow{Steps: []func() error{does(t, w, func() whole.Request {
			return whole.Request{Token: c.Admin.Token, Method: method, Path: path, Body: body, Key: "a-group-of-people"}
		}, statuses...)}}
	}
	w.Killed(t, asks("POST", "/groups", object{"name": "Research"}, http.StatusCreated))
	group := w.Done(t, whole.Request{Token: c.Admin.Token, Method: "POST", Path: "/groups", Key: "a-group-of-people",
		Body: object{"name": "Research"}}).Text("id")
	for _, member := range []bool{true, false, true} {
		w.Killed(t, asks("PUT", "/groups/"+group+"/members", object{"email": bram.Email, "member": member},
			http.StatusNoContent))
	}
	w.Killed(t, asks("PUT", "/floors/"+c.Floor+"/zones/"+c.Zone+"/groups", object{"groups": []string{group},
		"opens_days": 1, "opens_at": "16:00"}, http.StatusOK))
	w.Killed(t, asks("DELETE", "/groups/"+group, nil, http.StatusNoContent))
	for _, item := range w.Dump(t, privacy.Agenda) {
		require.NotRegexp(t, "^(group|member)#", enginetest.Plain(item)["sk"])
	}
}
