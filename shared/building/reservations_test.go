package building_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

const tomorrow, farAway civil.Date = "2026-11-24", "2027-01-20"

// changes are those that take a choice when spot has reservations.
func changes(o *office, location building.Location, floor building.Floor,
	spot building.Spot) map[string]func(building.Choice) error {
	ctx := o.t.Context()
	return map[string]func(building.Choice) error{
		"rename spot": func(c building.Choice) error {
			_, err := o.b.ChangeSpot(ctx, o.manager, building.ChangeSpot{Spot: spot.ID, OnReservations: c,
				Name: to("other")})
			return err
		},
		"another type": func(c building.Choice) error {
			_, err := o.b.ChangeSpot(ctx, o.manager, building.ChangeSpot{Spot: spot.ID, OnReservations: c,
				Type: to("seat")})
			return err
		},
		"rename floor": func(c building.Choice) error {
			_, err := o.b.ChangeFloor(ctx, o.manager, building.ChangeFloor{Floor: floor.ID, OnReservations: c,
				Name: to("other")})
			return err
		},
		"remove spot": func(c building.Choice) error {
			_, err := o.b.RemoveSpot(ctx, o.manager, building.RemoveSpot{Spot: spot.ID, OnReservations: c})
			return err
		},
		"remove zone": func(c building.Choice) error {
			_, err := o.b.RemoveZone(ctx, o.manager, building.RemoveZone{Floor: floor.ID, Zone: spot.Zone,
				OnReservations: c})
			return err
		},
		"remove floor": func(c building.Choice) error {
			_, err := o.b.RemoveFloor(ctx, o.manager, building.RemoveFloor{Floor: floor.ID, OnReservations: c})
			return err
		},
		"remove location": func(c building.Choice) error {
			_, err := o.b.RemoveLocation(ctx, o.manager,
				building.RemoveLocation{Location: location.ID, OnReservations: c})
			return err
		},
		"move the location to another zone": func(c building.Choice) error {
			_, err := o.b.ChangeLocation(ctx, o.manager,
				building.ChangeLocation{Location: location.ID, OnReservations: c,
					Given: building.Given{TimeZone: to("Asia/Tokyo")}})
			return err
		},
	}
}

func (o *office) reserved() (building.Location, building.Floor, building.Spot) {
	location := o.location("Head office")
	floor := o.floor(location.ID, "Third")
	in := desk(floor.ID, "3.14")
	in.Zone = o.zone(floor.ID, "Quiet").ID
	spot, err := o.b.AddSpot(o.t.Context(), o.manager, in)
	require.NoError(o.t, err)
	for _, day := range []civil.Date{tomorrow, farAway} {
		o.reserve(spot, o.person(), day)
	}
	return location, floor, spot
}

func TestWhatIsReservedIsNotChangedOrRemovedWithoutAPlainChoice(t *testing.T) {
	for name := range changes(&office{t: t}, building.Location{}, building.Floor{}, building.Spot{}) {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			location, floor, spot := o.reserved()
			change := changes(o, location, floor, spot)[name]
			for _, choice := range []building.Choice{"", building.Refuse} {
				p := requireProblem(t, problem.Conflict, change(choice))
				require.Empty(t, p.Extra, "two people are too few to be a figure (art. 5)")
			}
			require.Equal(t, 2, o.held(location.ID, floor.ID, tomorrow, farAway))
			require.Empty(t, o.bus.events)
			there, err := o.b.Spot(t.Context(), o.manager, building.SpotID{Spot: spot.ID})
			require.NoError(t, err)
			require.Equal(t, spot, there.Spot)

			require.NoError(t, change(building.Cancel))
			require.Equal(t, 0, o.held(location.ID, floor.ID, tomorrow, farAway))
			require.Len(t, o.bus.events, 2, "each owner is told once")
			for _, event := range o.bus.events {
				days, err := o.tables.PersonDays(t.Context(),
					identity.Person{Business: event.Business, User: event.User}, tomorrow, farAway)
				require.NoError(t, err)
				require.Empty(t, days, "the person's own sheet is free of it")
			}
		})
	}
}

// 5.transactions
func TestHowManyReservationsThereAreIsToldFromFivePeopleOn(t *testing.T) {
	o := newOffice(t)
	floor := o.floor(o.location("Head office").ID, "Third")
	spot := o.spot(floor.ID, "3.14")
	for i := range 5 {
		o.reserve(spot, o.person(), tomorrow.AddDays(i))
	}
	_, err := o.b.RemoveFloor(t.Context(), o.manager, building.RemoveFloor{Floor: floor.ID})
	require.Equal(t, map[string]any{"reservations": 5}, requireProblem(t, problem.Conflict, err).Extra)
}

