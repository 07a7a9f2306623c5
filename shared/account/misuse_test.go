package account_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/signin"
)

func TestWhoseDomainIsNoCustomersGetsTheSameAnswerNothingIsStoredAndAMailSaysSo_3_d(t *testing.T) {
	h := newHall(t)
	known, err := h.desk.Register(t.Context(), visitor, request("ann@example.com"))
	require.NoError(t, err)
	before := h.uncounted(t)
	for _, email := range []string{"ann@elsewhere.example", "ann@mail.example.com", "ann@com.com", "ann@notexample.com"} {
		first, err := h.desk.Register(t.Context(), visitor, request(email))
		require.NoError(t, err, email)
		again, err := h.desk.Register(t.Context(), visitor, request(email))
		require.NoError(t, err, email)
		require.Equal(t, first, again, "the same request is the same registration here too")
		require.Equal(t, len(known.Registration), len(first.Registration))
		require.Equal(t, known.Minutes, first.Minutes)
		require.Equal(t, mail.NoAccess, h.mail.Last(t, email).Kind)
		_, err = h.desk.Confirm(t.Context(), visitor, account.ConfirmInput{Registration: first.Registration,
			Code: "1234 5678 9012", Key: "confirming-key"})
		requireKind(t, problem.Unauthorised, err)
	}
	require.Equal(t, before, h.uncounted(t))
}

// uncounted is all that is stored but how often something was asked for.
func (h *hall) uncounted(t *testing.T) map[privacy.Store][]map[string]string {
	kept := map[privacy.Store][]map[string]string{}
	for store, items := range h.Everything(t) {
		for _, item := range items {
			if plain := enginetest.Plain(item); !strings.HasPrefix(plain["pk"], "attempts#") {
				kept[store] = append(kept[store], plain)
			}
		}
	}
	return kept
}

func TestNobodyCanHaveTheWorldMailedThatItIsNoCustomer(t *testing.T) {
	h := newHall(t)
	for i := range 40 {
		waiting, err := h.desk.Register(t.Context(), visitor, request(fmt.Sprintf("ann@victim-%02d.example", i)))
		require.NoError(t, err)
		require.NotEmpty(t, waiting.Registration)
	}
	require.Len(t, h.mail.Sent(), limit.Most[limit.StrangerMails].Network)
}

func TestTheHandleOfARegistrationSaysNothingOfTheAccountAndIsNobodyElsesToMake(t *testing.T) {
	h := newHall(t)
	in := h.asked(t, "ann@example.com")
	require.NotContains(t, in.Registration, h.business)
	require.Len(t, in.Registration, signin.WaitingLength)
	for i := range in.Registration {
		forged := []byte(in.Registration)
		forged[i] = map[bool]byte{true: 'b', false: 'a'}[forged[i] == 'a']
		_, err := h.desk.Confirm(t.Context(), visitor, account.ConfirmInput{Registration: string(forged), Code: in.Code,
			Key: "confirming-key"})
		requireKind(t, problem.Unauthorised, err)
	}
	_, err := h.desk.Confirm(t.Context(), visitor, in)
	require.NoError(t, err)
}

func TestACodeOfARegistrationIsTakenAsPeoplePasteIt(t *testing.T) {
	for _, written := range []func(string) string{
		func(code string) string { return " " + code + "\n" },
		func(code string) string { return strings.ReplaceAll(code, " ", "") },
		func(code string) string { return strings.ReplaceAll(code, " ", "\u00a0") },
		func(code string) string { return strings.ReplaceAll(code, " ", "-") },
	} {
		h := newHall(t)
		waiting, err := h.desk.Register(t.Context(), visitor, request(" ann@example.com\n"))
		require.NoError(t, err)
		in := account.ConfirmInput{Registration: waiting.Registration, Code: written(h.code(t, "ann@example.com")),
			Key: "confirming-key"}
		_, err = h.desk.Confirm(t.Context(), visitor, in)
		require.NoError(t, err, in.Code)
	}
}

func TestAMailboxIsNotFloodedAndItsOwnerRegistersAllTheSame(t *testing.T) { // s.attempts
	h := newHall(t)
	h.Clock.Set(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	for i := range 40 {
		in := request([]string{"ann@example.com", "Ann@Example.com"}[i%2])
		in.Key = fmt.Sprintf("request-%d", i)
		_, err := h.desk.Register(t.Context(), identity.Caller{IP: fmt.Sprintf("203.0.%d.5", i)}, in)
		require.NoError(t, err)
	}
	require.Len(t, h.mail.Sent(), limit.MailsInWindow)
	own, err := h.desk.Register(t.Context(), visitor, request("ann@example.com"))
	require.NoError(t, err)
	require.Len(t, h.mail.Sent(), limit.MailsInWindow)
	_, err = h.desk.Confirm(t.Context(), visitor, account.ConfirmInput{Registration: own.Registration,
		Code: digits.FindString(h.mail.Sent()[0].Text), Key: "confirming-key"})
	require.NoError(t, err, "the code that came is the one of this window")
	h.Clock.Move(limit.Window)
	_, err = h.desk.Register(t.Context(), visitor, request("ann+tag@example.com"))
	require.NoError(t, err)
	require.Len(t, h.mail.Sent(), limit.MailsInWindow+1)
}

func TestPlusTagsGiveAMailboxNoMoreMails(t *testing.T) {
	h := newHall(t)
	for i := range 60 {
		_, err := h.desk.Register(t.Context(), visitor, request(fmt.Sprintf("ceo+%d@example.com", i)))
		require.NoError(t, err)
	}
	require.Len(t, h.mail.Sent(), limit.MailsInWindow)
}
