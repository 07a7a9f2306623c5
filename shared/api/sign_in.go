package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

var (
	exampleSignIn = exampleRegistration + exampleToken + "krug"
	exampleAsked  = map[string]any{"sign_in": exampleSignIn, "valid_minutes": 10}
	askedSchema   = Object(Must("sign_in", SignInHandle().Described("names the request when the code is given")),
		Must("valid_minutes", Integer(1, 60)))
)

// AskSignIn asks for a code.
var AskSignIn = Declaration{ID: "askSignIn", Function: "sign-in", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/sign-ins",
		Summary: "Ask for a sign-in code by mail",
		Detail: "The answer is the same whether or not the address is registered: a handle with which the code is " +
			"used. A mailbox gets five mails in ten minutes; past them the code in the last one works with the new " +
			"handle. Of the last request of a registered person that was mailed its moment, IP address and login " +
			"name are kept for six weeks (4.e.2); of an unknown address nothing is.",
		Body:    Object(Must("email", TypedEmail())),
		Status:  202,
		Answer:  askedSchema,
		Errors:  []problem.Kind{problem.Malformed, problem.Unavailable},
		Request: map[string]any{"email": "ann@example.com"},
		Example: exampleAsked,
	}
}}

// SignIn opens a session.
var SignIn = Declaration{ID: "signIn", Function: "sign-in", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/sessions",
		Summary: "Sign in with the code that was mailed",
		Detail: "Opens a session of 30 days. The code works once, for ten minutes and five tries of the handle; a " +
			"repeat with the same Idempotency-Key gives the same session. Wrong, used, " +
			"late and for nobody are one answer.",
		Keyed: true,
		Body: Object(append([]Field{Must("sign_in", SignInHandle()), Must("code", TypedCode())},
			deviceFields...)...),
		Status: 201, Answer: Object(concat(sessionFields, []Field{Must("language", Language())})...),
		Errors:  []problem.Kind{problem.Malformed, problem.Unauthorised, problem.Unavailable},
		Request: map[string]any{"sign_in": exampleSignIn, "code": "0471 1234 5678", "os": "iOS", "os_release": "26.1"},
		Example: with(exampleOpened, "language", "en"),
	}
}}

// SignOut ends the session.
var SignOut = Declaration{ID: "signOut", Function: "sign-in", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/session",
		Summary: "Sign out", Detail: "Ends the session that makes the request, at once.",
		Clears: true, Roles: identity.Members, WithoutConsent: true, Status: 204,
		Errors: []problem.Kind{problem.Unavailable},
	}
}}

// SignOutEverywhere ends all of the caller's sessions.
var SignOutEverywhere = Declaration{ID: "signOutEverywhere", Function: "sign-in", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/sessions",
		Summary: "Sign out on all devices",
		Detail: "Ends every session of whoever makes the request, at once, and sign-in codes that were mailed and " +
			"not used: for a device that was lost, or a token that got into other hands.",
		Clears: true, Roles: identity.Members, WithoutConsent: true, Status: 204,
		Errors: []problem.Kind{problem.Unavailable},
	}
}}

// EndSession ends one of the caller's sessions.
var EndSession = Declaration{ID: "endSession", Function: "sign-in", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/sessions/{session}",
		Summary: "Sign out on one device",
		Detail: "Ends that session of whoever makes the request, at once. One that has ended, " +
			"or was never there, is answered alike.",
		Roles: identity.Members, WithoutConsent: true,
		Parameters: []Parameter{Path("session", Token(), "as `GET /me` lists it, which opens nothing")},
		Status:     204, Errors: []problem.Kind{problem.Malformed, problem.Unavailable},
	}
}}

var signInOperations = []Declaration{AskSignIn, SignIn, SignOut, SignOutEverywhere, EndSession}