func TestANameCanBeCorrectedWithReservationsKeptAndAPlaceOnThePlanAtAnyTime(t *testing.T) {
	o := newOffice(t)
	location, floor, spot := o.reserved()
	_, err := o.b.ChangeSpot(t.Context(), o.manager, building.ChangeSpot{Spot: spot.ID, X: to(0.75)})
	require.NoError(t, err)
	_, err = o.b.ChangeSpot(t.Context(), o.manager, building.ChangeSpot{Spot: spot.ID, OnReservations: building.Keep,
		Name: to("3.15")})
	require.NoError(t, err)
	require.Equal(t, 2, o.held(location.ID, floor.ID, tomorrow, farAway))
	_, err = o.b.RemoveSpot(t.Context(), o.manager, building.RemoveSpot{Spot: spot.ID, OnReservations: building.Keep})
	requireProblem(t, problem.Unacceptable, err)
	_, err = o.b.ChangeSpot(t.Context(), o.manager, building.ChangeSpot{Spot: spot.ID, OnReservations: building.Keep,
		Type: to("seat")})
	requireProblem(t, problem.Unacceptable, err)
}

func TestAReservationBeyondALoweredHorizonIsStillFound(t *testing.T) {
	o := newOffice(t)
	location, _, spot := o.reserved()
	_, err := o.b.ChangeLocation(t.Context(), o.manager,
		building.ChangeLocation{Location: location.ID, Given: building.Given{HorizonDays: to(1)}})
	require.NoError(t, err)
	_, err = o.b.RemoveSpot(t.Context(), o.manager, building.RemoveSpot{Spot: spot.ID,
		OnReservations: building.Cancel})
	require.NoError(t, err)
	require.Len(t, o.bus.events, 2)
}

func TestAReservationWrittenWhileItsSpotWasRemovedDoesNotSurvive(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	floor := o.floor(location.ID, "Third")
	spot, stays := o.spot(floor.ID, "3.14"), o.spot(floor.ID, "3.15")
	_, err := o.b.RemoveSpot(t.Context(), o.manager, building.RemoveSpot{Spot: spot.ID})
	require.NoError(t, err)
	late := o.person()
	o.reserve(spot, late, tomorrow) // it had read the spot before
	o.reserve(stays, late, tomorrow.AddDays(1))

	look := func() {
		open, err := o.tables.OpenDaysOf(t.Context(), location.ID)
		require.NoError(t, err)
		require.NoError(t, o.b.LookAgain(t.Context(), open))
	}
	look()
	require.Equal(t, 1, o.held(location.ID, floor.ID, tomorrow), "others may still be under way")
	o.db.Clock.Move(building.UnderWay)
	look()
	require.Equal(t, 0, o.held(location.ID, floor.ID, tomorrow))
	require.Equal(t, 1, o.held(location.ID, floor.ID, tomorrow.AddDays(1)))
	require.Len(t, o.bus.events, 1)
	require.Equal(t, late.User, o.bus.events[0].User)
	open, err := o.tables.OpenDaysOf(t.Context(), location.ID)
	require.NoError(t, err)
	require.Empty(t, open.SecondLook)
	look()
	require.Len(t, o.bus.events, 1)
}

func TestASensorBelongsToOneCustomerAtATimeAndWhoseItIsIsNotTold(t *testing.T) {
	o := newOffice(t)
	other := officeIn(t, o.db)
	theirs := other.spot(other.floor(other.location("Theirs").ID, "First").ID, "1")
	floor := o.floor(o.location("Head office").ID, "Third")
	first, second := o.spot(floor.ID, "3.1"), o.spot(o.floor(floor.Location, "Fourth").ID, "4.1")
	tie := func(who *office, spot building.Spot, sensor, model string) error {
		_, err := who.b.TieSensor(t.Context(), who.manager,
			building.TieSensor{Spot: spot.ID, Sensor: sensor, Model: model})
		return err
	}
	requireProblem(t, problem.Conflict, tie(o, first, "24e124535b310099", "milesight-vs340")) // not let in
	require.NoError(t, tie(o, first, "24E124535B316056", "milesight-vs340"))
	require.NoError(t, tie(o, first, "24e124535b316056", "milesight-vs340"), "a repeat")
	require.NoError(t, tie(o, first, "24e124535b316056", "milesight-vs341"), "another model")
	requireProblem(t, problem.Conflict, tie(other, theirs, "24e124535b316056", "milesight-vs341"))
	requireProblem(t, problem.Unacceptable, tie(o, first, "desk-1", "milesight-vs341"))

	require.NoError(t, tie(o, second, "24e124535b316056", "milesight-vs341"), "it moves to another floor")
	sensor, err := o.tables.Sensor(t.Context(), "24e124535b316056")
	require.NoError(t, err)
	require.Equal(t, table.Place{Business: o.manager.Business, Location: second.Location, Floor: second.Floor,
		Spot: second.ID}, sensor.Place())
	left, err := o.b.Spot(t.Context(), o.manager, building.SpotID{Spot: first.ID})
	require.NoError(t, err)
	require.Empty(t, left.Sensors)

	_, err = o.b.UntieSensor(t.Context(), o.manager, building.UntieSensor{Spot: second.ID,
		Sensor: "24E124535B316056"})
	require.NoError(t, err)
	require.NoError(t, tie(other, theirs, "24e124535b316056", "milesight-vs341"), "to which it is allotted as well")
}

