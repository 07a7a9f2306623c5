package report

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestANumberThatIsAboutOneToFourPeopleIsNotLogged(t *testing.T) { // art. 5
	require.Equal(t, map[string]int{"no-show": 5, "arrival": 120},
		shown(map[string]int{"no-show": 5, "arrival": 120, "vacant": 4, "silent": 1, "kept": 0}))
}
