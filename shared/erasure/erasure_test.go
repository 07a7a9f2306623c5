package erasure_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func healthy() *enginetest.Faults { return &enginetest.Faults{} }

func notFound(t *testing.T, err error) *problem.Error {
	t.Helper()
	var p *problem.Error
	require.ErrorAs(t, err, &p)
	require.Equal(t, problem.NotFound, p.Kind)
	return p
}

func TestOpeningTheLinkNeverErases(t *testing.T) { // 7.erase
	s := begin(t)
	before := s.db.Text(t)
	page, err := s.desk(healthy()).Open(t.Context(), identity.Caller{}, erasure.LinkInput{Link: s.token()})
	require.NoError(t, err)
	require.Equal(t, before, s.db.Text(t))
	mediaType, body := page.Content()
	require.Equal(t, "text/html; charset=utf-8", mediaType)
	require.Contains(t, string(body), `<form method="post">`)
	require.Contains(t, string(body), "Yes, erase all my data")
	require.Contains(t, string(body), "privacy@controller.example") // 14.contact
	for _, said := range []string{"What goes", "What stays: the names of your guests", "the backup, for a day",
		"Who notices", "View my data first"} {
		require.Contains(t, string(body), said)
	}
	require.NotContains(t, string(body), "<script")
	require.NotContains(t, string(body), "<img")
	require.Empty(t, s.published)
}

func TestConfirmingErasesEverythingAndMailsOnce(t *testing.T) { // 7.erase
	s := begin(t)
	s.post.On = []string{strings.ToLower(address)}
	page, err := s.desk(healthy()).Confirm(t.Context(), identity.Caller{}, erasure.FormInput{Link: s.token()})
	require.NoError(t, err)
	require.Contains(t, page.Title, "being erased")
	require.Equal(t, []events.ErasureRequested{{Business: s.Business, User: s.noor.User}}, s.published)
	require.NoError(t, s.worker(healthy()).Begin(t.Context(), s.published[0]))
	require.Equal(t, []string{address}, s.post.Forgotten())
	s.complete(t)
	s.erased(t)
	require.Len(t, s.post.Sent(), 1)
	require.Equal(t, mail.ErasureConfirmation, s.post.Sent()[0].Kind)
	require.Equal(t, mail.AtMostOnce, mail.Kinds[mail.ErasureConfirmation])
	require.Equal(t, "en", mailtest.Read(t, s.post.Sent()[0]).GetHeader("Content-Language"))
	require.NotContains(t, s.db.Text(t), "agenda erasures", "the job goes too")
	require.NoError(t, s.worker(healthy()).Begin(t.Context(), s.published[0]),
		"a late delivery of the event does nothing")
	require.Len(t, s.post.Sent(), 1)
}

