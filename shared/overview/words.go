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
	"name": {}, "email": {}, "photo": {}, "language": {}, "objections": {}, "shield": {NL: "verborgen", EN: "hidden"},
	"used": {}, "date": {},
	"no_use":   {NL: "bezwaar tegen de datum van laatste gebruik", EN: "objection to the date of last use"},
	"mailed":   {NL: "e-mail", EN: "e-mail"},
	"business": {NL: "organisatie", EN: "organisation"}, "role": {NL: "rol", EN: "role"},
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
	"discloses": {NL: "mag gegevens verstrekken als de wet dat eist",
		EN: "may disclose data where the law requires it"},
	"agreement":    {NL: "geheimhoudingsverklaring", EN: "agreement on confidentiality"},
	"agreed_on":    {NL: "getekend op", EN: "agreed on"},
	"agreed_until": {NL: "geldig tot en met", EN: "in force until"},
	"recorded_by":  {NL: "vastgelegd door", EN: "recorded by"},
	"recorded_at":  {NL: "vastgelegd op", EN: "recorded at"},
	"withdrawn_at": {NL: "ingetrokken op", EN: "withdrawn at"}, "looked_at": {NL: "ingezien op", EN: "looked at"},
	"told_version": {NL: "versie", EN: "version"}, "telling_at": {NL: "e-mail onderweg sinds",
		EN: "e-mail on its way since"},
	"told_at": {NL: "laatste overzicht verstuurd op", EN: "last overview sent at"},
	"made_on": {NL: "gemaakt op", EN: "made on"}, "fetched_on": {NL: "voor het laatst opgehaald op",
		EN: "last fetched on"},
	"registered_at": {NL: "passkey toegevoegd op", EN: "passkey added at"},
	"credential":    {NL: "kenmerk van de passkey", EN: "mark of the passkey"},
	"public_key":    {NL: "openbare sleutel", EN: "public key"},
	"count":         {NL: "keren ondertekend, als het apparaat telt", EN: "times signed, where the device counts"},
	"synced":        {NL: "kan op meer apparaten staan", EN: "can be on several devices"},
	"asked_at":      {NL: "aangevraagd op", EN: "asked at"},
	"reminders":     {}, "calendar_mails": {}, "name_at_room": {},
}

// silent are attributes that say nothing to people, as ids, what leads from one item to another, and what a session
// holds where there is no objection. They are in what is attached for machines.
var silent = map[string]bool{"request": true, "waits": true, "user": true, "member_of": true, "pass": true,
	"opens_at": true, "closes_at": true, "counted": true, "calendar": true, "holder": true}

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

var spotTypes = map[string]words.Text{
	"desk": {NL: "een bureau", EN: "a desk"}, "seat": {NL: "een zitplek", EN: "a seat"},
	"meeting_room":   {NL: "een vergaderruimte", EN: "a meeting room"},
	"classroom":      {NL: "een lesruimte", EN: "a classroom"},
	"treatment_room": {NL: "een behandelkamer", EN: "a treatment room"},
}

var states = map[table.State]words.Text{
	table.Reserved: {NL: "gereserveerd", EN: "reserved"}, table.CheckedIn: {NL: "ingecheckt", EN: "checked in"},
	table.Released: {NL: "vrijgegeven", EN: "released"}, table.NoShow: {NL: "niet verschenen", EN: "no-show"},
	table.Offered: {NL: "aangeboden", EN: "offered"}, table.Asked: {NL: "aangevraagd", EN: "asked for"},
	cancelledState: {NL: "geannuleerd door de beheerder, je krijgt er een e-mail over",
		EN: "cancelled by the manager, an e-mail about it is on its way"},
}

// cancelledState is of a reservation that is no longer on any sheet.
const cancelledState table.State = "cancelled"

// chosen are the attributes whose value is one of the terms; others can hold the same text by chance.
var chosen = map[string]bool{"language": true, "consent_language": true, "role": true}

func isInstant(name string) bool { return strings.HasSuffix(name, "_at") }

// clauses are the attributes whose value is a list of clauses, or of purposes.
var clauses = map[string]bool{"shield": true, "objections": true, "kinds": true}

// dates are the attributes whose value is a civil date.
var dates = map[string]bool{"first": true, "last": true, "used": true, "date": true, "consent_version": true,
	"told_version": true, "agreed_on": true, "agreed_until": true}

// readable is a stored value for a person's eye, in their zone.
func (g *gathering) readable(name string, value any) words.Text {
	switch v := value.(type) {
	case bool:
		if name == "reminders" { // a mere yes would say nothing beside the people who may reserve for one
			return words.Text{NL: "je wilt herinneringen per e-mail", EN: "you want reminders by e-mail"}
		}
		if name == "calendar_mails" {
			return words.Text{NL: "je wilt reserveringen per e-mail in je agenda",
				EN: "you want reservations in your calendar, by e-mail"}
		}
		if name == "name_at_room" {
			return words.Text{NL: "je naam mag op het scherm bij een ruimte die je reserveert",
				EN: "your name may be on the display of a room that you reserve"}
		}
		if name == "mailed" { // it is not when the mail itself is made, which tells this too
			return sending[v]
		}
		if v {
			return words.Text{NL: "ja", EN: "yes"}
		}
		return words.Text{NL: "nee", EN: "no"}
	case time.Time:
		return words.Moment(v, g.zone)
	case string:
		return g.readableText(name, v)
	case json.Number:
		return words.Same(v.String())
	case []any:
		return g.listed(name, v)
	case map[string]any:
		return g.membersOf(v)
	case nil:
		return words.Text{NL: "leeg", EN: "empty"}
	}
	return words.Same(fmt.Sprint(value))
}

