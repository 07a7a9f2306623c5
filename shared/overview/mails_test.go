package overview_test

import (
	"encoding/json"
	"regexp"
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
)

func TestTheMailGoesToTheRegisteredAddressInTheLanguageOfThePerson(t *testing.T) { // 7.mail, 7.overview, 4.language
	for language, subject := range map[string]string{"nl": "Overzicht van jouw persoonlijke gegevens",
		"en": "Overview of your personal data", "": "Overzicht van jouw persoonlijke gegevens"} {
		s := begin(t)
		s.user(t, language, map[string]any{"phone": "+31 6 <b>1</b>", "emergency_officer": true})
		read := mailtest.Read(t, s.mailed(t))
		require.Len(t, s.post.Sent(), 1)
		require.Equal(t, subject, read.GetHeader("Subject"))
		for _, body := range []string{read.Text, read.HTML} {
			for _, kind := range privacy.OfPersons() {
				require.Contains(t, body, string(kind.Clause))
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
		require.True(t, strings.HasPrefix(link, "https://api.example/erasure/"), link)
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
	require.Len(t, data["kinds"], len(privacy.OfPersons()))
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
	require.NoError(t, s.desk.Mail(t.Context(), s.event()))
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
		require.NoError(t, s.desk.Mail(t.Context(), event.detail.(events.OverviewRequested)))
	}
	require.Len(t, s.post.Sent(), 1)
}

func TestNobodyIsMailedWhoHasGoneMeanwhile(t *testing.T) {
	s := begin(t)
	_, err := s.desk.Ask(t.Context(), s.noor, overview.AskInput{IdempotencyKey: "first-request"})
	require.NoError(t, err)
	s.db.Delete(t, privacy.Directory, table.PersonPartition(s.noor.Person), "user")
	require.NoError(t, s.desk.Mail(t.Context(), s.event()))
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
