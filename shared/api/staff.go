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
	proofSchema = Object(Must("id", base64URL(1364)), Must("client_data", base64URL(4096)),
		Must("authenticator_data", base64URL(2048)), Must("signature", base64URL(1024)), Must("user", base64URL(86))).
		Described("PublicKeyCredential with an AuthenticatorAssertionResponse")
	madeSchema = Object(Must("id", base64URL(1364)), Must("client_data", base64URL(4096)),
		Must("attestation", base64URL(8192))).
		Described("PublicKeyCredential with an AuthenticatorAttestationResponse")
	passkeySchema = Object(Must("id", ID()), Must("credential", base64URL(1364)), Must("registered_at", Instant()),
		Must("synced", Boolean().Described("it can be on several devices")),
		Must("here", Boolean().Described("this session was begun with it")))

	exampleChallenge  = "gHRZ7d1nSVoW8HcVCbrtYDPw5lxZKqAxAJ2fVyn8SRo"
	exampleHolder     = "5cqDTkNn0u0yQzQeCMzZyq3Q0rZ6RYJX3bXlLr1lPk8"
	exampleCredential = "mKqUJ0YQWZ1zQm6m0m2XbA"
	exampleMade       = map[string]any{"id": exampleCredential, "client_data": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0",
		"attestation": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YQ"}
	examplePasskey = map[string]any{"id": exampleUser, "credential": exampleCredential,
		"registered_at": "2026-11-22T08:59:00Z", "synced": false, "here": true}
	exampleShift = map[string]any{"token": exampleToken, "until": "2026-11-22T09:59:00Z", "role": "staff"}

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

// base64URL is what is binary in WebAuthn, as browsers write it.
func base64URL(max int) *Schema {
	bytes := Pattern(base64URLShape, "bytes in base64url without padding")
	bytes.Min, bytes.Max = 1, float64(max)
	return bytes
}

// AskStaffSignIn asks for a code.
var AskStaffSignIn = Declaration{ID: "askStaffSignIn", Function: "staff-sign-in", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/staff/sign-ins",
		Summary: "Ask for a sign-in code of staff by mail",
		Detail: "The answer is the same whether or not the address is one of our staff: a handle with which the " +
			"code is used, and the challenge that a passkey signs.",
		Body:   Object(Must("email", TypedEmail())),
		Status: 202,
		Answer: Object(Must("sign_in", SignInHandle().Described("names the request when the code is given")),
			Must("valid_minutes", Integer(1, 60)), Must("challenge", base64URL(86)),
			Must("user", base64URL(86).Described("user handle of a passkey that is made"))),
		Errors:  []problem.Kind{problem.Malformed, problem.Unavailable},
		Request: map[string]any{"email": "sam@iotspot.co"},
		Example: map[string]any{"sign_in": exampleSignIn, "valid_minutes": 10, "challenge": exampleChallenge,
			"user": exampleHolder},
	}
}}

// StaffSignIn opens a session of staff.
var StaffSignIn = Declaration{ID: "staffSignIn", Function: "staff-sign-in", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/staff/sessions",
		Summary: "Sign in as staff with the code that was mailed and a passkey",
		Detail: "Opens a session of an hour. The code works once, for ten minutes and five tries of the handle. The " +
			"passkey " +
			"(W3C Web Authentication) signs the challenge that came with the handle, after its holder was verified. " +
			"Whatever " +
			"is wrong, the answer is the same.",
		Keyed:  true,
		Body:   Object(Must("sign_in", SignInHandle()), Must("code", TypedCode()), Must("passkey", proofSchema)),
		Status: 201, Answer: staffSessionSchema,
		Errors: []problem.Kind{problem.Malformed, problem.Unauthorised, problem.Unavailable},
		Request: map[string]any{"sign_in": exampleSignIn, "code": "0471 1234 5678", "passkey": map[string]any{
			"id": exampleCredential, "client_data": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
			"authenticator_data": exampleChallenge,
			"signature":          exampleChallenge, "user": exampleHolder}},
		Example: exampleShift,
	}
}}

// EnrolStaff makes the first passkey of a member of staff.
var EnrolStaff = Declaration{ID: "enrolStaff", Function: "staff-sign-in", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/staff/enrolments",
		Summary: "Make your first passkey as staff, with the code that was mailed and the operator's secret",
		Detail: "Also where all passkeys were lost. The operator hands over the secret in person or by phone; it " +
			"works once, within an hour. Opens a session of an hour, and the member is told by mail. Whatever is " +
			"wrong, the answer is the same. Clause 4.f.5.",
		Keyed: true,
		Body: Object(Must("sign_in", SignInHandle()), Must("code", TypedCode()), Must("enrolment", ID()),
			Must("passkey", madeSchema)),
		Status: 201, Answer: staffSessionSchema,
		Errors: []problem.Kind{problem.Malformed, problem.Unauthorised, problem.Unavailable},
		Request: map[string]any{"sign_in": exampleSignIn, "code": "0471 1234 5678", "enrolment": exampleUser,
			"passkey": exampleMade},
		Example: exampleShift,
	}
}}

// ListPasskeys shows a member of staff their passkeys.
var ListPasskeys = Declaration{ID: "listPasskeys", Function: "staff-sign-in", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/staff/passkeys",
		Summary: "Your passkeys as staff", Detail: "What is kept of each can't sign. Clause 4.f.5.",
		Roles: identity.StaffOnly, WithoutConsent: true,
		Status: 200, Answer: Object(Must("passkeys", List(passkeySchema, 1000))),
		Errors:  []problem.Kind{problem.Unavailable},
		Example: map[string]any{"passkeys": []any{examplePasskey}},
	}
}}

