package table_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// handled is what was counted for the office in the month of now.
func (s scene) handled(t testing.TB) map[table.Request]map[string]int {
	t.Helper()
	months, err := s.HandledOf(t.Context(), s.office.Business, now)
	require.NoError(t, err)
	if len(months) == 0 {
		return nil
	}
	require.Equal(t, now.Format("2006-01"), months[0].Month)
	return months[0].Counts
}

func TestAConsentIsCountedOnceForEachVersion_2_consent(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	for range 2 {
		require.NoError(t, s.Consented(t.Context(), ann.Person, "2", "nl", now))
	}
	require.Equal(t, map[table.Request]map[string]int{table.Consents: {"minute": 2}}, s.handled(t),
		"that of the registration, and one more")
	nobody := ann.Person
	nobody.User = secret.ID()
	require.ErrorIs(t, s.Consented(t.Context(), nobody, "3", "nl", now), table.ErrAbsent)
	require.Equal(t, 2, s.handled(t)[table.Consents]["minute"])
}

func TestAnObjectionIsCountedWhereItIsAnotherThanBefore_7_object(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	for _, items := range [][]string{{"4.e.1"}, {"4.e.1"}, {"4.e.1", "4.e.2"}, nil} {
		require.NoError(t, s.ChangeUser(t.Context(), ann, map[privacy.Clause]any{"7.object": items, "4.b.1": "1"},
			false))
	}
	require.Equal(t, map[string]int{"minute": 2}, s.handled(t)[table.Objections])
}

func TestAnErasureIsCountedWithItsTimeWhenItIsComplete_7_erase(t *testing.T) {
	s := newScene(t)
	for _, c := range []struct {
		took time.Duration
		in   string
	}{{47 * time.Second, "minute"}, {2 * time.Hour, "day"}} {
		ann := s.ann(t)
		require.NoError(t, s.BeginErasure(t.Context(), leaving(ann, now.Add(-c.took))))
		job, err := s.Erasure(t.Context(), ann.Person)
		require.NoError(t, err)
		for range 2 { // as a step that comes twice
			require.NoError(t, s.EndErasure(t.Context(), job))
		}
		require.Equal(t, 1, s.handled(t)[table.Erasures][c.in])
	}
	ann := s.ann(t)
	require.NoError(t, s.RepeatErasure(t.Context(), ann.Person, now))
	job, err := s.Erasure(t.Context(), ann.Person)
	require.NoError(t, err)
	require.NoError(t, s.EndErasure(t.Context(), job))
	require.Equal(t, map[string]int{"minute": 1, "day": 1}, s.handled(t)[table.Erasures], "a restore repeats it")
}

func TestWhatIsDoneAfterTheContractEndedIsCountedNowhere_3(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	require.NoError(t, s.BeginErasure(t.Context(), leaving(ann, now)))
	job, err := s.Erasure(t.Context(), ann.Person)
	require.NoError(t, err)
	admin := s.administrator(t)
	account, err := s.Account(t.Context(), s.office.Business)
	require.NoError(t, err)
	require.NoError(t, s.EndContract(t.Context(), admin.Person, account, now))
	require.NoError(t, s.ClearPremises(t.Context(), s.office.Business, nil, nil))
	require.NoError(t, s.EndErasure(t.Context(), job))
	_, err = s.Erasure(t.Context(), ann.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
	require.Empty(t, s.handled(t))
}

func TestAnOverviewIsCountedOnceWhenItIsMailed_7_overview(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	asked := table.OverviewRequest{Request: "r", AskedAt: now.Add(-5 * time.Minute).Unix()}
	_, err := s.AskOverview(t.Context(), ann, asked, now)
	require.NoError(t, err)
	for range 2 { // as an event that comes twice
		require.NoError(t, s.OverviewMailed(t.Context(), ann, asked))
	}
	require.Equal(t, map[string]int{"hour": 1}, s.handled(t)[table.Overviews])
}

func TestADisclosureIsCountedOnceInTheMonthFromWhichItMayBeTold_5_disclosure(t *testing.T) {
	s := newScene(t)
	sam, ann := s.employee(t), s.somebody(t)
	require.NoError(t, s.LetDisclose(t.Context(), sam, true))
	until := now.AddDate(0, 2, 0)
	d := table.Disclosure{ID: secret.ID(), By: "Sam", Ground: "a warrant", DisclosedAt: now, HiddenUntil: &until}
	for range 2 {
		require.NoError(t, s.RecordDisclosure(t.Context(), sam, ann, d))
	}
	months, err := s.HandledOf(t.Context(), s.office.Business, now)
	require.NoError(t, err)
	require.Equal(t, []table.Handled{{Month: until.Format("2006-01"),
		Counts: map[table.Request]map[string]int{table.Disclosures: {"minute": 1}}}}, months)
	all, err := s.AllHandled(t.Context())
	require.NoError(t, err)
	require.Contains(t, all, months[0])
}
