package notice_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/engine/enginetest"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

func TestTheOwnerIsToldOfACancellationInTheLocationsZoneAndOwnLanguage(t *testing.T) {
	db := enginetest.New(t, time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC))
	office, post := db.NewOffice(t, "Europe/Amsterdam", 1), &mailtest.Recorder{}
	who := office.Person(t)
	messenger := notice.Messenger{Tables: db.Tables(), Post: post, Support: "support@controller.example"}
	event := events.ReservationCancelled{Business: office.Business, User: who.User, Spot: office.Desks[0], Location: office.Location.ID,
		From: "2026-11-24T08:00:00Z", To: "2026-11-24T11:00:00Z"}
	for _, c := range []struct{ language, wanted string }{
		{"en", "Your reservation of 3.00 at Head office on 24 November 2026 from 09:00 to 12:00 (Europe/Amsterdam)"},
		{"nl", "Je reservering van 3.00 in Head office op 24 november 2026 van 09:00 tot 12:00 (Europe/Amsterdam)"},
	} {
		db.Put(t, privacy.Directory, table.PersonPartition(who.Person), "user", map[string]any{"business": office.Business,
			"name": "Noor", "email": "noor@customer.example", "language": c.language})
		require.NoError(t, messenger.Cancelled(t.Context(), event))
		read := mailtest.Read(t, post.Last(t, "noor@customer.example"))
		require.Contains(t, read.Text, c.wanted)
		require.Equal(t, c.language, read.GetHeader("Content-Language"))
	}

	event.Spot, event.Location = "removedremovedre", "removedremovedre"
	require.NoError(t, messenger.Cancelled(t.Context(), event))
	require.Contains(t, post.Last(t, "noor@customer.example").Text, "een plek")
}

func TestWhoHasGoneMeanwhileGetsNoNotice(t *testing.T) { // 7.erase
	db := enginetest.New(t, time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC))
	post := &mailtest.Recorder{}
	messenger := notice.Messenger{Tables: db.Tables(), Post: post}
	require.NoError(t, messenger.Cancelled(t.Context(), events.ReservationCancelled{Business: "b", User: "u", From: "2026-11-24T08:00:00Z", To: "2026-11-24T11:00:00Z"}))
	require.Empty(t, post.Sent())
}
