package guests_test

import (
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/bearer/bearertest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/guests"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/retention"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake"
)

func TestTheAddressOfAGuestAndThePassAreStoredNowhere(t *testing.T) { // 4.d.3
	s := begin(t)
	guest, pass := s.invite(t)
	require.Equal(t, gusName, guest.Name)
	require.Equal(t, time.Date(2027, 1, 5, 23, 0, 0, 0, time.UTC), guest.KeptUntil,
		"six weeks after the end of Tuesday in Amsterdam")
	s.db.Clean(t, "gus.visitor", "elsewhere.example", pass, pass[33:])
	counted, err := limit.Counter{Tables: s.db.Tables(), Key: enginetest.Keys[secret.Attempts],
		Now: s.db.Clock.Now}.Until(t.Context(),
		limit.Mailbox(address))
	require.NoError(t, err)
	require.Empty(t, counted, "nor is the mail counted under a hash of the address")
	require.Len(t, s.post.Sent(), 1)
	require.NotContains(t, s.post.Sent()[0].Text, "Noor")
	require.Empty(t, s.told, "nothing is queued")
}

var linked = regexp.MustCompile(`href="([^"]*)"`)

func TestAnInvitationSaysForWhatItIsAndNothingThatTheCustomerWroteIsInItsSubjectOrALink(t *testing.T) { // 4.d.3
	s := begin(t)
	for _, name := range []string{strings.Repeat("Zuid-Hollandse ", 6) + "🏢", strings.Repeat("é", 100),
		"=?utf-8?q?http=3A//evil.example?=", "Your account was locked: go to acme-login.com?u=1 now", "x.com",
		"x.com#/a", "x.com:8080", "1.2.3.4/login", "evil.c\u200dom/x", "Str.des 17.Juni/Ecke 5"} {
		s.Location.Address = name + " 1"
		s.named(t, name, name+" B.V.")
		_, err := s.desk.Invite(t.Context(), s.noor, s.input())
		require.NoError(t, err)
		read := mailtest.Read(t, s.post.Last(t, address))
		require.Equal(t, "Your guest pass for 23 to 24 November 2026", read.GetHeader("Subject"))
		require.Contains(t, read.Text, "You are invited as a guest of "+mail.Unlinked(name+" B.V.")+": "+
			mail.Unlinked(name)+", "+mail.Unlinked(name+" 1")+", 23 to 24 November 2026.")
		links := linked.FindAllStringSubmatch(read.HTML, -1)
		require.Len(t, links, 4)
		for _, link := range links {
			require.Regexp(t, `^(https://api\.example/|mailto:privacy@controller\.example$)`, link[1],
				"a link is of ours")
		}
	}
}

func TestAMailThatCouldNotBeSentIsSentByTheSameRequestAgain(t *testing.T) { // 4.d.3
	s := begin(t)
	s.post.Fail = errors.Join(problem.New(problem.Unavailable, "the mail could not be sent"))
	_, err := s.desk.Invite(t.Context(), s.noor, s.input())
	requireKind(t, problem.Unavailable, err)
	s.db.Clean(t, "elsewhere.example")
	s.post.Fail = nil
	before := len(s.db.Dump(t, privacy.Agenda))
	first, pass := s.invite(t)
	second, again := s.invite(t)
	require.Equal(t, first, second)
	require.Equal(t, pass, again, "a repeat mails the same pass")
	require.Len(t, s.db.Dump(t, privacy.Agenda), before, "and stores nothing")
	other := s.input()
	other.Name = "Somebody Else"
	_, err = s.desk.Invite(t.Context(), s.noor, other)
	requireKind(t, problem.Conflict, err)
}

func TestAPassIsForThePermittedDaysAndOpensArticle7AsLongAsAnythingIsKept(t *testing.T) { // 4.d.3
	s := begin(t)
	_, pass := s.invite(t)
	amsterdam := func(month time.Month, day, hour, minute, second int) time.Time {
		return time.Date(2026, month, day, hour-1, minute, second, 0, time.UTC)
	}
	for _, c := range []struct {
		at   time.Time
		role identity.Role
	}{
		{amsterdam(11, 22, 23, 59, 59), identity.Invited}, {amsterdam(11, 23, 0, 0, 0), identity.Guest},
		{amsterdam(11, 24, 23, 59, 59), identity.Guest}, {amsterdam(11, 25, 0, 0, 0), identity.Invited},
		{amsterdam(11, 25, 0, 0, 0).Add(42*24*time.Hour - time.Second), identity.Invited},
	} {
		s.db.Clock.Set(c.at)
		require.Equal(t, c.role, s.resolve(t, pass).Role, c.at)
		require.NotEmpty(t, values(s.view(t, s.resolve(t, pass)), "4.d.3"))
	}
	s.db.Clock.Set(amsterdam(11, 25, 0, 0, 0).Add(42 * 24 * time.Hour))
	_, err := bearertest.Caller(t.Context(), s.gate, pass)
	requireKind(t, problem.Unauthorised, err)
}

