package overview_test

import (
	"encoding/json"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// span is what keeps a word of a page on one line, and is no part of what is said.
var span = regexp.MustCompile(`</?span[^>]*>`)

func TestTheMailGoesToTheRegisteredAddressInTheLanguageOfThePerson(t *testing.T) { // 7.mail, 7.overview, 4.language
	for language, subject := range map[string]string{"nl": "Overzicht van je persoonsgegevens, 23 november 2026",
		"en": "Overview of your personal data, 23 November 2026",
		"":   "Overzicht van je persoonsgegevens, 23 november 2026"} {
		s := begin(t)
		s.user(t, language, map[string]any{"phone": "+31 6 <b>1</b>", "emergency_officer": true})
		read := mailtest.Read(t, s.mailed(t))
		require.Len(t, s.post.Sent(), 1)
		require.Equal(t, subject, read.GetHeader("Subject"))
		for _, body := range []string{read.Text, span.ReplaceAllString(read.HTML, "")} {
			body = html.UnescapeString(body)
			for kind := range privacy.OfPersons() {
				what := kind.Text.In(words.LanguageOf(language))
				about := kind.Clause != "6.staff" && kind.Clause != "s.pass" // which are of staff and of guests
				require.Equal(t, about, strings.Contains(strings.ToLower(body), strings.ToLower(what)), what)
			}
			require.Contains(t, body, "Noor Jansen")
			require.Contains(t, body, "Customer Holding B.V.")
			require.Contains(t, body, controllertest.Example.Name) // 14.contact
			require.Contains(t, body, "support@controller.example")
		}
		require.Contains(t, read.Text, "+31 6 <b>1</b>")
		require.Contains(t, read.HTML, "31 6 &lt;b&gt;1&lt;/b&gt;", "what a person typed is no markup")
	}
}

func TestAnOverviewDoesNotSayOfItselfThatItWasNotSent(t *testing.T) { // s.overview
	s := begin(t)
	read := mailtest.Read(t, s.mailed(t))
	require.Contains(t, read.Text, "e-mail: being sent now")
	require.NotRegexp(t, `(?i)(sent|e-mail): no\b`, read.Text+read.HTML)
	for _, value := range section(t, s.view(t), "s.overview").Values {
		if value.Name == "mailed" {
			require.Equal(t, words.Text{NL: "verstuurd", EN: "sent"}, value.Read)
			return
		}
	}
	require.Fail(t, "the request stands in the overview until its hour is over")
}

func TestTheMailIsReadableWithoutImagesScriptsOrAnythingFromElsewhere(t *testing.T) { // 7.overview, 11.cookies
	s := begin(t)
	read := mailtest.Read(t, s.mailed(t))
	for _, forbidden := range []string{"<img", "<script", "<link", "<iframe", "<object", "@import", "url(", "src=",
		" on"} {
		if forbidden == " on" {
			require.NotRegexp(t, regexp.MustCompile(`<[^>]*\son[a-z]+=`), read.HTML)
			continue
		}
		require.NotContains(t, strings.ToLower(read.HTML), forbidden)
	}
	for _, link := range regexp.MustCompile(`https?://[^"\s<]+`).FindAllString(read.HTML, -1) {
		require.Regexp(t, `^https://(api\.example/|authority\.example)`, link)
	}
}

func TestTheSameDataIsAttachedForMachines(t *testing.T) { // 7.overview, GDPR art. 20
	s := begin(t)
	read := mailtest.Read(t, s.mailed(t))
	require.Len(t, read.Attachments, 1)
	require.Equal(t, "application/json", read.Attachments[0].ContentType)
	var data map[string]any
	require.NoError(t, json.Unmarshal(read.Attachments[0].Content, &data))
	require.Equal(t, controllertest.Example.Name, data["controller"])
	require.Len(t, data["kinds"], len(slices.Collect(privacy.OfPersons()))-2, "all but those of guests and of staff")
	require.Contains(t, string(read.Attachments[0].Content), "Noor Jansen")
}

func TestTheErasureFormStandsAtTheBottomAndItsSecretIsStoredHashed(t *testing.T) { // 7.erase
	s := begin(t)
	read := mailtest.Read(t, s.mailed(t))
	link := regexp.MustCompile(`https://api\.example/erasure/([a-z2-7]{64})`).FindStringSubmatch(read.Text)
	require.NotNil(t, link)
	require.True(t, strings.HasSuffix(strings.TrimSpace(read.Text), link[0]), "at the bottom")
	require.Contains(t, read.HTML, link[0])
	require.NotContains(t, string(read.Attachments[0].Content), link[1][32:])
	s.db.Clean(t, link[1][32:])
	link2 := section(t, s.view(t), "s.link")
	require.Len(t, link2.Values, 1)
	require.Equal(t, monday.Add(7*24*time.Hour), *link2.Values[0].GoneAt)
}

func TestAnOverviewIsMailedAtMostOnceAnHour(t *testing.T) { // 7.mail, s.overview
	s := begin(t)
	s.mailed(t)
	s.db.Clock.Move(59 * time.Minute)
	_, err := s.desk.Ask(t.Context(), s.noor, overview.AskInput{IdempotencyKey: "second-request"})
	var refusal *problem.Error
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, problem.TooMany, refusal.Kind)
	require.InDelta(t, 60, refusal.RetryAfter, 1)
	require.Len(t, s.bus.events, 1)

	s.db.Clock.Move(time.Minute)
	_, err = s.desk.Ask(t.Context(), s.noor, overview.AskInput{IdempotencyKey: "second-request"})
	require.NoError(t, err)
	require.NoError(t, s.desk.Send(t.Context(), s.event()))
	require.Len(t, s.post.Sent(), 2)
}

