package building_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/dayclose"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// 3.b 3.c
func TestALocationIsAddedOnceHoweverOftenItIsAskedWithOneKey(t *testing.T) {
	o := newOffice(t)
	in := building.AddLocation{IdempotencyKey: key(), Given: given("Head office")}
	first, err := o.b.AddLocation(t.Context(), o.manager, in)
	require.NoError(t, err)
	again, err := o.b.AddLocation(t.Context(), o.manager, in)
	require.NoError(t, err)
	require.Equal(t, first, again)
	require.Equal(t, civil.ClockTime("07:00"), first.Opens)
	require.Equal(t, []int{60, 4, 15, 30, 150}, []int{first.HorizonDays, first.DailyQuota, first.NoShowMinutes,
		first.VacantMinutes, first.SilentMinutes})

	in.Address = to("Elsewhere 2")
	_, err = o.b.AddLocation(t.Context(), o.manager, in)
	requireProblem(t, problem.Conflict, err)

	open, err := o.tables.OpenLocations(t.Context())
	require.NoError(t, err)
	require.Len(t, open, 1)
	require.Equal(t, first.ID, open[0].Location)
	require.Equal(t, civil.Date("2026-11-23"), open[0].OpenFrom)
	require.Equal(t, o.manager.Business, open[0].Business)
}

func TestALocationThatClosesBeforeItOpensOrLiesInNoZoneIsRefused(t *testing.T) {
	o := newOffice(t)
	in := building.AddLocation{IdempotencyKey: key(), Given: given("Head office")}
	in.Opens, in.Closes = to(civil.ClockTime("10:00")), to(civil.ClockTime("10:00"))
	_, err := o.b.AddLocation(t.Context(), o.manager, in)
	requireProblem(t, problem.Unacceptable, err)
	standing := o.location("Head office")
	for _, nowhere := range []string{"Europe/Nowhere", "right/Europe/Amsterdam", "posix/Europe/Amsterdam", "localtime",
		"./Europe/Amsterdam", "Europe/amsterdam", "Local", "Factory", "UTC+1"} {
		in = building.AddLocation{IdempotencyKey: key(), Given: given("Branch")}
		in.TimeZone = to(nowhere)
		_, err = o.b.AddLocation(t.Context(), o.manager, in)
		requireProblem(t, problem.Unacceptable, err)
		_, err = o.b.ChangeLocation(t.Context(), o.manager,
			building.ChangeLocation{Location: standing.ID, Given: building.Given{TimeZone: to(nowhere)}})
		requireProblem(t, problem.Unacceptable, err)
	}
}

// 3.e 3.f
func TestAFloorIsReadBackWithItsZonesSectorsAndSpots(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	floor := o.floor(location.ID, "Third")
	zone := o.zone(floor.ID, "Quiet")
	in := desk(floor.ID, "3.14")
	in.Zone = zone.ID
	spot, err := o.b.AddSpot(t.Context(), o.manager, in)
	require.NoError(t, err)
	again, err := o.b.AddSpot(t.Context(), o.manager, in)
	require.NoError(t, err)
	require.Equal(t, spot, again)

	found, err := o.b.Floor(t.Context(), o.manager, building.FloorID{Floor: floor.ID})
	require.NoError(t, err)
	require.Equal(t, []building.Zone{{ID: zone.ID, Name: "Quiet", Sector: "North"}}, found.Zones)
	require.Equal(t, []building.Spot{spot}, found.Spots)
	one, err := o.b.Spot(t.Context(), o.manager, building.SpotID{Spot: spot.ID})
	require.NoError(t, err)
	require.Equal(t, spot, one.Spot)
	list, err := o.b.Locations(t.Context(), o.manager, struct{}{})
	require.NoError(t, err)
	require.Equal(t, []building.FloorName{{ID: floor.ID, Name: "Third", Level: 3}}, list.Locations[0].Floors)
	require.Equal(t, 1, list.Locations[0].Workplaces)
}

