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
