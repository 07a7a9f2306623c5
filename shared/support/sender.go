package support

import (
	"io"
	"mime"
	"net/mail"
	"regexp"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/identity"
)

// sender is who wrote a mail, where that is proved and a person wrote it: never who only claims to, a machine that
// answers, a list, or the support address itself.
func sender(raw []byte, own string) (identity.Email, bool) {
	h, ok := readHead(raw)
	if !ok || automatic(h) {
		return "", false
	}
	from, ok := writer(h)
	if !ok || from.Same() == identity.Email(own).Same() || !proved(h, from) {
		return "", false
	}
	return from, true
}

// addresses reads a display name in whatever character set: it is not looked at.
var addresses = mail.AddressParser{WordDecoder: &mime.WordDecoder{
	CharsetReader: func(_ string, input io.Reader) (io.Reader, error) { return input, nil }}}

// writer is the one address in the one From.
func writer(h head) (identity.Email, bool) {
	text, ok := h.one("from")
	if !ok {
		return "", false
	}
	parsed, err := addresses.Parse(text)
	if err != nil {
		return "", false
	}
	return identity.ParseEmail(parsed.Address)
}

// signs are the fields of mailing lists and mailings, which a machine sends. That a sender wants no
// automatic answer (X-Auto-Response-Suppress, which Outlook sets on what people write) says nothing of who wrote.
var signs = []string{"list-id", "list-unsubscribe", "feedback-id", "x-loop"}

// automatic reports whether a mail says that no person wrote it (RFC 3834, 2 and 5; what vendors document): an overview
// for it could go on for ever.
func automatic(h head) bool {
	for _, f := range h {
		value, _, _ := strings.Cut(strings.ToLower(f.text()), ";")
		value = strings.TrimSpace(comment.ReplaceAllString(value, ""))
		switch f.name {
		case "return-path":
			if value == "<>" || value == "" {
				return true // of a bounce there is no sender
			}
		case "auto-submitted", "x-autoreply", "x-autorespond", "x-autoresponder":
			if value != "no" {
				return true
			}
		case "precedence", "x-precedence":
			if slices.Contains([]string{"bulk", "junk", "list", "auto_reply"}, value) {
				return true
			}
		case "content-type":
			if value == "multipart/report" {
				return true
			}
		}
		if slices.Contains(signs, f.name) {
			return true
		}
	}
	return false
}

// comment is text in parentheses, which fields of known form may hold anywhere (RFC 5322, 3.2.2).
var comment = regexp.MustCompile(`\([^()]*\)`)
