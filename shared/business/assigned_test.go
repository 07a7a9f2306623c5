package business_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/business"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/privacy"
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
	floor := table.Floor{ID: table.IDWithin(at.ID, secret.ID()), Location: at.ID, Name: "Third floor",
		Site: at.Site()}
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
	for _, email := range []string{"ben@example.com", "nobody@example.com", " BEN@example.com\n", "noone@example.com",
		"ben@example.com"} {
		_, err := f.desk.AssignSpot(t.Context(), ann, business.HolderInput{Spot: desk, Email: email})
		require.NoError(t, err, email)
		spot, err := f.desk.Tables.SpotNow(t.Context(), ann.Business, desk)
		require.NoError(t, err)
		require.False(t, marks[spot.Assigned], "a mark tells nothing of whom it was before")
		marks[spot.Assigned] = true
		own, err := f.desk.Tables.OwnNow(t.Context(), ben.Person)
		require.NoError(t, err)
		require.Equal(t, email[0] != 'n', len(own.Workplaces) == 1, email)
	}
	before := f.dumpUncounted()
	for _, elsewhere := range []string{"eve@example.org", "nobody@example.org", "ben@exampel.com"} {
		_, err := f.desk.AssignSpot(t.Context(), ann, business.HolderInput{Spot: desk, Email: elsewhere})
		requireProblem(t, problem.Unacceptable, err)
	}
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
	own, err := f.desk.Tables.OwnNow(t.Context(), ben.Person)
	require.NoError(t, err)
	require.Empty(t, own.Workplaces)
}

// A restored directory can have a spot with a mark that it no longer had. Its holder could neither reserve it nor give
// it free until it is assigned again, to them too.
func TestAfterARestoreAWorkplaceIsItsHoldersWhenItIsAssignedAgain_4_f_1(t *testing.T) {
	f := start(t)
	ann := f.open("ann@example.com", "example.com")
	ben := f.caller(f.register("ben@example.com"))
	desk, _ := f.spots(ann)
	again := func() (spot table.Spot, own table.Assignment) {
		_, err := f.desk.AssignSpot(t.Context(), ann, business.HolderInput{Spot: desk, Email: "ben@example.com"})
		require.NoError(t, err)
		spot, err = f.desk.Tables.SpotNow(t.Context(), ann.Business, desk)
		require.NoError(t, err)
		own, err = f.desk.Tables.Assignment(t.Context(), ben.Person, desk)
		require.NoError(t, err)
		return spot, own
	}
	backedUp, _ := again()
	backup := f.db.Dump(t, privacy.Directory)
	_, err := f.desk.UnassignSpot(t.Context(), ann, business.SpotInput{Spot: desk})
	require.NoError(t, err)
	now, _ := again()
	require.NotEqual(t, backedUp.Assigned, now.Assigned)
	f.db.Return(t, privacy.Directory, backup)
	spot, own := again()
	require.Equal(t, spot.Assigned, own.Mark)
	require.Equal(t, "You now have a workplace of your own", f.mail.Last(t, "ben@example.com").Subject)
}

// Whose workplace it is was not asked (GDPR art. 14): they are told, and so is whose it was, and nobody else.
func TestWhoseWorkplaceItIsAndWhoIsInAGroupIsToldThemByMail_4_f_1(t *testing.T) {
	f := start(t)
	ann := f.open("ann@example.com", "example.com")
	f.register("ben@example.com")
	f.register("eva@example.com")
	desk, _ := f.spots(ann)
	group, err := f.desk.AddGroup(t.Context(), ann, business.AddGroup{IdempotencyKey: "the-one-key",
		Name: "Research"})
	require.NoError(t, err)
	sent := len(f.mail.Sent())
	courier := notice.Courier{Tables: f.desk.Tables, Mail: f.mail, Now: f.db.Clock.Now}
	told := func(subjects ...string) { // to whom and what, in the order of the mails
		t.Helper()
		require.NoError(t, courier.Round(t.Context()))
		var all []string
		for _, message := range f.mail.Sent()[sent:] {
			all = append(all, message.To+": "+message.Subject)
		}
		require.Equal(t, subjects, all)
		sent = len(f.mail.Sent())
	}
	assign := func(email string) {
		t.Helper()
		_, err := f.desk.AssignSpot(t.Context(), ann, business.HolderInput{Spot: desk, Email: email})
		require.NoError(t, err)
	}
	assign("ben@example.com")
	require.Contains(t, f.mail.Last(t, "ben@example.com").Text, "3.14 at Head office your own workplace")
	told("ben@example.com: You now have a workplace of your own")
	assign("eva@example.com")
	told("eva@example.com: You now have a workplace of your own",
		"ben@example.com: A workplace is no longer yours alone")
	assign("nobody@example.com")
	told("eva@example.com: A workplace is no longer yours alone")
	assign("ben@example.com")
	for range 2 {
		_, err := f.desk.UnassignSpot(t.Context(), ann, business.SpotInput{Spot: desk})
		require.NoError(t, err)
	}
	told("ben@example.com: You now have a workplace of your own",
		"ben@example.com: A workplace is no longer yours alone")
	f.db.Clock.Move(time.Hour) // a mailbox has room for so many in an hour
	for _, member := range []bool{false, true, false, false} {
		_, err := f.desk.SetMember(t.Context(), ann,
			business.MemberInput{Group: group.ID, Email: "ben@example.com", Member: member})
		require.NoError(t, err)
	}
	told("ben@example.com: You are now in a group with iotspot",
		"ben@example.com: You are no longer in a group with iotspot")
}
