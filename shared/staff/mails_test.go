package staff

import (
	"testing"

	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/signin"
)

func TestTheMailToSignInAsStaffReadsWellInBothLanguages(t *testing.T) {
	mailtest.ReadsWell(t, "staff", func(in string) mail.Message {
		return signin.CodeMail("sam@iotspot.example", in, "0471 1234", codeWords)
	})
}
