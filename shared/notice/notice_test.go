package notice_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/engine/enginetest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

func TestTheOwnerIsToldOfACancellationInTheLocationsZoneAndOwnLanguage(t *testing.T) {
	db := enginetest.New(t, time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC))
	office, post := db.NewOffice(t, "Europe/Amsterdam", 1), &mailtest.Recorder{}
	who := office.Person(t)
	messenger := notice.Messenger{Tables: db.Tables(), Post: post, Now: db.Clock.Now, Support: "support@controller.example"}
	event := events.ReservationCancelled{Business: office.Business, User: who.User, Spot: office.Desks[0], Location: office.Location.ID,
		From: "2026-11-24T08:00:00Z", To: "2026-11-24T11:00:00Z",
		Reservation: "20261124-" + office.Location.ID + "-aaaaaaaaaaaaaaaa", At: "2026-11-23T08:00:00Z"}
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

func TestACancellationIsToldOfOnceItIsMadeAndOneThatIsNotMadeIsNot(t *testing.T) { // 4.d.2
	db := enginetest.New(t, time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC))
	office, post := db.NewOffice(t, "Europe/Amsterdam", 1), &mailtest.Recorder{}
	who := office.Person(t)
	db.Put(t, privacy.Directory, table.PersonPartition(who.Person), "user", map[string]any{"business": office.Business,
		"name": "Noor", "email": "noor@customer.example", "language": "en"})
	messenger := notice.Messenger{Tables: db.Tables(), Post: post, Now: db.Clock.Now}
	from := civil.Quarter(time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC).Unix() / 900)
	id := table.ReservationID{Day: "2026-11-24", Location: office.Location.ID, Key: "aaaaaaaaaaaaaaaa"}
	require.NoError(t, db.Tables().Reserve(t.Context(), 9, table.Booking{ID: id.Key, Person: who.Person, Place: office.Place(office.Desks[0]),
		Day: id.Day, DayEnds: from.Time().Add(15 * time.Hour), Interval: civil.Interval{From: from, To: from + 12}, State: table.Reserved}))
	event := events.ReservationCancelled{Business: office.Business, User: who.User, Spot: office.Desks[0], Location: office.Location.ID,
		From: "2026-11-24T08:00:00Z", To: "2026-11-24T11:00:00Z", Reservation: id.String(), At: "2026-11-23T08:00:00Z"}
	meter := &enginetest.Meter{}
	waiting := messenger
	waiting.Tables, waiting.Wait = db.Metered(meter), time.Millisecond
	require.Error(t, waiting.Cancelled(t.Context(), event))
	require.Equal(t, 11, meter.Usage().RoundTrips(), "it looks for the person once, and ten times whether it is made")
	db.Clock.Move(59 * time.Second)
	require.Error(t, messenger.Cancelled(t.Context(), event), "the bus delivers it again")
	db.Clock.Move(time.Second)
	require.NoError(t, messenger.Cancelled(t.Context(), event), "it was given up")
	require.Empty(t, post.Sent())

	sheet, err := db.Tables().PersonSheet(t.Context(), who.Person, id.Day, id.Location)
	require.NoError(t, err)
	require.NoError(t, db.Tables().Cancel(t.Context(), who.Person, sheet, id.Key))
	require.NoError(t, messenger.Cancelled(t.Context(), event))
	require.Len(t, post.Sent(), 1)
}

func TestWhoHasGoneMeanwhileGetsNoNotice(t *testing.T) { // 7.erase
	db := enginetest.New(t, time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC))
	post := &mailtest.Recorder{}
	messenger := notice.Messenger{Tables: db.Tables(), Post: post}
	require.NoError(t, messenger.Cancelled(t.Context(), events.ReservationCancelled{Business: "b", User: "u", From: "2026-11-24T08:00:00Z", To: "2026-11-24T11:00:00Z"}))
	require.Empty(t, post.Sent())
}
