package booking_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/guregu/dynamo/v2"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

const volley = 50

// atOnce lets n callers go at the same moment and collects how each was answered.
func atOnce(n int, call func(i int) error) []error {
	var group sync.WaitGroup
	start, answers := make(chan struct{}), make([]error, n)
	for i := range n {
		group.Go(func() {
			<-start
			answers[i] = call(i)
		})
	}
	close(start)
	group.Wait()
	return answers
}

// succeeded counts the answers without an error; any error but a conflict or a quota fails the test.
func succeeded(t *testing.T, answers []error) int {
	t.Helper()
	n := 0
	for _, err := range answers {
		var p *problem.Error
		switch {
		case err == nil:
			n++
		case errors.As(err, &p) && (p.Kind == problem.Conflict || p.Kind == problem.TooMany):
		default:
			require.NoError(t, err)
		}
	}
	return n
}

// sound reads the raw table: on each sheet every quarter that a reservation holds is held by no other and is in the
// taken set, and the taken set has nothing else; each holding has its commitment with its person, and the reverse.
func (b bench) sound(t *testing.T) {
	t.Helper()
	holdings, commitments := map[string]string{}, map[string]string{}
	for _, item := range b.db.Dump(t, privacy.Agenda) {
		var sk, pk string
		require.NoError(t, dynamo.Unmarshal(item["sk"], &sk))
		require.NoError(t, dynamo.Unmarshal(item["pk"], &pk))
		var taken civil.Quarters
		if item["taken"] != nil {
			require.NoError(t, dynamo.Unmarshal(item["taken"], &taken))
		}
		held := map[civil.Quarter]bool{}
		for name, value := range item {
			id, isReservation := strings.CutPrefix(name, "r#")
			if !isReservation {
				continue
			}
			var h table.Holding
			var c table.Commitment
			require.NoError(t, dynamo.Unmarshal(value, &h))
			require.NoError(t, dynamo.Unmarshal(value, &c))
			if strings.HasPrefix(sk, "spot#") {
				holdings[id] = fmt.Sprint(h.User, h.From, h.To, strings.TrimPrefix(sk, "spot#"))
			} else {
				commitments[id] = fmt.Sprint(strings.Split(pk, "#u#")[1], c.From, c.To, c.Spot)
			}
			if !h.State.Holds() || strings.HasPrefix(sk, "day#") && !c.Workplace {
				continue
			}
			for _, q := range h.Interval().Quarters() {
				require.False(t, held[q], "two reservations hold quarter %d of %s", q, sk)
				held[q] = true
			}
		}
		require.Len(t, taken, len(held), "%s: %v", sk, taken)
		for _, q := range taken {
			require.True(t, held[q], "quarter %d of %s is taken by nobody", q, sk)
		}
	}
	require.Equal(t, holdings, commitments, "the spots' sheets and the persons' tell the same")
}

// engines are the ways in which the engine answers: as it does here, and as AWS does under load.
func engines(t *testing.T, test func(t *testing.T, b bench)) {
	for name, fault := range map[string]error{"calm": nil, "conflicts": enginetest.Conflict(),
		"throttles": enginetest.Throttled()} {
		t.Run(name, func(t *testing.T) {
			b := office(t, 3, func(l *table.Location) { l.DailyQuota = 4 })
			if fault != nil {
				b.desk.Tables = b.db.Stumbling(3, fault)
			}
			test(t, b)
		})
	}
}

func TestOfFiftyCallersOnOneSpotExactlyOneGetsIt(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		people := b.people(t, volley)
		answers := atOnce(volley, func(i int) error {
			_, err := b.desk.Reserve(t.Context(), people[i], ask(b.Desks[0], "09:00", "12:00"))
			return err
		})
		require.Equal(t, 1, succeeded(t, answers))
		b.sound(t)
	})
}

func TestOverlappingAndUnequalIntervalsNeverShareAQuarter(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		people := b.people(t, volley)
		answers := atOnce(volley, func(i int) error {
			from := civil.ClockTime(fmt.Sprintf("%02d:%02d", 9+i%8, i%4*15))
			to := civil.ClockTime(fmt.Sprintf("%02d:%02d", 10+i%8+i%3, (i*7)%4*15))
			_, err := b.desk.Reserve(t.Context(), people[i], ask(b.Desks[0], from, to))
			return err
		})
		require.Positive(t, succeeded(t, answers))
		b.sound(t)
	})
}

func TestChangesThatMoveOntoEachOtherLeaveEachSpotWithOneHolder(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		people := b.people(t, 24)
		made := make([]booking.Reservation, len(people))
		for i, who := range people {
			hour := 8 + i/3
			made[i] = b.reserve(t, who, b.Desks[i%3], clockTime(hour*60+60), clockTime(hour*60+120))
		}
		answers := atOnce(len(people), func(i int) error {
			minute := 9*60 + rand.IntN(8*4)*15
			_, err := b.desk.Change(t.Context(), people[i],
				booking.ChangeInput{Reservation: made[i].ID, Spot: b.Desks[(i+1)%3],
					From: clockTime(minute), To: clockTime(minute + 60)})
			if isBusy(err) {
				return nil
			}
			return err
		})
		succeeded(t, answers)
		b.sound(t)
	})
}

func TestNobodyGetsOverTheQuotaByAskingAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		who := b.Person(t)
		answers := atOnce(volley, func(i int) error {
			minute := 9*60 + i%40*15
			_, err := b.desk.Reserve(t.Context(), who, ask(b.Room, clockTime(minute), clockTime(minute+15)))
			return err
		})
		require.Equal(t, 4, succeeded(t, answers))
		require.Len(t, b.agenda(t, who), 4)
		b.sound(t)
	})
}

func TestReservingChangingAndCancellingAtOnceKeepsTheSheetsSound(t *testing.T) {
	engines(t, func(t *testing.T, b bench) {
		people := b.people(t, 10)
		answers := atOnce(volley, func(i int) error {
			who, minute := people[i%10], 9*60+i%12*15
			made, err := b.desk.Reserve(t.Context(), who, ask(b.Desks[i%3], clockTime(minute), clockTime(minute+45)))
			if err != nil {
				return err
			}
			id := made.Reservations[0].ID
			_, err = b.desk.Change(t.Context(), who, booking.ChangeInput{Reservation: id, To: clockTime(minute + 60)})
			if err != nil && !isBusy(err) {
				return err
			}
			if i%2 == 0 {
				_, err = b.desk.Cancel(t.Context(), who, booking.OwnInput{Reservation: id})
			}
			if isBusy(err) {
				return nil
			}
			return err
		})
		succeeded(t, answers)
		b.sound(t)
	})
}

func isBusy(err error) bool {
	var p *problem.Error
	return errors.As(err, &p) && p.Kind == problem.Unavailable
}

func clockTime(minutes int) civil.ClockTime {
	return civil.ClockTime(fmt.Sprintf("%02d:%02d", minutes/60, minutes%60))
}

func (b bench) people(t testing.TB, n int) []identity.Caller {
	people := make([]identity.Caller, n)
	for i := range people {
		people[i] = b.Person(t)
	}
	return people
}