func TestTheSweepTakesAGuestAwaySixWeeksAfterTheLastDay(t *testing.T) { // 4.d.3
	s := begin(t)
	guest, _ := s.invite(t)
	gus := guests.Person(enginetest.Keys[secret.Guests], s.noor.Person, guest.ID)
	sweep := retention.Sweeper{Tables: s.tables, Now: s.db.Clock.Now, Metrics: io.Discard}
	s.db.Clock.Set(guest.KeptUntil.Add(-time.Minute))
	require.NoError(t, sweep.Step(t.Context(), wake.Part{}))
	require.Contains(t, s.db.Text(t), gusName)
	visiting, err := s.tables.Visiting(t.Context(), s.Business)
	require.NoError(t, err)
	require.Equal(t, []identity.Person{gus}, visiting, "as long as anything is kept the account lists the guest")
	s.db.Clock.Set(guest.KeptUntil.Add(time.Minute))
	require.NoError(t, sweep.Step(t.Context(), wake.Part{}))
	visiting, err = s.tables.Visiting(t.Context(), s.Business)
	require.NoError(t, err)
	require.Empty(t, visiting)
	s.db.Clean(t, gusName, gus.User, guest.ID)
}

func TestAGuestReservesChecksInAndCancelsOnThePermittedDaysAtTheLocation(t *testing.T) { // 4.d.2, 4.d.3, 4.d.4
	s := begin(t)
	_, _, gus := s.gus(t)
	free, err := s.booking().Availability(t.Context(), gus,
		booking.AvailabilityInput{Floor: s.Floor, Date: "2026-11-23"})
	require.NoError(t, err)
	require.NotEmpty(t, free.Spots)
	made, err := s.reserve(t, gus, s.Desks[0], "2026-11-23", "09:00", "12:00")
	require.NoError(t, err)
	checked, err := s.door().CheckIn(t.Context(), gus, presence.OwnInput{Reservation: made.Reservations[0].ID})
	require.NoError(t, err)
	require.Equal(t, table.CheckedIn, checked.State)
	moved, err := s.booking().Change(t.Context(), gus,
		booking.ChangeInput{Reservation: made.Reservations[0].ID, To: "13:00"})
	require.NoError(t, err)
	require.EqualValues(t, "13:00", moved.To)
	seat, err := s.door().WalkUp(t.Context(), gus, presence.WalkUpInput{Spot: s.Room, Until: "10:00",
		Key: "walking-up"})
	require.NoError(t, err)
	require.Equal(t, table.CheckedIn, seat.State)
	_, err = s.reserve(t, gus, s.Desks[0], "2026-11-24", "09:00", "12:00")
	require.NoError(t, err)
	_, err = s.reserve(t, gus, s.Desks[0], "2026-11-25", "09:00", "12:00")
	requireKind(t, problem.Unacceptable, err)
	night := booking.ReserveInput{Spot: s.Desks[1], Key: secret.ID(),
		Period: booking.Period{Date: "2026-11-24", From: "22:00", To: "02:00", UntilDate: "2026-11-25"}}
	_, err = s.booking().Reserve(t.Context(), gus, night)
	requireKind(t, problem.Unacceptable, err)
}

func TestAGuestSeesAndReservesNothingAtAnotherLocation(t *testing.T) { // 4.d.3
	s := begin(t)
	_, _, gus := s.gus(t)
	gus.Location = secret.ID()
	_, err := s.reserve(t, gus, s.Desks[0], "2026-11-23", "09:00", "12:00")
	requireKind(t, problem.NotFound, err)
	_, err = s.booking().Availability(t.Context(), gus, booking.AvailabilityInput{Floor: s.Floor, Date: "2026-11-23"})
	requireKind(t, problem.NotFound, err)
	_, err = s.door().WalkUp(t.Context(), gus, presence.WalkUpInput{Spot: s.Desks[1], Key: "walking-up"})
	requireKind(t, problem.NotFound, err)
}

