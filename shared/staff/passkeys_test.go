package staff_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/bearer/bearertest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/passkey"
	"github.com/iotspot/iotspot/shared/passkey/passkeytest"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/staff"
)

func TestAMailboxAloneEnrolsNobody_4_f_5(t *testing.T) {
	s := begin(t)
	s.order(t, "add", named)
	in, to := s.asked(t)
	enrol := staff.EnrolInput{SignIn: in.SignIn, Code: in.Code, Enrolment: secret.ID(), Passkey: s.holder.Make(to),
		Key: in.Key}
	_, err := s.door.Enrol(t.Context(), visitor, enrol)
	requireProblem(t, problem.Unauthorised, err)
	held, err := s.tables.Passkeys(t.Context(), staff.Person(sam))
	require.NoError(t, err)
	require.Empty(t, held)
}

func TestTheOperatorsSecretEnrolsOnceWithinAnHourAndTheMemberIsTold_4_f_5(t *testing.T) {
	s := begin(t)
	s.order(t, "add", named)
	enrol := s.enrolling(t)
	first, err := s.door.Enrol(t.Context(), visitor, enrol)
	require.NoError(t, err)
	require.Equal(t, mail.NewPasskey, s.mail.Last(t, sam).Kind)
	again, err := s.door.Enrol(t.Context(), visitor, enrol)
	require.NoError(t, err)
	require.Equal(t, first, again, "a repeat is the same session")
	require.Equal(t, staff.Person(sam), s.caller(t, first).Person)

	in, to := s.asked(t)
	_, err = s.door.Enrol(t.Context(), visitor, staff.EnrolInput{SignIn: in.SignIn, Code: in.Code,
		Enrolment: enrol.Enrolment, Passkey: passkeytest.At(origin, "api.example").Make(to), Key: in.Key})
	requireProblem(t, problem.Unauthorised, err)

	late := s.enrolling(t)
	s.db.Clock.Move(time.Hour)
	in, to = s.asked(t)
	_, err = s.door.Enrol(t.Context(), visitor, staff.EnrolInput{SignIn: in.SignIn, Code: in.Code,
		Enrolment: late.Enrolment, Passkey: passkeytest.At(origin, "api.example").Make(to), Key: in.Key})
	requireProblem(t, problem.Unauthorised, err)
}

