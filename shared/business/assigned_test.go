package business_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/business"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// spots are a desk and a room of an account's.
func (f *fixture) spots(of identity.Caller) (desk, room string) {
	zone, err := civil.LoadZone("Europe/Amsterdam")
	require.NoError(f.t, err)
	at := table.Location{ID: secret.ID(), Name: "Head office", Zone: zone, Opens: "07:00", Closes: "19:00"}
	require.NoError(f.t, f.desk.Tables.CreateLocation(f.t.Context(), of.Business, at, "2026-11-23"))
	floor := table.Floor{ID: table.IDWithin(at.ID, secret.ID()), Location: at.ID, Name: "Third floor", Site: at.Site()}
	require.NoError(f.t, f.desk.Tables.CreateFloor(f.t.Context(), of.Business, floor))
	desk, room = table.IDWithin(at.ID, secret.ID()), table.IDWithin(at.ID, secret.ID())
	require.NoError(f.t, f.desk.Tables.ChangeFloors(f.t.Context(), of.Business, table.FloorChange{Location: at.ID,
		Floor: floor.ID, Spots: []table.SpotChange{
			{ID: desk, New: &table.FloorSpot{Name: "3.14", Category: table.Workplace, Type: "desk"}},
			{ID: room, New: &table.FloorSpot{Name: "Rembrandt", Category: table.Room, Type: "meeting_room"}}}}))
	return desk, room
}

// Whoever the address is of, the answer and the plan are the same; that it is theirs is seen by a colleague alone.
func TestWhoAssignsAWorkplaceLearnsNotWhetherThereIsSomebody_4_f_1(t *testing.T) {
	f := start(t)
	ann := f.open("ann@example.com", "example.com")
	f.open("eve@example.org", "example.org")
	ben := f.caller(f.register("ben@example.com"))
	desk, room := f.spots(ann)
	marks := map[string]bool{}
	for _, email := range []string{"ben@example.com", "nobody@example.com", " BEN@example.com\n", "eve@example.org",
		"ben@example.com"} {
		_, err := f.desk.AssignSpot(t.Context(), ann, business.HolderInput{Spot: desk, Email: email})
		require.NoError(t, err, email)
		spot, err := f.desk.Tables.SpotNow(t.Context(), ann.Business, desk)
		require.NoError(t, err)
		require.False(t, marks[spot.Assigned], "a mark tells nothing of whom it was before")
		marks[spot.Assigned] = true
		own, err := f.desk.Tables.Own(t.Context(), ben.Person, true)
		require.NoError(t, err)
		require.Equal(t, email[0] != 'n' && email[0] != 'e', len(own.Workplaces) == 1, email)
	}
	before := f.dumpUncounted()
	_, err := f.desk.AssignSpot(t.Context(), ann, business.HolderInput{Spot: desk, Email: "ben@example.com"})
	require.NoError(t, err)
	require.Equal(t, before, f.dumpUncounted(), "again for whose it is")

	for id, want := range map[string]problem.Kind{room: problem.Unacceptable, "aaaaaaaaaaaaaaaa": problem.NotFound} {
		_, err := f.desk.AssignSpot(t.Context(), ann, business.HolderInput{Spot: id, Email: "ben@example.com"})
		requireProblem(t, want, err)
	}
	for range 2 {
		_, err = f.desk.UnassignSpot(t.Context(), ann, business.SpotInput{Spot: desk})
		require.NoError(t, err)
	}
	own, err := f.desk.Tables.Own(t.Context(), ben.Person, true)
	require.NoError(t, err)
	require.Empty(t, own.Workplaces)
}
