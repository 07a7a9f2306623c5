package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/civil/civiltest"
	"github.com/iotspot/iotspot/shared/colleague"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/sensor"
	"github.com/iotspot/iotspot/shared/table"

	"encoding/json"
)

// The campus: as many people as spots, all of whom come, on floors as the benchmarks have them.
const (
	campusPeople    = 10_000
	campusFloors    = int(campusPeople / floorOf)
	otherLocations  = 4_000
	members         = 500 // in the account whose search is measured, reckoned on to the campus's
	sessionLookedUp = "authorise"
)

// A share is what an operation lays on one partition of a kind, as "agenda B#L#F#day".
type share struct {
	kind        string
	read, write float64
}

// A campus measures what operations cost, with the real rooms on the real engine, on a floor in the middle of a
// morning.
type campus struct {
	*enginetest.Office
	t        *testing.T
	db       *enginetest.Database
	meter    enginetest.Meter
	tables   *table.Tables
	who      identity.Caller
	measured map[string][]share
}

const morning = civil.Date("2026-11-23")

func newCampus(t *testing.T) *campus {
	db := enginetest.New(t, time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)) // nine in Amsterdam
	c := &campus{Office: db.NewOffice(t, "Europe/Amsterdam", int(floorOf)), t: t, db: db,
		measured: map[string][]share{}}
	c.tables = db.Metered(&c.meter)
	c.Open(t, morning)
	c.who = c.Person(t)
	for i, desk := range c.Desks {
		c.Tie(t, desk, c.sensor(i), "own")
		if i%2 == 0 {
			c.reserve(c.Person(t), desk)
		} else if i%4 == 1 {
			c.hear(i, false, 1)
		}
	}
	return c
}

func (c *campus) sensor(desk int) string { return fmt.Sprint("campus-", desk) }

func (c *campus) desk() bookingtest.Bookings {
	return bookingtest.New(c.tables, c.db.Clock.Now)
}

func (c *campus) reserve(who identity.Caller, desk string) {
	_, err := c.desk().Reserve(c.t.Context(), who, booking.ReserveInput{Spot: desk, Key: secret.ID(),
		Period: booking.Period{Date: morning, From: "09:00", To: "17:00"}})
	require.NoError(c.t, err)
}

func (c *campus) hear(desk int, occupied bool, seq int) {
	payload := fmt.Sprintf(`{"occupied":%t,"seq":%d}`, occupied, seq)
	body, err := json.Marshal(events.Delivery{Topic: "iotspot/" + c.sensor(desk) + "/reading",
		Payload: []byte(payload)})
	require.NoError(c.t, err)
	listener := presence.Listener{Tables: c.tables, Now: c.db.Clock.Now}
	require.NoError(c.t, listener.Take(c.t.Context(), body, false))
}

// measure keeps what doing something once lays on partitions, by their kind.
func (c *campus) measure(name string, do func()) {
	c.meter.Reset()
	do()
	sum := map[string]share{}
	for _, part := range c.meter.Parts() {
		s := sum[c.kind(part)]
		sum[c.kind(part)] = share{c.kind(part), s.read + part.Read, s.write + part.Write}
	}
	c.measured[name] = slices.SortedFunc(maps.Values(sum),
		func(a, b share) int { return strings.Compare(a.kind, b.kind) })
}

// rosterHalf is the kind of partition that has half of an account's names.
const rosterHalf = "directory roster#B#half"

// hashed are the partitions of which a hash tells whose they are.
var hashed = map[string]string{"sensor": "#hardware", "address": "#hardware", "attempts": "#person"}

// kind is a partition key with letters for the ids, as the key map in shared/table writes it.
func (c *campus) kind(part enginetest.Part) string {
	key := part.Key
	if part.Index == table.ExpiryIndex {
		return "index expiry, minute#shard"
	}
	if strings.HasPrefix(key, "roster#") {
		return rosterHalf
	}
	hash := ""
	if name, _, is := strings.Cut(key, "#"); is && hashed[name] != "" {
		key, hash = name, hashed[name]
	}
	if before, _, is := strings.Cut(key, "#u#"); is {
		key = before + "#u#U"
	}
	return part.Table + " " + strings.NewReplacer(c.Business, "B", c.Location.ID, "L", c.Floor, "F", string(morning),
		"day").Replace(key) + hash
}

