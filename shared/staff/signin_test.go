package staff_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/bearer/bearertest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/passkey"
	"github.com/iotspot/iotspot/shared/passkey/passkeytest"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/staff"
	"github.com/iotspot/iotspot/shared/table"
)

func TestStaffSignInAtADoorOfTheirOwnForAnHour(t *testing.T) { // 6.confidential
	s := begin(t)
	s.order(t, "add", named)
	s.enrolled(t)
	session := s.signedIn(t)
	require.Equal(t, []any{identity.Staff, monday.Add(time.Hour)}, []any{session.Role, session.Until})
	caller, err := bearertest.Caller(t.Context(), s.gate, session.Token)
	require.NoError(t, err)
	require.Equal(t, []any{staff.Person(sam), identity.Staff}, []any{caller.Person, caller.Role})

	s.db.Clock.Move(time.Hour - time.Second)
	_, err = bearertest.Caller(t.Context(), s.gate, session.Token)
	require.NoError(t, err)
	s.db.Clock.Move(time.Second)
	_, err = bearertest.Caller(t.Context(), s.gate, session.Token)
	requireProblem(t, problem.Unauthorised, err)

	session = s.signedIn(t)
	caller, err = bearertest.Caller(t.Context(), s.gate, session.Token)
	require.NoError(t, err)
	_, err = s.door.End(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	_, err = bearertest.Caller(t.Context(), s.gate, session.Token)
	requireProblem(t, problem.Unauthorised, err)
}

func TestACodeOfStaffWorksOnceAndForFiveTriesOfItsHandleAndARepeatIsTheSameSession(t *testing.T) {
	s := begin(t)
	s.order(t, "add", named)
	s.enrolled(t)
	in := s.signing(t)
	first, err := s.door.Start(t.Context(), visitor, in)
	require.NoError(t, err)
	again, err := s.door.Start(t.Context(), visitor, in)
	require.NoError(t, err)
	require.Equal(t, first, again)
	in.Key = "another-key"
	_, err = s.door.Start(t.Context(), visitor, in)
	requireProblem(t, problem.Unauthorised, err)

	in = s.signing(t)
	guess, own := s.signing(t), in.Code
	guess.Code, in.Code = "0000 0000 0000", "0000 0000 0000"
	for range table.MaxTries {
		_, err = s.door.Start(t.Context(), visitor, guess)
		requireProblem(t, problem.Unauthorised, err)
	}
	guess.Code, in.Code = own, own
	_, err = s.door.Start(t.Context(), visitor, guess)
	requireProblem(t, problem.Unauthorised, err)
	in.Passkey = s.holder.Sign(passkey.Of(in.SignIn))
	_, err = s.door.Start(t.Context(), visitor, in)
	require.NoError(t, err, "the tries of another handle are none of this one")
}

func TestWithoutBothTheCodeAndThePasskeyNobodyIsLetInAndTheAnswerIsOne_6_confidential(t *testing.T) {
	s := begin(t)
	s.order(t, "add", named)
	in, to := s.asked(t)
	in.Passkey = passkeytest.At(origin, "api.example").Proof(to)
	_, refusal := s.door.Start(t.Context(), visitor, in)
	requireProblem(t, problem.Unauthorised, refusal)
	s.enrolled(t)
	for name, change := range map[string]func(*staff.StartInput){
		"a wrong code": func(in *staff.StartInput) { in.Code = "0000 0000 0000" },
		"no passkey":   func(in *staff.StartInput) { in.Passkey = passkey.Proof{} },
		"another's passkey": func(in *staff.StartInput) {
			in.Passkey = passkeytest.At(origin, "api.example").Proof(passkey.Of(in.SignIn))
		},
		"a proof of another time": func(in *staff.StartInput) {
			in.Passkey = s.holder.Sign(passkey.Of("another " +
				"handle"))
		},
		"another member's handle":  func(in *staff.StartInput) { in.Passkey.User = passkey.Of("another").User },
		"a handle that isn't ours": func(in *staff.StartInput) { in.SignIn = strings.Repeat("a", len(in.SignIn)) },
	} {
		t.Run(name, func(t *testing.T) {
			s.db.Clock.Move(signin.CodeLife)
			in := s.signing(t)
			change(&in)
			_, err := s.door.Start(t.Context(), visitor, in)
			require.Equal(t, refusal, err)
		})
	}
}

func TestACopyOfAPasskeyThatCountsLessIsNotLetIn_6_confidential(t *testing.T) {
	s := begin(t)
	s.order(t, "add", named)
	s.enrolled(t)
	s.holder.Count = 40
	s.signedIn(t)
	s.holder.Count = 3
	in := s.signing(t)
	_, err := s.door.Start(t.Context(), visitor, in)
	requireProblem(t, problem.Unauthorised, err)
}

func TestAnAddressThatIsNobodysAndAUsersGetTheSameAnswerAsStaffAndNoCode(t *testing.T) {
	s := begin(t)
	before := s.db.Everything(t)
	for _, email := range []string{"nobody@operator.example", noor} {
		answer, err := s.door.Ask(t.Context(), visitor, signin.AskInput{Email: email})
		require.NoError(t, err)
		require.Equal(t, 10, answer.Minutes)
		require.Equal(t, passkey.Of(answer.SignIn), answer.Ceremony)
		_, err = s.door.Start(t.Context(), visitor,
			staff.StartInput{SignIn: answer.SignIn, Code: "1234 5678 9012", Key: "guessing"})
		requireProblem(t, problem.Unauthorised, err)
		_, err = s.door.Enrol(t.Context(), visitor,
			staff.EnrolInput{SignIn: answer.SignIn, Code: "1234 5678 9012", Enrolment: secret.ID(), Key: "guessing"})
		requireProblem(t, problem.Unauthorised, err)
	}
	require.Empty(t, s.mail.Sent())
	after := s.db.Everything(t)
	for store := range after {
		for _, item := range after[store] {
			if !strings.HasPrefix(enginetest.Plain(item)["sk"], "attempts#") {
				require.Contains(t, before[store], item)
			}
		}
	}
}

func TestWhoIsRemovedIsOutAtOnceAndNothingIsKeptOfThem(t *testing.T) { // 6.staff
	s := begin(t)
	caller := s.employed(t)
	session := s.enrolled(t)
	late := s.signing(t)
	_, err := s.desk.Look(t.Context(), caller, look("4.a.1"))
	require.NoError(t, err)
	s.order(t, "remove")
	s.order(t, "remove")
	_, err = bearertest.Caller(t.Context(), s.gate, session.Token)
	requireProblem(t, problem.Unauthorised, err)
	_, err = s.door.Start(t.Context(), visitor, late)
	requireProblem(t, problem.Unauthorised, err)
	_, err = s.desk.Look(t.Context(), caller, look("4.a.1"))
	require.Equal(t, problem.Unknown(), err)
	for store, items := range s.db.Everything(t) {
		for _, item := range items {
			for name, value := range enginetest.Plain(item) {
				require.NotContains(t, value, caller.User, "%s %s", store, name)
			}
		}
	}
	require.Len(t, s.told(t, "6.confidential"), 1, "who was looked at still sees it")
}

func TestAMemberOfStaffSeesWhatIsKeptOfThem(t *testing.T) { // 7.overview
	s := begin(t)
	caller := s.employed(t)
	_, err := s.desk.Look(t.Context(), caller, look("4.a.1"))
	require.NoError(t, err)
	s.enrolled(t)
	_, err = s.registrar.Carry(t.Context(), staff.Order{Do: "let-enrol", Email: sam})
	require.NoError(t, err)
	own, err := s.desk.Own(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	values := map[string]any{}
	for _, section := range own.Kinds {
		for _, value := range section.Values {
			values[string(section.Clause)+" "+value.Name] = value.Value
		}
	}
	require.Equal(t, "Sam Support", values["6.staff name"])
	require.Equal(t, sam, values["6.staff email"])
	require.Equal(t, "Confidentiality, version 3", values["6.staff agreement"])
	require.Contains(t, values, "6.staff looked_at")
	require.Contains(t, values, "s.session session of staff")
	require.Contains(t, values, "s.code code")
	require.Contains(t, values, "4.f.5 credential")
	require.Contains(t, values, "s.confirmation enrolment")
	require.Contains(t, values, "s.attempts attempts")
}

func TestOrdersThatCanNotBeCarriedOutSayWhatIsAccepted(t *testing.T) {
	s := begin(t)
	carry := func(do string, more ...func(*staff.Order)) error {
		o := staff.Order{Do: do, Email: sam}
		for _, change := range more {
			change(&o)
		}
		_, err := s.registrar.Carry(t.Context(), o)
		return err
	}
	require.ErrorContains(t, carry("agree", signed), "add them first")
	require.ErrorContains(t, carry("withdraw"), "add them first")
	require.ErrorContains(t, carry("let-disclose"), "add them first")
	require.ErrorContains(t, carry("let-enrol"), "add them first")
	require.NoError(t, carry("remove-passkeys"), "there are none")
	require.ErrorContains(t, carry("add"), "accepted")
	require.ErrorContains(t, carry("promote"), "accepted")
	require.NoError(t, carry("add", named))
	require.ErrorContains(t, carry("add", named), "already")
	for _, wrong := range []func(*staff.Order){
		func(o *staff.Order) { o.On = "2026-11-24" }, func(o *staff.Order) { o.Until = "2026-10-31" },
		func(o *staff.Order) { o.Until = "31-12-2026" },
		func(o *staff.Order) { o.Document = " " }, func(o *staff.Order) { o.By = "" }} {
		require.Error(t, carry("agree", signed, wrong))
	}
}

func TestSigningInThatIsStoppedAnywhereIsCompletedByItsRepeat(t *testing.T) {
	enginetest.EachCall(t, false, func(t *testing.T, faults *enginetest.Faults) {
		s := begin(t)
		s.order(t, "add", named)
		s.enrolled(t)
		in := s.signing(t)
		broken := s.door
		broken.Tables = s.db.Faulty(faults)
		_, err := broken.Start(t.Context(), visitor, in)
		if !faults.Reached() {
			require.NoError(t, err)
			return
		}
		session, err := s.door.Start(t.Context(), visitor, in)
		require.NoError(t, err, "stopped in %v", faults.Calls())
		s.caller(t, session)
	})
}

func TestARemovalThatIsStoppedAnywhereLetsNobodyInAndIsCompletedByItsRepeat(t *testing.T) {
	enginetest.EachCall(t, false, func(t *testing.T, faults *enginetest.Faults) {
		s := begin(t)
		caller := s.employed(t)
		session := s.enrolled(t)
		_, err := s.desk.Look(t.Context(), caller, look("4.a.1"))
		require.NoError(t, err)
		_, err = staff.Registrar{Tables: s.db.Faulty(faults), Now: s.db.Clock.Now}.Carry(t.Context(),
			staff.Order{Do: "remove", Email: sam})
		_, looked := s.desk.Look(t.Context(), caller, look("4.a.1"))
		if arrived := faults.At > 1 || faults.Done; arrived {
			require.Equal(t, problem.Unknown(), looked, "stopped in %v", faults.Calls())
		}
		if !faults.Reached() {
			require.NoError(t, err)
			return
		}
		s.order(t, "remove")
		_, err = bearertest.Caller(t.Context(), s.gate, session.Token)
		requireProblem(t, problem.Unauthorised, err)
	})
}
