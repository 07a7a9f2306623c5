package staff_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/staff"
)

func disclosure(until ...civil.Date) staff.DiscloseInput {
	in := staff.DiscloseInput{Email: noor, Kinds: []privacy.Clause{"4.a.1", "4.b.6"}, Ground: ground,
		Recipient: "Public Prosecution Service", Key: "disclosing"}
	if len(until) > 0 {
		in.HiddenUntil = &until[0]
	}
	return in
}

func TestADisclosureNeedsAGrantOfItsOwnAndGivesTheKindsThatTheOrderNames_5_disclosure(t *testing.T) {
	s := begin(t)
	caller := s.employed(t)
	_, err := s.desk.Disclose(t.Context(), caller, disclosure())
	require.Equal(t, problem.Unknown(), err, "staff that may look may not disclose")
	require.Empty(t, s.told(t, "5.disclosure"))
	s.order(t, "let-disclose")
	made, err := s.desk.Disclose(t.Context(), caller, disclosure())
	require.NoError(t, err)
	require.Len(t, made.Overview.Kinds, 2)
	require.Equal(t, "Noor Jansen", made.Overview.Kinds[0].Values[0].Value)
	require.Equal(t, "a picture", string(made.Photo))
	given, err := json.Marshal(made)
	require.NoError(t, err)
	require.NotContains(t, string(given), "+31 20 1234567", "which the order doesn't name")
	bare := disclosure()
	bare.Kinds, bare.Key = bare.Kinds[:1], "another-one"
	less, err := s.desk.Disclose(t.Context(), caller, bare)
	require.NoError(t, err)
	require.Empty(t, less.Photo)

	told := s.told(t, "5.disclosure")
	require.Len(t, told, 2)
	text, err := json.Marshal(told)
	require.NoError(t, err)
	for _, part := range []string{"Sam Support", ground, "Public Prosecution Service", "2026-11-23T08:00:00Z",
		`"4.b.6"`,
		"verstrekte op 23 november 2026, 09:00 uur aan Public Prosecution Service: je naam, je profielfoto"} {
		require.Contains(t, string(text), part)
	}
	_, err = s.desk.Disclose(t.Context(), caller, disclosure())
	require.NoError(t, err)
	require.Len(t, s.told(t, "5.disclosure"), 2, "the same again is the same record")
	s.order(t, "forbid-disclose")
	_, err = s.desk.Disclose(t.Context(), caller, disclosure())
	require.Equal(t, problem.Unknown(), err)
	s.db.Clock.Set(monday.Add(364*24*time.Hour - time.Second))
	require.Len(t, s.told(t, "5.disclosure"), 2)
	s.db.Clock.Move(time.Second)
	require.Empty(t, s.told(t, "5.disclosure"))
}

func TestWhereTheLawForbidsItUntilADateThePersonIsToldFromThatDateOn_5_disclosure(t *testing.T) {
	s := begin(t)
	caller := s.employed(t)
	s.order(t, "let-disclose")
	made, err := s.desk.Disclose(t.Context(), caller, disclosure("2027-11-25"))
	require.NoError(t, err)
	text, err := json.Marshal(made.Overview)
	require.NoError(t, err)
	require.NotContains(t, string(text), ground)
	start := time.Date(2027, 11, 25, 0, 0, 0, 0, time.UTC)
	for at, told := range map[time.Time]int{monday: 0, start.Add(-time.Second): 0, start: 1,
		start.Add(364*24*time.Hour - time.Second): 1, start.Add(364 * 24 * time.Hour): 0} {
		s.db.Clock.Set(at)
		require.Len(t, s.told(t, "5.disclosure"), told, at)
	}
	for _, refused := range []civil.Date{"2026-11-23", "2026-11-22", "2032-01-01"} {
		s.db.Clock.Set(monday)
		_, err := s.desk.Disclose(t.Context(), caller, disclosure(refused))
		requireProblem(t, problem.Unacceptable, err)
	}
}

func TestDisclosuresAreLimitedWithinAnHour(t *testing.T) {
	s := begin(t)
	caller := s.employed(t)
	for range 5 {
		_, err := s.desk.Disclose(t.Context(), caller, disclosure())
		require.Equal(t, problem.Unknown(), err)
	}
	_, err := s.desk.Disclose(t.Context(), caller, disclosure())
	requireProblem(t, problem.TooMany, err)
}
