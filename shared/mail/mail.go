// Package mail is what the system has to say to one person at a time. A mail holds no remote image, no script and no
// tracking: what it says stands in it, as plain text and as HTML. Package ses sends it.
package mail

import (
	"context"
	"time"
)

// Longest is how long a mail is tried at most, repeats included. The confirmation of an erasure waits for what was
// begun before the erasure was accepted, so that it is the last (7.erase).
const Longest = 20 * time.Second

// Typed begins a paragraph that is something to type or to copy, as a code.
const Typed = "    "

// An Action is the one thing that a mail asks for.
type Action struct {
	Label string
	URL   string // "" is none; one that begins with a slash is at the deployment's own site, as /#/agenda
}

// A Message is one mail to one person. It is sent as plain text and as HTML, see Lay.
type Message struct {
	To       string // one bare address, without a name
	Subject  string
	Text     string // paragraphs, with an empty line between them and no line broken within one
	Do       Action // shown after Text
	Rest     string // paragraphs after that
	HTML     string // the whole content, where Text is too, for what has a layout of its own; "" is laid out as all mail
	Language string // nl or en: Content-Language
	Kind     Kind
	// Mark comes back with a bounce of the mail, and alone: opaque, as limit.Counter's; "" is none, and a bounce of
	// it is told to nobody.
	Mark string

	Attachments []Attachment
	Calendar    Calendar // the zero value is none
}

// A Calendar is what a mail program hands to its person's calendar (RFC 6047).
type Calendar struct {
	Method string // REQUEST or CANCEL, as the text has it
	Text   string // iCalendar, with lines that end in CRLF
}

// An Attachment is a file that goes with a message.
type Attachment struct {
	Name string // plain ASCII without spaces, as overview.json
	Type string // media type
	Body []byte
}

// A Sender sends mail.
type Sender interface {
	// Send hands a message to SES, within Longest. One of no declared kind, or that could carry a forged header, is
	// refused before it is sent. No error names the address. A problem.Unavailable means that nothing is known about
	// it having been sent.
	Send(ctx context.Context, m Message) error
}
