package approval_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/approval"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// together lets all of them go at the same moment, and counts what was done. A conflict is an answer; any other error
// fails the test.
func together(t *testing.T, acts ...func() error) (done int) {
	t.Helper()
	var group sync.WaitGroup
	var made atomic.Int32
	start := make(chan struct{})
	for _, act := range acts {
		group.Go(func() {
			<-start
			var p *problem.Error
			switch err := act(); {
			case err == nil:
				made.Add(1)
			case !errors.As(err, &p) || p.Kind != problem.Conflict && p.Kind != problem.NotFound:
				t.Error(err)
			}
		})
	}
	close(start)
	group.Wait()
	return int(made.Load())
}

// holder is who has the desk tomorrow, by its sheet and by their own day, which must agree; "" for nobody.
func (s *scene) holder(t *testing.T) (user string, state table.State) {
	t.Helper()
	sheet := s.sheet(t)
	for key, held := range sheet.Holdings {
		require.Empty(t, user, "one holder")
		user, state = held.User, held.State
		mine, err := s.db.Tables().PersonSheet(t.Context(), identity.Person{Business: s.Business, User: user}, tomorrow,
			s.Location.ID)
		require.NoError(t, err)
		require.Equal(t, held.State, mine.Commitments[key].State)
	}
	require.Equal(t, user != "", len(sheet.Taken) > 0)
	return user, state
}

func TestOfTwoWhoDecideAtOnceOneDoes_4_f_3(t *testing.T) {
	for range 4 {
		s := asking(t)
		s.asks(t, s.ann)
		request := s.sees(t, s.iris)[0].ID
		approve := func() error { return s.decides(t, s.iris, request, table.Approved) }
		decline := func() error { return s.decides(t, s.jo, request, table.Declined) }
		require.Equal(t, 1, together(t, approve, decline, approve, decline))
		user, state := s.holder(t)
		if user != "" {
			require.Equal(t, table.Reserved, state)
		}
		s.round(t)
		told := s.post.Last(t, "ann@customer.example").Subject
		require.Equal(t, user != "", told == "Approved: your spot of 24 November 2026",
			"who asked hears of the one that stands")
	}
}

func TestApprovingAgainstLapsingCancellingAndReservingLeavesOneHolder_4_f_3(t *testing.T) {
	for range 4 {
		s := asking(t)
		asked := s.asks(t, s.ann)
		ben := s.somebody(t, "ben")
		s.joins(t, ben) // so that what he reserves is his at once
		request := s.sees(t, s.iris)[0].ID
		late := s.mails(s.db.Tables())
		late.Now = func() time.Time { return *asked.Until }
		together(t,
			func() error { return s.decides(t, s.iris, request, table.Approved) },
			func() error { return late.Round(t.Context()) },
			func() error {
				_, err := s.desks.Cancel(t.Context(), s.ann, booking.OwnInput{Reservation: asked.ID})
				return err
			},
			func() error { _, err := s.reserve(t, ben, booking.ReserveInput{}); return err },
			func() error { return late.Round(t.Context()) })
		user, state := s.holder(t)
		if user != "" {
			require.Equal(t, table.Reserved, state)
		}
		s.round(t)
		s.round(t)
		s.db.Clean(t, "asking#")
	}
}

// What is cut off at any call, before or after it was done, is gone on with by the next minute.
func TestARoundThatIsCutOffAnywhereIsGoneOnWithByTheNext_4_f_3(t *testing.T) {
	enginetest.EachCall(t, true, func(t *testing.T, faults *enginetest.Faults) {
		s := asking(t)
		asked := s.asks(t, s.ann)
		_ = s.mails(s.db.Faulty(faults)).Round(t.Context())
		s.round(t)
		_, err := s.decider.OpenDecision(t.Context(), nobody, approval.DecisionLink{Link: s.link(t, "jo")})
		require.NoError(t, err, "the newest link works")
		s.db.Clock.Set(*asked.Until)
		s.round(t)
		s.round(t)
		require.NotEmpty(t, s.post.To("ann@customer.example"))
		require.Empty(t, s.has(t, s.ann).ID)
		s.db.Clean(t, "asking#")
	})
}
