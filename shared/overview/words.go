package overview

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// labels say what an attribute is where its section's title doesn't. An attribute without one is told by its own
// name.
var labels = map[string]words.Text{
	"name": {}, "email": {}, "photo": {}, "language": {}, "shield": {}, "objections": {}, "used": {}, "date": {},
	"no_use":   {NL: "bezwaar tegen de datum van laatste gebruik", EN: "objection to the date of last use"},
	"counted":  {NL: "zonder bezwaar tegen het tellen van zoekopdrachten", EN: "without objection to the counting of searches"},
	"mailed":   {NL: "verstuurd", EN: "mailed"},
	"business": {NL: "klant", EN: "customer"}, "role": {NL: "rol", EN: "role"},
	"member_of":         {NL: "in de lijst van het bedrijfsaccount", EN: "in the list of the business account"},
	"officer_confirmed": {NL: "bevestigd als bedrijfshulpverlener", EN: "confirmed as an emergency response officer"},
	"os":                {NL: "besturingssysteem", EN: "operating system"},
	"os_release":        {NL: "versie", EN: "release"},
	"consent_version":   {NL: "versie van de verklaring", EN: "version of the statement"},
	"consent_language":  {NL: "taal", EN: "language"}, "consent_at": {NL: "gegeven op", EN: "given at"},
	"requested_at": {NL: "aangevraagd op", EN: "requested at"},
	"logged_in_at": {NL: "aangemeld op", EN: "logged in at"},
	"ip":           {NL: "IP-adres", EN: "IP address"}, "login_name": {NL: "aanmeldnaam", EN: "login name"},
	"first": {NL: "eerste dag", EN: "first day"}, "last": {NL: "laatste dag", EN: "last day"},
	"location": {NL: "locatie", EN: "location"},
	"opens_at": {NL: "toegang vanaf", EN: "access from"}, "closes_at": {NL: "toegang tot", EN: "access until"},
	"discloses":    {NL: "gemachtigd voor verstrekkingen", EN: "granted to disclose"},
	"agreement":    {NL: "geheimhoudingsverklaring", EN: "agreement on confidentiality"},
	"agreed_on":    {NL: "getekend op", EN: "agreed on"},
	"agreed_until": {NL: "geldig tot en met", EN: "in force until"},
	"recorded_by":  {NL: "vastgelegd door", EN: "recorded by"},
	"recorded_at":  {NL: "vastgelegd op", EN: "recorded at"},
	"withdrawn_at": {NL: "ingetrokken op", EN: "withdrawn at"}, "looked_at": {NL: "ingezien op", EN: "looked at"},
	"told_version": {NL: "versie", EN: "version"}, "telling_at": {NL: "bericht onderweg sinds",
		EN: "being told since"},
	"told_at": {NL: "laatste overzicht verstuurd op", EN: "last overview sent at"},
	"what":    {NL: "wat", EN: "what"}, "now": {NL: "sindsdien", EN: "since then"},
	"asked_at": {NL: "aangevraagd op", EN: "asked at"},
	"request":  {NL: "nummer van de aanvraag", EN: "number of the request"},
	"waits": {NL: "onder een hash van je adres: wat op een code wacht",
		EN: "under a hash of your address: what waits for a code"},
}

func labelOf(name string) words.Text {
	if label, ok := labels[name]; ok {
		return label
	}
	if privacy.IsOptional(name) {
		return words.Text{}
	}
	return words.Same(name)
}

// terms are values that the system writes and a person reads.
var terms = map[string]words.Text{
	"nl": {NL: "Nederlands", EN: "Dutch"}, "en": {NL: "Engels", EN: "English"},
	"user": {NL: "gebruiker", EN: "user"}, "manager": {NL: "locatiebeheerder", EN: "location manager"},
	"administrator": {NL: "beheerder van het bedrijfsaccount", EN: "administrator of the business account"},
	"guest":         {NL: "gast", EN: "guest"},
}

var states = map[table.State]words.Text{
	table.Reserved: {NL: "gereserveerd", EN: "reserved"}, table.CheckedIn: {NL: "ingecheckt", EN: "checked in"},
	table.Released: {NL: "vrijgegeven", EN: "released"}, table.NoShow: {NL: "niet verschenen", EN: "no-show"},
	cancelledState: {NL: "door de beheerder geannuleerd, bericht onderweg",
		EN: "cancelled by the manager, a mail is on its way"},
}

// cancelledState is of a reservation that is no longer on any sheet.
const cancelledState table.State = "cancelled"

// chosen are the attributes whose value is one of the terms; others can hold the same text by chance.
var chosen = map[string]bool{"language": true, "consent_language": true, "role": true}