func TestASpotOfAWrongTypeOrInAZoneOfAnotherFloorIsRefused(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	floor, other := o.floor(location.ID, "Third"), o.floor(location.ID, "Fourth")
	in := desk(floor.ID, "3.14")
	in.Type = "classroom"
	_, err := o.b.AddSpot(t.Context(), o.manager, in)
	requireProblem(t, problem.Unacceptable, err)
	in = desk(floor.ID, "3.14")
	in.Zone = o.zone(other.ID, "Quiet").ID
	_, err = o.b.AddSpot(t.Context(), o.manager, in)
	requireProblem(t, problem.Unacceptable, err)
	o.spot(floor.ID, "3.14")
	_, err = o.b.AddSpot(t.Context(), o.manager, desk(floor.ID, "3.14"))
	requireProblem(t, problem.Conflict, err)
}

// 3.g 3.h
func TestTheCountsAreRightUnderFiftyConcurrentChanges(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	floors := []building.Floor{o.floor(location.ID, "Third"), o.floor(location.ID, "Fourth")}
	var spots []building.Spot
	for i := range 10 {
		spots = append(spots, o.spot(floors[i%2].ID, fmt.Sprintf("old %d", i)))
	}
	var all sync.WaitGroup
	errs := make(chan error, 50)
	change := func(run func() error) {
		all.Add(1)
		go func() {
			defer all.Done()
			errs <- run()
		}()
	}
	for i := range 30 { // a third of them rooms
		change(func() error {
			in := desk(floors[i%2].ID, fmt.Sprintf("new %d", i))
			if i%3 == 0 {
				in.Category, in.Type = "room", "meeting_room"
			}
			_, err := o.b.AddSpot(t.Context(), o.manager, in)
			return err
		})
	}
	for i := range 10 { // half removed, half made a room, each asked twice at the same time
		for range 2 {
			change(func() error {
				if i%2 == 0 {
					_, err := o.b.RemoveSpot(t.Context(), o.manager, building.RemoveSpot{Spot: spots[i].ID})
					return known(err)
				}
				_, err := o.b.ChangeSpot(t.Context(), o.manager,
					building.ChangeSpot{Spot: spots[i].ID, Category: to("room"), Type: to("classroom")})
				return err
			})
		}
	}
	all.Wait()
	close(errs)
	for err := range errs {
		require.NoError(t, err)
	}
	workplaces, rooms := o.counts(location.ID)
	require.Equal(t, []int{20, 15}, []int{workplaces, rooms})
	byHand := map[string]int{}
	for _, floor := range floors {
		found, err := o.b.Floor(t.Context(), o.manager, building.FloorID{Floor: floor.ID})
		require.NoError(t, err)
		for _, spot := range found.Spots {
			byHand[spot.Category]++
			one, err := o.b.Spot(t.Context(), o.manager, building.SpotID{Spot: spot.ID})
			require.NoError(t, err)
			require.Equal(t, spot, one.Spot, "the spot's own item says the same as the floor's")
		}
	}
	require.Equal(t, map[string]int{"workplace": 20, "room": 15}, byHand)
}

// known takes away the answer to a removal that somebody else made first.
func known(err error) error {
	if p, ok := err.(*problem.Error); ok && p.Kind == problem.NotFound {
		return nil
	}
	return err
}

