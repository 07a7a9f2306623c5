package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
)

const exampleInvited = "m5ugk43uoruw4zln"

var (
	guestSchema = Object(Must("id", ID()), May("name", Text(200).Described("left out when the guest hides it")),
		Must("language", Language()), Must("location", ID()),
		Must("first", Date()), Must("last", Date()), Must("kept_until", Instant()))
	exampleGuest = map[string]any{"id": exampleInvited, "name": "Gus Visitor", "language": "en",
		"location": exampleLocation,
		"first":    "2026-11-23", "last": "2026-11-24", "kept_until": "2027-01-05T23:00:00Z"}
	ofGuest = Path("guest", ID(), "a guest of yours, as in your list")
)

// InviteGuest invites one.
var InviteGuest = Declaration{ID: "inviteGuest", Function: "guests", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/guests",
		Summary: "Invite a guest to a location",
		Detail: "From the first to the last day, at most 92 and none further than 92 days ahead, a guest can see " +
			"what is free at the location, reserve and check in with the pass that is mailed. The e-mail address is " +
			"used in this request alone and kept in no form. Name and days are kept until six weeks after the last " +
			"day, and nothing at the guest's says who invited them. When the mail can't be sent the answer is 503; " +
			"the same request again mails the same pass. Clause 4.d.3.",
		Roles: identity.Members, Keyed: true,
		Body: Object(Must("name", Text(200)), Must("email", TypedEmail()),
			Must("language", Language().Described("of the mail to the guest")),
			Must("location", ID()), Must("first", Date()), Must("last", Date())),
		Status: 201, Answer: guestSchema,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.Unacceptable,
			problem.TooMany, problem.Unavailable},
		Request: map[string]any{"name": "Gus Visitor", "email": "gus@visitor.example", "language": "en",
			"location": exampleLocation,
			"first":    "2026-11-23", "last": "2026-11-24"},
		Example: exampleGuest,
	}
}}

// ListGuests lists one's own.
var ListGuests = Declaration{ID: "guests", Function: "guests", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/guests",
		Summary: "The guests that you invited",
		Detail:  "Those that have not gone. Clause 4.d.3.",
		Roles:   identity.Members,
		Status:  200, Answer: Object(Must("guests", List(guestSchema, 10000))),
		Errors:  []problem.Kind{problem.NotFound, problem.Unavailable},
		Example: map[string]any{"guests": []any{exampleGuest}},
	}
}}

var visitorSchema = Object(Must("id", ID()), May("name", Text(200).Described("left out when the guest hides it")),
	Must("location", ID()), Must("first", Date()), Must("last", Date()), Must("kept_until", Instant()))

// ListVisitors lists the account's guests.
var ListVisitors = Declaration{ID: "visitors", Function: "guests", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/business-account/visitors",
		Summary: "All guests of the business account",
		Detail:  "Those that have not gone, whoever invited them, which is not told. Clause 4.d.3.",
		Roles:   identity.Administrators,
		Status:  200, Answer: Object(Must("visitors", List(visitorSchema, 100000))),
		Errors: []problem.Kind{problem.Unavailable},
		Example: map[string]any{"visitors": []any{map[string]any{"id": exampleInvited, "name": "Gus Visitor",
			"location": exampleLocation, "first": "2026-11-23", "last": "2026-11-24",
			"kept_until": "2027-01-05T23:00:00Z"}}},
	}
}}

// EndVisitor ends the access of one.
var EndVisitor = Declaration{ID: "endVisitor", Function: "guests", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/business-account/visitors/{visitor}",
		Summary: "End the access of any guest of the business account",
		Detail:  "As who invited the guest can: they may be gone. Clause 4.d.3.",
		Roles:   identity.Administrators, Parameters: []Parameter{Path("visitor", ID(),
			"a guest, as in the account's list")},
		Status: 204,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unavailable},
	}
}}

