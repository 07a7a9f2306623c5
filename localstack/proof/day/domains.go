package day

import (
	"context"
	"fmt"
)

// proves lets the administrator prove the e-mail domain: before it nobody can register with it, of which a mail tells.
func (d *Day) proves(ctx context.Context) {
	early := object{"name": "Bram Visser", "email": "bram@" + Domain, "language": "nl",
		"consent": object{"version": d.Version, "agreed": true}}
	d.call(ctx, 202, "", "POST", "/registrations", early)
	d.mail(ctx, "bram@"+Domain)
	d.call(ctx, 422, d.admin(), "POST", "/business-account/domains/"+Domain+"/proof", nil)
	d.prove(ctx, Domain)
	d.call(ctx, 404, d.admin(), "POST", "/business-account/domains/elsewhere.example/proof", nil)
}

// ProveAgain gets the customer the domain back whose record had gone.
func (d *Day) ProveAgain(ctx context.Context) error {
	d.prove(ctx, Domain)
	return d.err
}

// prove sets the record of one of the account's domains, and lets it be looked at.
func (d *Day) prove(ctx context.Context, domain string) {
	shown := d.call(ctx, 200, d.admin(), "GET", "/business-account", nil)
	at := 0
	for shown.Text(fmt.Sprintf("domains.%d", at)) != domain && at < 20 {
		at++
	}
	record := fmt.Sprintf("proofs.%d.record.", at)
	d.atConsole(ctx, "/dns", object{"name": shown.Text(record + "name"),
		"txt": []string{"v=spf1 -all", shown.Text(record + "value")}})
	d.Say("  DNS    %s TXT %q", shown.Text(record+"name"), shown.Text(record+"value"))
	d.call(ctx, 200, d.admin(), "POST", "/business-account/domains/"+domain+"/proof", nil)
}
