package statistics_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/statistics"
	"github.com/iotspot/iotspot/shared/table"
)

// using is an office with figures of two Sundays, on the second of which the clocks go back, and of a Monday.
func using(t *testing.T) (statistics.Reports, *enginetest.Office, identity.Caller) {
	db := enginetest.New(t, time.Date(2026, 10, 27, 9, 0, 0, 0, time.UTC))
	office := db.NewOffice(t, "Europe/Amsterdam", 3)
	type n = map[string]int
	for _, day := range []table.DayFigures{
		{Day: "2026-10-18", Figures: table.Figures{Places: []table.PlaceFigures{
			{Counts: n{"check_ins": 9, "not_used": 6, "no_shows": 6, "reservations": 15}, Hours: n{"2": 9, "3": 8}},
			{Floor: office.Floor, Counts: n{"check_ins": 9}}}}},
		{Day: "2026-10-25", Figures: table.Figures{Places: []table.PlaceFigures{
			{Counts: n{"check_ins": 7}, Hours: n{"2": 5, "3": 6}}, // 2:00 twice
			{Floor: office.Floor, Counts: n{"check_ins": 7}},
			{Floor: office.Floor, Zone: office.Zone, Counts: n{"check_ins": 7}, Hours: n{"2": 5}}}}},
		{Day: "2026-10-26", Figures: table.Figures{Places: []table.PlaceFigures{
			{Counts: n{"not_used": 5}}, {Floor: "gone", Zone: "none", Counts: n{"check_ins": 5}}}}},
	} {
		open := table.OpenDays{Location: office.Location.ID, Business: office.Business, OpenFrom: day.Day}
		db.Open(t, open)
		require.NoError(t, db.Tables().PutFigures(t.Context(), open, day.Figures))
	}
	manager := office.Person(t)
	manager.Role = identity.Manager
	return statistics.Reports{Tables: db.Tables()}, office, manager
}

func TestAManagerSeesByHourAndWeekdayByDayAndByPlaceHowALocationWasUsed(t *testing.T) {
	desk, office, manager := using(t)
	in := statistics.UseInput{Location: office.Location.ID, From: "2026-10-12", To: "2026-10-31"}
	use, err := desk.ShowUse(t.Context(), manager, in)
	require.NoError(t, err)
	text, err := json.Marshal(use)
	require.NoError(t, err)
	require.JSONEq(t, `{"location":"`+office.Location.ID+`","time_zone":"Europe/Amsterdam","from":"2026-10-12","to":"2026-10-31",
		"fewest_people":5,"spots":4,"hours":[
			{"weekday":7,"clock":"02:00","days":2,"of":2,"spots_in_use":15},
			{"weekday":7,"clock":"03:00","days":1,"of":2,"spots_in_use":8}],
		"days":[
			{"date":"2026-10-18","reservations":15,"check_ins":9,"no_shows":6,"peak":{"clock":"02:00","spots_in_use":9}},
			{"date":"2026-10-25","check_ins":7,"peak":{"clock":"02:00","spots_in_use":6}},
			{"date":"2026-10-26"}],
		"places":[
			{"floor":"gone","zone":"none","days":1,"check_ins":5},
			{"floor":"`+office.Floor+`","floor_name":"Third floor","spots":4,"days":2,"check_ins":16},
			{"floor":"`+office.Floor+`","floor_name":"Third floor","zone":"`+office.Zone+`","zone_name":"Window side",
				"spots":3,"days":1,"check_ins":7}]}`, string(text))

	for part, csv := range map[string]string{
		"hours": "weekday,clock,days_with_a_figure,days,spots_in_use\r\n7,02:00,2,2,15\r\n7,03:00,1,2,8\r\n",
		"days": "date,reservations,check_ins,no_shows,peak_clock,peak_spots_in_use\r\n" +
			"2026-10-18,15,9,6,02:00,9\r\n2026-10-25,,7,,02:00,6\r\n2026-10-26,,,,,\r\n",
		"places": "floor,floor_name,zone,zone_name,spots,days_with_a_figure,check_ins\r\ngone,,none,,0,1,5\r\n" +
			office.Floor + ",Third floor,,,4,2,16\r\n" +
			office.Floor + ",Third floor," + office.Zone + ",Window side,3,1,7\r\n",
	} {
		in.CSV = part
		sheet, err := desk.ShowUse(t.Context(), manager, in)
		require.NoError(t, err)
		media, body := sheet.(statistics.Sheet).Content()
		require.Contains(t, media, "text/csv")
		require.Equal(t, csv, string(body))
	}
}

func TestTheUseOfAZoneIsOfItAlone(t *testing.T) {
	desk, office, manager := using(t)
	use, err := desk.ShowUse(t.Context(), manager, statistics.UseInput{Location: office.Location.ID,
		From: "2026-10-18", To: "2026-10-25", Floor: office.Floor, Zone: office.Zone})
	require.NoError(t, err)
	require.Equal(t, []statistics.HourUse{{Weekday: 7, Clock: "02:00", Days: 1, Of: 2, Sum: 5}},
		use.(statistics.Use).Hours)
	require.Len(t, use.(statistics.Use).Days, 1)
	require.Equal(t, 3, use.(statistics.Use).Spots)
}

func TestTheUseOfAForeignLocationIsUnknownAndWhatIsNotPossibleIsRefused(t *testing.T) {
	desk, office, manager := using(t)
	stranger := manager
	stranger.Business = secret.ID()
	for _, c := range []struct {
		caller identity.Caller
		in     statistics.UseInput
		kind   problem.Kind
	}{
		{stranger, statistics.UseInput{Location: office.Location.ID}, problem.NotFound},
		{manager, statistics.UseInput{Location: secret.ID()}, problem.NotFound},
		{manager, statistics.UseInput{Location: office.Location.ID, Zone: office.Zone}, problem.Malformed},
		{manager, statistics.UseInput{Location: office.Location.ID, To: "2025-10-01"}, problem.Unacceptable},
		{manager, statistics.UseInput{Location: office.Location.ID, To: "2027-10-02"}, problem.Unacceptable},
	} {
		if c.in.From = "2026-10-01"; c.in.To == "" {
			c.in.To = "2026-10-31"
		}
		_, err := desk.ShowUse(t.Context(), c.caller, c.in)
		var refused *problem.Error
		require.ErrorAs(t, err, &refused)
		require.Equal(t, c.kind, refused.Kind)
	}
}
