package presence_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/civil/civiltest"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

const lorawanUplink = `{"PayloadData":"AXVkAwAB","WirelessMetadata":{"LoRaWAN":{"DevEui":"A84041D55182720B","FPort":85,"FCnt":"12","Timestamp":"2026-11-23T08:04:00Z"}}}`

// Clause 4.d.4.
func TestSittingDownChecksTheReservationIn(t *testing.T) {
	s := morning(t)
	id := s.reserve(t, s.Person(t), "09:00", "12:00")
	require.Equal(t, presence.Changed, s.sensed(t, true, "09:04", 1))
	held := s.holding(t, id)
	require.Equal(t, table.CheckedIn, held.State)
	require.Equal(t, at("09:04").Unix(), held.CheckedInAt)
}

// Clause 4.d.4: the whole way from AWS's envelope.
func TestALoRaWANDeskSensorChecksTheReservationIn(t *testing.T) {
	s := morning(t)
	s.Tie(t, s.Desks[0], "a84041d55182720b", "milesight-vs341")
	id := s.reserve(t, s.Person(t), "09:00", "12:00")
	s.clock("09:04:20")
	require.Equal(t, presence.Changed, s.hears(t, message("lorawan/uplink", lorawanUplink, at("09:04:20"))))
	require.Equal(t, at("09:04").Unix(), s.holding(t, id).CheckedInAt)
}

func TestComingEarlyChecksInFromAQuarterOfAnHourBeforeAndNotWhileSomebodyElseHoldsTheSpot(t *testing.T) {
	s := morning(t)
	id := s.reserve(t, s.Person(t), "09:00", "12:00")
	s.sensed(t, true, "08:44", 1)
	require.Equal(t, table.Reserved, s.state(t, id), "that may be anybody")
	s.sensed(t, true, "08:50", 2) // says the same, and is not written down: the minute's round sees who sits there
	s.round(t, "08:51")
	require.Equal(t, table.CheckedIn, s.state(t, id))

	next := s.reserve(t, s.Person(t), "12:00", "13:00")
	s.sensed(t, true, "11:55", 3)
	s.round(t, "11:56")
	require.Equal(t, table.Reserved, s.state(t, next), "it is the first one who still sits there")
	s.sensed(t, true, "12:01", 4)
	s.round(t, "12:02")
	require.Equal(t, table.CheckedIn, s.state(t, next))
}

// Clause 4.d.4: duplicates, late and out-of-order messages change nothing wrongly.
func TestWhatComesTwiceOrLateChangesNothing(t *testing.T) {
	s := morning(t)
	s.reserve(t, s.Person(t), "09:00", "12:00")
	s.sensed(t, true, "09:04", 2)
	before := s.dump(t)
	require.Equal(t, presence.Late, s.hears(t, says(true, "09:04", 2)), "twice")
	require.Equal(t, presence.Late, s.hears(t, says(false, "09:03", 1)), "late")
	require.Equal(t, presence.Late, s.hears(t, says(false, "09:04", 1)), "of the same second, by its counter")
	require.Equal(t, before, s.dump(t))
	require.Equal(t, presence.Changed, s.hears(t, says(false, "09:04", 3)), "of the same second and later")
}

// Clause 4.d.4: in whatever order a sensor's messages come, nobody is taken to have left by a message that another
// may have overtaken, and the next one that comes in time tells what is so.
func TestInAnyOrderOfMessagesNobodyIsTakenToHaveLeftWronglyAndTheNextOneTells(t *testing.T) {
	script := [][]byte{says(false, "09:00", 1), says(true, "09:01", 2), says(false, "09:02", 3),
		says(true, "09:03", 4),
		says(false, "09:04", 5), says(true, "09:05", 6), says(true, "09:06", 7)}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		s := morning(t)
		s.sensed(t, true, "08:59", 0)
		s.clock("09:10")
		order := random.Perm(len(script))
		for _, i := range order {
			s.hears(t, script[i])
		}
		require.True(t, s.sheet(t).Occupancy[desk].Occupied, "order %v", order)
		require.Equal(t, presence.Changed, s.sensed(t, false, "09:11", 8))
	}
}

// The same for messages that come at once.
func TestConcurrentMessagesEndWithTheLatest(t *testing.T) {
	s := morning(t)
	s.listener.Report = nil
	s.reserve(t, s.Person(t), "09:00", "12:00")
	s.clock("09:19")
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			require.NoError(t, s.listener.Take(t.Context(),
				says(i < 19, time.Date(0, 1, 1, 9, i, 0, 0, time.UTC).Format("15:04"), i+1), false))
		})
	}
	all.Wait()
	require.Equal(t, at("09:19").Unix(), s.sheet(t).Occupancy[desk].Heard)
	require.False(t, s.sheet(t).Occupancy[desk].Occupied)
	live, err := s.db.Tables().LiveSensor(t.Context(), desk)
	require.NoError(t, err)
	require.Equal(t, s.sheet(t).Occupancy[desk], live.Occupancy())
}

