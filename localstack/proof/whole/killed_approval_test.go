package whole_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/iotspot/iotspot/localstack/proof/whole"
)

func TestApprovalKilledAnywhereIsAskedOnceAndDecidedOnce_4_f_3(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	lives := func(steps ...func() error) { w.Killed(t, whole.Flow{Steps: steps}) }
	asks := func(request whole.Request, statuses ...int) func() error {
		return does(t, w, func() whole.Request { return request }, statuses...)
	}
	w.Done(t, whole.Request{Token: c.Admin.Token, Method: "PUT", Path: "/locations/" + c.Location + "/rules",
		Body: object{"approvals": []object{{"floor": c.Floor, "spot": c.Desks[0]}}}})
	asking := whole.Request{Token: bram.Token, Method: "POST", Path: "/reservations", Key: "asking-for-it",
		Body: object{"spot": c.Desks[0], "date": "2026-11-24", "from": "09:00", "to": "12:00"}}
	before := w.Keep(t)
	lives(asks(asking, http.StatusCreated))
	w.PutBack(t, before)
	w.Done(t, asking)

	rounds := func() error { return w.Pending(t.Context()) }
	mails := func() error { // when a run that was cut off has ended
		w.Clock.Move(31 * time.Second)
		return w.Pending(t.Context())
	}
	lives(rounds, rounds, mails)
	request := requestIn(w.Done(t, whole.Request{Token: c.Admin.Token, Method: "GET", Path: "/approvals"}))
	link := w.Post.Last(t, c.Admin.Email).Do.URL
	asked := w.Keep(t)
	for _, as := range []string{"approved", "declined"} {
		lives(asks(whole.Request{Token: c.Admin.Token, Method: "POST", Path: "/approvals/" + request,
			Body: object{"decision": as}}, http.StatusNoContent, http.StatusConflict), rounds, mails)
		w.PutBack(t, asked)
	}
	lives(asks(whole.Request{Method: "POST", Path: link[strings.Index(link, "/decisions/"):],
		Body: []byte("choice=button"), Media: "application/x-www-form-urlencoded"}, http.StatusOK, http.StatusNotFound))
	w.PutBack(t, asked)
	w.Clock.Move(25 * time.Hour) // and nobody decides
	lives(rounds, rounds, mails)
}
