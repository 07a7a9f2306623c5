package signin

import (
	"testing"

	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
)

func TestTheMailToSignInReadsWellInBothLanguages(t *testing.T) {
	code := func(in string) mail.Message {
		return linked(CodeMail("noor@customer.example", in, "0471 1234", signInWords),
			"https://api.example/#/code/abc")
	}
	mailtest.ReadsWell(t, "", code)
	mailtest.ReadsWell(t, "elsewhere", func(in string) mail.Message {
		m := code(in)
		m.Text += "\n\n" + Elsewhere.In(in)
		return m
	})
}