func TestALateVacantIsNotBelievedWhereAnUnwrittenOccupiedMayHaveOvertakenIt(t *testing.T) {
	for counted := range 2 { // without a counter, and with one
		s := morning(t)
		s.sensed(t, true, "09:00", counted)
		require.Equal(t, presence.Unchanged, s.sensed(t, true, "09:02", 3*counted), "overtakes, and is not written")
		require.Equal(t, presence.Late, s.hears(t, says(false, "09:01", 2*counted)))
		require.True(t, s.sheet(t).Occupancy[desk].Occupied)
		require.Equal(t, presence.Changed, s.sensed(t, false, "09:03", 4*counted))
	}
}

func TestASignOfLifeKeepsASensorHeardAndSaysNothingOfItsSpot(t *testing.T) {
	s := morning(t)
	alive := func(clock string) presence.Outcome {
		s.clock(clock)
		return s.hears(t, message("iotspot/"+desk+"/reading", `{"battery":50}`, at(clock)))
	}
	require.Equal(t, presence.Unchanged, alive("08:40"))
	require.Empty(t, s.sheet(t).Occupancy, "whether the spot is free is still unknown")
	s.sensed(t, true, "09:00", 0)
	require.Equal(t, presence.Unchanged, alive("09:49"))
	require.Equal(t, presence.Heard, alive("09:50"))
	said := s.sheet(t).Occupancy[desk]
	require.True(t, said.Occupied)
	require.Equal(t, at("09:50").Unix(), said.Heard)
	require.Equal(t, at("09:00").Unix(), said.Since)
}

// Clause 4.d.4: a message about a past day is discarded.
func TestAMessageAboutAPastDayIsDiscarded(t *testing.T) {
	s := morning(t)
	before := s.dump(t)
	for _, instant := range []string{"2026-11-22T22:59:59Z", "2025-11-23T08:00:00Z"} {
		require.Equal(t, presence.PastDay, s.hears(t, message("iotspot/"+desk+"/reading",
			`{"occupied":true,"at":"`+instant+`"}`, at("08:30"))))
	}
	require.Equal(t, before, s.dump(t))
	require.Empty(t, s.quarantine.notes, "nor is it kept elsewhere")

	s.sensed(t, true, "08:31", 1)
	s.db.Clock.Set(at("23:59:59").Add(2 * time.Second))
	require.Equal(t, presence.PastDay, s.hears(t, says(false, "23:59", 2)))
}

func TestVacancyIsNotReckonedFromBeforeTheDayOrFromWhenTheSensorSawSomebody(t *testing.T) {
	s := morning(t)
	s.Tie(t, s.Desks[0], "58a0cb0000100001", "browan-tbms100")
	uplink := func(payload, instant string) []byte {
		return message("lorawan/uplink",
			`{"PayloadData":"`+payload+`","WirelessMetadata":{"LoRaWAN":{"DevEui":"58a0cb0000100001","FPort":102,"Timestamp":"`+instant+`"}}}`, at("08:30"))
	}
	s.hears(t, uplink("ALs0oAXceAE=", "2026-11-23T07:30:00Z")) // vacant for 1440 minutes
	require.Equal(t, today.Start(civiltest.Load(t, "Europe/Amsterdam")).Unix(),
		s.sheet(t).Occupancy["58a0cb0000100001"].Since)
	s.clock("10:00")
	s.hears(t, uplink("Abs0BADceAE=", "2026-11-23T09:00:00Z"))
	s.clock("10:20")
	s.hears(t, uplink("ALs0HgDceAE=", "2026-11-23T09:20:00Z")) // vacant for 30 minutes, it says
	require.Equal(t, at("10:00").Unix(), s.sheet(t).Occupancy["58a0cb0000100001"].Since)
}

