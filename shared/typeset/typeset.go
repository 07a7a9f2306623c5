// Package typeset sees to where the lines of a page end.
package typeset

import (
	"regexp"
	"strings"
)

var (
	between = regexp.MustCompile(`>[^<]+`) // two tags, where no attribute is
	mail    = regexp.MustCompile(`\b[eE]-mail\p{L}*`)
)

const headEnds = "</head>" // in it no text has markup

// Whole keeps "e-mail" and the words that begin with it on one line, which browsers and mail programs part behind the
// "e-". It takes a whole page of HTML, whose words stay what they are for who copies, searches or hears them.
func Whole(page string) string {
	head, body, found := strings.Cut(page, headEnds)
	if !found {
		return page
	}
	return head + headEnds + between.ReplaceAllStringFunc(body, func(text string) string {
		return mail.ReplaceAllString(text, `<span style="white-space:nowrap">$0</span>`)
	})
}
