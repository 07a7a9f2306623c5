package statement

import (
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/words"
)

type chapter struct {
	title  words.Text
	short  bool // it is one of the answers on the first screen
	text   []words.Text
	groups []privacy.Group // of the register's kinds that stand in it
	list   listing         // what follows from the register beside that
}

// A listing is something that the register has and a chapter tells.
type listing int

const (
	nothingElse listing = iota
	purposes
	bases
	objections
)

var title = words.Text{NL: "Privacyverklaring", EN: "Privacy statement"}

// chapters are what stands below the summary, by subject. What stands in braces is the deployment's, see
// Publisher.fill. Changing what they say means a new privacy.StatementVersion.
var chapters = []chapter{
	{title: words.Text{NL: "Wie verantwoordelijk is", EN: "Who is responsible"}, text: []words.Text{{
		NL: "{controller} (hieronder: wij) bepaalt waarvoor en hoe persoonsgegevens in iotspot worden gebruikt, en " +
			"is daarvoor verantwoordelijk. We houden ons aan de wet en aan alles wat hier staat. Voor vragen en " +
			"verzoeken: {contact}. Daar leest een mens mee.",
		EN: "{controller} (below: we) decides for what and how personal data is used in iotspot, and is responsible " +
			"for it. We keep to the law and to all that is said here. For questions and requests: {contact}. A " +
			"person reads what you write there."}, {
		NL: "Mail je naar {support}, dan antwoordt een computer: ben je geregistreerd, dan krijg je je overzicht. " +
			"Verder wordt die e-mail ongelezen verwijderd.",
		EN: "If you mail to {support} a computer answers: if you are registered you get your overview. Otherwise " +
			"that e-mail is removed unread."}, {
		NL: "Je organisatie kiest ervoor iotspot te gebruiken, richt de gebouwen in en bepaalt wie beheerder en wie " +
			"bedrijfshulpverlener is. Wat zij buiten iotspot met gegevens doet, is haar eigen verantwoordelijkheid. " +
			"Met al je rechten kun je bij ons terecht.",
		EN: "Your organisation chooses to use iotspot, sets up the buildings and decides who is an administrator " +
			"and who an emergency response officer. What it does with data outside of iotspot is its own " +
			"responsibility. With all your rights you can turn to us."}, {
		NL: "Deze bedrijven werken voor ons en mogen gegevens alleen gebruiken voor wat wij hun opdragen: Amazon " +
			"Web Services EMEA SARL in Luxemburg, voor opslag, computers en het versturen van e-mail{processors}.",
		EN: "These companies work for us and may use data only for what we tell them to: Amazon Web Services EMEA " +
			"SARL in Luxembourg, for storage, computers and sending e-mail{processors}."}}},

	{title: words.Text{NL: "Je toestemming", EN: "Your consent"}, text: []words.Text{{
		NL: "Voordat je iets over jezelf invult, vragen we je uitdrukkelijk om toestemming voor deze versie van de " +
			"verklaring. Geef je die niet, dan bewaren we niets van wat je invult. Je kunt je toestemming altijd " +
			"intrekken, net zo makkelijk als je haar gaf: je wist dan je registratie.",
		EN: "Before you fill in anything about yourself we ask you expressly to consent to this version of the " +
			"statement. If you don't, we keep nothing of what you fill in. You can withdraw your consent at any " +
			"time, as easily as you gave it: you then erase your registration."}, {
		NL: "Eén ding bewaren we al daarvoor: als iemand jou als gast uitnodigt, je naam en de dagen van je bezoek. " +
			"Die heeft de gastheer ons gegeven, zodat je wordt verwacht.",
		EN: "One thing we keep before that: if somebody invites you as a guest, your name and the days of your " +
			"visit. Your host gave us those, so that you are expected."}, {
		NL: "Verplicht zijn je naam en een e-mailadres van je organisatie; zonder die twee kun je je niet " +
			"registreren. Al het andere is vrijwillig: je kunt het geven, wijzigen en weghalen, en weglaten heeft " +
			"geen nadeel.",
		EN: "Required are your name and an e-mail address of your organisation; without these two you can't " +
			"register. All else is voluntary: you can give it, change it and remove it, and leaving it out has no " +
			"disadvantage."}, {
		NL: "Ben je jonger dan 16? Dan kan alleen je ouder of voogd toestemming geven. Registreer je dan niet zelf, " +
			"maar vraag hun ons te schrijven.",
		EN: "Are you younger than 16? Then only your parent or guardian can consent. Don't register yourself, but " +
			"ask them to write to us."}}},

	{title: words.Text{NL: "Wat je zelf koos of invulde", EN: "What you chose or filled in"},
		groups: []privacy.Group{privacy.You}, text: []words.Text{{
			NL: "Dit bewaren we van jou als gebruiker of gast. Je favorieten zijn er om het je makkelijker te " +
				"maken. Je rol, een eigen werkplek en een groep krijg je van een beheerder; die werkplek en die " +
				"groep kun je zelf afstaan.",
			EN: "This we keep of you as a user or a guest. Your favourites are there to make it easier for you. " +
				"Your role, a workplace of your own and a group you get from an administrator; that workplace and " +
				"that group you can give up yourself."}}},

	{title: words.Text{NL: "Wat wordt vastgelegd als je iotspot gebruikt",
		EN: "What is recorded when you use iotspot"},
		groups: []privacy.Group{privacy.Days, privacy.Looks}, text: []words.Text{{
			NL: "Wat je op een dag doet (zoeken, reserveren, inchecken, een plek teruggeven) is alleen die dag aan " +
				"jou te koppelen. Daarna blijven er tellingen over zonder personen, nooit over minder dan vijf " +
				"mensen. Niemand kan daaruit afleiden wat jij deed. Een dag eindigt om middernacht op de locatie.",
			EN: "What you do on a day (searching, reserving, checking in, giving a spot back) can be connected with " +
				"you on that day only. After it counts remain without persons, never about fewer than five people. " +
				"Nobody can tell from them what you did. A day ends at midnight at the location."}, {
			NL: "Sensoren zien of er iemand op een plek is, niet wie. Heb jij die plek gereserveerd, dan geldt dat " +
				"als jouw aanwezigheid. Zo is bekend waar je bent.",
			EN: "Sensors see whether somebody is at a spot, not who. If you have reserved that spot, it counts as " +
				"your presence. So it is known where you are."}, {
			NL: "Kom je niet of ga je weg, dan geeft het systeem je plek na enige tijd vanzelf vrij. Dat doet een " +
				"computer, naar de regels van de locatie; vaak vraagt hij je eerst per e-mail of je nog komt. Het " +
				"enige gevolg is dat een ander de plek kan nemen. Je kunt meteen opnieuw reserveren, bezwaar maken " +
				"tegen sensoren, en ons vragen er een mens naar te laten kijken.",
			EN: "If you don't come or leave, the system releases your spot by itself after some time. A computer " +
				"does so, by the rules of the location; often it first asks you by e-mail whether you are coming. " +
				"The only consequence is that somebody else can take the spot. You can reserve again at once, " +
				"object to sensors, and ask us to have a person look at it."}, {
			NL: "De namen van je gasten blijven ook als jij je registratie wist, tot hun eigen einddatum. Niets " +
				"verbindt ze dan nog met jou.",
			EN: "The names of your guests stay even if you erase your registration, until their own deadline. " +
				"Nothing connects them with you then."}, {
			NL: "We tellen per maand hoe vaak mensen toestemming gaven, om een overzicht vroegen, alles wisten of " +
				"bezwaar maakten, hoe vaak de wet ons dwong gegevens te verstrekken, en hoe lang we daarover deden. " +
				"Wie dat waren, staat er niet bij, en we laten een telling pas zien vanaf vijf.",
			EN: "We count each month how often people consented, asked for an overview, erased everything or " +
				"objected, how often the law made us disclose data, and how long we took. Who they were is not in " +
				"it, and we show a count from five on only."}}},

	{title: words.Text{NL: "Wat de techniek nodig heeft", EN: "What the technique needs"},
		groups: []privacy.Group{privacy.Technique}, text: []words.Text{{
			NL: "Om je te laten aanmelden, je rechten uit te voeren en je te helpen bewaren we ook dit. Van codes " +
				"en links bewaren we alleen een kenmerk, niet de code zelf.",
			EN: "To let you sign in, to carry out your rights and to help you, we keep this too. Of codes and links " +
				"we keep a mark alone, not the code itself."}}},

	{title: words.Text{NL: "Wat we van je organisatie bewaren", EN: "What we keep of your organisation"},
		groups: []privacy.Group{privacy.Customers}, text: []words.Text{{
			NL: "Van de organisatie die iotspot gebruikt bewaren we dit, zolang haar contract bestaat. Wie een " +
				"bedrijfsaccount opent, vragen we dezelfde toestemming. Facturen die we stuurden, staan in onze " +
				"boekhouding, zo lang als de belastingwet vraagt.",
			EN: "Of the organisation that uses iotspot we keep this while its contract exists. Who opens a business " +
				"account is asked for the same consent. Invoices that we sent are in our bookkeeping, for as long " +
				"as tax law asks."}}},

	{title: words.Text{NL: "Waarvoor we gegevens gebruiken", EN: "What we use data for"}, list: purposes,
		text: []words.Text{{
			NL: "Bij elk gegeven hierboven staat waarvoor het dient. We gebruiken het voor niets anders dan dat, en " +
				"om het aan jou te laten zien, te verbeteren en op tijd te wissen. Er zijn zes doelen:",
			EN: "With each kind of data above stands what it is for. We use it for nothing else than that, and to " +
				"show it to you, correct it and erase it in time. There are six purposes:"}}},

	{title: words.Text{NL: "Als de wet ons dwingt", EN: "If the law makes us"}, text: []words.Text{{
		NL: "Soms moeten we van de wet gegevens geven aan een rechthebbende, een toezichthouder, de " +
			"Belastingdienst, justitie, de politie of een andere handhaver. Dat doet alleen een medewerker die " +
			"daarvoor bevoegd is, over één persoon tegelijk, en alleen met de gegevens die het bevel noemt. De " +
			"wettelijke grond wordt vastgelegd. Jij ziet het in je overzicht: meteen, of vanaf de dag waarop de wet " +
			"toestaat dat we het je vertellen.",
		EN: "Sometimes the law makes us give data to a holder of rights, a supervisor, the tax authority, the " +
			"judiciary, the police or another law enforcer. Only a member of staff with that authority does so, " +
			"about one person at a time, and only with the data that the order names. The legal ground is recorded. " +
			"You see it in your overview: at once, or from the day on which the law lets us tell you."}, {
		NL: "We kunnen gegevens ook gebruiken om onze gebruiksvoorwaarden te handhaven: {terms}",
		EN: "We can also use data to enforce our terms of service: {terms}"}}},

	{title: words.Text{NL: "Op welke grond", EN: "On what legal basis"}, list: bases, text: []words.Text{{
		NL: "De privacywet (AVG, artikel 6) vraagt voor elk gegeven een grond. Welke dat is, staat bij het gegeven. " +
			"Het zijn deze:",
		EN: "Privacy law (GDPR, article 6) asks a legal basis for each kind of data. Which one it is stands with " +
			"the data. They are:"}}},

	{title: words.Text{NL: "Wie wat van je ziet", EN: "Who sees what of you"}, text: []words.Text{{
		NL: "Collega's zien je naam en je organisatie, tenzij je meer laat zien. Verberg je je naam, dan zien ze je " +
			"helemaal niet. Laat je zien waar je bent, dan zien collega's in welk gebouw en op welke plek je die " +
			"dag bent of komt. Gasten kunnen zij niet vinden; de beheerders zien van een gast de naam en de dagen, " +
			"en kunnen die toegang beëindigen.",
		EN: "Colleagues see your name and your organisation, unless you show more. If you hide your name they don't " +
			"see you at all. If you show where you are, colleagues see in which building and at which spot you are " +
			"or will be that day. They can't find guests; the administrators see a guest's name and days, and can " +
			"end that access."}, {
		NL: "Laat je een collega voor jou reserveren, dan ziet die waar en wanneer je nog een plek hebt, en kan die " +
			"er een annuleren, tot jij of die collega dat intrekt. Wie daarna zijn naam verbergt, heet dan 'een " +
			"collega'.",
		EN: "If you let a colleague reserve for you, they see where and when you still have a spot, and can cancel " +
			"one, until you or they take that back. Who hides their name after that is called 'a colleague'."}, {
		NL: "Wijst een beheerder je een eigen werkplek toe, dan zien collega's dat die plek van iemand is, en niet " +
			"van wie. Jij krijgt er een e-mail over, ziet het bij je gegevens en kunt haar afstaan. Op welke dagen " +
			"je afwezig bent ziet niemand anders; collega's zien alleen dat de werkplek dan vrij is. In welke " +
			"groepen je zit, zie alleen jij; ook daar krijg je een e-mail over. Dat je op een wachtlijst staat, " +
			"ziet niemand anders: een computer biedt een plek die vrijkomt aan wie het eerst kwam. Vraag je een plek " +
			"waarvoor goedkeuring nodig is, dan zien wie daarover beslissen tot dan welke plek en tijden je vroeg, en " +
			"je naam als je die laat zien. Wie besliste, bewaren we niet.",
		EN: "If an administrator makes a workplace your own, colleagues see that it is somebody's, and not whose. " +
			"You get an e-mail about it, see it with your data and can give it up. On which days you are away " +
			"nobody else sees; colleagues only see that the workplace is free then. Which groups you are in is seen " +
			"by you alone; you get an e-mail about that too. That you are on a waitlist nobody else sees: a " +
			"computer offers a spot that comes free to who came first. If you ask for a spot that needs approval, those " +
			"who decide about it see until then which spot and times you asked for, and your name if you show it. Who " +
			"decided we do not keep."}, {
		NL: "Je werkgever en de beheerders zien van jou niet meer dan collega's: geen werktijden, geen " +
			"geschiedenis, geen aanwezigheid die jij verbergt. Zij zien tellingen over vijf of meer mensen en het " +
			"aantal gebruikers.",
		EN: "Your employer and the administrators see no more of you than colleagues: no working hours, no history, " +
			"no presence that you hide. They see counts about five or more people, and the number of users."}, {
		NL: "Een bedrijfshulpverlener die je organisatie heeft bevestigd, ziet in het gebouw welke plekken bezet " +
			"zijn, voor de veiligheid. Je naam staat er alleen bij als je laat zien waar je bent.",
		EN: "An emergency response officer whom your organisation has confirmed sees in the building which spots " +
			"are occupied, for safety. Your name is with it only if you show where you are."}, {
		NL: "Van ons kunnen alleen bevoegde medewerkers gegevens inzien, met een reden, nadat ze schriftelijk " +
			"geheimhouding hebben beloofd. Je ziet in je overzicht wie keek, wanneer, waarom en naar wat.",
		EN: "On our side only authorised staff can look at data, for a reason, after they promised confidentiality " +
			"in writing. You see in your overview who looked, when, why and at what."}, {
		NL: "Anderen krijgen niets, tenzij jij dat uitdrukkelijk wilt, de dienst die je vraagt het nodig heeft, of " +
			"de wet het eist.",
		EN: "Others get nothing, unless you expressly want that, the service that you ask for needs it, or the law " +
			"requires it."}}},

	{title: words.Text{NL: "Je rechten", EN: "Your rights"}, list: objections, text: []words.Text{{
		NL: "Bekijken en meenemen: in de app onder Mijn gegevens zie je alles wat we van je bewaren. Je kunt het " +
			"als bestand meenemen, of het overzicht laten mailen, hooguit eens per uur. Dat kan ook met een e-mail " +
			"aan {support}. Het overzicht gaat alleen naar je geregistreerde e-mailadres.",
		EN: "View and take along: in the app under My data you see all that we keep of you. You can take it along " +
			"as a file, or have the overview mailed, once an hour at most. An e-mail to {support} does that too. " +
			"The overview goes only to your registered e-mail address."}, {
		NL: "Verbeteren: alles wat je invulde wijzig je zelf. Klopt iets niet wat het systeem vastlegde, dan haal " +
			"je het weg in de app of vraag je ons het te verbeteren.",
		EN: "Correct: all that you filled in you change yourself. If something that the system recorded isn't " +
			"right, you remove it in the app or ask us to correct it."}, {
		NL: "Verbergen: elk gegeven dat anderen kunnen zien, kun je voor hen verbergen.",
		EN: "Hide: each kind of data that others can see you can hide from them."}, {
		NL: "Beperken: zolang we een vraag of bezwaar van je onderzoeken, kun je ons vragen de gegevens verder niet " +
			"te gebruiken.",
		EN: "Restrict: while we look into a question or objection of yours, you can ask us not to use the data " +
			"otherwise."}, {
		NL: "Wissen: onderaan je overzicht staat het formulier waarmee je alles wist; het kan ook in de app. Je " +
			"registratie eindigt dan meteen, je reserveringen komen vrij, en binnen een minuut zijn je gegevens " +
			"weg. Wat blijft: de namen van je gasten tot hun einddatum, zonder verband met jou; wat anderen zelf " +
			"opschreven, zoals jouw naam in hun lijst met favoriete collega's; en een dag lang de reservekopie.",
		EN: "Erase: at the bottom of your overview is the form with which you erase everything; you can do it in " +
			"the app too. Your registration ends at once, your reservations come free, and within a minute your " +
			"data is gone. What stays: the names of your guests until their deadline, without a connection with " +
			"you; what others wrote themselves, as your name in their list of favourite colleagues; and the backup, " +
			"for a day."}, {
		NL: "Je registratie eindigt ook als het contract van je organisatie eindigt, of als een beheerder haar " +
			"beëindigt omdat je daar weg bent. Ook dan worden al je gegevens gewist en krijg je daar één e-mail " +
			"over; aan het eind van het contract met je laatste overzicht.",
		EN: "Your registration also ends when your organisation's contract ends, or when an administrator ends it " +
			"because you have left. Then too all your data is erased and you get one e-mail about it; at the end of " +
			"the contract with your last overview."}, {
		NL: "Wat je in de app doet, werkt meteen. Op een verzoek aan {contact} antwoorden we binnen een maand. Ben " +
			"je het niet met ons eens, dan kun je een klacht indienen bij de {authority}: {authorityURL}",
		EN: "What you do in the app works at once. A request to {contact} we answer within a month. If you disagree " +
			"with us you can complain to the {authority}: {authorityURL}"}, {
		NL: "Bezwaar maken: vind je dat een gegeven onjuist, onvolledig of niet ter zake is, of wil je niet dat we " +
			"het vastleggen? Wat je zelf invulde, haal je weg. Tegen wat het systeem vastlegt, maak je bezwaar in " +
			"de app of als gast met je pas. Het werkt meteen:",
		EN: "Object: do you find that data is incorrect, incomplete or irrelevant, or don't you want us to record " +
			"it? What you filled in you remove. To what the system records you object in the app, or as a guest " +
			"with your pass. It works at once:"}}},

	{title: words.Text{NL: "Beveiliging, en waar je gegevens staan", EN: "Security, and where your data is"},
		text: []words.Text{{
			NL: "We beschermen je gegevens tegen verlies, misbruik, onbevoegde toegang, bekendmaking, wijziging en " +
				"vernietiging. Ze staan versleuteld bij Amazon Web Services en gaan versleuteld over het internet. " +
				"De diensten van Amazon Web Services die wij gebruiken, voldoen aan de AVG. Elk onderdeel van het " +
				"systeem kan alleen wat het nodig heeft. Meer staat in onze verklaring over beveiliging: {security}",
			EN: "We protect your data against loss, misuse, unauthorised access, disclosure, alteration and " +
				"destruction. It is stored encrypted at Amazon Web Services and crosses the internet encrypted. The " +
				"services of Amazon Web Services that we use comply with the GDPR. Each part of the system can do " +
				"only what it needs. More is in our security statement: {security}"}, {
			NL: "Je gegevens blijven in de Europese Unie: {region}. We geven ze niet door aan een land daarbuiten. " +
				"Zou Amazon, dat bij een Amerikaans concern hoort, daar ooit toe worden gedwongen, dan gelden de " +
				"modelbepalingen van de Europese Commissie. Een e-mail aan jou gaat naar jouw e-mailaanbieder, waar " +
				"die ook staat.",
			EN: "Your data stays in the European Union: {region}. We don't transfer it to a country outside. Should " +
				"Amazon, which belongs to an American group, ever be forced to, the standard contractual clauses of " +
				"the European Commission apply. An e-mail to you goes to your e-mail provider, wherever that is."}, {
			NL: "Van registraties, en van tellingen zonder personen, bestaat een reservekopie die één dag " +
				"teruggaat. Wat gewist is, is daar binnen 24 uur uit verdwenen. Wordt de kopie teruggezet, dan " +
				"wissen we het eerst opnieuw. Van wat een eigen einddatum heeft, bestaat geen kopie.",
			EN: "Registrations, and counts without persons, have a backup that goes back one day. What was erased " +
				"is gone from it within 24 hours. If the backup is restored, we first erase it again. What has a " +
				"deadline of its own is in no backup."}, {
			NL: "Niets dat over het internet gaat is helemaal veilig. Voor je eigen internetverbinding zorg je zelf.",
			EN: "Nothing that crosses the internet is entirely safe. Your own internet connection is up to you."}}},

	{title: words.Text{NL: "Op je apparaat", EN: "On your device"}, text: []words.Text{{
		NL: "Alleen foto's en afbeeldingen van je eigen bedrijfsaccount of registratie mogen op je apparaat bewaard " +
			"blijven, zodat de app sneller is. Kies je ervoor aangemeld te blijven, dan staat daar ook de sleutel " +
			"van je aanmelding.",
		EN: "Only photos and images of your own business account or registration may be kept on your device, to " +
			"make the app faster. If you choose to stay signed in, the key of your sign-in is there too."}, {
		NL: "Neem je een agenda-abonnement, dan haalt je agenda zelf op waar en wanneer je reserveerde, zonder " +
			"namen. Die kopie staat bij de maker van je agenda: wij kunnen haar niet wissen. Stop je ermee of wis " +
			"je je registratie, dan is het abonnement leeg, en je agenda ook zodra hij het weer ophaalt: Outlook " +
			"doet dat na enkele uren, Google binnen een dag, en Apple zo vaak als je daar instelde. Laat je je " +
			"reserveringen per e-mail in je agenda zetten, dan blijft wat daar staat als je je registratie wist: " +
			"haal het dan zelf weg.",
		EN: "If you take a calendar feed, your calendar itself fetches where and when you reserved, without names. " +
			"That copy is with the maker of your calendar: we can't erase it. If you stop it or erase your " +
			"registration, the feed is empty, and so is your calendar when it fetches again: Outlook does so after " +
			"some hours, Google within a day, and Apple as often as you set it there. If you let your reservations " +
			"be put into your calendar by e-mail, what is there stays when you erase your registration: remove it " +
			"yourself then."}}},

	{title: words.Text{NL: "Cookies en tellingen", EN: "Cookies and counts"}, text: []words.Text{{
		NL: "iotspot werkt zonder cookies, ook als je browser ze weigert. Cookies van anderen, zoals sociale media, " +
			"zijn er niet. Met een afbeelding van één pixel tellen we welke pagina's geregistreerde gebruikers " +
			"openen en met wat voor browser, alleen voor tellingen. Je IP-adres bewaren we daarbij niet.",
		EN: "iotspot works without cookies, also if your browser refuses them. There are none of others, such as " +
			"social media. With an image of one pixel we count which pages registered users open and with which " +
			"kind of browser, for counts only. We don't keep your IP address with it."}}},

	{title: words.Text{NL: "Delen en sociale media", EN: "Sharing and social media"}, text: []words.Text{{
		NL: "Je kunt een plek of ruimte delen als link, bijvoorbeeld met WhatsApp. In die link staat alleen een " +
			"kenmerk van de plek, geen persoonsgegevens. Alleen gebruikers van hetzelfde bedrijfsaccount kunnen hem " +
			"openen.",
		EN: "You can share a spot as a link, for instance with WhatsApp. The link holds an identifier of the spot " +
			"alone, no personal data. Only users of the same business account can open it."}, {
		NL: "Aanmelden of registreren met LinkedIn, Facebook of een ander account kan niet. Je LinkedIn-profiel is " +
			"een gewone link: LinkedIn krijgt er niets door te zien van wat je bij ons doet.",
		EN: "You can't sign in or register with LinkedIn, Facebook or another account. Your LinkedIn profile is a " +
			"plain link: it shows LinkedIn nothing of what you do with us."}}},

	{title: words.Text{NL: "Links naar andere websites", EN: "Links to other websites"},
		text: []words.Text{{ // 12.links
			NL: "Deze verklaring geldt niet voor websites van anderen waar een link je naartoe brengt: we hebben " +
				"geen invloed op wat die met je gegevens doen. Ze krijgen niet te zien waar je vandaan komt.",
			EN: "This statement does not cover websites of others to which a link takes you: we have no influence " +
				"on what they do with your data. They don't get to see where you come from."}}},

	{title: words.Text{NL: "Wijzigingen", EN: "Changes"}, text: []words.Text{{
		NL: "We kunnen deze verklaring wijzigen, binnen de wet. Elke versie heeft een datum. Over een nieuwe versie " +
			"mailen we je, en we vragen opnieuw je toestemming. Tot die tijd kun je alleen inzien, meenemen, " +
			"bezwaar maken en wissen. Oude versies blijven te lezen.",
		EN: "We can change this statement, within the law. Each version has a date. We mail you about a new version " +
			"and ask for your consent again. Until then you can only view, take along, object and erase. Old " +
			"versions can still be read."}}},
}
