package whole_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/whole"
	"github.com/iotspot/iotspot/shared/mail"
)

// manages is a step of the administrator's.
func manages(t *testing.T, w *whole.World, c *whole.Customer, method, path string, body any) func() error {
	return does(t, w, func() whole.Request {
		return whole.Request{Token: c.Admin.Token, Method: method, Path: path, Body: body, Key: "managing-1"}
	}, http.StatusOK, http.StatusCreated, http.StatusNoContent, http.StatusNotFound)
}

func TestABuildingShapedAndKilledAnywhereHasTheSameCountsInTheEnd_3_g_3_h(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	c.Allot(t, "abcdef0123")
	for _, r := range []struct {
		method, path string
		body         any
	}{
		{"POST", "/locations", object{"name": "Annex", "address": "Kade 2", "latitude": 52.09, "longitude": 5.12,
			"time_zone": "Europe/Amsterdam"}},
		{"PATCH", "/locations/" + c.Location, object{"name": "Main office"}},
		{"POST", "/locations/" + c.Location + "/floors", object{"name": "Fourth floor", "level": 4}},
		{"POST", "/floors/" + c.Floor + "/zones", object{"name": "Garden side"}},
		{"POST", "/floors/" + c.Floor + "/spots", object{"name": "3.99", "category": "workplace", "type": "seat",
			"x": 0.2, "y": 0.5}},
		{"PATCH", "/spots/" + c.Desks[0], object{"category": "room", "type": "meeting_room"}},
		{"PUT", "/spots/" + c.Desks[1] + "/sensors/abcdef0123", object{"model": "own"}},
		{"DELETE", "/spots/" + c.Desks[1] + "/sensors/abcdef0123", nil},
		{"DELETE", "/floors/" + c.Floor + "/zones/" + c.Zone, nil},
	} {
		w.Killed(t, whole.Flow{Steps: []func() error{manages(t, w, c, r.method, r.path, r.body)}})
	}
}

func TestADrawnFloorKilledAnywhereIsSavedWholeByTheSameRequest_3_e_3_g(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	c.Holds(t, c.Join(t, "bram"), c.Desks[0], "2026-11-24", "09:00", "12:00")
	var drawn struct{ Revision int }
	read := w.Done(t, whole.Request{Token: c.Admin.Token, Method: "GET", Path: "/floors/" + c.Floor})
	require.NoError(t, json.Unmarshal([]byte(read.Body), &drawn))
	spot := object{"id": c.Desks[1], "name": "renamed", "category": "workplace", "type": "desk", "zone": "garden-side",
		"x": 0.5, "y": 0.5}
	w.Killed(t, whole.Flow{Steps: []func() error{
		manages(t, w, c, "PUT", "/floors/"+c.Floor+"/layout?on_reservations=cancel", object{"revision": drawn.Revision,
			"zones": []object{{"id": "garden-side", "name": "Garden side"}}, "spots": []object{spot}}),
		w.Deliver,
	}})
	w.Clean(t, "r#2026")
	require.Equal(t, mail.Cancellation, w.Post.Last(t, "bram@acme.example").Kind)
}

func TestARemovalKilledAnywhereLeavesNoReservationAndTellsEveryOwner_3_f(t *testing.T) {
	for _, what := range []string{"spot", "floor", "location"} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			w := whole.New(t, morning)
			c := w.NewCustomer(t, "acme.example")
			for _, name := range []string{"bram", "chen"} {
				who := c.Join(t, name)
				c.Holds(t, who, c.Desks[0], "2026-11-24", map[string]string{"bram": "09:00", "chen": "12:00"}[name],
					map[string]string{"bram": "12:00", "chen": "13:00"}[name])
			}
			c.Allot(t, "abcdef0123")
			require.NoError(t, manages(t, w, c, "PUT", "/spots/"+c.Desks[0]+"/sensors/abcdef0123",
				object{"model": "own"})())
			path := map[string]string{"spot": "/spots/" + c.Desks[0], "floor": "/floors/" + c.Floor,
				"location": "/locations/" + c.Location}[what]
			w.Killed(t, whole.Flow{Steps: []func() error{
				manages(t, w, c, "DELETE", path+"?on_reservations=cancel", nil),
				w.Deliver,
			}})
			w.Clean(t, "r#2026", "sensor#abcdef0123")
			require.NotEmpty(t, w.Post.To("bram@acme.example"))
			require.Equal(t, mail.Cancellation, w.Post.Last(t, "chen@acme.example").Kind)
		})
	}
}

func TestAFileOfBuildingsKilledAnywhereIsLoadedWholeByTheSameFile_3_b_3_h(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	c.Allot(t, "aa11bb22cc")
	const file = "location,address,latitude,longitude,time_zone,floor,level,zone,spot,category,type,x,y,sensor,model\n" +
		"Annex,Kade 2,52.09,5.12,Europe/Amsterdam,Ground,0,Garden,G1,workplace,desk,0.1,0.1,aa11bb22cc,own\n" +
		"Annex,,,,,Ground,,Garden,G2,room,meeting_room,0.2,0.2,,\n" +
		"Annex,,,,,First,1,,F1,workplace,desk,0.2,0.2,,\n"
	load := func() whole.Request {
		return whole.Request{Token: c.Admin.Token, Method: "POST", Path: "/business-account/import",
			Key: "loading-1", Body: []byte(file), Media: "text/csv"}
	}
	w.Killed(t, whole.Flow{Steps: []func() error{does(t, w, load, http.StatusOK)}})
}

func TestAPlanAndAProofOfADomainKilledAnywhereAreWholeInTheEnd_3_e_3_d(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	path := "/floors/" + c.Floor + "/plan"
	put := func(shade uint8) func() error {
		return does(t, w, func() whole.Request {
			return whole.Request{Token: c.Admin.Token, Method: "PUT", Path: path, Body: picture(shade),
				Media: "image/png"}
		}, http.StatusNoContent)
	}
	w.Killed(t, whole.Flow{Steps: []func() error{put(100)}})
	w.Killed(t, whole.Flow{Steps: []func() error{put(250)}})
	require.Len(t, w.Buckets.Versions("photos"), 1)
	w.Killed(t, whole.Flow{Steps: []func() error{manages(t, w, c, "DELETE", path, nil)}})
	require.Empty(t, w.Buckets.Versions("photos"))

	const domain = "acme-labs.example"
	require.NoError(t, manages(t, w, c, "PATCH", "/business-account",
		object{"domains": []string{c.Domain, domain}})())
	c.Records(t, domain)
	w.Killed(t, whole.Flow{Steps: []func() error{manages(t, w, c, "POST",
		"/business-account/domains/"+domain+"/proof", nil)}})
	c.Domain = domain
	require.NotEmpty(t, c.Join(t, "chen").Token)
}
