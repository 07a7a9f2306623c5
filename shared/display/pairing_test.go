package display_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/display"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
)

func TestADisplayHasNoTokenBeforeSomebodyTypesItsCode(t *testing.T) {
	s := morning(t)
	begun := s.begins(t)
	asks := func() string {
		opened, err := s.walls.Paired(t.Context(), identity.Caller{}, display.PairedInput{Code: begun.Code,
			Secret: begun.Secret})
		require.NoError(t, err)
		return opened.Token
	}
	require.Empty(t, asks())
	made, err := s.walls.PairAtFloor(t.Context(), s.admin, display.FloorInput{Floor: s.Floor, Code: begun.Code})
	require.NoError(t, err)
	require.Equal(t, display.Lobby, made.Kind)
	require.Equal(t, asks(), asks(), "who lost the answer asks again")
	caller := s.caller(t, asks())
	require.Equal(t, identity.Caller{Person: identity.Person{Business: s.Business, User: made.ID},
		Role: identity.Display, Session: secret.Hash(begun.Secret), Location: s.Location.ID, Floor: s.Floor}, caller)
}

func TestACodeIsOfNoUseToWhoReadsItFromTheScreen_8_security(t *testing.T) {
	s := morning(t)
	begun := s.begins(t)
	_, err := s.walls.PairAtSpot(t.Context(), s.admin, display.SpotInput{Spot: s.Room, Code: begun.Code})
	require.NoError(t, err)
	for _, guess := range []string{"", secret.Token(), secret.Hash(begun.Secret)} {
		_, err := s.walls.Paired(t.Context(), identity.Caller{}, display.PairedInput{Code: begun.Code, Secret: guess})
		requireKind(t, problem.Unauthorised, err)
	}
	s.db.Clean(t, begun.Secret, secret.Typed(begun.Code))
}

func TestACodeIsForTenMinutesOnePlaceAndOneAccount_8_security(t *testing.T) {
	s := morning(t)
	begun := s.begins(t)
	in := display.SpotInput{Spot: s.Room, Code: begun.Code}
	made, err := s.walls.PairAtSpot(t.Context(), s.admin, in)
	require.NoError(t, err)
	again, err := s.walls.PairAtSpot(t.Context(), s.admin, in)
	require.NoError(t, err)
	require.Equal(t, made, again)
	_, err = s.walls.PairAtSpot(t.Context(), s.admin, display.SpotInput{Spot: s.Desks[0], Code: begun.Code})
	requireKind(t, problem.NotFound, err)
	other := s.db.NewOffice(t, "Europe/Amsterdam", 1)
	_, err = s.walls.PairAtSpot(t.Context(), other.Person(t), display.SpotInput{Spot: other.Room, Code: begun.Code})
	requireKind(t, problem.NotFound, err)

	late := s.begins(t)
	s.db.Clock.Move(10 * time.Minute)
	_, err = s.walls.PairAtSpot(t.Context(), s.admin, display.SpotInput{Spot: s.Room, Code: late.Code})
	requireKind(t, problem.NotFound, err)
	_, err = s.walls.Paired(t.Context(), identity.Caller{}, display.PairedInput{Code: late.Code, Secret: late.Secret})
	requireKind(t, problem.Unauthorised, err)
}

func TestCodesCantBeGuessedByTypingNorUsedUpFromOneNetwork_8_security(t *testing.T) {
	s := morning(t)
	for range 60 - 1 { // one was typed
		_, err := s.walls.PairAtSpot(t.Context(), s.admin, display.SpotInput{Spot: s.Room, Code: "0000 0000"})
		requireKind(t, problem.NotFound, err)
	}
	_, err := s.walls.PairAtSpot(t.Context(), s.admin, display.SpotInput{Spot: s.Room, Code: s.begins(t).Code})
	requireKind(t, problem.TooMany, err)
	for range 200 - 2 {
		s.begins(t)
	}
	_, err = s.walls.Begin(t.Context(), identity.Caller{IP: "192.0.2.99"}, struct{}{})
	requireKind(t, problem.TooMany, err)
	_, err = s.walls.Begin(t.Context(), identity.Caller{IP: "198.51.100.1"}, struct{}{})
	require.NoError(t, err)
}

