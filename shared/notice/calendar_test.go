package notice_test

import (
	"mime"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/jhillyerd/enmime"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

const hers = "noor@customer.example"

// planner is Noor, who wants her reservations in her calendar.
func (s *scene) planner(t *testing.T) (identity.Caller, bookingtest.Bookings) {
	t.Helper()
	s.db.Put(t, privacy.Directory, table.PersonPartition(s.noor), "user", map[string]any{"business": s.Business,
		"name": "Noor", "email": hers, "language": "en", "calendar_mails": true,
		"consent_version": privacy.StatementVersion})
	return identity.Caller{Person: s.noor, Role: identity.User, Calendar: true},
		bookingtest.New(s.db.Tables(), s.db.Clock.Now)
}

func (s *scene) courier(tables *table.Tables) notice.Courier {
	return notice.Courier{Tables: tables, Mail: s.post, Now: s.db.Clock.Now, Answers: "support@iotspot.example"}
}

// told is what the mails of one minute say to a calendar: the method, the sequence and the times of each.
func (s *scene) told(t *testing.T) []string {
	t.Helper()
	before := len(s.post.To(hers))
	require.NoError(t, s.courier(s.db.Tables()).Round(t.Context()))
	var all []string
	for _, m := range s.post.To(hers)[before:] {
		all = append(all, said(t, m))
	}
	return all
}

func said(t *testing.T, m mail.Message) string {
	t.Helper()
	if m.Calendar.Text == "" {
		return "no calendar"
	}
	event := eventOf(t, m)
	return strings.Join([]string{m.Calendar.Method, event.Props.Get(ical.PropSequence).Value,
		event.Props.Get(ical.PropDateTimeStart).Value, event.Props.Get(ical.PropDateTimeEnd).Value}, " ")
}

func eventOf(t *testing.T, m mail.Message) ical.Event {
	t.Helper()
	calendar, err := ical.NewDecoder(strings.NewReader(m.Calendar.Text)).Decode()
	require.NoError(t, err)
	require.Len(t, calendar.Events(), 1, "a calendar takes up one event of a mail")
	return calendar.Events()[0]
}

func reserve(t *testing.T, desk bookingtest.Bookings, who identity.Caller, spot, key string) string {
	t.Helper()
	made, err := desk.Reserve(t.Context(), who, booking.ReserveInput{Spot: spot, Key: key,
		Period: booking.Period{Date: "2026-11-25", From: "09:00", To: "12:00"}})
	require.NoError(t, err)
	return made.Reservations[0].ID
}

func TestAReservationComesIntoTheCalendarChangesThereAndGoesOnceEach_4_f_1(t *testing.T) {
	s := begin(t)
	noor, desk := s.planner(t)
	id := reserve(t, desk, noor, s.Desks[0], "one")
	reserve(t, desk, noor, s.Desks[0], "one")
	require.Equal(t, []string{"REQUEST 0 20261125T080000Z 20261125T110000Z"}, s.told(t))
	require.Empty(t, s.told(t), "once")
	_, err := desk.Change(t.Context(), noor, booking.ChangeInput{Reservation: id, To: "13:00"})
	require.NoError(t, err)
	_, err = desk.Change(t.Context(), noor, booking.ChangeInput{Reservation: id, To: "14:00"})
	require.NoError(t, err)
	require.Equal(t, []string{"REQUEST 4 20261125T080000Z 20261125T130000Z"}, s.told(t), "as it is by then")
	_, err = desk.Cancel(t.Context(), noor, booking.OwnInput{Reservation: id})
	require.NoError(t, err)
	require.Equal(t, []string{"CANCEL 5 20261125T080000Z 20261125T130000Z"}, s.told(t))
	sent := s.post.To(hers)
	first, last := eventOf(t, sent[0]), eventOf(t, sent[len(sent)-1])
	require.Equal(t, first.Props.Get(ical.PropUID).Value, last.Props.Get(ical.PropUID).Value)
	require.Equal(t, "CANCELLED", last.Props.Get(ical.PropStatus).Value)
	s.db.Clean(t, "told#")
}

func TestWhatTheOfficeCancelsAndWhoDoesNotComeAndComesAfterAllIsInTheCalendarToo_4_f_1(t *testing.T) {
	s := begin(t)
	noor, desk := s.planner(t)
	reservation := reserve(t, desk, noor, s.Desks[0], "one")
	require.Len(t, s.told(t), 1)
	id, err := table.ParseReservationID(reservation)
	require.NoError(t, err)
	sheet, err := s.db.Tables().SpotSheetNow(t.Context(), s.Place(s.Desks[0]), id.Day)
	require.NoError(t, err)
	s.db.Clock.Set(time.Date(2026, 11, 25, 8, 15, 0, 0, time.UTC))
	held := sheet.Holdings[id.Key]
	require.NoError(t, s.db.Tables().Release(t.Context(), s.noor, s.Place(s.Desks[0]), id.Day, id.Key, held,
		s.db.Clock.Now(), table.NoShow))
	require.Equal(t, []string{"CANCEL 1 20261125T080000Z 20261125T110000Z"}, s.told(t))

	sheet, err = s.db.Tables().SpotSheetNow(t.Context(), s.Place(s.Desks[0]), id.Day)
	require.NoError(t, err)
	own, err := s.db.Tables().Commitment(t.Context(), s.noor, id)
	require.NoError(t, err)
	require.NoError(t, s.db.Tables().Return(t.Context(), s.noor, s.Place(s.Desks[0]), id.Day, id.Key,
		sheet.Holdings[id.Key], own, s.db.Clock.Now()))
	require.Equal(t, []string{"REQUEST 2 20261125T080000Z 20261125T110000Z"}, s.told(t))

	day, err := s.db.Tables().PersonSheet(t.Context(), s.noor, id.Day, id.Location)
	require.NoError(t, err)
	require.NoError(t, s.db.Tables().Cancel(t.Context(), s.noor, day, id.Key)) // as the office does
	require.Equal(t, []string{"CANCEL 3 20261125T080000Z 20261125T110000Z"}, s.told(t))
}

func TestASeriesIsOneMailADateAndAColleaguesReservationIsOneToo_4_f_1(t *testing.T) {
	s := begin(t)
	noor, desk := s.planner(t)
	_, err := desk.Repeat(t.Context(), noor, booking.RepeatInput{Spot: s.Desks[0], Key: "series",
		Period: booking.Period{Date: "2026-11-25", From: "09:00", To: "12:00"}, Repeat: "FREQ=DAILY;COUNT=3"})
	require.NoError(t, err)
	require.Equal(t, []string{"REQUEST 0 20261125T080000Z 20261125T110000Z",
		"REQUEST 0 20261126T080000Z 20261126T110000Z", "REQUEST 0 20261127T080000Z 20261127T110000Z"}, s.told(t))

	ben := s.Person(t)
	s.db.Put(t, privacy.Directory, table.PersonPartition(ben.Person), "user", map[string]any{"business": s.Business,
		"name": "Ben", "consent_version": privacy.StatementVersion})
	require.NoError(t, s.db.Tables().Allow(t.Context(), s.noor, ben.Person, "2026-11-23"))
	_, err = desk.ReserveFor(t.Context(), ben, booking.ReserveForInput{PrincipalInput: booking.PrincipalInput{
		Principal: s.noor.User}, Spot: s.Desks[0], Key: "for her",
		Period: booking.Period{Date: "2026-11-30", From: "09:00", To: "12:00"}})
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"REQUEST 0 20261130T080000Z 20261130T110000Z", "no calendar"}, s.told(t))
	require.NotContains(t, s.post.To(hers)[len(s.post.To(hers))-1].Calendar.Text, "Ben")
}

