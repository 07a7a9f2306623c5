package screens_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestDayAndTimeAreChosenByPresetByTheDayAndByQuartersAndEachSpotSaysWhatItIsThen(t *testing.T) {
	o := ownOffice(t)
	other := o.newcomer(t, "Otto Other", "otto@voorbeeld.example")
	tomorrow := o.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	require.NoError(t, other.Send(t.Context(), "POST", "/reservations", map[string]any{"spot": o.desk(t, "0.02"),
		"date": tomorrow, "from": "10:30", "to": "12:00"}, nil))
	p, _ := o.with(t, "Wanda When", "wanda@voorbeeld.example")
	p.Goes("#/floor/" + o.floor(t))
	p.Taps("A day later")
	p.Sees("Tuesday ")
	p.Taps("Afternoon")
	p.Sees("13:00–19:00")
	p.Sees("8 of 8 free")
	p.Taps("Morning")
	p.Until("the spot is free for a part", func() bool { return p.Has(`[aria-label="0.02, free until 10:30"]`) })
	p.Taps("Other…")
	p.Chooses("To", "690")   // minutes of the day: 11:30
	p.Chooses("From", "630") // 10:30
	p.Sees("10:30–11:30")
	p.Taps("0.02, taken")
	p.Sees("Taken until 12:00, then free until 19:00.")
	p.Sees("Close by and free all of that time")
	p.Chooses("Day", o.Now().AddDate(0, 0, 2).Format(time.DateOnly))
	p.Sees("Wednesday ")
	p.Until("the slides are the day's", func() bool {
		return p.Run(`[...document.querySelectorAll(".slide b")].map(e => e.textContent).join()`) ==
			p.Run(`document.querySelector(".over").textContent.split(" · ")[1].replace("–\u2060", ",")`)
	})
	p.Taps("Reserve ") // it is still the one that was tapped
	p.Sees("0.02 is yours")
}

func TestALocationsPresetsComeFirstAndAFloorSaysWhatIsShutAndWhy(t *testing.T) {
	o := ownOffice(t)
	day := func(n int) string { return o.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	var floor struct{ Location string }
	require.NoError(t, o.admin.Send(t.Context(), "GET", "/floors/"+o.floor(t), nil, &floor))
	require.NoError(t, o.admin.Send(t.Context(), "PUT", "/locations/"+floor.Location+"/rules", map[string]any{
		"presets": []map[string]any{{"kind": "own", "name": "Core hours", "from": "10:00", "to": "15:00"}},
		"closures": []map[string]any{
			{"name": "Fire drill", "from": day(1), "until": day(1),
				"part": map[string]any{"from": "14:00", "to": "15:00"}},
			{"name": "Exams", "from": day(1), "until": day(1), "for": "room"},
			{"name": "Founders' day", "from": day(2), "until": day(2)}}}, nil))
	require.NoError(t, o.admin.Send(t.Context(), "POST", "/floors/"+o.floor(t)+"/outages", map[string]any{
		"spot": o.desk(t, "0.03"), "date": day(1), "reason": "the lamp is being mended"}, nil))
	p, _ := o.with(t, "Sher Shut", "sher@voorbeeld.example")
	p.Sees("Your next days")
	founders := o.Now().AddDate(0, 0, 2).Format("Monday 2 January") + ": "
	require.Contains(t, p.Run(`document.querySelector(".day.shut").textContent`), founders+"closed")
	require.Equal(t, "1", p.Run(`String(document.querySelectorAll(".day.shut").length)`), "any other day is one tap")
	p.Goes("#/floor/" + o.floor(t) + "?date=" + day(1))
	p.Taps("Core hours")
	p.Sees("10:00–15:00")
	require.False(t, p.Shows("Morning"), "the location's own stand in place of the usual ones")
	_, room := o.room(t)
	for _, says := range []string{"0.01, free until 14:00", room + ", closed: Exams",
		"0.03, closed: the lamp is being mended"} {
		p.Until("it is said: "+says, func() bool { return p.Has(fmt.Sprintf("[aria-label=%q]", says)) })
	}
	p.Taps("0.03, closed: the lamp is being mended")
	p.Sees("Open this spot")
	require.False(t, p.Shows("Reserve 1"), "what is shut is not offered")
	p.Taps("0.01, free until")
	p.Taps("Reserve 10:00–14:00")
	p.Sees("0.01 is yours")
	p.Taps("A day later")
	p.Sees("It is closed on that day: Founders' day. Choose another day.")
}
