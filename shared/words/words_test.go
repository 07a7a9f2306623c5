package words_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/words"
)

func TestWhoChoseNothingIsSpokenToInDutch(t *testing.T) {
	for chosen, spoken := range map[string]string{"": "nl", "nl": "nl", "en": "en", "de": "nl"} {
		require.Equal(t, spoken, words.LanguageOf(chosen))
	}
	require.Equal(t, "dag", words.Text{NL: "dag", EN: "day"}.In("nl"))
	require.Equal(t, "day", words.Text{NL: "dag", EN: "day"}.In("en"))
}

func TestADayAndAMomentAreToldInBothLanguages(t *testing.T) {
	require.Equal(t, words.Text{NL: "1 maart 2027", EN: "1 March 2027"}, words.Day("2027-03-01"))
	amsterdam, err := civil.LoadZone("Europe/Amsterdam")
	require.NoError(t, err)
	require.Equal(t, words.Text{NL: "1 maart 2027 00:30 (Europe/Amsterdam)",
		EN: "1 March 2027 00:30 (Europe/Amsterdam)"},
		words.Moment(time.Date(2027, time.February, 28, 23, 30, 0, 0, time.UTC), amsterdam))
}