func isInstant(name string) bool { return strings.HasSuffix(name, "_at") }

// readable is a stored value for a person's eye.
func readable(name string, value any) words.Text {
	switch v := value.(type) {
	case bool:
		if v {
			return words.Text{NL: "ja", EN: "yes"}
		}
		return words.Text{NL: "nee", EN: "no"}
	case time.Time:
		return words.Moment(v, civil.UTC)
	case string:
		if name == table.MemberKey {
			return words.Text{NL: "ja", EN: "yes"}
		}
		if term, ok := terms[v]; ok && chosen[name] {
			return term
		}
		if at, err := time.Parse(time.RFC3339, v); err == nil && isInstant(name) {
			return words.Moment(at, civil.UTC)
		}
		return words.Same(v)
	case json.Number:
		return words.Same(v.String())
	case []any:
		return listed(name, v)
	case map[string]any:
		return membersOf(v)
	case nil:
		return words.Text{NL: "leeg", EN: "empty"}
	}
	return words.Same(fmt.Sprint(value))
}

func listed(name string, values []any) words.Text {
	var all words.Text
	for i, value := range values {
		one := readable(name, value)
		if i > 0 {
			all.NL, all.EN = all.NL+", ", all.EN+", "
		}
		all.NL, all.EN = all.NL+one.NL, all.EN+one.EN
	}
	if len(values) == 0 {
		return words.Text{NL: "niets", EN: "nothing"}
	}
	return all
}

func membersOf(members map[string]any) words.Text {
	var all []any
	for _, name := range sortedNames(members) {
		all = append(all, name+": "+readable(name, members[name]).EN)
	}
	return listed("", all)
}

func (r Reservation) words() words.Text {
	told := func(until, state string) string {
		return fmt.Sprintf("%s %s %s %s, %s, %s (%s)", r.Date, r.From, until, r.To,
			mail.Unlinked(r.SpotName), mail.Unlinked(r.Location), state)
	}
	all := words.Text{NL: told("tot", states[r.State].NL), EN: told("to", states[r.State].EN)}
	if r.Booked != nil {
		booked := words.Moment(*r.Booked, civil.UTC)
		all.NL, all.EN = all.NL+", geboekt op "+booked.NL, all.EN+", booked on "+booked.EN
	}
	return all
}

func (t Title) words() words.Text {
	told := written(t.Title)
	if t.Shown {
		told.NL, told.EN = told.NL+" (ook te zien bij de ruimte)", told.EN+" (also seen at the room)"
	}
	return told
}

func (p Presence) words(zone civil.Zone) words.Text {
	told := written(p.SpotName + ", " + p.Location)
	say := func(nl, en string, at time.Time) {
		clock := zone.In(at).Format("15:04")
		told.NL, told.EN = told.NL+": "+nl+" "+clock, told.EN+": "+en+" "+clock
	}
	if p.CheckedIn != nil {
		say("ingecheckt om", "checked in at", *p.CheckedIn)
	}
	if p.Ended != nil {
		say("vrijgegeven om", "released at", *p.Ended)
	}
	if p.ByHand {
		told.NL, told.EN = told.NL+": alleen met de hand in te checken", told.EN+": checked in by hand only"
	}
	for _, sensor := range p.Sensors {
		if sensor.Occupied {
			say("volgens de sensor bezet sinds", "occupied according to the sensor since", sensor.Since)
		} else {
			say("volgens de sensor leeg sinds", "empty according to the sensor since", sensor.Since)
		}
	}
	return told
}

func (s Searched) words() words.Text {
	return words.Text{
		NL: fmt.Sprintf("%s, %s: %d keer naar plekken, %d keer naar collega's", s.Date,
			mail.Unlinked(s.Location), s.Spots, s.Colleagues),
		EN: fmt.Sprintf("%s, %s: %d for spots, %d for colleagues", s.Date, mail.Unlinked(s.Location),
			s.Spots, s.Colleagues),
	}
}

func (o Opened) words() words.Text {
	var counts []string
	for _, of := range []map[string]int{o.Pages, o.Browsers} {
		for _, name := range sortedNames(of) {
			counts = append(counts, fmt.Sprintf("%s %d×", name, of[name]))
		}
	}
	return words.Same(fmt.Sprintf("%s, %s: %s", o.Date, mail.Unlinked(o.Location), strings.Join(counts, ", ")))
}

func sortedNames[K cmp.Ordered, V any](members map[K]V) []K { return slices.Sorted(maps.Keys(members)) }

// written is what others wrote, as the names of places and of the customer.
func written(text string) words.Text { return words.Same(mail.Unlinked(text)) }
