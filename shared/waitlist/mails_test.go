package waitlist

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/table"
)

func TestTheMailOfAnOfferReadsWellInBothLanguages_4_f_3(t *testing.T) {
	zone, err := civil.LoadZone("Europe/Amsterdam")
	require.NoError(t, err)
	nine := civil.QuarterOf(time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC))
	offered := table.Commitment{Name: "3.14", From: nine, To: nine + 32, Until: nine.Time().Unix()}
	mailtest.ReadsWell(t, "", func(in string) mail.Message {
		return Offers{PublicURL: "https://api.example"}.message(table.User{Email: "noor@customer.example", Language: in},
			table.Location{Name: "Hoofdkantoor", Zone: zone},
			table.ReservationID{Day: "2026-11-25", Location: "aaaaaaaaaaaaaaaa", Key: "bbbbbbbbbbbbbbbb"}, offered,
			"cccccccccccccccc")
	})
}
