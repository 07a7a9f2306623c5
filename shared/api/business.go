package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

var (
	invoiceSchema = Object(Must("name", Text(200)), Must("address", Text(300)), Must("email", Email()),
		May("vat_number", Text(30)), May("reference", Text(100)))
	addressesSchema = FilledList(Text(300), 20)
	accountZone     = Text(64).Described("IANA name, as Europe/Amsterdam: " +
		"of days that belong to no location (4.e.1)")
	domainsSchema     = FilledList(Domain(), 20)
	domainProofSchema = Object(Must("domain", Domain()), Must("proved", Boolean()),
		Must("record", Object(Must("name", Text(300)), Must("type", Enum("TXT")),
			Must("value", Text(100))).Described("to set in DNS; it can be taken away once seen")))
	accountSchema = Object(Must("id", ID()), Must("legal_name", Text(200)), Must("addresses", addressesSchema),
		Must("domains", domainsSchema),
		Must("proofs", List(domainProofSchema, 20).Described("whether each domain is proved, in the same order")),
		Must("invoice", invoiceSchema), Must("time_zone", accountZone),
		Must("users", Integer(0, 10_000_000).Described("registered users (3.i)")), Must("opened_at", Instant()))

	exampleInvoice = map[string]any{"name": "Example B.V.", "address": "Postbus 1, 1000 AA Amsterdam",
		"email":      "invoices@example.com",
		"vat_number": "NL001234567B01"}
	exampleAccount = map[string]any{"id": exampleBusiness, "legal_name": "Example B.V.",
		"addresses": []any{"Keizersgracht 1, 1015 CN Amsterdam"},
		"domains":   []any{"example.com"}, "proofs": []any{exampleProof}, "invoice": exampleInvoice,
		"time_zone": "Europe/Amsterdam", "users": 12, "opened_at": "2026-11-22T08:59:00Z"}
	exampleProof = map[string]any{"domain": "example.com", "proved": true,
		"record": map[string]any{"name": "_iotspot-challenge.example.com",
			"type": "TXT", "value": "iotspot-domain=" + exampleDomainProof}}
)

// OpenAccount asks for a business account.
var OpenAccount = Declaration{ID: "openAccount", Function: "business-opening", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/business-accounts",
		Summary: "Open a business account",
		Detail: "Without explicit consent to the statement in force nothing is stored (2.consent). E-mail domains " +
			"count exactly, in any case, without their subdomains; those of public mail providers are refused " +
			"(3.d). A domain gives access to others when it is proved by a record in DNS: see the account's proofs. " +
			"The administrator's address must have one of them: a code goes there. Clauses 3.a, 3.b, 3.d, 3.j.",
		Keyed: true,
		Body: Object(Must("legal_name", Text(200)), Must("addresses", addressesSchema),
			Must("domains", domainsSchema), Must("invoice", invoiceSchema),
			May("time_zone", accountZone), Must("administrator",
				Object(Must("name", Text(200)), Must("email", TypedEmail()), Must("language", Language()))),
			Must("consent", consentSchema)),
		Status: 202,
		Answer: Object(Must("opening", WaitingHandle().Described("names the opening in its confirmation")),
			Must("valid_minutes", Integer(1, 60))),
		Errors: []problem.Kind{problem.Malformed, problem.Consent, problem.Unacceptable, problem.TooMany,
			problem.Unavailable},
		Request: map[string]any{"legal_name": "Example B.V.", "addresses": []any{"Keizersgracht 1, 1015 CN Amsterdam"},
			"domains": []any{"example.com"},
			"invoice": exampleInvoice, "administrator": map[string]any{"name": "Ann Example",
				"email":    "ann@example.com",
				"language": "en"},
			"consent": exampleConsent},
		Example: map[string]any{"opening": exampleRegistration, "valid_minutes": 60},
	}
}}

// ConfirmAccount completes it.
var ConfirmAccount = Declaration{ID: "confirmAccount", Function: "business-opening", Make: func() Operation {
	return Operation{
		Method:  "POST",
		Path:    "/business-accounts/{opening}/confirmation",
		Summary: "Confirm a business account with the code that was mailed",
		Detail: "Opens the account with its first administrator, and a session of 30 days for them. The code works " +
			"once, for an hour and five tries; a repeat with the same Idempotency-Key gives the same session.",
		Keyed:      true,
		Parameters: []Parameter{Path("opening", WaitingHandle(), "as given when asking")},
		Body:       Object(append([]Field{Must("code", TypedCode())}, deviceFields...)...),
		Status:     201,
		Answer: Object(Must("business", ID()), Must("token", SessionToken()), Must("until", Instant()),
			Must("role", Enum("administrator"))),
		Errors:  []problem.Kind{problem.Malformed, problem.Unauthorised, problem.Conflict, problem.Unavailable},
		Request: map[string]any{"code": "0471 1234 5678"},
		Example: map[string]any{"business": exampleBusiness, "token": exampleToken, "until": "2026-12-22T08:59:00Z",
			"role": "administrator"},
	}
}}

