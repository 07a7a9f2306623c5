package presence_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// told is what the overview tells somebody of a clause.
func (s *scene) told(t *testing.T, who identity.Caller, clause privacy.Clause) []overview.Value {
	t.Helper()
	seen, err := overview.Overviews{Tables: s.db.Tables(), Received: mailtest.Inbox{}, Keys: enginetest.Keys,
		Now: s.db.Clock.Now}.Of(t.Context(), who.Person)
	require.NoError(t, err)
	for _, section := range seen.Kinds {
		if section.Clause == clause {
			return section.Values
		}
	}
	return nil
}

func (s *scene) retract(t *testing.T, who identity.Caller, id string) error {
	t.Helper()
	_, err := s.door.Retract(t.Context(), who, presence.OwnInput{Reservation: id})
	return err
}

func TestAWrongCheckInIsTakenBackAndSensorsMakeNoOtherOne_7_rectify_4_d_4(t *testing.T) {
	s := morning(t)
	who := s.Person(t)
	id := s.reserve(t, who, "09:00", "12:00")
	s.sensed(t, true, "09:01", 1)
	require.Equal(t, table.CheckedIn, s.state(t, id))
	require.NoError(t, s.retract(t, who, id))
	require.NoError(t, s.retract(t, who, id), "again is the same")
	require.Equal(t, table.Reserved, s.state(t, id))
	s.sensed(t, false, "09:05", 2)
	s.sensed(t, true, "09:06", 3)
	require.Equal(t, table.Reserved, s.state(t, id), "somebody else sits there")
	for _, value := range s.told(t, who, "4.d.4") {
		require.Nil(t, value.Value.(overview.Presence).CheckedIn)
		require.True(t, value.Value.(overview.Presence).ByHand)
	}
	_, err := s.door.CheckIn(t.Context(), who, presence.OwnInput{Reservation: id})
	require.NoError(t, err, "by hand they still can")
}

func TestWhatHasEndedAndAWalkUpGoAltogether_7_rectify_4_d_4(t *testing.T) {
	s := morning(t)
	released, walked, over := s.Person(t), s.Person(t), s.Person(t)
	first := s.reserve(t, released, "09:00", "10:00")
	s.clock("09:00")
	_, err := s.door.CheckIn(t.Context(), released, presence.OwnInput{Reservation: first})
	require.NoError(t, err)
	s.clock("09:15")
	_, err = s.door.Release(t.Context(), released, presence.OwnInput{Reservation: first})
	require.NoError(t, err)
	second, err := s.walkUp(t, walked, "10:00")
	require.NoError(t, err)
	require.NoError(t, s.retract(t, walked, second.ID))
	third := s.reserve(t, over, "10:00", "11:00")
	s.clock("10:00")
	_, err = s.door.CheckIn(t.Context(), over, presence.OwnInput{Reservation: third})
	require.NoError(t, err)
	s.clock("11:00")
	require.NoError(t, s.retract(t, over, third))
	require.NoError(t, s.retract(t, released, first))
	for who, id := range map[identity.Caller]string{released: first, walked: second.ID, over: third} {
		require.Empty(t, s.told(t, who, "4.d.2"))
		require.Empty(t, s.told(t, who, "4.d.4"))
		require.Equal(t, problem.Unknown(), s.retract(t, who, id))
		require.NotContains(t, s.dump(t), who.User)
	}
}

func TestAnothersPresenceIsUnknownAndStays_7_rectify(t *testing.T) {
	s := morning(t)
	who, eve := s.Person(t), s.Person(t)
	id := s.reserve(t, who, "09:00", "12:00")
	s.clock("09:00")
	_, err := s.door.CheckIn(t.Context(), who, presence.OwnInput{Reservation: id})
	require.NoError(t, err)
	require.Equal(t, problem.Unknown(), s.retract(t, eve, id))
	require.Equal(t, table.CheckedIn, s.state(t, id))
}

func TestAWrongNoShowGoesAltogether_7_rectify(t *testing.T) {
	s := morning(t)
	who := s.Person(t)
	id := s.reserve(t, who, "09:00", "12:00")
	s.round(t, "09:16")
	require.Equal(t, table.NoShow, s.state(t, id))
	require.NoError(t, s.retract(t, who, id))
	require.Empty(t, s.told(t, who, "4.d.2"))
	require.NotContains(t, s.dump(t), who.User)
}
