package building_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

var party = rules.Closure{Name: "Party", From: "2026-11-24", Until: "2026-11-24",
	Part: &rules.Stretch{From: "11:00", To: "18:00"}}

func (o *office) says(t *testing.T, location string, says rules.Rules, choice building.Choice) (rules.Rules, error) {
	t.Helper()
	return o.b.SetRules(t.Context(), o.manager, building.SetRules{Location: location, OnReservations: choice,
		Rules: says})
}

func TestWhatALocationSaysIsKeptAsItWasSaid(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	says := rules.Rules{Week: rules.Week{"friday": {{From: "18:00", To: "02:00"}}, "sunday": {}},
		Closures: []rules.Closure{party, {Name: "Over", From: "2020-01-01", Until: "2020-01-02"}},
		Limits: []rules.Limits{{For: "room", LongestMinutes: 120, AfterMinutes: 15,
			Week: rules.Week{"monday": {{From: "09:00", To: "12:00"}}}}, {PerWeek: 3}},
		Presets:    []rules.Preset{{Kind: "own", Name: "Evening", Stretch: rules.Stretch{From: "18:00", To: "22:00"}}},
		AskMinutes: 14, Off: []rules.Habit{rules.Comeback}}
	set, err := o.says(t, location.ID, says, "")
	require.NoError(t, err)
	says.Closures = says.Closures[:1]
	require.Equal(t, says, set, "what is over is left out")
	shown, err := o.b.Rules(t.Context(), o.manager, building.LocationID{Location: location.ID})
	require.NoError(t, err)
	require.Equal(t, says, shown)
}

func TestRulesThatCantBeMeantAreRefused(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	for pointer, says := range map[string]rules.Rules{
		"/week/monday/0": {Week: rules.Week{"monday": {{From: "09:00", To: "09:00"}}}},
		"/week/monday/1": {Week: rules.Week{"monday": {{From: "09:00", To: "12:00"},
			{From: "11:00", To: "13:00"}}}},
		"/closures/0/until": {Closures: []rules.Closure{{Name: "x", From: "2026-12-02",
			Until: "2026-12-01"}}},
		"/closures/0/from": {Closures: []rules.Closure{{Name: "x", From: "2026-02-30",
			Until: "2026-12-01"}}},
		"/closures/0/part/to": {Closures: []rules.Closure{{Name: "x", From: "2026-12-01", Until: "2026-12-01",
			Part: &rules.Stretch{From: "12:00", To: "11:00"}}}},
		"/limits/0/longest_minutes": {Limits: []rules.Limits{{ShortestMinutes: 60, LongestMinutes: 30}}},
		"/limits/0/before_minutes":  {Limits: []rules.Limits{{BeforeMinutes: 20}}},
		"/limits/0/week/friday/0": {Limits: []rules.Limits{{Week: rules.Week{"friday": {{From: "24:00",
			To: "02:00"}}}}}},
		"/limits/1/for": {Limits: []rules.Limits{{For: "room", PerDay: 1}, {For: "room", PerDay: 2}}},
		"/presets/0/name": {Presets: []rules.Preset{{Kind: "own",
			Stretch: rules.Stretch{From: "09:00", To: "10:00"}}}},
		"/ask_minutes": {AskMinutes: 15}, // when who does not come is a no-show
		"/presets/0/to": {Presets: []rules.Preset{{Kind: "day",
			Stretch: rules.Stretch{From: "09:00", To: "08:00"}}}},
	} {
		_, err := o.says(t, location.ID, says, "")
		var wrong *problem.Error
		require.ErrorAs(t, err, &wrong, pointer)
		require.Equal(t, problem.Unacceptable, wrong.Kind)
		require.Equal(t, pointer, wrong.Fields[0].Pointer)
	}
	kept, err := o.b.Rules(t.Context(), o.manager, building.LocationID{Location: location.ID})
	require.NoError(t, err)
	require.Empty(t, kept)
}