// GetAccount shows the business account.
var GetAccount = Declaration{ID: "account", Function: "business-account", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/business-account",
		Summary: "The business account: art. 3",
		Detail: "Names, addresses, domains with the state of their proof, invoice data, " +
			"and counts that are right now.",
		Roles: identity.Administrators, WithoutConsent: true, Status: 200, Answer: accountSchema,
		Errors: []problem.Kind{problem.NotFound}, Example: exampleAccount,
	}
}}

// ChangeAccount changes it.
var ChangeAccount = Declaration{ID: "changeAccount", Function: "business-account", Make: func() Operation {
	return Operation{
		Method: "PATCH", Path: "/business-account",
		Summary: "Change the business account",
		Detail: "What is left out stays. A new domain gives access once it is proved; one that is given up gives no " +
			"access to new registrations. The one of your own address stays.",
		Roles: identity.Administrators,
		Body: Object(May("legal_name", Text(200)), May("addresses", addressesSchema),
			May("domains", domainsSchema), May("invoice", invoiceSchema), May("time_zone", accountZone)),
		Status: 200, Answer: accountSchema,
		Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.Unacceptable, problem.Unavailable},
		Request: map[string]any{"legal_name": "Example N.V."}, Example: exampleAccount,
	}
}}

// ProveDomain looks for a domain's record in DNS.
var ProveDomain = Declaration{ID: "proveDomain", Function: "business-account", Make: func() Operation {
	return Operation{
		Method:  "POST",
		Path:    "/business-account/domains/{domain}/proof",
		Summary: "Look into DNS for the record that proves a domain",
		Detail: "Once it is seen the domain gives access, to this business account alone, until it is given up; the " +
			"record is not needed any more then. Where it is not there the answer is 422, and 503 when the domain's " +
			"name servers don't answer. 409 comes only to who set the record: " +
			"another account had proved the domain before. Clause 3.d.",
		Roles:      identity.Administrators,
		Parameters: []Parameter{Path("domain", Domain(), "one that the account claims")},
		Status:     200, Answer: domainProofSchema,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.Unacceptable,
			problem.TooMany, problem.Unavailable},
		Example: exampleProof,
	}
}}

// AccountLooks shows who of the operator's staff looked at the account.
var AccountLooks = Declaration{ID: "accountLooks", Function: "business-account", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/business-account/looks",
		Summary: "Who of our staff looked at data of the business account, when and why",
		Detail:  "Each look is listed for 52 weeks. Clause 6.confidential.",
		Roles:   identity.Administrators, Status: 200,
		Answer: Object(Must("looks", List(Object(Must("look", ID()), Must("by", Text(200)),
			Must("looked_at", Instant()),
			Must("reason", Text(500)),
			Must("kinds", List(Text(20), 20))), 10000))),
		Errors: []problem.Kind{problem.Unavailable},
		Example: map[string]any{"looks": []any{map[string]any{"look": exampleUser, "by": "Sam Support",
			"looked_at": "2026-11-22T08:59:00Z",
			"reason":    "the customer asked why its invoice names the wrong address", "kinds": []any{"3.j"}}}},
	}
}}

// NameRole gives a colleague a role.
var NameRole = Declaration{ID: "nameRole", Function: "business-account", Make: func() Operation {
	return Operation{
		Method: "PUT", Path: "/business-account/roles",
		Summary: "Name an administrator or a location manager",
		Detail: "By the address of a registered colleague, who is mailed. The answer is the same whether or not " +
			"anybody has the address. The role counts in all of their sessions at once. The last administrator " +
			"stays one until another is named; who has not consented to the statement in force can name one too, so " +
			"as to be able to leave (2.consent).",
		Roles: identity.Administrators, WithoutConsent: true,
		Body:   Object(Must("email", TypedEmail()), Must("role", accountRole)),
		Status: 202, Answer: Object(Must("role", accountRole)),
		Errors:  []problem.Kind{problem.Malformed, problem.Conflict, problem.TooMany, problem.Unavailable},
		Request: map[string]any{"email": "ben@example.com", "role": "manager"},
		Example: map[string]any{"role": "manager"},
	}
}}

// ConfirmOfficer says who is an emergency response officer.
var ConfirmOfficer = Declaration{ID: "confirmOfficer", Function: "business-account", Make: func() Operation {
	return Operation{
		Method: "PUT", Path: "/business-account/officers",
		Summary: "Confirm an emergency response officer (BHV/ERO), or take that back",
		Detail: "By the address of a registered colleague, who is mailed. Who says to be an officer (4.b.4) and is " +
			"confirmed can see the emergency list. The answer is the same whether or not anybody has the address or " +
			"says so. It ends when the colleague says to be none any more.",
		Roles:  identity.Administrators,
		Body:   Object(Must("email", TypedEmail()), Must("confirmed", Boolean())),
		Status: 202, Answer: Object(Must("confirmed", Boolean())),
		Errors:  []problem.Kind{problem.Malformed, problem.TooMany, problem.Unavailable},
		Request: map[string]any{"email": "ben@example.com", "confirmed": true},
		Example: map[string]any{"confirmed": true},
	}
}}

var businessOperations = []Declaration{OpenAccount, ConfirmAccount, GetAccount, ChangeAccount, ProveDomain,
	AccountLooks, NameRole, ConfirmOfficer}