func TestAnEnrolmentWithAWrongCodeSecretOrPasskeyMakesNothing_4_f_5(t *testing.T) {
	for name, change := range map[string]func(*staff.EnrolInput){
		"a wrong code":                func(in *staff.EnrolInput) { in.Code = "0000 0000 0000" },
		"a wrong secret":              func(in *staff.EnrolInput) { in.Enrolment = secret.ID() },
		"a passkey of another origin": func(in *staff.EnrolInput) { in.Passkey = elsewhere(in.SignIn) },
		"a passkey of another time": func(in *staff.EnrolInput) {
			in.Passkey = passkeytest.At(origin, "api.example").Make(passkey.Of("another handle"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := begin(t)
			s.order(t, "add", named)
			in := s.enrolling(t)
			right := in
			change(&in)
			_, err := s.door.Enrol(t.Context(), visitor, in)
			requireProblem(t, problem.Unauthorised, err)
			_, err = s.door.Enrol(t.Context(), visitor, right)
			require.NoError(t, err, "what was right still works")
		})
	}
}

func elsewhere(handle string) passkey.Made {
	return passkeytest.At("https://evil.example", "api.example").Make(passkey.Of(handle))
}

func TestAnEnrolmentThatIsStoppedAnywhereIsCompletedByItsRepeat(t *testing.T) {
	enginetest.EachCall(t, false, func(t *testing.T, faults *enginetest.Faults) {
		s := begin(t)
		s.order(t, "add", named)
		in := s.enrolling(t)
		broken := s.door
		broken.Tables = s.db.Faulty(faults)
		_, err := broken.Enrol(t.Context(), visitor, in)
		if !faults.Reached() {
			require.NoError(t, err)
			return
		}
		session, err := s.door.Enrol(t.Context(), visitor, in)
		require.NoError(t, err, "stopped in %v", faults.Calls())
		s.caller(t, session)
	})
}

// added is a second passkey of Sam's.
func (s scene) added(t testing.TB, caller identity.Caller) (*passkeytest.Authenticator, staff.Shown) {
	t.Helper()
	second := passkeytest.At(origin, "api.example")
	to, err := s.door.Offer(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	shown, err := s.door.Add(t.Context(), caller, staff.AddInput{Passkey: second.Make(to)})
	require.NoError(t, err)
	return second, shown
}

// lost is the other one of a member's two passkeys than that of their session.
func (s scene) lost(t testing.TB, caller identity.Caller) string {
	t.Helper()
	all, err := s.door.List(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	require.Len(t, all.Passkeys, 2)
	i := slices.IndexFunc(all.Passkeys, func(one staff.Shown) bool { return !one.Here })
	require.True(t, all.Passkeys[1-i].Here)
	return all.Passkeys[i].ID
}

func TestWithASecondPasskeyAMemberSignsInAndRemovesTheOneThatIsLost_4_f_5(t *testing.T) {
	s := begin(t)
	s.order(t, "add", named)
	lost := s.enrolled(t)
	second, shown := s.added(t, s.caller(t, lost))
	require.Equal(t, mail.NewPasskey, s.mail.Last(t, sam).Kind)
	s.holder = second
	session := s.signedIn(t)
	caller := s.caller(t, session)
	_, err := s.door.Remove(t.Context(), caller, staff.RemoveInput{Passkey: s.lost(t, caller)})
	require.NoError(t, err)
	_, err = bearertest.Caller(t.Context(), s.gate, lost.Token)
	requireProblem(t, problem.Unauthorised, err)
	require.Equal(t, caller, s.caller(t, session), "this one was begun with the other")
	_, err = s.door.Remove(t.Context(), caller, staff.RemoveInput{Passkey: shown.ID})
	require.NoError(t, err)
	_, err = bearertest.Caller(t.Context(), s.gate, session.Token)
	requireProblem(t, problem.Unauthorised, err)
}

func TestWhoLostAllPasskeysIsLetInByTheOperatorAlone_4_f_5(t *testing.T) {
	s := begin(t)
	s.order(t, "add", named)
	session := s.enrolled(t)
	s.order(t, "remove-passkeys")
	_, err := bearertest.Caller(t.Context(), s.gate, session.Token)
	requireProblem(t, problem.Unauthorised, err)
	_, err = s.door.Start(t.Context(), visitor, s.signing(t))
	requireProblem(t, problem.Unauthorised, err)
	s.holder = passkeytest.At(origin, "api.example")
	s.enrolled(t)
	s.signedIn(t)
}

func TestAPasskeyIsAddedWithTheChallengeOfTheSessionOnceWithinTenMinutesAndARepeatIsTheSame_4_f_5(t *testing.T) {
	s := begin(t)
	s.order(t, "add", named)
	caller := s.caller(t, s.enrolled(t))
	add := func(made passkey.Made) (staff.Shown, error) {
		return s.door.Add(t.Context(), caller, staff.AddInput{Passkey: made})
	}
	second := passkeytest.At(origin, "api.example")
	_, err := add(second.Make(passkey.Of("no offer")))
	requireProblem(t, problem.Unacceptable, err)
	to, err := s.door.Offer(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	made := second.Make(to)
	first, err := add(made)
	require.NoError(t, err)
	again, err := add(made)
	require.NoError(t, err)
	require.Equal(t, first, again)
	_, err = add(second.Make(to))
	requireProblem(t, problem.Unacceptable, err)

	to, err = s.door.Offer(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	s.db.Clock.Move(staff.OfferLife)
	_, err = add(second.Make(to))
	requireProblem(t, problem.Unacceptable, err)
}

func TestAnAdditionOfAPasskeyThatIsStoppedAnywhereIsCompletedByItsRepeat(t *testing.T) {
	enginetest.EachCall(t, false, func(t *testing.T, faults *enginetest.Faults) {
		s := begin(t)
		s.order(t, "add", named)
		caller := s.caller(t, s.enrolled(t))
		to, err := s.door.Offer(t.Context(), caller, struct{}{})
		require.NoError(t, err)
		in := staff.AddInput{Passkey: passkeytest.At(origin, "api.example").Make(to)}
		broken := s.door
		broken.Tables = s.db.Faulty(faults)
		_, err = broken.Add(t.Context(), caller, in)
		if !faults.Reached() {
			require.NoError(t, err)
			return
		}
		_, err = s.door.Add(t.Context(), caller, in)
		require.NoError(t, err, "stopped in %v", faults.Calls())
		held, err := s.tables.Passkeys(t.Context(), caller.Person)
		require.NoError(t, err)
		require.Len(t, held, 2)
	})
}

func TestARemovalOfAPasskeyThatIsStoppedAnywhereIsCompletedByItsRepeat(t *testing.T) {
	enginetest.EachCall(t, false, func(t *testing.T, faults *enginetest.Faults) {
		s := begin(t)
		s.order(t, "add", named)
		lost := s.enrolled(t)
		s.holder, _ = s.added(t, s.caller(t, lost))
		caller := s.caller(t, s.signedIn(t))
		in := staff.RemoveInput{Passkey: s.lost(t, caller)}
		broken := s.door
		broken.Tables = s.db.Faulty(faults)
		_, err := broken.Remove(t.Context(), caller, in)
		if !faults.Reached() {
			require.NoError(t, err)
			return
		}
		_, err = s.door.Remove(t.Context(), caller, in)
		require.NoError(t, err, "stopped in %v", faults.Calls())
		_, err = bearertest.Caller(t.Context(), s.gate, lost.Token)
		requireProblem(t, problem.Unauthorised, err)
	})
}

func TestOffersOfOneMemberAreCountedByTheHourAndNobodyElsesAreUsedUp(t *testing.T) {
	s := begin(t)
	s.order(t, "add", named)
	caller := s.caller(t, s.enrolled(t))
	for range 20 {
		_, err := s.door.Offer(t.Context(), caller, struct{}{})
		require.NoError(t, err)
	}
	_, err := s.door.Offer(t.Context(), caller, struct{}{})
	requireProblem(t, problem.TooMany, err)
	s.order(t, "add", named, func(o *staff.Order) { o.Email = "noor@operator.example" })
	answer, err := s.door.Ask(t.Context(), visitor, signin.AskInput{Email: "noor@operator.example"})
	require.NoError(t, err)
	require.NotEmpty(t, answer.Challenge)
}
