// Package calendar writes reservations as calendars read them (RFC 5545): in a private feed to which a calendar
// subscribes, or one as a file. What a calendar has fetched is out of this system's reach.
package calendar

import (
	"slices"
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
	calendar := calendarFor(ics.MethodPublish)
	calendar.SetXWRCalName("iotspot")
	calendar.SetRefreshInterval(often) // with the parameter VALUE=DURATION, which the library's name of it has
	calendar.SetXPublishedTTL(often)
	return calendar
}

// calendarFor is a calendar by which something is done with what is in it.
func calendarFor(method ics.Method) *ics.Calendar {
	calendar := ics.NewCalendarFor("iotspot")
	calendar.SetProductId("-//iotspot//reservations//EN")
	calendar.SetCalscale("GREGORIAN")
	calendar.SetMethod(method)
	return calendar
}

// page writes a calendar with lines that end and are folded as RFC 5545 has it.
func page(calendar *ics.Calendar) (Page, error) {
	text, err := written(calendar)
	return Page{text}, err
}

func written(calendar *ics.Calendar) (string, error) {
	var text strings.Builder
	err := calendar.SerializeTo(&text, ics.WithNewLine("\r\n"))
	return text.String(), err
}

// add puts a reservation into a calendar: its spot, place and time, and nobody's name. Its identifier is made of the
// reservation's random key, and its sequence rises with each change, by two, so that there is one between for its
// end. A workplace doesn't make its person busy.
func add(calendar *ics.Calendar, id table.ReservationID, c table.Commitment, location table.Location,
	now time.Time) *ics.VEvent {
	event := calendar.AddEvent(secret.DerivedID("calendar", id.String()) + "@iotspot")
	event.SetDtStampTime(now)
	event.SetStartAt(c.From.Time())
	event.SetEndAt(c.To.Time())
	event.SetSequence(2 * c.Changes)
	event.SetSummary(joined(" · ", c.Name, location.Name))
	event.SetLocation(joined(", ", c.Name, location.Floors[c.Floor].Name, location.Name, location.Address))
	event.SetStatus(ics.ObjectStatusConfirmed)
	event.SetClass(ics.ClassificationPrivate)
	if c.Workplace {
		event.SetTimeTransparency(ics.TransparencyTransparent)
	}
	return event
}

// joined leaves out what is not known any more, as the name of a location that was removed.
func joined(by string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), by)
}
