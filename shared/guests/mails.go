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
	text := fmt.Sprintf(words.Text{NL: inviteNL, EN: inviteEN}.In(g.Language), mail.Unlinked(customer),
		mail.Unlinked(location.Name), mail.Unlinked(location.Address), g.First, g.Last, pass,
		i.App+"/#/pass/"+pass, g.Last)
	return i.Mail.Send(ctx, mail.Message{To: string(to), Language: g.Language, Kind: mail.GuestPass,
		Subject: words.Text{NL: "Je gastenpas", EN: "Your guest pass"}.In(g.Language),
		Text:    text + "\n" + i.Controller + "\n" + i.Support + "\n"})
}

const inviteNL = `Je bent als gast uitgenodigd bij %s: %s, %s.
Eerste dag: %s, laatste dag: %s.

Dit is je pas. Wie hem heeft kan hem gebruiken, dus bewaar hem goed:

    %s

Of open de app ermee: %s

Daarmee kun je op die dagen een plek zoeken, reserveren en inchecken, als je akkoord gaat met de privacyverklaring.
We bewaren je naam en de dagen van je bezoek, tot zes weken na %s. Je e-mailadres bewaren we niet: het is
alleen gebruikt om dit bericht te sturen. Zolang we iets bewaren kun je met de pas alles bekijken wat we van je
hebben, het verbeteren, verbergen, er bezwaar tegen maken en het wissen.
Pas kwijt? Wie je uitnodigde kan je een nieuwe laten sturen; de oude werkt dan niet meer.
`

const inviteEN = `You are invited as a guest of %s: %s, %s.
First day: %s, last day: %s.

This is your pass. Whoever has it can use it, so keep it safe:

    %s

Or open the app with it: %s

With it you can look for a spot on those days, reserve it and check in, once you consent to the privacy statement.
We keep your name and the days of your visit, until six weeks after %s. We don't keep your e-mail address: it was
used to send this message and for nothing else. As long as we keep anything you can see with the pass all that we
have about you, correct, hide and object to it, and erase it.
Lost your pass? Who invited you can have another one sent; the old one stops working then.
`
