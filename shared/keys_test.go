package shared_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/secret"
)

// A main asks for its keys by purpose, and starts with no other; of those it isn't given a use ends the function.
func TestAFunctionIsGivenTheKeysThatItAsksForAndNoOther_8_security(t *testing.T) {
	purposes := map[string]catalog.Variable{"Addresses": catalog.AddressKey, "SignIns": catalog.SignInKey,
		"StaffSignIns": catalog.StaffSignInKey, "Registrations": catalog.RegistrationKey,
		"NewAddresses": catalog.NewAddressKey, "Attempts": catalog.AttemptKey, "Guests": catalog.GuestKey,
		"Links": catalog.LinkKey, "Domains": catalog.DomainKey, "Looks": catalog.LookKey}
	require.Len(t, purposes, len(secret.Purposes))
	asked := regexp.MustCompile(`\bsecret\.([A-Z]\w+)\b`)
	for _, f := range catalog.Functions {
		source, err := os.ReadFile(filepath.Join("..", "functions", f.Name, "main.go"))
		require.NoError(t, err)
		var wanted, given []catalog.Variable
		for _, match := range asked.FindAllSubmatch(source, -1) {
			if variable, ok := purposes[string(match[1])]; ok {
				wanted = append(wanted, variable)
			}
		}
		for _, variable := range f.Variables {
			if variable.IsKey() {
				given = append(given, variable)
			}
		}
		require.ElementsMatch(t, wanted, given, f.Name)
	}
}
