package calendar

import (
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/table"
)

// A Guestlist is who a mail for a calendar names (RFC 5546): by whom it is sent, and to whom, each by address alone.
type Guestlist struct {
	Organizer string // who gets a calendar's answer
	Attendee  string // the address to which the mail goes: a calendar takes up nothing for another
}

// Invite is what puts a reservation into its person's calendar, or brings it up to date there.
func Invite(id table.ReservationID, c table.Commitment, location table.Location, who Guestlist,
	now time.Time) (mail.Calendar, error) {
	calendar := calendarFor(ics.MethodRequest)
	who.on(add(calendar, id, c, location, now))
	return mailed(ics.MethodRequest, calendar)
}

// Withdraw is what takes it out again. Its sequence lies between that of the last invitation and that of a next one,
// for who comes after all and gets the spot back.
func Withdraw(id table.ReservationID, c table.Commitment, location table.Location, who Guestlist,
	now time.Time) (mail.Calendar, error) {
	calendar := calendarFor(ics.MethodCancel)
	event := add(calendar, id, c, location, now)
	event.SetSequence(2*c.Changes + 1)
	event.SetStatus(ics.ObjectStatusCancelled)
	who.on(event)
	return mailed(ics.MethodCancel, calendar)
}

func mailed(method ics.Method, calendar *ics.Calendar) (mail.Calendar, error) {
	text, err := written(calendar)
	return mail.Calendar{Method: string(method), Text: text}, err
}

// on names the two. The person has said already that they come, by reserving, so no answer is asked for.
func (g Guestlist) on(event *ics.VEvent) {
	event.SetOrganizer(g.Organizer, ics.WithCN("iotspot"))
	event.AddAttendee(g.Attendee, ics.CalendarUserTypeIndividual, ics.ParticipationRoleReqParticipant,
		ics.ParticipationStatusAccepted, &ics.KeyValues{Key: string(ics.ParameterRsvp), Value: []string{"FALSE"}})
}
