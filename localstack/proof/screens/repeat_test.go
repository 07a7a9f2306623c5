package screens_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
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
	p.Sees("Every … weeks")
	require.Equal(t, "Mon", p.Run(`document.querySelector("dialog .chip[aria-pressed=true]").textContent`))
	p.Taps("Leave days out")
	p.Sees("Leave out")
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

// Every other week on two days, three times, but for one date: by keyboard alone, and nothing is tapped.
func TestHowOftenUntilWhenAndWhichDatesNotIsChosenByKeyboard(t *testing.T) {
	o := ownOffice(t)
	p, client := o.with(t, "Kay Keyboard", "kay@voorbeeld.example")
	var mine struct {
		Date       civil.Date
		Suggestion struct{ Spot, Name, Floor string }
	}
	require.NoError(t, client.Send(t.Context(), "GET", "/me/today", nil, &mine))
	p.Goes("#/floor/" + mine.Suggestion.Floor)
	p.Taps(mine.Suggestion.Name + ", free")
	p.Sees("Repeat…")
	p.Settles()
	p.Taps("Repeat…")
	fills := func(label, text string) {
		p.TabsTo(label)
		p.Run("document.activeElement.select(); ''")
		p.Types(text)
	}
	fills("Every … weeks", "2")
	p.TabsTo("Thu")
	p.Presses(kb.Enter)
	p.TabsTo("Ends")
	p.Presses(kb.ArrowDown)
	fills("Number of days", "4")
	p.TabsTo("Leave days out")
	p.Presses(kb.Enter)
	p.Chooses("Date", string(mine.Date.AddDays(3)))
	p.TabsTo("Leave out")
	p.Presses(kb.Enter)
	p.Sees("One day left out")
	p.TabsTo("Reserve ")
	p.Presses(kb.Enter)
	p.Sees("3 days reserved")
	var agenda struct{ Reservations []struct{ Date civil.Date } }
	require.NoError(t, client.Send(t.Context(), "GET", "/me/agenda?from="+string(mine.Date), nil, &agenda))
	var dates []civil.Date
	for _, r := range agenda.Reservations {
		dates = append(dates, r.Date)
	}
	require.Equal(t, []civil.Date{mine.Date, mine.Date.AddDays(14), mine.Date.AddDays(17)}, dates)
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
