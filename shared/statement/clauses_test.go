package statement_test

import (
	"html"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/statement"
)

// promised is what the statement has to say, clause by clause: of the statement that this system keeps, and of what
// the GDPR has people told. Each is a phrase that nothing else in the text has.
var promised = []struct{ clause, nl, en string }{
	{"1", "is daarvoor verantwoordelijk", "is responsible for it"},
	{"1 law", "We houden ons aan de wet", "We keep to the law"},
	{"2.consent", "vragen we je uitdrukkelijk om toestemming", "we ask you expressly to consent"},
	{"2.consent nothing without it", "dan bewaren we niets van wat je invult", "we keep nothing of what you fill in"},
	{"2.consent but a guest's name", "als iemand jou als gast uitnodigt", "if somebody invites you as a guest"},
	{"2.consent withdrawing", "net zo makkelijk als je haar gaf", "as easily as you gave it"},
	{"2.consent of an account", "Wie een bedrijfsaccount opent", "Who opens a business account"},
	{"3", "zolang haar contract bestaat", "while its contract exists"},
	{"4.a", "Verplicht zijn je naam en een e-mailadres van je organisatie",
		"Required are your name and an e-mail address"},
	{"4.b", "Al het andere is vrijwillig", "All else is voluntary"},
	{"4.c", "om het je makkelijker te maken", "to make it easier for you"},
	{"4.d.3", "zonder verband met jou", "without a connection with you"},
	{"4.d.3 administrators", "de beheerders zien van een gast de naam en de dagen",
		"the administrators see a guest's name and days"},
	{"4.d.1 end", "eindigt ook als het contract van je organisatie eindigt",
		"also ends when your organisation's contract ends"},
	{"3 leaver", "als een beheerder haar beëindigt omdat je daar weg bent",
		"an administrator ends it because you have left"},
	{"3.j", "zo lang als de belastingwet vraagt", "as long as tax law asks"},
	{"4.d.4 asked", "vraagt hij je eerst per e-mail of je nog komt", "first asks you by e-mail whether you are coming"},
	{"4.f.1 acting", "Laat je een collega voor jou reserveren", "If you let a colleague reserve for you"},
	{"4.f.1 given", "een eigen werkplek en een groep krijg je van een beheerder",
		"a workplace of your own and a group you get from an administrator"},
	{"4.f.1 seen", "collega's dat die plek van iemand is, en niet van wie", "that it is somebody's, and not whose"},
	{"4.f.2", "Op welke dagen je afwezig bent ziet niemand anders", "On which days you are away nobody else sees"},
	{"4.f.3", "Dat je op een wachtlijst staat, ziet niemand anders", "That you are on a waitlist nobody else sees"},
	{"4.f.3 approval", "Vraag je een plek waarvoor goedkeuring nodig is", "If you ask for a spot that needs approval"},
	{"4.f.5", "Die kopie staat bij de maker van je agenda", "That copy is with the maker of your calendar"},
	{"4.f.1 calendar", "Laat je je reserveringen per e-mail in je agenda zetten",
		"If you let your reservations be put into your calendar by e-mail"},
	{"5.transactions requests", "We tellen per maand hoe vaak mensen toestemming gaven",
		"We count each month how often people consented"},
	{"7.mail hour", "hooguit eens per uur", "once an hour at most"},
	{"12.links influence", "geen invloed op wat die met je gegevens doen", "no influence on what they do with your data"},
	{"4.d.4", "Zo is bekend waar je bent", "So it is known where you are"},
	{"5.transactions", "alleen die dag aan jou te koppelen", "connected with you on that day only"},
	{"5.transactions five", "nooit over minder dan vijf mensen", "never about fewer than five people"},
	{"5.purpose", "We gebruiken het voor niets anders", "We use it for nothing else"},
	{"5.e.i", "een rechthebbende, een toezichthouder, de Belastingdienst, justitie, de politie of een andere " +
		"handhaver",
		"a holder of rights, a supervisor, the tax authority, the judiciary, the police or another law enforcer"},
	{"5.disclosure", "alleen met de gegevens die het bevel noemt", "only with the data that the order names"},
	{"5.disclosure told", "vanaf de dag waarop de wet toestaat", "from the day on which the law lets us"},
	{"5.e.ii", "gebruiksvoorwaarden te handhaven: https://controller.example/terms",
		"terms of service: https://controller.example/terms"},
	{"6.confidential", "schriftelijk geheimhouding hebben beloofd", "promised confidentiality in writing"},
	{"6.confidential looks", "Je ziet in je overzicht wie keek", "You see in your overview who looked"},
	{"6.confidential others", "Anderen krijgen niets", "Others get nothing"},
	{"7.view", "in de app onder Mijn gegevens", "in the app under My data"},
	{"7.mail", "met een e-mail aan support@controller.example", "An e-mail to support@controller.example"},
	{"7.mail address", "alleen naar je geregistreerde e-mailadres", "only to your registered e-mail address"},
	{"7.rectify", "alles wat je invulde wijzig je zelf", "all that you filled in you change yourself"},
	{"7.shield", "kun je voor hen verbergen", "you can hide from them"},
	{"7.object", "onjuist, onvolledig of niet ter zake", "incorrect, incomplete or irrelevant"},
	{"7.erase", "onderaan je overzicht staat het formulier", "at the bottom of your overview is the form"},
	{"8.security", "verlies, misbruik, onbevoegde toegang, bekendmaking, wijziging en vernietiging",
		"loss, misuse, unauthorised access, disclosure, alteration and destruction"},
	{"8 AWS", "voldoen aan de AVG", "comply with the GDPR"},
	{"8 internet", "Niets dat over het internet gaat is helemaal veilig",
		"Nothing that crosses the internet is entirely safe"},
	{"8 connection", "Voor je eigen internetverbinding zorg je zelf", "Your own internet connection is up to you"},
	{"8 statement", "https://controller.example/security", "https://controller.example/security"},
	{"8 region", "Dublin, Ierland", "Dublin, Ireland"},
	{"9.cache", "Alleen foto's en afbeeldingen van je eigen bedrijfsaccount of registratie",
		"Only photos and images of your own business account or registration"},
	{"10.share", "bijvoorbeeld met WhatsApp", "for instance with WhatsApp"},
	{"10.login", "Aanmelden of registreren met LinkedIn", "can't sign in or register with LinkedIn"},
	{"10 link", "Je LinkedIn-profiel is een gewone link", "Your LinkedIn profile is a plain link"},
	{"11.cookies", "werkt zonder cookies", "works without cookies"},
	{"11 tags", "Met een afbeelding van één pixel", "With an image of one pixel"},
	{"12.links", "geldt niet voor websites van anderen", "does not cover websites of others"},
	{"13.versions", "We kunnen deze verklaring wijzigen", "We can change this statement"},
	{"14.contact", "Daar leest een mens mee", "A person reads what you write there"},
	{"14 support", "dan antwoordt een computer", "a computer answers"},
	{"GDPR 6", "Op welke grond", "On what legal basis"},
	{"GDPR 8", "jonger dan 16", "younger than 16"},
	{"GDPR 12(3)", "binnen een maand", "within a month"},
	{"GDPR 13(1)(f)", "blijven in de Europese Unie", "stays in the European Union"},
	{"GDPR 13(2)(d)", "kun je een klacht indienen bij de Autoriteit", "you can complain to the Autoriteit"},
	{"GDPR 13(2)(e)", "weglaten heeft geen nadeel", "leaving it out has no disadvantage"},
	{"GDPR 13(2)(f), 22", "geeft het systeem je plek na enige tijd vanzelf vrij",
		"the system releases your spot by itself"},
	{"GDPR 14", "Die heeft de gastheer ons gegeven", "Your host gave us those"},
	{"GDPR 18", "de gegevens verder niet te gebruiken", "not to use the data otherwise"},
	{"GDPR 20", "Je kunt het als bestand meenemen", "You can take it along as a file"},
	{"GDPR 26", "is haar eigen verantwoordelijkheid", "is its own responsibility"},
	{"GDPR 28", "Amazon Web Services EMEA SARL", "Amazon Web Services EMEA SARL"},
}

