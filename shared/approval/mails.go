package approval

import (
	"fmt"
	"strings"

	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// question asks somebody to decide. The dates are in the time of the location.
func question(user table.User, r Request, url string) mail.Message {
	say := func(w words.Text) string { return w.In(user.Language) }
	return mail.Message{To: user.Email, Language: words.LanguageOf(user.Language), Kind: mail.ForApproval,
		Subject: fmt.Sprintf(say(words.Text{NL: "Wil je beslissen over %s?", EN: "Will you decide about %s?"}),
			say(words.Day(r.Dates[0].Date))),
		Text: strings.Join([]string{say(r.words()), say(r.dates()), say(r.lapses())}, "\n\n"),
		Do:   mail.Action{Label: say(words.Text{NL: "Bekijk en beslis", EN: "View and decide"}), URL: url},
		Rest: say(words.Text{
			NL: "De link laat eerst zien waar het om gaat en beslist nog niets. In de app kan het ook. Wie " +
				"beslist, wordt " +
				"niet bewaard en niet gezegd.",
			EN: "The link first shows what it is about, and decides nothing yet. You can also do it in the app. " +
				"Who decides " +
				"is not kept and not told."})}
}

// words say who asks for what.
func (r Request) words() words.Text {
	nl, en := "Een collega", "A colleague"
	if r.Name != "" {
		nl, en = mail.Unlinked(r.Name), mail.Unlinked(r.Name)
	}
	spot, at := mail.Unlinked(r.SpotName), mail.Unlinked(r.LocationName)
	return words.Text{NL: fmt.Sprintf("%s vraagt goedkeuring voor %s in %s:", nl, spot, at),
		EN: fmt.Sprintf("%s asks for approval of %s at %s:", en, spot, at)}
}

// mostDates is how many are written out.
const mostDates = 5

func (r Request) dates() words.Text {
	var nl, en []string
	for i, d := range r.Dates {
		if i == mostDates {
			more := words.More(len(r.Dates) - mostDates)
			nl, en = append(nl, more.NL), append(en, more.EN)
			break
		}
		day := words.Day(d.Date)
		nl = append(nl, fmt.Sprintf("%s van %s tot %s", day.NL, d.From, d.To))
		en = append(en, fmt.Sprintf("%s from %s to %s", day.EN, d.From, d.To))
	}
	return words.Text{NL: strings.Join(nl, "; ") + " (plaatselijke tijd).",
		EN: strings.Join(en, "; ") + " (local time)."}
}

// lapses says when.
func (r Request) lapses() words.Text {
	moment := words.Moment(r.Until, r.zone)
	return words.Text{
		NL: fmt.Sprintf("Beslist niemand voor %s, dan vervalt het en is de plek weer voor anderen.", moment.NL),
		EN: fmt.Sprintf("If nobody decides before %s, it lapses and the spot is free for others again.", moment.EN)}
}

// outcome tells who asked what became of it.
func outcome(user table.User, location table.Location, q table.Asking) mail.Message {
	say := func(w words.Text) string { return w.In(user.Language) }
	subject, text := told(q.Decided)
	day, from, to := words.Day(q.Day), q.From.Clock(location.Zone), q.To.EndClock(q.Day, location.Zone)
	what := fmt.Sprintf(say(words.Text{NL: "%s in %s op %s van %s tot %s (plaatselijke tijd)",
		EN: "%s at %s on %s from %s to %s (local time)"}),
		mail.Unlinked(q.Name), mail.Unlinked(location.Name), say(day), from, to)
	if q.Days > 1 {
		what += ", " + say(words.More(q.Days-1))
	}
	return mail.Message{To: user.Email, Language: words.LanguageOf(user.Language), Kind: mail.Decided,
		Subject: fmt.Sprintf(say(subject), say(day)), Text: fmt.Sprintf(say(text), what),
		Do: mail.Action{URL: "/#/agenda", Label: say(words.Text{NL: "Bekijk je reserveringen",
			EN: "View your reservations"})}}
}

func told(as table.Decision) (subject, text words.Text) {
	switch as {
	case table.Approved:
		return words.Text{NL: "Goedgekeurd: je plek van %s", EN: "Approved: your spot of %s"},
			words.Text{NL: "Deze plek is nu voor je gereserveerd: %s.\n\nKom je toch niet? Annuleer dan in de app, " +
				"dan kan " +
				"een ander de plek gebruiken.",
				EN: "This spot is now reserved for you: %s.\n\nNot coming after all? Then cancel in the app, so " +
					"that somebody " +
					"else can use the spot."}
	case table.Declined:
		return words.Text{NL: "Afgewezen: je aanvraag van %s", EN: "Declined: your request of %s"},
			words.Text{NL: "Je vroeg om %s. Dat is afgewezen; de plek is niet voor je gereserveerd.\n\nIn de app " +
				"zie je wat er " +
				"wel vrij is.",
				EN: "You asked for %s. That was declined; the spot is not reserved for you.\n\nThe app shows what " +
					"else is free."}
	}
	return words.Text{NL: "Vervallen: je aanvraag van %s", EN: "Lapsed: your request of %s"},
		words.Text{NL: "Je vroeg om %s. Niemand heeft daar op tijd over beslist; de plek is niet voor je " +
			"gereserveerd.\n\nIn " +
			"de app zie je wat er vrij is.",
			EN: "You asked for %s. Nobody decided in time; the spot is not reserved for you.\n\nThe app shows what " +
				"is free."}
}
