package guests_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/guests"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
)

func TestGuestsAreInvitedByAnAccountWithAProvedDomainAloneAndSoManyAnHour(t *testing.T) {
	s := begin(t)
	owner := s.db.Item(t, privacy.Directory, "domain#customer.example", "domain")
	s.db.Put(t, privacy.Directory, "domain#customer.example", "domain",
		map[string]any{"business": "somebodyelseaaaa"})
	_, err := s.desk.Invite(t.Context(), s.noor, s.input())
	requireKind(t, problem.Conflict, err)
	require.Empty(t, s.post.Sent())
	s.db.Restore(t, privacy.Directory, owner)
	s.invite(t)

	counter := limit.Counter{Tables: s.tables, Key: enginetest.Keys[secret.Attempts], Now: s.db.Clock.Now}
	for range 199 {
		require.NoError(t, counter.CountBy(t.Context(), limit.Invitations, limit.Account(s.Business), 200))
	}
	in := s.input()
	in.Key = "one too many"
	_, err = s.desk.Invite(t.Context(), s.noor, in)
	requireKind(t, problem.TooMany, err)
}

func TestAllAccountsTogetherMailNoDomainMoreThanSoManyInvitations(t *testing.T) {
	s := begin(t)
	counter := limit.Counter{Tables: s.tables, Key: enginetest.Keys[secret.Attempts], Now: s.db.Clock.Now}
	for _, under := range []identity.Email{"a@one.shop.co.uk", "b@two.shop.co.uk", "c@SHOP.co.uk"} {
		require.Equal(t, limit.MailDomain("gus@shop.co.uk"), limit.MailDomain(under),
			"made up names under it are no others")
	}
	require.NotEqual(t, limit.MailDomain("gus@shop.co.uk"), limit.MailDomain("gus@other.co.uk"))
	domain := limit.MailDomain(address)
	for range 1000 {
		require.NoError(t, counter.CountBy(t.Context(), limit.Invitations, domain, 1000))
	}
	_, err := s.desk.Invite(t.Context(), s.noor, s.input())
	requireKind(t, problem.TooMany, err)
	require.Empty(t, s.post.Sent())
}

func TestAnInvitationIsForDaysThatCanBe(t *testing.T) { // 4.d.3
	s := begin(t)
	for name, change := range map[string]func(*guests.InviteInput){
		"past":        func(in *guests.InviteInput) { in.First = "2026-11-21" },
		"backwards":   func(in *guests.InviteInput) { in.Last = "2026-11-22" },
		"too long":    func(in *guests.InviteInput) { in.Last = "2027-02-23" },
		"far":         func(in *guests.InviteInput) { in.First, in.Last = "2028-01-01", "2028-01-02" },
		"no calendar": func(in *guests.InviteInput) { in.Last = "2026-11-31" },
		"no address":  func(in *guests.InviteInput) { in.Email = "gus@visitor.example\r\nBcc: all@visitor.example" },
		"no location": func(in *guests.InviteInput) { in.Location = secret.ID() },
	} {
		in := s.input()
		change(&in)
		before := s.db.Text(t)
		_, err := s.desk.Invite(t.Context(), s.noor, in)
		var known *problem.Error
		require.ErrorAs(t, err, &known, name)
		require.Equal(t, before, s.db.Text(t), name)
	}
	require.Empty(t, s.post.Sent())
}
