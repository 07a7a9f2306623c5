package overview_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

func TestOnesOwnWorkplaceAndDaysAwayAreInTheOverview_4_f_1_4_f_2_7_overview(t *testing.T) {
	s := begin(t)
	spot, err := s.tables.SpotNow(t.Context(), s.Business, s.Desks[0])
	require.NoError(t, err)
	require.NoError(t, s.tables.Assign(t.Context(), table.Assigning{Business: s.Business, Spot: spot,
		To:   s.noor.Person,
		Mark: "themarkonthesign", On: "2026-11-20"}))
	desk := booking.Bookings{Tables: s.tables, Now: s.db.Clock.Now}
	_, err = desk.GoAway(t.Context(), s.noor, booking.AwayInput{Span: booking.Span{From: "2026-11-24",
		To: "2026-11-24"}})
	require.NoError(t, err)
	seen, err := s.desk.View(t.Context(), s.noor, struct{}{})
	require.NoError(t, err)
	for clause, says := range map[privacy.Clause][]string{
		"4.f.1": {"your own workplace, since ", "themarkonthesign"},
		"4.f.2": {": away", " given free", "2026-11-24"},
	} {
		told, err := json.Marshal(section(t, seen, clause).Values)
		require.NoError(t, err)
		for _, words := range says {
			require.Contains(t, string(told), words)
		}
	}
	require.Len(t, section(t, seen, "4.f.2").Values, 2)
}
