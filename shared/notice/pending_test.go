package notice_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

// acts lets Ben reserve for Noor on a day after the one of the scene.
func (s *scene) acts(t *testing.T, hides ...string) (notice.Courier, identity.Person) {
	t.Helper()
	s.db.Put(t, privacy.Directory, table.PersonPartition(s.noor), "user", map[string]any{"business": s.Business,
		"name": "Noor", "email": "noor@customer.example", "language": "nl",
		"consent_version": privacy.StatementVersion})
	ben := s.Person(t).Person
	s.db.Put(t, privacy.Directory, table.PersonPartition(ben), "user", map[string]any{"business": s.Business,
		"name": "Ben evil.example", "consent_version": privacy.StatementVersion, "shield": hides})
	require.NoError(t, s.db.Tables().Allow(t.Context(), s.noor, ben, "2026-11-23"))
	day := civil.Date("2026-11-25")
	from := civil.QuarterOf(day.Start(s.Location.Zone)) + 36
	require.NoError(t, s.db.Tables().Reserve(t.Context(), 9, nil, table.Booking{ID: "bbbbbbbbbbbbbbbb", Person: s.noor,
		Place: s.Place(s.Desks[0]), Name: "3.00", Day: day, DayEnds: day.End(s.Location.Zone),
		Interval: civil.Interval{From: from, To: from + 12}, State: table.Reserved, By: ben.User}))
	return notice.Courier{Tables: s.db.Tables(), Mail: s.post, Now: s.db.Clock.Now}, ben
}

func TestWhatSomebodyDidInAnothersNameIsMailedOnceInTheirLanguage_4_f_1(t *testing.T) {
	s := begin(t)
	courier, _ := s.acts(t)
	require.NoError(t, courier.Round(t.Context()))
	said := s.post.Last(t, "noor@customer.example")
	require.Contains(t, said.Text, "heeft voor je gereserveerd: 3.00 in Head office op 25 november 2026 van 09:00 "+
		"tot 12:00")
	require.NotContains(t, said.Text, "Ben evil.example", "what others wrote is no link")
	require.NotContains(t, said.Subject, "Ben", "a subject is seen on a locked screen")
	require.NoError(t, courier.Round(t.Context()))
	require.Len(t, s.post.Sent(), 1)
	s.db.Clean(t, "told#")
}

func TestWhoHidesTheirNameIsToldOfAsAColleague_7_shield(t *testing.T) {
	s := begin(t)
	courier, _ := s.acts(t, "4.a.1")
	require.NoError(t, courier.Round(t.Context()))
	require.Contains(t, s.post.Last(t, "noor@customer.example").Text, "Een collega heeft voor je gereserveerd")
}

func TestAMailThatFailsComesTheNextMinuteAndWhoIsGoneIsToldNothing_7_erase(t *testing.T) {
	s := begin(t)
	courier, _ := s.acts(t)
	s.post.Fail = errors.New("no")
	require.Error(t, courier.Round(t.Context()))
	s.post.Fail = nil
	s.db.Delete(t, privacy.Directory, table.PersonPartition(s.noor), "user")
	require.NoError(t, courier.Round(t.Context()))
	require.Empty(t, s.post.Sent())
	s.db.Clean(t, "told#")
}
