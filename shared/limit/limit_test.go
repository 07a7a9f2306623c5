package limit_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

var (
	ten  = time.Date(2026, 11, 22, 10, 20, 0, 0, time.UTC)
	noor = identity.Person{Business: "customeraaaaaaaa", User: "nooraaaaaaaaaaaa"}
)

func begin(t *testing.T) (*enginetest.Database, limit.Counter) {
	db := enginetest.New(t, ten)
	return db, limit.Counter{Tables: db.Tables(), Key: enginetest.Key, Now: db.Clock.Now}
}

// through makes attempts for an address from one network and says how many were let through.
func through(t *testing.T, c limit.Counter, subject limit.Subject, n int, network string) int {
	t.Helper()
	passed := 0
	for range n {
		err := c.Count(t.Context(), subject, "ann@example.com", network)
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

func TestExactlyTheMostAreLetThroughAlsoAtOneMomentAndForEverySpelling(t *testing.T) {
	_, counter := begin(t)
	var passed atomic.Int32
	var all sync.WaitGroup
	for i := range 25 {
		email := []identity.Email{"ann@example.com", "ANN@Example.com"}[i%2]
		all.Go(func() {
			if counter.Count(t.Context(), limit.SignInMails, email, "192.0.2.7") == nil {
				passed.Add(1)
			}
		})
	}
	all.Wait()
	require.EqualValues(t, limit.Most[limit.SignInMails].Pair, passed.Load())
}

func TestOneNetworkCanNotUseUpWhatAnAddressHas(t *testing.T) {
	for _, subject := range []limit.Subject{limit.SignInMails, limit.SignInCodes, limit.StaffMails,
		limit.StaffCodes} {
		_, counter := begin(t)
		most := limit.Most[subject]
		require.Equal(t, most.Pair, through(t, counter, subject, 5*most.Pair, "203.0.113.5"), "a stranger's")
		require.Equal(t, most.Pair, through(t, counter, subject, most.Pair, "192.0.2.7"),
			"as many as if the stranger were not there")
		total := 2 * most.Pair
		for i := range 9 {
			total += through(t, counter, subject, most.Pair, fmt.Sprintf("198.51.%d.1", i))
		}
		require.Equal(t, most.Address, total, "from everywhere together")
		require.Less(t, most.Pair, table.MaxSignInTries, "nor the tries of one code")
	}
}

func TestWhatIsCountedOfOnePurposeTakesNothingOfAnother(t *testing.T) {
	_, counter := begin(t)
	for subject, most := range limit.Most {
		if most.Pair > 0 {
			require.Equal(t, most.Pair, through(t, counter, subject, most.Pair+1, "192.0.2.7"), subject)
		}
	}
}

func TestWhatIsCountedIsUnderAKeyedHashAndGoesWithTheHourOrTheErasure(t *testing.T) { // s.attempts, 7.erase
	db, counter := begin(t)
	db.Put(t, privacy.Directory, table.PersonPartition(noor), "user", map[string]any{"email": "ann@example.com"})
	require.NoError(t, db.Tables().AskAddress(t.Context(), noor, table.NewAddress{Email: "noor.new@example.com"},
		ten), "an address that waits")
	require.NoError(t, counter.Count(t.Context(), limit.SignInMails, "ann@example.com", "192.0.2.7"))
	require.NoError(t, counter.CountFrom(t.Context(), limit.OpeningCodes, "192.0.2.7"))
	require.NoError(t, counter.CountBy(t.Context(), limit.Invitations, limit.Person(noor), 50))
	require.NoError(t, counter.CountBy(t.Context(), limit.NewAddressMails, limit.Address("noor.new@example.com"), 50))
	counted := func() (items []map[string]string) {
		for _, item := range db.Dump(t, privacy.Agenda) {
			if plain := enginetest.Plain(item); plain["n"] != "" {
				items = append(items, plain)
			}
		}
		return items
	}
	require.Len(t, counted(), 6)
	for _, plain := range counted() {
		require.Regexp(t, `^attempts#(network#)?[a-z2-7]{32}$`, plain["pk"])
		require.Regexp(t, `^attempts#[a-z2-7]{32}$`, plain["sk"])
		require.Equal(t, "1795345200", plain["ttl"], "11:00")
	}

	whose, err := counter.Of(t.Context(), noor, "Ann@example.com")
	require.NoError(t, err)
	until, err := counter.Until(t.Context(), whose...)
	require.NoError(t, err)
	require.Len(t, until, 4, "from one network, and from everywhere; by the id; of the address that waits")
	for _, at := range until {
		require.Equal(t, time.Date(2026, 11, 22, 11, 0, 0, 0, time.UTC), at)
	}

	db.Clock.Move(41 * time.Minute)
	later, err := counter.Until(t.Context(), whose...)
	require.NoError(t, err)
	require.Empty(t, later)
	require.NoError(t, counter.Forget(t.Context(), whose...), "the hour before counts as well")
	for _, plain := range counted() {
		require.Contains(t, plain["pk"], "attempts#network#", "a network names nobody")
	}
	require.Len(t, counted(), 2)
}

func TestANetworkIsASlash24OrASlash48(t *testing.T) {
	for ip, network := range map[string]string{
		"192.0.2.7": "192.0.2.0", "192.0.2.200": "192.0.2.0", "::ffff:192.0.2.7": "192.0.2.0",
		"2001:db8:1:2::3": "2001:db8:1::", "mfxgiidborxw2zls": "mfxgiidborxw2zls",
	} {
		require.Equal(t, network, limit.Network(ip), ip)
	}
}
