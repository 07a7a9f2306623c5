// Package mail is what the system has to say to one person at a time. A mail holds no remote image, no script and no
// tracking: what it says stands in it, as plain text and as HTML. Package ses sends it.
package mail

import "context"

// A Message is one mail to one person.
type Message struct {
	To       string // one bare address, without a name
	Subject  string
	Text     string // the whole of what is said, for who reads without HTML
	HTML     string // the same; "" sends text alone
	Language string // nl or en: Content-Language
	Repeat   Repeat

	Attachments []Attachment
}

// An Attachment is a file that goes with a message.
type Attachment struct {
	Name string // plain ASCII without spaces, as overview.json
	Type string // media type
	Body []byte
}

// Repeat says what may happen when an answer of SES is lost. SES knows no idempotency, so each mail declares it.
type Repeat string

// The kinds of mail.
const (
	// DuplicateAllowed mails are tried again: two the same are better than none (a code, an overview, a cancellation).
	DuplicateAllowed Repeat = ""
	// AtMostOnce mails are handed to SES once and never tried again, by the SDK neither (the erasure's confirmation).
	AtMostOnce Repeat = "at most once"
)

// A Sender sends mail.
type Sender interface {
	// Send hands a message to SES. A message that could carry a forged header is refused before it is sent. No error
	// names the address. A problem.Unavailable means that nothing is known about it having been sent.
	Send(ctx context.Context, m Message) error
}
