package limit_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

var (
	ten  = time.Date(2026, 11, 22, 10, 20, 0, 0, time.UTC)
	noor = identity.Person{Business: "customeraaaaaaaa", User: "nooraaaaaaaaaaaa"}
)

func begin(t *testing.T) (*enginetest.Database, limit.Counter) {
	db := enginetest.New(t, ten)
	return db, limit.Counter{Tables: db.Tables(), Key: enginetest.Keys[secret.Attempts], Now: db.Clock.Now}
}

func TestExactlyTheMostMailsAreSentAlsoAtOneMomentAndForEverySpellingAndTag(t *testing.T) {
	_, counter := begin(t)
	var sent atomic.Int32
	var all sync.WaitGroup
	for i := range 25 {
		email := []identity.Email{"ann+1@example.com", "ANN+2@Example.com", "ann+work@example.com",
			"Ann+@example.com"}[i%4]
		all.Go(func() {
			may, err := counter.Mail(t.Context(), limit.SignInMails, email, 0)
			assert.NoError(t, err)
			if may {
				sent.Add(1)
			}
		})
	}
	all.Wait()
	require.EqualValues(t, limit.MailsInWindow, sent.Load())
	may, err := counter.Mail(t.Context(), limit.SignInMails, "Ann@example.com", 0)
	require.NoError(t, err)
	require.True(t, may, "whoever makes up tags takes nothing of the address without one")
}

func TestAMailboxHasItsMailsForEachPurposeInEachWindowAndAfterEachCodeThatWasUsed(t *testing.T) {
	db, counter := begin(t)
	mails := func(subject limit.Subject, email identity.Email, used int) (sent int) {
		for range 2 * limit.MailsInWindow {
			may, err := counter.Mail(t.Context(), subject, email, used)
			require.NoError(t, err)
			if may {
				sent++
			}
		}
		return sent
	}
	for _, subject := range []limit.Subject{limit.SignInMails, limit.StaffMails, limit.RegistrationMails} {
		require.Equal(t, limit.MailsInWindow, mails(subject, "ann@example.com", 0), subject)
		require.Zero(t, mails(subject, "ann@example.com", 0), subject)
	}
	require.Equal(t, limit.MailsInWindow, mails(limit.SignInMails, "ann@example.com", 1))
	require.Equal(t, limit.MailsInWindow, mails(limit.SignInMails, "bob@example.com", 0))
	db.Clock.Move(limit.Window)
	require.Equal(t, limit.MailsInWindow, mails(limit.SignInMails, "ann@example.com", 0))
}

func TestTagsGiveAMailboxItsMailsOnceInAWindowOfTheClockAlsoAcrossItsBoundary(t *testing.T) {
	db, counter := begin(t)
	mails := func() (sent int) {
		for i := range 4 * limit.MailsInWindow {
			tagged := identity.Email(fmt.Sprintf("ann+%d@example.com", i))
			may, err := counter.Mail(t.Context(), limit.RegistrationMails, tagged, 0)
			require.NoError(t, err)
			if may {
				sent++
			}
		}
		return sent
	}
	db.Clock.Set(time.Date(2026, 11, 22, 10, 29, 59, 0, time.UTC))
	require.Equal(t, limit.MailsInWindow, mails())
	db.Clock.Move(time.Second)
	require.Equal(t, limit.MailsInWindow, mails(), "the next window begins, so that ten can come within a second")
	db.Clock.Move(limit.Window - time.Second)
	require.Zero(t, mails(), "and until it ends none")
}