func TestAnotherCustomersBuildingIsAsUnknownAsOneThatNeverWas(t *testing.T) {
	o := newOffice(t)
	other := officeIn(t, o.db)
	location := other.location("Theirs")
	floor := other.floor(location.ID, "First")
	zone := other.zone(floor.ID, "Quiet")
	spot := other.spot(floor.ID, "1")
	ctx, caller := t.Context(), o.manager
	for name, call := range map[string]func() error{
		"location": func() error {
			_, err := o.b.Location(ctx, caller, building.LocationID{Location: location.ID})
			return err
		},
		"change location": func() error {
			_, err := o.b.ChangeLocation(ctx, caller, building.ChangeLocation{Location: location.ID,
				Given: given("Mine")})
			return err
		},
		"remove location": func() error {
			_, err := o.b.RemoveLocation(ctx, caller, building.RemoveLocation{Location: location.ID})
			return err
		},
		"add floor": func() error {
			_, err := o.b.AddFloor(ctx, caller, building.AddFloor{IdempotencyKey: key(), Location: location.ID,
				Name: "Mine"})
			return err
		},
		"floor": func() error { _, err := o.b.Floor(ctx, caller, building.FloorID{Floor: floor.ID}); return err },
		"change floor": func() error {
			_, err := o.b.ChangeFloor(ctx, caller, building.ChangeFloor{Floor: floor.ID, Name: to("Mine")})
			return err
		},
		"remove floor": func() error {
			_, err := o.b.RemoveFloor(ctx, caller, building.RemoveFloor{Floor: floor.ID})
			return err
		},
		"add zone": func() error {
			_, err := o.b.AddZone(ctx, caller, building.AddZone{IdempotencyKey: key(), Floor: floor.ID, Name: "Mine"})
			return err
		},
		"change zone": func() error {
			_, err := o.b.ChangeZone(ctx, caller, building.ChangeZone{Floor: floor.ID, Zone: zone.ID,
				Name: to("Mine")})
			return err
		},
		"remove zone": func() error {
			_, err := o.b.RemoveZone(ctx, caller, building.RemoveZone{Floor: floor.ID, Zone: zone.ID})
			return err
		},
		"add spot": func() error { _, err := o.b.AddSpot(ctx, caller, desk(floor.ID, "mine")); return err },
		"spot":     func() error { _, err := o.b.Spot(ctx, caller, building.SpotID{Spot: spot.ID}); return err },
		"change spot": func() error {
			_, err := o.b.ChangeSpot(ctx, caller, building.ChangeSpot{Spot: spot.ID, Name: to("mine")})
			return err
		},
		"remove spot": func() error {
			_, err := o.b.RemoveSpot(ctx, caller,
				building.RemoveSpot{Spot: spot.ID})
			return err
		},
		"tie": func() error {
			_, err := o.b.TieSensor(ctx, caller, building.TieSensor{Spot: spot.ID, Sensor: "mine-1", Model: "own"})
			return err
		},
		"untie": func() error {
			_, err := o.b.UntieSensor(ctx, caller, building.UntieSensor{Spot: spot.ID, Sensor: "mine-1"})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, problem.Unknown(), call()) })
	}
	there, err := other.b.Floor(ctx, other.manager, building.FloorID{Floor: floor.ID})
	require.NoError(t, err)
	require.Len(t, there.Spots, 1)
}

func TestAFloorOfTwoHundredSpotsWithSensorsIsRemovedWithAllOfThemAndIsRetiredUntilItsLastPossibleDay(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	floor := o.floor(location.ID, "Third")
	stays := o.floor(location.ID, "Fourth")
	o.spot(stays.ID, "4.1")
	o.desks(location.ID, floor.ID, 200)
	workplaces, _ := o.counts(location.ID)
	require.Equal(t, 201, workplaces)

	_, err := o.b.RemoveFloor(t.Context(), o.manager, building.RemoveFloor{Floor: floor.ID})
	require.NoError(t, err)
	workplaces, rooms := o.counts(location.ID)
	require.Equal(t, []int{1, 0}, []int{workplaces, rooms})
	devices, err := o.tables.DevicesAt(t.Context(), o.manager.Business, []string{"s-000", "s-199"})
	require.NoError(t, err)
	require.Empty(t, devices.Tied, "the sensors watch nothing")
	open, err := o.tables.OpenDaysOf(t.Context(), location.ID)
	require.NoError(t, err)
	require.Equal(t, []string{stays.ID}, open.Floors)
	require.Equal(t, map[string]civil.Date{floor.ID: "2027-01-23"}, open.Retired)
	require.ElementsMatch(t, []string{stays.ID, floor.ID}, open.AllFloors())
	_, err = o.b.Floor(t.Context(), o.manager, building.FloorID{Floor: floor.ID})
	require.Equal(t, problem.Unknown(), err)
}

