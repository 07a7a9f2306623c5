package identity

import (
	"regexp"
	"sync"
)

const (
	// hidden are the characters that control, break or reorder a line, and those that Unicode calls letters or signs
	// though nothing of them is seen: the fillers of Hangul and the blanks of braille and of musical notation.
	hidden = `\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}` + "\u115f\u1160\u2800\u3164\uffa0\U0001d159"

	// part is a character that a line of text may hold. The two joiners are needed to write Persian and Indic
	// languages.
	part = `([^` + hidden + `]` + "|[\u200c\u200d])"
)

// line is the shape of a line of text: at least one of its characters is a letter, a digit or a sign.
// It is compiled when the first text is looked at: the classes are large, and not every function looks at one.
var line = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^` + part + `*[^` + hidden + `\p{Cn}\p{Cs}\p{Z}\p{M}]` + part + `*$`)
})

// IsLine tells whether a text is a line that can be shown anywhere, a mail's subject too.
func IsLine(s string) bool { return line().MatchString(s) }