func TestASensorThatIsMovedForgetsWhatItSaidAtItsOldSpot(t *testing.T) {
	o := newOffice(t)
	floor := o.floor(o.location("Head office").ID, "Third")
	first, second := o.spot(floor.ID, "3.1"), o.spot(floor.ID, "3.2")
	for _, spot := range []building.Spot{first, second} {
		_, err := o.b.TieSensor(t.Context(), o.manager,
			building.TieSensor{Spot: spot.ID, Sensor: "desk-1", Model: "own"})
		require.NoError(t, err)
	}
	seen, err := o.b.Floor(t.Context(), o.manager, building.FloorID{Floor: floor.ID})
	require.NoError(t, err)
	require.Empty(t, seen.Spots[0].Sensors)
	require.Equal(t, []string{"desk-1"}, seen.Spots[1].Sensors)
}

func TestADeviceIsTiedByTheAccountAloneToWhichItWasAllottedHoweverItIsNamed(t *testing.T) {
	o := newOffice(t)
	eve := officeIn(t, o.db)
	desk := o.spot(o.floor(o.location("Head office").ID, "Third").ID, "3.1")
	theirs := eve.spot(eve.floor(eve.location("Theirs").ID, "First").ID, "1")
	tie := func(who *office, spot building.Spot, sensor, model string) error {
		_, err := who.b.TieSensor(t.Context(), who.manager,
			building.TieSensor{Spot: spot.ID, Sensor: sensor, Model: model})
		return err
	}
	untie := func(who *office, spot building.Spot, sensor string) {
		_, err := who.b.UntieSensor(t.Context(), who.manager, building.UntieSensor{Spot: spot.ID, Sensor: sensor})
		require.NoError(t, err)
	}
	refusals := map[string]bool{}
	devices := building.Devices{Tables: o.tables}
	for sensor, model := range map[string]string{"58a0cb0000100001": "browan-tbms100",
		"a81758fffe0312ab": "elsys-ems-desk",
		"24e124535b310001": "milesight-vs341", "bjejn9g3ct0g00b4m2cg": "disruptive", "gate-7": "own"} {
		refused := func(err error) { refusals[requireProblem(t, problem.Conflict, err).Detail] = true }
		file := header + "Theirs,,,,,,First,,,,1,,desk,0,0," + strings.ToUpper(sensor) + "," + model + "\n"
		inFile := func() error {
			_, err := eve.load(file, "text/csv", "")
			return err
		}
		refused(tie(eve, theirs, sensor, model)) // she is the first to name it
		requireProblem(t, problem.Malformed, inFile())
		for range 2 {
			require.NoError(t, devices.Allot(t.Context(), o.manager.Business, []string{strings.ToUpper(sensor)}))
		}
		refused(tie(eve, theirs, sensor, model))
		require.NoError(t, tie(o, desk, strings.ToUpper(sensor), model))
		refused(tie(eve, theirs, sensor, model))
		requireProblem(t, problem.Malformed, inFile())
		untie(o, desk, sensor)
		refused(tie(eve, theirs, sensor, model))
		require.NoError(t, tie(o, desk, sensor, model), "it stays theirs when it is untied")
		require.NoError(t, devices.Withdraw(t.Context(), o.manager.Business, []string{sensor}))
		require.NoError(t, tie(o, desk, sensor, model), "and tied when it is taken back")
		untie(o, desk, sensor)
		refused(tie(o, desk, sensor, model))
		require.NoError(t, devices.Allot(t.Context(), eve.manager.Business, []string{sensor}))
		require.NoError(t, inFile(), "it was sold")
		untie(eve, theirs, sensor)
	}
	require.Len(t, refusals, 1, "whoever's a device is, the answer is the same")
}

func TestWhatWasTiedBeforeDevicesWereAllottedStaysAndCanBeKept(t *testing.T) {
	o := newOffice(t)
	floor := o.floor(o.location("Head office").ID, "Third")
	first, second := o.spot(floor.ID, "3.1"), o.spot(floor.ID, "3.2")
	tie := func(spot building.Spot) error {
		_, err := o.b.TieSensor(t.Context(), o.manager,
			building.TieSensor{Spot: spot.ID, Sensor: "old-1", Model: "own"})
		return err
	}
	devices := building.Devices{Tables: o.tables}
	o.allot("old-1")
	require.NoError(t, tie(first))
	require.NoError(t, devices.Withdraw(t.Context(), o.manager.Business, []string{"old-1"})) // as it was then
	require.NoError(t, tie(second), "it moves")
	kept, err := devices.Keep(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, kept)
	_, err = o.b.UntieSensor(t.Context(), o.manager, building.UntieSensor{Spot: second.ID, Sensor: "old-1"})
	require.NoError(t, err)
	require.NoError(t, tie(first))
	require.ErrorIs(t, devices.Allot(t.Context(), "nobodysaccountaa", []string{"old-1"}), table.ErrAbsent)
	require.ErrorContains(t, devices.Allot(t.Context(), o.manager.Business, []string{"a/b"}), "no hardware id")
}
