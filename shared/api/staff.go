package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
)

// The operations of the operator's staff. Staff are outside of every customer and give no consent; their agreement on
// confidentiality takes its place.

var (
	staffSessionSchema = Object(Must("token", SessionToken()), Must("until", Instant()), Must("role", Enum("staff")))
	reasonSchema       = &Schema{Type: "string", Min: 20, Max: 500, Format: lineFormat}
	subjectFields      = []Field{
		May("email", TypedEmail().Described("of the person; this or registration")),
		May("registration", Token().Described("the ids of the business account and of the person; this or email")),
	}
	exampleReason = "asked us by phone why the reservation of Monday is gone"
)

// clauses are an Enum of kinds of data: of persons, or of customers.
func clauses(kept bool) *Schema {
	var ids []string
	for _, kind := range privacy.Kinds {
		if (kind.Fate == privacy.Keep) == kept {
			ids = append(ids, string(kind.Clause))
		}
	}
	return FilledList(Enum(ids...), len(ids))
}

// AskStaffSignIn asks for a code.
var AskStaffSignIn = Operation{
	ID: "askStaffSignIn", Function: "staff-sign-in", Method: "POST", Path: "/staff/sign-ins",
	Summary: "Ask for a sign-in code of staff by mail",
	Detail: "The answer is the same whether or not the address is one of our staff: a handle with which the code is " +
		"used.",
	Body:    Object(Must("email", TypedEmail())),
	Status:  202,
	Answer:  askedSchema,
	Errors:  []problem.Kind{problem.Malformed, problem.Unavailable},
	Request: map[string]any{"email": "sam@iotspot.co"}, Example: exampleAsked,
}

// StaffSignIn opens a session of staff.
var StaffSignIn = Operation{
	ID: "staffSignIn", Function: "staff-sign-in", Method: "POST", Path: "/staff/sessions",
	Summary: "Sign in as staff with the code that was mailed",
	Detail:  "Opens a session of an hour. The code works once, for ten minutes and five tries of the handle.",
	Keyed:   true,
	Body:    Object(Must("sign_in", SignInHandle()), Must("code", TypedCode())),
	Status:  201, Answer: staffSessionSchema,
	Errors:  []problem.Kind{problem.Malformed, problem.Unauthorised, problem.Unavailable},
	Request: map[string]any{"sign_in": exampleSignIn, "code": "0471 1234 5678"},
	Example: map[string]any{"token": exampleToken, "until": "2026-11-22T09:59:00Z", "role": "staff"},
}

// StaffSignOut ends the session.
var StaffSignOut = Operation{
	ID: "staffSignOut", Function: "staff-sign-in", Method: "DELETE", Path: "/staff/session",
	Summary: "Sign out", Detail: "Ends the session of staff that makes the request, at once.",
	Roles: identity.StaffOnly, WithoutConsent: true, Status: 204,
	Errors: []problem.Kind{problem.Unavailable},
}

// StaffOverview shows a member of staff what is kept of them.
var StaffOverview = Operation{
	ID: "staffOverview", Function: "staff-look", Method: "GET", Path: "/staff/me",
	Summary: "All that is kept of you as a member of staff",
	Detail: "Your name also stands in the record of each look that you made, where who was looked at sees it, until " +
		"its own deadline.",
	Roles: identity.StaffOnly, WithoutConsent: true,
	Status: 200, Answer: overviewSchema, Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
	Example: exampleOverview,
}

