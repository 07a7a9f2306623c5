package guests

import (
	"context"
	"errors"
	"fmt"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// send mails a pass, with what the guest must know before using it: for what and when it is, what is kept, and the
// rights of art. 7. It names nobody: not the inviter and not the guest. It goes to a stranger, so the subject holds
// nothing that the customer wrote, and of what the rest holds of it nothing becomes a link.
func (i Invitations) send(ctx context.Context, g table.Guest, to identity.Email, pass string) error {
	customer, err := i.Tables.LegalName(ctx, g.Business)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return err
	}
	location, err := i.Tables.Location(ctx, g.Business, g.Location)
	if err != nil {
		return table.Unknown(err)
	}
	return i.Mail.Send(ctx, letter(g, to, customer, location, pass))
}

// letter has the pass in its link behind the #, so that it reaches no log.
func letter(g table.Guest, to identity.Email, customer string, location table.Location, pass string) mail.Message {
	say := func(w words.Text) string { return w.In(g.Language) }
	days := say(words.Days(g.First, g.Last))
	return mail.Message{To: string(to), Language: g.Language, Kind: mail.GuestPass,
		Subject: fmt.Sprintf(say(words.Text{NL: "Je gastenpas voor %s", EN: "Your guest pass for %s"}), days),
		Text: fmt.Sprintf(say(invitation), mail.Unlinked(customer), mail.Unlinked(location.Name),
			mail.Unlinked(location.Address), days, mail.Typed+pass),
		Do:   mail.Action{Label: say(words.Text{NL: "Open je pas", EN: "Open your pass"}), URL: "/#/pass/" + pass},
		Rest: fmt.Sprintf(say(kept), say(words.Day(g.Last)))}
}

var invitation = words.Text{
	NL: "Je bent als gast uitgenodigd bij %s: %s, %s, %s.\n\nMet je pas zoek en reserveer je dan een plek en meld " +
		"je dat je er bent. De app vraagt je eerst om toestemming voor de privacyverklaring. Dit is je pas:\n\n%s\n\n" +
		"Bewaar hem goed: wie hem heeft, kan hem gebruiken.",
	EN: "You are invited as a guest of %s: %s, %s, %s.\n\nWith your pass you look for a spot then, reserve it and " +
		"say that you are there. The app first asks for your consent to the privacy statement. This is your pass:" +
		"\n\n%s\n\nKeep it safe: whoever has it can use it.",
}

var kept = words.Text{
	NL: "Wie je uitnodigde, gaf ons je naam en de dagen van je bezoek. Die bewaren we tot zes weken na %s. Je " +
		"e-mailadres bewaren we niet: we gebruikten het alleen om deze e-mail te sturen. Met je pas kun je al die " +
		"tijd zien wat we van je bewaren, het verbeteren, verbergen, er bezwaar tegen maken en het wissen.\n\n" +
		"Pas kwijt? Vraag wie je uitnodigde om een nieuwe; de oude werkt dan niet meer.",
	EN: "Who invited you gave us your name and the days of your visit. We keep those until six weeks after %s. We " +
		"don't keep your e-mail address: we used it only to send this e-mail. With your pass you can see what we " +
		"keep about you all that time, correct it, hide it, object to it and erase it.\n\n" +
		"Lost your pass? Ask who invited you for a new one; the old one stops working then.",
}
