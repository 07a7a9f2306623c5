package privacy_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/privacy"
)

func TestWhatCanBeObjectedToIsRecordedByItselfOrAPurposeThatNothingElseServes_7_object_5_purpose(t *testing.T) {
	require.Equal(t, []string{"4.d.4", "4.d.5", "4.e.1", "4.e.2", "5.transactions", "11.cookies", "a"},
		privacy.Objectionable())
	require.Equal(t, []string{"4.d.4", "5.transactions", "a"}, privacy.ObjectionableByGuests())
	for _, objection := range privacy.Objections() {
		require.NotEmpty(t, objection.Stops.NL, objection.To)
		require.NotEmpty(t, objection.Stops.EN, objection.To)
		if kind, ok := privacy.KindOf(privacy.Clause(objection.To)); ok {
			require.False(t, kind.Optional, "%s is given and cleared by the person", objection.To)
			require.NotEqual(t, privacy.Keep, kind.Fate, "%s is the customer's", objection.To)
		}
	}
}

func TestAnObjectionToAPurposeIsOneToEachKindThatServesIt_7_object(t *testing.T) {
	for _, kind := range privacy.Kinds {
		for _, purpose := range kind.Purposes {
			if purpose == privacy.Research {
				require.Contains(t, privacy.Objecting(kind.Clause), string(purpose), kind.Clause)
			} else {
				require.NotContains(t, privacy.Objecting(kind.Clause), string(purpose), "%s is needed", purpose)
			}
		}
	}
}
