package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

// meeting reserves the room from nine to ten.
func (b bench) meeting(t *testing.T, who identity.Caller, titled booking.Titled) booking.Reservation {
	t.Helper()
	in := ask(b.Room, "09:00", "10:00")
	in.Titled = titled
	made, err := b.desk.Reserve(t.Context(), who, in)
	require.NoError(t, err)
	return made.Reservations[0]
}

// door is what somebody else reads at the room.
func (b bench) door(t *testing.T) []booking.AtTheRoom {
	t.Helper()
	seen, err := b.desk.SpotDay(t.Context(), b.Person(t), booking.SpotDayInput{Spot: b.Room, Date: "2026-11-23"})
	require.NoError(t, err)
	require.Empty(t, seen.Mine)
	return seen.Titles
}

func TestATitleIsItsOrganisersAndOfWhoStandsBeforeTheRoomIfTheySaySo_4_f_4(t *testing.T) {
	b := office(t, 1)
	who := b.Person(t)
	made := b.meeting(t, who, booking.Titled{Title: "Budget"})
	require.Equal(t, "Budget", made.Title)
	require.Equal(t, "Budget", b.agenda(t, who)[0].Title)
	require.Empty(t, b.door(t), "nobody else sees it")

	call := booking.TitleInput{Reservation: made.ID, Titled: booking.Titled{Title: "Budget 2027", Shown: true}}
	_, err := b.desk.Title(t.Context(), who, call)
	require.NoError(t, err)
	require.Equal(t, []booking.AtTheRoom{{Stretch: booking.Stretch{From: "09:00", To: "10:00"},
		Title: "Budget 2027"}},
		b.door(t))
	_, err = b.desk.Title(t.Context(), b.Person(t), call)
	kind(t, err, problem.NotFound)

	_, err = b.desk.Title(t.Context(), who, booking.TitleInput{Reservation: made.ID})
	require.NoError(t, err)
	require.Empty(t, b.agenda(t, who)[0].Title)
	b.db.Clean(t, "Budget")
}

func TestATitleGoesWithItsReservation_4_f_4(t *testing.T) {
	b := office(t, 1)
	who := b.Person(t)
	titled := booking.Titled{Title: "Budget", Shown: true}
	made := b.meeting(t, who, titled)
	b.reserve(t, who, b.Desks[0], "13:00", "14:00") // the sheet stays
	_, err := b.desk.Cancel(t.Context(), who, booking.OwnInput{Reservation: made.ID})
	require.NoError(t, err)
	b.db.Clean(t, "Budget")

	made = b.meeting(t, who, titled)
	_, err = b.desk.Change(t.Context(), who, booking.ChangeInput{Reservation: made.ID, Spot: b.Desks[0]})
	require.NoError(t, err, "it becomes a workplace, which has none")
	b.db.Clean(t, "Budget")
	require.Empty(t, b.door(t))
}

func TestAWorkplaceHasNoTitle_4_f_4(t *testing.T) {
	b := office(t, 1)
	who := b.Person(t)
	in := ask(b.Desks[0], "09:00", "10:00")
	in.Title = "Budget"
	_, err := b.desk.Reserve(t.Context(), who, in)
	kind(t, err, problem.Unacceptable)
	made := b.reserve(t, who, b.Desks[0], "09:00", "10:00")
	_, err = b.desk.Title(t.Context(), who, booking.TitleInput{Reservation: made.ID, Titled: in.Titled})
	kind(t, err, problem.Unacceptable)
	b.db.Clean(t, "Budget")
}
