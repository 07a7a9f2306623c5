package presence_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

// dues is a bus that keeps who is to be mailed.
type dues struct {
	mu  sync.Mutex
	all []events.MailDue
}

func (d *dues) Publish(_ context.Context, _ string, detail any) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all = append(d.all, detail.(events.MailDue))
	return nil
}

// asking is an office that asks after 10 minutes and gives back after 15, at which noor has the first desk from
// 09:00.
type asking struct {
	*scene
	bus  *dues
	post *mailtest.Recorder
	noor identity.Caller
	id   table.ReservationID
}

func asks(t *testing.T, off ...rules.Habit) *asking {
	s := &asking{scene: morning(t, func(l *table.Location) { l.Rules.Off = off }), bus: &dues{},
		post: &mailtest.Recorder{}}
	s.watch.Bus, s.door.Controller = s.bus, controllertest.Example
	s.noor = s.Person(t)
	s.db.Put(t, privacy.Directory, table.PersonPartition(s.noor.Person), "user", map[string]any{
		"business": s.Business, "name": "Noor", "email": "noor@customer.example", "language": "en"})
	id, err := table.ParseReservationID(s.reserve(t, s.noor, "09:00", "12:00"))
	require.NoError(t, err)
	s.id = id
	return s
}

func (s *asking) round(t *testing.T, clock string) {
	t.Helper()
	s.clock(clock)
	require.NoError(t, s.watch.Round(t.Context()))
}

func (s *asking) asker(tables *table.Tables) presence.Asker {
	return presence.Asker{Tables: tables, Mail: s.post, Now: s.db.Clock.Now, PublicURL: "https://api.example"}
}

// mails delivers every event twice, as the bus may.
func (s *asking) mails(t *testing.T) {
	t.Helper()
	for range 2 {
		for _, due := range s.bus.all {
			require.NoError(t, s.asker(s.db.Tables()).Ask(t.Context(), due))
		}
	}
}

func (s *asking) link(t *testing.T) string {
	t.Helper()
	return strings.TrimPrefix(s.post.Last(t, "noor@customer.example").Do.URL, "https://api.example/coming/")
}

func (s *asking) state(t *testing.T) table.State { return s.sheet(t).Holdings[s.id.Key].State }

func TestWhoDoesNotComeIsAskedOnceAndWithoutAnAnswerTheSpotIsGivenBack_4_d_4(t *testing.T) {
	s := asks(t)
	s.round(t, "09:09")
	require.Empty(t, s.bus.all)
	for _, clock := range []string{"09:10", "09:11", "09:14"} {
		s.round(t, clock)
	}
	require.Len(t, s.bus.all, 1)
	s.mails(t)
	require.Len(t, s.post.Sent(), 1)
	sent := s.post.Last(t, "noor@customer.example")
	require.Contains(t, sent.Text, "released for others at 09:15")
	require.Equal(t, "I'm coming", sent.Do.Label)
	require.NotContains(t, s.db.Text(t), s.link(t)[len(s.link(t))-32:], "a hash alone is kept")
	s.round(t, "09:15")
	require.Equal(t, table.NoShow, s.state(t))
	require.Empty(t, s.sheet(t).Holdings[s.id.Key].Question, "the secret goes with the release")
	_, err := s.door.ConfirmComing(t.Context(), identity.Caller{}, presence.ComingForm{Link: s.link(t)})
	requireUnknown(t, err)
}

func TestWhoAnswersKeepsTheSpotAsLongAgainAndIsNotAskedAgain_4_d_4(t *testing.T) {
	s := asks(t)
	s.round(t, "09:10")
	s.mails(t)
	s.clock("09:13")
	shown, err := s.door.OpenComing(t.Context(), identity.Caller{}, presence.ComingInput{Link: s.link(t)})
	require.NoError(t, err)
	require.Equal(t, "I'm coming", shown.Button)
	require.Zero(t, s.sheet(t).Holdings[s.id.Key].ComingAt, "opening it changes nothing")
	for _, clock := range []string{"09:13", "09:20"} { // the second is a repeat
		s.clock(clock)
		answered, err := s.door.ConfirmComing(t.Context(), identity.Caller{}, presence.ComingForm{Link: s.link(t)})
		require.NoError(t, err)
		require.Empty(t, answered.Button)
		require.Contains(t, answered.Text[0], "until 09:28")
	}
	require.Equal(t, table.Reserved, s.state(t), "an answer is no check-in")
	s.round(t, "09:27")
	require.Equal(t, table.Reserved, s.state(t))
	s.round(t, "09:28")
	require.Equal(t, table.NoShow, s.state(t))
	require.Len(t, s.bus.all, 1)
}

func TestWhoIsAskedCanAnswerInTheApp_4_d_4(t *testing.T) {
	s := asks(t)
	bookings := booking.Bookings{Tables: s.db.Tables(), Now: s.db.Clock.Now}
	asked := func() bool {
		shown, err := bookings.Today(t.Context(), s.noor, booking.TodayInput{})
		require.NoError(t, err)
		return shown.Reservations[0].Prompted
	}
	s.clock("09:09")
	_, err := s.door.Coming(t.Context(), s.noor, presence.OwnInput{Reservation: s.id.String()})
	var refused *problem.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, problem.Conflict, refused.Kind, "nobody asked yet")
	require.False(t, asked())
	s.round(t, "09:10")
	require.True(t, asked())
	for _, clock := range []string{"09:13", "09:20"} { // the second is a repeat
		s.clock(clock)
		_, err := s.door.Coming(t.Context(), s.noor, presence.OwnInput{Reservation: s.id.String()})
		require.NoError(t, err)
	}
	require.False(t, asked())
	s.round(t, "09:27")
	require.Equal(t, table.Reserved, s.state(t), "an answer is no check-in")
	s.round(t, "09:28")
	require.Equal(t, table.NoShow, s.state(t))
	_, err = s.door.Coming(t.Context(), s.noor, presence.OwnInput{Reservation: s.id.String()})
	require.ErrorAs(t, err, &refused)
	require.Equal(t, problem.Conflict, refused.Kind)
}

