package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/scripts/measured"
)

func kept(t *testing.T) measured.Measured {
	t.Helper()
	m, err := measured.Kept()
	require.NoError(t, err)
	return m
}

func TestEverythingThatTheModelReckonsWithWasMeasured(t *testing.T) {
	_, err := Month(kept(t), 200)
	require.NoError(t, err)
	_, err = Month(measured.Measured{}, 200)
	require.ErrorContains(t, err, "the flow Reserve was not measured")
	require.ErrorContains(t, err, "the function booking was not measured")
}

func TestTheTablesOnThePageAreCurrent(t *testing.T) {
	text, err := os.ReadFile("../../" + page)
	require.NoError(t, err)
	_, rest, opened := strings.Cut(string(text), begins)
	written, _, closed := strings.Cut(rest, ends)
	require.True(t, opened && closed)
	tables, err := Tables(kept(t))
	require.NoError(t, err)
	require.Equal(t, tables, written, "run: go run ./scripts/cost -write")
}

func TestTwiceThePeopleCostTwiceAsMuchButForWhatStandsThereAnyway(t *testing.T) {
	nobody, err := Month(kept(t), 0)
	require.NoError(t, err)
	some, err := Month(kept(t), 20_000)
	require.NoError(t, err)
	twice, err := Month(kept(t), 40_000)
	require.NoError(t, err)
	require.Zero(t, nobody.Requests+nobody.SensorMessages+nobody.Connected)
	require.InEpsilon(t, 2*(some.Write-nobody.Write), twice.Write-nobody.Write, 1e-9)
	require.InEpsilon(t, 2*some.Requests, twice.Requests, 1e-9)
	require.InEpsilon(t, 2*(some.Calls-nobody.Calls), twice.Calls-nobody.Calls, 0.2,
		"sensors' messages come in fuller batches")
}

// Who opens the app to see whether it is for them pays for what stands there anyway.
func TestADeploymentForTwoHundredCostsLessThanTwentyFiveDollarsAMonthAndOneForMillionsACentAPerson(t *testing.T) {
	for people, dollars := range map[float64]float64{200: 25, 2_000_000: 20_000} {
		q, err := Month(kept(t), people)
		require.NoError(t, err)
		require.LessOrEqual(t, Together(q), dollars)
		require.NotZero(t, q.Alarms*q.Metrics*q.KeyCalls*q.Connected*q.OverLoRaWAN*q.Listings)
	}
	nobody, err := Month(kept(t), 0)
	require.NoError(t, err)
	require.Greater(t, nobody.QueueRequests, 5*650_000.0, "five queues are polled though nothing is in them")
}

func TestADayOfOnePersonIsReckonedFromTheFlows(t *testing.T) {
	m := model{Measured: kept(t)}
	q := &Quantities{}
	m.persons(q, 1)
	f := m.Flows
	require.InDelta(t,
		f["AvailabilityOfTwoHundredSpots"].Write+f["Reserve"].Write+0.15*f["Cancel"].Write+0.2*f["CheckInByHand"].Write+
			0.3*f["SearchAmongFiveHundred"].Write+f["WhoIsCallingAtTheFirstUseOfADay"].Write+
			f["DayCloseOfFortyPeople"].Write/40, q.Write, 1e-9)
	require.InDelta(t, 6.65, q.Requests, 1e-9)
}

func TestEachPriceSaysWhereItIsFrom(t *testing.T) {
	for _, p := range prices {
		require.Positive(t, p.Dollars, p.Unit)
		require.True(t, strings.HasPrefix(p.Source, confirmed) || strings.HasPrefix(p.Source, recalled), p.Unit)
	}
	require.Contains(t, Prices(), pricesOf)
}

func TestTheFirstLimitIsBeyondAMillionPeopleOfOneTimeZone(t *testing.T) {
	for _, l := range Limits(kept(t)) {
		require.Greater(t, l.People(), 1.0*million, l.What)
	}
	for _, quota := range Quotas(kept(t)) {
		if !strings.HasPrefix(quota.What, "mails") { // SES gives nothing to who doesn't ask
			require.Greater(t, quota.People(), 1.0*million, quota.What)
		}
	}
}

func TestEachLimitHasASourceAndSaysWhatTheDesignDoesThere(t *testing.T) {
	for _, l := range append(Limits(kept(t)), Quotas(kept(t))...) {
		require.NotEmpty(t, l.Source, l.What)
		require.NotEmpty(t, l.Then, l.What)
		require.Positive(t, l.People(), l.What)
	}
}
