package overview

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/words"
)

func TestThePagesThatOneOpenedAreNamedInBothLanguages_11_cookies(t *testing.T) {
	for _, name := range api.UsageTag.Operation().Parameters[0].Schema.Enum {
		require.NotEmpty(t, pages[name].NL, name)
		require.NotEmpty(t, pages[name].EN, name)
	}
	opened := Opened{Date: "2026-11-23", Location: "Utrecht", Pages: map[string]int{"today": 2, "account": 1},
		Browsers: map[string]int{"firefox": 2, "other": 1}}
	require.Equal(t, words.Text{
		NL: "23 november 2026, Utrecht: mijn gegevens 1×, vandaag 2×, firefox 2×, een andere browser 1×",
		EN: "23 November 2026, Utrecht: my data 1×, today 2×, firefox 2×, another browser 1×"}, opened.words())
}
