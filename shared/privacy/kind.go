// Package privacy is the register of the kinds of personal data: what is kept, why, where, until when, and what an
// erasure does with it. Whatever the system promises about data follows from the declarations here: the TTL attribute
// on each item, the read filter, the sweep, the overview, the export, the erasure, the statement and the retention
// table.
//
// A Kind is what the statement promises about (a clause). An Item is a shape in a store that holds kinds, attribute
// by attribute. Only a Stamped item can be written, and it can be stamped only with attributes that its Item
// declares.
package privacy

import (
	"slices"

	"github.com/iotspot/iotspot/shared/words"
)

// A Clause is the id of a promise, as 4.d.4.
type Clause string

// A Purpose is one of those the statement names (5.purpose).
type Purpose string

// The purposes, and no others.
const (
	Research    Purpose = "a"    // research to improve the service
	Promotion   Purpose = "b"    // promoting use within the contract
	Performance Purpose = "c"    // performing the agreements
	Management  Purpose = "d"    // technical and functional management
	Disclosure  Purpose = "e.i"  // disclosure required by law or the statement
	Enforcement Purpose = "e.ii" // enforcing the terms of service
)

// A Fate is what the erasure of a person does with a kind.
type Fate string

// The fates.
const (
	Delete Fate = "delete"
	Unlink Fate = "unlink" // kept until its own deadline without any link to the person (4.d.3)
	Keep   Fate = "keep"   // the customer's, not the person's (art. 3)
)

// A Kind is one declared kind of data.
type Kind struct {
	Clause Clause
	Group  Group   // under which people find it
	Bases  []Basis // on which it can rest; a controller chooses, without a choice it is the first

	words.Text // what it is

	Purposes []Purpose
	Rule     Rule
	Fate     Fate
	Seen     Sight // by other users
	Secret   bool  // existence and deadline are shown, the value never (codes, sessions, links)
	Optional bool  // given by the person's choice and cleared alone

	// By names the operations of the HTTP interface with which it is changed or removed (7.rectify).
	By []string
}