func TestTheOverviewTellsTheGuestAndTheInviterOfTheVisit(t *testing.T) { // 7.view, 4.d.3
	s := begin(t)
	guest, _, gus := s.gus(t)
	_, err := s.reserve(t, gus, s.Desks[0], "2026-11-23", "09:00", "12:00")
	require.NoError(t, err)
	own := s.view(t, gus)
	var names []string
	for _, value := range values(own, "4.d.3") {
		names = append(names, value.Name)
		require.Equal(t, guest.KeptUntil, *value.GoneAt)
	}
	require.Equal(t, []string{"closes_at", "first", "last", "location", "name", "opens_at"}, names)
	for _, clause := range []privacy.Clause{"4.d.1", "4.d.2", "4.language", "2.consent", "s.pass"} {
		require.NotEmpty(t, values(own, clause), clause)
	}
	theirs := values(s.view(t, s.noor), "4.d.3")
	require.Len(t, theirs, 1)
	require.Equal(t, gusName, theirs[0].Value.(overview.Invited).Name)
	require.Equal(t, guest.KeptUntil, *theirs[0].GoneAt)
	_, err = overview.Overviews{Tables: s.tables, Bus: s, Keys: enginetest.Keys, Now: s.db.Clock.Now}.Ask(t.Context(),
		gus, overview.AskInput{IdempotencyKey: "by-mail-please"})
	requireKind(t, problem.Conflict, err)
}

func TestAGuestWhoErasesThemselvesLeavesNothing(t *testing.T) { // 7.erase, 4.d.3
	s := begin(t)
	guest, pass, gus := s.gus(t)
	_, err := s.reserve(t, gus, s.Desks[0], "2026-11-23", "09:00", "12:00")
	require.NoError(t, err)
	require.NoError(t, s.tables.CountSearch(t.Context(), gus.Person, s.Location.ID, "2026-11-23",
		sunday.Add(48*time.Hour), table.SpotSearch))
	_, err = s.counter().Erase(t.Context(), gus, erasure.InApp{})
	requireKind(t, problem.Malformed, err)
	_, err = s.counter().Erase(t.Context(), gus, erasure.InApp{Confirm: true})
	require.NoError(t, err)
	_, err = bearertest.Caller(t.Context(), s.gate, pass)
	requireKind(t, problem.Unauthorised, err)
	_, err = s.reserve(t, gus, s.Desks[1], "2026-11-23", "09:00", "12:00")
	requireKind(t, problem.NotFound, err)
	require.Len(t, s.told, 1)
	s.complete(t)
	s.db.Clean(t, gusName, gus.User)
	_, err = s.reserve(t, s.noor, s.Desks[0], "2026-11-23", "09:00", "12:00")
	require.NoError(t, err, "the spot is free again")
	list, err := s.desk.List(t.Context(), s.noor, struct{}{})
	require.NoError(t, err)
	require.Empty(t, list.Guests)
	require.Len(t, values(s.view(t, s.noor), "4.d.3"), 1,
		"the inviter's overview still tells that somebody was invited, without a name")
	_, err = s.desk.Invite(t.Context(), s.noor, s.input())
	requireKind(t, problem.Conflict, err)
	_, err = s.desk.End(t.Context(), s.noor, guests.OwnInput{Guest: guest.ID})
	requireKind(t, problem.NotFound, err)
	require.Len(t, s.post.Sent(), 1, "no mail follows: there is no address")
}

func TestWhatStaysAtTheInviterAfterAGuestsErasureIsADateAndLeadsToNobody(t *testing.T) { // 7.erase, 4.d.3
	s := begin(t)
	guest, _, gus := s.gus(t)
	_, err := s.counter().Erase(t.Context(), gus, erasure.InApp{Confirm: true})
	require.NoError(t, err)
	s.complete(t)
	raw := s.db.Item(t, privacy.Agenda, table.PersonPartition(s.noor.Person), "invited#"+guest.ID)
	stays := enginetest.Plain(raw)
	require.Len(t, stays, len(raw), "all of it is text and numbers")
	delete(stays, "expiry") // the minute of its deadline, by which the sweep finds it
	require.Equal(t, map[string]string{"pk": table.PersonPartition(s.noor.Person), "sk": "invited#" + guest.ID,
		"last": "2026-11-24", "ttl": strconv.FormatInt(guest.KeptUntil.Unix(), 10)}, stays)

	for _, id := range []string{secret.DerivedID("guest", s.Business, s.noor.User, guest.ID),
		guests.Person(secret.Ring{nil}, s.noor.Person, guest.ID).User} {
		require.NotEqual(t, gus.User, id, "without the deployment's key the id leads nowhere")
	}
	s.db.Clean(t, gusName, gus.User) // and with it to somebody of whom nothing is left
	told := values(s.view(t, s.noor), "4.d.3")
	require.Equal(t, []any{overview.Invited{Guest: guest.ID, Last: "2026-11-24"}}, []any{told[0].Value})
	require.Equal(t, guest.KeptUntil, *told[0].GoneAt)

	_, err = s.desk.Invite(t.Context(), s.noor, s.input())
	requireKind(t, problem.Conflict, err)
	s.db.Clean(t, gusName,
		gus.User) // which it stays for: the request that invited the guest, come late, brings nobody back
	require.Len(t, s.post.Sent(), 1)
}

