package screens_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestEachOfTheNextDaysIsOneTapAndAReservationOneRequest_4_d_2(t *testing.T) {
	o := office(t)
	p, client := o.with(t, "Wies Week", "week@voorbeeld.example")
	p.Sees("Your next days")
	before := len(p.Asked())
	p.Taps("Reserve, ")
	p.Sees("is yours, today")
	require.Equal(t, "POST /reservations", p.Since(before)[0],
		"which is all that the confirmation waits for")

	wednesday := o.Now().AddDate(0, 0, 2)
	p.Taps(wednesday.Format("Mon2") + "tap")
	p.Sees("is yours, Wednesday")
	var mine struct{ Reservations []struct{ Date string } }
	require.NoError(t, client.Send(t.Context(), "GET", "/me/today", nil, &mine))
	require.Len(t, mine.Reservations, 2)
	require.Equal(t, wednesday.Format(time.DateOnly), mine.Reservations[1].Date)
	p.Sees("you have ")
}

func TestWhatTheSensorSawShowsByItself_4_d_4(t *testing.T) {
	o := ownOffice(t)
	p, client := o.with(t, "Sen Sor", "sensor@voorbeeld.example")
	var access struct {
		Locations []struct{ Floors []struct{ ID, Name string } }
	}
	require.NoError(t, o.admin.Send(t.Context(), "GET", "/me/access", nil, &access))
	var floor struct{ Spots []struct{ ID, Name string } }
	require.NoError(t, o.admin.Send(t.Context(), "GET", "/floors/"+access.Locations[1].Floors[0].ID, nil, &floor))
	watched := floor.Spots[0]
	for _, spot := range floor.Spots {
		if spot.Name == "3.101" {
			watched = spot
		}
	}
	require.NoError(t, client.Send(t.Context(), "POST", "/reservations", map[string]any{"spot": watched.ID,
		"date": o.Now().Format(time.DateOnly), "from": "08:00", "to": "12:00"}, nil))
	p.Goes("#/s/" + watched.ID)
	p.Sees("I am here")
	reading, err := json.Marshal(map[string]any{"occupied": true, "seq": 1, "battery": 87,
		"at": o.Now().Format(time.RFC3339)})
	require.NoError(t, err)
	require.NoError(t, o.Publish("iotspot/lisboa-desk-01/reading", reading))
	require.NoError(t, o.Settle(t.Context()))
	p.Sees("Give back")
}

func TestEachPageOfTheAppIsCountedAndWhoOpenedItIsToldWhich_11_cookies(t *testing.T) {
	o := office(t)
	p, _ := o.with(t, "Pa Ges", "pages@voorbeeld.example")
	for _, screen := range append(screens, "#/s/"+o.desk(t, "0.01"), "#/plans") {
		p.Goes(screen)
		p.Settles()
	}
	const opened = "Which pages you opened today, and with which kind of browser"
	for _, page := range []string{"today", "floor", "agenda", "colleagues", "guests", "my data", "emergency list",
		"spot",
		"management"} {
		p.Until(page+" is told", func() bool {
			p.Goes("#/agenda")
			p.Goes("#/data")
			p.Settles()
			return strings.Contains(rows(t, p)[opened].Text, " "+page+" ")
		})
	}
}
