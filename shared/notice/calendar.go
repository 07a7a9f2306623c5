package notice

import (
	"context"
	"errors"
	"fmt"

	"github.com/iotspot/iotspot/shared/calendar"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// calendar sends a mail for each reservation: a calendar takes up one event of a mail. How many have gone is noted
// after each, so that a run which is cut off is gone on with.
func (c Courier) calendar(ctx context.Context, user table.User, told table.Told) error {
	for i, reservation := range told.All() {
		if i < told.Sent {
			continue
		}
		id, err := table.ParseReservationID(reservation)
		if err != nil {
			return err
		}
		if err := c.entry(ctx, user, told, id); err != nil {
			return err
		}
		if err := c.Tables.ToldSome(ctx, told, i+1); err != nil {
			return err
		}
	}
	return nil
}

// entry tells of a reservation as it is at this moment, whatever was done with it before: one that stands is an
// invitation, and one that stands no more is withdrawn. One that has gone since the mail was planned has another mail.
func (c Courier) entry(ctx context.Context, user table.User, told table.Told, id table.ReservationID) error {
	location, err := c.Tables.Location(ctx, told.Business, id.Location)
	if err != nil && !errors.Is(err, table.ErrAbsent) { // what was just removed is told without its name
		return err
	}
	now, err := c.Tables.Commitment(ctx, told.Person, id)
	gone := errors.Is(err, table.ErrAbsent)
	if err != nil && !gone {
		return err
	}
	if told.Kind == table.Planned && (gone || !now.State.Stands()) {
		return nil
	}
	write, what := calendar.Invite, now
	if gone {
		what = table.Commitment{Floor: told.Floor, Name: told.Name, From: told.From, To: told.To,
			Changes: told.Changes}
	}
	if gone || !now.State.Stands() {
		write = calendar.Withdraw
	}
	event, err := write(id, what, location, calendar.Guestlist{Organizer: c.Answers, Attendee: user.Email}, c.Now())
	if err != nil {
		return err
	}
	return c.Mail.Send(ctx, forCalendar(user, id, what, location, event))
}

func forCalendar(user table.User, id table.ReservationID, c table.Commitment, location table.Location,
	event mail.Calendar) mail.Message {
	say := func(w words.Text) string { return w.In(user.Language) }
	subject := words.Text{NL: "Voor je agenda: je reservering van %s",
		EN: "For your calendar: your reservation of %s"}
	text := words.Text{NL: "Je hebt gereserveerd: %s. Met deze e-mail staat dat ook in je agenda.",
		EN: "You have reserved: %s. This e-mail puts it into your calendar too."}
	if event.Method == "CANCEL" {
		subject = words.Text{NL: "Uit je agenda: je reservering van %s",
			EN: "Out of your calendar: your reservation of %s"}
		text = words.Text{NL: "Dit heb je niet meer gereserveerd: %s. Met deze e-mail gaat het uit je agenda.",
			EN: "You no longer have this reserved: %s. This e-mail takes it out of your calendar."}
	}
	return mail.Message{To: user.Email, Language: words.LanguageOf(user.Language), Kind: mail.ForCalendar,
		Subject: fmt.Sprintf(say(subject), say(words.Day(id.Day))), Calendar: event,
		Text: fmt.Sprintf(say(text), say(whereAndWhen(id, c, location))),
		Do: mail.Action{URL: "/#/agenda", Label: say(words.Text{NL: "Bekijk je reserveringen",
			EN: "View your reservations"})},
		Rest: say(words.Text{NL: "Wil je dit niet in je agenda? Zet het dan uit in de app, onder Mijn gegevens.",
			EN: "Don't want this in your calendar? Then turn it off in the app, under My data."})}
}

// whereAndWhen is in the time of the location, or says the day alone where that was removed.
func whereAndWhen(id table.ReservationID, c table.Commitment, location table.Location) words.Text {
	day, spot := words.Day(id.Day), mail.Unlinked(c.Name)
	if location.Name == "" {
		return words.Text{NL: spot + " op " + day.NL, EN: spot + " on " + day.EN}
	}
	name, from, to := mail.Unlinked(location.Name), c.From.Clock(location.Zone), c.To.EndClock(id.Day, location.Zone)
	return words.Text{
		NL: fmt.Sprintf("%s in %s op %s van %s tot %s (plaatselijke tijd)", spot, name, day.NL, from, to),
		EN: fmt.Sprintf("%s at %s on %s from %s to %s (local time)", spot, name, day.EN, from, to)}
}
