package whole_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/iotspot/iotspot/localstack/proof/whole"
)

func TestWaitingKilledAnywhereIsOfferedOnceAndTakenOrOverOnce_4_f_3(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	lives := func(steps ...func() error) { w.Killed(t, whole.Flow{Steps: steps}) }
	asks := func(request whole.Request, statuses ...int) func() error {
		return does(t, w, func() whole.Request { return request }, statuses...)
	}
	liningUp := whole.Request{Token: bram.Token, Method: "POST", Path: "/me/waitlist", Body: object{"floor": c.Floor,
		"type": "desk", "date": "2026-11-24", "from": "09:00", "to": "12:00"}}
	lives(asks(liningUp, http.StatusCreated))
	place := w.Done(t, liningUp).Text("id") // the same again is the same
	leave := asks(whole.Request{Token: bram.Token, Method: "DELETE", Path: "/me/waitlist/" + place},
		http.StatusNoContent, http.StatusNotFound)
	waiting := w.Keep(t)
	lives(leave)
	w.PutBack(t, waiting)

	offers := func() error { return w.Pending(t.Context()) }
	mails := func() error { // when a run that was cut off has ended
		w.Clock.Move(31 * time.Second)
		return w.Pending(t.Context())
	}
	lives(offers, offers, mails)
	offer := w.Post.Last(t, bram.Email).Do.URL
	held := whole.ReservationIn(w.Done(t, whole.Request{Token: bram.Token, Method: "GET", Path: "/me/agenda"}))
	offered := w.Keep(t)
	for _, taking := range []whole.Request{
		{Token: bram.Token, Method: "POST", Path: "/reservations/" + held + "/take"},
		{Method: "POST", Path: offer[strings.Index(offer, "/offers/"):], Body: []byte("take=yes"),
			Media: "application/x-www-form-urlencoded"},
	} {
		lives(asks(taking, http.StatusOK, http.StatusNotFound))
		w.PutBack(t, offered)
	}
	lives(leave)
	w.PutBack(t, offered)
	w.Clock.Move(15 * time.Minute) // and it ends
	lives(offers, offers, mails)
}
