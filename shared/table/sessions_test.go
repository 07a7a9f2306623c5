package table_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func (s scene) codeOf(t testing.TB, p identity.Person, mark string) {
	t.Helper()
	code := table.Code{Mark: mark, AskedAt: s.db.Clock.Now()}
	require.NoError(t, s.AskCode(t.Context(), p, code, nil))
}

// signedIn is a session of somebody's that began.
func (s scene) signedIn(t testing.TB, user table.User) string {
	t.Helper()
	mark := secret.ID()
	require.NoError(t, s.EndOtherSessions(t.Context(), user.Person, user.Person.User)) // the codes go
	s.codeOf(t, user.Person, mark)
	b := s.beginning(user)
	require.NoError(t, s.Begin(t.Context(), b, mark, secret.ID()))
	return b.Hash
}

func TestOfManyWhoUseOneCodeAtOnceOneBeginsASession(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	s.codeOf(t, ann.Person, "mark")
	var begun atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			switch err := s.Begin(t.Context(), s.beginning(ann), "mark", secret.ID()); {
			case err == nil:
				begun.Add(1)
			case !errors.Is(err, table.ErrRefused):
				t.Error(err)
			}
		})
	}
	all.Wait()
	require.EqualValues(t, 1, begun.Load())
}

func TestACodeLivesTenMinutesAndOneMarkIsInAnothersWay(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	s.codeOf(t, ann.Person, "mark")
	other := table.Code{Mark: "another", AskedAt: now}
	require.ErrorIs(t, s.AskCode(t.Context(), ann.Person, other, nil), table.ErrAsked)
	s.codeOf(t, ann.Person, "mark")

	s.at(now.Add(10 * time.Minute))
	_, err := s.Code(t.Context(), ann.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
	require.ErrorIs(t, s.Begin(t.Context(), s.beginning(ann), "mark", "next"), table.ErrRefused)
	s.codeOf(t, ann.Person, "another")
}

func TestNoCodeIsKeptOfSomebodyWhoIsNotRegistered(t *testing.T) {
	s := newScene(t)
	nobody := identity.Person{Business: s.office.Business, User: secret.ID()}
	code := table.Code{Mark: "mark", AskedAt: now}
	require.ErrorIs(t, s.AskCode(t.Context(), nobody, code, nil), table.ErrRefused)
	require.Nil(t, s.raw(t, "agenda", table.PersonPartition(nobody), "code"))
}

// A request that was under way when somebody signed out everywhere, or when the contract ended, had read the mark.
func TestCodesThatHaveEndedDoNotComeBackWithWhatWasUnderWay(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	s.codeOf(t, ann.Person, "mark")
	read, err := s.Code(t.Context(), ann.Person)
	require.NoError(t, err)
	require.NoError(t, s.EndSessions(t.Context(), ann.Person))
	require.ErrorIs(t, s.AskCode(t.Context(), ann.Person, read, nil), table.ErrAsked)
	require.ErrorIs(t, s.Begin(t.Context(), s.beginning(ann), "mark", "next"), table.ErrRefused)
	sessions, err := s.Sessions(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Empty(t, sessions)
}

func TestASessionHasAFixedEndAndSoHaveTheRecordsOfIt_4_e_1_4_e_2(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	opened := s.signedIn(t, ann)
	session, err := s.Session(t.Context(), ann.Person, opened)
	require.NoError(t, err)
	require.Equal(t, now.AddDate(0, 0, 30).Unix(), session.Until)
	login, err := s.LastLogin(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Equal(t, "192.0.2.1", login.IP)
	day, err := s.LastUse(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Equal(t, today, day)

	s.at(now.AddDate(0, 0, 30))
	_, err = s.Session(t.Context(), ann.Person, opened)
	require.ErrorIs(t, err, table.ErrAbsent)
	s.at(now.AddDate(0, 0, 6*7))
	_, err = s.LastLogin(t.Context(), ann.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
	s.at(today.Start(s.zone()).AddDate(0, 0, 52*7))
	_, err = s.LastUse(t.Context(), ann.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestADayOfUseIsRecordedWithASessionThatIsThereOfSomebodyWhoIs_4_e_1(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	opened := s.signedIn(t, ann)
	require.NoError(t, s.Use(t.Context(), ann.Person, opened, today.AddDays(1), s.zone()))
	day, err := s.LastUse(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Equal(t, today.AddDays(1), day)

	require.ErrorIs(t, s.Use(t.Context(), ann.Person, "no session", today, s.zone()), table.ErrRefused)
	require.NoError(t, s.Unregister(t.Context(), ann, entries(ann.Email)))
	require.ErrorIs(t, s.Use(t.Context(), ann.Person, opened, today, s.zone()), table.ErrRefused)
}

func TestSessionsEndAtOnceAndOneCanBeKept(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	kept := s.signedIn(t, ann)
	require.NoError(t, s.EndOtherSessions(t.Context(), ann.Person, kept))
	_, err := s.Code(t.Context(), ann.Person)
	require.ErrorIs(t, err, table.ErrAbsent, "with a code another could begin")
	sessions, err := s.Sessions(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Len(t, sessions, 1)
	require.Equal(t, kept, sessions[0].Hash)

	require.NoError(t, s.EndSessions(t.Context(), ann.Person))
	require.NoError(t, s.EndSessions(t.Context(), ann.Person))
	sessions, err = s.Sessions(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Empty(t, sessions)
}

func TestOpenSessionsHearOfAnotherRoleAndAnObjection_7_object(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	opened := s.signedIn(t, ann)
	require.NoError(t, s.ChangeRole(t.Context(), ann, identity.Manager))
	require.NoError(t, s.ChangeUser(t.Context(), ann.Person, map[privacy.Clause]any{"7.object": []string{"4.e.1"}},
		false))
	require.NoError(t, s.UpdateSessions(t.Context(), ann.Person))
	session, err := s.Session(t.Context(), ann.Person, opened)
	require.NoError(t, err)
	require.Equal(t, identity.Manager, session.Role)
	require.True(t, session.NoUse)
	require.Empty(t, session.Used)
	require.NoError(t, s.ForgetUse(t.Context(), ann.Person, ""))
	require.NoError(t, s.Use(t.Context(), ann.Person, opened, today, s.zone()), "nothing is recorded")
	_, err = s.LastUse(t.Context(), ann.Person)
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestASessionDoesNotBeginWithARoleOrAConsentThatHasChangedMeanwhile(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	s.codeOf(t, ann.Person, "mark")
	require.NoError(t, s.Consented(t.Context(), ann.Person, "2", "en", now))
	require.ErrorIs(t, s.Begin(t.Context(), s.beginning(ann), "mark", "next"), table.ErrRefused)
	sessions, err := s.Sessions(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Len(t, sessions, 1, "that of the registration alone")
}
