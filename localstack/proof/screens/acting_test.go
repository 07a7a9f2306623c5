package screens_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/bundle"
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
	axe, err := os.ReadFile(filepath.Join(bundle.Source(), "node_modules", "axe-core", "axe.min.js"))
	require.NoError(t, err)
	require.Empty(t, audit(acts, string(axe)))
	acts.Taps("Reserve a spot for Petra Principal")
	acts.Sees("You reserve for Petra Principal.")
	acts.Taps("0.01, free")
	acts.Settles()
	acts.Taps("Reserve ")
	acts.Sees("0.01 is reserved")

	asks.Goes("#/agenda")
	asks.Sees("reserved by Dirk Delegate")
}
