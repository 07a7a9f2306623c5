package statement

import (
	"strings"

	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/words"
)

type chapter struct {
	title    words.Text
	text     []words.Text
	kinds    func(privacy.Kind) bool // which of the register's kinds stand in it
	purposes bool                    // it lists the purposes

	objections bool // it lists what can be objected to
}

func beginning(prefixes ...string) func(privacy.Kind) bool {
	return func(kind privacy.Kind) bool {
		for _, prefix := range prefixes {
			if strings.HasPrefix(string(kind.Clause), prefix) {
				return true
			}
		}
		return false
	}
}

var title = words.Text{NL: "Privacyverklaring", EN: "Privacy statement"}

// chapters are the statement, article by article. Changing what they say means a new privacy.StatementVersion.
var chapters = []chapter{
	{title: words.Text{NL: "Wie hiervoor instaat", EN: "Who answers for this"}, text: []words.Text{{
		NL: "Onderaan deze pagina staat wie verantwoordelijk is voor wat het systeem met gegevens doet. Deze tekst " +
			"is gemaakt uit hetzelfde register dat het systeem bij elke opslag gebruikt.",
		EN: "At the bottom of this page stands who is responsible for what the system does with data. This text is " +
			"made from the same register that the system uses whenever it stores something."}}},
	{title: words.Text{NL: "Je toestemming", EN: "Your consent"}, kinds: beginning("2."), text: []words.Text{{
		NL: "Voordat je iets over jezelf invult, vragen we je uitdrukkelijk om toestemming voor deze versie. " +
			"Zonder toestemming bewaren we niets. Intrekken kan altijd en is even makkelijk: daarmee eindigt je " +
			"registratie en wordt alles gewist.",
		EN: "Before you enter anything about yourself we ask your explicit consent to this version. Without it we " +
			"keep nothing. You can withdraw it at any time, as easily as you gave it: your registration ends and " +
			"everything is erased."}}},
	{title: words.Text{NL: "Wat we van klanten bewaren", EN: "What we keep of customers"}, kinds: beginning("3."),
		text: []words.Text{{
			NL: "Van de organisatie die je toegang geeft, zolang haar contract bestaat:",
			EN: "Of the organisation that gives you access, while its contract exists:"}}},
	{title: words.Text{NL: "Wat we van gebruikers bewaren", EN: "What we keep of users"}, kinds: beginning("4."),
		text: []words.Text{{
			NL: "Van jou als gebruiker, elk tot het genoemde moment:",
			EN: "Of you as a user, each until the moment named:"}}},
	{title: words.Text{NL: "Wat de werking daarnaast nodig heeft", EN: "What the working needs beside it"},
		kinds: beginning("5.", "7.", "s."), text: []words.Text{{
			NL: "Kort, en in je overzicht te zien zoals al het andere:",
			EN: "For a short time, and shown in your overview like all the rest:"}}},
	{title: words.Text{NL: "Waarvoor", EN: "What for"}, purposes: true, text: []words.Text{{ // privacy.CommonPurposes
		NL: "Van elk gegeven geldt, waarvoor het ook dient, dat we het aan jou laten zien, verbeteren en op tijd " +
			"wissen zoals hier beloofd (c), en dat we het verstrekken als de wet dat eist (e.i).",
		EN: "Of each kind of data it holds, whatever it serves, that we show it to you, correct it and erase it in " +
			"time as promised here (c), and that we give it out where the law requires it (e.i)."}, {
		NL: "Wat je op een dag doet (zoeken, reserveren, inchecken) is alleen die dag aan jou verbonden. Daarna " +
			"blijven er tellingen over zonder personen, en nooit over minder dan vijf mensen. We gebruiken " +
			"gegevens alleen voor:",
		EN: "What you do on a day (searching, reserving, checking in) is connected with you on that day only. What " +
			"stays are counts without persons, and never about fewer than five people. We use data only for:"}}},
	{title: words.Text{NL: "Vertrouwelijkheid", EN: "Confidentiality"}, kinds: beginning("6."), text: []words.Text{{
		NL: "Alleen medewerkers die daarvoor gemachtigd zijn en schriftelijk geheimhouding hebben beloofd, kunnen " +
			"gegevens inzien. Derden krijgen niets, tenzij jij dat uitdrukkelijk wilt, de dienst die je vraagt het " +
			"nodig heeft of de wet het eist.",
		EN: "Only staff who are authorised and have promised confidentiality in writing can see data. Third " +
			"parties get nothing, unless you expressly agree, the service that you ask for needs it, or the law " +
			"requires it."}}},
	{title: words.Text{NL: "Je rechten", EN: "Your rights"}, objections: true, text: []words.Text{{
		NL: "Je kunt je gegevens altijd bekijken, verbeteren, voor anderen verbergen, er bezwaar tegen maken en ze " +
			"laten wissen. In de app bij je accountinstellingen, of met een e-mail aan het adres onderaan, vraag " +
			"je een overzicht aan. Dat gaat alleen naar je geregistreerde adres. Onderaan het overzicht staat " +
			"het formulier om alles te wissen.",
		EN: "You can always see your data, correct it, hide it from others, object to it and have it erased. In " +
			"the app under account settings, or with a mail to the address below, you ask for an overview. It goes " +
			"to your registered address only. At its bottom is the form to erase everything."}, {
		NL: "Wat je zelf invulde of bewaarde, wis je: dat is je bezwaar ertegen. Tegen wat het systeem zelf " +
			"vastlegt kun je apart bezwaar maken, bij je accountinstellingen of als gast met je pas. Het werkt " +
			"meteen:",
		EN: "What you filled in or kept yourself, you clear: that is your objection to it. To what the system " +
			"records by itself you can object apart, under account settings or as a guest with your pass. It takes " +
			"effect at once:"}}},
	{title: words.Text{NL: "Wat collega's van je zien", EN: "What colleagues see of you"}, text: []words.Text{{ // 7.shield
		NL: "Je naam en je organisatie, tenzij je meer laat zien. Alles kun je verbergen, ook voor beheerders en " +
			"bedrijfshulpverleners; verberg je je naam, dan ben je voor collega's onzichtbaar. Laat je zien waar " +
			"je bent, dan zien collega's dat je die dag in een gebouw bent of komt, en op welke plek. Een " +
			"bedrijfshulpverlener die je organisatie heeft bevestigd, ziet voor de veiligheid in het " +
			"gebouw welke plekken op dat moment bezet zijn, met je naam erbij als je laat zien waar je " +
			"bent. Gasten zijn voor collega's niet te vinden.",
		EN: "Your name and your organisation, unless you show more. You can hide everything, from administrators " +
			"and emergency response officers too; if you hide your name, colleagues don't see you at all. If you " +
			"show where you are, colleagues see that you are or will be in a building that day, and at which " +
			"spot. An emergency response officer whom your organisation has confirmed sees, for the safety " +
			"in the building, which spots are occupied at that moment, with your name if you show " +
			"where you are. Colleagues can't find guests."}}},
	{title: words.Text{NL: "Beveiliging", EN: "Security"}, text: []words.Text{{
		NL: "Gegevens staan versleuteld bij Amazon Web Services, in de regio van de Europese Unie waarin ze zijn " +
			"opgeslagen. Elk onderdeel van het systeem kan alleen wat het nodig heeft. Van registratiegegevens, en " +
			"van statistiek zonder personen, bestaat een reservekopie die één dag teruggaat; wat gewist is " +
			"verdwijnt daar binnen 24 uur uit, en wordt opnieuw gewist als die kopie wordt teruggezet. Van " +
			"wat een eigen einddatum heeft bestaat geen kopie.",
		EN: "Data is stored encrypted at Amazon Web Services, in the region of the European Union in which it was " +
			"put. Each part of the system can do only what it needs. Registration data, and statistics without " +
			"persons, have a backup that goes back one day; what was erased is gone from it within 24 hours, " +
			"and is erased again if that backup is restored. What has an end date of its own is in no " +
			"backup."}}},
	{title: words.Text{NL: "Op je apparaat", EN: "On your device"}, text: []words.Text{{
		NL: "Alleen foto's en afbeeldingen van je eigen bedrijfsaccount of registratie mogen op je apparaat worden " +
			"bewaard.",
		EN: "Only photos and images of your own business account or registration may be kept on your device."}}},
	{title: words.Text{NL: "Delen en sociale media", EN: "Sharing and social media"}, text: []words.Text{{
		NL: "Een plek deel je als link met alleen het nummer van die plek; alleen gebruikers van hetzelfde " +
			"bedrijfsaccount kunnen hem openen. Aanmelden met een account van sociale media kan niet.",
		EN: "You share a spot as a link that holds the spot's number alone; only users of the same business " +
			"account can open it. Signing in with a social media account is not possible."}}},
	{title: words.Text{NL: "Cookies en tellingen", EN: "Cookies and counts"}, kinds: beginning("11."), text: []words.Text{{
		NL: "De dienst werkt zonder cookies, en cookies van derden zijn er niet. Met een afbeelding van één pixel " +
			"tellen we hoe geregistreerde gebruikers de dienst bereiken, per pagina en soort browser, alleen voor " +
			"statistiek; het IP-adres bewaren we daarbij niet. Wie bezwaar maakt tegen statistiek wordt niet " +
			"geteld.",
		EN: "The service works without cookies, and there are none of third parties. With an image of one pixel we " +
			"count how registered users reach the service, by page and kind of browser, for statistics only; the " +
			"IP address is not kept. Who objects to statistics is not counted."}}},
	{title: words.Text{NL: "Links naar elders", EN: "Links to elsewhere"}, text: []words.Text{{ // 12.links
		NL: "Deze verklaring geldt niet voor websites van anderen waarnaar een link leidt.",
		EN: "This statement does not cover websites of others that a link leads to."}}},
	{title: words.Text{NL: "Wijzigingen", EN: "Changes"}, kinds: beginning("13."), text: []words.Text{{
		NL: "Elke versie heeft een datum. Bij een nieuwe versie krijg je bericht en vragen we opnieuw je " +
			"toestemming; tot die tijd kun je alleen inzien, meenemen, bezwaar maken en wissen.",
		EN: "Each version has a date. You are told of a new one and asked for consent again; until then you can " +
			"only view, export, object and erase."}}},
}
