package erasure

import (
	"github.com/iotspot/iotspot/shared/page"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/words"
)

func (r Requests) page(language string, title words.Text, text ...words.Text) page.Page {
	return page.New(r.Controller, language, title, text...)
}

func (r Requests) form(language string) page.Page {
	form := r.page(language, words.Text{NL: "Al je persoonsgegevens wissen", EN: "Erase all your personal data"},
		words.Text{
			NL: "Wat weggaat: binnen een minuut alles wat we van je bewaren. Je registratie, wat je invulde, je " +
				"foto, je reserveringen en je aanwezigheid.",
			EN: "What goes: within a minute all that we keep of you. Your registration, what you filled in, your " +
				"photo, your reservations and your presence."},
		WhatStays,
		words.Text{
			NL: "Wie het merkt: je bent niet meer te vinden voor collega's en je plekken komen vrij. Je organisatie " +
				"ziet dat er een gebruiker minder is. Jij krijgt één bevestiging per e-mail en daarna niets meer.",
			EN: "Who notices: colleagues can't find you any more and your spots come free. Your organisation sees " +
				"that there is one user less. You get one confirmation by e-mail and nothing after it."},
		words.Text{
			NL: "Eerst nog zien wat er staat? Bewaar je overzicht, of vraag in de app een nieuw aan. Na het wissen " +
				"is er niets meer om te laten zien. Wissen kan niet ongedaan worden gemaakt.",
			EN: "Do you want to see first what there is? Keep your overview, or ask for a new one in the app. After " +
				"erasing there is nothing left to show. Erasing can't be undone."})
	form.First = page.Link{URL: r.Controller.Site + "/#/data", Label: words.Text{NL: "Eerst mijn gegevens bekijken",
		EN: "View my data first"}.In(language)}
	form.Button = words.Text{NL: "Ja, wis al mijn gegevens", EN: "Yes, erase all my data"}.In(language)
	return form
}

// WhatStays is said wherever an erasure is offered or done (4.d.3, 7.erase).
var WhatStays = words.Text{
	NL: "Wat blijft: de namen van je gasten, tot zes weken na hun laatste dag, zodat ze worden verwacht; niets " +
		"verbindt ze dan nog met jou. Wat anderen zelf opschreven, zoals jouw naam in hun lijst met favoriete " +
		"collega's; dat is van hen. En een dag lang de reservekopie, die alleen dient om het systeem te herstellen.",
	EN: "What stays: the names of your guests, until six weeks after their last day, so that they are expected; " +
		"nothing connects them with you then. What others wrote themselves, as your name in their list of favourite " +
		"colleagues; that is theirs. And the backup, for a day, which only serves to restore the system.",
}

func (r Requests) accepted(language string) page.Page {
	return r.page(language, words.Text{NL: "Je persoonsgegevens worden gewist",
		EN: "Your personal data is being erased"},
		words.Text{
			NL: "Je registratie is beëindigd. Binnen een minuut zijn je gegevens weg, en krijg je een bevestiging " +
				"op het e-mailadres dat geregistreerd was.",
			EN: "Your registration has ended. Within a minute your data is gone, and you get a confirmation at the " +
				"e-mail address that was registered."}, WhatStays)
}

// unknown is the one answer to a link that is unknown, used or too old.
func (r Requests) unknown() error {
	return page.Unknown(r.Controller, words.Text{
		NL: "De link is onbekend, al gebruikt of ouder dan een week. Vraag in de app een nieuw overzicht aan; " +
			"onderaan staat een nieuwe link.",
		EN: "The link is unknown, already used or older than a week. Ask for a new overview in the app; it has a " +
			"new link at its bottom."})
}

// lastAdministrator is the answer to the only administrator of a business account, who must hand over or end the
// account first. The link stays usable.
func (r Requests) lastAdministrator(language string) error {
	_, body := r.page(words.LanguageOf(language),
		words.Text{NL: "Draag het beheer eerst over", EN: "Hand over the administration first"},
		words.Text{NL: "Je bent de enige beheerder van het bedrijfsaccount. Wijs in de app eerst een ander aan; " +
			"daarna werkt deze link nog. Of beëindig het bedrijfsaccount; dan worden ook jouw gegevens gewist.",
			EN: "You are the only administrator of the business account. Name another one in the app first; this " +
				"link still works after that. Or end the business account; then your data is erased too."}).Content()
	refusal := problem.New(problem.Conflict, "you are the last administrator of the business account: name another "+
		"one first, or end the account with POST /business-account/end")
	refusal.Page = body
	return refusal
}
