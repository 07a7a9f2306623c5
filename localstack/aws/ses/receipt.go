package ses

import (
	"bytes"
	"fmt"
	"net/mail"
	"strconv"
	"strings"
	"time"

	"github.com/iotspot/iotspot/localstack/protocol"
)

// An Incoming mail is handed in as a mail server would, to be received by SES. Receiving adds SES's header fields to
// the message, as SES does before it puts the message into the bucket. There is no SMTP, no DNS is asked (the caller
// says what SES would find), and nothing is scanned. The addresses are those of documentation (RFC 5737).
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
	spf := fmt.Sprintf("%s (spfCheck: domain of %s designates 192.0.2.25 as permitted sender) client-ip=192.0.2.25; "+
		"envelope-from=%s; helo=mail.%s;", verdict, domain, m.Envelope, domain)
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
		"X-SES-DKIM-SIGNATURE: a=rsa-sha256; q=dns/txt; b=bG9jYWw=; c=relaxed/simple; s=local; d=amazonses.com; t=" +
			strconv.FormatInt(at.Unix(), 10) + "; v=1; bh=bG9jYWw=; " +
			"h=From:To:Cc:Bcc:Subject:Date:Message-ID:MIME-Version:Content-Type:X-SES-RECEIPT;",
	}
	return append([]byte(strings.Join(lines, "\r\n")+"\r\n"), m.Raw...)
}
