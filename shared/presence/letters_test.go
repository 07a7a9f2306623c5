package presence

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/table"
)

func TestTheMailThatAsksWhetherSomebodyComesReadsWellInBothLanguages_4_d_4(t *testing.T) {
	zone, err := civil.LoadZone("Europe/Amsterdam")
	require.NoError(t, err)
	nine := time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)
	mailtest.ReadsWell(t, "", func(in string) mail.Message {
		held := table.Commitment{Name: "3.14", From: civil.QuarterOf(nine), To: civil.QuarterOf(nine) + 32}
		return Asker{PublicURL: "https://api.example"}.question(table.User{Email: "noor@customer.example",
			Language: in},
			table.Location{Name: "Hoofdkantoor", Zone: zone}, table.ReservationID{Day: "2026-11-25"}, held,
			nine.Add(20*time.Minute), "token")
	})
}