// Kinds is the register, in the order of the statement.
var Kinds = slices.Concat([]Kind{
	{Clause: "2.consent", Group: You, Bases: byDuty,
		Text: words.Text{NL: "je toestemming: versie, taal en tijdstip",
			EN: "your consent: version, language and time"},
		Purposes: []Purpose{Performance, Disclosure}, Rule: WhileAccount, Fate: Delete,
		By: []string{"consent", "erase"}},

	{Clause: "3.a", Group: Customers, Bases: forService,
		Text: words.Text{NL: "geregistreerde naam van de rechtspersoon",
			EN: "registered name of the legal entity"},
		Purposes: []Purpose{Performance}, Rule: UnderContract, Fate: Keep},
	{Clause: "3.b", Group: Customers, Bases: forService,
		Text: words.Text{NL: "geregistreerde adressen en adressen van locaties",
			EN: "registered addresses and addresses of locations"},
		Purposes: []Purpose{Performance}, Rule: UnderContract, Fate: Keep},
	{Clause: "3.c", Group: Customers, Bases: forService,
		Text: words.Text{NL: "geografische positie van locaties",
			EN: "geographic position of locations"},
		Purposes: []Purpose{Performance}, Rule: UnderContract, Fate: Keep},
	{Clause: "3.d", Group: Customers, Bases: forService,
		Text: words.Text{NL: "e-maildomeinen met toegang",
			EN: "e-mail domains that have access"},
		Purposes: []Purpose{Performance}, Rule: UnderContract, Fate: Keep},
	{Clause: "3.e", Group: Customers, Bases: forService,
		Text: words.Text{NL: "beschrijving van locaties: plattegrond, verdiepingen, zones en sectoren",
			EN: "description of locations: plan, floors, zones and sectors"},
		Purposes: []Purpose{Performance}, Rule: UnderContract, Fate: Keep},
	{Clause: "3.f", Group: Customers, Bases: forService,
		Text: words.Text{NL: "categorie en soort van werkplekken en ruimtes",
			EN: "category and type of workplaces and rooms"},
		Purposes: []Purpose{Performance}, Rule: UnderContract, Fate: Keep},
	{Clause: "3.g", Group: Customers, Bases: forService,
		Text: words.Text{NL: "aantal werkplekken per locatie",
			EN: "number of workplaces per location"},
		Purposes: []Purpose{Performance, Management}, Rule: UnderContract, Fate: Keep},
	{Clause: "3.h", Group: Customers, Bases: forService,
		Text: words.Text{NL: "aantal ruimtes per locatie",
			EN: "number of rooms per location"},
		Purposes: []Purpose{Performance, Management}, Rule: UnderContract, Fate: Keep},
	{Clause: "3.i", Group: Customers, Bases: forService,
		Text: words.Text{NL: "aantal geregistreerde gebruikers",
			EN: "number of registered users"},
		Purposes: []Purpose{Performance, Management}, Rule: UnderContract, Fate: Keep},
	{Clause: "3.j", Group: Customers, Bases: forService,
		Text: words.Text{NL: "vereiste factuurgegevens",
			EN: "required invoice data"},
		Purposes: []Purpose{Performance}, Rule: UnderContract, Fate: Keep},

	{Clause: "4.a.1", Group: You, Bases: forService,
		Text: words.Text{NL: "je naam",
			EN: "your name"},
		Purposes: []Purpose{Performance}, Rule: WhileAccount, Fate: Delete, Seen: UnlessHidden,
		By: []string{"changeProfile"}},
	{Clause: "4.a.2", Group: You, Bases: forService,
		Text: words.Text{NL: "je e-mailadres",
			EN: "your e-mail address"},
		Purposes: []Purpose{Performance}, Rule: WhileAccount, Fate: Delete, Seen: IfShown,
		By: []string{"askAddress", "moveAddress"}},
}, optionalKinds(), []Kind{
	{Clause: "4.b.6", Group: You, Bases: byChoice,
		Text: words.Text{NL: "je profielfoto",
			EN: "your profile photo"},
		Purposes: []Purpose{Performance}, Rule: WhileSpecified, Fate: Delete, Seen: IfShown, Optional: true,
		By: []string{"setPhoto", "removePhoto"}},
	{Clause: "4.c.1", Group: You, Bases: byChoice,
		Text: words.Text{NL: "je favoriete werkplekken en ruimtes",
			EN: "your favourite workplaces and rooms"},
		Purposes: []Purpose{Performance}, Rule: WhileSpecified, Fate: Delete, Optional: true,
		By: []string{"addFavouriteSpot", "removeFavouriteSpot"}},
	{Clause: "4.c.2", Group: You, Bases: byChoice,
		Text: words.Text{NL: "de namen van je favoriete collega's, zoals jij ze opschreef",
			EN: "the names of your favourite colleagues, as you wrote them"},
		Purposes: []Purpose{Performance}, Rule: WhileSpecified, Fate: Delete, Optional: true,
		By: []string{"addFavouriteColleague", "removeFavouriteColleague"}},
	{Clause: "4.d.1", Group: You, Bases: forService,
		Text: words.Text{NL: "de organisatie en het bedrijfsaccount waardoor je toegang hebt, en je rol",
			EN: "the organisation and the business account through which you have access, and your role"},
		Purposes: []Purpose{Performance}, Rule: WhileAccount, Fate: Delete, Seen: UnlessHidden,
		By: []string{"removeRecord", "erase"}},
	{Clause: "4.d.2", Group: Days, Bases: forService,
		Text: words.Text{NL: "je reserveringen: datum, tijd en plek, en wie ze maakte als jij dat niet was",
			EN: "your reservations: date, time and spot, and who made them where it wasn't you"},
		Purposes: []Purpose{Performance}, Rule: DayEnd, Fate: Delete,
		By: []string{"change", "cancel", "release"}},
	{Clause: "4.d.3", Group: Days, Bases: forWorking,
		Text: words.Text{NL: "je gasten, of jijzelf als gast: naam en de dagen van toegang",
			EN: "your guests, or you yourself as a guest: name and days of access"},
		Purposes: []Purpose{Performance}, Rule: SixWeeksAfterPeriod, Fate: Unlink,
		By: []string{"inviteGuest", "changePass", "endGuest", "erase"}},
	{Clause: "4.d.4", Group: Days, Bases: byChoice,
		Text: words.Text{NL: "of je op een gereserveerde plek aanwezig bent, en dus waar je bent",
			EN: "whether you are at a reserved spot, and so where you are"},
		Purposes: []Purpose{Performance}, Rule: DayEnd, Fate: Delete, Seen: IfShown,
		By: []string{"retract"}},
	{Clause: "4.d.5", Group: Technique, Bases: forWorking,
		Text: words.Text{NL: "het besturingssysteem, met versie, van het apparaat dat je het laatst gebruikte",
			EN: "the operating system, with its version, of the device that you used last"},
		Purposes: []Purpose{Management}, Rule: WhileAccount, Fate: Delete,
		By: []string{"removeRecord"}},
	{Clause: "4.e.1", Group: Technique, Bases: forWorking,
		Text: words.Text{NL: "de dag waarop je iotspot het laatst gebruikte",
			EN: "the day on which you last used iotspot"},
		Purposes: []Purpose{Management}, Rule: FiftyTwoWeeks, Fate: Delete,
		By: []string{"removeRecord"}},
	{Clause: "4.e.2", Group: Technique, Bases: forWorking,
		Text: words.Text{NL: "je laatste aanmelding: wanneer aangevraagd, wanneer aangemeld, IP-adres en e-mailadres",
			EN: "your last sign-in: when asked for, when signed in, IP address and e-mail address"},
		Purposes: []Purpose{Management}, Rule: SixWeeksAfterLogin, Fate: Delete,
		By: []string{"removeRecord"}},
	// administrators give a workplace and groups: it is no free choice
	{Clause: "4.f.1", Group: You, Bases: forWorking,
		Text: words.Text{NL: "je keuzes over herinneringen, agendamails en je naam bij ruimtes; wie voor jou mag " +
			"reserveren en annuleren, en voor wie jij; en wat een beheerder je gaf: een werkplek, en de groepen " +
			"waarin je zit",
			EN: "your choices on reminders, calendar mails and your name at rooms; who may reserve and cancel for " +
				"you, " +
				"and for whom you may; and what an administrator gave you: a workplace, and the groups you are in"},
		Purposes: []Purpose{Performance}, Rule: UntilEnded, Fate: Delete,
		By: []string{"allowDelegate", "endDelegate", "endActing", "endWorkplace", "leaveGroup", "changeProfile"}},
	{Clause: "4.f.2", Group: Days, Bases: byChoice,
		Text: words.Text{NL: "de dagen waarop je afwezig bent of je eigen werkplek vrijgeeft",
			EN: "the days on which you are away, or give your own workplace free"},
		Purposes: []Purpose{Performance}, Rule: DayEnd, Fate: Delete, Optional: true,
		By: []string{"goAway", "endAway", "releaseWorkplace", "takeBackWorkplace"}},
	{Clause: "4.f.3", Group: Days, Bases: byChoice,
		Text: words.Text{NL: "waarvoor je goedkeuring vroeg, met de tijden en wat er is beslist, en je plek op een " +
			"wachtlijst: " +
			"wanneer en voor wat voor plek, en of je er een krijgt aangeboden",
			EN: "what you asked approval for, with the times and what was decided, and your place on a waitlist: " +
				"when and for " +
				"what kind of spot, and whether you are offered one"},
		Purposes: []Purpose{Performance}, Rule: UntilDecided, Fate: Delete, Optional: true,
		By: []string{"reserve", "cancel", "lineUp", "leaveLine", "takeOffer"}},
	{Clause: "4.f.4", Group: Days, Bases: byChoice,
		Text: words.Text{NL: "de titel die je een reservering van een ruimte gaf",
			EN: "the title that you gave a room's reservation"},
		Purposes: []Purpose{Performance}, Rule: DayEnd, Fate: Delete, Seen: IfShown, Optional: true,
		By: []string{"title", "cancel"}},
	{Clause: "4.f.5", Group: You, Bases: byChoice,
		Text: words.Text{NL: "dat je een agenda-abonnement hebt, en de dag waarop het voor het laatst is " +
			"opgehaald; van onze " +
			"eigen medewerkers: de passkeys waarmee zij zich aanmelden",
			EN: "that you have a calendar feed, and the day on which it was last fetched; of our own staff: the " +
				"passkeys " +
				"with which they sign in"},
		Purposes: []Purpose{Performance, Management}, Rule: UntilRevoked, Fate: Delete, Optional: true,
		By: []string{"makeFeed", "endFeed"}},
	{Clause: "5.transactions", Group: Days, Bases: []Basis{Interest, Consent},
		Text: words.Text{NL: "hoe vaak je vandaag zocht",
			EN: "how often you searched today"},
		Purposes: []Purpose{Research}, Rule: DayEnd, Fate: Delete,
		By: []string{"removeRecord"}},
	{Clause: "11.cookies", Group: Days, Bases: []Basis{Interest, Consent},
		Text: words.Text{NL: "welke pagina's je vandaag opende, en met wat voor browser",
			EN: "which pages you opened today, and with which kind of browser"},
		Purposes: []Purpose{Research}, Rule: DayEnd, Fate: Delete,
		By: []string{"removeRecord"}},

	{Clause: "5.disclosure", Group: Looks, Bases: byDuty,
		Text: words.Text{NL: "wanneer de wet ons dwong je gegevens te verstrekken, aan wie en waarom",
			EN: "when the law made us hand over your data, to whom and why"},
		Purposes: []Purpose{Disclosure}, Rule: AfterDisclosure, Fate: Delete,
		By: []string{"erase"}},
	{Clause: "6.confidential", Group: Looks, Bases: byDuty,
		Text: words.Text{NL: "wie van onze medewerkers je gegevens inzag: wanneer, waarom en welke",
			EN: "who of our staff looked at your data: when, why and at which"},
		Purposes: []Purpose{Disclosure}, Rule: AfterLook, Fate: Delete,
		By: []string{"erase"}},
	{Clause: "6.account", Group: Customers, Bases: byDuty,
		Text: words.Text{NL: "wie van onze medewerkers gegevens van de organisatie inzag, wanneer en waarom",
			EN: "who of our staff looked at data of the organisation, when and why"},
		Purposes: []Purpose{Disclosure}, Rule: AfterLook, Fate: Keep},
	{Clause: "6.staff", Group: You, Bases: byDuty,
		Text: words.Text{NL: "alleen van onze eigen medewerkers: naam, e-mailadres, bevoegdheid, " +
			"geheimhoudingsverklaring en wanneer " +
			"zij gegevens inzagen",
			EN: "of our own staff only: name, e-mail address, authority, agreement on confidentiality and when " +
				"they " +
				"looked at data"},
		Purposes: []Purpose{Management}, Rule: WhileStaff, Fate: Delete},

	// What the working of the system needs beside the statement's list, each with its own shorter deadline.
	{Clause: "4.language", Group: You, Bases: forService,
		Text: words.Text{NL: "de taal waarin we je e-mail sturen",
			EN: "the language in which we e-mail you"},
		Purposes: []Purpose{Performance}, Rule: WhileAccount, Fate: Delete,
		By: []string{"changeProfile", "changePass"}},
	{Clause: "7.shield", Group: You, Bases: forService,
		Text: words.Text{NL: "wat je voor anderen verbergt of laat zien",
			EN: "what you hide from others or show them"},
		Purposes: []Purpose{Performance}, Rule: WhileAccount, Fate: Delete,
		By: []string{"changeProfile", "changePass"}},
	{Clause: "7.object", Group: You, Bases: byDuty,
		Text: words.Text{NL: "waartegen je bezwaar maakt",
			EN: "what you object to"},
		Purposes: []Purpose{Performance}, Rule: WhileAccount, Fate: Delete,
		By: []string{"changeProfile", "changePass"}},
	{Clause: "13.versions", Group: Technique, Bases: byDuty,
		Text: words.Text{NL: "dat we je over een nieuwe versie van de privacyverklaring hebben gemaild",
			EN: "that we mailed you about a new version of the privacy statement"},
		Purposes: []Purpose{Performance}, Rule: WhileAccount, Fate: Delete,
		By: []string{"consent", "erase"}},
	{Clause: "s.registration", Group: Technique, Bases: forService,
		Text: words.Text{NL: "een registratie die je nog niet hebt bevestigd",
			EN: "a registration that you have not confirmed yet"},
		Purposes: []Purpose{Performance}, Rule: OneHour, Fate: Delete,
		By: []string{"confirmRegistration", "confirmAccount"}},
	{Clause: "s.code", Group: Technique, Bases: forWorking,
		Text: words.Text{NL: "een aanmeldcode",
			EN: "a sign-in code"},
		Purposes: []Purpose{Management}, Rule: TenMinutes, Fate: Delete, Secret: true,
		By: []string{"removeRecord"}},
	{Clause: "s.confirmation", Group: Technique, Bases: forWorking,
		Text: words.Text{NL: "een code waarmee je een registratie of een nieuw e-mailadres bevestigt, of als " +
			"medewerker van ons " +
			"je eerste passkey",
			EN: "a code with which you confirm a registration or a new e-mail address, or as one of our staff your " +
				"first " +
				"passkey"},
		Purposes: []Purpose{Management}, Rule: OneHour, Fate: Delete, Secret: true,
		By: []string{"removeRecord"}},
	{Clause: "s.address", Group: Technique, Bases: forService,
		Text: words.Text{NL: "een nieuw e-mailadres dat je nog niet hebt bevestigd",
			EN: "a new e-mail address that you have not confirmed yet"},
		Purposes: []Purpose{Performance}, Rule: OneHour, Fate: Delete,
		By: []string{"removeRecord"}},
	{Clause: "s.session", Group: Technique, Bases: forWorking,
		Text: words.Text{NL: "dat je op een apparaat bent aangemeld",
			EN: "that you are signed in on a device"},
		Purposes: []Purpose{Management}, Rule: ThirtyDays, Fate: Delete, Secret: true,
		By: []string{"signOut", "signOutEverywhere", "endSession"}},
	{Clause: "s.pass", Group: Technique, Bases: forService,
		Text: words.Text{NL: "een gastenpas",
			EN: "a guest's pass"},
		Purposes: []Purpose{Performance}, Rule: SixWeeksAfterPeriod, Fate: Delete, Secret: true,
		By: []string{"replacePass", "endGuest"}},
	{Clause: "s.attempts", Group: Technique, Bases: forWorking,
		Text: words.Text{NL: "hoe vaak je iets probeerde, zoals aanmelden; onder een versleuteld kenmerk",
			EN: "how often you tried something, such as signing in; under a scrambled mark"},
		Purposes: []Purpose{Management, Enforcement}, Rule: OneHour, Fate: Delete, Secret: true,
		By: []string{"erase"}},
	{Clause: "s.link", Group: Technique, Bases: byDuty,
		Text: words.Text{NL: "de link in je overzicht waarmee je alles wist",
			EN: "the link in your overview with which you erase everything"},
		Purposes: []Purpose{Performance}, Rule: OneWeek, Fate: Delete, Secret: true,
		By: []string{"removeRecord"}},
	{Clause: "s.overview", Group: Technique, Bases: byDuty,
		Text: words.Text{NL: "dat je een overzicht hebt aangevraagd",
			EN: "that you asked for an overview"},
		Purposes: []Purpose{Performance}, Rule: OneHour, Fate: Delete,
		By: []string{"erase"}},
	{Clause: "s.mail", Group: Technique, Bases: byDuty,
		Text: words.Text{NL: "een e-mail die je naar het supportadres stuurde",
			EN: "an e-mail that you sent to the support address"},
		Purposes: []Purpose{Performance}, Rule: UntilHandled, Fate: Delete,
		By: []string{"erase"}},
	{Clause: "s.cancelled", Group: Technique, Bases: forService,
		Text: words.Text{NL: "dat je vandaag een reservering annuleerde, zodat die niet per ongeluk terugkomt",
			EN: "that you cancelled a reservation today, so that it does not come back by accident"},
		Purposes: []Purpose{Performance}, Rule: DayEnd, Fate: Delete,
		By: []string{"erase"}},
	{Clause: "s.correction", Group: Technique, Bases: byDuty,
		Text: words.Text{NL: "wat je veranderde, zoals het nu is, zodat een teruggezette reservekopie je wijziging " +
			"niet ongedaan maakt",
			EN: "what you changed, as it is now, so that a restored backup does not undo your change"},
		Purposes: []Purpose{Performance}, Rule: TwoDays, Fate: Delete,
		By: []string{"erase"}},
	{Clause: "s.erasure", Group: Technique, Bases: byDuty,
		Text: words.Text{NL: "dat we je gegevens aan het wissen zijn, met het e-mailadres voor de bevestiging",
			EN: "that we are erasing your data, with the e-mail address for the confirmation"},
		Purposes: []Purpose{Performance}, Rule: OneDay, Fate: Delete,
		By: []string{"confirmErasure"}},
})

// KindOf finds the declaration of a clause.
func KindOf(clause Clause) (Kind, bool) {
	for _, kind := range Kinds {
		if kind.Clause == clause {
			return kind, true
		}
	}
	return Kind{}, false
}

// CommonPurposes are those that every kind serves, whatever else it is for: it is shown to its person, corrected, and
// removed in time as agreed (c); and it is disclosed where the law requires that (e.i).
var CommonPurposes = []Purpose{Performance, Disclosure}
