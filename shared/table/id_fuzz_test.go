package table_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// FuzzReservationID: what is taken for a reservation's id is written the same again, and leads to no other key.
func FuzzReservationID(f *testing.F) {
	for _, text := range []string{"20261123-aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb", "", "--",
		"20260230-aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb",
		"20261123-aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbb#", "2026112٣-aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb",
		"-0261123-aaaaaaaaaaaaaaaa-b"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, err := table.ParseReservationID(text)
		if err != nil {
			require.ErrorIs(t, err, table.ErrAbsent)
			return
		}
		require.Equal(t, text, id.String())
		require.True(t, secret.IsID(id.Location) && secret.IsID(id.Key))
		_, err = civil.ParseDate(string(id.Day))
		require.NoError(t, err)
	})
}
