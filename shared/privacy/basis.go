package privacy

import "github.com/iotspot/iotspot/shared/words"

// A Basis is a legal basis of GDPR art. 6(1).
type Basis string

// The bases that are used here.
const (
	Consent    Basis = "consent"             // (a)
	Contract   Basis = "contract"            // (b)
	Obligation Basis = "legal obligation"    // (c)
	Interest   Basis = "legitimate interest" // (f)
)

// The bases on which a kind can lawfully rest, the first unless a controller chooses another.
// Consent is asked of everybody before anything is kept (2.consent); among employees it is seldom free (EDPB,
// guidelines 05/2020, 21), so what the service can't do without doesn't rest on it alone.
var (
	byChoice   = []Basis{Consent, Interest}  // given or left out freely
	forService = []Basis{Contract, Interest} // without it there is no service
	forWorking = []Basis{Interest}           // security, support and the building's use
	byDuty     = []Basis{Obligation}         // rights of people, and accountability for them
)

// Bases are the words for each basis, in the order of the GDPR.
var Bases = []struct {
	Basis   Basis
	Article string
	Words   words.Text // short, for a table
	Why     words.Text // what it means here
}{
	{Consent, "6(1)(a)", words.Text{NL: "toestemming", EN: "consent"}, words.Text{
		NL: "je kiest zelf of je dit geeft of laat vastleggen, en je kunt het altijd weghalen of er bezwaar tegen " +
			"maken; dat heeft geen nadelige gevolgen",
		EN: "you choose whether you give this or let it be recorded, and you can always remove it or object to it, " +
			"without any disadvantage"}},
	{Contract, "6(1)(b)", words.Text{NL: "overeenkomst", EN: "agreement"}, words.Text{
		NL: "zonder dit kunnen we de dienst niet leveren waarvoor jij je registreert",
		EN: "without this we can't provide the service for which you register"}},
	{Obligation, "6(1)(c)", words.Text{NL: "wettelijke plicht", EN: "legal obligation"}, words.Text{
		NL: "de privacywet verplicht ons dit te kunnen doen of laten zien, bijvoorbeeld wie je gegevens inzag",
		EN: "privacy law obliges us to be able to do or show this, for instance who looked at your data"}},
	{Interest, "6(1)(f)", words.Text{NL: "gerechtvaardigd belang", EN: "legitimate interest"}, words.Text{
		NL: "we hebben dit nodig om de dienst veilig en goed te laten werken, de plekken te verdelen, misbruik tegen " +
			"te gaan en te weten hoe het gebouw wordt gebruikt; we bewaren het zo kort en zo beperkt mogelijk",
		EN: "we need this to keep the service safe and working, to share out the spots, to stop abuse and to know how " +
			"the building is used; we keep as little of it as we can, for as short as we can"}},
}

// Words are the words for the basis.
func (b Basis) Words() words.Text {
	for _, named := range Bases {
		if named.Basis == b {
			return named.Words
		}
	}
	return words.Text{}
}

// A Group is a heading under which people find kinds of data.
type Group string

// The groups, in the order in which they are told.
const (
	You       Group = "you"       // what you chose or filled in
	Days      Group = "days"      // your reservations and your presence
	Looks     Group = "looks"     // who looked at your data
	Technique Group = "technique" // what the technique needs
	Customers Group = "customers" // of the customer, not of a person
)

// Groups are the words for each group of what is about persons.
var Groups = []struct {
	Group Group
	Words words.Text
}{
	{You, words.Text{NL: "Jij", EN: "You"}},
	{Days, words.Text{NL: "Reserveringen en aanwezigheid", EN: "Reservations and presence"}},
	{Looks, words.Text{NL: "Wie keek", EN: "Who looked"}},
	{Technique, words.Text{NL: "Techniek", EN: "Technique"}},
}
