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
	Subject: words.Text{NL: "Je code om een bedrijfsaccount bij iotspot te openen",
		EN: "Your code to open a business account with iotspot"},
	For: words.Text{NL: "Met deze code open je het bedrijfsaccount:",
		EN: "With this code you open the business account:"},
	Works: signin.AnHour,
	Otherwise: words.Text{NL: "Was jij dit niet? Dan hoef je niets te doen. Na een uur is alles weg wat er is " +
		"ingevuld.",
		EN: "Wasn't this you? Then you don't need to do anything. After an hour all that was filled in is gone."},
}

// A namedMail tells somebody what an administrator has made of them. It holds no name.
type namedMail struct {
	subject, text words.Text
	opens         screen
	kind          mail.Kind // Named; NoLonger where nothing is left by which it could be told again
}

// A screen is where the mail's button leads.
type screen struct {
	label words.Text
	path  string
}

var (
	start     = screen{words.Text{NL: "Open iotspot", EN: "Open iotspot"}, "/"}
	reserve   = screen{words.Text{NL: "Reserveer een plek", EN: "Reserve a spot"}, "/"}
	ownDays   = screen{words.Text{NL: "Bekijk je werkplek", EN: "See your workplace"}, "/#/agenda"}
	myData    = screen{words.Text{NL: "Bekijk je gegevens", EN: "See your data"}, "/#/data"}
	emergency = screen{words.Text{NL: "Bekijk welke plekken bezet zijn", EN: "See which spots are occupied"},
		"/#/emergency"}
)

func (m namedMail) to(user table.User) mail.Message {
	return mail.Message{To: user.Email, Language: user.Language, Subject: m.subject.In(user.Language),
		Text: m.text.In(user.Language), Kind: m.kind,
		Do: mail.Action{URL: m.opens.path, Label: m.opens.label.In(user.Language)}}
}

var roleMails = map[identity.Role]namedMail{
	identity.User: {words.Text{NL: "Je bent nu gebruiker van iotspot", EN: "You are now a user of iotspot"},
		words.Text{
			NL: "Een beheerder van je organisatie heeft je rol gewijzigd. Je kunt plekken reserveren, en je beheert " +
				"geen gebouwen of gegevens van de organisatie meer.",
			EN: "An administrator of your organisation has changed your role. You can reserve spots, and no longer " +
				"manage buildings or data of the organisation."}, reserve, mail.Named},
	identity.Manager: {words.Text{NL: "Je bent nu locatiebeheerder bij iotspot",
		EN: "You are now a location manager with iotspot"}, words.Text{
		NL: "Een beheerder van je organisatie heeft je rol gewijzigd. Je kunt nu gebouwen en plekken beheren.",
		EN: "An administrator of your organisation has changed your role. You can now manage buildings and spots."},
		start, mail.Named},
	identity.Administrator: {words.Text{NL: "Je bent nu beheerder bij iotspot",
		EN: "You are now an administrator with iotspot"}, words.Text{
		NL: "Een beheerder van je organisatie heeft je rol gewijzigd. Je kunt nu het bedrijfsaccount beheren: " +
			"gegevens van de organisatie, gebouwen, rollen en gasten.",
		EN: "An administrator of your organisation has changed your role. You can now manage the business account: " +
			"data of the organisation, buildings, roles and guests."}, start, mail.Named},
}

var officerMails = map[bool]namedMail{
	true: {words.Text{NL: "Je bent bevestigd als bedrijfshulpverlener (BHV)",
		EN: "You are confirmed as an emergency response officer"}, words.Text{
		NL: "Een beheerder van je organisatie heeft bevestigd dat je bedrijfshulpverlener bent. In het gebouw waar " +
			"je bent zie je nu welke plekken bezet zijn.",
		EN: "An administrator of your organisation has confirmed that you are an emergency response officer. In the " +
			"building where you are you now see which spots are occupied."}, emergency, mail.Named},
	false: {words.Text{NL: "Je bent niet meer bevestigd als bedrijfshulpverlener (BHV)",
		EN: "You are no longer confirmed as an emergency response officer"}, words.Text{
		NL: "Een beheerder van je organisatie heeft de bevestiging ingetrokken. Je ziet niet meer welke plekken " +
			"bezet zijn.",
		EN: "An administrator of your organisation has withdrawn the confirmation. You no longer see which spots " +
			"are occupied."}, start, mail.Named},
}

