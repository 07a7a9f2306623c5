// Package calendar writes reservations as calendars read them (RFC 5545): in a private feed to which a calendar
// subscribes, or one as a file. What a calendar has fetched is out of this system's reach.
package calendar

import (
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// A Page is a calendar as an answer.
type Page struct{ text string }

// Content makes it an answer that is written as it is.
func (p Page) Content() (mediaType string, body []byte) {
	return "text/calendar; charset=utf-8", []byte(p.text)
}

// often is how often a calendar may ask again.
const often = "PT1H"

// empty is a calendar with nothing in it.
func empty() *ics.Calendar {
	calendar := ics.NewCalendarFor("iotspot")
	calendar.SetProductId("-//iotspot//reservations//EN")
	calendar.SetMethod(ics.MethodPublish)
	calendar.SetXWRCalName("iotspot")
	calendar.SetRefreshInterval(often, ics.WithValue("DURATION"))
	calendar.SetXPublishedTTL(often)
	return calendar
}

// page writes a calendar with lines that end and are folded as RFC 5545 has it.
func page(calendar *ics.Calendar) (Page, error) {
	var text strings.Builder
	err := calendar.SerializeTo(&text, ics.WithNewLine("\r\n"))
	return Page{text.String()}, err
}

// add puts a reservation into a calendar: its spot, place and time, and nobody's name. Its identifier is made of the
// reservation's random key, and its sequence rises with each change. A workplace doesn't make its person busy.
func add(calendar *ics.Calendar, id table.ReservationID, c table.Commitment, at table.Location, now time.Time) {
	event := calendar.AddEvent(secret.DerivedID("calendar", id.String()) + "@iotspot")
	event.SetDtStampTime(now)
	event.SetStartAt(c.From.Time())
	event.SetEndAt(c.To.Time())
	event.SetSequence(c.Changes)
	event.SetSummary(c.Name + " · " + at.Name)
	event.SetLocation(strings.Join([]string{c.Name, at.Floors[c.Floor].Name, at.Name, at.Address}, ", "))
	event.SetStatus(ics.ObjectStatusConfirmed)
	event.SetClass(ics.ClassificationPrivate)
	if c.Workplace {
		event.SetTimeTransparency(ics.TransparencyTransparent)
	}
}