func TestNobodyIsGivenUpWithoutTheTimeToAnswerThoughTheQuestionCameLate_4_d_4(t *testing.T) {
	s := asks(t)
	s.round(t, "09:40") // after an outage
	require.Equal(t, table.Reserved, s.state(t))
	s.round(t, "09:44")
	require.Equal(t, table.Reserved, s.state(t))
	s.round(t, "09:45")
	require.Equal(t, table.NoShow, s.state(t))
}

func TestACheckInInBetweenEndsTheAsking_4_d_4(t *testing.T) {
	for _, sensed := range []bool{false, true} {
		s := asks(t)
		s.round(t, "09:10")
		due := s.bus.all
		s.mails(t)
		if sensed {
			s.sensed(t, true, "09:11", 1)
		} else {
			s.clock("09:11")
			_, err := s.door.CheckIn(t.Context(), s.noor, presence.OwnInput{Reservation: s.id.String()})
			require.NoError(t, err)
		}
		held := s.sheet(t).Holdings[s.id.Key]
		require.Equal(t, table.CheckedIn, held.State)
		require.Empty(t, held.Question, "the secret goes with the check-in")
		_, err := s.door.ConfirmComing(t.Context(), identity.Caller{}, presence.ComingForm{Link: s.link(t)})
		requireUnknown(t, err)
		require.NoError(t, s.asker(s.db.Tables()).Ask(t.Context(), due[0]))
		require.Len(t, s.post.Sent(), 1)
	}
}

func TestWhatALocationTurnsOffDoesNotHappenThere(t *testing.T) {
	s := asks(t, rules.Asking)
	s.round(t, "09:15")
	require.Empty(t, s.bus.all)
	require.Equal(t, table.NoShow, s.state(t))

	s = asks(t, rules.NoShow)
	s.round(t, "11:00")
	require.Empty(t, s.bus.all, "who is never given up is not asked")
	require.Equal(t, table.Reserved, s.state(t))

	s = asks(t, rules.Asking, rules.Comeback)
	s.round(t, "09:15")
	_, err := s.door.CheckIn(t.Context(), s.noor, presence.OwnInput{Reservation: s.id.String()})
	var refused *problem.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, problem.Conflict, refused.Kind)

	s = asks(t, rules.Vacated)
	s.sensed(t, true, "08:59", 1)
	s.sensed(t, false, "09:30", 2)
	s.round(t, "10:30")
	require.Equal(t, table.CheckedIn, s.state(t))
}

// A link opens for nobody else's reservation, and every link that leads nowhere gets the same answer.
func TestALinkThatLeadsNowhereGetsOneAnswer(t *testing.T) {
	s := asks(t)
	s.round(t, "09:10")
	s.mails(t)
	link := s.link(t)
	reservation, token, _ := strings.Cut(link, ".")
	var pages []string
	for _, bad := range []string{"", "x", reservation, token, reservation + ".", "." + token, link + "a",
		reservation + "." + token[:len(token)-1] + "a2"[map[bool]int{true: 1,
			false: 0}[token[len(token)-1] == 'a']:][:1],
		strings.Replace(link, s.noor.User, s.Person(t).User, 1),
		strings.Replace(link, s.id.Key, strings.Repeat("a", len(s.id.Key)), 1)} {
		_, err := s.door.ConfirmComing(t.Context(), identity.Caller{}, presence.ComingForm{Link: bad})
		requireUnknown(t, err)
		var unknown *problem.Error
		require.ErrorAs(t, err, &unknown)
		pages = append(pages, string(unknown.Page))
	}
	for _, page := range pages {
		require.Equal(t, pages[0], page)
	}
}

// The run that mails is broken at each of its calls, so that it never arrives or that its answer is lost.
func TestAQuestionKilledAnywhereIsMailedWhenTheEventComesAgain_4_d_4(t *testing.T) {
	for _, done := range []bool{false, true} {
		for at, reached := 1, true; reached; at++ {
			s := asks(t)
			s.round(t, "09:10")
			faults := &enginetest.Faults{At: at, Done: done, Dead: true}
			if err := s.asker(s.db.Faulty(faults)).Ask(t.Context(), s.bus.all[0]); err == nil {
				reached = false
			}
			s.db.Clock.Move(31 * time.Second)
			require.NoError(t, s.asker(s.db.Tables()).Ask(t.Context(), s.bus.all[0]))
			require.GreaterOrEqual(t, len(s.post.Sent()), 1)
			require.LessOrEqual(t, len(s.post.Sent()), 2)
			_, err := s.door.ConfirmComing(t.Context(), identity.Caller{}, presence.ComingForm{Link: s.link(t)})
			require.NoError(t, err, "the newest link works")
		}
	}
}

func requireUnknown(t *testing.T, err error) {
	t.Helper()
	var unknown *problem.Error
	require.ErrorAs(t, err, &unknown)
	require.Equal(t, problem.NotFound, unknown.Kind)
}
