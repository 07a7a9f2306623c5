package notice

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

func TestTheMailsAboutReservationsReadWellInBothLanguages(t *testing.T) {
	zone, err := civil.LoadZone("Europe/Amsterdam")
	require.NoError(t, err)
	at := table.Location{Name: "Hoofdkantoor", Zone: zone}
	nine := civil.QuarterOf(time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC))
	to := func(language string) table.User {
		return table.User{Email: "noor@customer.example", Language: language}
	}
	for asked, name := range map[bool]string{false: "", true: "asked"} {
		mailtest.ReadsWell(t, name, func(in string) mail.Message {
			told := cancelledBy(asked, words.Same("3.14"), words.Text{NL: " in Hoofdkantoor", EN: " at Hoofdkantoor"},
				words.Day("2026-11-25"), []any{"09:00", "17:00"})
			return Messenger{}.cancellation(to(in), "2026-11-25", told, asked)
		})
	}
	for _, did := range []table.NoticeKind{table.ReservedFor, table.CancelledFor, table.AskedFor,
		table.WithdrawnFor} {
		mailtest.ReadsWell(t, string(did), func(in string) mail.Message {
			told := table.Told{Kind: did, Name: "3.14", From: nine, To: nine + 32}
			subject, text := lines(told, words.Same("Ben"), "2026-11-25", at)
			return acted(to(in), subject, text)
		})
	}
	for variant, location := range map[string]string{"there": "Hoofdkantoor", "gone": ""} {
		mailtest.ReadsWell(t, variant, func(in string) mail.Message { return noLongerOwn(to(in), "3.14", location) })
	}
	mailtest.ReadsWell(t, "", func(in string) mail.Message {
		sheet := table.PersonSheet{Day: "2026-11-25", Commitments: map[string]table.Commitment{
			"a": {Name: "3.14", From: nine, To: nine + 16, State: table.Reserved},
			"b": {Name: "Zaal 2", From: nine + 8, To: nine + 12, State: table.Reserved}}}
		return reminder(to(in), sheet.Day, at, reserved(sheet, at))
	})
	for _, method := range []string{"REQUEST", "CANCEL"} {
		mailtest.ReadsWell(t, method, func(in string) mail.Message {
			return forCalendar(to(in), table.ReservationID{Day: "2026-11-25"},
				table.Commitment{Name: "3.14", From: nine,
					To: nine + 32}, at, mail.Calendar{Method: method, Text: "BEGIN:VCALENDAR\r\n"})
		})
	}
	mailtest.ReadsWell(t, "", func(in string) mail.Message {
		return (&Teller{Version: privacy.Issues[len(privacy.Issues)-1],
			PublicURL: "https://api.example"}).message(to(in))
	})
}
