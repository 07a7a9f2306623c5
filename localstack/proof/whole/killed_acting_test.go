package whole_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/whole"
)

func TestActingForSomebodyKilledAnywhereIsWholeAndTold_4_f_1(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram, chen := c.Join(t, "bram"), c.Join(t, "chen")
	asks := func(who whole.Person, method, path string, body any, statuses ...int) func() error {
		return does(t, w, func() whole.Request {
			return whole.Request{Token: who.Token, Method: method, Path: path, Body: body, Key: "acting-for-bram"}
		}, statuses...)
	}
	pending := func() error { return w.Pending(t.Context()) }
	path := "/colleagues/" + bram.ID + "/reservations"
	w.Killed(t, whole.Flow{Steps: []func() error{asks(bram, "PUT", "/me/delegates/"+chen.ID, nil,
		http.StatusNoContent)}})
	w.Killed(t, whole.Flow{Steps: []func() error{asks(chen, "POST", path, object{"spot": c.Desks[0],
		"date": "2026-11-24", "from": "22:00", "until_date": "2026-11-25", "to": "02:00"}, http.StatusCreated), pending}})
	require.Contains(t, w.Post.Last(t, bram.Email).Text, "chen reserved for you")
	held := whole.ReservationIn(w.Done(t, whole.Request{Token: chen.Token, Method: "GET", Path: path}))
	w.Killed(t, whole.Flow{Steps: []func() error{asks(chen, "DELETE", path+"/"+held, nil, http.StatusNoContent,
		http.StatusNotFound), pending}})
	require.Contains(t, w.Post.Last(t, bram.Email).Text, "chen cancelled your reservation")
	w.Killed(t, whole.Flow{Steps: []func() error{asks(bram, "DELETE", "/me/delegates/"+chen.ID, nil,
		http.StatusNoContent)}})
}

// What goes into a calendar is written with what it is about, and mailed when a minute comes. A colleague's deed is
// both told of and for the calendar.
func TestAMailForACalendarKilledAnywhereComesOfWhatIsSo_4_f_1(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram, chen := c.Join(t, "bram"), c.Join(t, "chen")
	w.Done(t, whole.Request{Token: bram.Token, Method: "PATCH", Path: "/me", Body: object{"calendar_mails": true}})
	w.Done(t, whole.Request{Token: bram.Token, Method: "PUT", Path: "/me/delegates/" + chen.ID})
	lives := func(method string, request whole.Request, statuses ...int) {
		t.Helper()
		w.Killed(t, whole.Flow{Steps: []func() error{
			does(t, w, func() whole.Request { return request }, statuses...),
			func() error { return w.Pending(t.Context()) },
		}})
		methods := map[string]bool{}
		for _, m := range w.Post.To(bram.Email) {
			methods[m.Calendar.Method] = true
		}
		require.Contains(t, methods, method)
	}
	period := object{"spot": c.Desks[0], "date": "2026-11-24", "from": "09:00", "to": "12:00"}
	again := object{"spot": c.Desks[1], "date": "2026-11-25", "from": "09:00", "to": "12:00",
		"repeat": "FREQ=DAILY;COUNT=2"}
	lives("REQUEST", whole.Request{Token: bram.Token, Method: "POST", Path: "/reservations", Key: "for-my-calendar",
		Body: period}, http.StatusCreated)
	own := "/reservations/" + whole.ReservationIn(w.Done(t, whole.Request{Token: bram.Token, Method: "GET",
		Path: "/me/agenda"}))
	lives("REQUEST", whole.Request{Token: bram.Token, Method: "PATCH", Path: own, Body: object{"to": "15:00"}},
		http.StatusOK)
	lives("CANCEL", whole.Request{Token: bram.Token, Method: "DELETE", Path: own}, http.StatusNoContent,
		http.StatusNotFound)
	lives("REQUEST", whole.Request{Token: bram.Token, Method: "POST", Path: "/reservations/repeated",
		Key: "for-my-calendar-again", Body: again}, http.StatusCreated)
	acting := "/colleagues/" + bram.ID + "/reservations"
	lives("REQUEST", whole.Request{Token: chen.Token, Method: "POST", Path: acting, Key: "for-brams-calendar",
		Body: period}, http.StatusCreated)
	held := whole.ReservationIn(w.Done(t, whole.Request{Token: chen.Token, Method: "GET", Path: acting}))
	lives("CANCEL", whole.Request{Token: chen.Token, Method: "DELETE", Path: acting + "/" + held},
		http.StatusNoContent, http.StatusNotFound)
}
