package day

import (
	"context"
	"net/url"
	"strings"
	"time"
)

// End is the title of the step that EndContract lives.
const End = "The contract ends"

// EndContract ends the business account, which only its exact name confirms: from the answer on nobody of it can do
// anything, everybody gets a last overview, and the domain is free again. Start is where the system's clock stands.
func (d *Day) EndContract(ctx context.Context, start time.Time) error {
	d.Say("\n%d. %s", len(steps)+1, End)
	bram, chen := d.People[1], d.People[2]
	d.send(ctx, 204, bram.Token, "PUT", "/me/photo", "image/png", portrait())
	consent := object{"version": d.Version, "agreed": true}
	d.call(ctx, 202, "", "POST", "/registrations", object{"name": "Wim Late", "email": "wim@" + Domain,
		"language": "nl", "consent": consent})
	d.post(ctx, chen.Email, "", url.Values{"lost": {"true"}})
	d.call(ctx, 422, d.admin(), "POST", "/business-account/end", object{"legal_name": "Acme"})
	d.call(ctx, 202, d.admin(), "POST", "/business-account/end", object{"legal_name": "Acme B.V."})
	d.call(ctx, 401, bram.Token, "GET", "/me", nil)
	d.call(ctx, 202, "", "POST", "/sign-ins", object{"email": bram.Email})
	d.call(ctx, 202, "", "POST", "/registrations", object{"name": "Wim Late", "email": "wim@" + Domain,
		"language": "nl", "consent": consent})
	for _, p := range []*Person{d.People[0], bram} {
		if last := d.lastMail(ctx, p.Email); !strings.Contains(last.Text, "Acme B.V.") ||
			strings.Contains(last.Text, "/erasure/") || len(last.Attachments) == 0 {
			d.fail("the last mail is not the overview: %s", last.Subject)
		}
	}
	d.Say("  …within a minute everything is gone, and the domain is anybody's who can prove it:")
	d.move(ctx, start.Add(time.Minute))
	return d.err
}

// lastMail waits for the last overview.
func (d *Day) lastMail(ctx context.Context, to string) letter {
	return d.mailWhich(ctx, to, func(mail letter) bool {
		return strings.Contains(mail.Subject, "laatste overzicht") || strings.Contains(mail.Subject, "last overview")
	})
}

// mailWhich waits for a mail, past those that were on their way before it.
func (d *Day) mailWhich(ctx context.Context, to string, is func(letter) bool) letter {
	for {
		if mail := d.mail(ctx, to); d.err != nil || is(mail) {
			return mail
		}
	}
}