func TestTheSameRequestAgainIsTheSameAnswerAndOneMail(t *testing.T) {
	s := begin(t)
	s.bus.fail = problem.New(problem.Unavailable, "no")
	_, err := s.desk.Ask(t.Context(), s.noor, overview.AskInput{IdempotencyKey: "first-request"})
	require.Error(t, err, "the bus did not take it")
	s.bus.fail = nil
	s.db.Clock.Move(time.Minute)
	first, err := s.desk.Ask(t.Context(), s.noor, overview.AskInput{IdempotencyKey: "first-request"})
	require.NoError(t, err)
	require.Equal(t, monday, first.AskedAt)
	again, err := s.desk.Ask(t.Context(), s.noor, overview.AskInput{IdempotencyKey: "first-request"})
	require.NoError(t, err)
	require.Equal(t, first, again)
	for _, event := range s.bus.events {
		require.NoError(t, s.desk.Send(t.Context(), event.detail.(events.OverviewRequested)))
	}
	require.Len(t, s.post.Sent(), 1)
}

func TestNobodyIsMailedWhoHasGoneMeanwhile(t *testing.T) {
	s := begin(t)
	_, err := s.desk.Ask(t.Context(), s.noor, overview.AskInput{IdempotencyKey: "first-request"})
	require.NoError(t, err)
	s.db.Delete(t, privacy.Directory, table.PersonPartition(s.noor.Person), "user")
	require.NoError(t, s.desk.Send(t.Context(), s.event()))
	require.Empty(t, s.post.Sent())
	_, err = s.desk.Ask(t.Context(), s.noor, overview.AskInput{IdempotencyKey: "second-request"})
	require.Error(t, err)
}

func TestAnEventHoldsOpaqueIdsAlone(t *testing.T) {
	s := begin(t)
	s.mailed(t)
	body, err := json.Marshal(s.event())
	require.NoError(t, err)
	require.NotContains(t, string(body), "noor")
	require.NotContains(t, string(body), "Noor")
}

// What people read is for people: no id, no clause, no instant as machines write it, and each deadline by its day.
func TestThePageSpeaksToPeopleAndTheAttachmentToMachines_7_overview(t *testing.T) {
	s := begin(t)
	s.user(t, "nl", map[string]any{"phone": "+31 6 1", "shield": []string{"4.a.1"}, "objections": []string{"4.e.1"}})
	s.db.Put(t, privacy.Directory, "b#"+s.Business, "account",
		map[string]any{"legal_name": "Customer Holding B.V.", "zone": "Europe/Amsterdam"})
	s.agenda(t, "look#some-id", time.Date(2027, 1, 11, 23, 0, 0, 0, time.UTC), map[string]any{"by": "Sam Support",
		"reason": "vroeg om hulp met een reservering", "kinds": []string{"4.d.2"}, "looked_at": monday.Unix()})
	s.agenda(t, "login", monday.Add(42*24*time.Hour), map[string]any{"ip": "192.0.2.7",
		"logged_in_at": monday.Unix()})
	read := mailtest.Read(t, s.mailed(t))
	for _, body := range []string{read.Text, strip.ReplaceAllString(html.UnescapeString(read.HTML), "")} {
		for _, said := range []string{"We bewaren 12 soorten gegevens van je", "Het eerst gaat weg",
			"Sam Support keek op 23 november 2026, 08:59 uur naar je reserveringen. Reden: vroeg om hulp",
			"Hoe vaak naar je gegevens is gekeken: 1 keer", "t/m 11 januari 2027", "Niets bewaard van: ",
			"Deze zin staat in elk overzicht", "Je krijgt deze e-mail omdat", "Tijden zijn die van Amsterdam"} {
			require.Contains(t, body, said)
		}
		require.NotRegexp(t, `[0-9]{4}-[0-9]{2}-[0-9]{2}`, strings.ReplaceAll(body, "overview.json", ""),
			"a date as machines write it")
		require.NotRegexp(t, `\b(2|3|4|5|6|7|13|s)\.[a-z]+(\.[0-9])?\b`, addresses.ReplaceAllString(body, ""),
			"a clause")
		require.NotContains(t, addresses.ReplaceAllString(body, ""), s.noor.User)
	}
	require.Contains(t, read.HTML, "https://api.example/#/data/4.b.1")
	attached := string(read.Attachments[0].Content)
	for _, said := range []string{s.Business, `"clause": "4.b.1"`, "6.confidential", "withheld"} {
		require.Contains(t, attached, said)
	}
}

var (
	strip     = regexp.MustCompile(`(?s)<style>.*?</style>|<[^>]*>`)
	addresses = regexp.MustCompile(`https?://\S+|\S+@\S+`)
)