func TestWhoUsesUpOneBudgetTakesNothingOfAnother(t *testing.T) {
	db, counter := begin(t)
	for _, subject := range []limit.Subject{limit.OpeningMails, limit.StrangerMails} { // of which the latter has less
		most := limit.Most[subject].Pair
		require.Equal(t, most, through(t, counter, subject, most+1, "a.example", "203.0.113.5"), subject)
	}

	db.Clock.Set(time.Date(2026, 11, 22, 11, 0, 0, 0, time.UTC)) // where a window begins with the hour
	refused := func(err error) bool {
		var refusal *problem.Error
		return errors.As(err, &refusal) && refusal.Kind == problem.TooMany
	}
	by := func(subject limit.Subject, who limit.Who) error { return counter.CountBy(t.Context(), subject, who, 2) }
	soon := func(subject limit.Subject, who limit.Who) error {
		return counter.CountSoon(t.Context(), subject, who, 2)
	}
	who := limit.Person(identity.Person{User: "same"})
	for range 2 {
		require.NoError(t, by(limit.Invitations, who))
		require.NoError(t, soon(limit.Invitations, who), "a window's budget is not the hour's")
	}
	for _, count := range []func(limit.Subject, limit.Who) error{by, soon} {
		require.True(t, refused(count(limit.Invitations, who)))
		require.NoError(t, count(limit.Namings, who), "for another purpose")
		require.NoError(t, count(limit.Invitations, limit.Person(noor)), "of another person")
		require.NoError(t, count(limit.Invitations, limit.Account("same")), "of an account, whatever its id")
	}
}

// through makes requests that may cause mails to one domain from a network and says how many were let through.
func through(t *testing.T, c limit.Counter, subject limit.Subject, n int, domain, network string) int {
	t.Helper()
	passed := 0
	for i := range n {
		err := c.Count(t.Context(), subject, identity.Email(fmt.Sprintf("nobody%d@%s", i, domain)), network)
		var refusal *problem.Error
		if err == nil {
			passed++
		} else {
			require.ErrorAs(t, err, &refusal)
			require.Equal(t, problem.TooMany, refusal.Kind)
			require.Equal(t, 40*60, refusal.RetryAfter)
		}
	}
	return passed
}

func TestOneNetworkCanNotUseUpWhatADomainHas(t *testing.T) {
	for subject, most := range limit.Most {
		if subject == limit.Pairings {
			continue // a display has no address
		}
		_, counter := begin(t)
		require.Equal(t, most.Pair, through(t, counter, subject, most.Pair+3, "a.example", "203.0.113.5"),
			"a stranger's")
		require.Equal(t, most.Pair, through(t, counter, subject, most.Pair, "a.example", "192.0.2.7"),
			"as many as if the stranger were not there")
		total := 2 * most.Pair
		for i := 0; total < most.Domain; i++ {
			total += through(t, counter, subject, most.Pair, "a.example", fmt.Sprintf("198.51.%d.1", i))
		}
		require.Equal(t, most.Domain, total)
		require.Zero(t, through(t, counter, subject, 1, "a.example", "198.51.100.1"), "from everywhere together")
		require.Equal(t, 1, through(t, counter, subject, 1, "b.example", "198.51.100.1"), "of another domain")
	}
}

func TestOneNetworkCanNotUseUpWhatTheDeploymentHas(t *testing.T) {
	subject, most := limit.StrangerMails, limit.Most[limit.StrangerMails]
	_, counter := begin(t)
	total := 0
	for i := range most.Network {
		total += through(t, counter, subject, 3, fmt.Sprintf("d%d.example", i), "203.0.113.5")
	}
	require.Equal(t, most.Network, total)
	require.Equal(t, 1, through(t, counter, subject, 1, "other.example", "192.0.2.7"))
	require.Greater(t, most.Deployment, 20*most.Network)
}

func TestADeploymentAsAWholeHasAnEnd(t *testing.T) {
	_, counter := begin(t)
	subject, most := limit.StrangerMails, limit.Most[limit.StrangerMails]
	total := 0
	for i := range most.Deployment * 3 / 2 {
		total += through(t, counter, subject, 1, fmt.Sprintf("d%d.example", i),
			fmt.Sprintf("10.%d.%d.1", i/250, i%250))
	}
	require.LessOrEqual(t, total, most.Deployment)
	require.Greater(t, total, most.Deployment*8/10, "its shares fill evenly")
}