// desks puts n of them with a sensor each on a floor, as the import does.
func (o *office) desks(location, floor string, n int) {
	for i := 0; i < n; i += 40 {
		change := table.FloorChange{Location: location, Floor: floor}
		for j := i; j < min(i+40, n); j++ {
			device := fmt.Sprintf("s-%03d", j)
			change.Spots = append(change.Spots, table.SpotChange{ID: fmt.Sprintf("%016d", j),
				Models: map[string]string{device: "own"},
				New: &table.FloorSpot{Name: fmt.Sprint(j), Category: table.Workplace, Type: "desk",
					Sensors: []string{device}}})
		}
		require.NoError(o.t, o.tables.ChangeFloors(o.t.Context(), o.manager.Business, change))
	}
}

func TestALocationIsRemovedWithAllOfItAndItsOpenDaysStayUntilTheyAreClosed(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	floor := o.floor(location.ID, "Third")
	o.spot(floor.ID, "3.1")
	_, err := o.b.RemoveLocation(t.Context(), o.manager, building.RemoveLocation{Location: location.ID})
	require.NoError(t, err)
	_, err = o.b.Location(t.Context(), o.manager, building.LocationID{Location: location.ID})
	require.Equal(t, problem.Unknown(), err)
	open, err := o.tables.OpenDaysOf(t.Context(), location.ID)
	require.NoError(t, err)
	require.Equal(t, civil.Date("2026-11-23"), open.Gone)
	require.Contains(t, open.Retired, floor.ID)

	empty := o.location("Annex") // without a floor: one can have searched there all the same
	_, err = o.b.RemoveLocation(t.Context(), o.manager, building.RemoveLocation{Location: empty.ID})
	require.NoError(t, err)
	zone, err := civil.LoadZone("Europe/Amsterdam")
	require.NoError(t, err)
	for _, at := range []time.Time{now, civil.Date("2026-11-24").Start(zone),
		civil.Date("2026-11-24").Start(zone).Add(dayclose.SecondLook)} {
		o.db.Clock.Set(at)
		require.NoError(t, o.b.Round(t.Context()))
		_, err = o.tables.OpenDaysOf(t.Context(), empty.ID)
		require.NoError(t, err, "its day is not closed for good at %s", at)
		o.closeDays(t)
	}
	require.NoError(t, o.b.Round(t.Context()))
	_, err = o.tables.OpenDaysOf(t.Context(), empty.ID)
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestARemovedZoneLeavesItsSpotsOnTheFloor(t *testing.T) {
	o := newOffice(t)
	floor := o.floor(o.location("Head office").ID, "Third")
	zone := o.zone(floor.ID, "Quiet")
	in := desk(floor.ID, "3.14")
	in.Zone = zone.ID
	spot, err := o.b.AddSpot(t.Context(), o.manager, in)
	require.NoError(t, err)
	_, err = o.b.RemoveZone(t.Context(), o.manager, building.RemoveZone{Floor: floor.ID, Zone: zone.ID})
	require.NoError(t, err)
	found, err := o.b.Floor(t.Context(), o.manager, building.FloorID{Floor: floor.ID})
	require.NoError(t, err)
	require.Empty(t, found.Zones)
	spot.Zone = ""
	require.Equal(t, []building.Spot{spot}, found.Spots)
}

func TestWhoDoesNotManageBuildingsSeesNoSensors(t *testing.T) {
	o := newOffice(t)
	spot := o.spot(o.floor(o.location("Head office").ID, "Third").ID, "3.14")
	_, err := o.b.TieSensor(t.Context(), o.manager, building.TieSensor{Spot: spot.ID, Sensor: "desk-1", Model: "own"})
	require.NoError(t, err)
	user := o.manager
	user.Role = identity.User
	seen, err := o.b.Spot(t.Context(), user, building.SpotID{Spot: spot.ID})
	require.NoError(t, err)
	require.Empty(t, seen.Sensors)
	seen, err = o.b.Spot(t.Context(), o.manager, building.SpotID{Spot: spot.ID})
	require.NoError(t, err)
	require.Equal(t, []string{"desk-1"}, seen.Sensors)
}
