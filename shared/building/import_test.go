package building_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
)

const header = "location,address,latitude,longitude,time_zone,opens,floor,level,zone,sector,spot,category,type,x,y,sensor,model\n"

const small = header +
	"Head office,\"Keizersgracht 1, Amsterdam\",52.37,4.89,Europe/Amsterdam,8:00,Third,3,Quiet,North,3.1,workplace,desk,0.1,0.2,24E124535B316056,milesight-vs341\n" +
	"Head office,,,,,,Third,,Quiet,,3.2,,seat,0.3,0.2,,\n" +
	"Head office,,,,,,Third,,,,Boardroom,room,meeting_room,0.5,0.5,room-1,own\n" +
	"Head office,,,,,,Fourth,4,,,,,,,,,\n"

func (o *office) load(text, mediaType string, choice building.Choice) (building.Loaded, error) {
	return o.b.Import(o.t.Context(), o.manager, building.Import{IdempotencyKey: key(), Content: []byte(text),
		ContentType: mediaType, OnReservations: choice})
}

// 3.b 3.c 3.e 3.f 3.g 3.h
func TestAFileLoadsLocationsFloorsZonesSectorsSpotsAndSensorsAndTheSameFileAgainChangesNothing(t *testing.T) {
	o := newOffice(t)
	loaded, err := o.load(small, "text/csv", "")
	require.NoError(t, err)
	require.Equal(t, building.Loaded{Locations: 1, Floors: 2, Zones: 1, Spots: 3, Sensors: 2}, loaded)
	again, err := o.load("\xef\xbb\xbf"+strings.ReplaceAll(small, "\n", "\r\n"), "text/csv", "")
	require.NoError(t, err)
	require.Equal(t, building.Loaded{}, again)

	list, err := o.b.Locations(t.Context(), o.manager, struct{}{})
	require.NoError(t, err)
	require.Len(t, list.Locations, 1)
	l := list.Locations[0]
	require.Equal(t, []any{"Keizersgracht 1, Amsterdam", civil.ClockTime("08:00"), civil.ClockTime("19:00"), 2, 1},
		[]any{l.Address, l.Opens, l.Closes, l.Workplaces, l.Rooms})
	require.Len(t, l.Floors, 2)
	floor, err := o.b.Floor(t.Context(), o.manager, building.FloorID{Floor: l.Floors[0].ID})
	require.NoError(t, err)
	require.Equal(t, "North", floor.Zones[0].Sector)
	require.Equal(t, []string{"24e124535b316056"}, floor.Spots[0].Sensors)
	require.Equal(t, floor.Zones[0].ID, floor.Spots[0].Zone)
}

func TestATrialSaysWhatAFileWouldChangeAtWhichLineAndChangesNothing(t *testing.T) {
	o := newOffice(t)
	try := func(text string) (building.Preview, error) {
		before := o.db.Dump(t, privacy.Directory)
		seen, err := o.b.TryImport(t.Context(), o.manager, building.TryImport{Content: []byte(text),
			ContentType: "text/csv"})
		require.Equal(t, before, o.db.Dump(t, privacy.Directory))
		return seen, err
	}
	fresh, err := try(small)
	require.NoError(t, err)
	loaded, err := o.load(small, "text/csv", "")
	require.NoError(t, err)
	require.Equal(t, loaded, fresh.Loaded, "loading does what the trial said")
	require.Equal(t, []building.Change{
		{Line: 2, What: "location", New: true, Name: "Head office"},
		{Line: 2, What: "floor", New: true, Name: "Third", Within: "Head office"},
		{Line: 2, What: "zone", New: true, Name: "Quiet", Within: "Third"},
		{Line: 2, What: "spot", New: true, Name: "3.1", Within: "Third"},
		{Line: 3, What: "spot", New: true, Name: "3.2", Within: "Third"},
		{Line: 4, What: "spot", New: true, Name: "Boardroom", Within: "Third"},
		{Line: 5, What: "floor", New: true, Name: "Fourth", Within: "Head office"}}, fresh.Changes)
	again, err := try(small)
	require.NoError(t, err)
	require.Equal(t, building.Preview{Changes: []building.Change{}, Taken: []building.Taken{}}, again)

	list, err := o.b.Locations(t.Context(), o.manager, struct{}{})
	require.NoError(t, err)
	floor, err := o.b.Floor(t.Context(), o.manager, building.FloorID{Floor: list.Locations[0].Floors[0].ID})
	require.NoError(t, err)
	o.reserve(floor.Spots[0], o.person(), "2026-11-24")
	changed := strings.Replace(strings.Replace(small, "3.1,workplace,desk", "3.1,workplace,seat", 1), "8:00", "7:00", 1)
	seen, err := try(changed)
	require.NoError(t, err)
	require.Equal(t, []building.Change{{Line: 2, What: "location", Name: "Head office", Columns: []string{"opens"}},
		{Line: 2, What: "spot", Name: "3.1", Within: "Third", Columns: []string{"type"}}}, seen.Changes)
	require.Equal(t, []building.Taken{{Spot: floor.Spots[0].ID, Name: "3.1", Date: "2026-11-24", From: "09:00",
		To: "12:00"}}, seen.Taken)
	require.Zero(t, seen.Reservations, "of fewer than five people it is not told how many")

	_, err = try(strings.Replace(small, "0.1,0.2", "9,0.2", 1))
	p := requireProblem(t, problem.Malformed, err)
	require.Equal(t, "line 2, x", p.Fields[0].Pointer)
}

