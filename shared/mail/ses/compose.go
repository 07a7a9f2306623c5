package ses

import (
	"bytes"
	"encoding/base64"
	"errors"
	netmail "net/mail"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"

	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/secret"
)

// Errors of messages that are not sent. They name the part and never its content.
var (
	ErrAddress    = errors.New("mail: the receiver is not one bare address")
	ErrContact    = errors.New("mail: there is no address to which a mail is answered")
	ErrSubject    = errors.New("mail: the subject is empty or holds control characters")
	ErrAttachment = errors.New("mail: an attachment's name or type is not plain")
	ErrKind       = errors.New("mail: the kind of mail is not declared")
	ErrLanguage   = errors.New("mail: the language is not nl or en")
	ErrMethod     = errors.New("mail: what is for a calendar is not REQUEST or CANCEL")
)

var (
	plainName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`) })
	mediaType = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9.+-]+/[a-z0-9.+-]+$`) })
)

// Compose writes the message as RFC 5322, from the sender identity at an instant, to be answered to the controller's
// contact. Text and HTML are alternatives of each other; whatever is not ASCII is encoded, so that every server can
// carry it. What is for a calendar is an alternative too.
func Compose(c controller.Controller, from string, at time.Time, m mail.Message) ([]byte, error) {
	if err := check(m); err != nil {
		return nil, err
	}
	composed := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := composed.From(from); err != nil {
		return nil, errors.New("mail: the sender identity is not an address")
	}
	if err := composed.To(m.To); err != nil {
		return nil, ErrAddress
	}
	if err := composed.ReplyTo(c.Contact); err != nil {
		return nil, ErrContact
	}
	composed.Subject(asWritten(m.Subject))
	composed.SetDateWithValue(at)
	composed.SetMessageIDWithValue(secret.ID() + "@" + domainOf(composed))
	composed.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no out-of-office answers
	composed.SetGenHeader(gomail.HeaderContentLang, m.Language)
	text, html := mail.Lay(c, m)
	composed.SetBodyString(gomail.TypeTextPlain, text)
	composed.AddAlternativeString(gomail.TypeTextHTML, html)
	if m.Calendar.Text != "" {
		calendar(composed, m.Calendar)
		m.Attachments = append(slices.Clone(m.Attachments),
			mail.Attachment{Name: "invite.ics", Type: "application/ics", Body: []byte(m.Calendar.Text)})
	}
	for _, a := range m.Attachments {
		if err := composed.AttachReader(a.Name, bytes.NewReader(a.Body),
			gomail.WithFileContentType(gomail.ContentType(a.Type))); err != nil {
			return nil, err
		}
	}
	var raw bytes.Buffer
	if _, err := composed.WriteTo(&raw); err != nil {
		return nil, err
	}
	return raw.Bytes(), nil
}

// calendar adds what is for a calendar as the last alternative, whose type says what is to be done with it: mail
// programs hand on no other. It is base64 so that nothing on its way changes its lines. Others open the same as a file.
func calendar(composed *gomail.Msg, c mail.Calendar) {
	composed.AddAlternativeString(gomail.ContentType("text/calendar; method="+c.Method), c.Text,
		gomail.WithPartEncoding(gomail.EncodingB64))
}

// asWritten encodes a subject (RFC 2047) which a reader would else make something different of: what looks encoded
// would be decoded, to text that no check has seen, and of several spaces one would be left where a line is folded.
// The rest is left to the composer, which encodes what is not ASCII.
func asWritten(subject string) string {
	if !strings.Contains(subject, "=?") && !strings.Contains(subject, "  ") {
		return subject
	}
	const most = 45 // bytes that an encoded word of 75 characters holds
	var words []string
	for left := subject; left != ""; {
		end := min(len(left), most)
		for end < len(left) && end > most-utf8.UTFMax && !utf8.RuneStart(left[end]) {
			end--
		}
		words = append(words, "=?utf-8?b?"+base64.StdEncoding.EncodeToString([]byte(left[:end]))+"?=")
		left = left[end:]
	}
	return strings.Join(words, " ")
}

func domainOf(m *gomail.Msg) string {
	_, domain, _ := strings.Cut(m.GetFrom()[0].Address, "@")
	return domain
}

// check refuses whatever could end a header early and begin another.
func check(m mail.Message) error {
	address, err := netmail.ParseAddress(m.To)
	switch {
	case err != nil || address.Name != "" || address.Address != m.To || hasControls(m.To):
		return ErrAddress
	case strings.TrimSpace(m.Subject) == "" || hasControls(m.Subject):
		return ErrSubject
	case mail.Kinds[m.Kind] == "":
		return ErrKind
	case m.Language != "nl" && m.Language != "en":
		return ErrLanguage
	case m.Calendar.Text != "" && m.Calendar.Method != "REQUEST" && m.Calendar.Method != "CANCEL":
		return ErrMethod
	}
	for _, a := range m.Attachments {
		if !plainName().MatchString(a.Name) || !mediaType().MatchString(a.Type) {
			return ErrAttachment
		}
	}
	return nil
}

func hasControls(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' ||
			r == '\u2029'
	})
}