func TestARevokedDisplayOpensNothing_8_security(t *testing.T) {
	s := morning(t)
	token := s.hangs(t, s.Desks[0])
	caller := s.caller(t, token)
	_, err := s.walls.Revoke(t.Context(), s.Unlisted(t), display.RevokeInput{Display: secret.ID()})
	require.NoError(t, err)
	other := s.db.NewOffice(t, "Europe/Amsterdam", 1)
	_, err = s.walls.Revoke(t.Context(), other.Person(t), display.RevokeInput{Display: caller.User})
	require.NoError(t, err, "it says nothing about another's")
	s.caller(t, token)
	for range 2 {
		_, err = s.walls.Revoke(t.Context(), s.admin, display.RevokeInput{Display: caller.User})
		require.NoError(t, err)
		_, err = s.opens(t, token)
		requireKind(t, problem.Unauthorised, err)
	}
	s.db.Clock.Move(time.Hour) // it would be noted as heard
	_, err = s.opens(t, token)
	requireKind(t, problem.Unauthorised, err)
	list, err := s.walls.List(t.Context(), s.admin, struct{}{})
	require.NoError(t, err)
	require.Len(t, list.Displays, 1)
}

func TestADisplaysTokenIsItsOwnToTheLastLetter_8_security(t *testing.T) {
	s := morning(t)
	token, other := s.hangs(t, s.Desks[0]), s.hangs(t, s.Desks[1])
	for _, wrong := range []string{token[:33] + other[33:], "g" + token[1:], token[1:], token + "a", token[:64],
		bearer.Display(s.Business, s.door.User, secret.Token())} {
		_, err := s.opens(t, wrong)
		require.Error(t, err, wrong)
	}
	_, err := bearer.Callers{Tables: s.db.Tables(), Now: s.db.Clock.Now}.Claim(token, identity.Everyone...)
	requireKind(t, problem.NotFound, err)
}

func TestADisplayThatIsRevokedWhileItAsksIsShownNothing_8_security(t *testing.T) {
	s := morning(t)
	token := s.hangs(t, s.Desks[0])
	s.db.Clock.Move(bearer.HeardEvery)
	tables := s.db.Meanwhile(2, func() { // after it was found, before it is noted that it was heard
		list, err := s.walls.List(t.Context(), s.admin, struct{}{})
		require.NoError(t, err)
		for _, one := range list.Displays {
			_, err := s.walls.Revoke(t.Context(), s.admin, display.RevokeInput{Display: one.ID})
			require.NoError(t, err)
		}
	})
	claim, err := bearer.Callers{Tables: tables, Now: s.db.Clock.Now}.Claim(token, identity.Displays...)
	require.NoError(t, err)
	_, err = claim.Prove(t.Context())
	requireKind(t, problem.Unauthorised, err)
}

func TestADisplayThatSaysNothingIsListedFirstAndAsSilent(t *testing.T) {
	s := morning(t)
	token := s.hangs(t, s.Desks[0])
	meter := &enginetest.Meter{}
	for range 3 { // of a quarter of an hour one writes
		s.db.Clock.Move(5 * time.Minute)
		for range 10 {
			claim, err := bearer.Callers{Tables: s.db.Metered(meter), Now: s.db.Clock.Now}.Claim(token,
				identity.Displays...)
			require.NoError(t, err)
			_, err = claim.Prove(t.Context())
			require.NoError(t, err)
		}
	}
	require.InDelta(t, 3, meter.Usage().Write, 0.1)
	list, err := s.walls.List(t.Context(), s.admin, struct{}{})
	require.NoError(t, err)
	require.Len(t, list.Displays, 2)
	require.Equal(t, []bool{true, false}, []bool{list.Displays[0].Silent, list.Displays[1].Silent})
	require.Equal(t, []display.Kind{display.Door, display.Desk}, []display.Kind{list.Displays[0].Kind,
		list.Displays[1].Kind})
	require.Equal(t, "Room", list.Displays[0].Name)
}
