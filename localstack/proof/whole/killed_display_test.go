package whole_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/whole"
)

// 8.security, 4.d.4: whatever is cut off at a display is there as a whole when it is done again, and once.
func TestWhatADisplayDoesKilledAnywhereIsDoneOnce_8_security_4_d_4(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	lives := func(token, method, path string, body any, statuses ...int) {
		w.Killed(t, whole.Flow{Steps: []func() error{does(t, w, func() whole.Request {
			return whole.Request{Token: token, Method: method, Path: path, Body: body, Key: "key-of-a-press"}
		}, statuses...)}})
	}
	begun := w.Done(t, whole.Request{Method: "POST", Path: "/display/pairings"})
	pairing := object{"code": begun.Text("code")}
	lives(c.Admin.Token, "POST", "/spots/"+c.Room+"/displays", pairing, http.StatusCreated)
	made := w.Done(t, whole.Request{Token: c.Admin.Token, Method: "POST", Path: "/spots/" + c.Room + "/displays",
		Body: pairing}).Text("id")
	door := w.Done(t, whole.Request{Method: "POST", Path: "/display/token",
		Body: object{"code": begun.Text("code"), "secret": begun.Text("secret")}}).Text("token")
	require.NotEmpty(t, door)

	lives(door, "POST", "/display/booking", object{"minutes": 15}, http.StatusCreated)
	lives(door, "DELETE", "/display/booking", nil, http.StatusNoContent)
	c.Holds(t, bram, c.Room, "2026-11-23", "09:15", "10:00")
	lives(door, "POST", "/display/check-in", nil, http.StatusNoContent)
	lives(c.Admin.Token, "DELETE", "/displays/"+made, nil, http.StatusNoContent)
}