func TestTheStatementSaysWhatEachClausePromises(t *testing.T) {
	for _, language := range []string{"nl", "en"} {
		told, err := publisher.Version(t.Context(), identity.Caller{}, statement.Input{Language: language})
		require.NoError(t, err)
		var all strings.Builder
		for _, c := range told.Chapters {
			all.WriteString(c.Title + "\n" + strings.Join(c.Text, "\n") + "\n")
		}
		for _, p := range promised {
			phrase := p.nl
			if language == "en" {
				phrase = p.en
			}
			require.Equal(t, 1, strings.Count(all.String(), phrase), "%s, in %s: %s", p.clause, language, phrase)
		}
		require.NotContains(t, all.String(), "{", "what is the deployment's is filled in")
	}
}

func TestEveryPurposeBasisAndObjectionStandsInTheStatement(t *testing.T) { // 5.purpose 7.object
	for _, language := range []string{"nl", "en"} {
		shown := html.UnescapeString(page(t, language))
		for _, purpose := range privacy.Purposes {
			require.Contains(t, shown, purpose.Words.In(language))
		}
		for _, basis := range privacy.Bases {
			require.Contains(t, shown, basis.Why.In(language))
		}
		for _, objection := range privacy.Objections() {
			require.Contains(t, shown, objection.Stops.In(language)[:20])
		}
	}
}

func TestTheFirstScreenAnswersWhoWhatWhyHowLongWithWhomRightsAndComplaint(t *testing.T) {
	told, err := publisher.Version(t.Context(), identity.Caller{}, statement.Input{Language: "en"})
	require.NoError(t, err)
	var asked []string
	words := 0
	for _, c := range told.Short() {
		asked = append(asked, c.Title)
		words += len(strings.Fields(strings.Join(c.Text, " ")))
	}
	require.Equal(t, []string{"Who?", "What?", "Why?", "How long?", "With whom?", "Your rights?", "A complaint?"},
		asked)
	require.Less(t, words, 190, "it is one screen")
}

// The deployer chooses where a choice is lawful, and what they chose is what people read.
func TestTheBasisThatTheControllerChoseStandsWithTheKind(t *testing.T) {
	chosen := publisher
	chosen.Controller.Bases = map[privacy.Clause]privacy.Basis{"4.d.4": privacy.Interest}
	require.NoError(t, chosen.Controller.Check())
	for p, basis := range map[*statement.Publisher]string{&publisher: "consent", &chosen: "legitimate interest"} {
		told, err := p.Version(t.Context(), identity.Caller{}, statement.Input{Language: "en"})
		require.NoError(t, err)
		for _, c := range told.Chapters {
			for _, kind := range c.Kinds {
				require.NotEmpty(t, kind.Basis, kind.Clause)
				require.True(t, kind.Clause != "4.d.4" || kind.Basis == basis, "%s: %s", kind.Clause, kind.Basis)
			}
		}
	}
}
