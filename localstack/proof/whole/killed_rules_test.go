package whole_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/whole"
)

func TestRulesAndOutagesKilledAnywhereLeaveNoReservationAndTellEveryOwner_4_d_2(t *testing.T) {
	for what, change := range map[string]func(c *whole.Customer) (method, path string, body any){
		"closure": func(c *whole.Customer) (string, string, any) {
			return "PUT", "/locations/" + c.Location + "/rules?on_reservations=cancel", object{"closures": []object{
				{"name": "Party", "from": "2026-11-24", "until": "2026-11-24"}}}
		},
		"outage": func(c *whole.Customer) (string, string, any) {
			return "POST", "/floors/" + c.Floor + "/outages?on_reservations=cancel", object{"date": "2026-11-24",
				"reason": "Paint"}
		},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			w := whole.New(t, morning)
			c := w.NewCustomer(t, "acme.example")
			for i, name := range []string{"bram", "chen"} {
				c.Holds(t, c.Join(t, name), c.Desks[i], "2026-11-24", "09:00", "12:00")
			}
			method, path, body := change(c)
			w.Killed(t, whole.Flow{Steps: []func() error{manages(t, w, c, method, path, body), w.Deliver}})
			require.NoError(t, manages(t, w, c, method, path, body)())
			require.NoError(t, w.Deliver())
			for _, name := range []string{"bram", "chen"} {
				require.Contains(t, w.Post.Last(t, name+"@acme.example").Subject, "cancelled")
			}
		})
	}
}

func TestAFeedMadeAndRevokedAndKilledAnywhereIsOneOrNone_4_f_5(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	bram := w.NewCustomer(t, "acme.example").Join(t, "bram")
	for _, method := range []string{"POST", "DELETE"} {
		w.Killed(t, whole.Flow{Steps: []func() error{does(t, w, func() whole.Request {
			return whole.Request{Token: bram.Token, Method: method, Path: "/me/calendar-feed"}
		}, http.StatusCreated, http.StatusNoContent)}})
	}
	made := w.Done(t, whole.Request{Token: bram.Token, Method: "POST", Path: "/me/calendar-feed"}).Text("url")
	w.Killed(t, whole.Flow{Steps: []func() error{does(t, w, func() whole.Request {
		return whole.Request{Method: "GET", Path: made[strings.Index(made, "/calendars/"):]}
	}, http.StatusOK)}})
}
