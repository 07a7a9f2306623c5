package day

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const supportAddress = "support@iotspot.example"

// post hands a mail to the support address, as a mail server would.
func (c *Client) post(ctx context.Context, from, more string, query url.Values) {
	if c.err != nil {
		return
	}
	raw := "From: " + from + "\r\nTo: " + supportAddress + "\r\nSubject: What do you keep of me?\r\n" + more +
		"\r\nPlease tell me.\r\n"
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Console+"/support-mail?"+query.Encode(),
		bytes.NewReader([]byte(raw)))
	if err != nil {
		c.fail("%w", err)
		return
	}
	request.Header.Set("Content-Type", "message/rfc822")
	answer, err := c.do(request)
	if err != nil || answer.Status != http.StatusAccepted {
		c.fail("the mail to support: %d %s %v", answer.Status, answer.Body, err)
	}
	c.Say("  MAIL   %s → %s %s %s", from, supportAddress, strings.TrimSpace(more), query.Encode())
}

// support writes to the support address: a registered person gets the overview, once an hour and at the registered
// address; forged mails, machines and strangers get nothing.
func (d *Day) support(ctx context.Context) {
	writer := d.People[2]
	d.post(ctx, writer.Email, "", url.Values{"forged": {"true"}})
	d.post(ctx, writer.Email, "Auto-Submitted: auto-replied\r\n", nil)
	d.post(ctx, "stranger@elsewhere.example", "", nil)
	before := len(d.mailsTo(ctx, writer.Email))
	d.post(ctx, strings.ToUpper(writer.Email), "", nil)
	d.until("the overview has come", func() bool { return len(d.mailsTo(ctx, writer.Email)) == before+1 })
	overview := d.mail(ctx, writer.Email)
	if !strings.Contains(overview.Text, "/erasure/") || len(overview.Attachments) == 0 {
		d.fail("what a mail to support brings is not the overview: %s", overview.Subject)
	}
	d.post(ctx, writer.Email, "", nil)
	d.Say("  …a second one within the hour brings nothing, and none of the others did")
	time.Sleep(time.Second) // the last one is on its way
	if d.err == nil && (len(d.mailsTo(ctx, writer.Email)) != before+1 ||
		len(d.mailsTo(ctx, "stranger@elsewhere.example")) != 0) {
		d.fail("a mail to support was answered that should not have been")
	}
	d.call(ctx, 429, writer.Token, "POST", "/me/overview", nil)
}