// LookAtPerson shows staff kinds of a person's data.
var LookAtPerson = Operation{
	ID: "lookAtPerson", Function: "staff-look", Method: "POST", Path: "/staff/looks",
	Summary: "Look at kinds of data of one person, for a reason",
	Detail: "Needs an agreement on confidentiality that is in force. The look is recorded before anything is shown, " +
		"and the person sees in their overview who looked, when, why and at which kinds. Somebody unknown and a " +
		"caller without an agreement are answered alike. At most 30 an hour. Clause 6.confidential.",
	Roles: identity.StaffOnly, WithoutConsent: true, Keyed: true,
	Body:   Object(append([]Field{Must("kinds", clauses(false)), Must("reason", reasonSchema)}, subjectFields...)...),
	Status: 201, Answer: Object(Must("look", ID()), Must("looked_at", Instant()), Must("kinds", sectionsSchema)),
	Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.TooMany, problem.Unavailable},
	Request: map[string]any{"email": "ann@example.com", "kinds": []any{"4.a.1"}, "reason": exampleReason},
	Example: map[string]any{"look": exampleUser, "looked_at": "2026-11-22T08:59:00Z", "kinds": []any{exampleSection}},
}

// LookAtAccount shows staff kinds of a customer's data.
var LookAtAccount = Operation{
	ID: "lookAtAccount", Function: "staff-look", Method: "POST", Path: "/staff/account-looks",
	Summary: "Look at kinds of data of one customer, for a reason",
	Detail: "As a look at a person, of the data of art. 3. The customer's administrators see each look. The account " +
		"is named by its id or by a domain that it proved. Clause 6.confidential.",
	Roles: identity.StaffOnly, WithoutConsent: true, Keyed: true,
	Body: Object(Must("kinds", clauses(true)), Must("reason", reasonSchema),
		May("account", ID().Described("this or domain")),
		May("domain", Domain().Described("this or account"))),
	Status: 201, Answer: Object(Must("look", ID()), Must("looked_at", Instant()), Must("account", ID()),
		Must("kinds", List(Object(Must("clause", Text(20)), Must("what", words),
			Must("values", List(&Schema{}, 10000))), 20))),
	Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.TooMany, problem.Unavailable},
	Request: map[string]any{"domain": "example.com", "kinds": []any{"3.a"}, "reason": exampleReason},
	Example: map[string]any{"look": exampleUser, "looked_at": "2026-11-22T08:59:00Z", "account": exampleBusiness,
		"kinds": []any{map[string]any{
			"clause": "3.a", "what": map[string]any{"nl": "geregistreerde naam", "en": "registered name"},
			"values": []any{"Example B.V."}}}},
}

// Disclose gives out a person's data as the law requires.
var Disclose = Operation{
	ID: "disclose", Function: "disclosure", Method: "POST", Path: "/staff/disclosures",
	Summary: "Disclose of one person the kinds of data that an order names, as the law requires",
	Detail: "Needs an agreement on confidentiality that is in force, and a grant of its own. The disclosure is " +
		"recorded with its ground and recipient before anything is given out. The person sees it in their overview: " +
		"at once, or from the date on until which the law forbids to tell them. The answer is what is kept of the " +
		"person of the kinds that were named, which are those of the order and no others. At most 5 an hour. Clause " +
		"5.disclosure.",
	Roles: identity.StaffOnly, WithoutConsent: true, Keyed: true,
	Body: Object(append([]Field{Must("kinds", clauses(false)), Must("ground", reasonSchema),
		Must("recipient", Text(200)),
		May("hidden_until", Date().Described("from which the person may be told; left out: at once"))},
		subjectFields...)...),
	Status: 201, Answer: Object(Must("disclosure", ID()), Must("disclosed_at", Instant()),
		Must("overview", overviewSchema),
		May("photo", (&Schema{Type: "string", Encoding: "base64"}).Described("profile photo, JPEG"))),
	Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unacceptable, problem.TooMany,
		problem.Unavailable},
	Request: map[string]any{"email": "ann@example.com", "kinds": []any{"4.a.1", "4.d.2"},
		"ground":    "order of the court of Utrecht, case 26/1234, article 126nd Sv",
		"recipient": "Public Prosecution Service, Utrecht"},
	Example: map[string]any{"disclosure": exampleUser, "disclosed_at": "2026-11-22T08:59:00Z",
		"overview": exampleOverview},
}

var staffOperations = []Operation{AskStaffSignIn, StaffSignIn, StaffSignOut, StaffOverview, LookAtPerson,
	LookAtAccount, Disclose}
