package catalog_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/catalog"
)

// 7.overview: both say what has a backup, and until when what was erased is in it.
func TestTheTablesThatHaveABackupAreThoseThatTheOverviewAndTheStatementName(t *testing.T) {
	var backed []catalog.Resource
	for _, table := range catalog.Tables {
		if table.Backup != catalog.NoBackup {
			require.Equal(t, catalog.OneDay, table.Backup)
			backed = append(backed, table.Name)
		}
	}
	require.Equal(t, []catalog.Resource{catalog.Directory, catalog.Insight}, backed,
		"registration data, and statistics without persons")
}
