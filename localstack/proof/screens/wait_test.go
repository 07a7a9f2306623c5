package screens_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestWhereNothingIsFreeOneTapWaitsAndWhatComesFreeIsTakenWithAnother_4_f_3(t *testing.T) {
	o := ownOffice(t)
	has := o.newcomer(t, "Otto Other", "otto@voorbeeld.example")
	tomorrow := o.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	var floor struct {
		Spots []struct{ ID, Name, Type string }
	}
	require.NoError(t, o.admin.Send(t.Context(), "GET", "/floors/"+o.floor(t), nil, &floor))
	var held []string
	room := ""
	for _, spot := range floor.Spots {
		if spot.Type == "meeting_room" {
			var made struct{ Reservations []struct{ ID string } }
			require.NoError(t, has.Send(t.Context(), "POST", "/reservations", map[string]any{"spot": spot.ID,
				"date": tomorrow, "from": "10:00", "to": "12:00"}, &made))
			room = spot.Name
			held = append(held, made.Reservations[0].ID)
		}
	}
	require.NotEmpty(t, held)
	p, _ := o.with(t, "Wanda Waits", "wanda@voorbeeld.example")
	p.Goes("#/floor/" + o.floor(t) + "?date=" + tomorrow)
	p.Sees(" free")
	require.False(t, p.Shows("No meeting room is free"), "while nobody asked for one")
	p.Taps(room + ", ")
	p.Sees("No meeting room is free for this time.")
	require.Empty(t, audit(p))
	p.Taps("Put me on the waitlist")
	p.Sees("Your agenda shows what you wait for.")
	p.Goes("#/agenda")
	p.Sees("A meeting room, ")
	require.Empty(t, audit(p))
	p.Goes("#/data")
	p.Sees("you wait since")

	require.NoError(t, has.Send(t.Context(), "DELETE", "/reservations/"+held[0], nil, nil))
	p.Moves(time.Minute)
	offered := func() bool { // once the minute's look has seen it
		p.Goes("#/today")
		p.Goes("#/agenda")
		p.Settles()
		return p.Shows("waits for you until")
	}
	p.Until("what came free is offered", offered)
	require.Empty(t, audit(p))
	p.Taps("Take this spot: ")
	p.Sees("is yours")
	p.Until("it is hers", func() bool { return !p.Shows("waits for you until") && p.Has(`[aria-label^="Change: "]`) })
}

func TestWhoWaitsForAZoneStopsWaitingFromTheAgenda_4_f_3(t *testing.T) {
	o := ownOffice(t)
	has := o.newcomer(t, "Otto Other", "otto@voorbeeld.example")
	tomorrow := o.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	var zone, desk struct{ ID string }
	require.NoError(t, o.admin.Send(t.Context(), "POST", "/floors/"+o.floor(t)+"/zones", map[string]any{
		"name": "Quiet corner"}, &zone))
	spots := "/floors/" + o.floor(t) + "/spots"
	require.NoError(t, o.admin.Send(t.Context(), "POST", spots, map[string]any{"name": "Q.1",
		"category": "workplace", "type": "desk", "zone": zone.ID, "x": 0.9, "y": 0.9}, &desk))
	require.NoError(t, o.admin.Send(t.Context(), "POST", spots, map[string]any{"name": "Q.2",
		"category": "workplace", "type": "desk", "x": 0.8, "y": 0.9}, nil))
	require.NoError(t, has.Send(t.Context(), "POST", "/reservations", map[string]any{"spot": desk.ID, "date": tomorrow,
		"from": "10:00", "to": "12:00"}, nil))
	p, _ := o.with(t, "Wanda Waits", "wanda@voorbeeld.example")
	p.Goes("#/floor/" + o.floor(t) + "?date=" + tomorrow)
	p.Taps("Q.1, ")
	p.Sees("No spot of this kind is free in Quiet corner for this time.")
	p.Taps("Put me on the waitlist")
	p.Sees("Your agenda shows what you wait for.")
	p.Goes("#/agenda")
	p.Taps("Stop waiting: ")
	p.Sees("You don't wait for it any more.")
	p.Until("nothing is waited for", func() bool { return !p.Shows("A desk, ") })
}
