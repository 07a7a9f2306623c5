package api

import (
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
)

var (
	statementLanguage = Query("language", Language(), "nl when left out")
	statementVersion  = Query("version", Date(), "an earlier version as it was; that in force when left out")
)

// ShowStatement is the privacy statement as a page.
var ShowStatement = Declaration{ID: "statement", Function: "statement", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/statement",
		Summary: "The privacy statement in force, as a page",
		Detail: "Made from the register of kinds of data. Clauses 2.consent, 12.links, " +
			"13.versions and 14.contact.",
		Parameters: []Parameter{statementLanguage, statementVersion}, Status: 200, Media: "text/html",
		Errors: []problem.Kind{problem.Malformed, problem.NotFound},
	}
}}

// StatementVersion is the privacy statement as data.
var StatementVersion = Declaration{ID: "statementVersion", Function: "statement", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/statement/version",
		Summary:    "The privacy statement in force, as data: what a registration's consent names",
		Detail:     "`version` is what a consent must name. Clauses 2.consent and 13.versions.",
		Parameters: []Parameter{statementLanguage, statementVersion}, Status: 200,
		Answer: Object(Must("version", Text(40)), Must("language", Language()), Must("title", Text(100)),
			Must("controller", &Schema{Type: "string"}), Must("contact", TypedEmail().Described("people read there")),
			Must("support", TypedEmail().Described("no person reads there: it answers with an overview")),
			Must("changes", Text(1000).Described("what is new in this version")),
			Must("chapters", List(Object(Must("title", Text(100)),
				May("short", Boolean().Described("an answer of the first screen")), Must("text", List(Text(2000), 50)),
				May("kinds", List(Object(Must("clause", Text(20)), Must("what", Text(200)), Must("kept", Text(100)),
					Must("purposes", List(Text(4), 6)),
					May("basis", Text(40).Described("legal basis of GDPR art. 6, as the controller chose"))), 100))),
				50)), Must("versions", List(Date(), 100))),
		Errors: []problem.Kind{problem.Malformed, problem.NotFound},
		Example: map[string]any{"version": privacy.StatementVersion, "language": "en", "title": "Privacy statement",
			"controller": "iotspot B.V., Example Street 1, Utrecht", "contact": "privacy@iotspot.co",
			"support": "support@iotspot.co",
			"changes": "the first version", "versions": []any{privacy.StatementVersion},
			"chapters": []any{map[string]any{"title": "What we keep of users",
				"text": []any{"Of you as a user, each until the moment named:"},
				"kinds": []any{map[string]any{"clause": "4.a.1", "what": "your name",
					"kept":     "while you are registered",
					"purposes": []any{"c"}, "basis": "agreement"}}}}},
	}
}}

var statementOperations = []Declaration{ShowStatement, StatementVersion}