func TestWhatIsCountedIsUnderAKeyedHashAndGoesWithTheHourOrTheErasure(t *testing.T) { // s.attempts, 7.erase
	db, counter := begin(t)
	db.Put(t, privacy.Directory, table.PersonPartition(noor), "user", map[string]any{"email": "ann@example.com"})
	require.NoError(t, db.Tables().AskAddress(t.Context(), noor, table.NewAddress{Email: "noor.new@example.com"},
		ten), "an address that waits")
	_, err := counter.Mail(t.Context(), limit.SignInMails, "ann@example.com", 0)
	require.NoError(t, err)
	require.NoError(t, counter.Count(t.Context(), limit.RegistrationMails, "ann@example.com", "192.0.2.7"))
	require.NoError(t, counter.CountBy(t.Context(), limit.Invitations, limit.Person(noor), 50))
	require.NoError(t, counter.CountBy(t.Context(), limit.NewAddressMails, limit.Mailbox("noor.new+x@example.com"),
		50))
	counted := func() (items []map[string]string) {
		for _, item := range db.Dump(t, privacy.Agenda) {
			if plain := enginetest.Plain(item); plain["n"] != "" {
				items = append(items, plain)
			}
		}
		return items
	}
	require.Len(t, counted(), 7)
	for _, plain := range counted() {
		require.Regexp(t, `^attempts#(wide#)?[a-z2-7]{32}$`, plain["pk"])
		require.Regexp(t, `^attempts#[a-z2-7]{32}$`, plain["sk"])
		require.Contains(
			t,
			[]string{"1795345200", "1795346400"},
			plain["ttl"],
			"11:00, or 11:20 for what a window counts",
		)
	}

	whose, err := counter.Of(t.Context(), noor, "Ann@example.com")
	require.NoError(t, err)
	until, err := counter.Until(t.Context(), whose...)
	require.NoError(t, err)
	require.Len(t, until, 3, "of the mailbox; by the id; of the address that waits")
	for _, at := range until {
		require.WithinRange(t, at, ten.Add(40*time.Minute), ten.Add(time.Hour))
	}

	db.Clock.Move(time.Hour)
	later, err := counter.Until(t.Context(), whose...)
	require.NoError(t, err)
	require.Empty(t, later)
	require.NoError(t, counter.Forget(t.Context(), whose...), "the hour before counts as well")
	require.Len(t, counted(), 4, "of two networks' counts, a domain's and the deployment's, which name nobody")
}

func TestANetworkIsASlash24OrASlash48(t *testing.T) {
	for ip, network := range map[string]string{
		"192.0.2.7": "192.0.2.0", "192.0.2.200": "192.0.2.0", "::ffff:192.0.2.7": "192.0.2.0",
		"2001:db8:1:2::3": "2001:db8:1::", "mfxgiidborxw2zls": "mfxgiidborxw2zls",
	} {
		require.Equal(t, network, limit.Network(ip), ip)
	}
}

// s.attempts, 7.erase
func TestForAnHourNoCodeIsMailedWhereOneCameBackAndTheMarkSaysNothingOfTheAddress(t *testing.T) {
	db, counter := begin(t)
	may := func(email identity.Email) bool {
		t.Helper()
		sent, err := counter.Mail(t.Context(), limit.SignInMails, email, 0)
		require.NoError(t, err)
		return sent
	}
	mark := counter.Mark("Ann@example.com")
	require.Equal(t, mark, counter.Mark("ann@EXAMPLE.com"))
	require.NotContains(t, mark, "ann")
	handler := limit.Counter{Tables: counter.Tables, Now: counter.Now} // which has no key
	for range 2 {
		require.NoError(t, handler.Bounced(t.Context(), events.MailBounced{Mark: mark}))
	}
	require.Error(t, handler.Bounced(t.Context(), events.MailBounced{Mark: "no mark"}))
	require.False(t, may("ann@example.com"))
	require.True(t, may("bob@example.com"))
	require.NoError(t, handler.Bounced(t.Context(),
		events.MailBounced{Mark: counter.Mark("bob+unknown@example.com")}))
	require.True(t, may("bob@example.com"), "a tag that a server doesn't know costs the address without one nothing")
	until, err := counter.Until(t.Context(), limit.Mailbox("ann@example.com"))
	require.NoError(t, err)
	require.Contains(t, until, ten.Add(time.Hour), "it is in the overview")
	db.Clock.Move(time.Hour)
	require.True(t, may("ann@example.com"))
	require.NoError(t, handler.Bounced(t.Context(), events.MailBounced{Mark: counter.Mark("cas@example.com")}))
	require.NoError(t, counter.Forget(t.Context(), limit.Mailbox("cas@example.com")))
	require.True(t, may("cas@example.com"), "and goes with an erasure")
}