// nowOwn tells somebody of a workplace that an administrator made their own.
func nowOwn(spot, location string) namedMail {
	return namedMail{words.Text{NL: "Je hebt nu een eigen werkplek", EN: "You now have a workplace of your own"},
		words.Text{
			NL: "Een beheerder van je organisatie heeft " + spot + " in " + location +
				" jouw eigen werkplek gemaakt. Collega's zien dat de werkplek van iemand is, en niet van wie. Ben " +
				"je er een dag niet? Geef haar dan vrij in de app. Daar kun je haar ook afstaan.",
			EN: "An administrator of your organisation has made " + spot + " at " + location +
				" your own workplace. Colleagues see that the workplace is somebody's, and not whose. Are you not " +
				"there on a day? Then give it free in the app. There you can also give it up."}, ownDays, mail.Named}
}

// memberMail tells somebody that an administrator put them into a group, or took them out.
func memberMail(group string, member bool) namedMail {
	if member {
		return namedMail{words.Text{NL: "Je zit nu in een groep bij iotspot",
			EN: "You are now in a group with iotspot"},
			words.Text{
				NL: "Een beheerder van je organisatie heeft je in de groep " + group +
					" gezet. Voor een groep kan een deel van een verdieping worden vrijgehouden. Alleen jij ziet " +
					"dat je erin zit, en je kunt eruit stappen.",
				EN: "An administrator of your organisation has put you into the group " + group +
					". A part of a floor can be kept for a group. You alone see that you are in it, and you can " +
					"leave it."}, myData, mail.Named}
	}
	return namedMail{words.Text{NL: "Je zit niet meer in een groep bij iotspot",
		EN: "You are no longer in a group with iotspot"}, words.Text{
		NL: "Een beheerder van je organisatie heeft je uit de groep " + group +
			" gehaald. Je reserveert verder zoals iedereen.",
		EN: "An administrator of your organisation has taken you out of the group " + group +
			". You go on reserving as everybody does."}, reserve, mail.NoLonger}
}

// A domainMail tells an administrator of a domain's record.
type domainMail struct{ subject, text words.Text }

func (m domainMail) to(user table.User, domain, value string) mail.Message {
	record := words.Text{NL: "Het record is van het type TXT. Dit zijn de naam en de waarde:",
		EN: "The record is of type TXT. These are its name and its value:"}
	// The name is copied, so it stands as it is: no blank may come into it.
	return mail.Message{To: user.Email, Language: user.Language, Subject: m.subject.In(user.Language),
		Text: m.text.In(user.Language) + "\n\n" + record.In(user.Language) + "\n\n" + mail.Typed +
			recordName(domain) + "\n\n" + mail.Typed + value, Kind: mail.DomainRecord}
}

var missingMail = domainMail{words.Text{NL: "Het DNS-record van je e-maildomein ontbreekt",
	EN: "The DNS record of your e-mail domain is missing"}, words.Text{
	NL: "Het record waarmee je organisatie bewijst dat een e-maildomein van haar is, staat al enkele dagen niet " +
		"meer in DNS. Zet het terug: anders kan zich over een week niemand meer met dat domein registreren. Wie al " +
		"geregistreerd is, blijft dat.",
	EN: "The record with which your organisation proves that an e-mail domain is its own has not been in DNS for " +
		"some days. Put it back: otherwise nobody new can register with that domain from next week on. Who is " +
		"registered stays registered.",
}}

var lostMail = domainMail{words.Text{NL: "Je e-maildomein geeft geen nieuwe toegang meer",
	EN: "Your e-mail domain gives no new access any more"}, words.Text{
	NL: "Het record waarmee je organisatie bewijst dat een e-maildomein van haar is, staat al te lang niet meer in " +
		"DNS. Niemand kan zich er nog mee registreren. Wie al geregistreerd is, blijft dat. Is het domein nog van " +
		"jullie? Zet het record dan terug en laat het bij het bedrijfsaccount opnieuw controleren.",
	EN: "The record with which your organisation proves that an e-mail domain is its own has not been in DNS for " +
		"too long. Nobody new can register with it. Who is registered stays registered. Is the domain still yours? " +
		"Then put the record back, and have it checked again at the business account.",
}}