var sending = map[bool]words.Text{true: {NL: "verstuurd", EN: "sent"},
	false: {NL: "wordt nu verstuurd", EN: "being sent now"}}

func (g *gathering) readableText(name, text string) words.Text {
	if term, ok := terms[text]; ok && chosen[name] {
		return term
	}
	if date, err := civil.ParseDate(text); err == nil && dates[name] {
		return words.Day(date)
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil && isInstant(name) {
		return words.Moment(at, g.zone)
	}
	if clauses[name] {
		if kind := short(privacy.Clause(text)); kind.NL != "" {
			return kind
		}
		if purpose := privacy.Purpose(text).Words(); purpose.NL != "" {
			return purpose
		}
	}
	if name == "photo" { // its text is the key under which it is kept
		return words.Text{NL: "er is een foto", EN: "there is a photo"}
	}
	return words.Same(text)
}

// correction adds what a person changed, which is one thing to them: what it has been since.
func (g *gathering) correction(kept table.Kept) {
	what, now := text(kept.Values["what"]), stored("now", kept.Values["now"])
	of, read := corrected(what), g.readable(what, now)
	g.addUntil("s.correction", Value{Name: "now", Value: now,
		Read: words.Text{NL: of.NL + ": " + read.NL, EN: of.EN + ": " + read.EN}}, kept.GoneAt, g.zone)
	g.addUntil("s.correction", Value{Name: "what", Value: what, Silent: true}, kept.GoneAt, g.zone)
}

// corrected are the words for what a person changed: an attribute of the registration, or a favourite.
func corrected(what string) words.Text {
	clause, declared := privacy.User.ClauseOf(what)
	switch {
	case what == "favourites":
		clause = "4.c.1"
	case strings.HasPrefix(what, privacy.Colleague.SortPrefix):
		clause = "4.c.2"
	case !declared:
		return words.Same(what)
	}
	return short(clause)
}

func (g *gathering) listed(name string, values []any) words.Text {
	var all words.Text
	for i, value := range values {
		one := g.readable(name, value)
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

func (g *gathering) membersOf(members map[string]any) words.Text {
	var all []any
	for _, name := range sortedNames(members) {
		all = append(all, name+": "+g.readable(name, members[name]).EN)
	}
	return g.listed("", all)
}

func (r Reservation) words(zone civil.Zone) words.Text {
	day, place := words.Day(r.Date), mail.Unlinked(r.SpotName)+", "+mail.Unlinked(r.Location)
	state := states[r.State]
	all := words.Text{NL: fmt.Sprintf("%s van %s tot %s, %s (%s)", day.NL, r.From, r.To, place, state.NL),
		EN: fmt.Sprintf("%s from %s to %s, %s (%s)", day.EN, r.From, r.To, place, state.EN)}
	if r.Booked != nil {
		booked := words.Moment(*r.Booked, zone)
		all.NL, all.EN = all.NL+"; gereserveerd op "+booked.NL, all.EN+"; reserved on "+booked.EN
	}
	if r.By != nil {
		all.NL, all.EN = all.NL+"; gemaakt door "+r.by.NL, all.EN+"; made by "+r.by.EN
	}
	if r.Asked != nil {
		clock := zone.In(*r.Asked).Format("15:04")
		all.NL, all.EN = all.NL+"; gevraagd of je komt om "+clock, all.EN+"; asked whether you come at "+clock
	}
	if r.Coming != nil {
		clock := zone.In(*r.Coming).Format("15:04")
		all.NL, all.EN = all.NL+"; je zei dat je komt om "+clock, all.EN+"; you said that you come at "+clock
	}
	if r.Waited {
		all.NL, all.EN = all.NL+"; het wachtte op goedkeuring", all.EN+"; it waited for approval"
	}
	if r.Until != nil {
		moment := words.Moment(*r.Until, zone)
		all.NL, all.EN = all.NL+"; loopt af op "+moment.NL, all.EN+"; ends on "+moment.EN
	}
	return all
}

func (m Mailed) words() words.Text {
	day := words.Day(m.Date)
	return words.Text{NL: "we e-mailden je over wat je op " + day.NL + " gereserveerd hebt",
		EN: "we mailed you about what you have reserved on " + day.EN}
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
		told.NL, told.EN = told.NL+"; "+nl+" "+clock, told.EN+"; "+en+" "+clock
	}
	if p.CheckedIn != nil {
		say("ingecheckt om", "checked in at", *p.CheckedIn)
	}
	if p.Ended != nil {
		say("vrijgegeven om", "released at", *p.Ended)
	}
	if p.ByHand {
		told.NL, told.EN = told.NL+"; je checkt hier alleen zelf in", told.EN+"; you check in here yourself only"
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
	day, place := words.Day(s.Date), mail.Unlinked(s.Location)
	return words.Text{
		NL: fmt.Sprintf("%s, %s: %d× naar plekken, %d× naar collega's", day.NL, place, s.Spots, s.Colleagues),
		EN: fmt.Sprintf("%s, %s: %d× for spots, %d× for colleagues", day.EN, place, s.Spots, s.Colleagues),
	}
}

func sortedNames[K cmp.Ordered, V any](members map[K]V) []K { return slices.Sorted(maps.Keys(members)) }

// written is what others wrote, as the names of places and of the customer.
func written(text string) words.Text { return words.Same(mail.Unlinked(text)) }
