package screens_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAColleagueIsLetToReserveAndDoesAndItIsSeenByWhom_4_f_1(t *testing.T) {
	o := ownOffice(t)
	asks, _ := o.with(t, "Petra Principal", "petra@voorbeeld.example")
	acts, _ := o.with(t, "Dirk Delegate", "dirk@voorbeeld.example")
	asks.Goes("#/people")
	asks.Fills("Find a colleague", "Dirk")
	asks.Taps("DDDirk Delegate") // the initials are seen, and not read out
	asks.Taps("Let Dirk Delegate reserve for me")
	asks.Sees("may reserve for you")

	acts.Goes("#/people")
	acts.Sees("you may reserve for this colleague")
	acts.Taps("View: Petra Principal")
	acts.Sees("No spot in the month to come.")
	require.Empty(t, audit(acts))
	acts.Taps("Reserve a spot for Petra Principal")
	acts.Sees("You reserve for Petra Principal.")
	acts.Taps("0.01, free")
	acts.Settles()
	acts.Taps("Reserve ")
	acts.Sees("0.01 is reserved")

	asks.Goes("#/agenda")
	asks.Sees("reserved by Dirk Delegate")
}

func TestWhoActsReservesTheOthersOwnWorkplaceAndFindsTheirOwnAgainAfterwards_4_f_1(t *testing.T) {
	o := ownOffice(t)
	asks := o.newcomer(t, "Petra Principal", "petra@voorbeeld.example")
	acts, client := o.with(t, "Dirk Delegate", "dirk@voorbeeld.example")
	var dirk struct{ Colleagues []struct{ Colleague string } }
	require.NoError(t, asks.Send(t.Context(), "GET", "/colleagues?name=Dirk", nil, &dirk))
	require.NoError(t, asks.Send(t.Context(), "PUT", "/me/delegates/"+dirk.Colleagues[0].Colleague, nil, nil))
	for spot, email := range map[string]string{"0.01": "petra@voorbeeld.example", "0.02": "dirk@voorbeeld.example"} {
		require.NoError(t, o.admin.Send(t.Context(), "PUT", "/spots/"+o.desk(t, spot)+"/holder",
			map[string]any{"email": email}, nil))
	}
	var may struct{ Principals []struct{ Colleague string } }
	require.NoError(t, client.Send(t.Context(), "GET", "/me/delegates", nil, &may))
	acts.Goes("#/floor/" + o.floor(t) + "?for=" + may.Principals[0].Colleague)
	acts.Taps("0.02, somebody's own workplace")
	acts.Settles()
	acts.Taps("Reserve ")
	acts.Sees("The spot is a colleague's own, who has not given it free then.")
	acts.Taps("0.01, somebody's own workplace")
	acts.Settles()
	acts.Taps("Reserve ")
	acts.Sees("0.01 is reserved")
	acts.Taps("0.01, reserved, ")
	acts.Taps("For myself")
	acts.Taps("0.02, your own workplace")
	require.True(t, acts.Has(`[aria-label^="0.01, a colleague's own"], [aria-label^="0.01, taken"]`))
}
