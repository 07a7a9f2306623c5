package building_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/problem"
)

// drawn is a floor as it is, to be drawn upon.
func (o *office) drawn(floor string) building.SaveLayout {
	o.t.Helper()
	view, err := o.b.Floor(o.t.Context(), o.manager, building.FloorID{Floor: floor})
	require.NoError(o.t, err)
	in := building.SaveLayout{IdempotencyKey: key(), Layout: building.Layout{Floor: floor, Revision: view.Revision,
		Zones: view.Zones}}
	for _, s := range view.Spots {
		in.Spots = append(in.Spots, building.LaidOut{ID: s.ID, Name: s.Name, Category: s.Category, Type: s.Type,
			Zone: s.Zone, X: s.X, Y: s.Y, Capacity: s.Capacity, Features: s.Features})
	}
	return in
}

func laidOut(name, zone string) building.LaidOut {
	return building.LaidOut{ID: "new-" + name, Name: name, Category: "workplace", Type: "desk", Zone: zone, X: 0.25,
		Y: 0.5}
}

func (o *office) saves(in building.SaveLayout) building.Floor {
	o.t.Helper()
	floor, err := o.b.SaveLayout(o.t.Context(), o.manager, in)
	require.NoError(o.t, err)
	return floor
}

func TestAWholeFloorIsSavedAsItWasDrawnWithItsZonesAndCounts_3_e_3_g(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	floor := o.floor(location.ID, "Third")
	require.Equal(t, o.drawn(floor.ID).Revision, floor.Revision)
	stays, goes := o.spot(floor.ID, "stays"), o.spot(floor.ID, "goes")
	quiet := o.zone(floor.ID, "Quiet")

	in := o.drawn(floor.ID)
	in.Zones = []building.Zone{{ID: "garden-side", Name: "Garden side", Sector: "South"}}
	in.Spots = []building.LaidOut{{ID: stays.ID, Name: "moved", Category: "workplace", Type: "seat", X: 0.123456,
		Y: 0.9, Zone: "garden-side"}}
	for i := range 200 {
		in.Spots = append(in.Spots, laidOut(fmt.Sprintf("4.%03d", i), "garden-side"))
	}
	tried, err := o.b.TryLayout(t.Context(), o.manager, in.Layout)
	require.NoError(t, err)
	require.Equal(t, building.Effect{Added: 200, Changed: 1, Removed: 1, Taken: []building.Taken{}}, tried)
	saved := o.saves(in)
	require.Len(t, saved.Spots, 201)
	require.Len(t, saved.Zones, 1)
	require.NotEqual(t, quiet.ID, saved.Zones[0].ID)
	for _, spot := range saved.Spots {
		require.Equal(t, saved.Zones[0].ID, spot.Zone)
		require.NotEqual(t, goes.ID, spot.ID)
		if spot.ID == stays.ID {
			require.Equal(t, []any{"moved", "seat", 0.1235}, []any{spot.Name, spot.Type, spot.X})
		}
	}
	workplaces, rooms := o.counts(location.ID)
	require.Equal(t, []int{201, 0}, []int{workplaces, rooms})
	require.Equal(t, saved, o.saves(in), "the same request again is the same floor")
	require.Equal(t, saved, o.saves(o.drawn(floor.ID)), "and the floor as it is changes nothing")
}

func TestSomebodyElsesEditInBetweenIsAConflictThatShowsTheFloorAsItIs(t *testing.T) {
	o := newOffice(t)
	floor := o.floor(o.location("Head office").ID, "Third")
	mine := o.drawn(floor.ID)
	mine.Spots = append(mine.Spots, laidOut("mine", ""))
	theirs := o.spot(floor.ID, "theirs")
	for _, ask := range []func() error{
		func() error { _, err := o.b.SaveLayout(t.Context(), o.manager, mine); return err },
		func() error { _, err := o.b.TryLayout(t.Context(), o.manager, mine.Layout); return err },
	} {
		now := requireProblem(t, problem.Conflict, ask()).Extra["floor"].(building.Floor)
		require.Equal(t, []building.Spot{theirs}, now.Spots)
	}
	upon := o.drawn(floor.ID)
	upon.Spots = append(upon.Spots, mine.Spots...)
	require.Len(t, o.saves(upon).Spots, 2)

	in := o.drawn(floor.ID)
	in.Spots[0].X = 0.75
	other := o.b
	o.b.Tables = o.db.Meanwhile(3, func() { // after the floor was read
		_, err := other.AddSpot(t.Context(), o.manager, desk(floor.ID, "right then"))
		require.NoError(t, err)
	})
	_, err := o.b.SaveLayout(t.Context(), o.manager, in)
	require.Len(t, requireProblem(t, problem.Conflict, err).Extra["floor"].(building.Floor).Spots, 3)
}

