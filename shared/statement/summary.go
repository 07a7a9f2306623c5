package statement

import "github.com/iotspot/iotspot/shared/words"

// summary is the first screen: an answer to each question that people have. What stands in braces is the
// deployment's, see Publisher.fill.
var summary = []chapter{
	{short: true, title: words.Text{NL: "Wie?", EN: "Who?"}, text: []words.Text{{
		NL: "{controller} is verantwoordelijk voor je persoonsgegevens in iotspot. Vragen? Schrijf naar {contact}.",
		EN: "{controller} is responsible for your personal data in iotspot. Questions? Write to {contact}."}}},
	{short: true, title: words.Text{NL: "Wat?", EN: "What?"}, text: []words.Text{{
		NL: "Je naam en e-mailadres. Wat je verder zelf invult. Je reserveringen, en met sensoren of je op je " +
			"gereserveerde plek bent, en dus waar je bent.",
		EN: "Your name and e-mail address. What else you fill in yourself. Your reservations and, by sensors, " +
			"whether you are at your reserved spot, and so where you are."}}},
	{short: true, title: words.Text{NL: "Waarom?", EN: "Why?"}, text: []words.Text{{
		NL: "Zodat je een plek vindt, reserveert en gebruikt. En om zonder namen te tellen hoe het gebouw wordt " +
			"gebruikt.",
		EN: "So that you find a spot, reserve it and use it. And to count, without names, how the building is " +
			"used."}}},
	{short: true, title: words.Text{NL: "Hoe lang?", EN: "How long?"}, text: []words.Text{{
		NL: "Wat je op een dag doet, is na die dag weg. Wat je invult, blijft tot je het weghaalt of je registratie " +
			"eindigt. Je laatste aanmelding blijft zes weken, de dag van je laatste gebruik 52 weken.",
		EN: "What you do on a day is gone after that day. What you fill in stays until you remove it or your " +
			"registration ends. Your last sign-in stays for six weeks, the day of your last use for 52 weeks."}}},
	{short: true, title: words.Text{NL: "Met wie?", EN: "With whom?"}, text: []words.Text{{
		NL: "Collega's zien je naam en je organisatie, en meer als jij dat wilt. Je werkgever ziet niet meer dan " +
			"zij. Alles staat bij Amazon Web Services in de EU.",
		EN: "Colleagues see your name and your organisation, and more if you want that. Your employer sees no more " +
			"than they do. Everything is stored at Amazon Web Services in the EU."}}},
	{short: true, title: words.Text{NL: "Je rechten?", EN: "Your rights?"}, text: []words.Text{{
		NL: "Bekijken, meenemen, verbeteren, verbergen, bezwaar maken, wissen: in de app, en het werkt meteen.",
		EN: "View, take along, correct, hide, object, erase: in the app, and it works at once."}}},
	{short: true, title: words.Text{NL: "Een klacht?", EN: "A complaint?"}, text: []words.Text{{
		NL: "Schrijf naar {contact}, of ga naar de {authority}: {authorityURL}",
		EN: "Write to {contact}, or go to the {authority}: {authorityURL}"}}},
}
