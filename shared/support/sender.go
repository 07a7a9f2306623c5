package support

import (
	"io"
	"mime"
	"net/mail"
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

// writer is who the one From names (RFC 5322, 3.6.2; RFC 6854 allows a group there). Who names two has no overview
// sent, nor has either of them: the proof is of a domain, and nothing says who of them asks.
func writer(h head) (identity.Email, bool) {
	text, ok := h.one("from")
	if !ok {
		return "", false
	}
	named, err := addresses.ParseList(withoutComments(text))
	if err != nil || len(named) == 0 {
		return "", false
	}
	from, ok := identity.ParseEmail(named[0].Address)
	return from, ok && !slices.ContainsFunc(named[1:], func(other *mail.Address) bool {
		return identity.Email(other.Address).Same() != from.Same()
	})
}

// signs are the fields of mailing lists and mailings, which a machine sends. That a sender wants no
// automatic answer (X-Auto-Response-Suppress, which Outlook sets on what people write) says nothing about who wrote.
var signs = []string{"list-id", "list-unsubscribe", "feedback-id", "x-loop"}

// automatic reports whether a mail says that no person wrote it (RFC 3834, 2 and 5; what vendors document): an
// overview for it could go on for ever.
func automatic(h head) bool {
	for _, f := range h {
		value, _, _ := strings.Cut(strings.ToLower(f.text()), ";")
		value = strings.TrimSpace(withoutComments(value))
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

// withoutComments leaves out the text in parentheses that fields of known form may hold anywhere, nested too, but for
// within quotes (RFC 5322, 3.2.2). package mail takes one behind an address alone. Bytes of an older character set
// become U+FFFD, which no address has.
func withoutComments(text string) string {
	var kept strings.Builder
	depth, quoted, escaped := 0, false, false
	for _, r := range text {
		opens, closes := !escaped && !quoted && r == '(', !escaped && depth > 0 && r == ')'
		if opens {
			depth++
		}
		if depth == 0 {
			kept.WriteRune(r)
		}
		if closes {
			depth--
		}
		if !escaped && depth == 0 && r == '"' {
			quoted = !quoted
		}
		escaped = !escaped && r == '\\' && (quoted || depth > 0)
	}
	if depth > 0 {
		return text // it has no end, so it is none
	}
	return kept.String()
}
