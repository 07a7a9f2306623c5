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
	at := time.Date(2027, time.February, 28, 23, 30, 0, 0, time.UTC)
	require.Equal(t, words.Text{NL: "1 maart 2027, 00:30 uur", EN: "1 March 2027, 00:30"},
		words.Moment(at, amsterdam))
	require.Equal(t, words.Text{NL: "tot 1 maart 2027, 00:30 uur", EN: "until 1 March 2027, 00:30"},
		words.Until(at, amsterdam))
	require.Equal(t, words.Text{NL: "t/m 28 februari 2027", EN: "up to and including 28 February 2027"},
		words.Until(at.Add(-30*time.Minute), amsterdam), "nobody reads midnight as the end of the day before")
	require.Equal(t, "Amsterdam", words.Zone(amsterdam))
	for last, said := range map[civil.Date]words.Text{
		"2027-03-01": {NL: "1 maart 2027", EN: "1 March 2027"},
		"2027-03-02": {NL: "1 t/m 2 maart 2027", EN: "1 to 2 March 2027"},
		"2027-04-01": {NL: "1 maart t/m 1 april 2027", EN: "1 March to 1 April 2027"},
		"2028-03-01": {NL: "1 maart 2027 t/m 1 maart 2028", EN: "1 March 2027 to 1 March 2028"},
	} {
		require.Equal(t, said, words.Days("2027-03-01", last))
	}
}
