package staff_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/staff"
	"github.com/iotspot/iotspot/shared/table"
)

func TestALookShowsTheKindsThatWereAskedForAndThePersonSeesWhoWhenAndWhy_6_confidential(t *testing.T) {
	s := begin(t)
	caller := s.employed(t)
	looked, err := s.desk.Look(t.Context(), caller, look("4.b.1", "4.a.1"))
	require.NoError(t, err)
	require.Len(t, looked.Kinds, 2)
	require.Equal(t, "Noor Jansen", looked.Kinds[0].Values[0].Value)
	require.Equal(t, "+31 20 1234567", looked.Kinds[1].Values[0].Value)

	seen := s.told(t, "6.confidential")
	require.Len(t, seen, 1)
	text, err := json.Marshal(seen[0])
	require.NoError(t, err)
	for _, part := range []string{"Sam Support", reason, "4.a.1", "4.b.1", "2026-11-23T08:00:00Z"} {
		require.Contains(t, string(text), part)
	}
	require.Equal(t, monday.Add(364*24*time.Hour), *seen[0].GoneAt)
	s.db.Clock.Move(364*24*time.Hour - time.Second)
	require.Len(t, s.told(t, "6.confidential"), 1)
	s.db.Clock.Move(time.Second)
	require.Empty(t, s.told(t, "6.confidential"))
}

