package controller_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/privacy"
)

// 14.contact
func TestAControllerWithoutAContactThatPeopleReadIsRefused(t *testing.T) {
	require.NoError(t, controllertest.Example.Check())
	for name, broken := range map[string]func(*controller.Controller){
		"controller":   func(c *controller.Controller) { c.Name = "" },
		"contact":      func(c *controller.Controller) { c.Contact = "" },
		"contact is":   func(c *controller.Controller) { c.Contact = c.Support },
		"support":      func(c *controller.Controller) { c.Support = "nobody" },
		"authority":    func(c *controller.Controller) { c.Authority = "" },
		"authorityUrl": func(c *controller.Controller) { c.AuthorityURL = "http://plain.example" },
		"terms":        func(c *controller.Controller) { c.Terms = "javascript:alert(1)" },
		"security":     func(c *controller.Controller) { c.Security = "" },
		"bases": func(c *controller.Controller) {
			c.Bases = map[privacy.Clause]privacy.Basis{"4.d.2": privacy.Consent} // without it there is no service
		},
	} {
		c := controllertest.Example
		broken(&c)
		require.ErrorContains(t, c.Check(), "context "+name)
	}
}

func TestAFunctionReadsTheControllerThatItsEnvironmentHolds(t *testing.T) {
	t.Setenv(controller.Variable, controllertest.Example.Encode())
	t.Setenv(controller.SiteVariable, "https://api.example/")
	t.Setenv(controller.RegionVariable, "eu-west-1")
	read, err := controller.FromEnvironment()
	require.NoError(t, err)
	require.Equal(t, controllertest.Example, read)
	t.Setenv(controller.Variable, "iotspot B.V.")
	_, err = controller.FromEnvironment()
	require.ErrorContains(t, err, "CONTROLLER")
}

func TestTheBasisOfAKindIsTheRegistersFirstWhereTheControllerChoosesNone(t *testing.T) {
	kind, _ := privacy.KindOf("4.d.4")
	require.Equal(t, privacy.Consent, controllertest.Example.Basis(kind))
	chosen, err := controller.ParseBases("4.d.4=legitimate interest, 11.cookies=consent")
	require.NoError(t, err)
	c := controllertest.Example
	c.Bases = chosen
	require.NoError(t, c.Check())
	require.Equal(t, privacy.Interest, c.Basis(kind))
	_, err = controller.ParseBases("4.d.4")
	require.ErrorContains(t, err, "accepted")
}