func TestFromTheConfirmationOnNothingNewOfThePersonCanAppear(t *testing.T) { // 7.erase
	s := begin(t)
	_, err := s.desk(healthy()).Confirm(t.Context(), identity.Caller{}, erasure.FormInput{Link: s.token()})
	require.NoError(t, err)
	tables := s.db.Tables()
	_, err = tables.User(t.Context(), s.noor.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
	_, err = tables.PersonAt(t.Context(), s.addressEntries())
	require.ErrorIs(t, err, table.ErrAbsent)
	err = tables.Reserve(t.Context(), 10, nil, table.Booking{ID: secret.ID(), Person: s.noor.Person,
		Place: s.Place(s.Desks[1]), Day: "2026-11-25",
		DayEnds: monday.Add(72 * time.Hour), State: table.Reserved})
	require.Error(t, err)
	require.ErrorIs(t, tables.AddLink(t.Context(), s.noor.Person, "hash", table.Link{}, monday), table.ErrGone)
}

func TestALinkThatIsUnknownUsedMalformedOrTooOldGetsOneAndTheSamePage(t *testing.T) { // 7.erase, s.link
	s := begin(t)
	other := s.Business + s.noor.User + secret.Token()
	foreign := secret.ID() + s.noor.User + s.token()[32:]
	someoneElse := s.Business + s.sam.User + s.token()[32:]
	var pages []string
	for _, link := range []string{other, foreign, someoneElse, "", "x", s.token() + "a", strings.ToUpper(s.token())} {
		_, err := s.desk(healthy()).Open(t.Context(), identity.Caller{}, erasure.LinkInput{Link: link})
		pages = append(pages, string(notFound(t, err).Page))
		_, err = s.desk(healthy()).Confirm(t.Context(), identity.Caller{}, erasure.FormInput{Link: link})
		pages = append(pages, string(notFound(t, err).Page))
	}
	s.db.Clock.Move(7 * 24 * time.Hour) // too old
	_, err := s.desk(healthy()).Open(t.Context(), identity.Caller{}, erasure.LinkInput{Link: s.token()})
	pages = append(pages, string(notFound(t, err).Page))
	_, err = s.desk(healthy()).Confirm(t.Context(), identity.Caller{}, erasure.FormInput{Link: s.token()})
	pages = append(pages, string(notFound(t, err).Page))
	for _, page := range pages {
		require.Equal(t, pages[0], page)
	}
	require.Empty(t, s.published)
	require.Contains(t, s.db.Text(t), name)
}

func TestALinkWorksOnce(t *testing.T) { // 7.erase
	s := begin(t)
	_, err := s.desk(healthy()).Confirm(t.Context(), identity.Caller{}, erasure.FormInput{Link: s.token()})
	require.NoError(t, err)
	_, err = s.desk(healthy()).Confirm(t.Context(), identity.Caller{}, erasure.FormInput{Link: s.token()})
	notFound(t, err)
	_, err = s.desk(healthy()).Open(t.Context(), identity.Caller{}, erasure.LinkInput{Link: s.token()})
	notFound(t, err)
	require.Len(t, s.published, 1)
}

func TestErasingInTheAppMustBeMeantAndIsAsEasyAsConsenting(t *testing.T) { // 2.consent, 7.erase
	s := begin(t)
	_, err := s.desk(healthy()).Erase(t.Context(), s.noor, erasure.InApp{})
	require.Error(t, err)
	require.Contains(t, s.db.Text(t), name)
	_, err = s.desk(healthy()).Erase(t.Context(), s.noor, erasure.InApp{Confirm: true})
	require.NoError(t, err)
	s.complete(t)
	s.erased(t)
	_, err = s.desk(healthy()).Erase(t.Context(), s.noor, erasure.InApp{Confirm: true})
	notFound(t, err)
}

func TestTheLastAdministratorHandsOverFirst(t *testing.T) {
	s := begin(t)
	account := func(administrators int) {
		s.db.Put(t, privacy.Directory, "b#"+s.Business, "account",
			map[string]any{"legal_name": "Customer B.V.", "users": 2, "administrators": administrators})
	}
	account(1)
	s.db.Put(t, privacy.Directory, table.PersonPartition(s.noor.Person), "user",
		map[string]any{"business": s.Business, "role": "administrator",
			"name": name, "email": address, "language": "en"})
	_, err := s.desk(healthy()).Confirm(t.Context(), identity.Caller{}, erasure.FormInput{Link: s.token()})
	var refusal *problem.Error
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, problem.Conflict, refusal.Kind)
	require.Contains(t, string(refusal.Page), "Hand over")
	require.Contains(t, s.db.Text(t), name)

	account(2)
	_, err = s.desk(healthy()).Confirm(t.Context(), identity.Caller{}, erasure.FormInput{Link: s.token()})
	require.NoError(t, err, "the link still works")
	require.Contains(t, s.db.Text(t), "account administrators = 1")
	s.complete(t)
	s.erased(t)
}

func TestTheAddressGoesEvenWhereTheMailCannotBeSent(t *testing.T) { // 7.erase, s.erasure
	s := begin(t)
	_, err := s.desk(healthy()).Erase(t.Context(), s.noor, erasure.InApp{Confirm: true})
	require.NoError(t, err)
	worker := s.worker(healthy())
	worker.Mail = &silent{}
	s.steps(t, worker, erasure.Settle)
	s.erased(t)
	require.Empty(t, s.post.Sent())
	require.NotContains(t, s.db.Text(t), "agenda erasures")
}

func TestWhatWasAskedForWithTheAddressAfterTheErasureStays(t *testing.T) { // 7.erase, s.registration
	s := begin(t)
	_, err := s.desk(healthy()).Erase(t.Context(), s.noor, erasure.InApp{Confirm: true})
	require.NoError(t, err)
	s.db.Clock.Move(time.Second)
	s.waiting(t, monday.Add(time.Second), "noorlateraaaaaaa", "noorlatestaaaaaa")
	s.complete(t)
	text := s.db.Text(t)
	for _, asked := range []string{"nooronceaaaaaaaa", "nooragainaaaaaaa"} {
		require.NotContains(t, text, asked, "before")
	}
	for _, asked := range []string{"#u#noorlateraaaaaaa", "#u#noorlatestaaaaaa"} {
		require.Contains(t, text, asked, "she begins anew")
	}
}

type silent struct{ mailtest.Recorder }

func (*silent) Send(context.Context, mail.Message) error { return errors.New("down") }

