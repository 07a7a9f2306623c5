package waitlist_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/waitlist"
)

// together lets all of them go at the same moment. A conflict is an answer; any other error fails the test.
func together(t *testing.T, acts ...func() error) {
	t.Helper()
	var group sync.WaitGroup
	start := make(chan struct{})
	for _, act := range acts {
		group.Go(func() {
			<-start
			var p *problem.Error
			if err := act(); err != nil && !(errors.As(err, &p) && (p.Kind == problem.Conflict ||
				p.Kind == problem.NotFound)) {
				t.Error(err)
			}
		})
	}
	close(start)
	group.Wait()
}

// holder is who of them has the desk, reserved or offered, by their own day and by the desk's, which must agree.
func (s *scene) holder(t *testing.T, among ...identity.Caller) string {
	t.Helper()
	sheet, err := s.db.Tables().SpotSheetNow(t.Context(), s.Place(s.Desks[0]), today)
	require.NoError(t, err)
	holder := ""
	for key, held := range sheet.Holdings {
		require.True(t, held.State.Holds())
		require.Empty(t, holder, "one holder")
		holder = held.User
		mine, err := s.db.Tables().PersonSheet(t.Context(), identity.Person{Business: s.Business, User: holder},
			today,
			s.Location.ID)
		require.NoError(t, err)
		require.Equal(t, held.State, mine.Commitments[key].State)
	}
	require.Equal(t, holder != "", len(sheet.Taken) > 0)
	for _, who := range among {
		require.Equal(t, who.User == holder, s.has(t, who).ID != "")
	}
	return holder
}

func TestOfTwoRoundsAndAReservationAtOnceOneHasTheSpotThatComesFree_4_f_3(t *testing.T) {
	s := fully(t)
	ann, ben, eve := s.somebody(t, "ann"), s.somebody(t, "ben"), s.somebody(t, "eve")
	s.waits(t, ann)
	s.waits(t, ben)
	round := func() error { return s.offers(s.db.Tables()).Round(t.Context()) }
	held := s.held
	for range 6 {
		host, reserves := s.host, func() error { _, err := s.reserve(t, eve); return err }
		together(t, func() error { s.cancels(t, host, held); return nil }, round, round, reserves, round)
		s.round(t)
		require.NotEmpty(t, s.holder(t, ann, ben, eve))
		if s.has(t, eve).ID == "" {
			break // ann is offered it
		}
		s.host, held, eve = eve, s.has(t, eve).ID, s.somebody(t, "eve2")
	}
	require.NotEqual(t, ben.User, s.holder(t, ann, ben), "who came first is first")
}

func TestWhatIsTakenAtTheLastMomentIsEitherTakenOrTheNextOnes_4_f_3(t *testing.T) {
	for range 4 {
		s := fully(t)
		ann, ben := s.somebody(t, "ann"), s.somebody(t, "ben")
		place := s.waits(t, ann)
		s.waits(t, ben)
		s.cancels(t, s.host, s.held)
		s.round(t)
		offered, late := s.has(t, ann).ID, s.offers(s.db.Tables())
		late.Now = func() time.Time { return s.db.Clock.Now().Add(waitlist.Holds) }
		together(t,
			func() error {
				_, err := s.line.Take(t.Context(), ann, waitlist.TakeInput{Reservation: offered})
				return err
			},
			func() error { return late.Round(t.Context()) },
			func() error {
				_, err := s.line.Leave(t.Context(), ann, waitlist.LeaveInput{Place: place.ID})
				return err
			},
			func() error { return late.Round(t.Context()) })
		s.round(t)
		holder := s.holder(t, ann, ben)
		require.Contains(t, []string{ann.User, ben.User}, holder)
		if holder == ann.User {
			require.Equal(t, table.Reserved, s.has(t, ann).State)
		}
	}
}

// What is cut off at any call, before or after it was done, is gone on with by the next minute.
func TestARoundThatIsCutOffAnywhereIsGoneOnWithByTheNext_4_f_3(t *testing.T) {
	enginetest.EachCall(t, true, func(t *testing.T, faults *enginetest.Faults) {
		s := fully(t)
		ann, ben := s.somebody(t, "ann"), s.somebody(t, "ben")
		s.waits(t, ann)
		s.waits(t, ben)
		s.cancels(t, s.host, s.held)
		_ = s.offers(s.db.Faulty(faults)).Round(t.Context())
		s.round(t)
		require.Equal(t, ann.User, s.holder(t, ann, ben))
		require.Equal(t, table.Offered, s.has(t, ann).State)
		require.NotEmpty(t, s.post.To("ann@customer.example"))
		_, err := s.line.ConfirmOffer(t.Context(), identity.Caller{}, waitlist.OfferForm{Link: s.link(t, "ann")})
		require.NoError(t, err)
		require.Equal(t, table.Reserved, s.has(t, ann).State)
	})
}

func TestAnOfferThatEndsIsCutOffAnywhereAndGoesToTheNext_4_f_3(t *testing.T) {
	enginetest.EachCall(t, true, func(t *testing.T, faults *enginetest.Faults) {
		s := fully(t)
		ann, ben := s.somebody(t, "ann"), s.somebody(t, "ben")
		s.waits(t, ann)
		s.waits(t, ben)
		s.cancels(t, s.host, s.held)
		s.round(t)
		s.db.Clock.Move(waitlist.Holds)
		_ = s.offers(s.db.Faulty(faults)).Round(t.Context())
		s.round(t)
		require.Equal(t, ben.User, s.holder(t, ann, ben))
		require.Empty(t, s.waiting(t, ann))
	})
}

func TestTakingAndLeavingAreCutOffAnywhereAndRepeated_4_f_3(t *testing.T) {
	for name, act := range map[string]func(*testing.T, waitlist.Waitlist, *scene, identity.Caller, string) error{
		"take": func(t *testing.T, l waitlist.Waitlist, s *scene, ann identity.Caller, _ string) error {
			_, err := l.Take(t.Context(), ann, waitlist.TakeInput{Reservation: s.has(t, ann).ID})
			return err
		},
		"leave": func(t *testing.T, l waitlist.Waitlist, _ *scene, ann identity.Caller, place string) error {
			_, err := l.Leave(t.Context(), ann, waitlist.LeaveInput{Place: place})
			return err
		},
	} {
		enginetest.EachCall(t, true, func(t *testing.T, faults *enginetest.Faults) {
			s := fully(t)
			ann := s.somebody(t, "ann")
			place := s.waits(t, ann).ID
			s.cancels(t, s.host, s.held)
			s.round(t)
			broken := s.line
			broken.Tables = s.db.Faulty(faults)
			_ = act(t, broken, s, ann, place)
			s.holder(t, ann)
			err := act(t, s.line, s, ann, place)
			s.holder(t, ann)
			if name == "take" {
				require.NoError(t, err)
				require.Equal(t, table.Reserved, s.has(t, ann).State)
			} else {
				require.Empty(t, s.has(t, ann).ID)
			}
			s.db.Clean(t, "inline#")
		})
	}
}
