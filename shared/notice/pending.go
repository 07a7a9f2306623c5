package notice

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/words"
)

// A Courier mails people what was done with their reservations in their name, that a workplace is not their own any
// more, and who wants it what is for their calendar. What it is to say was written in the transaction that did it, so
// each is told of what was really done, and of all of it; twice where the answer of a mail was lost.
type Courier struct {
	Tables *table.Tables
	Mail   mail.Sender
	Now    func() time.Time
	// Answers is the address that gets the answers of calendars, where no person reads.
	Answers string
}

// Starts says what starts the mails: the minute.
func (c Courier) Starts() trigger.Starts { return trigger.OnSchedule(c.Round) }

// Round sends every mail that is pending. One that fails keeps no other waiting, and is tried again the next minute.
func (c Courier) Round(ctx context.Context) error {
	all, err := c.Tables.ToTell(ctx, identity.Person{})
	for _, told := range all {
		if slices.ContainsFunc(all, told.Before) { // of which the mail tells how it is now
			err = errors.Join(err, c.Tables.WasTold(ctx, told))
			continue
		}
		err = errors.Join(err, c.tell(ctx, told))
	}
	return err
}

// tell looks up at this moment to whom it goes, and who did it as far as they show it. Who has gone is told nothing.
func (c Courier) tell(ctx context.Context, told table.Told) error {
	user, err := c.Tables.User(ctx, told.Person, "4.a.2", "4.language")
	if err == nil {
		err = c.send(ctx, user, told)
	}
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return err
	}
	return c.Tables.WasTold(ctx, told)
}

func (c Courier) send(ctx context.Context, user table.User, told table.Told) error {
	if told.Kind == table.Planned || told.Kind == table.Altered {
		return c.calendar(ctx, user, told)
	}
	message, err := c.message(ctx, user, told)
	if err != nil {
		return err
	}
	return c.Mail.Send(ctx, message)
}

func (c Courier) message(ctx context.Context, user table.User, told table.Told) (mail.Message, error) {
	id, err := table.ParseReservationID(told.Reservation)
	if err != nil {
		return mail.Message{}, err
	}
	location, err := c.Tables.Location(ctx, told.Business, id.Location)
	if told.Kind == table.Unassigned && (err == nil || errors.Is(err, table.ErrAbsent)) { // it may have gone as well
		return noLongerOwn(user, mail.Unlinked(told.Name), mail.Unlinked(location.Name)), nil
	}
	if err != nil {
		return mail.Message{}, err
	}
	name, err := c.by(ctx, told)
	if err != nil {
		return mail.Message{}, err
	}
	subject, text := lines(told, name, id.Day, location)
	return acted(user, subject, text), nil
}

func acted(user table.User, subject, text words.Text) mail.Message {
	return mail.Message{To: user.Email, Language: words.LanguageOf(user.Language), Kind: mail.Acted,
		Subject: subject.In(user.Language), Text: text.In(user.Language), Do: mail.Action{URL: "/#/agenda",
			Label: words.Text{NL: "Bekijk je reserveringen", EN: "View your reservations"}.In(user.Language)}}
}

// noLongerOwn tells somebody of a workplace that was their own; without a location where that has gone.
func noLongerOwn(user table.User, spot, location string) mail.Message {
	nl, en := spot, spot
	if location != "" {
		nl, en = spot+" in "+location, spot+" at "+location
	}
	message := acted(user, words.Text{NL: "Een werkplek is niet meer van jou alleen",
		EN: "A workplace is no longer yours alone"}, words.Text{
		NL: "Je organisatie heeft beëindigd dat " + nl + " jouw eigen werkplek is. Is een reservering van je " +
			"vervallen, dan krijg je daar een e-mail over. Voortaan reserveer je zoals iedereen.",
		EN: "Your organisation has ended that " + en + " is your own workplace. If a reservation of yours was " +
			"cancelled, you get an e-mail about that. From now on you reserve as everybody does."})
	message.Kind = mail.NoLongerOwn
	return message
}

func (c Courier) by(ctx context.Context, told table.Told) (words.Text, error) {
	somebody := words.Text{NL: "Een collega", EN: "A colleague"}
	if told.By == "" {
		return somebody, nil
	}
	name, err := c.Tables.ShownName(ctx, identity.Person{Business: told.Business, User: told.By})
	if err != nil || name == "" {
		return somebody, err
	}
	return words.Same(mail.Unlinked(name)), nil
}

// deed is what somebody did for another, as a subject and as a sentence says it.
func deed(kind table.NoticeKind) (did, how words.Text) {
	switch kind {
	case table.AskedFor:
		return words.Text{NL: "een plek voor je aangevraagd", EN: "asked for a spot for you"},
			words.Text{NL: "heeft voor je goedkeuring gevraagd", EN: "asked for approval for you"}
	case table.WithdrawnFor:
		return words.Text{NL: "een aanvraag van je ingetrokken", EN: "took back a request of yours"},
			words.Text{NL: "heeft je aanvraag ingetrokken", EN: "took back your request"}
	case table.CancelledFor:
		return words.Text{NL: "een reservering van je geannuleerd", EN: "cancelled a reservation of yours"},
			words.Text{NL: "heeft je reservering geannuleerd", EN: "cancelled your reservation"}
	}
	return words.Text{NL: "een plek voor je gereserveerd", EN: "reserved a spot for you"},
		words.Text{NL: "heeft voor je gereserveerd", EN: "reserved for you"}
}

// lines say what was done, in the time of the location.
func lines(told table.Told, by words.Text, day civil.Date, location table.Location) (subject, text words.Text) {
	did, how := deed(told.Kind)
	on, spot, where := words.Day(day), mail.Unlinked(told.Name), mail.Unlinked(location.Name)
	from, to := told.From.Clock(location.Zone), told.To.EndClock(day, location.Zone)
	subject = words.Text{NL: fmt.Sprintf("Iemand heeft %s: %s", did.NL, on.NL),
		EN: fmt.Sprintf("Somebody %s: %s", did.EN, on.EN)}
	text = words.Text{
		NL: fmt.Sprintf("%s %s: %s in %s op %s van %s tot %s (plaatselijke tijd).\n\nDat kan omdat jij dat in de "+
			"app hebt toegestaan. Daar kun je het ook weer intrekken, bij Mensen.",
			by.NL, how.NL, spot, where, on.NL, from, to),
		EN: fmt.Sprintf("%s %s: %s at %s on %s from %s to %s (local time).\n\nThey can because you allowed it in "+
			"the app, where you can also take that back, at People.",
			by.EN, how.EN, spot, where, on.EN, from, to)}
	return subject, text
}