func TestWhoWantsNoneIsMailedNoneAndWhoIsErasedNothing_7_erase(t *testing.T) {
	s := begin(t)
	noor, desk := s.planner(t)
	without := noor
	without.Calendar = false
	id := reserve(t, desk, without, s.Desks[0], "none")
	_, err := desk.Cancel(t.Context(), without, booking.OwnInput{Reservation: id})
	require.NoError(t, err)
	require.Empty(t, s.told(t))
	reserve(t, desk, noor, s.Desks[0], "erased")
	s.db.Delete(t, privacy.Directory, table.PersonPartition(s.noor), "user")
	require.Empty(t, s.told(t))
	s.db.Clean(t, "told#")
}

// The round is broken at each of its calls: a mail comes twice at most, with an identifier that calendars know.
func TestACalendarMailKilledAnywhereComesInTheEnd_4_f_1(t *testing.T) {
	enginetest.EachCall(t, true, func(t *testing.T, faults *enginetest.Faults) {
		s := begin(t)
		noor, desk := s.planner(t)
		reserve(t, desk, noor, s.Desks[0], "one")
		_ = s.courier(s.db.Faulty(faults)).Round(t.Context())
		s.told(t)
		require.NotEmpty(t, s.post.To(hers))
		require.LessOrEqual(t, len(s.post.To(hers)), 2)
		require.Empty(t, s.told(t))
	})
}