func TestJsonAndSemicolonsWithDecimalCommasSayTheSame(t *testing.T) {
	for mediaType, text := range map[string]string{
		"application/json": `[
  {"location": "Head office", "address": "K 1", "latitude": 52.37, "longitude": 4.89, "time_zone": "Europe/Amsterdam",
   "floor": "Third", "level": 3, "spot": "3.1", "type": "desk", "x": 0.25, "y": 0.5, "zone": null}
]`,
		"text/csv": "location;address;latitude;longitude;time_zone;floor;level;spot;type;x;y\n" +
			"Head office;K 1;52,37;4,89;Europe/Amsterdam;Third;3;3.1;desk;0,25;0,5\n",
	} {
		o := newOffice(t)
		loaded, err := o.load(text, mediaType, "")
		require.NoError(t, err, mediaType)
		require.Equal(t, building.Loaded{Locations: 1, Floors: 1, Spots: 1}, loaded)
		list, err := o.b.Locations(t.Context(), o.manager, struct{}{})
		require.NoError(t, err)
		require.Equal(t, 52.37, list.Locations[0].Latitude)
	}
}

func TestAFileWithFaultsChangesNothingAndNamesEachLineThatIsWrong(t *testing.T) {
	o, other := newOffice(t), (*office)(nil)
	other = officeIn(t, o.db)
	_, err := other.load(small, "text/csv", "")
	require.NoError(t, err)
	_, err = o.load(header+
		// 2: latitude, zone, opens
		"Head office,K 1,95,4.89,Europe/Nowhere,7:05,Third,3,,,3.1,workplace,desk,0.1,0.2,,\n"+
		"Head office,,,,,,Third,three,,,3.2,workplace,desk,0.1,0.2,,\n"+ // 3: level
		"Head office,,,,,,Third,,,,3.1,workplace,desk,0.1,0.2,,\n"+ // 4: twice
		"Head office,,,,,,Third,,,,3.3,room,desk,0.1,0.2,,\n"+ // 5: category
		"Head office,,,,,,Third,,,,3.4,,sofa,1.1,,,\n"+ // 6: type, x, y
		"Head office,,,,,,Third,,,,3.5,,desk,0,0,room-1,own\n"+ // 7: another customer's sensor
		"Head office,,,,,,Third,,,,3.6,,desk,0,0,desk-1,milesight-vs340\n"+ // 8: no DevEui
		",,,,,,Third,,,,3.7,,desk,0,0,,\n"+ // 9: no location
		"Annex,,,,,,,,,,,,,,,,\n"+ // 10: nothing said about it
		"Head office,,,,,,Third,,Quiet,North,3.8,,desk,0,0,,\n"+
		"Head office,,,,,,Third,,Quiet,South,3.9,,desk,0,0,,\n"+ // 12: sector
		"Head office,,,,,,Third,,,,\"3.\t10\",,desk,0,0,,\n"+ // 13: control character
		"Head office,\"1\n2\",,,,,,,,,,,,,,,\n", // 14: an address of two lines
		"text/csv", "")
	p := requireProblem(t, problem.Malformed, err)
	wrong := map[string]bool{}
	for _, field := range p.Fields {
		require.NotEmpty(t, field.Accepted)
		wrong[field.Pointer] = true
	}
	for _, at := range []string{"line 2, latitude", "line 2, time_zone", "line 2, opens", "line 3, level",
		"line 4, spot", "line 5, category",
		"line 6, type", "line 6, x", "line 6, y", "line 7, sensor", "line 8, sensor", "line 9, location",
		"line 10, address", "line 10, time_zone",
		"line 12, sector", "line 13, spot", "line 14, address"} {
		require.Contains(t, wrong, at)
		delete(wrong, at)
	}
	require.Equal(t, map[string]bool{"line 10, latitude": true, "line 10, longitude": true}, wrong)
	list, err := o.b.Locations(t.Context(), o.manager, struct{}{})
	require.NoError(t, err)
	require.Empty(t, list.Locations)
}

