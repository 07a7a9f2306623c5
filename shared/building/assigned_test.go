package building_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

// What an administrator made somebody's own they also hear the end of, with whatever of the building it goes.
func TestWhoLosesTheirWorkplaceWithAPartOfTheBuildingIsToldOnceByMail_4_f_1(t *testing.T) {
	for name, removed := range map[string]func(*office, building.Spot) error{
		"the spot": func(o *office, spot building.Spot) error {
			_, err := o.b.RemoveSpot(o.t.Context(), o.manager, building.RemoveSpot{Spot: spot.ID})
			return err
		},
		"the floor": func(o *office, spot building.Spot) error {
			_, err := o.b.RemoveFloor(o.t.Context(), o.manager, building.RemoveFloor{Floor: spot.Floor})
			return err
		},
		"the location": func(o *office, spot building.Spot) error {
			_, err := o.b.RemoveLocation(o.t.Context(), o.manager, building.RemoveLocation{Location: spot.Location})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			o, post := newOffice(t), &mailtest.Recorder{}
			spot := o.spot(o.floor(o.location("Head office").ID, "Third").ID, "3.14")
			ann := o.person()
			o.db.Put(t, privacy.Directory, table.PersonPartition(ann), "user", map[string]any{"business": ann.Business,
				"member_of": table.MemberOf(ann), "name": "Ann", "email": "ann@customer.example", "language": "en",
				"consent_version": privacy.StatementVersion})
			assigned, err := o.tables.SpotNow(t.Context(), ann.Business, spot.ID)
			require.NoError(t, err)
			require.NoError(t, o.tables.Assign(t.Context(), table.Assigning{Business: ann.Business, Spot: assigned, To: ann,
				Mark: "mmmmmmmmmmmmmmmm", On: "2026-11-20"}))
			o.db.Clean(t, "told#")

			require.NoError(t, removed(o, spot))
			courier := notice.Courier{Tables: o.tables, Mail: post, Now: o.db.Clock.Now}
			for range 2 {
				require.NoError(t, courier.Round(t.Context()))
			}
			require.Len(t, post.Sent(), 1)
			require.Equal(t, "A workplace is no longer yours alone", post.Last(t, "ann@customer.example").Subject)
			require.Contains(t, post.Last(t, "ann@customer.example").Text, "3.14")
			o.db.Clean(t, "told#", "assigned#", "holder#")
		})
	}
}

// The mail is a part of the same write: whoever has the one has the other.
func TestNoWorkplaceIsTakenFromSomebodyWithoutTheMailThatSaysSo_4_f_1(t *testing.T) {
	faults := &enginetest.Faults{}
	for call := 1; ; call++ {
		o := newOffice(t)
		spot := o.spot(o.floor(o.location("Head office").ID, "Third").ID, "3.14")
		ann := o.person()
		o.db.Put(t, privacy.Directory, table.PersonPartition(ann), "user", map[string]any{"business": ann.Business,
			"name": "Ann", "consent_version": privacy.StatementVersion})
		assigned, err := o.tables.SpotNow(t.Context(), ann.Business, spot.ID)
		require.NoError(t, err)
		require.NoError(t, o.tables.Assign(t.Context(), table.Assigning{Business: ann.Business, Spot: assigned, To: ann,
			Mark: "mmmmmmmmmmmmmmmm", On: "2026-11-20"}))
		faults.Arm(call, false, true)
		o.b.Tables = o.db.Faulty(faults)
		_, err = o.b.RemoveSpot(t.Context(), o.manager, building.RemoveSpot{Spot: spot.ID})
		own, unread := o.tables.OwnNow(t.Context(), ann)
		require.NoError(t, unread)
		told, unread := o.tables.ToTell(t.Context(), ann)
		require.NoError(t, unread)
		require.NotEqual(t, len(own.Workplaces), len(told), "call %d", call)
		if err == nil {
			return
		}
	}
}