func TestAnApprovalNamesWhatIsThereOrIsRefusedAndAnothersLooksUnknown_4_f_3(t *testing.T) {
	o := newOffice(t)
	location, other := o.location("Head office"), o.location("Branch")
	floor, elsewhere := o.floor(location.ID, "Third"), o.floor(other.ID, "First")
	spot, there := o.spot(floor.ID, "3.01"), o.spot(elsewhere.ID, "1.01")
	zone, theirs := o.zone(floor.ID, "Quiet"), o.zone(elsewhere.ID, "Loud")
	group := key()
	require.NoError(t, o.tables.NameGroup(t.Context(), o.manager.Business, group, "Facilities"))
	foreign := officeIn(t, o.db)
	foreignFloor, foreignGroup := foreign.floor(foreign.location("Theirs").ID, "Theirs"), key()
	require.NoError(t, o.tables.NameGroup(t.Context(), foreign.manager.Business, foreignGroup, "Theirs"))
	good := []rules.Approval{{Group: group}, {For: "room"}, {Floor: floor.ID, Zone: zone.ID},
		{Floor: floor.ID, Spot: spot.ID, Group: group}}
	_, err := o.says(t, location.ID, rules.Rules{Approvals: good}, "")
	require.NoError(t, err)
	for _, wrong := range []struct {
		pointer  string
		approval rules.Approval
	}{
		{"/group", rules.Approval{For: "desk", Group: key()}}, {"/group", rules.Approval{For: "desk", Group: foreignGroup}},
		{"/floor", rules.Approval{Floor: key()}}, {"/floor", rules.Approval{Floor: elsewhere.ID}},
		{"/floor", rules.Approval{Floor: foreignFloor.ID}}, {"/floor", rules.Approval{Zone: zone.ID}},
		{"/floor", rules.Approval{Spot: spot.ID}}, {"/zone", rules.Approval{Floor: floor.ID, Zone: theirs.ID}},
		{"/spot", rules.Approval{Floor: floor.ID, Spot: there.ID}}, {"", rules.Approval{For: "room", Group: group}},
	} {
		_, err := o.says(t, location.ID, rules.Rules{Approvals: append(good[:3:3], wrong.approval)}, "")
		var refusal *problem.Error
		require.ErrorAs(t, err, &refusal, wrong)
		require.Equal(t, problem.Unacceptable, refusal.Kind)
		require.Equal(t, "/approvals/3"+wrong.pointer, refusal.Fields[0].Pointer)
	}
	kept, err := o.b.Rules(t.Context(), o.manager, building.LocationID{Location: location.ID})
	require.NoError(t, err)
	require.Equal(t, good, kept.Approvals, "what is refused changes nothing")
}

// 4.d.2
func TestAClosureThatIsNewAsksWhatBecomesOfTheReservationsInIt(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	floor := o.floor(location.ID, "Third")
	desk := o.spot(floor.ID, "3.1")
	o.reserve(desk, o.person(), tomorrow)
	o.reserve(desk, o.person(), tomorrow.AddDays(1))
	says := rules.Rules{Closures: []rules.Closure{party}}

	_, err := o.says(t, location.ID, says, "")
	requireProblem(t, problem.Conflict, err)
	_, err = o.says(t, location.ID, says, building.Cancel)
	require.NoError(t, err)
	require.Zero(t, o.held(location.ID, floor.ID, tomorrow))
	require.Equal(t, 1, o.held(location.ID, floor.ID, tomorrow.AddDays(1)))

	o.reserve(desk, o.person(), tomorrow)
	says.Closures[0].Name = "Another name"
	_, err = o.says(t, location.ID, says, "")
	require.NoError(t, err, "it was closed then already")
	says.Closures[0].For = "room"
	_, err = o.says(t, location.ID, says, "")
	require.NoError(t, err, "a desk is no room")
	require.Equal(t, 1, o.held(location.ID, floor.ID, tomorrow))
}

