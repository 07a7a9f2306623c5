package colleague_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/colleague"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/sensor"
	"github.com/iotspot/iotspot/shared/table"
)

func (h house) list(t testing.TB, who identity.Caller) (colleague.Emergency, error) {
	t.Helper()
	return h.finder.EmergencyList(t.Context(), who, colleague.EmergencyInput{Location: h.Location.ID})
}

func (h house) officer(t testing.TB) identity.Caller {
	t.Helper()
	officer := h.member(t, "Olga Officer")
	h.change(t, officer, changes{"4.b.4": true})
	require.NoError(t, h.tables.ConfirmOfficer(t.Context(), officer.Person, true))
	return officer
}

func TestOnesOwnWordOpensNoEmergencyListAndNeitherDoesTheCustomersAlone_4_b_4(t *testing.T) {
	h := newHouse(t)
	said, named, officer := h.member(t, "Sam Said"), h.member(t, "Nora Named"), h.officer(t)
	h.change(t, said, changes{"4.b.4": true})
	require.NoError(t, h.tables.ConfirmOfficer(t.Context(), named.Person, true))
	for _, who := range []identity.Caller{said, named, h.member(t, "Ulla User"),
		{Person: said.Person, Role: identity.Administrator}} {
		_, err := h.list(t, who)
		requireUnknown(t, err)
	}
	_, err := h.list(t, officer)
	require.NoError(t, err)

	require.NoError(t, h.tables.ConfirmOfficer(t.Context(), officer.Person, false))
	_, err = h.list(t, officer)
	requireUnknown(t, err)

	require.NoError(t, h.tables.ConfirmOfficer(t.Context(), officer.Person, true))
	h.change(t, officer, changes{"4.b.4": nil})
	h.change(t, officer, changes{"4.b.4": true})
	_, err = h.list(t, officer)
	requireUnknown(t, err)
}

func TestToWhoIsNoOfficerTheListIsAsUnknownAsABuildingThatIsNotThere_8_security(t *testing.T) {
	h := newHouse(t)
	who := h.member(t, "Ulla User")
	var meter enginetest.Meter
	finder := colleague.Finder{Tables: h.db.Metered(&meter), Now: h.db.Clock.Now}
	_, err := finder.EmergencyList(t.Context(), who, colleague.EmergencyInput{Location: h.Location.ID})
	requireUnknown(t, err)
	forbidden := meter.Reset()
	_, err = finder.EmergencyList(t.Context(), who, colleague.EmergencyInput{Location: secret.ID()})
	requireUnknown(t, err)
	require.Equal(t, meter.Usage(), forbidden)

	other := houseIn(t, h.db)
	_, err = h.finder.EmergencyList(t.Context(), h.officer(t), colleague.EmergencyInput{Location: other.Location.ID})
	requireUnknown(t, err)
}

// 4.d.4: a sensor that says each hour that somebody is there is believed over the beats that it misses, whatever the
// location's setting, and no longer.
func TestTheEmergencyListHasASpotOverTheBeatsThatItsSensorMisses_4_d_4(t *testing.T) {
	h := newHouse(t)
	officer, now := h.officer(t), h.db.Clock.Now()
	every := table.HeardEvery(sensor.BrowanTBMS100.Silence(5 * time.Minute))
	require.NoError(t, h.tables.Sense(t.Context(), h.Place(h.Desks[0]), "2026-11-23", now.Add(20*time.Hour), "s",
		table.Occupancy{Occupied: true, Since: now.Unix(), Heard: now.Unix(), Every: int64(every.Seconds())}, nil))
	for silent, listed := range map[time.Duration]int{time.Hour: 1, 2*time.Hour + time.Minute: 1, 200 * time.Minute: 0} {
		h.db.Clock.Set(now.Add(silent))
		list, err := h.list(t, officer)
		require.NoError(t, err)
		require.Len(t, list.Occupied, listed, "%s after its last word", silent)
	}
}

func TestTheEmergencyListHasEverySpotWhereSomebodyIsAndNamesOnlyWhoShowsIt_7_shield_4_d_4(t *testing.T) {
	h := newHouse(t)
	officer := h.officer(t)
	open, byDefault, invisible, late := h.member(t, "Ben Open"), h.member(t, "Dan Default"),
		h.member(t, "Iris Invisible"), h.member(t, "Lea Later")
	h.change(t, open, changes{"7.shield": []string{"4.b.1"}})
	h.change(t, invisible, changes{"7.shield": []string{"4.a.1"}})
	h.change(t, late, changes{"7.shield": []string{}})
	for i, who := range []identity.Caller{open, byDefault, invisible} {
		h.sits(t, who, h.Desks[i])
	}
	list, err := h.list(t, officer)
	require.NoError(t, err)
	require.Len(t, list.Occupied, 3, "who has not come is not in it")
	require.Equal(t, "Head office", list.Name)
	for i, wanted := range []string{"Ben Open", "", ""} {
		require.Equal(t, wanted, list.Occupied[i].Person)
		require.Equal(t, h.Desks[i], list.Occupied[i].Spot)
		require.Equal(t, "Third floor", list.Occupied[i].FloorName)
		require.Equal(t, "Window side", list.Occupied[i].ZoneName)
	}
	h.change(t, open, changes{"7.shield": allBut("4.a.1")})
	list, err = h.list(t, officer)
	require.NoError(t, err)
	require.Empty(t, list.Occupied[0].Person, "a shield takes effect at once")

	found, err := h.tables.SearchesOf(t.Context(), officer.Person, h.Location.ID, "2026-11-23")
	require.NoError(t, err)
	require.Equal(t, table.Searches{User: officer.User, Colleagues: 2, DayEnds: found.DayEnds}, found,
		"looking is counted (5.transactions)")

	h.db.Clock.Move(8 * time.Hour)
	list, err = h.list(t, officer)
	require.NoError(t, err)
	require.Empty(t, list.Occupied, "their time is over")
}
