package display_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/display"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

func TestADoorShowsANameAndATitleOnlyWhereTheirPersonChoseSo_4_f_1_4_f_4_7_shield(t *testing.T) {
	s := morning(t)
	shy, open, hidden := s.Named(t, "Ann Shy"), s.Named(t, "Bob Open"), s.Named(t, "Cas Hidden")
	s.chooses(t, open, map[privacy.Clause]any{"name_at_room": true})
	s.chooses(t, hidden, map[privacy.Clause]any{"name_at_room": true, "7.shield": []string{table.NameItem}})
	s.meets(t, shy, "09:00", "10:00", booking.Titled{Title: "Secret"})
	s.meets(t, open, "10:00", "11:00", booking.Titled{Title: "Budget", Shown: true})
	s.meets(t, hidden, "11:00", "12:00", booking.Titled{Title: "Also secret"})
	coming := s.shows(t, s.door).Spot.Coming
	require.Equal(t, []display.Coming{
		{Stretch: display.Stretch{From: "09:00", To: "10:00"}},
		{Stretch: display.Stretch{From: "10:00", To: "11:00"}, Title: "Budget", Name: "Bob Open"},
		{Stretch: display.Stretch{From: "11:00", To: "12:00"}},
	}, coming)
	s.clock("11:30")
	require.Len(t, s.shows(t, s.door).Spot.Coming, 1, "what is over is not shown")
}

func TestADoorSaysThatItIsAskedForAndNothingOfWhoAsks_4_f_1_4_f_4(t *testing.T) {
	s := morning(t, func(l *table.Location) { l.Rules.Approvals = []rules.Approval{{For: "room"}} })
	open := s.Named(t, "Bob Open")
	s.chooses(t, open, map[privacy.Clause]any{"name_at_room": true})
	s.meets(t, open, "10:00", "11:00", booking.Titled{Title: "Budget", Shown: true})
	require.Equal(t, []display.Coming{{Stretch: display.Stretch{From: "10:00", To: "11:00"}}},
		s.shows(t, s.door).Spot.Coming)
}

func TestALobbyAndADeskShowNeitherNamesNorTitles_4_f_1_4_f_4(t *testing.T) {
	s := morning(t)
	open := s.Named(t, "Bob Open")
	s.chooses(t, open, map[privacy.Clause]any{"name_at_room": true})
	s.meets(t, open, "08:00", "11:00", booking.Titled{Title: "Budget", Shown: true})
	begun := s.begins(t)
	_, err := s.walls.PairAtFloor(t.Context(), s.admin, display.FloorInput{Floor: s.Floor, Code: begun.Code})
	require.NoError(t, err)
	lobby := s.shows(t, s.caller(t, s.token(t, begun)))
	require.Equal(t, []display.RoomLine{{Name: "Room", Glance: display.Glance{Now: booking.Held, Until: "11:00"}}},
		lobby.Rooms)
	require.Equal(t, []display.DeskLine{{Zone: "Window side", Free: 2, All: 2}}, lobby.Desks)
	require.Nil(t, lobby.Spot)

	made, err := bookingtest.New(s.db.Tables(), s.db.Clock.Now).Reserve(t.Context(), open,
		booking.ReserveInput{Spot: s.Desks[0], Period: booking.Period{Date: today, From: "08:00", To: "12:00"},
			Key: "desk"})
	require.NoError(t, err)
	require.NotEmpty(t, made.Reservations)
	desk := s.shows(t, s.caller(t, s.hangs(t, s.Desks[0])))
	require.Equal(t, display.Desk, desk.Kind)
	require.Equal(t, []display.Coming{{Stretch: display.Stretch{From: "08:00", To: "12:00"}}}, desk.Spot.Coming)
	require.Equal(t, display.Glance{Now: booking.Held, Until: "12:00"}, desk.Spot.Glance)
	require.Equal(t, []display.DeskLine{{Zone: "Window side", Free: 1, All: 2}},
		s.shows(t, s.caller(t, s.token(t, begun))).Desks)
}

func TestADoorSaysUntilWhenItIsFreeAndWhenItCloses(t *testing.T) {
	s := morning(t, func(l *table.Location) { l.Opens, l.Closes = "08:00", "18:00" })
	view := s.shows(t, s.door)
	require.Equal(t, display.Glance{Now: booking.Free, Until: "18:00"}, view.Spot.Glance)
	require.True(t, view.Open)
	require.Equal(t, "Head office", view.Location)
	require.Equal(t, "Third floor", view.Floor)
	require.Equal(t, []display.Stretch{{From: "08:00", To: "18:00"}}, view.Hours)
	require.Equal(t, at("23:59").Add(60e9).UTC(), view.DayEnds.UTC())
	s.meets(t, s.Person(t), "09:00", "10:00", booking.Titled{})
	require.Equal(t, display.Glance{Now: booking.Free, Until: "09:00"}, s.shows(t, s.door).Spot.Glance)
	s.clock("18:00")
	view = s.shows(t, s.door)
	require.False(t, view.Open)
	require.Equal(t, display.Glance{Now: booking.Free}, view.Spot.Glance)
	require.Empty(t, view.Spot.Offers)
}

func TestADisplayOfAPlaceThatIsGoneShowsNothing(t *testing.T) {
	s := morning(t)
	s.db.Delete(t, privacy.Directory, "b#"+s.Business, "spot#"+s.Room)
	_, err := s.walls.Show(t.Context(), s.door, struct{}{})
	requireKind(t, problem.NotFound, err)
}
