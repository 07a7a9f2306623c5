package year_test

import (
	"flag"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/year"
)

var (
	seed    = flag.Uint64("seed", 0, "of the life; 0 takes another each time")
	days    = flag.Int("days", 0, "lived in one go; 0 lives the short form")
	from    = flag.String("from", "2027-09-15", "first date of a life in one go")
	tenants = flag.Int("tenants", 3, "business accounts, in the zones in turn")
	people  = flag.Int("people", 6, "people of each at a time")
	actions = flag.Int("actions", 2, "things done by each tenant in each part of a day, on average")
)

func options(t *testing.T) year.Options {
	o := year.Options{Seed: *seed, Tenants: *tenants, People: *people, Actions: *actions, Progress: t.Logf}
	if o.Seed == 0 {
		o.Seed = uint64(time.Now().UnixNano())
	}
	if *days > 0 {
		o.Windows = []year.Window{{From: *from, Days: *days}}
		return o
	}
	o.Windows = []year.Window{{"2027-10-30", 3}, {"2027-11-06", 2}, {"2028-02-28", 3}, {"2028-03-25", 2}, {"2028-04-01", 2}}
	return o
}

// 2.consent, 3.b, 4.a to 4.e, 5.transactions, 7.overview, 7.erase
func TestWhatShouldBeGoneIsNowhereAtAnyMidnightAndNoLinkThatShouldBeCutIsLeft(t *testing.T) {
	lived, finds := year.Live(t, options(t))
	t.Log(lived)
	require.Empty(t, finds)
}
