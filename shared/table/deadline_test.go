package table

import (
	"strconv"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/privacy"
)

// The TTL attribute, the index that the sweep reads and the read filter are the same deadline, of every shape.
func TestTheTTLTheIndexAndTheReadFilterAreOneDeadline(t *testing.T) {
	at := time.Date(2026, 11, 23, 12, 34, 56, 0, time.UTC)
	for _, item := range privacy.Items {
		deadline := item.Rule.From(at)
		fixed := key{item, "pk", item.SortPrefix}.fixed(deadline)
		ends, has := deadline.At()
		if !has {
			require.NotContains(t, fixed, ttlName, item.Name)
			require.NotContains(t, fixed, expiryName, item.Name)
			continue
		}
		require.Equal(t, &types.AttributeValueMemberN{Value: strconv.FormatInt(ends.Unix(), 10)}, fixed[ttlName],
			item.Name)
		bucket, swept := fixed[expiryName]
		require.Equal(t, item.Swept, swept, item.Name)
		if swept {
			var buckets []string
			for shard := range ExpiryShards(ends.Unix() / 60) {
				buckets = append(buckets, Bucket(ends.Unix()/60, shard))
			}
			require.Contains(t, buckets, text(bucket), item.Name)
		}
		for _, c := range []struct {
			now   time.Time
			alive bool
		}{{ends.Add(-time.Second), true}, {ends, false}, {ends.Add(time.Hour), false}} {
			tables := &Tables{now: func() time.Time { return c.now }}
			require.Equal(t, c.alive, tables.alive(dynamo.Item(fixed)), "%s at %s", item.Name, c.now)
		}
	}
}

// What has a deadline is found by it, or by closing its day; a received mail by the bucket's own list.
func TestEveryShapeWithADeadlineIsSweptOrClosedWithItsDay(t *testing.T) {
	closed := map[string]bool{privacy.SpotSheet.Name: true, privacy.PersonSheet.Name: true,
		privacy.DaySearches.Name: true}
	for _, item := range privacy.Items {
		if !item.Rule.EndsWithEvent() && item.Store != privacy.Received {
			require.NotEqual(t, item.Swept, closed[item.Name], item.Name)
			require.Equal(t, privacy.Agenda, item.Store, "%s: what has a deadline is in no backup", item.Name)
		}
	}
}
