package business

import (
	"testing"

	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

func TestTheMailsOfABusinessAccountReadWellInBothLanguages(t *testing.T) {
	to := func(language string) table.User {
		return table.User{Email: "ada@customer.example", Language: language}
	}
	mailtest.ReadsWell(t, "", func(in string) mail.Message {
		return signin.CodeMail("ada@customer.example", in, "0471 1234", openingWords)
	})
	for role, said := range roleMails {
		mailtest.ReadsWell(t, string(role), func(in string) mail.Message { return said.to(to(in)) })
	}
	for confirmed, said := range officerMails {
		variant := map[bool]string{true: "officer", false: "no officer"}[confirmed]
		mailtest.ReadsWell(t, variant, func(in string) mail.Message { return said.to(to(in)) })
	}
	for variant, said := range map[string]namedMail{"own workplace": nowOwn("3.14", "Hoofdkantoor"),
		"member":    memberMail("Onderzoek", true),
		"no member": memberMail("Onderzoek", false)} {
		mailtest.ReadsWell(t, variant, func(in string) mail.Message { return said.to(to(in)) })
	}
	for variant, said := range map[string]domainMail{"missing": missingMail, "lost": lostMail} {
		mailtest.ReadsWell(t, variant, func(in string) mail.Message {
			return said.to(to(in), "customer.example", "iotspot-domain=gwo7fsviuey2k77z6qjdzlyfg7vrqpkc")
		})
	}
}
