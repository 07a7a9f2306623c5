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

// signs are the fields by whose presence a machine shows itself.
var signs = []string{"x-auto-response-suppress", "x-autoreply", "x-autorespond", "x-loop", "list-id",
	"list-unsubscribe", "feedback-id"}

// automatic reports whether no person wrote the mail: answering it could go on for ever.
func automatic(h head) bool {
	for _, f := range h {
		value := strings.ToLower(f.text())
		switch f.name {
		case "return-path":
			if value == "<>" || value == "" {
				return true // of a bounce there is no sender
			}
		case "auto-submitted":
			if kind, _, _ := strings.Cut(value, ";"); strings.TrimSpace(kind) != "no" {
				return true
			}
		case "precedence":
			if slices.Contains([]string{"bulk", "junk", "list", "auto_reply"}, value) {
				return true
			}
		case "content-type":
			if strings.HasPrefix(value, "multipart/report") {
				return true
			}
		}
		if slices.Contains(signs, f.name) {
			return true
		}
	}
	return false
}
