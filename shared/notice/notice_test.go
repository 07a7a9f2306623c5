package notice_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

// A scene is an office of which Noor has a reservation for tomorrow, nine to twelve, that the office cancels.
type scene struct {
	*enginetest.Office
	db          *enginetest.Database
	post        *mailtest.Recorder
	messenger   notice.Messenger
	noor        identity.Person
	reservation table.ReservationID
	event       events.ReservationCancelled
}

func begin(t *testing.T, change ...func(*table.Location)) *scene {
	t.Helper()
	db := enginetest.New(t, time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC))
	s := &scene{Office: db.NewOffice(t, "Europe/Amsterdam", 1, change...), db: db, post: &mailtest.Recorder{}}
	s.messenger = notice.Messenger{Tables: db.Tables(), Mail: s.post, Now: db.Clock.Now}
	s.noor = s.Person(t).Person
	s.user(t, "en")
	s.reservation = table.ReservationID{Day: "2026-11-24", Location: s.Location.ID, Key: "aaaaaaaaaaaaaaaa"}
	from := civil.QuarterOf(time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC))
	ends := time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC)
	require.NoError(t, db.Tables().Reserve(t.Context(), 9,
		nil, table.Booking{ID: s.reservation.Key, Person: s.noor, Place: s.Place(s.Desks[0]), Name: "3.00",
			Day: s.reservation.Day, DayEnds: ends, Interval: civil.Interval{From: from, To: from + 12},
			State: table.Reserved}))
	s.event = events.ReservationCancelled{Business: s.Business, User: s.noor.User, Cancellation: "cccccccccccccccc"}
	require.NoError(t, db.Tables().AddCancellation(t.Context(), s.noor, s.event.Cancellation,
		table.Cancellation{Reservation: s.reservation.String(),
			Spot: s.Desks[0], From: from, To: from + 12, At: db.Clock.Now().Unix()}, ends))
	return s
}

func (s *scene) user(t *testing.T, language string) {
	s.db.Put(t, privacy.Directory, table.PersonPartition(s.noor), "user", map[string]any{"business": s.Business,
		"name": "Noor", "email": "noor@customer.example", "language": language})
}

func (s *scene) cancel(t *testing.T) {
	t.Helper()
	sheet, err := s.db.Tables().PersonSheet(t.Context(), s.noor, s.reservation.Day, s.reservation.Location)
	require.NoError(t, err)
	require.NoError(t, s.db.Tables().Cancel(t.Context(), s.noor, sheet, s.reservation.Key))
}

func TestTheOwnerIsToldOfACancellationInTheLocationsZoneAndOwnLanguage(t *testing.T) {
	for _, c := range []struct{ language, wanted string }{
		{"en", "Your reservation of 3.00 at Head office on 24 November 2026 from 09:00 to 12:00 (local time)"},
		{"nl", "Je reservering van 3.00 in Head office op 24 november 2026 van 09:00 tot 12:00 (plaatselijke tijd)"},
	} {
		s := begin(t)
		s.user(t, c.language)
		s.cancel(t)
		require.NoError(t, s.messenger.Cancelled(t.Context(), s.event))
		read := mailtest.Read(t, s.post.Last(t, "noor@customer.example"))
		require.Contains(t, read.Text, c.wanted)
		require.Equal(t, c.language, read.GetHeader("Content-Language"))
		require.NotContains(t, s.db.Text(t), "cancelled#", "what was told is gone")
		require.NoError(t, s.messenger.Cancelled(t.Context(), s.event), "the event comes a second time")
		require.Len(t, s.post.Sent(), 1)
	}
}

func TestASpotThatWasRemovedIsToldWithoutItsName(t *testing.T) {
	s := begin(t)
	s.cancel(t)
	s.db.Delete(t, privacy.Directory, "b#"+s.Business, "spot#"+s.Desks[0])
	require.NoError(t, s.messenger.Cancelled(t.Context(), s.event))
	require.Contains(t, s.post.Last(t, "noor@customer.example").Text, "a spot at Head office")
}

func TestACancellationIsToldOfOnceItIsMadeAndOneThatIsNotMadeIsNot(t *testing.T) { // 4.d.2
	s := begin(t)
	meter := &enginetest.Meter{}
	waiting := s.messenger
	waiting.Tables, waiting.Wait = s.db.Metered(meter), time.Millisecond
	require.Error(t, waiting.Cancelled(t.Context(), s.event))
	require.Equal(t, 11, meter.Usage().RoundTrips(), "it looks for what is to be told once, and ten times whether "+
		"it is made")
	s.db.Clock.Move(59 * time.Second)
	require.Error(t, s.messenger.Cancelled(t.Context(), s.event), "the bus delivers it again")
	s.cancel(t)
	require.NoError(t, s.messenger.Cancelled(t.Context(), s.event))
	require.Len(t, s.post.Sent(), 1)

	given := begin(t)
	given.db.Clock.Move(time.Minute)
	require.NoError(t, given.messenger.Cancelled(t.Context(), given.event), "it was given up")
	require.Empty(t, given.post.Sent())
	require.NotContains(t, given.db.Text(t), "cancelled#")
}

// 7.erase: an erasure takes reservations away as a manager does.
func TestWhoIsErasedWhileTheirCancellationIsWaitedForGetsNoNotice(t *testing.T) {
	s := begin(t)
	s.messenger.Tables = s.db.Meanwhile(2,
		func() { // between the look for what is to be told and the one at the reservation
			s.db.Delete(t, privacy.Directory, table.PersonPartition(s.noor), "user")
			require.NoError(t, s.db.Tables().Empty(t.Context(), s.noor))
		})
	require.NoError(t, s.messenger.Cancelled(t.Context(), s.event))
	require.Empty(t, s.post.Sent())
}

func TestWhoHasGoneMeanwhileGetsNoNotice(t *testing.T) { // 7.erase
	s := begin(t)
	require.NoError(t, s.db.Tables().Empty(t.Context(), s.noor))
	require.NoError(t, s.messenger.Cancelled(t.Context(), s.event))
	require.Empty(t, s.post.Sent())
	require.ErrorIs(t, s.db.Tables().AddCancellation(t.Context(), s.noor, "another", table.Cancellation{},
		s.db.Clock.Now()), table.ErrGone,
		"nor is one written down any more")
}
