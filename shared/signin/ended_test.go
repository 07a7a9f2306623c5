package signin_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/privacy"
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