// What was begun before the erasure was accepted may still mail the person.
func TestTheConfirmationIsTheLastMail(t *testing.T) { // 7.erase
	s := begin(t)
	_, err := s.desk(healthy()).Erase(t.Context(), s.noor, erasure.InApp{Confirm: true})
	require.NoError(t, err)
	s.steps(t, s.worker(healthy()), erasure.Settle-5*time.Second)
	s.db.Clock.Move(5*time.Second - time.Nanosecond)
	require.NoError(t, s.worker(healthy()).Step(t.Context()))
	require.Empty(t, s.post.Sent())
	s.db.Clock.Move(time.Nanosecond)
	require.NoError(t, s.worker(healthy()).Step(t.Context()))
	require.Len(t, s.post.Sent(), 1)
	s.erased(t)
	require.NotContains(t, s.db.Text(t), "agenda erasures")
}

func TestSESIsAskedToForgetAnAddressThatIsOnItsListAndNoOther_7_erase(t *testing.T) {
	s := begin(t)
	s.post.On = []string{"sam@" + strings.ToLower(address)}
	_, err := s.desk(healthy()).Erase(t.Context(), s.noor, erasure.InApp{Confirm: true})
	require.NoError(t, err)
	s.complete(t)
	require.Empty(t, s.post.Forgotten(), "CloudTrail keeps what SES is asked with")
}

// down fails at everything.
type down struct{ mailtest.Recorder }

func (*down) Forget(context.Context, string) error { return errors.New("down") }

func (*down) Suppressed(context.Context) ([]string, error) { return nil, errors.New("down") }

func TestTheAddressGoesInTimeThoughAStoreFailsForLong(t *testing.T) { // 7.erase, s.erasure
	for name, c := range map[string]struct {
		fail   func(*erasure.Worker)
		stands bool // the job, since what failed can be tried again without the address
	}{
		"the suppression list": {func(w *erasure.Worker) { w.Mail = &down{} }, false},
		"the received mail":    {func(w *erasure.Worker) { w.Received = &down{} }, false},
		"the photos": {func(w *erasure.Worker) {
			w.Photos = photosOf(func(identity.Person) error { return errors.New("down") })
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := begin(t)
			_, err := s.desk(healthy()).Erase(t.Context(), s.noor, erasure.InApp{Confirm: true})
			require.NoError(t, err)
			worker := s.worker(healthy())
			c.fail(&worker)
			for range 9 {
				require.Contains(t, s.db.Text(t), address)
				require.Error(t, worker.Step(t.Context()), "it is tried again")
				s.db.Clock.Move(erasure.GiveUp/9 + 1)
			}
			err = worker.Step(t.Context())
			require.Equal(t, c.stands, err != nil)
			require.NotContains(t, s.db.Text(t), address)
			require.LessOrEqual(t, s.db.Clock.Now().Sub(monday).Truncate(time.Second), 40*time.Second,
				"a step comes then, and its three parts take up to 5 seconds each: less than a minute together")
			require.Equal(t, c.stands, strings.Contains(s.db.Text(t), "agenda erasures"))
			s.steps(t, s.worker(healthy()), erasure.WindDown)
			require.NotContains(t, s.db.Text(t), "agenda erasures")
			require.LessOrEqual(t, len(s.post.Sent()), 1)
		})
	}
}

func TestTwoWorkersAtOneErasureMailOneConfirmation(t *testing.T) { // 7.erase
	s := begin(t)
	_, err := s.desk(healthy()).Erase(t.Context(), s.noor, erasure.InApp{Confirm: true})
	require.NoError(t, err)
	s.db.Clock.Move(erasure.Settle)
	others := 0
	s.post.During = func() {
		if others++; others == 1 { // while one worker mails, another one comes
			require.NoError(t, s.worker(healthy()).Step(t.Context()))
		}
	}
	s.steps(t, s.worker(healthy()), erasure.WindDown)
	require.Len(t, s.post.Sent(), 1)
	s.erased(t)
}

func TestWhatAFunctionWasStillWritingIsFoundByTheLastLook(t *testing.T) { // 7.erase
	s := begin(t)
	_, err := s.desk(healthy()).Erase(t.Context(), s.noor, erasure.InApp{Confirm: true})
	require.NoError(t, err)
	require.NoError(t, s.worker(healthy()).Step(t.Context()))
	s.photos[s.noor.Person] = true // an upload that had begun before
	s.db.Put(t, privacy.Agenda, table.PersonPartition(s.noor.Person), "login", map[string]any{"login_name": address})
	s.waiting(t, monday, "noorlateraaaaaaa", "noorlatestaaaaaa") // requests that had begun before
	require.NoError(t, s.worker(healthy()).Step(t.Context()))
	s.complete(t)
	s.erased(t)
}

