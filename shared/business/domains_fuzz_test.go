package business

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
)

type answer []string

func (a answer) TXT(context.Context, string) ([]string, error) { return a, nil }

// FuzzRecords: whatever DNS answers, a domain is proved by the whole record only, in any case and with space around
// it. 3.d
func FuzzRecords(f *testing.F) {
	desk := Accounts{Keys: secret.Keys{secret.Domains: {secret.Key("a key of the test's own, 32 bytes")}}}
	wanted := desk.record("b", "acme.example")
	for _, text := range []string{wanted.Value, strings.ToUpper(wanted.Value), " " + wanted.Value + "\t",
		wanted.Value[1:], wanted.Value + wanted.Value,
		desk.record("c", "acme.example").Value, "", "\x00", "v=spf1 -all\n" + wanted.Value} {
		f.Add(text, "\n")
	}
	f.Fuzz(func(t *testing.T, text, between string) {
		desk.Records = answer(strings.Split(text, between))
		_, err := desk.seen(t.Context(), wanted, []string{wanted.Value})
		if err == nil {
			require.Contains(t, strings.ToLower(text), wanted.Value)
			return
		}
		var p *problem.Error
		require.ErrorAs(t, err, &p)
		require.Equal(t, problem.Unacceptable, p.Kind)
		require.NotContains(t, desk.Records, wanted.Value)
	})
}
