package business

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

var openingWords = signin.CodeWords{
	Kind: mail.OpeningCode,
	Subject: words.Text{NL: "Je code om een bedrijfsaccount te openen bij iotspot",
		EN: "Your code to open a business account with iotspot"},
	For: words.Text{NL: "het bedrijfsaccount bij iotspot te openen",
		EN: "open the business account with iotspot"},
	Works: signin.AnHour,
	Otherwise: words.Text{NL: "Heb je geen account aangevraagd? Dan hoef je niets te doen: na dat uur is alles " +
		"weg wat daarbij is ingevuld.",
		EN: "You did not ask for an account? Then there is nothing to do: after that hour all that was filled in " +
			"is gone."},
}

// A namedMail tells somebody what an administrator has made of them. It holds no name.
type namedMail struct{ subject, text words.Text }

func (m namedMail) to(user table.User) mail.Message {
	return mail.Message{To: user.Email, Language: user.Language, Subject: m.subject.In(user.Language),
		Text: m.text.In(user.Language) + "\n", Kind: mail.Named}
}

var roleSubject = words.Text{NL: "Je rol bij iotspot", EN: "Your role with iotspot"}

var roleMails = map[identity.Role]namedMail{
	identity.User: {roleSubject, words.Text{
		NL: "Een beheerder van je organisatie heeft je de rol van gebruiker gegeven.",
		EN: "An administrator of your organisation has given you the role of a user."}},
	identity.Manager: {roleSubject, words.Text{
		NL: "Een beheerder van je organisatie heeft je de rol van locatiebeheerder gegeven.",
		EN: "An administrator of your organisation has given you the role of a location manager."}},
	identity.Administrator: {roleSubject, words.Text{
		NL: "Een beheerder van je organisatie heeft je de rol van beheerder gegeven.",
		EN: "An administrator of your organisation has given you the role of an administrator."}},
}

var officerSubject = words.Text{NL: "BHV bij iotspot", EN: "Emergency response officer with iotspot"}

var officerMails = map[bool]namedMail{
	true: {officerSubject, words.Text{
		NL: "Een beheerder van je organisatie heeft bevestigd dat je BHV'er bent.",
		EN: "An administrator of your organisation has confirmed that you are an emergency response officer."}},
	false: {officerSubject, words.Text{
		NL: "Een beheerder van je organisatie heeft de bevestiging ingetrokken dat je BHV'er bent.",
		EN: "An administrator of your organisation has taken back that you are an emergency response officer."}},
}
