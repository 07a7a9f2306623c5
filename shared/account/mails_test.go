package account

import (
	"testing"

	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

func TestTheMailsOfARegistrationReadWellInBothLanguages(t *testing.T) {
	const to = "noor@customer.example"
	for variant, compose := range map[string]func(string) mail.Message{
		"registration": func(in string) mail.Message {
			return signin.CodeMail(to, in, "0471 1234", registrationWords)
		},
		"new address": func(in string) mail.Message { return signin.CodeMail(to, in, "0471 1234", newAddressWords) },
		"moved":       func(in string) mail.Message { return movedMail(table.User{Email: to, Language: in}) },
		"known":       func(in string) mail.Message { return KnownMail(to, in) },
		"known elsewhere": func(in string) mail.Message {
			m := KnownMail(to, in)
			m.Text += "\n\n" + signin.Elsewhere.In(in)
			return m
		},
		"stranger": func(in string) mail.Message { return strangerMail(to, in) },
	} {
		mailtest.ReadsWell(t, variant, compose)
	}
}
