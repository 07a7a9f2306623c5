// Package privacy is the register of the kinds of personal data: what is kept, why, where, until when, and what an
// erasure does with it. Whatever the system promises about data follows from the declarations here: the TTL attribute
// on each item, the read filter, the sweep, the overview, the export, the erasure, the statement and the retention
// table.
//
// A Kind is what the statement promises about (a clause). An Item is a shape in a store that holds kinds, attribute
// by attribute. Only a Stamped item can be written, and it can be stamped only with attributes that its Item
// declares.
package privacy

import "slices"

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
	Clause   Clause
	NL, EN   string // what it is
	Purposes []Purpose
	Rule     Rule
	Fate     Fate
	Secret   bool  // existence and deadline are shown, the value never (codes, sessions, links)
	Optional bool  // given by the person's choice and cleared alone
	Seen     Sight // by other users

	// By names the operations of the HTTP interface with which it is changed or removed (7.rectify).
	By []string
}

// Kinds is the register, in the order of the statement.
var Kinds = slices.Concat([]Kind{
	{Clause: "2.consent", NL: "je toestemming: versie, taal en tijdstip",
		EN: "your consent: version, language and time", Purposes: []Purpose{Performance, Disclosure},
		Rule: WhileAccount, Fate: Delete, By: []string{"consent", "erase"}},

	{Clause: "3.a", NL: "geregistreerde naam van de rechtspersoon", EN: "registered name of the legal entity",
		Purposes: []Purpose{Performance}, Rule: UnderContract, Fate: Keep},
	{Clause: "3.b", NL: "geregistreerde adressen en adressen van locaties",
		EN: "registered addresses and addresses of locations", Purposes: []Purpose{Performance}, Rule: UnderContract,
		Fate: Keep},
	{Clause: "3.c", NL: "geografische positie van locaties", EN: "geographic position of locations",
		Purposes: []Purpose{Performance}, Rule: UnderContract, Fate: Keep},
	{Clause: "3.d", NL: "e-maildomeinen met toegang", EN: "e-mail domains that have access",
		Purposes: []Purpose{Performance}, Rule: UnderContract, Fate: Keep},
	{Clause: "3.e", NL: "beschrijving van locaties: plattegrond, verdiepingen, zones en sectoren",
		EN: "description of locations: plan, floors, zones and sectors", Purposes: []Purpose{Performance},
		Rule: UnderContract, Fate: Keep},
	{Clause: "3.f", NL: "categorie en type van werkplekken en kamers",
		EN: "category and type of workplaces and rooms", Purposes: []Purpose{Performance}, Rule: UnderContract,
		Fate: Keep},
	{Clause: "3.g", NL: "aantal werkplekken per locatie", EN: "number of workplaces per location",
		Purposes: []Purpose{Performance, Management}, Rule: UnderContract, Fate: Keep},
	{Clause: "3.h", NL: "aantal kamers per locatie", EN: "number of rooms per location",
		Purposes: []Purpose{Performance, Management}, Rule: UnderContract, Fate: Keep},
	{Clause: "3.i", NL: "aantal geregistreerde gebruikers", EN: "number of registered users",
		Purposes: []Purpose{Performance, Management}, Rule: UnderContract, Fate: Keep},
	{Clause: "3.j", NL: "vereiste factuurgegevens", EN: "required invoice data", Purposes: []Purpose{Performance},
		Rule: UnderContract, Fate: Keep},

	{Clause: "4.a.1", NL: "je naam", EN: "your name", Purposes: []Purpose{Performance}, Rule: WhileAccount,
		Seen: UnlessHidden, Fate: Delete, By: []string{"changeProfile"}},
	{Clause: "4.a.2", NL: "je e-mailadres", EN: "your e-mail address", Purposes: []Purpose{Performance},
		Rule: WhileAccount, Seen: IfShown, Fate: Delete, By: []string{"askAddress", "moveAddress"}},
}, optionalKinds(), []Kind{
	{Clause: "4.b.6", NL: "je profielfoto", EN: "your profile photo", Purposes: []Purpose{Performance},
		Rule: WhileSpecified, Seen: IfShown, Fate: Delete, Optional: true, By: []string{"setPhoto", "removePhoto"}},
	{Clause: "4.c.1", NL: "je favoriete werkplekken en kamers", EN: "your favourite workplaces and rooms",
		Purposes: []Purpose{Performance}, Rule: WhileSpecified, Fate: Delete, Optional: true,
		By: []string{"addFavouriteSpot", "removeFavouriteSpot"}},
	{Clause: "4.c.2", NL: "de namen van je favoriete collega's, zoals jij ze schreef",
		EN: "the names of your favourite colleagues, as you wrote them", Purposes: []Purpose{Performance},
		Rule: WhileSpecified, Fate: Delete, Optional: true,
		By: []string{"addFavouriteColleague", "removeFavouriteColleague"}},
	{Clause: "4.d.1", NL: "de klant en het bedrijfsaccount dat je toegang geeft, en je rol daarin",
		EN:       "the customer and the business account that give you access, and your role in it",
		Purposes: []Purpose{Performance}, Rule: WhileAccount, Seen: UnlessHidden, Fate: Delete,
		By: []string{"removeRecord", "erase"}},
	{Clause: "4.d.2", NL: "je reserveringen: datum, tijd en plek", EN: "your reservations: date, time and spot",
		Purposes: []Purpose{Performance}, Rule: DayEnd, Fate: Delete, By: []string{"change", "cancel", "release"}},
	{Clause: "4.d.3", NL: "je gasten, of jij als gast: naam en periode van toegang",
		EN: "your guests, or you as a guest: name and period of access", Purposes: []Purpose{Performance},
		Rule: SixWeeksAfterPeriod, Fate: Unlink, By: []string{"inviteGuest", "changePass", "endGuest", "erase"}},
	{Clause: "4.d.4", NL: "je aanwezigheid op een gereserveerde plek", EN: "your presence at a reserved spot",
		Purposes: []Purpose{Performance}, Rule: DayEnd, Seen: IfShown, Fate: Delete, By: []string{"retract"}},
	{Clause: "4.d.5", NL: "besturingssysteem en versie van het laatst gebruikte apparaat",
		EN: "operating system and release of the device last used", Purposes: []Purpose{Management},
		Rule: WhileAccount, Fate: Delete, By: []string{"removeRecord"}},
	{Clause: "4.e.1", NL: "datum van je laatste gebruik", EN: "date of your last use",
		Purposes: []Purpose{Management}, Rule: FiftyTwoWeeks, Fate: Delete, By: []string{"removeRecord"}},
	{Clause: "4.e.2", NL: "je laatste aanmelding: aangevraagd, aangemeld, IP-adres en aanmeldnaam",
		EN:       "your last login request: requested, logged in, IP address and login name",
		Purposes: []Purpose{Management}, Rule: SixWeeksAfterLogin, Fate: Delete, By: []string{"removeRecord"}},
	{Clause: "5.transactions", NL: "je zoekopdrachten van vandaag", EN: "your searches of today",
		Purposes: []Purpose{Research}, Rule: DayEnd, Fate: Delete, By: []string{"removeRecord"}},
	{Clause: "11.cookies", NL: "welke pagina's je vandaag opende, en met welke soort browser",
		EN: "which pages you opened today, and with which kind of browser", Purposes: []Purpose{Research},
		Rule: DayEnd, Fate: Delete, By: []string{"removeRecord"}},

	{Clause: "5.disclosure", NL: "elke verstrekking van je gegevens die de wet eiste: wanneer, aan wie en op welke " +
		"grond", EN: "each disclosure of your data that the law required: when, to whom and on which ground",
		Purposes: []Purpose{Disclosure}, Rule: AfterDisclosure, Fate: Delete, By: []string{"erase"}},
	{Clause: "6.confidential", NL: "elke keer dat een medewerker van ons je gegevens inzag: wie, wanneer, waarom " +
		"en welke", EN: "each look of our staff at your data: who, when, why and which kinds",
		Purposes: []Purpose{Disclosure}, Rule: AfterLook, Fate: Delete, By: []string{"erase"}},
	{Clause: "6.account", NL: "elke keer dat een medewerker van ons gegevens van de klant inzag",
		EN: "each look of our staff at data of the customer", Purposes: []Purpose{Disclosure}, Rule: AfterLook,
		Fate: Keep},
	{Clause: "6.staff", NL: "van onze eigen medewerkers: naam, adres, machtiging, geheimhoudingsverklaring en " +
		"wanneer zij gegevens inzagen", EN: "of our own staff: name, address, grant, agreement on confidentiality " +
		"and when they looked at data", Purposes: []Purpose{Management}, Rule: WhileStaff, Fate: Delete},

	// What the working of the system needs beside the statement's list, each with its own shorter deadline.
	{Clause: "4.language", NL: "de taal waarin je post van ons krijgt",
		EN: "the language of the mail that you get from us", Purposes: []Purpose{Performance}, Rule: WhileAccount,
		Fate: Delete, By: []string{"changeProfile", "changePass"}},
	{Clause: "7.shield", NL: "wat je voor anderen verbergt", EN: "what you hide from others",
		Purposes: []Purpose{Performance}, Rule: WhileAccount, Fate: Delete,
		By: []string{"changeProfile", "changePass"}},
	{Clause: "7.object", NL: "waartegen je bezwaar maakt", EN: "what you object to", Purposes: []Purpose{Performance},
		Rule: WhileAccount, Fate: Delete, By: []string{"changeProfile", "changePass"}},
	{Clause: "13.versions", NL: "dat je bericht kreeg van een nieuwe versie van de verklaring",
		EN: "that you were told of a new version of the statement", Purposes: []Purpose{Performance},
		Rule: WhileAccount, Fate: Delete, By: []string{"consent", "erase"}},
	{Clause: "s.registration", NL: "een registratie die nog niet is bevestigd",
		EN: "a registration that is not confirmed yet", Purposes: []Purpose{Performance}, Rule: OneHour, Fate: Delete,
		By: []string{"confirmRegistration", "confirmAccount"}},
	{Clause: "s.code", NL: "een aanmeldcode", EN: "a sign-in code", Purposes: []Purpose{Management}, Rule: TenMinutes,
		Fate: Delete, Secret: true, By: []string{"removeRecord"}},
	{Clause: "s.confirmation", NL: "een code die een registratie of een nieuw adres bevestigt",
		EN: "a code that confirms a registration or a new address", Purposes: []Purpose{Management}, Rule: OneHour,
		Fate: Delete, Secret: true, By: []string{"removeRecord"}},
	{Clause: "s.address", NL: "een nieuw e-mailadres dat nog niet is bevestigd",
		EN: "a new e-mail address that is not confirmed yet", Purposes: []Purpose{Performance}, Rule: OneHour,
		Fate: Delete, By: []string{"removeRecord"}},
	{Clause: "s.session", NL: "een sessie op een apparaat", EN: "a session on a device",
		Purposes: []Purpose{Management}, Rule: ThirtyDays, Fate: Delete, Secret: true,
		By: []string{"signOut", "signOutEverywhere", "endSession"}},
	{Clause: "s.pass", NL: "een gastenpas", EN: "a guest's pass", Purposes: []Purpose{Performance},
		Rule: SixWeeksAfterPeriod, Fate: Delete, Secret: true, By: []string{"replacePass", "endGuest"}},
	{Clause: "s.attempts", NL: "aantal pogingen, onder een hash met sleutel",
		EN: "number of attempts, under a keyed hash", Purposes: []Purpose{Management, Enforcement}, Rule: OneHour,
		Fate: Delete, Secret: true, By: []string{"erase"}},
	{Clause: "s.link", NL: "de wislink in je overzicht", EN: "the erasure link in your overview",
		Purposes: []Purpose{Performance}, Rule: OneWeek, Fate: Delete, Secret: true, By: []string{"removeRecord"}},
	{Clause: "s.overview", NL: "dat een overzicht is aangevraagd", EN: "that an overview was asked for",
		Purposes: []Purpose{Performance}, Rule: OneHour, Fate: Delete, By: []string{"erase"}},
	{Clause: "s.mail", NL: "een mail die je aan het supportadres stuurt",
		EN: "a mail that you send to the support address", Purposes: []Purpose{Performance}, Rule: UntilHandled,
		Fate: Delete, By: []string{"erase"}},
	{Clause: "s.cancelled", NL: "een merk dat je een reservering annuleerde, zodat het verzoek dat haar maakte bij " +
		"herhaling niets doet", EN: "a mark that you cancelled a reservation, so that the request that made it " +
		"does nothing when it comes again", Purposes: []Purpose{Performance}, Rule: DayEnd, Fate: Delete,
		By: []string{"erase"}},
	{Clause: "s.correction", NL: "wat je veranderde, wiste, verborg of waartegen je bezwaar maakte, zoals het nu " +
		"is, zodat een herstelde reservekopie niet terugbrengt wat er stond",
		EN: "what you changed, cleared, hid or objected to, as it is now, so that a restored backup doesn't " +
			"bring back what was there", Purposes: []Purpose{Performance}, Rule: TwoDays, Fate: Delete,
		By: []string{"erase"}},
	{Clause: "s.erasure", NL: "een wissing die bezig is, met het adres voor de bevestiging",
		EN: "an erasure under way, with the address for its confirmation", Purposes: []Purpose{Performance},
		Rule: OneDay, Fate: Delete, By: []string{"confirmErasure"}},
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

// CommonPurposes are those for which each kind is taken in hand, whatever else it serves: it is shown to its person,
// corrected, and removed in time as agreed (c); and it is given out where the law requires that (e.i).
var CommonPurposes = []Purpose{Performance, Disclosure}