// What each of the big calendars is known to need, with where it is known from.
func TestAMailHasWhatOutlookGoogleAndAppleNeed_4_f_1(t *testing.T) {
	s := begin(t)
	noor, desk := s.planner(t)
	reserve(t, desk, noor, s.Desks[0], "one")
	s.told(t)
	message := s.post.Last(t, hers)
	read := mailtest.Read(t, message)
	part := read.Root.BreadthMatchFirst(func(p *enmime.Part) bool { return p.ContentType == "text/calendar" })
	require.NotNil(t, part)
	text := string(part.Content)
	_, typed, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
	require.NoError(t, err)
	require.Equal(t, message.Calendar.Text, text, "lines arrive as they were written")
	for _, need := range []struct {
		whose, source string
		met           bool
	}{
		{"Outlook: the last of the alternatives", "MS-OXCMAIL 2.1.3.3.8.2", part.Parent.ContentType ==
			"multipart/alternative" && part.NextSibling == nil && part.Parent.FirstChild.ContentType == "text/plain"},
		{"Outlook, Google: the method in the type, as in the text", "RFC 6047, 2.4; stackoverflow.com/q/19523861",
			typed["method"] == "REQUEST" && strings.Contains(text, "\r\nMETHOD:REQUEST\r\n")},
		{"all: UTF-8, which the type says", "RFC 6047, 2.5", strings.EqualFold(part.Charset, "utf-8")},
		{"Google: the same as a file of its own", "the invitations that Google Calendar sends",
			len(read.Attachments) == 1 && read.Attachments[0].FileName == "invite.ics"},
		{"Google, Outlook: an organizer", "RFC 5546, 3.2.2; github.com/Couchers-org/couchers/issues/8557",
			strings.Contains(text, "ORGANIZER;CN=iotspot:mailto:support@iotspot.example")},
		{"Google: the attendee is who gets the mail", "RFC 5546, 3.2.2", strings.Contains(strings.ReplaceAll(text,
			"\r\n ", ""), "PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:"+hers)},
		{"all: an identifier, a stamp and a sequence", "RFC 5546, 2.1.4; github.com/tutao/tutanota/issues/5732",
			strings.Contains(text, "\r\nUID:") && strings.Contains(text, "\r\nDTSTAMP:") &&
				strings.Contains(text, "\r\nSEQUENCE:0")},
		{"Apple: times in UTC, so no zone to look up", "RFC 5545, 3.3.5", strings.Contains(text,
			"\r\nDTSTART:20261125T080000Z\r\n") && !strings.Contains(text, "TZID")},
	} {
		require.True(t, need.met, "%s (%s):\n%s", need.whose, need.source, text)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		require.LessOrEqual(t, len(line), 75, "RFC 5545, 3.1")
	}
	require.NotContains(t, text, "Noor", "nobody is named")
}