// operations are what people, sensors and schedules do.
func (c *campus) operations() {
	ctx := c.t.Context()
	floor := booking.AvailabilityInput{Floor: c.Floor, Date: morning, From: "09:00", To: "17:00"}
	c.measure("look", func() {
		_, err := c.desk().Availability(ctx, c.who, floor)
		require.NoError(c.t, err)
	})
	c.measure("reserve", func() { c.reserve(c.who, c.Desks[3]) })
	c.measure("agenda", func() {
		_, err := c.desk().Agenda(ctx, c.who, booking.AgendaInput{})
		require.NoError(c.t, err)
	})
	c.measure("first message of the day, that checks in", func() { c.hear(3, true, 1) })
	c.measure("presence changes", func() { c.hear(3, false, 2) })
	c.measure("round for no-shows", func() {
		require.NoError(c.t, presence.Watch{Tables: c.tables, Now: c.db.Clock.Now}.Round(ctx))
	})
	c.db.Clock.Move(presence.HeardEvery(sensor.Own, presence.SettingsOf(c.Location)))
	c.measure("heard again", func() { c.hear(3, false, 3) })
	c.authorise(ctx)
	c.search(ctx)
	c.locations(ctx)
}

func (c *campus) authorise(ctx context.Context) {
	hash := secret.ID()
	c.db.Put(c.t, "agenda", table.PersonPartition(c.who.Person), "session#"+hash,
		map[string]any{"role": "user", "zone": "Europe/Amsterdam", "used": string(morning.AddDays(-1)),
			"ttl": c.db.Clock.Now().Add(time.Hour).Unix()})
	c.measure(sessionLookedUp, func() {
		_, err := c.tables.Session(ctx, c.who.Person, hash)
		require.NoError(c.t, err)
	})
	c.measure("first use of the day", func() {
		require.NoError(c.t,
			c.tables.Use(ctx, c.who.Person, hash, morning, civil.UTC))
	})
}

func (c *campus) search(ctx context.Context) {
	c.db.CustomerOf(c.t, c.Business, "Campus")
	for i := range members {
		c.Named(c.t, fmt.Sprintf("Willem Jansen %03d", i))
	}
	c.measure("search for a colleague", func() {
		finder := colleague.Finder{Tables: c.tables, Keys: enginetest.Keys, Now: c.db.Clock.Now}
		_, err := finder.Search(ctx, c.who, colleague.SearchInput{Name: "will", Location: c.Location.ID})
		require.NoError(c.t, err)
	})
	for i, s := range c.measured["search for a colleague"] {
		if s.kind == rosterHalf { // one search reads both, side by side
			c.measured["search for a colleague"][i].read *= float64(campusPeople) / members / 2
		}
	}
}

func (c *campus) locations(ctx context.Context) {
	const some = 400
	for range some {
		c.db.Open(c.t, table.OpenDays{Location: secret.ID(), Business: c.Business,
			Zone:     civiltest.Load(c.t, "Europe/Amsterdam"),
			OpenFrom: morning,
			Floors:   []string{secret.ID(), secret.ID(), secret.ID()}})
	}
	c.measure("list of locations", func() {
		_, err := c.tables.OpenLocations(ctx)
		require.NoError(c.t, err)
	})
	c.measured["list of locations"][0].read *= otherLocations / some
}

// A load counts units by partition and second.
type load struct {
	*campus
	random *rand.Rand
	units  map[string]map[int]share // by partition: a kind and which one of it
}

// lay lays an operation on the second in which it is done, on partitions of these floor, person and desk.
func (l *load) lay(second int, operation string, floor, person int) {
	shares, known := l.measured[operation]
	require.True(l.t, known, operation)
	for _, s := range shares {
		which := 0
		switch {
		case strings.Contains(s.kind, "#F#"):
			which = floor
		case strings.Contains(s.kind, "#u#U"), strings.HasSuffix(s.kind, "#hardware"),
			strings.HasSuffix(s.kind, "#person"):
			which = person
		case strings.HasPrefix(s.kind, "index expiry"):
			which = l.random.IntN(table.ExpiryShards(1)) // of most minutes
		}
		key := fmt.Sprintf("%s %d", s.kind, which)
		if l.units[key] == nil {
			l.units[key] = map[int]share{}
		}
		u := l.units[key][second]
		l.units[key][second] = share{s.kind, u.read + s.read, u.write + s.write}
	}
}

