package presence_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/sensor"
	"github.com/iotspot/iotspot/shared/table"
)

// A watched sensor speaks to the rules that decide what is written down, without a store.
type watched struct {
	live    table.LiveSensor
	written []time.Time
}

func newWatched(silent time.Duration) *watched {
	return &watched{live: table.LiveSensor{Every: int64(table.HeardEvery(silent).Seconds())}}
}

func (w *watched) says(occupied bool, now time.Time, counter int64) {
	next, outcome := presence.Next(w.live, sensor.Reading{Occupied: &occupied, At: now, Since: now, Counter: counter},
		now, now)
	if outcome == presence.Changed || outcome == presence.Heard {
		w.live, w.written = next, append(w.written, now)
	}
}

func (w *watched) state(silent time.Duration, now time.Time) booking.SpotState {
	sheet := table.SpotSheet{Occupancy: map[string]table.Occupancy{desk: w.live.Occupancy()}}
	return booking.StateOf(sheet, true, silent, today.Start(civil.UTC).Add(-24*time.Hour), now)
}

func TestASensorThatLivesIsWrittenDownAtMostOnceInAThirdOfItsSilentMinutes(t *testing.T) {
	for _, minutes := range []int{5, 15, 60, 150, 240} {
		silent := time.Duration(minutes) * time.Minute
		for _, every := range []time.Duration{10 * time.Second, time.Minute, 10 * time.Minute, time.Hour} {
			w, messages := newWatched(silent), int(8*time.Hour/every)
			for i := range messages {
				w.says(false, at("08:00").Add(time.Duration(i)*every), int64(i+1))
			}
			for i := range w.written[1:] {
				require.GreaterOrEqual(t, w.written[i+1].Sub(w.written[i]), silent/3, "%d %s", minutes, every)
			}
			require.LessOrEqual(t, len(w.written), min(messages, 1+int(8*time.Hour/(silent/3))))
		}
	}
}

// 4.d.4: what is not written down is not taken for silence, and who really falls silent is unknown a third of that
// time later at most.
func TestNoSensorThatSpeaksIsCalledSilentAndOneThatDoesNotIsAThirdLater(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 0))
	for range 2000 {
		silent := time.Duration(5+random.IntN(236)) * time.Minute
		w, now := newWatched(silent), at("08:00")
		for i := range 20 {
			w.says(i > 9, now, int64(i+1))
			now = now.Add(time.Duration(random.Int64N(int64(silent/time.Second))) * time.Second)
			require.NotEqual(t, booking.Unknown, w.state(silent, now), "%s after the last message of %v", silent,
				w.written)
		}
		w.says(false, now, 21)
		require.NotEqual(t, booking.Unknown, w.state(silent, now.Add(silent-time.Second)))
		require.Equal(t, booking.Unknown, w.state(silent, now.Add(silent+silent/3)))
	}
}

// How a sensor is written down follows a change of its location's silence from the next day on; until then what is
// written tells how precise it is, and how much silence the sensor is given.
func TestNoSensorIsCalledSilentSinceItsLocationAllowsForLessSilenceByNow(t *testing.T) {
	w, now := newWatched(4*time.Hour), at("08:00")
	for i := range 100 {
		w.says(true, now, int64(i+1))
		now = now.Add(4 * time.Minute)
		require.Equal(t, booking.Occupied, w.state(5*time.Minute, now))
	}
	require.Equal(t, booking.Occupied, w.state(5*time.Minute, now.Add(236*time.Minute-time.Second)))
	require.Equal(t, booking.Unknown, w.state(5*time.Minute, now.Add((80+240)*time.Minute)))
}

// A message of each model that says that somebody is there, and the hardware id of its sender.
var beats = map[sensor.Model]struct {
	hardware string
	says     func(now time.Time) []byte
}{
	sensor.MilesightVS340: {"a84041d55182720b", uplink(85, "017564030001")},
	sensor.MilesightVS341: {"a84041d55182720b", uplink(85, "017564030001")},
	sensor.BrowanTBMS100:  {"a84041d55182720b", uplink(102, "01bb340400dc7801")},
	sensor.ElsysEMSDesk:   {"a84041d55182720b", uplink(5, "0100e202290f03070e2a1102")},
	sensor.Disruptive: {"bchonod7rihjtvdmd2vg", func(now time.Time) []byte {
		return message(sensor.DisruptiveTopic, fmt.Sprintf(`{"targetName":"projects/p/devices/bchonod7rihjtvdmd2vg",`+
			`"eventType":"deskOccupancy","data":{"deskOccupancy":{"state":"OCCUPIED","updateTime":%q}}}`,
			now.Format(time.RFC3339)), now)
	}},
	sensor.Own: {desk, func(now time.Time) []byte {
		return message("iotspot/"+desk+"/reading", `{"occupied":true}`, now)
	}},
}

func uplink(port int, frame string) func(time.Time) []byte {
	raw, err := hex.DecodeString(frame)
	if err != nil {
		panic(err)
	}
	return func(now time.Time) []byte {
		return message(sensor.LoRaWANTopic, fmt.Sprintf(`{"PayloadData":%q,"WirelessMetadata":{"LoRaWAN":{`+
			`"DevEui":"a84041d55182720b","FPort":%d,"Timestamp":%q}}}`, base64.StdEncoding.EncodeToString(raw), port,
			now.Format(time.RFC3339)), now)
	}
}

