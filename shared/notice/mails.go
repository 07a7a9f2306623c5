package notice

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// cancellation tells of what was reserved, or asked for.
func (m Messenger) cancellation(user table.User, day civil.Date, told words.Text, asked bool) mail.Message {
	say := func(w words.Text) string { return w.In(user.Language) }
	subject := words.Text{NL: "Je reservering van %s is geannuleerd", EN: "Your reservation of %s was cancelled"}
	if asked {
		subject = words.Text{NL: "Je aanvraag van %s is geannuleerd", EN: "Your request of %s was cancelled"}
	}
	return mail.Message{To: user.Email, Language: words.LanguageOf(user.Language), Kind: mail.Cancellation,
		Subject: fmt.Sprintf(say(subject), say(words.Day(day))),
		Text:    say(told),
		Do: mail.Action{URL: "/", Label: say(words.Text{NL: "Reserveer een andere plek",
			EN: "Reserve another spot"})}}
}

// told is what becomes of a reservation, in the time of its location.
func (m Messenger) told(ctx context.Context, business string, id table.ReservationID,
	cancelled table.Cancellation) (words.Text, error) {
	where := words.Text{}
	location, err := m.Tables.Location(ctx, business, id.Location)
	if err == nil {
		where = words.Text{NL: " in " + mail.Unlinked(location.Name), EN: " at " + mail.Unlinked(location.Name)}
	}
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return words.Text{}, err
	}
	what := words.Text{NL: "een plek", EN: "a spot"}
	spot, err := m.Tables.Spot(ctx, business, cancelled.Spot)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return words.Text{}, err
	}
	if err == nil {
		what = words.Same(mail.Unlinked(spot.Name))
	}
	times := []any{cancelled.From.Clock(location.Zone), cancelled.To.EndClock(id.Day, location.Zone)}
	return cancelledBy(cancelled.Asked, what, where, words.Day(id.Day), times), nil
}

func cancelledBy(asked bool, what, where, day words.Text, times []any) words.Text {
	of := words.Text{NL: "Je reservering", EN: "Your reservation"}
	if asked {
		of = words.Text{NL: "Je aanvraag", EN: "Your request"}
	}
	return words.Text{
		NL: fmt.Sprintf("%s van %s%s op %s van %s tot %s (plaatselijke tijd) is geannuleerd door de "+
			"beheerder van de locatie: de plek is gewijzigd, weggehaald of dan niet te gebruiken.",
			append([]any{of.NL, what.NL, where.NL, day.NL}, times...)...),
		EN: fmt.Sprintf("%s of %s%s on %s from %s to %s (local time) was cancelled by the manager of "+
			"the location: the spot was changed or removed, or can't be used then.",
			append([]any{of.EN, what.EN, where.EN, day.EN}, times...)...),
	}
}

func (t *Teller) message(user table.User) mail.Message {
	say := func(w words.Text) string { return w.In(user.Language) }
	site, language := strings.TrimSuffix(t.PublicURL, "/"), words.LanguageOf(user.Language)
	day := say(words.Day(civil.Date(t.Version.Version)))
	return mail.Message{To: user.Email, Language: language, Kind: mail.NewStatement,
		Subject: fmt.Sprintf(say(words.Text{NL: "Nieuwe privacyverklaring van iotspot per %s",
			EN: "New privacy statement of iotspot as of %s"}), day),
		Text: say(words.Text{NL: "Dit is er nieuw: ", EN: "This is new: "}) + say(t.Version.Changes) + ".\n\n" +
			say(words.Text{
				NL: "De app vraagt je om toestemming voor deze versie. Tot je die geeft, kun je je gegevens inzien, " +
					"meenemen, er bezwaar tegen maken en ze laten wissen, en verder niets. De versie waarmee je " +
					"eerder instemde, blijft te lezen.",
				EN: "The app asks for your consent to this version. Until you give it you can view your data, take " +
					"it with you, object to it and have it erased, and nothing else. The version that you agreed to " +
					"earlier can still be read."}),
		Do: mail.Action{Label: say(words.Text{NL: "Lees de nieuwe verklaring", EN: "Read the new statement"}),
			URL: site + "/statement?language=" + language}}
}