// Who reserves for themselves is taken at the word of their session. However late the first look comes that removes
// it, another one comes when the request that had read it has ended.
func TestWhatWasReservedOnTheWordOfASessionIsFoundThoughTheFirstLookCameLate(t *testing.T) { // 7.erase
	s := begin(t)
	_, err := s.desk(healthy()).Erase(t.Context(), s.noor, erasure.InApp{Confirm: true})
	require.NoError(t, err)
	s.db.Clock.Move(erasure.Settle) // the event was lost
	require.NoError(t, s.worker(healthy()).Step(t.Context()))
	s.db.Clock.Move(erasure.WindDown - time.Second)
	s.reserve(t, s.noor, s.Desks[0], "2026-11-24", "09:00", "12:00")
	require.NoError(t, s.worker(healthy()).Step(t.Context()))
	s.db.Clock.Move(time.Second)
	require.NoError(t, s.worker(healthy()).Step(t.Context()))
	s.erased(t)
	require.Len(t, s.post.Sent(), 1)
}

func TestAFailingStoreKeepsNoOtherErasureWaiting(t *testing.T) {
	s := begin(t)
	_, err := s.desk(healthy()).Erase(t.Context(), s.noor, erasure.InApp{Confirm: true})
	require.NoError(t, err)
	s.db.Put(t, privacy.Agenda, "erasures", "erasure#aaaaaaaaaaaaaaaa#aaaaaaaaaaaaaaaa",
		map[string]any{"asked_at": monday.Unix()})
	worker := s.worker(healthy())
	worker.Photos = photosOf(func(p identity.Person) error {
		if p.Business == "aaaaaaaaaaaaaaaa" {
			return errors.New("denied")
		}
		delete(s.photos, p)
		return nil
	})
	require.Error(t, worker.Step(t.Context()), "it is told")
	require.Empty(t, s.photos, "and Noor's went on")
}

func TestAfterARestoreTheErasureIsRepeatedWithoutAMail(t *testing.T) { // 7.erase
	s := begin(t)
	before := s.db.Dump(t, privacy.Directory)
	_, err := s.desk(healthy()).Erase(t.Context(), s.noor, erasure.InApp{Confirm: true})
	require.NoError(t, err)
	s.complete(t)
	for _, item := range before { // the directory as it was
		s.db.Restore(t, privacy.Directory, item)
	}
	repeated, err := s.worker(healthy()).Replay(t.Context())
	require.NoError(t, err)
	require.Equal(t, []identity.Person{s.noor.Person}, repeated)
	for _, item := range s.db.Dump(t, privacy.Directory) {
		require.NotContains(t, fmt.Sprint(enginetest.Plain(item)), s.noor.User,
			"the directory is without them before anyone reads it")
	}
	s.complete(t)
	s.erased(t)
	require.Len(t, s.post.Sent(), 1)
}

// A restore takes hours, and the ledger forgets after a day.
func TestWhatWasNotedBeforeARestoreIsRepeatedThoughTheLedgerHasForgottenIt(t *testing.T) { // 7.erase
	s := begin(t)
	before := s.db.Dump(t, privacy.Directory)
	_, err := s.desk(healthy()).Erase(t.Context(), s.noor, erasure.InApp{Confirm: true})
	require.NoError(t, err)
	s.complete(t)
	noted, err := s.db.Tables().Erased(t.Context())
	require.NoError(t, err)
	s.db.Clock.Move(25 * time.Hour)
	for _, item := range before {
		s.db.Restore(t, privacy.Directory, item)
	}
	forgotten, err := s.worker(healthy()).Replay(t.Context())
	require.NoError(t, err)
	require.Empty(t, forgotten)
	_, err = s.worker(healthy()).Replay(t.Context(), noted...)
	require.NoError(t, err)
	s.db.Clean(t, "Noor.", name, s.addressEntries()[0])
}

// 7.erase: its age is what an alarm looks at.
func TestTheAgeOfTheOldestErasureIsReportedWhileItStands(t *testing.T) {
	s := begin(t)
	var out bytes.Buffer
	worker := s.worker(healthy())
	worker.Metrics = &out
	require.NoError(t, worker.Step(t.Context()))
	require.Contains(t, out.String(), `"Lateness":0`)
	_, err := s.desk(healthy()).Erase(t.Context(), s.noor, erasure.InApp{Confirm: true})
	require.NoError(t, err)
	s.db.Clock.Move(12 * time.Second)
	require.NoError(t, worker.Step(t.Context()))
	require.Contains(t, out.String(), `"Lateness":12`)
	require.NotContains(t, out.String(), s.noor.User)
}

type photosOf func(identity.Person) error