// 4.d.4: whatever the location's setting, a spot stays as it was over beats that are missed, for each model by what
// its maker says; and after the limit it is unknown on the floor, in availability and for what is due there.
func TestASpotStaysAsItWasOverTheBeatsThatItsModelMissesAndIsThenUnknown(t *testing.T) {
	hourly := 150 * time.Minute
	limits := map[sensor.Model]time.Duration{sensor.MilesightVS340: hourly, sensor.MilesightVS341: hourly,
		sensor.BrowanTBMS100: hourly, sensor.ElsysEMSDesk: hourly, sensor.Disruptive: 750 * time.Second,
		sensor.Own: hourly}
	for _, name := range sensor.Models {
		model := sensor.Model(name)
		require.Contains(t, limits, model)
		for _, allowed := range []time.Duration{5 * time.Minute, 4 * time.Hour} {
			t.Run(fmt.Sprint(name, " where ", allowed, " is allowed"), func(t *testing.T) {
				beat, limit := limits[model]*2/5, max(limits[model], allowed)
				s := morning(t, func(l *table.Location) { l.SilentMinutes = int(allowed.Minutes()) })
				spot := s.Desks[0]
				if model != sensor.Own {
					spot = s.Desks[1]
					s.Tie(t, spot, beats[model].hardware, name)
				}
				last := at("06:00")
				for range 3 {
					last = last.Add(beat)
					s.db.Clock.Set(last)
					s.hears(t, beats[model].says(last))
					require.Equal(t, booking.Occupied, s.seen(t, spot))
				}
				for _, missed := range []time.Duration{beat, 2 * beat, 2*beat + time.Second, limit - time.Second} {
					s.db.Clock.Set(last.Add(missed))
					require.Equal(t, booking.Occupied, s.seen(t, spot), "%s after the last beat", missed)
				}
				s.db.Clock.Set(last.Add(limit + limit/3))
				require.Equal(t, booking.Unknown, s.seen(t, spot))
			})
		}
	}
}

// Before its first message of the day nobody can tell which model a spot's sensor is of.
func TestASensorThatSaidNothingYetTodayIsGivenAsMuchAsTheSlowestModel(t *testing.T) {
	start := today.Start(civil.UTC)
	for after, want := range map[time.Duration]booking.SpotState{0: booking.Free, 149 * time.Minute: booking.Free,
		150 * time.Minute: booking.Unknown} {
		require.Equal(t, want, booking.StateOf(table.SpotSheet{}, true, 5*time.Minute, start, start.Add(after)), after)
	}
}

// seen is what a spot without reservations is by availability and by its floor's state, which agree.
func (s *scene) seen(t *testing.T, spot string) booking.SpotState {
	t.Helper()
	bookings, who := bookingtest.New(s.db.Tables(), s.db.Clock.Now), s.Person(t)
	all, err := bookings.Availability(t.Context(), who, booking.AvailabilityInput{Floor: s.Floor, Date: today})
	require.NoError(t, err)
	state, err := bookings.State(t.Context(), who, booking.StateInput{Floor: s.Floor, Date: today})
	require.NoError(t, err)
	now := all.Spots[slices.IndexFunc(all.Spots, func(a booking.SpotAvailability) bool { return a.Spot == spot })].Now
	require.NotNil(t, state.Heard)
	require.Equal(t, now != booking.Unknown, slices.Contains(*state.Heard, spot))
	require.Equal(t, now == booking.Occupied, slices.ContainsFunc(state.Spots, func(n booking.NotFree) bool {
		return n.Spot == spot && n.Now == booking.Occupied
	}))
	return now
}

// The whole way: sheet, availability's rule, and the roll call.
func TestASensorThatRepeatsItselfIsKnownAllDay(t *testing.T) {
	s := morning(t)
	for i, clock := range []string{"09:00", "09:19", "09:38", "09:57", "10:16"} {
		s.sensed(t, false, clock, 1+i)
		s.db.Clock.Move(59 * time.Minute)
		require.Equal(t, booking.Free, booking.StateOf(s.sheet(t), true, time.Hour, at("00:00"), s.db.Clock.Now()),
			clock)
	}
	require.Equal(t, map[string]any{"tied": 1.0, "silent": 0.0, "share": 0.0}, s.roll(t, "11:00"))
	require.Equal(t, map[string]any{"tied": 1.0, "silent": 1.0, "share": 100.0}, s.roll(t, "14:00"))
}

// 4.d.4: in a day's last minutes a sensor's word is on its spot's sheet alone, which goes with the day, so that not
// every sensor's own item has to go in the same minute.
func TestAtADaysEndASensorIsRememberedByItsSpotsSheet(t *testing.T) {
	s := morning(t)
	kept := func() bool {
		_, err := s.db.Tables().LiveSensor(t.Context(), desk)
		return err == nil
	}
	spent := func(outcome presence.Outcome, occupied bool, clock string, seq int) float64 {
		s.meter.Reset()
		require.Equal(t, outcome, s.sensed(t, occupied, clock, seq))
		return s.meter.Usage().Write
	}
	spent(presence.Changed, false, "23:30", 1)
	require.True(t, kept())
	require.Equal(t, 1.0, spent(presence.Changed, true, "23:56", 3))
	require.False(t, kept())
	require.Zero(t, spent(presence.Unchanged, true, "23:57", 4))
	require.Zero(t, spent(presence.Late, false, "23:55", 2))
	require.Equal(t, 1.0, spent(presence.Changed, false, "23:59", 5))
	said := s.sheet(t).Occupancy[desk]
	require.Equal(t, []any{at("23:59").Unix(), int64(5), false}, []any{said.Heard, said.Counter, said.Occupied})
}

func TestASensorThatFirstSpeaksInADaysLastMinutesIsOnTheSheetToo(t *testing.T) {
	s := morning(t)
	require.Equal(t, presence.Changed, s.sensed(t, true, "23:58", 1))
	require.True(t, s.sheet(t).Occupancy[desk].Occupied)
	require.NotContains(t, s.dump(t), privacy.LiveSensor.SortPrefix+`"`)
}
