package enginetest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

// Tie ties a sensor to one of the office's spots.
func (o *Office) Tie(t testing.TB, spot, hardware, model string) {
	t.Helper()
	tables := o.db.Tables()
	old, err := tables.SpotNow(t.Context(), o.Business, spot)
	require.NoError(t, err)
	with := old.FloorSpot
	with.Sensors = append([]string{hardware}, old.Sensors...)
	require.NoError(t, tables.ChangeFloors(t.Context(), o.Business,
		table.FloorChange{Location: o.Location.ID, Floor: o.Floor,
			Spots: []table.SpotChange{{ID: spot, Old: &old.FloorSpot, New: &with,
				Models: map[string]string{hardware: model}}}}))
}

// Open puts the office on the list of those whose days are watched and closed, from a date on.
func (o *Office) Open(t testing.TB, from civil.Date) {
	t.Helper()
	o.db.write(t, privacy.Directory, "locations", "open#"+o.Location.ID, table.OpenDays{
		Business: o.Business, Zone: o.Location.Zone, OpenFrom: from, Floors: []string{o.Floor}}, nil)
}

// Object lets a person object to something (7.object).
func (o *Office) Object(t testing.TB, user, to string) {
	t.Helper()
	p := identity.Person{Business: o.Business, User: user}
	o.db.write(t, privacy.Directory, table.PersonPartition(p), "user", struct {
		Business   string   `dynamo:"business"`
		Objections []string `dynamo:"objections"`
	}{o.Business, []string{to}}, nil)
}
