package identity

import "regexp"

// part is a character that a line of text may hold: none that controls, breaks or reorders a line. The two joiners are
// needed to write Persian and Indic languages.
const part = `([^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]` + "|[\u200c\u200d])"

// Line is the shape of a line of text, in the syntax that both ECMA 262 and Go read: at least one of its characters is a
// letter, a digit or a sign.
const Line = `^` + part + `*[\p{L}\p{N}\p{P}\p{S}]` + part + `*$`

var line = regexp.MustCompile(Line)

// IsLine tells whether a text is a line that can be shown anywhere, a mail's subject too.
func IsLine(s string) bool { return line.MatchString(s) }
