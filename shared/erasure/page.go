package erasure

import (
	"bytes"
	_ "embed"
	"html/template"

	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/words"
)

//go:embed page.html
var source string

var layout = template.Must(template.New("erasure").Parse(source))

// A Page is what a person sees after following a link. It has no script, no image and nothing from another server.
type Page struct {
	Language, Title string
	Text            []string
	Button          string // of the form; "" is no form
	Controller      string
	Support         string
}

// Content makes a page an answer that is written as it is.
func (p Page) Content() (mediaType string, body []byte) {
	var out bytes.Buffer
	if err := layout.Execute(&out, p); err != nil {
		panic(err) // the layout and its data are this package's own
	}
	return "text/html; charset=utf-8", out.Bytes()
}

func (r Requests) page(language string, title words.Text, text ...words.Text) Page {
	page := Page{Language: language, Title: title.In(language), Controller: r.Controller, Support: r.Support}
	for _, paragraph := range text {
		page.Text = append(page.Text, paragraph.In(language))
	}
	return page
}

func (r Requests) form(language string) Page {
	page := r.page(language,
		words.Text{NL: "Al je persoonsgegevens wissen", EN: "Erase all your personal data"},
		words.Text{NL: "Als je bevestigt, eindigt je registratie meteen en worden al je persoonsgegevens binnen " +
			"een minuut gewist. Komende reserveringen worden vrijgegeven.",
			EN: "If you confirm, your registration ends at once and all your personal data is erased within a " +
				"minute. Upcoming reservations are given back."},
		words.Text{NL: "Dit kan niet ongedaan worden gemaakt. Je krijgt één bevestiging per e-mail en daarna " +
			"niets meer.",
			EN: "This can't be undone. You get one confirmation by e-mail and nothing after it."})
	page.Button = words.Text{NL: "Ja, wis al mijn gegevens", EN: "Yes, erase all my data"}.In(language)
	return page
}

func (r Requests) accepted(language string) Page {
	return r.page(language,
		words.Text{NL: "Je gegevens worden gewist", EN: "Your data is being erased"},
		words.Text{NL: "Je registratie is beëindigd. Binnen een minuut is alles gewist en krijgt het adres dat " +
			"geregistreerd was een bevestiging.",
			EN: "Your registration has ended. Within a minute everything is erased, and the address that was " +
				"registered gets a confirmation."})
}

// unknown is the one answer to a link that is unknown, used or too old.
func (r Requests) unknown() error {
	_, body := r.page("nl", words.Text{NL: "Deze link werkt niet (meer) · This link does not work"},
		words.Text{NL: "De link is onbekend, al gebruikt of te oud. Vraag in de app een nieuw overzicht aan; " +
			"onderaan staat een nieuwe link."},
		words.Text{NL: "The link is unknown, already used or too old. Ask for a new overview in the app; it has " +
			"a new link at its bottom."}).Content()
	unknown := problem.Unknown()
	unknown.Page = body
	return unknown
}

// lastAdministrator is the answer to the only administrator of a business account, who must hand over or end the
// account first. The link stays usable.
func (r Requests) lastAdministrator(language string) error {
	_, body := r.page(words.LanguageOf(language),
		words.Text{NL: "Draag het beheer eerst over", EN: "Hand over the administration first"},
		words.Text{NL: "Je bent de enige beheerder van het bedrijfsaccount. Wijs eerst een ander aan; daarna " +
			"werkt deze link alsnog. Of beëindig het bedrijfsaccount in de app; daarmee wordt ook alles over jou " +
			"gewist.",
			EN: "You are the only administrator of the business account. Name another one first; then this link " +
				"still works. Or end the business account in the app; with it everything about you is erased " +
				"too."}).Content()
	refusal := problem.New(problem.Conflict, "you are the last administrator of the business account: name another "+
		"one first, or end the account with POST /business-account/end")
	refusal.Page = body
	return refusal
}