func TestWithoutAnAgreementInForceNothingIsShownAndNothingRecorded_6_confidential(t *testing.T) {
	s := begin(t)
	caller := identity.Caller{Person: staff.Person(sam), Role: identity.Staff}
	refused := func(why string) {
		t.Helper()
		_, err := s.desk.Look(t.Context(), caller, look("4.a.1"))
		require.Equal(t, problem.Unknown(), err, why)
		_, err = s.desk.LookAtAccount(t.Context(), caller,
			staff.AccountInput{Account: s.Business, Kinds: []privacy.Clause{"3.a"}, Reason: reason, Key: "one"})
		require.Equal(t, problem.Unknown(), err, why)
		_, err = s.desk.Disclose(t.Context(), caller, staff.DiscloseInput{Email: noor,
			Kinds: []privacy.Clause{"4.a.1"}, Ground: ground,
			Recipient: "court", Key: "one"})
		require.Equal(t, problem.Unknown(), err, why)
		require.Empty(t, s.told(t, "6.confidential"), why)
		require.Empty(t, s.told(t, "5.disclosure"), why)
		require.Empty(t, s.looksAtAccount(t), why)
	}
	refused("who is no staff")
	s.order(t, "add", named)
	s.order(t, "let-disclose")
	refused("without an agreement")
	s.order(t, "agree", signed)
	s.order(t, "withdraw")
	refused("withdrawn")
	require.ErrorIs(t, s.tables.RecordLook(t.Context(), caller.Person, s.noor.Person,
		table.Look{ID: secret.ID(), By: "Sam", Reason: reason,
			Kinds: []privacy.Clause{"4.a.1"}, LookedAt: monday}), table.ErrNotStaff,
		"withdrawn between the look at the agreement and the record")
	s.order(t, "agree", signed)
	s.db.Clock.Set(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
	refused("expired")
	s.db.Clock.Set(time.Date(2026, 10, 31, 23, 59, 59, 0, time.UTC))
	refused("not in force yet")
	s.db.Clock.Set(time.Date(2026, 11, 30, 23, 59, 59, 0, time.UTC))
	_, err := s.desk.Look(t.Context(), caller, look("4.a.1"))
	require.NoError(t, err, "on its last day it holds")
}

func TestNothingIsShownBeforeTheLookIsRecordedWhereverItIsStopped_6_confidential(t *testing.T) {
	enginetest.EachCall(t, true, func(t *testing.T, faults *enginetest.Faults) {
		s := begin(t)
		caller := s.employed(t)
		looked, err := s.deskOn(s.db.Faulty(faults)).Look(t.Context(), caller, look("4.a.1"))
		if len(looked.Kinds) > 0 {
			require.Len(t, s.told(t, "6.confidential"), 1, "stopped in %v", faults.Calls())
		}
		reads := slices.Index(faults.Calls(), "Query")
		require.True(t, reads < 0 || slices.Index(faults.Calls(), "TransactWriteItems") < reads, "%v",
			faults.Calls())
		if !faults.Reached() {
			require.NoError(t, err)
			require.Greater(t, faults.At, 5)
			return
		}
		_, err = s.desk.Look(t.Context(), caller, look("4.a.1"))
		require.NoError(t, err)
		require.Len(t, s.told(t, "6.confidential"), 1, "and a repeat is the same record")
	})
}

func TestAnotherLookIsAnotherRecordThoughItsKeyIsTheSame_6_confidential(t *testing.T) {
	s := begin(t)
	caller := s.employed(t)
	one, more, other := look("4.a.1"), look("4.a.1", "4.b.1"), look("4.a.1")
	other.Reason = "wants to know something else now"
	for i, in := range []staff.LookInput{one, more, other} {
		_, err := s.desk.Look(t.Context(), caller, in)
		require.NoError(t, err)
		require.Len(t, s.told(t, "6.confidential"), i+1)
	}
	s.db.Clock.Move(time.Hour)
	_, err := s.desk.Look(t.Context(), caller, one)
	require.NoError(t, err)
	require.Len(t, s.told(t, "6.confidential"), 4, "the same later")
}

func TestTheIdOfALookCanNotBeSearchedForAnAddressWithoutTheKey_6_confidential(t *testing.T) {
	s := begin(t)
	caller := s.employed(t)
	s.order(t, "let-disclose")
	other := s.desk
	other.Keys = secret.NewRoots("the root of another deployment, of which nobody knows anything", other.Now()).Keys()
	s.db.Put(t, privacy.Directory, "address#"+identity.Email(noor).Entries(other.Keys[secret.Addresses])[0],
		"address",
		map[string]any{"business": s.Business, "user": s.noor.User})
	for what, record := range map[string]func(staff.Looks) (string, error){
		"look": func(d staff.Looks) (string, error) {
			made, err := d.Look(t.Context(), caller, look("4.a.1"))
			return made.Look, err
		},
		"disclosure": func(d staff.Looks) (string, error) {
			made, err := d.Disclose(t.Context(), caller, disclosure())
			return made.Disclosure, err
		},
		"account look": func(d staff.Looks) (string, error) {
			made, err := d.LookAtAccount(t.Context(), caller,
				staff.AccountInput{Domain: "customer.example", Kinds: []privacy.Clause{"3.a"}, Reason: reason,
					Key: "one"})
			return made.Look, err
		},
	} {
		id, err := record(s.desk)
		require.NoError(t, err, what)
		again, err := record(s.desk)
		require.NoError(t, err, what)
		require.Equal(t, id, again, "the same again is the same record")
		elsewhere, err := record(other)
		require.NoError(t, err, what)
		require.NotEqual(t, id, elsewhere, "the id of a %s follows from the key too", what)
	}
}

func TestWhoIsNotThereIsUnknownByAddressAndByRegistrationWithTheSameCalls_6_confidential(t *testing.T) {
	s := begin(t)
	caller := s.employed(t)
	calls := func(in staff.LookInput) []string {
		meter := &enginetest.Meter{}
		_, err := s.deskOn(s.db.Metered(meter)).Look(t.Context(), caller, in)
		require.Equal(t, problem.Unknown(), err)
		return meter.Usage().Calls
	}
	stranger, erased := look("4.a.1"), look("4.a.1")
	stranger.Email, erased.Email = "stranger@customer.example", "erased@customer.example"
	s.db.Put(t, privacy.Directory, "address#"+enginetest.Keys[secret.Addresses].Hash("address", erased.Email),
		"address",
		map[string]any{"business": s.Business, "user": secret.ID()})
	require.Equal(t, calls(stranger), calls(erased))
	random, foreign := look("4.a.1"), look("4.a.1")
	random.Email, random.Registration = "", secret.ID()+secret.ID()
	foreign.Email, foreign.Registration = "", secret.ID()+s.noor.User
	require.Equal(t, calls(random), calls(foreign))
	_, err := s.desk.Look(t.Context(), caller, staff.LookInput{Kinds: []privacy.Clause{"4.a.1"}, Reason: reason,
		Key: "one"})
	requireProblem(t, problem.Malformed, err)
}

func TestAGuestIsLookedAtByRegistrationAndSeesIt_6_confidential(t *testing.T) {
	s := begin(t)
	caller := s.employed(t)
	guest := identity.Person{Business: s.Business, User: secret.ID()}
	s.db.Put(t, privacy.Agenda, table.PersonPartition(guest), "guest",
		map[string]any{"business": s.Business, "name": "Gil Guest", "ttl": monday.Add(time.Hour).Unix()})
	in := look("4.d.3")
	in.Email, in.Registration = "", guest.Business+guest.User
	looked, err := s.desk.Look(t.Context(), caller, in)
	require.NoError(t, err)
	require.Equal(t, "Gil Guest", looked.Kinds[0].Values[0].Value)
	seen, err := s.desk.Overviews.Of(t.Context(), guest)
	require.NoError(t, err)
	text, err := json.Marshal(seen)
	require.NoError(t, err)
	require.Contains(t, string(text), reason)
	s.db.Clock.Move(time.Hour)
	_, err = s.desk.Look(t.Context(), caller, in)
	require.Equal(t, problem.Unknown(), err)
}

func TestALookGoesWithTheErasureOfThePerson_7_erase(t *testing.T) {
	s := begin(t)
	caller := s.employed(t)
	s.order(t, "let-disclose")
	_, err := s.desk.Look(t.Context(), caller, look("4.a.1"))
	require.NoError(t, err)
	_, err = s.desk.Disclose(t.Context(), caller, staff.DiscloseInput{Email: noor, Kinds: []privacy.Clause{"4.a.1"},
		Ground:    ground,
		Recipient: "court", Key: "one"})
	require.NoError(t, err)
	require.NoError(t, s.tables.Empty(t.Context(), s.noor.Person))
	for _, items := range s.db.Everything(t) {
		for _, item := range items {
			for _, value := range enginetest.Plain(item) {
				require.NotContains(t, value, reason)
				require.NotContains(t, value, ground)
			}
		}
	}
}

func TestLooksAreLimitedWithinAnHourThoseAtNobodyIncluded(t *testing.T) {
	s := begin(t)
	caller := s.employed(t)
	stranger := look("4.a.1")
	stranger.Email = "stranger@customer.example"
	for range 30 {
		_, err := s.desk.Look(t.Context(), caller, stranger)
		require.Equal(t, problem.Unknown(), err)
	}
	_, err := s.desk.Look(t.Context(), caller, look("4.a.1"))
	require.Positive(t, requireProblem(t, problem.TooMany, err).RetryAfter)
	require.Empty(t, s.told(t, "6.confidential"))
}

// 6.account
func TestALookAtACustomerShowsTheKindsThatWereAskedForAndItsAdministratorsSeeIt_6_confidential(t *testing.T) {
	s := begin(t)
	caller := s.employed(t)
	for clause, part := range map[privacy.Clause]string{"3.a": "Customer B.V.", "3.b": "1 Main Street",
		"3.c": `"latitude"`, "3.d": "customer.example",
		"3.e": "Third floor", "3.f": "workplace, desk", "3.g": `"workplaces":2`, "3.h": `"rooms":1`, "3.i": "0",
		"3.j": "vat_number"} {
		in := staff.AccountInput{Domain: "CUSTOMER.example", Kinds: []privacy.Clause{clause}, Reason: reason,
			Key: "one"}
		looked, err := s.desk.LookAtAccount(t.Context(), caller, in)
		require.NoError(t, err)
		require.Equal(t, s.Business, looked.Account)
		text, err := json.Marshal(looked.Kinds)
		require.NoError(t, err)
		require.Len(t, looked.Kinds, 1)
		require.Contains(t, string(text), part)
	}
	looks := s.looksAtAccount(t)
	require.Len(t, looks, 10)
	require.Equal(t, []any{"Sam Support", monday, reason}, []any{looks[0].By, looks[0].LookedAt, looks[0].Reason})
	for _, in := range []staff.AccountInput{{Domain: "elsewhere.example"}, {Account: secret.ID()}} {
		in.Kinds, in.Reason, in.Key = []privacy.Clause{"3.a"}, reason, "one"
		_, err := s.desk.LookAtAccount(t.Context(), caller, in)
		require.Equal(t, problem.Unknown(), err)
	}
}