func TestAFileThatCanNotBeReadSaysWhere(t *testing.T) {
	o := newOffice(t)
	for text, at := range map[string]string{
		"":                              "line 1",
		"location,colour\nA,red\n":      "line 1, column 2",
		"location\n\xff\n":              "line 2",
		"location,floor\nA,\"B\" C\nD,": "line 2",
		"location\nA,B\n":               "line 2",
	} {
		_, err := o.load(text, "text/csv", "")
		p := requireProblem(t, problem.Malformed, err)
		require.Equal(t, at, p.Fields[0].Pointer, "%q: %v", text, p.Fields)
	}
	for text, at := range map[string]string{
		`{"location":"A"}`: "line 1", "[\n1]": "line 2", "[\n{\"location\":[]}]": "line 2, location",
		"[\n{\n\"place\":1}]": "line 2", "[{}": "line 1", "[]x": "line 1",
	} {
		_, err := o.load(text, "application/json", "")
		p := requireProblem(t, problem.Malformed, err)
		require.Equal(t, at, p.Fields[0].Pointer, "%q: %v", text, p.Fields)
	}
}

func TestAnImportThatWouldChangeAReservedSpotIsRefusedOrCancelsByChoice(t *testing.T) {
	o := newOffice(t)
	_, err := o.load(small, "text/csv", "")
	require.NoError(t, err)
	list, err := o.b.Locations(t.Context(), o.manager, struct{}{})
	require.NoError(t, err)
	floor, err := o.b.Floor(t.Context(), o.manager, building.FloorID{Floor: list.Locations[0].Floors[0].ID})
	require.NoError(t, err)
	o.reserve(floor.Spots[0], o.person(), "2026-11-25")
	changed := strings.Replace(small, "workplace,desk", "workplace,seat", 1)
	_, err = o.load(changed, "text/csv", "")
	p := requireProblem(t, problem.Malformed, err)
	require.Equal(t, "line 2, spot", p.Fields[0].Pointer)
	require.Empty(t, o.bus.events)
	loaded, err := o.load(changed, "text/csv", building.Cancel)
	require.NoError(t, err)
	require.Equal(t, building.Loaded{Spots: 1}, loaded)
	require.Len(t, o.bus.events, 1)
}

// big is a file of floors with a hundred desks each, with a sensor.
func big(floors int) string {
	var text strings.Builder
	text.WriteString(header)
	for f := range floors {
		for s := range 100 {
			fmt.Fprintf(&text,
				"Tower,Zuidas 1,52.3,4.8,Europe/Amsterdam,,F%d,%d,Z%d,North,%d.%d,workplace,desk,0.%02d,0.5,t-%d-%d,own\n", f, f, s/25, f, s, s, f, s)
		}
	}
	return text.String()
}

// allotBig lets the customer tie the sensors of a big file.
func (o *office) allotBig(floors int) {
	o.t.Helper()
	var devices []string
	for f := range floors {
		for s := range 100 {
			devices = append(devices, fmt.Sprintf("t-%d-%d", f, s))
		}
	}
	o.allot(devices...)
}

// A request has 29 seconds: what decides whether it is enough are the round trips, of which a transaction of a
// hundred actions takes the longest.
func TestFortyFloorsOfAHundredSpotsAreLoadedInFewRoundTrips(t *testing.T) {
	o := newOffice(t)
	o.allotBig(40)
	var calls enginetest.Faults // none happens
	o.b.Tables = o.db.Faulty(&calls)
	loaded, err := o.load(big(40), "text/csv", "")
	require.NoError(t, err)
	require.Equal(t, building.Loaded{Locations: 1, Floors: 40, Zones: 160, Spots: 4000, Sensors: 4000}, loaded)
	require.LessOrEqual(t, len(calls.Calls()), 250)
}

func TestAnImportThatStopsHalfWayIsCompletedByTheSameFileAndTheCountsAreRight(t *testing.T) {
	o := newOffice(t)
	o.allotBig(4)
	for _, patience := range []time.Duration{20, 60, 120, 200} { // cut off at four different places
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second+patience*time.Millisecond)
		_, _ = o.b.Import(ctx, o.manager, building.Import{Content: []byte(big(4)), ContentType: "text/csv"})
		cancel()
	}
	_, err := o.load(big(4), "text/csv", "")
	require.NoError(t, err)
	list, err := o.b.Locations(t.Context(), o.manager, struct{}{})
	require.NoError(t, err)
	require.Len(t, list.Locations, 1)
	require.Equal(t, []int{400, 0, 4}, []int{list.Locations[0].Workplaces, list.Locations[0].Rooms,
		len(list.Locations[0].Floors)})
	again, err := o.load(big(4), "text/csv", "")
	require.NoError(t, err)
	require.Equal(t, building.Loaded{}, again)
}
