package notice

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/bus"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/words"
)

// A Reminder says which people who want it (4.f.1) are to be told by mail what they have reserved at a location for
// the next day: from reminded o'clock there, once. It is made from the sheets of that day, and keeps nothing of its
// own.
type Reminder struct {
	Tables *table.Tables
	Bus    bus.Publisher
	Now    func() time.Time
}

// reminded is the hour of the day before, in the location's zone.
const reminded = 16

// Starts says what starts it: the minute.
func (r Reminder) Starts() trigger.Starts { return trigger.OnSchedule(r.Round) }

// Round looks for locations that were not looked through for their next day. One that fails keeps no other waiting,
// and is tried again the next minute.
func (r Reminder) Round(ctx context.Context) error {
	open, err := r.Tables.OpenLocations(ctx)
	for _, location := range open {
		if day, due := next(r.Now(), location.Zone); due && location.Reminded < day {
			err = errors.Join(err, r.location(ctx, location, day))
		}
	}
	return err
}

// next is the day of which people are reminded at a moment, if it is late enough.
func next(now time.Time, zone civil.Zone) (civil.Date, bool) {
	return civil.DateOf(now, zone).AddDays(1), zone.In(now).Hour() >= reminded
}

// location asks for a mail for each who wants one, and only then notes that it did: cut off in between it asks again,
// and each is mailed once.
func (r Reminder) location(ctx context.Context, open table.OpenDays, day civil.Date) error {
	location, err := r.Tables.Location(ctx, open.Business, open.Location)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return err
	}
	if err == nil && location.Rules.Has(rules.Reminders) {
		for _, floor := range open.Floors {
			if err := r.floor(ctx, open, floor, day); err != nil {
				return err
			}
		}
	}
	return r.Tables.Reminded(ctx, open.Location, day)
}

func (r Reminder) floor(ctx context.Context, open table.OpenDays, floor string, day civil.Date) error {
	sheets, err := r.Tables.FloorDay(ctx, open.Business, open.Location, floor, day)
	if err != nil {
		return err
	}
	holds := map[string]string{} // by the person, one of their reservations
	for _, sheet := range sheets {
		for key, held := range sheet.Holdings {
			if held.State.Stands() {
				holds[held.User] = max(key, holds[held.User])
			}
		}
	}
	people := slices.Sorted(maps.Keys(holds))
	users, err := r.Tables.UsersNow(ctx, open.Business, people, "4.f.1") // a guest is none of them
	if err != nil {
		return err
	}
	for _, id := range people {
		if !users[id].Reminders {
			continue
		}
		if err := r.Bus.Publish(ctx, events.MailDueType, events.MailDue{Business: open.Business, User: id,
			About: events.AboutTomorrow, Reservation: holds[id]}); err != nil {
			return err
		}
	}
	return nil
}

// Reminders are the mails themselves.
type Reminders struct {
	Tables *table.Tables
	Mail   mail.Sender
	Now    func() time.Time
}

// Starts says what starts the mails.
func (r Reminders) Starts() trigger.Starts { return trigger.Event(r.Remind) }

// Remind tells a person who still wants it what they have reserved for the next day, one mail for each location,
// once.
func (r Reminders) Remind(ctx context.Context, due events.MailDue) error {
	if due.About != events.AboutTomorrow {
		return nil
	}
	p := identity.Person{Business: due.Business, User: due.User}
	user, err := r.Tables.User(ctx, p, "4.a.2", "4.f.1", "4.language")
	if errors.Is(err, table.ErrAbsent) || err == nil && !user.Reminders {
		return nil
	}
	if err != nil {
		return err
	}
	today := civil.DateOf(r.Now(), civil.UTC)
	sheets, err := r.Tables.PersonDaysNow(ctx, p, today, today.AddDays(2))
	for _, sheet := range sheets {
		if one := r.remind(ctx, user, sheet); !errors.Is(one, table.ErrAbsent) && !errors.Is(one, table.ErrRefused) {
			err = errors.Join(err, one)
		}
	}
	return err
}

// remind is table.ErrAbsent or ErrRefused where the location or the sheet has gone, or it was mailed.
func (r Reminders) remind(ctx context.Context, user table.User, sheet table.PersonSheet) error {
	location, err := r.Tables.Location(ctx, user.Person.Business, sheet.Location)
	if err != nil {
		return err
	}
	if day, due := next(r.Now(), location.Zone); !due || day != sheet.Day || !location.Rules.Has(rules.Reminders) {
		return nil
	}
	lines := reserved(sheet, location)
	if len(lines) == 0 {
		return nil
	}
	mailing := table.Mailing{Person: user.Person, Day: sheet.Day, Location: sheet.Location,
		About: table.ReminderMailed}
	if err := r.Tables.BeginMailing(ctx, mailing, r.Now()); err != nil {
		return err
	}
	if err := r.Mail.Send(ctx, reminder(user, sheet.Day, location, lines)); err != nil {
		return err
	}
	return r.Tables.Mailed(ctx, mailing)
}

// reserved is a line for each reservation of a day, by their times.
func reserved(sheet table.PersonSheet, location table.Location) (lines []words.Text) {
	all := slices.SortedFunc(maps.Values(sheet.Commitments), func(a, b table.Commitment) int {
		return cmp.Or(cmp.Compare(a.From, b.From), strings.Compare(a.Name, b.Name))
	})
	for _, c := range all {
		if c.State.Stands() {
			what := []any{mail.Unlinked(c.Name), c.From.Clock(location.Zone), c.To.EndClock(sheet.Day, location.Zone)}
			lines = append(lines, words.Text{NL: fmt.Sprintf("%s van %s tot %s", what...),
				EN: fmt.Sprintf("%s from %s to %s", what...)})
		}
	}
	return lines
}

func reminder(user table.User, day civil.Date, location table.Location, lines []words.Text) mail.Message {
	say := func(w words.Text) string { return w.In(user.Language) }
	text := fmt.Sprintf(say(words.Text{NL: "Morgen, %s, heb je gereserveerd in %s (plaatselijke tijd):",
		EN: "Tomorrow, %s, you have reserved at %s (local time):"}), say(words.Day(day)), mail.Unlinked(location.Name))
	for _, line := range lines {
		text += "\n\n" + say(line)
	}
	return mail.Message{To: user.Email, Language: words.LanguageOf(user.Language), Kind: mail.Reminder,
		Subject: fmt.Sprintf(say(words.Text{NL: "Morgen: je reservering van %s",
			EN: "Tomorrow: your reservation of %s"}),
			say(words.Day(day))),
		Text: text,
		Do: mail.Action{URL: "/#/agenda", Label: say(words.Text{NL: "Bekijk je reserveringen",
			EN: "View your reservations"})},
		Rest: say(words.Text{NL: "Kom je niet? Annuleer dan in de app, dan kan een ander de plek gebruiken. Daar " +
			"zet je herinneringen ook uit, onder Mijn gegevens.",
			EN: "Not coming? Then cancel in the app, so that somebody else can use the spot. That is also where you " +
				"turn reminders off, under My data."})}
}
