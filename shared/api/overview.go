package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
)

// words is a text in both languages.
var words = Object(Must("nl", &Schema{Type: "string"}), Must("en", &Schema{Type: "string"}))

var overviewSchema = Object(
	Must("made_at", Instant()), Must("statement_version", Text(40)), Must("controller", &Schema{Type: "string"}),
	Must("contact", TypedEmail().Described("people read there")),
	Must("support", TypedEmail().Described("no person reads there: it answers with an overview")),
	Must("backups", words),
	Must("withheld", words),
	Must("kinds", sectionsSchema))

// sectionsSchema is kinds of data, each with what is stored of it.
var sectionsSchema = List(Object(
	Must("clause", Text(20)), Must("what", words),
	Must("purposes", List(Object(Must("id", Enum("a", "b", "c", "d", "e.i", "e.ii")),
		Must("nl", &Schema{Type: "string"}), Must("en", &Schema{Type: "string"})), 6)),
	Must("kept", words),
	Must("rectify", List(Text(40), 10).Described("operations with which it is changed or removed (7.rectify)")),
	Must("values", List(Object(
		Must("name", Text(64).Described("what it is called in the store")),
		May("value", (&Schema{}).Described("as it is stored; absent for codes, sessions and links, "+
			"of which only the existence is told")),
		May("gone_at", Instant().Described("from when it is gone; absent when it ends with an event")),
		Must("gone", words), Must("read", words.Described("the value for a person's eye")),
		May("label", words.Described("what it is, where its kind has several")),
		May("silent", Boolean().Described("it says nothing to people, as an id: for machines"))), 10000))), 100)

// ViewOverview shows a person all that is kept about them.
var ViewOverview = Declaration{ID: "overview", Function: "overview-request", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/me/overview",
		Summary: "All that is kept about you, at this moment",
		Detail: "Every kind of data that the register declares, with its value, clause, purposes and the moment on " +
			"which it will be gone; a kind of which nothing is kept is listed with no values. Of codes, sessions " +
			"and links only the existence and the deadline are told. Clauses 7.view and 7.overview.",
		Roles: identity.Subjects, WithoutConsent: true,
		Status: 200, Answer: overviewSchema, Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
		Example: exampleOverview,
	}
}}

var (
	exampleOverview = map[string]any{
		"made_at": "2026-11-22T08:59:00Z", "statement_version": privacy.StatementVersion,
		"controller": "iotspot B.V., Example Street 1, Utrecht",
		"contact":    "privacy@iotspot.co",
		"support":    "support@iotspot.co",
		"backups": map[string]any{"nl": "Van registratiegegevens bestaat een reservekopie van één dag.",
			"en": "Registration data has a backup of one day."},
		"withheld": map[string]any{"nl": "Wat we nog niet mogen vertellen, staat hier zodra het mag.",
			"en": "What we may not tell yet is here as soon as we may."},
		"kinds": []any{exampleSection}}
	exampleSection = map[string]any{
		"clause": "4.a.1", "what": map[string]any{"nl": "je naam", "en": "your name"},
		"purposes": []any{map[string]any{"id": "c", "nl": "de afspraken uitvoeren",
			"en": "performing the agreements"}},
		"kept":    map[string]any{"nl": "zolang je geregistreerd bent", "en": "while you are registered"},
		"rectify": []any{"changeProfile"},
		"values": []any{map[string]any{"name": "name", "value": "Noor Jansen",
			"read": map[string]any{"nl": "Noor Jansen", "en": "Noor Jansen"},
			"gone": map[string]any{"nl": "bij je uitschrijving", "en": "on unregistering"}}}}
)

// AskOverview has the overview mailed.
var AskOverview = Declaration{ID: "askOverview", Function: "overview-request", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/me/overview",
		Summary: "Have the overview of your personal data mailed to your registered address",
		Detail: "In your language, as HTML and plain text, with the same data attached as JSON and the form to " +
			"erase everything at the bottom. At most one an hour; Retry-After says how long to wait. Of a guest no " +
			"address is kept: 409. Clauses 7.view, 7.mail and 7.overview.",
		Roles: identity.Everyone, WithoutConsent: true, Keyed: true,
		Status: 202, Answer: Object(Must("asked_at", Instant())),
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.TooMany,
			problem.Unavailable},
		Example: map[string]any{"asked_at": "2026-11-22T08:59:00Z"},
	}
}}

var overviewOperations = []Declaration{ViewOverview, AskOverview}
