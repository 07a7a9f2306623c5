package ses

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/mail"
	"strings"
	"time"

	"github.com/iotspot/iotspot/localstack/protocol"
)

// An Incoming mail is handed in as a mail server would, to be received by SES. Receiving adds SES's header fields to
// the message, as SES does before it puts the message into the bucket. There is no SMTP, no DNS is asked (the caller
// says what SES would find), and nothing is scanned.
type Incoming struct {
	Raw       []byte // the message, head and body
	Envelope  string // the envelope's sender; "" is a bounce
	Recipient string
	Forged    bool // SES finds neither SPF nor DKIM nor DMARC in order
	Lost      bool // the event of its arrival gets lost
}

// MaxReceived is the largest message that SES takes.
const MaxReceived = 40 << 20

// From is the address in the message's From, "" where none can be read.
func From(raw []byte) string {
	message, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return ""
	}
	address, err := mail.ParseAddress(message.Header.Get("From"))
	if err != nil {
		return ""
	}
	return address.Address
}

// Stored is the message as SES stores it under an id.
func (m Incoming) Stored(id string, at time.Time) []byte {
	verdict := "pass"
	if m.Forged {
		verdict = "fail"
	}
	_, domain, _ := strings.Cut(From(m.Raw), "@")
	spf := fmt.Sprintf("%s (spfCheck: domain of %s and 192.0.2.25) client-ip=192.0.2.25; envelope-from=%s; "+
		"helo=mail.%s;", verdict, domain, m.Envelope, domain)
	lines := []string{
		"Return-Path: <" + m.Envelope + ">",
		"Received: from mail." + domain + " (mail." + domain + " [192.0.2.25])",
		" by inbound-smtp." + protocol.Region + ".amazonaws.com with SMTP id " + id,
		" for " + m.Recipient + ";",
		" " + at.UTC().Format(time.RFC1123Z) + " (UTC)",
		"X-SES-Spam-Verdict: PASS",
		"X-SES-Virus-Verdict: PASS",
		"Received-SPF: " + spf,
		"Authentication-Results: amazonses.com;",
		" spf=" + spf,
		" dkim=" + verdict + " header.i=@" + domain + ";",
		" dmarc=" + verdict + " header.from=" + domain + ";",
		"X-SES-RECEIPT: bG9jYWw=",
		"X-SES-DKIM-SIGNATURE: a=rsa-sha256; q=dns/txt; b=bG9jYWw=; d=amazonses.com",
	}
	return append([]byte(strings.Join(lines, "\r\n")+"\r\n"), m.Raw...)
}

// Event is S3's, on the account's own bus, that an object has arrived.
func Event(bucket, key string, size int, at time.Time) []byte {
	payload, err := json.Marshal(map[string]any{
		"version": "0", "id": protocol.ID(), "detail-type": "Object Created", "source": "aws.s3",
		"account": protocol.Account,
		"time":    at.UTC().Format(time.RFC3339), "region": protocol.Region,
		"resources": []string{"arn:aws:s3:::" + bucket},
		"detail": map[string]any{"version": "0", "bucket": map[string]string{"name": bucket},
			"object":     map[string]any{"key": key, "size": size},
			"request-id": protocol.ID(), "requester": protocol.Account, "source-ip-address": "192.0.2.1",
			"reason": "PutObject"},
	})
	if err != nil {
		panic(err) // texts and numbers can be written
	}
	return payload
}
