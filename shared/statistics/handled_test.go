package statistics_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/statistics"
	"github.com/iotspot/iotspot/shared/table"
)

var firstOfDecember = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

func TestAnAdministratorSeesHowManyRequestsWereHandledOnceTheMonthIsOver(t *testing.T) {
	db := enginetest.New(t, firstOfDecember)
	office := db.NewOffice(t, "Europe/Amsterdam", 1)
	for range 5 {
		ann := office.Person(t).Person
		require.NoError(t, db.Tables().ChangeUser(t.Context(), ann,
			map[privacy.Clause]any{"7.object": []string{"4.e.1"}},
			false))
	}
	admin := office.Person(t)
	admin.Role = identity.Administrator
	months := func(users int, at time.Time) []statistics.HandledMonth {
		db.Put(t, privacy.Directory, "b#"+office.Business, "account", map[string]any{"users": users})
		reports := statistics.Reports{Tables: db.Tables(), Now: func() time.Time { return at }}
		shown, err := reports.RequestsHandled(t.Context(), admin, struct{}{})
		require.NoError(t, err)
		require.Equal(t, 5, shown.Least)
		return shown.Months
	}
	over := time.Date(2027, 1, 2, 0, 0, 0, 0, time.UTC)
	require.Empty(t, months(5, over.Add(-time.Second)), "somebody could see it move")
	require.Empty(t, months(4, over), "all that is counted would be about four people at most")
	require.Equal(t, []statistics.HandledMonth{{Month: "2026-12", Requests: []statistics.HandledRequest{
		{Request: table.Objections, Handled: 5, Within: map[string]int{"minute": 5}}}}}, months(5, over))
}

func TestANumberIsShownFromFiveOnAndATimeOnlyWhereNothingCanBeReckonedFromIt_5_transactions(t *testing.T) {
	of := func(month string, counts map[string]int) table.Handled {
		return table.Handled{Month: month, Counts: map[table.Request]map[string]int{table.Erasures: counts}}
	}
	for _, c := range []struct {
		all    []table.Handled
		shown  int
		within map[string]int
	}{
		{[]table.Handled{of("2026-10", map[string]int{"minute": 4})}, 0, nil},
		{[]table.Handled{of("2026-10", map[string]int{"minute": 5})}, 5, map[string]int{"minute": 5}},
		{[]table.Handled{of("2026-10", map[string]int{"minute": 9, "hour": 1})}, 10, nil},
		{[]table.Handled{of("2026-10", map[string]int{"minute": 3, "hour": 3})}, 6, nil},
		{[]table.Handled{of("2026-10", map[string]int{"minute": 9, "later": 5})}, 14,
			map[string]int{"minute": 9, "later": 5}},
		{[]table.Handled{of("2026-10", map[string]int{"minute": 3}), of("2026-10", map[string]int{"minute": 2})}, 5,
			map[string]int{"minute": 5}},
		{[]table.Handled{of("2026-11", map[string]int{"minute": 9})}, 0, nil},
	} {
		shown := statistics.HandledMonths(c.all, firstOfDecember)
		if c.shown == 0 {
			require.Empty(t, shown, fmt.Sprint(c.all))
			continue
		}
		require.Equal(t, []statistics.HandledMonth{{Month: "2026-10", Requests: []statistics.HandledRequest{
			{Request: table.Erasures, Handled: c.shown, Within: c.within}}}}, shown)
	}
}
