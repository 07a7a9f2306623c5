package identity

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
)

// An Email is an address as its owner wrote it, checked.
type Email string

// mailbox is what SES carries: one bare address in ASCII, without quotes, comments or anything that could end a
// header. It is compiled when it is first needed, and not whenever a function starts.
var mailbox = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[A-Za-z0-9.!#$%&'*+/=?^_{|}~` + "`" +
		`-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+` +
		`([A-Za-z]{2,63}|[Xx][Nn]--[A-Za-z0-9-]{0,57}[A-Za-z0-9])$`)
})

// ParseEmail accepts one bare address of at most 254 characters (RFC 5321), and leaves out the blanks around it
// and what can't be seen there, as comes along when somebody copies one from a page.
func ParseEmail(s string) (Email, bool) {
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	return Email(s), len(s) <= 254 && mailbox().MatchString(s)
}

// EmailAt is ParseEmail for a field of a request: what is no address is a problem that points to the field.
func EmailAt(pointer, text string) (Email, error) {
	email, ok := ParseEmail(text)
	if !ok {
		return "", problem.BadField(pointer, "this is not an e-mail address",
			"one bare address such as ann@example.com")
	}
	return email, nil
}

// Same is the form in which two spellings of one address are equal: nobody's mail depends on upper and lower case.
func (e Email) Same() string { return strings.ToLower(string(e)) }

// Entries are the keyed hashes under which an address is found, the same for all spellings of it: it is written under
// the first, and only while the deployment's keys are changed can it stand under another.
type Entries []string

// Entries are those of the address.
func (e Email) Entries(keys secret.Ring) Entries { return keys.Hashes("address", e.Same()) }

// Mailbox is what all addresses have in common that one mailbox may have: without a tag behind a plus. It is for
// counting alone: not everybody's mail server reads a plus so, and who has one address need not have the other.
func (e Email) Mailbox() string {
	local, domain, _ := strings.Cut(e.Same(), "@")
	name, _, _ := strings.Cut(local, "+")
	return name + "@" + domain
}

// Domain is what follows the @, in lower case (3.d).
func (e Email) Domain() string {
	_, domain, _ := strings.Cut(e.Same(), "@")
	return domain
}