// What can't be read is put aside with its reason, changes nothing and is not delivered again.
func TestWhatCanNotBeReadIsPutAsideWithItsReason(t *testing.T) {
	s := morning(t)
	s.Tie(t, s.Desks[1], "a84041d55182720b", "browan-tbms100")
	before := s.dump(t)
	for name, c := range map[string]struct {
		body   []byte
		reason string
	}{
		"not of the rules": {[]byte("hello"), "not a message of the topic rules"},
		"nothing":          {nil, "not a message of the topic rules"},
		"truncated":        {message("iotspot/"+desk+"/reading", `{"occupied":tr`, at("08:30")), "not JSON"},
		"another topic":    {message("weather", `{}`, at("08:30")), "no sensor publishes"},
		"an unknown sensor": {message("iotspot/stranger/reading", `{"occupied":true}`, at("08:30")),
			"no such sensor"},
		"another model": {message("lorawan/uplink", lorawanUplink, at("08:30")), "FPort is 85"},
		"of the future": {says(true, "08:36", 1), "dated in the future"},
		"of the far future": {message("iotspot/"+desk+"/reading", `{"occupied":true,"at":"2126-01-01T00:00:00Z"}`,
			at("08:30")), "dated in the future"},
		"of no time at all": {message("iotspot/"+desk+"/reading", `{"occupied":true,"at":"noon"}`, at("08:30")),
			"RFC 3339"},
		"of ten megabytes": {message("iotspot/"+desk+"/reading", strings.Repeat(" ", 10<<20), at("08:30")),
			"larger than"},
		"no id in its topic": {message("iotspot//reading", `{"occupied":true}`, at("08:30")), "malformed"},
		"an id of long words": {message("iotspot/"+strings.Repeat("a", 300)+"/reading", `{"occupied":true}`,
			at("08:30")), "malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			s.quarantine.notes = nil
			require.Equal(t, presence.Quarantined, s.hears(t, c.body))
			require.Len(t, s.quarantine.notes, 1)
			require.Contains(t, s.quarantine.notes[0].Reason, c.reason)
		})
	}
	require.Equal(t, before, s.dump(t))
}

// Clause 4.d.4: what a sensor saw is gone with its day, so what is put aside says who spoke and not what was said.
func TestWhatIsPutAsideSaysWhichSensorItIsAboutAndNothingOfWhatItSaw(t *testing.T) {
	s := morning(t)
	s.Tie(t, s.Desks[1], "a84041d55182720b", "browan-tbms100")
	s.hears(t, says(true, "10:00", 1))
	s.hears(t, message("lorawan/uplink", lorawanUplink, at("08:30")))
	require.Equal(t, []events.Quarantined{
		{Reason: "the message is dated in the future", Topic: "iotspot/desk-1/reading", Hardware: "desk-1",
			Model:    "own",
			Received: at("10:00").UnixMilli(), Bytes: len(`{"occupied":true,"at":"2026-11-23T09:00:00Z","seq":1}`)},
		{Reason: s.quarantine.notes[1].Reason, Topic: "lorawan/uplink", Hardware: "a84041d55182720b",
			Model:    "browan-tbms100",
			Received: at("08:30").UnixMilli(), Bytes: len(lorawanUplink)},
	}, s.quarantine.notes, "a wrong model is seen by the reason, which names the port")
}

// Clause 4.d.4: the queue would keep the whole message among its dead letters.
func TestAMessageThatFailsForTheLastTimeIsPutAsideWithoutWhatItSays(t *testing.T) {
	s := morning(t)
	s.listener.Tables = s.db.Faulty(&enginetest.Faults{At: 1, Dead: true})
	require.Error(t, s.listener.Take(t.Context(), says(true, "08:30", 1), false), "it comes again")
	require.Empty(t, s.quarantine.notes)
	require.NoError(t, s.listener.Take(t.Context(), says(true, "08:30", 1), true))
	require.Len(t, s.quarantine.notes, 1)
	require.Contains(t, s.quarantine.notes[0].Reason, "it failed each time")
	require.Equal(t, "desk-1", s.quarantine.notes[0].Hardware)
	require.Equal(t, presence.Quarantined, s.outcomes[len(s.outcomes)-1])
}

func TestASensorWhoseClockIsALittleAheadIsBelievedAsOfNow(t *testing.T) {
	s := morning(t)
	require.Equal(t, presence.Changed, s.hears(t, says(true, "08:34", 1)))
	require.Equal(t, at("08:30").Unix(), s.sheet(t).Occupancy[desk].Heard)
}

// Clause 7.object: it takes effect at once, for the reservation that exists too.
func TestWhoObjectsToSensorsIsNotCheckedInByThem(t *testing.T) {
	for _, word := range presence.Objections {
		s := morning(t)
		who := s.Person(t)
		id := s.reserve(t, who, "09:00", "12:00")
		s.Object(t, who.User, word)
		require.Equal(t, presence.Changed, s.sensed(t, true, "09:04", 1))
		require.Equal(t, table.Reserved, s.state(t, id))
		s.round(t, "09:10")
		require.Equal(t, table.Reserved, s.state(t, id))

		_, err := s.door.CheckIn(t.Context(), who, presence.OwnInput{Reservation: id})
		require.NoError(t, err)
		s.sensed(t, false, "09:12", 2)
		s.sensed(t, false, "09:50", 3)
		s.round(t, "10:00")
		require.Equal(t, table.CheckedIn, s.state(t, id), "nor is the spot taken from them by a sensor")

		other := s.Person(t)
		missed := s.reserve(t, other, "12:00", "13:00")
		s.Object(t, other.User, word)
		s.sensed(t, true, "12:01", 4)
		s.round(t, "12:15")
		require.Equal(t, table.NoShow, s.state(t, missed), "not checked in by hand is a no-show as for others")
	}
}

