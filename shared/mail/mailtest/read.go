package mailtest

import (
	"flag"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/mail"
)

// papers is where all that people are sent or shown in tests is kept, to be looked at: see scripts/papers.
var papers = flag.String("papers", "", "folder in which to keep each kind of mail and page")

// Keep writes a page or a mail into that folder, if there is one, under its name and language.
func Keep(name, language, html string) error {
	if *papers == "" {
		return nil
	}
	file := strings.ReplaceAll(name, " ", "-") + "." + language + ".html"
	return os.WriteFile(filepath.Join(*papers, file), []byte(html), 0o644)
}

// longestSubject is what a phone shows of a subject in two lines, and what stands on one line of a mail (RFC 5322).
const longestSubject = 78

// ReadsWell holds a mail to what is so of each, in both languages: its subject says what it is about, it asks for one
// thing at most, its paragraphs are not broken, and it holds nothing that only machines read. The variant tells it
// from others of its kind.
func ReadsWell(t testing.TB, variant string, compose func(language string) mail.Message) {
	t.Helper()
	subjects := map[string]bool{}
	for _, language := range []string{"nl", "en"} {
		m := compose(language)
		require.Equal(t, language, m.Language)
		require.LessOrEqual(t, len([]rune(m.Subject)), longestSubject, m.Subject)
		subjects[m.Subject] = true
		read := Read(t, m)
		require.Equal(t, controllertest.Example.Contact, strings.Trim(read.GetHeader("Reply-To"), "<>"))
		page := html.UnescapeString(read.HTML)
		require.Equal(t, m.Do.URL != "", m.Do.Label != "", "a button says what it does")
		require.Contains(t, page, `lang="`+language+`"`)
		for _, said := range []string{prose(read.Text), prose(markup.ReplaceAllString(page, " "))} {
			SpeaksTo(t, language, said)
		}
		if m.HTML == "" {
			for _, paragraph := range strings.Split(m.Text+"\n\n"+m.Rest, "\n\n") {
				require.NotContains(t, strings.TrimRight(paragraph, "\n"), "\n", "the mail program breaks lines")
			}
		}
		require.NoError(t, Keep(strings.TrimSpace(string(m.Kind)+" "+variant), language, read.HTML))
	}
	require.Len(t, subjects, 2, "each language has its own words")
}

var (
	markup = regexp.MustCompile(`(?s)<style>.*?</style>|<p class="code".*?</p>|<[^>]*>`)
	// what is copied or followed, and not read
	reference = regexp.MustCompile(`(?m)^ {4}\S+.*$|https?://\S+|\S+@\S+|overview\.json`)
	machines  = regexp.MustCompile(`[0-9]{4}-[0-9]{2}-[0-9]{2}|\bUTC\b|\b[a-z]+[2-7][a-z2-7]{8,}\b|[0-9]T[0-9]|Europe/`)
	aloof     = regexp.MustCompile(`(?i)\b(u|uw|uzelf)\b`)
	dutch     = regexp.MustCompile(`(?i)\b(je|jij|jouw|niet|een)\b`)
	english   = regexp.MustCompile(`(?i)\b(you|your|with|this)\b`)
)

func prose(text string) string { return reference.ReplaceAllString(text, "") }

// SpeaksTo holds a text that people read to the house's words: in its language, in Dutch with "je", without what only
// machines write.
func SpeaksTo(t testing.TB, language, text string) {
	t.Helper()
	require.NotRegexp(t, machines, text)
	own, other := dutch, english
	if language == "en" {
		own, other = english, dutch
	} else {
		require.NotRegexp(t, aloof, text)
	}
	require.Regexp(t, own, text)
	require.NotRegexp(t, other, text)
}
