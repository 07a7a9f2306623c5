package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestALaterMessageOfASensorStandsUntilTheDayEnds_4_d_4(t *testing.T) {
	s := newScene(t)
	says := func(hardware string, heard, counter int64) error {
		return s.PutLiveSensor(t.Context(), table.LiveSensor{Hardware: hardware, Business: s.office.Business,
			Spot: s.office.Desks[0], Date: today, DayEnds: today.End(s.zone()).Unix(), Heard: heard,
			Counter: counter})
	}
	hardware := secret.ID()
	require.NoError(t, says(hardware, 100, 7))
	require.NoError(t, says(hardware, 100, 7), "the same again")
	require.ErrorIs(t, says(hardware, 100, 6), table.ErrRefused)
	require.ErrorIs(t, says(hardware, 99, 9), table.ErrRefused)
	require.NoError(t, says(hardware, 101, 0))
	require.NoError(t, s.ForgetLiveSensor(t.Context(), hardware))
	require.NoError(t, says(hardware, 1, 0), "its next message starts anew")
	s.at(today.End(s.zone()))
	_, err := s.LiveSensor(t.Context(), hardware)
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestWhoIsNeitherUserNorGuestObjectsToEverything_7_object(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	gus := s.guest(t, ann).Person
	list := []string{"4.d.4"}
	require.NoError(t, s.ChangeGuest(t.Context(), gus, table.GuestChange{Objections: &list}, now))
	nobody := identity.Person{Business: s.office.Business, User: secret.ID()}
	for p, objects := range map[identity.Person]bool{ann: false, gus: true, nobody: true} {
		found, err := s.ObjectsTo(t.Context(), p, "4.d.4")
		require.NoError(t, err)
		require.Equal(t, objects, found)
	}
}
