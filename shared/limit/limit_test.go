package limit_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/engine/enginetest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/privacy"
)

var ten = time.Date(2026, 11, 22, 10, 20, 0, 0, time.UTC)

func TestExactlyTheMostAreLetThroughAlsoAtOneMomentAndForEverySpelling(t *testing.T) {
	db := enginetest.New(t, ten)
	counter := limit.Counter{Tables: db.Tables(), Key: enginetest.Key, Now: db.Clock.Now}
	var through atomic.Int32
	var all sync.WaitGroup
	for i := range 25 {
		email := []identity.Email{"ann@example.com", "ANN@Example.com"}[i%2]
		all.Go(func() {
			if counter.Count(t.Context(), limit.Mails, email, "192.0.2.7") == nil {
				through.Add(1)
			}
		})
	}
	all.Wait()
	require.EqualValues(t, limit.Most[limit.Mails].Address, through.Load())
}

func TestWhatIsCountedIsUnderAKeyedHashAndGoesWithTheHourOrTheErasure(t *testing.T) {
	db := enginetest.New(t, ten)
	counter := limit.Counter{Tables: db.Tables(), Key: enginetest.Key, Now: db.Clock.Now}
	require.NoError(t, counter.Count(t.Context(), limit.Mails, "ann@example.com", "192.0.2.7"))
	items := db.Dump(t, privacy.Agenda)
	require.Len(t, items, 2)
	for _, item := range items {
		plain := enginetest.Plain(item)
		require.Regexp(t, `^attempts#[a-z2-7]{32}$`, plain["pk"])
		require.Equal(t, "1795345200", plain["ttl"], "11:00")
	}
	db.Clock.Move(41 * time.Minute)
	require.NoError(t, counter.Forget(t.Context(), "Ann@example.com"), "the hour before counts as well")
	require.Len(t, db.Dump(t, privacy.Agenda), 1, "the network's, which names nobody")
}

func TestANetworkIsASlash24OrASlash48(t *testing.T) {
	for ip, network := range map[string]string{
		"192.0.2.7": "192.0.2.0", "192.0.2.200": "192.0.2.0", "::ffff:192.0.2.7": "192.0.2.0",
		"2001:db8:1:2::3": "2001:db8:1::", "mfxgiidborxw2zls": "mfxgiidborxw2zls",
	} {
		require.Equal(t, network, limit.Network(ip), ip)
	}
}
