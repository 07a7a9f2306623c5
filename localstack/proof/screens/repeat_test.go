package screens_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestADeskIsReservedAgainAndAgainAndADateThatIsTakenIsSkippedWithAnother(t *testing.T) {
	o := ownOffice(t)
	other := o.newcomer(t, "Otto Other", "otto@voorbeeld.example")
	p, client := o.with(t, "Rita Repeat", "rita@voorbeeld.example")
	var mine struct {
		Date       string
		Suggestion struct{ Spot, Name, Floor, From, To string }
	}
	require.NoError(t, client.Send(t.Context(), "GET", "/me/today", nil, &mine))
	taken := mine.Suggestion
	require.NoError(t, other.Send(t.Context(), "POST", "/reservations/repeated", map[string]any{"spot": taken.Spot,
		"date": mine.Date, "from": taken.From, "to": taken.To, "except": []string{mine.Date},
		"repeat": "FREQ=WEEKLY;COUNT=2"}, nil))

	p.Goes("#/floor/" + taken.Floor)
	p.Taps(taken.Name + ", free")
	p.Sees("Repeat…")
	p.Settles()
	p.Taps("Repeat…")
	p.Sees("Reserve " + taken.Name + " again and again")
	p.Sees("every week on Monday")
	for _, theme := range []string{"light", "dark"} {
		p.Theme(theme)
		require.Empty(t, audit(p), theme)
	}
	p.Taps("Reserve ")
	p.Sees("These days can't be had:")
	require.Empty(t, audit(p))
	p.Taps("Reserve the other days")
	p.Sees("4 days reserved")
	p.Taps("Take ")
	p.Until("the other desk is taken for that day", func() bool { return !p.Has("dialog .list li") })
	p.Taps("Close")
	p.Goes("#/agenda")
	p.Until("all five are there",
		func() bool { return p.Run(`String(document.querySelectorAll(".booked").length)`) == "5" })
	p.Taps("Cancel a range of days")
	p.Sees("Which spot")
}

func TestARoomsTitleIsItsOrganisersAndSeenAtTheRoomWhereTheySaySo_4_f_4(t *testing.T) {
	o := office(t)
	organiser, _ := o.with(t, "Tilly Title", "tilly@voorbeeld.example")
	room, name := o.room(t)
	organiser.Goes("#/floor/" + o.floor(t))
	organiser.Taps(name + ", free")
	organiser.Fills("Title", "Budget 2027")
	organiser.Taps("Also seen at the room")
	organiser.Taps("Reserve ")
	organiser.Sees("is yours")
	organiser.Goes("#/agenda")
	organiser.Sees("Budget 2027")
	organiser.Sees("also seen at the room")
	passer, _ := o.with(t, "Pat Passer", "pat@voorbeeld.example")
	passer.Goes("#/s/" + room)
	passer.Sees("Budget 2027")
	require.NotContains(t, passer.Run("document.body.innerText"), "Tilly")
}

// room is the first room of the first floor.
func (o Office) room(t testing.TB) (id, name string) {
	t.Helper()
	var floor struct {
		Spots []struct{ ID, Name, Category string }
	}
	require.NoError(t, o.admin.Send(t.Context(), "GET", "/floors/"+o.floor(t), nil, &floor))
	for _, spot := range floor.Spots {
		if spot.Category == "room" {
			return spot.ID, spot.Name
		}
	}
	require.Fail(t, "the floor has no room")
	return "", ""
}
