package approval_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/approval"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

var nobody = identity.Caller{} // who follows a link has no session

func TestAMailAsksAndItsLinkShowsOnOpeningAndDecidesOnSending_4_f_3(t *testing.T) {
	for choice, state := range map[string]table.State{"button": table.Reserved, "other": ""} {
		s := asking(t)
		s.asks(t, s.ann)
		s.round(t)
		sent := s.post.Last(t, "iris@customer.example")
		require.Contains(t, sent.Text, "ann asks for approval of 3.00 at Head office")
		require.Contains(t, sent.Text, "24 November 2026 from 12:00 to 17:00")
		require.NotContains(t, sent.Subject, "ann", "a subject is seen on a locked screen")
		for _, who := range []identity.Caller{s.ann, s.iris} {
			require.Equal(t, who == s.iris, strings.Contains(sent.Do.URL, who.User), "the link tells who decides alone")
		}
		iris, jo := s.link(t, "iris"), s.link(t, "jo")
		for range 2 {
			shown, err := s.decider.OpenDecision(t.Context(), nobody, approval.DecisionLink{Link: iris})
			require.NoError(t, err)
			require.Equal(t, []string{"Approve", "Decline"}, []string{shown.Button, shown.Other})
			require.Equal(t, table.Asked, s.has(t, s.ann).State, "opening decides nothing")
		}
		_, irisToken, _ := strings.Cut(iris, ".")
		_, joToken, _ := strings.Cut(jo, ".")
		for _, bad := range []string{"", "x", iris + "x", iris[:len(iris)-1] + "!",
			strings.Replace(iris, irisToken[:len(irisToken)/2], joToken[:len(joToken)/2], 1)} {
			_, err := s.decider.ConfirmDecision(t.Context(), nobody, pressed(bad, choice))
			kind(t, err, problem.NotFound)
		}
		for _, neither := range []string{"", "%", "choice=", "choice=approved"} {
			_, err := s.decider.ConfirmDecision(t.Context(), nobody,
				approval.DecisionForm{Link: iris, Content: []byte(neither)})
			kind(t, err, problem.Malformed)
		}
		require.Equal(t, table.Asked, s.has(t, s.ann).State)
		done, err := s.decider.ConfirmDecision(t.Context(), nobody, pressed(iris, choice))
		require.NoError(t, err)
		require.Empty(t, done.Button)
		require.Equal(t, state, s.has(t, s.ann).State)
		_, err = s.decider.ConfirmDecision(t.Context(), nobody, pressed(jo, "other"))
		kind(t, err, problem.NotFound)
		require.Equal(t, state, s.has(t, s.ann).State, "the first decision stands")
	}
}

func pressed(link, choice string) approval.DecisionForm {
	return approval.DecisionForm{Link: link, Content: []byte("choice=" + choice)}
}

func TestALinkIsDeadForWhoDecidesNothingAnyMore_4_f_3(t *testing.T) {
	s := asking(t)
	s.asks(t, s.ann)
	s.round(t)
	iris, jo := s.link(t, "iris"), s.link(t, "jo")
	require.NoError(t, s.db.Tables().LeaveGroup(t.Context(), s.iris.Person, s.group))
	require.NoError(t, s.db.Tables().Empty(t.Context(), s.jo.Person)) // who is erased
	for _, link := range []string{iris, jo} {
		_, err := s.decider.OpenDecision(t.Context(), nobody, approval.DecisionLink{Link: link})
		kind(t, err, problem.NotFound)
		_, err = s.decider.ConfirmDecision(t.Context(), nobody, pressed(link, "button"))
		kind(t, err, problem.NotFound)
	}
	require.Equal(t, table.Asked, s.has(t, s.ann).State)
	s.db.Clean(t, s.jo.User)
}

func TestAnAddressThatCantBeReachedBringsTheOthersNoSecondMail_4_f_3(t *testing.T) {
	s := asking(t)
	s.db.Put(t, privacy.Directory, table.PersonPartition(s.iris.Person), "user", map[string]any{"business": s.Business,
		"email": "no address", "language": "en", "consent_version": privacy.StatementVersion})
	s.asks(t, s.ann)
	require.Error(t, s.mails(s.db.Tables()).Round(t.Context()))
	s.round(t)
	require.Len(t, s.post.To("jo@customer.example"), 1)
}