// EndGuest ends a guest's access.
var EndGuest = Declaration{ID: "endGuest", Function: "guests", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/guests/{guest}",
		Summary: "End a guest's access",
		Detail: "The pass is dead at once, reservations are given back, and all that is kept of the guest is gone " +
			"within 60 seconds. Clause 4.d.3.",
		Roles: identity.Members, Parameters: []Parameter{ofGuest}, Status: 204,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unavailable},
	}
}}

// ReplacePass replaces a lost pass.
var ReplacePass = Declaration{ID: "replacePass", Function: "guests", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/guests/{guest}/pass",
		Summary: "Replace a guest's lost pass",
		Detail: "Another pass is mailed and the old one is dead at once. The address is given again, since it is " +
			"not kept. When the mail can't be sent the answer is 503 and the old pass is dead all the same; the " +
			"same request again mails the same new pass. Clause 4.d.3.",
		Roles: identity.Members, Keyed: true, Parameters: []Parameter{ofGuest},
		Body:   Object(Must("email", TypedEmail())),
		Status: 204,
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict, problem.TooMany,
			problem.Unavailable},
		Request: map[string]any{"email": "gus@visitor.example"},
	}
}}

var (
	ownSchema = Object(Must("name", Text(200)), Must("language", Language()),
		Must("customer", &Schema{Type: "string"}), Must("location", ID()),
		Must("first", Date()), Must("last", Date()), Must("kept_until", Instant()),
		Must("shield", List(guestsShield, 2)), Must("objections", guestsObjection),
		May("consent", Object(Must("version", Text(20)), Must("language", Language()), Must("at", Instant()))),
		Must("current_version", Text(20)))
	guestsShield    = Enum("4.a.1", "4.d.4")
	guestsObjection = objectionsTo(privacy.ObjectionableByGuests())

	exampleOwn = map[string]any{"name": "Gus Visitor", "language": "en", "customer": "Example B.V.",
		"location": exampleLocation,
		"first":    "2026-11-23", "last": "2026-11-24", "kept_until": "2027-01-05T23:00:00Z",
		"shield":     []any{"4.d.4"},
		"objections": []any{},
		"consent": map[string]any{"version": privacy.StatementVersion, "language": "en",
			"at": "2026-11-22T08:59:00Z"},
		"current_version": privacy.StatementVersion}
)

// ViewPass shows a guest what is kept of them.
var ViewPass = Declaration{ID: "viewPass", Function: "guests", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/me/pass",
		Summary: "What is kept of you as a guest",
		Detail: "The complete overview, with reservations and deadlines, is `GET /me/overview`. " +
			"Clauses 4.d.3 and 7.view.",
		Roles: identity.Guests, WithoutConsent: true,
		Status: 200, Answer: ownSchema, Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
		Example: exampleOwn,
	}
}}

// ChangePass lets a guest correct, hide and object.
var ChangePass = Declaration{ID: "changePass", Function: "guests", Make: func() Operation {
	return Operation{
		Method: "PATCH", Path: "/me/pass",
		Summary: "Correct, hide or object to what is kept of you as a guest",
		Detail: "A JSON merge patch: what is left out stays (7.rectify). `shield` lists what others don't see: your " +
			"name, which otherwise who invited you sees, and where you are, which otherwise an emergency officer " +
			"sees beside your name; cleared, that is where you are (7.shield). `objections` lists what you object " +
			"to (7.object), as in `PATCH /me`; it alone can be changed before consenting to the statement. To erase " +
			"everything: `POST /me/erasure`.",
		Roles: identity.Guests, WithoutConsent: true,
		Body: Object(May("name", Text(200)), May("language", Language()),
			May("shield", Nullable(List(guestsShield, 2))), May("objections", Nullable(guestsObjection))),
		Status: 200, Answer: ownSchema,
		Errors:  []problem.Kind{problem.Malformed, problem.Consent, problem.NotFound, problem.Unavailable},
		Request: map[string]any{"name": "Gus Visitor", "objections": []any{"5.transactions"}},
		Example: exampleOwn,
	}
}}

var guestsOperations = []Declaration{InviteGuest, ListGuests, ListVisitors, EndVisitor, EndGuest, ReplacePass, ViewPass,
	ChangePass}
