package screens_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/phone"
)

// saves presses the button of the sheet that is open.
func saves(p *phone.Phone) {
	p.Run(`document.querySelector("dialog button[type=submit]").click(); ""`)
}

func closes(p *phone.Phone, what string) {
	saves(p)
	p.Until(what+" is saved", func() bool { return !p.Has("dialog[open]") })
}

func TestALocationsSettingsAreChangedAndWhatIsRefusedStandsAtItsField(t *testing.T) {
	o := ownOffice(t)
	there := o.locations(t)
	p := o.administers(t, "Locations and rules")
	p.Sees("Hours of weekdays")
	p.Taps("Change")
	p.Fills("Closes at", "06:00")
	p.Fills("Days ahead", "soon")
	saves(p)
	p.Until("a word is no number", func() bool { return p.Has("dialog input[aria-invalid=true]") })
	require.Contains(t, p.Run(`document.querySelector("dialog .field .bad").innerText`), "Accepted:")
	p.Fills("Days ahead", "45")
	saves(p)
	p.Sees("The location closes before it opens")
	flawless(t, p, "a refused setting")
	p.Fills("Closes at", "20:00")
	closes(p, "the location")
	p.Sees("up to 45 days ahead")

	p.Taps("New location")
	saves(p)
	p.Until("what is missing is said at its field", func() bool { return p.Has("dialog input[aria-invalid=true]") })
	for label, text := range map[string]string{"Name": "Depot <b>", "Address": "Dok 3", "Latitude": "52,1",
		"Longitude": "5.1", "Time zone": "Europe/Amsterdam"} {
		p.Fills(label, text)
	}
	closes(p, "the new location")
	p.Sees("Depot <b>")
	require.Equal(t, there+1, o.locations(t))
}

func TestALocationsRulesAreChangedPartByPartAndTheStrictestIsShownToBeInForce(t *testing.T) {
	o := ownOffice(t)
	tomorrow := o.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	takes(t, o.newcomer(t, "Tess Taker", "tess@voorbeeld.example"), tomorrow)
	p := o.administers(t, "Locations and rules")
	p.Sees("Hours of weekdays")
	p.Taps("Change: Hours of weekdays")
	p.Fills("Friday", "nine to five")
	saves(p)
	p.Sees("We can't read these hours")
	p.Fills("Friday", "9-12:07")
	saves(p)
	p.Until("what the server refuses is at the day", func() bool { return p.Has("dialog input[aria-invalid=true]") })
	p.Fills("Friday", "9-12, 13-17")
	p.Fills("Sunday", "closed")
	flawless(t, p, "the hours of weekdays")
	closes(p, "the week")
	p.Sees("09:00-12:00, 13:00-17:00")

	p.Taps("Change: Limits")
	p.Fills("At most, in minutes", "480")
	p.Chooses("For", "meeting_room")
	p.Fills("At most, in minutes", "120")
	p.Fills("Days ahead", "14")
	closes(p, "the limits")
	force := p.Run(`[...document.querySelectorAll(".kinds > div")].map((e) => e.innerText.replaceAll("\n", ": ")).join("|")`)
	require.Contains(t, force, "Meeting rooms: 14 days ahead, 4 on a day, at most 120 minutes")
	require.Contains(t, force, "Desks: 60 days ahead, 4 on a day, at most 480 minutes")

	p.Taps("Change: Closures")
	p.Fills("Name", "Moving day")
	p.Run(`for (const e of document.querySelectorAll("dialog input[type=date]")) {
		e.value = %q; e.dispatchEvent(new Event("input", { bubbles: true })) } ""`, tomorrow)
	p.Taps("Put it in")
	p.Sees("Take out")
	saves(p)
	p.Sees("What becomes of the reservations?")
	flawless(t, p, "a closure when somebody has reserved")
	p.Chooses("What becomes of the reservations?", "cancel")
	closes(p, "the closure")
	p.Sees("Moving day")

	p.Taps("Change: What happens by itself")
	p.Taps("A spot that was left comes free")
	p.Fills("Ask after, in minutes", "200")
	saves(p)
	p.Until("it is refused at its field", func() bool { return p.Has("dialog input[aria-invalid=true]") })
	p.Fills("Ask after, in minutes", "5")
	closes(p, "the habits")
	p.Taps("Change: With approval")
	p.Chooses("For", "room")
	p.Taps("Put it in")
	closes(p, "the approvals")
	p.Taps("Change: Times with one tap")
	p.Fills("Hours", "8-12:30")
	p.Taps("Put it in")
	closes(p, "the presets")
	p.Sees("08:00-12:30")
	for _, part := range []string{"Closures", "Limits", "With approval", "Times with one tap",
		"What happens by itself"} {
		p.Taps("Change: " + part)
		p.Until("it is open", func() bool { return p.Has("dialog[open]") })
		flawless(t, p, part)
		p.Taps("Close")
	}
}
