package table

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// The key map at the top of keys.go is read by people; this reads it back from the functions.
func TestKeysAreThoseOfTheKeyMap(t *testing.T) {
	p, place := identity.Person{Business: "B", User: "U"}, Place{Business: "B", Location: "L", Floor: "F", Spot: "S"}
	for _, c := range []struct {
		of     key
		pk, sk string
	}{
		{accountKey("B"), "b#B", "account"},
		{locationKey("B", "L"), "b#B", "location#L"},
		{floorKey("B", "F"), "b#B", "floor#F"},
		{spotKey("B", "S"), "b#B", "spot#S"},
		{sensorKey("H"), "sensor#H", "sensor"},
		{soleLive("H"), "sensor#H", "live"},
		{openDaysKey("L"), "locations", "open#L"},
		{domainKey("acme.example"), "domain#acme.example", "domain"},
		{addressKey("hash"), "address#hash", "address"},
		{userKey(p), "B#u#U", "user"},
		{favouriteKey(p, "S"), "B#u#U", "favourite#S"},
		{sessionKey(p, "hash"), "B#u#U", "session#hash"},
		{personSheetKey(p, "2026-11-25", "L"), "B#u#U", "day#2026-11-25#L"},
		{spotSheetKey(place, "2026-11-25"), "B#L#F#2026-11-25", "spot#S"},
		{searchesKey(p, "L", "2026-11-25"), "B#L#2026-11-25", "search#U"},
		{jobKey(p), "erasures", "erasure#B#U"},
		{contractKey("B"), "contracts", "contract#B"},
		{figuresKey("B", "L", "2026-11-25"), "B#L", "day#2026-11-25"},
		{waitingKey("hash", p), "waiting#hash", "waiting#B#U"},
		{staffKey(p), "staff", "staff#U"},
		{sweepMarkKey(), "mark#sweep", "mark"},
	} {
		require.Equal(t, []string{c.pk, c.sk}, []string{c.of.pk, c.of.sk}, c.of.item.Name)
		found, ok := privacy.ItemAt(c.of.item.Store, c.sk)
		require.True(t, ok)
		require.Equal(t, c.of.item.Name, found.Name, "an item is known by how its sort key begins")
	}
	require.Equal(t, p, personOf(PersonPartition(p)))
}
