package signin_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/signin/signintest"
)

// The registrations of an account whose contract has ended stand for up to a minute, until each got a last mail.
func TestFromTheContractsEndNobodyIsMailedACodeAndNoRequestIsKept_3_4_e_2(t *testing.T) {
	for _, domain := range []string{"goes with it", "is another account's since"} {
		p := signintest.NewPorch(t)
		asked := p.Asked(t)
		contractEnds(t, p)
		if domain != "goes with it" {
			p.Put(t, privacy.Directory, "domain#example.com", "domain", map[string]any{"business": "anotheranotherab"})
		}
		sent := len(p.Mail.Sent())
		before, err := p.Tables.LastLogin(t.Context(), p.Ann)
		require.NoError(t, err)
		p.Clock.Move(time.Minute)
		_, err = p.Sessions.Ask(t.Context(), signintest.Visitor, signin.AskInput{Email: signintest.Ann})
		require.NoError(t, err, "as to everybody")
		require.Len(t, p.Mail.Sent(), sent, domain)
		after, err := p.Tables.LastLogin(t.Context(), p.Ann)
		require.NoError(t, err)
		require.Equal(t, before, after, domain)

		_, err = p.Sessions.Start(t.Context(), signintest.Visitor, asked)
		signintest.RequireKind(t, problem.Unauthorised, err) // with a code of before neither
	}
}

// contractEnds takes the account away with its domain, as a contract's end does in one transaction.
func contractEnds(t *testing.T, p *signintest.Porch) {
	t.Helper()
	p.Delete(t, privacy.Directory, "b#"+p.Ann.Business, "account")
	p.Delete(t, privacy.Directory, "domain#example.com", "domain")
}

func TestOneSessionIsEndedByItsNameAndTheOthersGoOn_8_security(t *testing.T) {
	p := signintest.NewPorch(t)
	lost, kept := p.SignedIn(t), p.SignedIn(t)
	caller, err := p.Caller(t, kept.Token)
	require.NoError(t, err)
	for range 2 { // a repeat does nothing
		_, err = p.Sessions.EndOne(t.Context(), caller, signin.OneInput{Session: secret.Hash(lost.Token)})
		require.NoError(t, err)
	}
	_, err = p.Caller(t, lost.Token)
	signintest.RequireKind(t, problem.Unauthorised, err)
	_, err = p.Caller(t, kept.Token)
	require.NoError(t, err)
	_, err = p.Sessions.EndOne(t.Context(), caller, signin.OneInput{Session: secret.Hash(kept.Token)})
	require.NoError(t, err)
	_, err = p.Caller(t, kept.Token)
	signintest.RequireKind(t, problem.Unauthorised, err)
}

func TestTheMailsLinkOpensTheAppWithHandleAndCodeBehindTheHash_8_security(t *testing.T) {
	p := signintest.NewPorch(t)
	in := p.Asked(t)
	link := regexp.MustCompile(`https://api\.example/#/code/(\w+)\?digits=([0-9]{12})`).
		FindStringSubmatch(mailtest.Read(t, p.Mail.Last(t, signintest.Ann)).Text)
	require.NotNil(t, link)
	require.Equal(t, strings.ReplaceAll(in.Code, " ", ""), link[2])
	_, err := p.Sessions.Start(t.Context(), signintest.Visitor,
		signin.StartInput{SignIn: link[1], Code: link[2], Key: "from-the-mail"})
	require.NoError(t, err)
	_, err = p.Sessions.Start(t.Context(), signintest.Visitor, in)
	signintest.RequireKind(t, problem.Unauthorised, err) // the code works once, by whichever of the two
}
