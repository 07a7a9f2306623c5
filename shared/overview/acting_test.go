package overview_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

func TestWhoActsForWhomAndWhoMadeAReservationIsInTheOverviewOfBoth_4_f_1_7_overview(t *testing.T) {
	s := begin(t)
	ben := s.Person(t)
	s.db.Put(t, privacy.Directory, table.PersonPartition(ben.Person), "user", map[string]any{"business": s.Business,
		"name": "Ben", "consent_version": privacy.StatementVersion})
	desk := booking.Bookings{Tables: s.tables, Now: s.db.Clock.Now}
	_, err := desk.AllowDelegate(t.Context(), s.noor, booking.ColleagueInput{Colleague: ben.User})
	require.NoError(t, err)
	_, err = desk.ReserveFor(t.Context(), ben, booking.ReserveForInput{
		PrincipalInput: booking.PrincipalInput{Principal: s.noor.User}, Spot: s.Desks[0],
		Period: booking.Period{Date: "2026-11-24", From: "09:00", To: "12:00"}, Key: "acting-key"})
	require.NoError(t, err)
	for who, says := range map[identity.Caller][]string{
		s.noor: {"Ben may reserve and cancel for you, since ", "made by Ben", "an e-mail about it is on its way"},
		ben: {"Noor Jansen: for whom you may reserve", "reserved by you for Noor Jansen",
			"an e-mail about it is on its way"},
	} {
		seen, err := s.desk.View(t.Context(), who, struct{}{})
		require.NoError(t, err)
		told, err := json.Marshal(append(section(t, seen, "4.f.1").Values, section(t, seen, "4.d.2").Values...))
		require.NoError(t, err)
		for _, words := range says {
			require.Contains(t, string(told), words)
		}
	}
}

func TestThatAWorkplaceIsOnesOwnNoMoreIsInTheOverviewUntilTheMailHasGone_4_f_1_7_overview(t *testing.T) {
	s := begin(t)
	spot, err := s.tables.SpotNow(t.Context(), s.Business, s.Desks[0])
	require.NoError(t, err)
	s.db.Put(t, privacy.Directory, table.PersonPartition(s.noor.Person), "user", map[string]any{"business": s.Business,
		"name": "Noor Jansen", "consent_version": privacy.StatementVersion})
	require.NoError(t, s.tables.Assign(t.Context(), table.Assigning{Business: s.Business, Spot: spot,
		To: s.noor.Person, Mark: "mmmmmmmmmmmmmmmm", On: "2026-11-23"}))
	spot.Assigned = "mmmmmmmmmmmmmmmm"
	require.NoError(t, s.tables.Unassign(t.Context(), s.Business, spot, "2026-11-23"))
	seen, err := s.desk.View(t.Context(), s.noor, struct{}{})
	require.NoError(t, err)
	told, err := json.Marshal(section(t, seen, "4.f.1").Values)
	require.NoError(t, err)
	require.Contains(t, string(told), "3.00, "+s.Location.Name+" (an e-mail about it is on its way)")
	require.NotContains(t, string(told), `"from"`)
}