// lives lets everybody arrive, look at the floor that the app opens with and at their own, reserve in four cases of
// ten, sit down, and look at their agenda; beside it the sensors speak and the schedules look.
func (l *load) lives(arrives func() int, from, until int) {
	for person := range campusPeople {
		at, floor := arrives(), person%campusFloors
		request := func(after int, operation string, floor int) {
			l.lay(at+after, sessionLookedUp, floor, person)
			l.lay(at+after, operation, floor, person)
		}
		l.lay(at, "first use of the day", floor, person)
		request(0, "look", 0)
		request(5, "look", floor)
		request(8, "agenda", floor)
		if person%10 < 4 {
			request(15, "reserve", floor)
		}
		if person%10 < 3 {
			request(20, "search for a colleague", floor)
		}
		l.lay(at+90, "first message of the day, that checks in", floor, person)
	}
	for second := from; second < until; second++ {
		for range campusPeople / int(sensorEvery*60) {
			person := l.random.IntN(campusPeople)
			l.lay(second, "heard again", person%campusFloors, person)
		}
		if second%5 == 0 {
			for range 3 { // the day close's runs overlap
				l.lay(second, "list of locations", 0, 0)
			}
		}
		if second%60 == 0 {
			for floor := range campusFloors {
				l.lay(second, "round for no-shows", floor, floor)
			}
		}
	}
}

// A peak is the worst second of the worst partition of a kind.
type peak struct {
	kind        string
	read, write float64
}

func (p peak) share() float64 { return max(p.read/mostRead, p.write/mostWrite) }

func (l *load) peaks() []peak {
	worst := map[string]peak{}
	for _, seconds := range l.units {
		for _, u := range seconds {
			p := worst[u.kind]
			worst[u.kind] = peak{u.kind, max(p.read, u.read), max(p.write, u.write)}
		}
	}
	return slices.SortedFunc(maps.Values(worst), func(a, b peak) int { return cmp.Compare(b.share(), a.share()) })
}

func (l *load) total() peak {
	sum := map[int]peak{}
	for _, seconds := range l.units {
		for second, u := range seconds {
			sum[second] = peak{"", sum[second].read + u.read, sum[second].write + u.write}
		}
	}
	var worst peak
	for _, s := range sum {
		worst = peak{"", max(worst.read, s.read), max(worst.write, s.write)}
	}
	return worst
}

// TestACampusOfTenThousandSpotsAtNineOclockStaysBelowWhatPartitionsTake counts every unit of a morning by partition
// and second, against 1,000 write and 3,000 read units a second: once with arrivals about nine and by train, and once
// with everybody within a minute. go test ./scripts/cost -run Campus -v prints the counts.
func TestACampusOfTenThousandSpotsAtNineOclockStaysBelowWhatPartitionsTake(t *testing.T) {
	c := newCampus(t)
	c.operations()
	for _, name := range slices.Sorted(maps.Keys(c.measured)) {
		t.Logf("%s: %v", name, c.measured[name])
	}
	random := rand.New(rand.NewPCG(9, 0))
	bell := func() int {
		at := 3600 + int(random.NormFloat64()*600)
		if random.IntN(10) < 4 { // by train, every five minutes, and 40 seconds to the app
			at = at/300*300 + random.IntN(40)
		}
		return max(at, 0)
	}
	for name, scene := range map[string]struct {
		arrives func() int
		most    float64 // share of what a partition takes
	}{
		"about nine": {bell, 0.5}, "within a minute": {func() int { return 3600 + random.IntN(60) }, 1},
	} {
		l := &load{c, random, map[string]map[int]share{}}
		l.lives(scene.arrives, 3000, 4200)
		for _, p := range l.peaks() {
			t.Logf("%s: %5.1f %% %-28s %6.0f read %6.0f write", name, 100*p.share(), p.kind, p.read, p.write)
			require.LessOrEqual(t, p.share(), scene.most, "%s: %s", name, p.kind)
		}
		all := l.total()
		t.Logf("%s: all tables together %.0f read %.0f write", name, all.read, all.write)
		require.LessOrEqual(t, all.write, 4000.0, "a table that was never busy takes 4,000 write units")
	}
}
