package approval

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/page"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

func TestTheMailsOfAnApprovalReadWellInBothLanguages_4_f_3(t *testing.T) {
	zone, err := civil.LoadZone("Europe/Amsterdam")
	require.NoError(t, err)
	at := table.Location{Name: "Hoofdkantoor", Zone: zone}
	nine := civil.QuarterOf(time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC))
	to := func(language string) table.User {
		return table.User{Email: "noor@customer.example", Language: language}
	}
	request := Request{Name: "Ben", LocationName: "Hoofdkantoor", SpotName: "Zaal 2", Until: nine.Time(), zone: zone,
		Dates: []Date{{"2026-11-25", "09:00", "12:00"}, {"2026-12-02", "09:00", "12:00"}}}
	mailtest.ReadsWell(t, "asked", func(in string) mail.Message {
		return question(to(in), request, "https://api.example/decisions/x")
	})
	for _, as := range []table.Decision{table.Approved, table.Declined, table.Lapsed} {
		mailtest.ReadsWell(t, string(as), func(in string) mail.Message {
			return outcome(to(in), at, table.Asking{Name: "Zaal 2", Day: "2026-11-25", From: nine, To: nine + 12, Days: 2,
				Decided: as})
		})
	}
}

func TestThePageOfADecisionReadsWellInBothLanguages_4_f_3(t *testing.T) {
	zone, err := civil.LoadZone("Europe/Amsterdam")
	require.NoError(t, err)
	request := Request{Name: "Ben", LocationName: "Hoofdkantoor", SpotName: "Zaal 2", zone: zone,
		Until: time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC), Dates: []Date{{"2026-11-25", "09:00", "12:00"}}}
	for _, language := range []string{"nl", "en"} {
		shown := page.New(controllertest.Example, language, words.Text{NL: "Mag dit?", EN: "Is this all right?"},
			request.words(), request.dates(), request.lapses())
		shown.Button, shown.Harmless, shown.Other = approveLabel.In(language), true, declineLabel.In(language)
		_, html := shown.Content()
		require.NoError(t, mailtest.Keep("decision", language, string(html)))
	}
}
