package signin_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/bearer/bearertest"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

// The registrations of an account whose contract has ended stand for up to a minute, until each got a last mail.
func TestFromTheContractsEndNobodyIsMailedACodeAndNoRequestIsKept_3_4_e_2(t *testing.T) {
	p := newPorch(t)
	p.Delete(t, privacy.Directory, "b#"+p.ann.Business, "account")
	sent := len(p.mail.Sent())
	before, err := p.tables.LastLogin(t.Context(), p.ann)
	require.NoError(t, err)
	_, err = p.desk.Ask(t.Context(), visitor, signin.AskInput{Email: ann})
	require.NoError(t, err, "as to everybody")
	require.Len(t, p.mail.Sent(), sent)
	after, err := p.tables.LastLogin(t.Context(), p.ann)
	require.NoError(t, err)
	require.Equal(t, before, after)
	_, err = p.tables.Code(t.Context(), p.ann)
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestOneSessionIsEndedByItsNameAndTheOthersGoOn_8_security(t *testing.T) {
	p := newPorch(t)
	lost, kept := p.signedIn(t), p.signedIn(t)
	caller, err := bearertest.Caller(t.Context(), p.gate, kept.Token)
	require.NoError(t, err)
	for range 2 { // a repeat does nothing
		_, err = p.desk.EndOne(t.Context(), caller, signin.OneInput{Session: secret.Hash(lost.Token)})
		require.NoError(t, err)
	}
	_, err = bearertest.Caller(t.Context(), p.gate, lost.Token)
	requireKind(t, problem.Unauthorised, err)
	_, err = bearertest.Caller(t.Context(), p.gate, kept.Token)
	require.NoError(t, err)
	_, err = p.desk.EndOne(t.Context(), caller, signin.OneInput{Session: secret.Hash(kept.Token)})
	require.NoError(t, err)
	_, err = bearertest.Caller(t.Context(), p.gate, kept.Token)
	requireKind(t, problem.Unauthorised, err)
}

func TestTheMailsLinkOpensTheAppWithHandleAndCodeBehindTheHash_8_security(t *testing.T) {
	p := newPorch(t)
	in := p.asked(t)
	link := regexp.MustCompile(`https://api\.example/#/code/(\w+)\?digits=([0-9]{12})`).
		FindStringSubmatch(mailtest.Read(t, p.mail.Last(t, ann)).Text)
	require.NotNil(t, link)
	require.Equal(t, strings.ReplaceAll(in.Code, " ", ""), link[2])
	_, err := p.desk.Start(t.Context(), visitor,
		signin.StartInput{SignIn: link[1], Code: link[2], Key: "from-the-mail"})
	require.NoError(t, err)
	_, err = p.desk.Start(t.Context(), visitor, in)
	requireKind(t, problem.Unauthorised, err) // the code works once, by whichever of the two
}
