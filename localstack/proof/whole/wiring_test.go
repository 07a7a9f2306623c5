package whole

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/catalog"
)

func TestEveryFunctionOfTheCatalogThatNoRequestStartsIsPartOfTheWorld(t *testing.T) {
	w := New(t, time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC))
	started := w.functions(w)
	for _, f := range catalog.Functions {
		_, here := started[f.Name]
		require.Equal(t, len(f.Operations()) == 0, here, f.Name)
		delete(started, f.Name)
	}
	require.Empty(t, started, "what is no function")
}