// 4.d.2
func TestWhatGoesOutOfServiceTellsWhoHadReservedItOrIsRefused(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	floor := o.floor(location.ID, "Third")
	desk, other := o.spot(floor.ID, "3.1"), o.spot(floor.ID, "3.2")
	o.reserve(desk, o.person(), tomorrow)
	o.reserve(desk, o.person(), tomorrow.AddDays(2))
	o.reserve(other, o.person(), tomorrow)
	ask := building.AddOutage{IdempotencyKey: "lamp-of-3.1", Floor: floor.ID, Spot: desk.ID, Date: tomorrow,
		UntilDate: tomorrow.AddDays(1), Reason: "The lamp is being mended"}

	_, err := o.b.AddOutage(t.Context(), o.manager, ask)
	requireProblem(t, problem.Conflict, err)
	require.Equal(t, 2, o.held(location.ID, floor.ID, tomorrow))
	ask.OnReservations = building.Cancel
	out, err := o.b.AddOutage(t.Context(), o.manager, ask)
	require.NoError(t, err)
	require.Equal(t, 1, o.held(location.ID, floor.ID, tomorrow), "the neighbour's")
	require.Equal(t, 1, o.held(location.ID, floor.ID, tomorrow.AddDays(2)), "what comes later")
	require.Len(t, o.bus.events, 1, "its owner is told")
	repeated, err := o.b.AddOutage(t.Context(), o.manager, ask)
	require.NoError(t, err)
	require.Equal(t, out, repeated)
	ask.Reason = "Another"
	_, err = o.b.AddOutage(t.Context(), o.manager, ask)
	requireProblem(t, problem.Conflict, err)

	list, err := o.b.Outages(t.Context(), o.manager, building.LocationID{Location: location.ID})
	require.NoError(t, err)
	require.Equal(t, []building.Outage{out}, list.Outages)
	_, err = o.b.EndOutage(t.Context(), o.manager, building.OutageID{Floor: floor.ID, Outage: out.ID})
	require.NoError(t, err)
	_, err = o.b.EndOutage(t.Context(), o.manager, building.OutageID{Floor: floor.ID, Outage: out.ID})
	requireProblem(t, problem.NotFound, err)
	list, err = o.b.Outages(t.Context(), o.manager, building.LocationID{Location: location.ID})
	require.NoError(t, err)
	require.Empty(t, list.Outages)
}

func TestAReservationThatWasUnderWayWhenItsSpotWentOutOfServiceIsFoundByTheSecondLook(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	floor := o.floor(location.ID, "Third")
	desk := o.spot(floor.ID, "3.1")
	_, err := o.b.AddOutage(t.Context(), o.manager, building.AddOutage{IdempotencyKey: "whole-floor", Floor: floor.ID,
		Date: tomorrow, Reason: "Paint"})
	require.NoError(t, err)
	o.reserve(desk, o.person(), tomorrow)
	o.reserve(desk, o.person(), tomorrow.AddDays(1))
	o.db.Clock.Move(building.UnderWay + time.Second)
	require.NoError(t, o.b.Round(t.Context()))
	require.Zero(t, o.held(location.ID, floor.ID, tomorrow))
	require.Equal(t, 1, o.held(location.ID, floor.ID, tomorrow.AddDays(1)))
}

// Two administrators who change different things at once lose nothing.
func TestSettingsThatWereReadBeforeAnotherChangeAreNotWritten(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	read, err := o.tables.LocationNow(t.Context(), o.manager.Business, location.ID)
	require.NoError(t, err)
	_, err = o.says(t, location.ID, rules.Rules{Limits: []rules.Limits{{PerWeek: 3}}}, "")
	require.NoError(t, err)
	days := table.OpenDays{Zone: read.Zone}
	require.ErrorIs(t, o.tables.UpdateLocation(t.Context(), o.manager.Business, read, days, days), table.ErrChanged)
}

func TestHolidaysAreProposedOnTheDayOnWhichTheyAreObserved(t *testing.T) {
	o := newOffice(t)
	for country, holiday := range map[string]rules.Closure{
		"nl": {Name: "Koningsdag", From: "2031-04-26", Until: "2031-04-26"}, // the 27th is a Sunday
		"be": {Name: "Nationale Feestdag", From: "2031-07-21", Until: "2031-07-21"},
		"us": {Name: "Independence Day", From: "2027-07-05", Until: "2027-07-05"},
	} {
		proposed, err := o.b.Holidays(t.Context(), o.manager, building.HolidaysInput{Country: country,
			Year: string(holiday.From[:4])})
		require.NoError(t, err)
		require.Contains(t, proposed.Closures, holiday, country)
	}
}
