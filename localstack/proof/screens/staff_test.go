package screens_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/passkey"
	"github.com/iotspot/iotspot/shared/passkey/passkeytest"
	"github.com/iotspot/iotspot/shared/staff"
)

const sam = "sam@iotspot.example"

// hires lets Sam look and disclose, and gives the secret with which they make their first passkey.
func hires(t *testing.T, o Office) (enrolment string) {
	t.Helper()
	today := o.Now()
	for _, order := range []staff.Order{{Do: "add", Name: "Sam Support", Language: "en"},
		{Do: "agree", Document: "Confidentiality, version 3", By: "Olga Operator",
			On:    civil.DateOf(today.AddDate(0, -1, 0), civil.UTC),
			Until: civil.DateOf(today.AddDate(1, 0, 0), civil.UTC)}, {Do: "let-disclose"}, {Do: "let-enrol"}} {
		order.Email = sam
		var err error
		enrolment, err = o.Staff(t.Context(), order)
		require.NoError(t, err)
	}
	return enrolment
}

// employs is Sam, signed in by a program.
func employs(t *testing.T, o Office) example.Client {
	t.Helper()
	who := example.Client{API: o.API, Console: o.Console}
	enrolment := hires(t, o)
	var asked struct {
		SignIn string `json:"sign_in"`
	}
	require.NoError(t, who.Send(t.Context(), "POST", "/staff/sign-ins", map[string]any{"email": sam}, &asked))
	var opened struct{ Token string }
	require.NoError(t, who.Send(t.Context(), "POST", "/staff/enrolments", map[string]any{"sign_in": asked.SignIn,
		"code": phone.MailedCode(t, o.Stack, sam), "enrolment": enrolment,
		"passkey": passkeytest.Of(o.API).Make(passkey.Of(asked.SignIn))}, &opened))
	who.Token = opened.Token
	return who
}
