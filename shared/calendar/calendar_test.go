package calendar_test

import (
	"io"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"github.com/emersion/go-ical"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/calendar"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

var monday = time.Date(2026, 11, 23, 7, 59, 0, 0, time.UTC)

type scene struct {
	*enginetest.Office
	db    *enginetest.Database
	feeds calendar.Feeds
	desk  bookingtest.Bookings
	ann   identity.Caller
}

func begin(t *testing.T) *scene {
	db := enginetest.New(t, monday)
	office := db.NewOffice(t, "Europe/Amsterdam", 2, func(l *table.Location) {
		l.Name = "Hoofdkantoor; aan de gracht, waar het 's ochtends heel rustig is – neem de lift 🛗 naar boven"
	})
	return &scene{office, db, calendar.Feeds{Tables: db.Tables(), Now: db.Clock.Now,
		PublicURL: "https://api.example"},
		bookingtest.New(db.Tables(), db.Clock.Now), office.Person(t)}
}

func (s *scene) make(t *testing.T) string {
	t.Helper()
	made, err := s.feeds.Make(t.Context(), s.ann, struct{}{})
	require.NoError(t, err)
	return strings.TrimPrefix(made.URL, "https://api.example/calendars/")
}

func (s *scene) reserve(t *testing.T, spot string, date civil.Date, key string) booking.Reservation {
	t.Helper()
	made, err := s.desk.Reserve(t.Context(), s.ann, booking.ReserveInput{Spot: spot, Key: key,
		Period: booking.Period{Date: date, From: "09:00", To: "12:00"}})
	require.NoError(t, err)
	return made.Reservations[0]
}

func (s *scene) fetch(t *testing.T, feed string) string {
	t.Helper()
	page, err := s.feeds.Read(t.Context(), identity.Caller{}, calendar.FeedInput{Feed: feed})
	require.NoError(t, err)
	return text(page)
}

func text(page calendar.Page) string {
	_, body := page.Content()
	return string(body)
}

func events(t *testing.T, file string) []*ics.VEvent {
	t.Helper()
	read, err := ics.ParseCalendar(strings.NewReader(file))
	require.NoError(t, err)
	return read.Events()
}

func valueOf(event *ics.VEvent, property ics.ComponentProperty) string {
	return event.GetProperty(property).Value
}

func TestAFeedIsItsPersonsAloneAndEmptiesWhenItEnds_4_f_5(t *testing.T) {
	s := begin(t)
	s.reserve(t, s.Desks[0], "2026-11-24", "one")
	_, err := s.desk.Reserve(t.Context(), s.Person(t), booking.ReserveInput{Spot: s.Desks[1], Key: "other",
		Period: booking.Period{Date: "2026-11-24", From: "09:00", To: "12:00"}})
	require.NoError(t, err)
	first := s.make(t)
	require.NotContains(t, s.db.Text(t), strings.TrimSuffix(first, ".ics"), "a hash alone is kept")
	require.Len(t, events(t, s.fetch(t, first)), 1)
	shown, err := s.feeds.Show(t.Context(), s.ann, struct{}{})
	require.NoError(t, err)
	require.Equal(t, calendar.State{There: true, Made: "2026-11-23", Fetched: "2026-11-23"}, shown)

	second := s.make(t)
	nothing := s.fetch(t, "unknown.ics")
	require.Empty(t, events(t, nothing))
	require.Equal(t, nothing, s.fetch(t, first), "it was replaced")
	require.Len(t, events(t, s.fetch(t, second)), 1)
	_, err = s.feeds.End(t.Context(), s.ann, struct{}{})
	require.NoError(t, err)
	require.Equal(t, nothing, s.fetch(t, second))
	shown, err = s.feeds.Show(t.Context(), s.ann, struct{}{})
	require.NoError(t, err)
	require.False(t, shown.There)
	require.Empty(t, s.db.Dump(t, privacy.Insight))
}

func TestAnEventKeepsItsIdentifierAndItsSequenceRisesAndWhatIsCancelledIsAbsent(t *testing.T) {
	s := begin(t)
	feed, made := s.make(t), s.reserve(t, s.Desks[0], "2026-11-24", "one")
	before := events(t, s.fetch(t, feed))[0]
	require.Equal(t, "0", valueOf(before, ics.ComponentPropertySequence))
	require.Equal(t, "20261124T080000Z", valueOf(before, ics.ComponentPropertyDtStart))
	require.Equal(t, "TRANSPARENT", valueOf(before, ics.ComponentPropertyTransp), "a desk makes nobody busy")
	_, err := s.desk.Change(t.Context(), s.ann, booking.ChangeInput{Reservation: made.ID, To: "13:00"})
	require.NoError(t, err)
	after := events(t, s.fetch(t, feed))[0]
	require.Equal(t, before.Id(), after.Id())
	require.NotContains(t, after.Id(), s.ann.User)
	require.NotContains(t, made.ID, strings.TrimSuffix(after.Id(), "@iotspot"))
	require.Equal(t, "2", valueOf(after, ics.ComponentPropertySequence))
	require.Equal(t, "20261124T120000Z", valueOf(after, ics.ComponentPropertyDtEnd))

	file, err := s.feeds.File(t.Context(), s.ann, calendar.FileInput{Reservation: made.ID})
	require.NoError(t, err)
	require.Equal(t, after.Id(), events(t, text(file))[0].Id(), "the file is the same event")
	_, err = s.feeds.File(t.Context(), s.Person(t), calendar.FileInput{Reservation: made.ID})
	var unknown *problem.Error
	require.ErrorAs(t, err, &unknown)
	require.Equal(t, problem.NotFound, unknown.Kind)
	_, err = s.desk.Cancel(t.Context(), s.ann, booking.OwnInput{Reservation: made.ID})
	require.NoError(t, err)
	require.Empty(t, events(t, s.fetch(t, feed)))
}

// RFC 5545, 3.1: lines end in CRLF and have at most 75 octets; and what each of the big calendars asks for.
func TestLinesEndAndFoldAsCalendarsReadThem(t *testing.T) {
	s := begin(t)
	s.reserve(t, s.Desks[0], "2026-11-24", "one")
	file := s.fetch(t, s.make(t))
	require.NotRegexp(t, `[^\r]\n`, file)
	for line := range strings.SplitSeq(strings.TrimSuffix(file, "\r\n"), "\r\n") {
		require.LessOrEqual(t, len(line), 75, line)
		require.True(t, utf8.ValidString(line), line)
	}
	// RFC 7986, 5.7; a parameter that stands there twice is an error to some readers
	require.Contains(t, file, "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n")
	for _, needed := range []string{"VERSION:2.0", "PRODID:", "METHOD:PUBLISH", "UID:", "DTSTAMP:", "DTSTART:",
		"DTEND:",
		"SEQUENCE:", "SUMMARY:"} {
		require.Regexp(t, regexp.MustCompile("(?m)^"+needed), file)
	}
	require.NotContains(t, file, "TZID")
	require.NotContains(t, file, s.ann.User)
	require.Contains(t, valueOf(events(t, file)[0], ics.ComponentPropertyLocation), s.Location.Name)
}

// What wrote a file would read its own mistakes, so another program reads it too: on both sides of a change of the
// clocks the instants are those of the wall clock, and what was escaped and folded is as it was.
func TestAnotherProgramReadsTheFeedAndTheFileAsTheyWereMeant_4_f_5(t *testing.T) {
	s := begin(t)
	s.db.Clock.Set(time.Date(2026, 10, 20, 6, 0, 0, 0, time.UTC))
	feed := s.make(t)
	made := s.reserve(t, s.Desks[0], "2026-10-24", "summer")
	s.reserve(t, s.Desks[1], "2026-10-25", "winter")
	read := func(file string) []ical.Event {
		decoder := ical.NewDecoder(strings.NewReader(file))
		calendar, err := decoder.Decode()
		require.NoError(t, err)
		_, err = decoder.Decode()
		require.ErrorIs(t, err, io.EOF, "one file is one calendar")
		method, err := calendar.Props.Text(ical.PropMethod)
		require.NoError(t, err)
		require.Equal(t, "PUBLISH", method)
		return calendar.Events()
	}
	all := read(s.fetch(t, feed))
	require.Len(t, all, 2)
	for i, begins := range []string{"2026-10-24T07:00:00Z", "2026-10-25T08:00:00Z"} {
		start, err := all[i].DateTimeStart(time.UTC)
		require.NoError(t, err)
		end, err := all[i].DateTimeEnd(time.UTC)
		require.NoError(t, err)
		require.Equal(t, begins, start.Format(time.RFC3339))
		require.Equal(t, 3*time.Hour, end.Sub(start))
		place, err := all[i].Props.Text(ical.PropLocation)
		require.NoError(t, err)
		require.Contains(t, place, ", "+s.Location.Name+", "+s.Location.Address)
		stamp, err := all[i].Props.DateTime(ical.PropDateTimeStamp, time.UTC)
		require.NoError(t, err)
		require.Equal(t, s.db.Clock.Now().Truncate(time.Second), stamp)
		require.Nil(t, all[i].Props.Get(ical.PropOrganizer), "nobody is named")
		require.Nil(t, all[i].Props.Get(ical.PropAttendee))
	}
	file, err := s.feeds.File(t.Context(), s.ann, calendar.FileInput{Reservation: made.ID})
	require.NoError(t, err)
	require.Equal(t, all[0].Props.Get(ical.PropUID).Value, read(text(file))[0].Props.Get(ical.PropUID).Value)
}

func TestAFetchIsNotedOnceADay(t *testing.T) {
	s := begin(t)
	feed := s.make(t)
	s.fetch(t, feed)
	before := s.db.Text(t)
	s.db.Clock.Move(time.Hour)
	s.fetch(t, feed)
	require.Equal(t, before, s.db.Text(t))
	s.db.Clock.Move(24 * time.Hour)
	s.fetch(t, feed)
	require.NotEqual(t, before, s.db.Text(t))
}
