package screens_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/phone"
)

func TestRunningLateIsOneTapAndAReservationIsChangedInTheAgenda_4_d_2(t *testing.T) {
	o := ownOffice(t)
	p, client := o.with(t, "Lara Late", "lara@voorbeeld.example")
	p.Taps("Reserve, ")
	p.Sees("is yours")
	p.Taps("Running late")
	p.Sees("waits for you until 9:15")
	var mine struct {
		Reservations []struct{ Spot, Name, Date, From, To string }
	}
	read := func() string {
		require.NoError(t, client.Send(t.Context(), "GET", "/me/today", nil, &mine))
		return mine.Reservations[0].From + " " + mine.Reservations[0].To
	}
	require.Equal(t, "09:15 19:00", read())
	name := mine.Reservations[0].Name

	p.Goes("#/agenda")
	p.Settles()
	require.False(t, p.Shows("waits for you until"), "what was said on one screen is not said over the next")
	p.Run(`{ const make = URL.createObjectURL
		URL.createObjectURL = file => { void file.text().then(text => { window.saved = text }); return make(file) }; "" }`)
	p.Taps("Calendar file: " + name)
	p.Until("a file for a calendar is there", func() bool {
		return strings.Contains(p.Run("window.saved ?? ''"), "BEGIN:VEVENT")
	})
	p.Taps("Change: " + name)
	p.Chooses("To", "17:00")
	p.Taps("Save")
	p.Sees(name + " is now from 9:15–17:00")
	require.Equal(t, "09:15 17:00", read())

	other := o.newcomer(t, "Otto Other", "otto@voorbeeld.example")
	require.NoError(t, other.Send(t.Context(), "POST", "/reservations",
		map[string]any{"spot": mine.Reservations[0].Spot,
			"date": mine.Reservations[0].Date, "from": "17:00", "to": "18:00"}, nil))
	p.Taps("Change: " + name)
	p.Chooses("To", "18:00")
	p.Taps("Save")
	p.Sees("The spot is taken during that time")
	require.Equal(t, "18:00", p.Run(`document.querySelectorAll("dialog select")[1].value`),
		"what was chosen is not lost")
	require.Equal(t, "09:15 17:00", read())
	p.Chooses("To", "16:00")
	p.Taps("Save")
	p.Sees(name + " is now from 9:15–16:00")
}

func TestARoomsTitleIsChangedInTheAgenda_4_f_4(t *testing.T) {
	o := ownOffice(t)
	p, client := o.with(t, "Tina Title", "tina@voorbeeld.example")
	room, name := o.room(t)
	tomorrow := o.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	require.NoError(t, client.Send(t.Context(), "POST", "/reservations",
		map[string]any{"spot": room, "date": tomorrow,
			"from": "10:00", "to": "11:00", "title": "Budget"}, nil))
	p.Goes("#/agenda")
	p.Taps("Change: " + name)
	p.Fills("Title", "Budget 2027")
	p.Taps("Also seen at the room")
	p.Taps("Save")
	p.Sees("Budget 2027 · also seen at the room")
	p.Taps("Change: " + name)
	p.Fills("Title", "")
	p.Taps("Save")
	p.Until("it has no title any more", func() bool { return !p.Shows("Budget") })
	p.Sees(name)
}

func TestARangeOfDaysIsCancelledAtOnceAndCancellingTwiceIsHarmless_4_d_2(t *testing.T) {
	o := office(t)
	p, client := o.with(t, "Ran Ge", "range@voorbeeld.example")
	day := func(n int) string { return o.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	for n := 1; n <= 4; n++ {
		takes(t, client, day(n))
	}
	booked := func(n int) func() bool {
		return func() bool { return p.Run(`String(document.querySelectorAll(".booked").length)`) == strconv.Itoa(n) }
	}
	p.Goes("#/agenda")
	p.Until("all four are there", booked(4))
	p.Taps("Cancel a range of days")
	p.Chooses("First day", day(2))
	p.Chooses("Last day", day(3))
	p.Taps("Cancel 2 reservations")
	p.Sees("2 reservations cancelled")
	p.Until("two are left", booked(2))

	elsewhere := o.signIn(t, "range@voorbeeld.example")
	require.NoError(t, elsewhere.Send(t.Context(), "DELETE", "/me/agenda?from="+day(1)+"&to="+day(1), nil, nil))
	before := len(p.Asked())
	p.Taps("Cancel: ")
	p.Until("it is asked", func() bool { return slices.ContainsFunc(p.Since(before), deletes) })
	p.Settles()
	p.Until("one is left", booked(1))
	require.False(t, p.Has(".notice.bad"), "that it was cancelled already is as good")

	p.Taps("Cancel: ")
	p.Until("it is out of the list", booked(0))
	p.Meets(phone.Slow3G()) // so that the page is gone before it is answered; who hears of that isn't kept to go back to
	p.Run(`addEventListener("unload", () => {}); location.href = "about:blank"; ""`)
	require.Eventually(t, func() bool {
		var left struct{ Reservations []struct{ State string } }
		require.NoError(t, client.Send(t.Context(), "GET", "/me/agenda?from="+day(1)+"&to="+day(5), nil, &left))
		return !slices.ContainsFunc(left.Reservations,
			func(r struct{ State string }) bool { return r.State == "reserved" })
	}, 10*time.Second, 100*time.Millisecond, "who leaves the app has no second thoughts")
}

func deletes(asked string) bool { return strings.HasPrefix(asked, "DELETE /reservations/") }
