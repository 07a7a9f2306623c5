package building_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// health are the location's sensors as a manager sees them: their ids, and which of them are silent.
func (o *office) health(location string) (ids []string, silent map[string]bool, all []building.SensorHealth) {
	o.t.Helper()
	list, err := o.b.Sensors(o.t.Context(), o.manager, building.SensorsOf{Location: location})
	require.NoError(o.t, err)
	silent = map[string]bool{}
	for _, s := range list.Sensors {
		ids, silent[s.ID] = append(ids, s.ID), s.Silent
	}
	return ids, silent, list.Sensors
}

func TestSilentSensorsComeFirstThenEmptyBatteriesAndOfEachTheDayItWasHeardLast_4_d_4(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	floor := o.floor(location.ID, "Third")
	sensors := []string{"desk-1", "mine-1", "room-1"}
	for i, id := range sensors {
		spot := o.spot(floor.ID, "3."+string(rune('1'+i)))
		_, err := o.b.TieSensor(t.Context(), o.manager, building.TieSensor{Spot: spot.ID, Sensor: id, Model: "own"})
		require.NoError(t, err)
	}
	ids, silent, _ := o.health(location.ID)
	require.Equal(t, sensors, ids, "by spot")
	require.Equal(t, map[string]bool{"desk-1": true, "mine-1": true, "room-1": true}, silent, "none was heard yet")

	heard := func(id string, on civil.Date, battery int) {
		t.Helper()
		tied, err := o.tables.Sensor(t.Context(), id)
		require.NoError(t, err)
		require.NoError(t, o.tables.NoteHeard(t.Context(), table.LiveSensor{Hardware: id, Business: tied.Business,
			Spot: tied.Spot, HeardOn: on, Battery: &battery}))
	}
	heard("desk-1", "2026-11-23", 90)
	heard("room-1", "2026-11-23", 12)
	heard("mine-1", "2026-11-19", 55)
	ids, silent, all := o.health(location.ID)
	require.Equal(t, []string{"mine-1", "room-1", "desk-1"}, ids)
	require.Equal(t, map[string]bool{"desk-1": false, "mine-1": true, "room-1": false}, silent)
	require.Equal(t, []any{civil.Date("2026-11-19"), 55, "own", "Third", "3.2"},
		[]any{all[0].HeardOn, *all[0].Battery, all[0].Model, all[0].FloorName, all[0].SpotName})

	said := table.LiveSensor{Hardware: "desk-1", Business: o.manager.Business, Location: location.ID, Floor: floor.ID,
		Model: "own", Date: "2026-11-23", DayEnds: now.Add(15 * time.Hour).Unix(), Heard: now.Add(-8 * time.Hour).Unix()}
	require.NoError(t, o.tables.PutLiveSensor(t.Context(), said))
	_, silent, _ = o.health(location.ID)
	require.True(t, silent["desk-1"], "it was heard today, and no more since")

	_, err := o.b.Sensors(t.Context(), officeIn(t, o.db).manager, building.SensorsOf{Location: location.ID})
	requireProblem(t, problem.NotFound, err)
}

func TestASensorThatIsMovedOrUntiedKeepsNoWordOfWhereItWasHeard(t *testing.T) {
	o := newOffice(t)
	location := o.location("Head office")
	floor := o.floor(location.ID, "Third")
	first, second := o.spot(floor.ID, "3.1"), o.spot(floor.ID, "3.2")
	tie := func(spot string) {
		_, err := o.b.TieSensor(t.Context(), o.manager, building.TieSensor{Spot: spot, Sensor: "desk-1", Model: "own"})
		require.NoError(t, err)
	}
	tie(first.ID)
	note := table.LiveSensor{Hardware: "desk-1", Business: o.manager.Business, Spot: first.ID, HeardOn: "2026-11-23"}
	require.NoError(t, o.tables.NoteHeard(t.Context(), note))
	tie(second.ID)
	require.NoError(t, o.tables.NoteHeard(t.Context(), note), "which comes late, and changes nothing")
	_, _, all := o.health(location.ID)
	require.Equal(t, []any{"3.2", civil.Date("")}, []any{all[0].SpotName, all[0].HeardOn})
}
