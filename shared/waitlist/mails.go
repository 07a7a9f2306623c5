package waitlist

import (
	"fmt"
	"time"

	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// message tells somebody who waits that a spot is free, in the time of its location.
func (o Offers) message(user table.User, location table.Location, id table.ReservationID, c table.Commitment,
	token string) mail.Message {
	say := func(w words.Text) string { return w.In(user.Language) }
	day := say(words.Day(id.Day))
	return mail.Message{To: user.Email, Language: words.LanguageOf(user.Language), Kind: mail.Offer,
		Subject: fmt.Sprintf(say(words.Text{NL: "Er is een plek vrij: %s", EN: "A spot is free: %s"}), day),
		Text: fmt.Sprintf(say(words.Text{
			NL: "Je staat op de wachtlijst, en nu is er een plek: %s in %s, %s van %s tot %s (plaatselijke tijd).\n\n" +
				"We houden hem voor je vast tot %s. Neem je hem niet, dan gaat hij naar de volgende en sta je niet meer " +
				"op de wachtlijst.",
			EN: "You are on the waitlist, and now there is a spot: %s at %s, %s from %s to %s (local time).\n\nWe keep it " +
				"for you until %s. If you do not take it, it goes to the next person and you are no longer on the " +
				"waitlist."}), mail.Unlinked(c.Name), mail.Unlinked(location.Name), day, c.From.Clock(location.Zone),
			c.To.EndClock(id.Day, location.Zone), location.Zone.In(time.Unix(c.Until, 0)).Format("15:04")),
		Do: mail.Action{Label: say(takeLabel), URL: o.PublicURL + OfferPath + id.String() + linkMark + token},
		Rest: say(words.Text{NL: "Wil je hem niet? Dan hoef je niets te doen. Meteen weigeren kan in de app.",
			EN: "Don't want it? Then there is nothing to do. You can also refuse it at once in the app."})}
}
