package mail

import (
	"regexp"
	"strings"
	"unicode"
)

// Unlinked sets a text that others wrote, as the name of a location, so that no mail client makes a link of it: what
// joins the parts of an address, in any of its forms in Unicode, is followed by a blank. A filter of what looks like a
// link would be no help: clients differ about it, and it takes names of people and streets for links. Numbers and
// times stay as they are, unless four numbers are an IP address, and so do initials, since no top-level domain has one
// letter.
func Unlinked(text string) string {
	numbers := !quad.MatchString(text)
	var set strings.Builder
	letters := []rune(text)
	for i, r := range letters {
		at := isAt(r) && i > 0 && !unicode.IsSpace(letters[i-1])
		if at {
			set.WriteByte(' ')
		}
		set.WriteRune(r)
		if i+1 == len(letters) || !strings.ContainsRune(joints, r) || apart(letters[i+1]) {
			continue
		}
		number := numbers && !at && i > 0 && isDigit(letters[i-1]) && isDigit(letters[i+1])
		if !number && !(r == '.' && initial(letters[i+1:])) {
			set.WriteByte(' ')
		}
	}
	return set.String()
}

// joints are what joins a domain's labels, a mailbox and its domain, a scheme or a port and the rest, and the parts of
// a network path; with what IDNA (UTS #46) and the compatibility forms of Unicode make of them.
const joints = ".。．｡․﹒:：﹕@＠﹫\\＼﹨"

// quad is an IPv4 address.
var quad = regexp.MustCompile(`[0-9]+(\.[0-9]+){3}`)

// initial reports whether a text begins with one letter by itself.
func initial(text []rune) bool {
	letter := text[0] >= 'A' && text[0] <= 'Z' || text[0] >= 'a' && text[0] <= 'z'
	return letter && (len(text) == 1 || text[1] == '.' || text[1] == ',' || unicode.IsSpace(text[1]))
}

// apart reports whether a character ends what stands before it.
func apart(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`,;)!?"'’”`, r) }

func isAt(r rune) bool { return r == '@' || r == '＠' || r == '﹫' }

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
