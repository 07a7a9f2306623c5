package presence

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/words"
)

// An Asker mails people whose reservation has begun without them the question whether they come.
type Asker struct {
	Tables    *table.Tables
	Mail      mail.Sender
	Now       func() time.Time
	PublicURL string // where the answer is taken
}

// Starts says what starts the mails.
func (a Asker) Starts() trigger.Starts { return trigger.Event(a.Ask) }

// Ask mails the question once, while there is a reason to: nobody has checked in, cancelled or answered meanwhile. It
// holds the only copy of the secret to answer with. A guest has no address here, and is not asked.
func (a Asker) Ask(ctx context.Context, due events.MailDue) error {
	if due.About != events.AboutArrival {
		return nil
	}
	err := a.ask(ctx, identity.Person{Business: due.Business, User: due.User}, due.Reservation)
	if errors.Is(err, table.ErrAbsent) || errors.Is(err, table.ErrRefused) {
		return nil // there is nothing to ask any more, or it was asked
	}
	return err
}

func (a Asker) ask(ctx context.Context, p identity.Person, key string) error {
	today := civil.DateOf(a.Now(), civil.UTC)
	id, c, err := a.Tables.Find(ctx, p, key, today.AddDays(-1), today.AddDays(1))
	if err != nil {
		return err
	}
	place := table.Place{Business: p.Business, Location: id.Location, Floor: c.Floor, Spot: c.Spot}
	sheet, err := a.Tables.SpotSheetNow(ctx, place, id.Day)
	if err != nil {
		return err
	}
	held := sheet.Holdings[key]
	if held.User != p.User || held.State != table.Reserved || held.ComingAt != 0 || !a.Now().Before(held.To.Time()) {
		return nil
	}
	location, err := a.Tables.Location(ctx, p.Business, id.Location)
	if err != nil {
		return err
	}
	user, err := a.Tables.User(ctx, p, "4.a.2", "4.language")
	if err != nil {
		return err
	}
	mailing := table.Mailing{Person: p, Day: id.Day, Location: id.Location, About: table.ArrivalMailed + key}
	if err := a.Tables.BeginMailing(ctx, mailing, a.Now()); err != nil {
		return err
	}
	token := bearer.Token(p, secret.Token())
	if err := a.Tables.Question(ctx, place, id.Day, key, held, secret.Hash(token)); err != nil {
		return err
	}
	if held.AskedAt == 0 {
		held.AskedAt = a.Now().Unix()
	}
	if err := a.Mail.Send(ctx, a.question(user, location, id, c, SettingsOf(location).until(held), token)); err != nil {
		return err
	}
	return a.Tables.Mailed(ctx, mailing)
}

func (a Asker) question(user table.User, location table.Location, id table.ReservationID, c table.Commitment,
	until time.Time, token string) mail.Message {
	say := func(w words.Text) string { return w.In(user.Language) }
	what := []any{mail.Unlinked(c.Name), mail.Unlinked(location.Name),
		c.From.Clock(location.Zone), c.To.EndClock(id.Day, location.Zone), clock(until, location.Zone)}
	return mail.Message{To: user.Email, Language: words.LanguageOf(user.Language), Kind: mail.Question,
		Subject: fmt.Sprintf(say(words.Text{NL: "Kom je nog? Je reservering van %s",
			EN: "Are you coming? Your reservation of %s"}), say(words.Day(id.Day))),
		Text: fmt.Sprintf(say(words.Text{
			NL: "Je reserveerde %s in %s vandaag van %s tot %s (plaatselijke tijd) en bent nog niet " +
				"ingecheckt.\n\nHoren we niets, dan komt de plek om %s vrij voor anderen.",
			EN: "You reserved %s at %s today from %s to %s (local time) and have not checked in yet.\n\nIf we hear " +
				"nothing, the spot is released for others at %s."}), what...),
		Do: mail.Action{Label: say(comingLabel), URL: a.PublicURL + ComingPath + id.String() + linkMark + token},
		Rest: say(words.Text{
			NL: "Antwoorden houdt de plek voor je vast en checkt je niet in. Kom je niet? Geef de plek dan vrij in " +
				"de app.",
			EN: "Answering keeps the spot for you and doesn't check you in. Not coming? Then give the spot back in " +
				"the app."}),
	}
}

func clock(at time.Time, zone civil.Zone) string { return zone.In(at).Format("15:04") }