// 4.d.3: a pass checks in like a registration, and a guest who objects is left alone at once.
func TestAGuestIsCheckedInByASensorUnlessTheyObject_4_d_3(t *testing.T) {
	for objection, expected := range map[string]table.State{"": table.CheckedIn,
		presence.Objections[0]: table.Reserved} {
		s := morning(t)
		who := s.Person(t)
		id := s.reserve(t, who, "09:00", "12:00")
		s.db.Delete(t, privacy.Directory, table.PersonPartition(who.Person), "user")
		guest := map[string]any{"business": who.Business, "name": "Gus", "ttl": at("23:00").Unix()}
		if objection != "" {
			guest["objections"] = []string{objection}
		}
		s.db.Put(t, privacy.Agenda, table.PersonPartition(who.Person), "guest", guest)
		s.sensed(t, true, "09:04", 1)
		require.Equal(t, expected, s.state(t, id))
	}
}

func TestASensorIsNotedOnceADayAndWithItsBatteryAndNoHourIsKeptOfIt_4_d_4(t *testing.T) {
	s := morning(t)
	says := func(clock string, battery int, seq int) []byte {
		return message("iotspot/"+desk+"/reading", fmt.Sprintf(`{"occupied":false,"at":%q,"battery":%d,"seq":%d}`,
			at(clock).Format(time.RFC3339), battery, seq), at(clock))
	}
	noted := func() (civil.Date, int) {
		tied, err := s.db.Tables().Sensor(t.Context(), desk)
		require.NoError(t, err)
		require.NotNil(t, tied.Battery)
		return tied.HeardOn, *tied.Battery
	}
	s.clock("08:50")
	s.hears(t, says("08:50", 71, 1))
	day, battery := noted()
	require.Equal(t, []any{today, 71}, []any{day, battery})
	for seq, told := range []int{73, 68, 71} { // it wavers
		s.meter.Reset()
		require.Equal(t, presence.Unchanged, s.hears(t, says("08:51", told, 2+seq)))
		require.Zero(t, s.meter.Usage().Write)
	}
	s.meter.Reset()
	require.Equal(t, presence.Unchanged, s.hears(t, says("08:52", 60, 5)))
	require.Equal(t, 2.0, s.meter.Usage().Write, "at the device, and where the next message looks")
	_, battery = noted()
	require.Equal(t, 60, battery)
	s.meter.Reset()
	s.hears(t, says("08:53", 60, 6))
	require.Zero(t, s.meter.Usage().Write)
}

// The budgets of a sensor's message: half a read unit when it changes nothing, two write units when it changes
// presence.
func TestASensorsMessageKeepsToItsBudget(t *testing.T) {
	s := morning(t)
	s.reserve(t, s.Person(t), "09:00", "12:00")
	spent := func(outcome presence.Outcome, occupied bool, clock string, seq int) enginetest.Usage {
		s.meter.Reset()
		require.Equal(t, outcome, s.sensed(t, occupied, clock, seq))
		return s.meter.Usage()
	}
	first := spent(presence.Changed, false, "08:50", 1)
	require.Equal(t, 4.0, first.Write, "the day's first also goes into the expiry index, and is noted at the device")

	for _, seq := range []int{2, 1, 0} { // the next, one that is late, one without a number
		usage := spent(presence.Outcome(map[int]string{2: "unchanged", 1: "late", 0: "unchanged"}[seq]), false,
			map[int]string{2: "08:52", 1: "08:50", 0: "08:53"}[seq], seq)
		require.Equal(t, enginetest.Usage{Calls: []string{"GetItem"}, Read: 0.5, InARow: 1}, usage)
	}
	arrival := spent(presence.Changed, true, "09:02", 3)
	require.Equal(t, 2.0, arrival.Write)
	require.LessOrEqual(t, arrival.Read, 2.0)
	require.Equal(t, []string{"GetItem", "GetItem", "GetItem", "UpdateItem", "PutItem"}, arrival.Calls)
	leaving := spent(presence.Changed, false, "11:02", 4)
	require.Equal(t, enginetest.Usage{Calls: []string{"GetItem", "UpdateItem", "PutItem"}, Read: 0.5, Write: 2,
		InARow: 3},
		leaving)
	require.Equal(t, 2.0, spent(presence.Heard, false, "11:52", 5).Write)
}