func TestEndingAGuestsAccessWorksAtOnceAndForTheInviterAlone(t *testing.T) { // 4.d.3, 8.security
	s := begin(t)
	guest, pass, gus := s.gus(t)
	stranger := s.Person(t)
	for _, who := range []identity.Caller{stranger, {Person: identity.Person{Business: secret.ID(),
		User: s.noor.User}, Role: identity.User}} {
		_, err := s.desk.End(t.Context(), who, guests.OwnInput{Guest: guest.ID})
		requireKind(t, problem.NotFound, err)
		_, err = s.desk.Replace(t.Context(), who, guests.PassInput{Guest: guest.ID, Email: address,
			Key: "not-my-guest"})
		requireKind(t, problem.NotFound, err)
		list, err := s.desk.List(t.Context(), who, struct{}{})
		require.NoError(t, err)
		require.Empty(t, list.Guests)
	}
	require.Equal(t, identity.Guest, s.resolve(t, pass).Role)
	_, err := s.desk.End(t.Context(), s.noor, guests.OwnInput{Guest: guest.ID})
	require.NoError(t, err)
	_, err = bearertest.Caller(t.Context(), s.gate, pass)
	requireKind(t, problem.Unauthorised, err)
	s.complete(t)
	s.db.Clean(t, gusName, gus.User)
}

func TestALostPassIsReplacedAndTheOldOneIsDeadAtOnceAndForGood(t *testing.T) { // 4.d.3, s.pass
	s := begin(t)
	guest, lost := s.invite(t)
	replace := func(key string) error {
		_, err := s.desk.Replace(t.Context(), s.noor, guests.PassInput{Guest: guest.ID, Email: address, Key: key})
		return err
	}
	require.NoError(t, replace("lost-once"))
	second := s.lastPass(t)
	require.NotEqual(t, lost, second)
	_, err := bearertest.Caller(t.Context(), s.gate, lost)
	requireKind(t, problem.Unauthorised, err)
	require.Equal(t, identity.Invited, s.resolve(t, second).Role)
	require.NoError(t, replace("lost-once"))
	require.Equal(t, second, s.lastPass(t), "a repeat mails the same pass")
	require.NoError(t, replace("lost-twice"))
	requireKind(t, problem.Conflict, replace("lost-once"))
	_, err = s.desk.Invite(t.Context(), s.noor, s.input())
	requireKind(t, problem.Conflict, err)
	for _, dead := range []string{lost, second} {
		_, err := bearertest.Caller(t.Context(), s.gate, dead)
		requireKind(t, problem.Unauthorised, err)
	}
	s.db.Clean(t, "elsewhere.example", lost, second)
}

func TestAfterTheInvitersErasureTheGuestStaysAndNothingNamesTheInviter(t *testing.T) { // 4.d.3, 7.erase
	s := begin(t)
	guest, pass, gus := s.gus(t)
	_, err := s.reserve(t, gus, s.Desks[0], "2026-11-23", "09:00", "12:00")
	require.NoError(t, err)
	for _, line := range strings.Split(s.db.Text(t), "\n") { // before it too
		mine, theirs := strings.Contains(line, gus.User), strings.Contains(line, s.noor.User) ||
			strings.Contains(line, guest.ID)
		require.False(t, mine && theirs, "one item holds both: %s", line)
	}
	_, err = s.counter().Erase(t.Context(), s.noor, erasure.InApp{Confirm: true})
	require.NoError(t, err)
	s.complete(t)
	rest := slices.DeleteFunc(strings.Split(s.db.Text(t), "\n"),
		func(line string) bool { return strings.HasPrefix(line, "agenda erased ") })
	for _, line := range rest {
		for _, trace := range []string{s.noor.User, "noor", member, guest.ID} {
			require.NotContains(t, strings.ToLower(line), trace)
		}
	}
	require.Contains(t, strings.Join(rest, "\n"), gusName)
	require.Equal(t, identity.Guest, s.resolve(t, pass).Role)
	_, err = s.reserve(t, gus, s.Desks[1], "2026-11-24", "09:00", "12:00")
	require.NoError(t, err)
	_, err = s.desk.Invite(t.Context(), s.noor, s.input())
	requireKind(t, problem.NotFound, err)
}
