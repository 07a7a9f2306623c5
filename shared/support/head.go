package support

import (
	"bytes"
	"strings"
)

// MaxHead is how much of a mail is read, in bytes: its head fits in many times over, and the body is nobody's
// business.
const MaxHead = 64 << 10

// A field is one of a mail's head: its name in lower case and its lines, the first without the name.
type field struct {
	name  string
	lines []string
}

// text is the field's value on one line.
func (f field) text() string { return strings.TrimSpace(strings.Join(f.lines, " ")) }

// A head is the fields of a mail in their order.
type head []field

// readHead reads up to the empty line that ends a head. What has none within MaxHead, or a line that is no field, is
// not a head: nothing is guessed.
func readHead(raw []byte) (head, bool) {
	var fields head
	for len(raw) > 0 {
		line, rest, ended := bytes.Cut(raw, []byte("\n"))
		if !ended {
			return nil, false
		}
		raw = rest
		text := string(bytes.TrimSuffix(line, []byte("\r")))
		switch {
		case text == "":
			return fields, len(fields) > 0
		case strings.ContainsAny(text, "\x00\r"):
			return nil, false
		case text[0] == ' ' || text[0] == '\t':
			if len(fields) == 0 {
				return nil, false
			}
			last := &fields[len(fields)-1]
			last.lines = append(last.lines, text)
		default:
			name, value, ok := strings.Cut(text, ":")
			if !ok || !isName(name) {
				return nil, false
			}
			fields = append(fields, field{strings.ToLower(name), []string{value}})
		}
	}
	return nil, false
}

// isName reports whether a text can be a field's name: printable ASCII without a space (RFC 5322, 2.2).
func isName(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' })
}

// all are the fields of a name.
func (h head) all(name string) []field {
	var found []field
	for _, f := range h {
		if f.name == name {
			found = append(found, f)
		}
	}
	return found
}

// one is the value of the field that is there exactly once.
func (h head) one(name string) (string, bool) {
	found := h.all(name)
	if len(found) != 1 {
		return "", false
	}
	return found[0].text(), true
}
