package enginetest_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/table"
)

func TestAMeterReckonsTransactionsFromTheirItemsAndCountsAReadAsTheEngineDoes(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	db := enginetest.New(t, now)
	var meter enginetest.Meter
	tables := db.Metered(&meter)
	place := table.Place{Business: "b", Location: "l", Floor: "f", Spot: "s"}
	from := civil.QuarterOf(now)
	err := tables.Reserve(t.Context(), 4, nil, table.Booking{ID: "r", Person: identity.Person{Business: "b", User: "u"},
		Place: place,
		Day:   "2026-11-23", DayEnds: now.Add(16 * time.Hour), Interval: civil.Interval{From: from, To: from + 4},
		Workplace: true})
	require.ErrorIs(t, err, table.ErrGone, "there is no such person, which is a refusal that costs as much")
	require.Equal(t, []enginetest.Part{{Table: "agenda", Key: "b#l#f#2026-11-23", Write: 2},
		{Table: "agenda", Key: "b#u#u", Write: 2},
		{Table: "directory", Key: "b#u#u", Write: 2}}, meter.Parts())
	require.Equal(t, enginetest.Usage{Calls: []string{"TransactWriteItems"}, Write: 6, InARow: 1}, meter.Reset())

	_, err = tables.SpotSheet(t.Context(), place, "2026-11-23")
	require.NoError(t, err)
	require.Equal(t, enginetest.Usage{Calls: []string{"GetItem"}, Read: 0.5, InARow: 1}, meter.Reset())

	sense := func(heard int64) error {
		return tables.Sense(t.Context(), place, "2026-11-23", now.Add(16*time.Hour), "x",
			table.Occupancy{Heard: heard}, nil)
	}
	require.NoError(t, sense(2))
	require.Equal(t, enginetest.Usage{Calls: []string{"UpdateItem"}, Write: 1, InARow: 1}, meter.Reset())
	require.ErrorIs(t, sense(1), table.ErrRefused)
	require.Equal(t, 1.0, meter.Usage().Write, "a refused write costs as much")
}

func TestAMeterTellsOnWhichPartitionsOfTheIndexUnitsFall(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	db := enginetest.New(t, now)
	var meter enginetest.Meter
	ends := now.Add(16 * time.Hour).Unix()
	require.NoError(t, db.Metered(&meter).PutLiveSensor(t.Context(),
		table.LiveSensor{Hardware: "x", DayEnds: ends, Heard: 1}))
	parts := meter.Parts()
	require.Len(t, parts, 2)
	require.Equal(t, enginetest.Part{Table: "agenda", Key: "sensor#x", Write: 1}, parts[0])
	require.Equal(t, "expiry", parts[1].Index)
	require.Equal(t, 1.0, parts[1].Write)
	require.Regexp(t, `^\d+#\d+$`, parts[1].Key)
}

func TestAnItemsSizeIsReckonedAsDynamoDBDoes(t *testing.T) {
	size := enginetest.ItemSize(map[string]types.AttributeValue{
		// 5
		"pk": &types.AttributeValueMemberS{Value: "abc"},
		// 6
		"n": &types.AttributeValueMemberN{Value: "1979712"},
		// 7
		"m": &types.AttributeValueMemberM{Value: map[string]types.AttributeValue{"a": &types.AttributeValueMemberBOOL{}}},
	})
	require.Equal(t, 18, size)
}
