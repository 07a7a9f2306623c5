package day

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
)

// proves lets the administrator prove the e-mail domain: before it nobody can register with it.
func (d *Day) proves(ctx context.Context) {
	early := object{"name": "Bram Visser", "email": "bram@" + Domain, "language": "nl", "consent": object{"version": d.Version, "agreed": true}}
	d.call(ctx, 422, "", "POST", "/registrations", early)
	d.call(ctx, 422, d.admin(), "POST", "/business-account/domains/"+Domain+"/proof", nil)
	d.prove(ctx, Domain)
	d.call(ctx, 404, d.admin(), "POST", "/business-account/domains/elsewhere.example/proof", nil)
}

// prove sets the record of one of the account's domains, and lets it be looked at.
func (d *Day) prove(ctx context.Context, domain string) {
	shown := d.call(ctx, 200, d.admin(), "GET", "/business-account", nil)
	at := 0
	for shown.Text(fmt.Sprintf("domains.%d", at)) != domain && at < 20 {
		at++
	}
	record := fmt.Sprintf("proofs.%d.record.", at)
	content, err := json.Marshal(object{"name": shown.Text(record + "name"), "txt": []string{"v=spf1 -all", shown.Text(record + "value")}})
	if err != nil || d.err != nil {
		d.fail("the record: %v", err)
		return
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, d.Console+"/dns", bytes.NewReader(content))
	if err != nil {
		d.fail("%w", err)
		return
	}
	request.Header.Set("Content-Type", "application/json")
	if answer, err := d.do(request); err != nil || answer.Status != http.StatusOK {
		d.fail("the record: %d %s %v", answer.Status, answer.Body, err)
	}
	d.Say("  DNS    %s TXT %q", shown.Text(record+"name"), shown.Text(record+"value"))
	d.call(ctx, 200, d.admin(), "POST", "/business-account/domains/"+domain+"/proof", nil)
}
