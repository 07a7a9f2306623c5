// Package phototest holds whatever keeps photos to what is promised of it.
package phototest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
)

// Conforms holds a keeper to its promises: who has no photo has nil, a person has the last one put, a removal takes it
// away and may be repeated, and what is done for one person touches nobody else's, a colleague's neither (4.b.6).
func Conforms(t *testing.T, keeper account.Photos) {
	t.Helper()
	ann := identity.Person{Business: secret.ID(), User: secret.ID()}
	others := []identity.Person{{Business: ann.Business, User: secret.ID()}, {Business: secret.ID(), User: ann.User}}
	has := func(p identity.Person, want []byte) {
		t.Helper()
		got, err := keeper.Get(t.Context(), p)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	has(ann, nil)
	require.NoError(t, keeper.Remove(t.Context(), ann), "of nothing")
	for _, other := range others {
		require.NoError(t, keeper.Put(t.Context(), other, []byte("another's")))
	}
	has(ann, nil)
	for _, picture := range []string{"first", "second", "second"} {
		require.NoError(t, keeper.Put(t.Context(), ann, []byte(picture)))
		has(ann, []byte(picture))
	}
	for range 2 {
		require.NoError(t, keeper.Remove(t.Context(), ann))
		has(ann, nil)
	}
	for _, other := range others {
		has(other, []byte("another's"))
	}
}
