package building_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
)

// ids are those of all that the account has of a building, by what it is called.
func (o *office) ids(business string) map[string]string {
	o.t.Helper()
	caller := identity.Caller{Person: identity.Person{Business: business, User: secret.ID()}, Role: identity.Manager}
	list, err := o.b.Locations(o.t.Context(), caller, struct{}{})
	require.NoError(o.t, err)
	ids := map[string]string{}
	for _, location := range list.Locations {
		ids[location.Name] = location.ID
		for _, f := range location.Floors {
			ids[f.Name] = f.ID
			floor, err := o.b.Floor(o.t.Context(), caller, building.FloorID{Floor: f.ID})
			require.NoError(o.t, err)
			for _, zone := range floor.Zones {
				ids[zone.Name] = zone.ID
			}
			for _, spot := range floor.Spots {
				ids[spot.Name] = spot.ID
			}
		}
	}
	return ids
}

// 3.e 10.share: an id stands in the URL of a shared spot. Two offices load the same file, each the first time, and
// one of them once more after all was lost.
func TestTheIdsOfABuildingFollowFromItsAccountAndFileAndSayNothingOfNames_3_e_10_share(t *testing.T) {
	file := strings.ReplaceAll(small, "24E124535B316056,milesight-vs341", ",") // a sensor belongs to one account
	file = strings.ReplaceAll(file, "room-1,own", ",")
	one := newOffice(t)
	load := func(o *office) map[string]string {
		_, err := o.load(file, "text/csv", "")
		require.NoError(t, err)
		return o.ids(o.manager.Business)
	}
	first := load(one)
	require.Len(t, first, 7, "a location, two floors, a zone and three spots")
	require.Equal(t, first, load(one), "the same file again")

	other := officeIn(t, one.db)
	others := load(other)
	require.Len(t, others, 7)
	again := newOffice(t)
	again.manager.Business = one.manager.Business
	again.put("b#"+again.manager.Business, "account")
	require.Equal(t, first, load(again), "the same account and file where nothing was before")

	seen := map[string]bool{}
	for name, id := range first {
		require.True(t, secret.IsID(id), name)
		require.NotEqual(t, id, others[name], "another account's %s", name)
		require.NotContains(t, seen, id)
		seen[id] = true
		require.NotEqual(t, secret.DerivedID(name), id, "%s can't be found by its name alone", name)
		for word := range strings.FieldsSeq(strings.ToLower(name)) {
			require.False(t, len(word) > 3 && strings.Contains(id, word), "%s is in %s", name, id)
		}
	}
}
