package waitlist_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/waitlist"
)

// An offer is nothing for a calendar until it is taken.
func TestWhatIsTakenComesIntoTheCalendarOfWhoWantsItAndWhatIsOfferedDoesNot_4_f_1_4_f_3(t *testing.T) {
	s := fully(t)
	ann := s.Person(t)
	s.db.Put(t, privacy.Directory, table.PersonPartition(ann.Person), "user", map[string]any{"business": s.Business,
		"name": "ann", "email": "ann@customer.example", "language": "en", "calendar_mails": true,
		"consent_version": privacy.StatementVersion})
	told := func() (methods []string) {
		t.Helper()
		before := len(s.post.Sent())
		courier := notice.Courier{Tables: s.db.Tables(), Mail: s.post, Now: s.db.Clock.Now,
			Answers: "us@iotspot.example"}
		require.NoError(t, courier.Round(t.Context()))
		for _, m := range s.post.Sent()[before:] {
			methods = append(methods, m.Calendar.Method)
		}
		return methods
	}
	s.waits(t, ann)
	s.cancels(t, s.host, s.held)
	s.round(t)
	require.Equal(t, table.Offered, s.has(t, ann).State)
	require.Empty(t, told())
	require.NoError(t, s.takes(t, ann))
	require.Equal(t, []string{"REQUEST"}, told())
	s.cancels(t, ann, s.has(t, ann).ID)
	require.Equal(t, []string{"CANCEL"}, told())

	s.waits(t, ann)
	s.round(t)
	require.Equal(t, table.Offered, s.has(t, ann).State)
	s.db.Clock.Move(waitlist.Holds)
	s.round(t)
	require.Empty(t, s.has(t, ann).ID)
	require.Empty(t, told(), "of an offer that ended there is nothing to take out of a calendar")
}