// OfferPasskey gives a challenge to make a passkey with.
var OfferPasskey = Declaration{ID: "offerPasskey", Function: "staff-sign-in", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/staff/passkey-offers",
		Summary: "Ask for a challenge to make another passkey with",
		Detail:  "The last one that a session was given works, once, for ten minutes. At most 20 an hour.",
		Roles:   identity.StaffOnly, WithoutConsent: true,
		Status: 201, Answer: Object(Must("challenge", base64URL(86)), Must("user", base64URL(86))),
		Errors:  []problem.Kind{problem.TooMany, problem.Unavailable},
		Example: map[string]any{"challenge": exampleChallenge, "user": exampleHolder},
	}
}}

// AddPasskey adds a passkey of the member of staff who asks.
var AddPasskey = Declaration{ID: "addPasskey", Function: "staff-sign-in", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/staff/passkeys",
		Summary: "Add another passkey, as a second for when the first is lost",
		Detail:  "You are told by mail. Clause 4.f.5.",
		Roles:   identity.StaffOnly, WithoutConsent: true,
		Body:   Object(Must("passkey", madeSchema)),
		Status: 201, Answer: passkeySchema,
		Errors:  []problem.Kind{problem.Malformed, problem.Unacceptable, problem.Unavailable},
		Request: map[string]any{"passkey": exampleMade}, Example: examplePasskey,
	}
}}

// RemovePasskey removes one.
var RemovePasskey = Declaration{ID: "removePasskey", Function: "staff-sign-in", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/staff/passkeys/{passkey}",
		Summary: "Remove a passkey, as of a device that is lost",
		Detail: "The sessions that were begun with it end at once. Who removes the last one is let in again by the " +
			"operator " +
			"alone. Clause 4.f.5.",
		Roles: identity.StaffOnly, WithoutConsent: true,
		Parameters: []Parameter{Path("passkey", ID(), "the passkey's id")},
		Status:     204, Errors: []problem.Kind{problem.Malformed, problem.Unavailable},
	}
}}

// StaffSignOut ends the session.
var StaffSignOut = Declaration{ID: "staffSignOut", Function: "staff-sign-in", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/staff/session",
		Summary: "Sign out", Detail: "Ends the session of staff that makes the request, at once.",
		Roles: identity.StaffOnly, WithoutConsent: true, Status: 204,
		Errors: []problem.Kind{problem.Unavailable},
	}
}}

// StaffOverview shows a member of staff what is kept of them.
var StaffOverview = Declaration{ID: "staffOverview", Function: "staff-look", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/staff/me",
		Summary: "All that is kept of you as a member of staff",
		Detail: "Your name also stands in the record of each look that you made, where who was looked at sees it, " +
			"until " +
			"its own deadline.",
		Roles: identity.StaffOnly, WithoutConsent: true,
		Status: 200, Answer: overviewSchema, Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
		Example: exampleOverview,
	}
}}

// LookAtPerson shows staff kinds of a person's data.
var LookAtPerson = Declaration{ID: "lookAtPerson", Function: "staff-look", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/staff/looks",
		Summary: "Look at kinds of data of one person, for a reason",
		Detail: "Needs an agreement on confidentiality that is in force. The look is recorded before anything is " +
			"shown, " +
			"and the person sees in their overview who looked, when, why and at which kinds. Somebody unknown and a " +
			"caller without an agreement are answered alike. At most 30 an hour. Clause 6.confidential.",
		Roles: identity.StaffOnly, WithoutConsent: true, Keyed: true,
		Body: Object(append([]Field{Must("kinds", clauses(false)), Must("reason", reasonSchema)},
			subjectFields...)...),
		Status: 201, Answer: Object(Must("look", ID()), Must("looked_at", Instant()), Must("kinds", sectionsSchema)),
		Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.TooMany, problem.Unavailable},
		Request: map[string]any{"email": "ann@example.com", "kinds": []any{"4.a.1"}, "reason": exampleReason},
		Example: map[string]any{"look": exampleUser, "looked_at": "2026-11-22T08:59:00Z",
			"kinds": []any{exampleSection}},
	}
}}

// LookAtAccount shows staff kinds of a customer's data.
var LookAtAccount = Declaration{ID: "lookAtAccount", Function: "staff-look", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/staff/account-looks",
		Summary: "Look at kinds of data of one customer, for a reason",
		Detail: "As a look at a person, of the data of art. 3. The customer's administrators see each look. The " +
			"account " +
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
}}

// Disclose gives out a person's data as the law requires.
var Disclose = Declaration{ID: "disclose", Function: "disclosure", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/staff/disclosures",
		Summary: "Disclose of one person the kinds of data that an order names, as the law requires",
		Detail: "Needs an agreement on confidentiality that is in force, and a grant of its own. The disclosure is " +
			"recorded with its ground and recipient before anything is given out. The person sees it in their " +
			"overview: at once, or from the date on until which the law forbids to tell them. The answer is what is " +
			"kept of the person of the kinds that were named, which are those of the order and no others. At most 5 " +
			"an hour. Clause 5.disclosure.",
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
}}

var staffOperations = []Declaration{AskStaffSignIn, StaffSignIn, EnrolStaff, StaffSignOut, ListPasskeys, OfferPasskey,
	AddPasskey, RemovePasskey, StaffOverview, LookAtPerson, LookAtAccount, Disclose}
