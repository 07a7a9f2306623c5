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

func shown(t *testing.T) (statistics.Reports, *enginetest.Office, identity.Caller) {
	db := enginetest.New(t, time.Date(2026, 10, 26, 9, 0, 0, 0, time.UTC))
	office := db.NewOffice(t, "Europe/Amsterdam", 1)
	open := table.OpenDays{Location: office.Location.ID, Business: office.Business, OpenFrom: "2026-10-25"}
	db.Open(t, open)
	require.NoError(t, db.Tables().PutFigures(t.Context(), open, table.Figures{
		Places: []table.PlaceFigures{
			{Counts: map[string]int{"check_ins": 7}, Hours: map[string]int{"3": 6, "2": 5}},
			{Floor: office.Floor, Counts: map[string]int{"check_ins": 7}},
			{Floor: office.Floor, Zone: office.Zone, Counts: map[string]int{"check_ins": 7}},
		},
		Searches: map[string]int{"spots": 9},
	}))
	manager := office.Person(t)
	manager.Role = identity.Manager
	return statistics.Reports{Tables: db.Tables()}, office, manager
}

func TestAManagerSeesTheDaysOfALocation(t *testing.T) {
	desk, office, manager := shown(t)
	in := statistics.ShowInput{Location: office.Location.ID, From: "2026-10-01", To: "2026-10-31"}
	report, err := desk.Show(t.Context(), manager, in)
	require.NoError(t, err)
	text, err := json.Marshal(report)
	require.NoError(t, err)
	require.JSONEq(t, `{"location":"`+office.Location.ID+`","time_zone":"Europe/Amsterdam","from":"2026-10-01","to":"2026-10-31","fewest_people":5,
		"days":[{"date":"2026-10-25","places":[{"counts":{"check_ins":7},"hours":[
			{"starts_at":"2026-10-25T00:00:00Z","clock":"02:00","spots_in_use":5},
			{"starts_at":"2026-10-25T01:00:00Z","clock":"02:00","spots_in_use":6}]}],"searches":{"spots":9}}]}`, string(text))

	in.By, in.Format = "zone", "csv"
	sheet, err := desk.Show(t.Context(), manager, in)
	require.NoError(t, err)
	media, body := sheet.(statistics.Sheet).Content()
	require.Contains(t, media, "text/csv")
	require.Equal(t, "date,floor,floor_name,zone,zone_name,figure,starts_at,clock,value\r\n"+
		"2026-10-25,,,,,check_ins,,,7\r\n"+
		"2026-10-25,,,,,spots_in_use,2026-10-25T00:00:00Z,02:00,5\r\n"+
		"2026-10-25,,,,,spots_in_use,2026-10-25T01:00:00Z,02:00,6\r\n"+
		"2026-10-25,"+office.Floor+",Third floor,,,check_ins,,,7\r\n"+
		"2026-10-25,"+office.Floor+",Third floor,"+office.Zone+",Window side,check_ins,,,7\r\n"+
		"2026-10-25,,,,,searches_for_spots,,,9\r\n", string(body))
}

func TestAForeignLocationIsUnknownAndAnImpossiblePeriodIsRefused(t *testing.T) {
	desk, office, manager := shown(t)
	stranger := manager
	stranger.Business = secret.ID()
	for _, c := range []struct {
		caller             identity.Caller
		location, from, to string
		kind               problem.Kind
	}{
		{stranger, office.Location.ID, "2026-10-01", "2026-10-31", problem.NotFound},
		{manager, secret.ID(), "2026-10-01", "2026-10-31", problem.NotFound},
		{manager, office.Location.ID, "2026-02-30", "2026-10-31", problem.Malformed},
		{manager, office.Location.ID, "2026-10-01", "2026-09-31", problem.Malformed},
		{manager, office.Location.ID, "2026-10-31", "2026-10-30", problem.Unacceptable},
		{manager, office.Location.ID, "2026-01-01", "2027-01-02", problem.Unacceptable},
	} {
		_, err := desk.Show(t.Context(), c.caller, statistics.ShowInput{Location: c.location, From: c.from, To: c.to})
		var refused *problem.Error
		require.ErrorAs(t, err, &refused)
		require.Equal(t, c.kind, refused.Kind)
	}
	_, err := desk.Show(t.Context(), manager, statistics.ShowInput{Location: office.Location.ID, From: "2026-01-01",
		To: "2027-01-01"})
	require.NoError(t, err, "366 days")
}
