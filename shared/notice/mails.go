package notice

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

func (m Messenger) cancellation(user table.User, told words.Text) mail.Message {
	language := words.LanguageOf(user.Language)
	return mail.Message{To: user.Email, Language: language, Kind: mail.Cancellation,
		Subject: words.Text{NL: "Je reservering is geannuleerd",
			EN: "Your reservation was cancelled"}.In(language),
		Text: told.In(language) + "\n\n" + m.Support + "\n"}
}

func (m Messenger) told(ctx context.Context, business string, cancelled table.Cancellation) (words.Text, error) {
	id, err := table.ParseReservationID(cancelled.Reservation)
	if err != nil {
		return words.Text{}, err
	}
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
	day := words.Day(id.Day)
	times := []any{cancelled.From.Clock(location.Zone), cancelled.To.EndClock(id.Day, location.Zone),
		location.Zone.String()}
	return words.Text{
		NL: fmt.Sprintf("Je reservering van %s%s op %s van %s tot %s (%s) is door de beheerder van de locatie "+
			"geannuleerd, omdat de plek is gewijzigd of weggehaald.",
			append([]any{what.NL, where.NL, day.NL}, times...)...),
		EN: fmt.Sprintf("Your reservation of %s%s on %s from %s to %s (%s) was cancelled by the location's "+
			"manager, because the spot was changed or removed.",
			append([]any{what.EN, where.EN, day.EN}, times...)...),
	}, nil
}

func (t *Teller) message(user table.User) mail.Message {
	language := words.LanguageOf(user.Language)
	say := func(w words.Text) string { return w.In(language) }
	text := say(words.Text{NL: "De privacyverklaring van iotspot heeft een nieuwe versie: ",
		EN: "iotspot's privacy statement has a new version: "}) +
		t.Version.Version + ".\n\n" +
		say(words.Text{NL: "Nieuw is: ", EN: "What is new: "}) + say(t.Version.Changes) + ".\n\n" +
		strings.TrimSuffix(t.PublicURL, "/") + "/statement?language=" + language + "\n\n" +
		say(words.Text{
			NL: "De app vraagt je opnieuw om toestemming. Tot je die geeft kun je alleen je gegevens inzien, " +
				"meenemen, er bezwaar tegen maken en ze laten wissen. De versie waarmee je eerder instemde blijft " +
				"te lezen.",
			EN: "The app asks for your consent again. Until you give it you can only view your data, take it with " +
				"you, object to it and have it erased. The version that you agreed to earlier can still be read."})
	return mail.Message{To: user.Email, Language: language, Kind: mail.NewStatement,
		Subject: say(words.Text{NL: "De privacyverklaring is gewijzigd", EN: "The privacy statement has changed"}),
		Text:    text + "\n\n" + t.Controller + "\n" + t.Support + "\n"}
}
