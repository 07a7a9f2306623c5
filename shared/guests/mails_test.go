package guests

import (
	"strings"
	"testing"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/table"
)

func TestTheMailWithAPassReadsWellInBothLanguages_4_d_3(t *testing.T) {
	for variant, last := range map[string]civil.Date{"a day": "2026-11-25", "days": "2026-11-27"} {
		mailtest.ReadsWell(t, variant, func(in string) mail.Message {
			guest := table.Guest{Language: in, First: "2026-11-25", Last: last}
			at := table.Location{Name: "Hoofdkantoor", Address: "Stationsplein 1, Utrecht"}
			return letter(guest, "gus@elsewhere.example", "Voorbeeld B.V.", at, strings.Repeat("abcd", 20))
		})
	}
}
