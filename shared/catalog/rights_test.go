package catalog_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/catalog"
)

func TestWhoReadsObjectsCanTellAnAbsentOneFromAForbiddenOne(t *testing.T) {
	for _, function := range catalog.Functions {
		for _, right := range function.Rights {
			require.Equal(t, slices.Contains(right.Actions, catalog.GetObject),
				slices.Contains(right.Actions, catalog.ListObjects), "%s on %s", function.Name, right.On)
		}
	}
}