func TestWhatASaveWouldCancelIsListedAndThenRefusedOrItsOwnersAreTold_5_transactions(t *testing.T) {
	o := newOffice(t)
	_, floor, spot := o.reserved()
	in := o.drawn(floor.ID)
	in.Spots[0].X, in.Spots[0].Name, in.Spots[0].Zone = 0.75, "renamed", ""
	tried, err := o.b.TryLayout(t.Context(), o.manager, in.Layout)
	require.NoError(t, err)
	require.Empty(t, tried.Taken, "what is moved and renamed keeps its reservations")
	o.saves(in)

	for _, change := range []func(*building.SaveLayout){
		func(in *building.SaveLayout) { in.Spots[0].Category, in.Spots[0].Type = "room", "meeting_room" },
		func(in *building.SaveLayout) { in.Spots = nil },
	} {
		in = o.drawn(floor.ID)
		change(&in)
		tried, err = o.b.TryLayout(t.Context(), o.manager, in.Layout)
		require.NoError(t, err)
		require.Equal(t, []building.Taken{{Spot: spot.ID, Name: "renamed", Date: tomorrow, From: "09:00", To: "12:00"},
			{Spot: spot.ID, Name: "renamed", Date: farAway, From: "09:00", To: "12:00"}}, tried.Taken)
		require.Zero(t, tried.Reservations, "of two people no number is told")
		_, err = o.b.SaveLayout(t.Context(), o.manager, in)
		requireProblem(t, problem.Conflict, err)
	}
	require.Equal(t, 2, o.held(spot.Location, floor.ID, tomorrow, farAway))
	for i := range 3 {
		o.reserve(spot, o.person(), tomorrow.AddDays(1+i))
	}
	tried, err = o.b.TryLayout(t.Context(), o.manager, in.Layout)
	require.NoError(t, err)
	require.Equal(t, 5, tried.Reservations, "of five it is")

	in.OnReservations = building.Cancel
	require.Empty(t, o.saves(in).Spots)
	require.Zero(t, o.held(spot.Location, floor.ID, tomorrow, farAway))
	require.Len(t, o.bus.events, 5)
}

func TestNeighbouringReservationsAreListedAsOneStretch_5_transactions(t *testing.T) {
	o := newOffice(t)
	floor := o.floor(o.location("Head office").ID, "Third")
	spot := o.spot(floor.ID, "3.14")
	o.reserveFrom(spot, o.person(), tomorrow, "09:00")
	o.reserveFrom(spot, o.person(), tomorrow, "12:00")
	in := o.drawn(floor.ID)
	in.Spots = nil
	tried, err := o.b.TryLayout(t.Context(), o.manager, in.Layout)
	require.NoError(t, err)
	require.Equal(t, []building.Taken{{Spot: spot.ID, Name: "3.14", Date: tomorrow, From: "09:00", To: "15:00"}},
		tried.Taken)
}

func TestALayoutThatDoesNotFitNamesWhatIsWrongAndChangesNothing(t *testing.T) {
	o := newOffice(t)
	floor := o.floor(o.location("Head office").ID, "Third")
	o.spot(floor.ID, "3.14")
	o.zone(floor.ID, "Quiet")
	for pointer, change := range map[string]func(*building.SaveLayout){
		"/spots/1/name":     func(in *building.SaveLayout) { in.Spots = append(in.Spots, laidOut("3.14 ", "")) },
		"/spots/1/zone":     func(in *building.SaveLayout) { in.Spots = append(in.Spots, laidOut("new", "elsewhere")) },
		"/spots/1/id":       func(in *building.SaveLayout) { in.Spots = append(in.Spots, in.Spots[0]) },
		"/spots/0/type":     func(in *building.SaveLayout) { in.Spots[0].Type = "classroom" },
		"/spots/0/capacity": func(in *building.SaveLayout) { in.Spots[0].Capacity = 4 },
		"/features":         func(in *building.SaveLayout) { in.Spots[0].Features = []int{7} },
		"/zones/1/name": func(in *building.SaveLayout) {
			in.Zones = append(in.Zones, building.Zone{ID: "another-one", Name: "QUIET"})
		},
	} {
		in := o.drawn(floor.ID)
		change(&in)
		_, err := o.b.SaveLayout(t.Context(), o.manager, in)
		require.Equal(t, pointer, requireProblem(t, problem.Unacceptable, err).Fields[0].Pointer)
		require.Equal(t, in.Revision, o.drawn(floor.ID).Revision)
	}
}

func TestTheSameKeyOnTwoFloorsMakesTwoSpots(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office").ID
	one, other := desk(o.floor(location, "Third").ID, "A"), desk(o.floor(location, "Fourth").ID, "A")
	other.IdempotencyKey = one.IdempotencyKey
	first, err := o.b.AddSpot(t.Context(), o.manager, one)
	require.NoError(t, err)
	second, err := o.b.AddSpot(t.Context(), o.manager, other)
	require.NoError(t, err)
	require.NotEqual(t, first.ID, second.ID)
}
