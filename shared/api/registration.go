package api

import (
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
)

const (
	exampleBusiness     = "jbswy3dpeblw64tm"
	exampleUser         = "mfxgiidborxw2zls"
	exampleDomainProof  = exampleBusiness + exampleUser
	exampleRegistration = exampleDomainProof + exampleDomainProof + exampleDomainProof
	exampleSession      = "krugkidroruwg2zamjzg653omzxxqzjb"
	exampleToken        = exampleBusiness + exampleUser + exampleSession
)

// WaitingHandle names what waits for a code that was mailed.
func WaitingHandle() *Schema {
	return Pattern("^[a-z2-7]{96}$", "a handle: 96 characters of a-z and 2-7")
}

// SignInHandle names a request for a sign-in code.
func SignInHandle() *Schema {
	return Pattern("^[a-z2-7]{164}$", "a handle: 164 characters of a-z and 2-7")
}

// SessionToken is the bearer token of a session.
func SessionToken() *Schema {
	return Pattern("^[a-z2-7]{64}$", "a session's token: 64 characters of a-z and 2-7")
}

var (
	deviceFields = []Field{
		May("os", Text(50).Described("operating system of the device (4.d.5)")),
		May("os_release", Text(50).Described("its release (4.d.5)")),
	}
	sessionFields = []Field{Must("token", SessionToken()), Must("until", Instant()),
		Must("role", Enum("user", "manager", "administrator", "guest"))}
	sessionSchema = Object(sessionFields...)
	exampleOpened = map[string]any{"token": exampleToken, "until": "2026-12-22T08:59:00Z", "role": "user"}
	consentSchema = Object(Must("version", Text(20).Described("version of the privacy statement that was shown")),
		Must("agreed", Boolean().Described("true: the person said so explicitly")))
	exampleConsent = map[string]any{"version": privacy.StatementVersion, "agreed": true}
)

// Register asks for a registration.
var Register = Declaration{ID: "register", Function: "registration", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/registrations",
		Summary: "Register with an e-mail address of one's organisation",
		Detail: "Without explicit consent to the statement in force nothing is stored (2.consent). Otherwise a code " +
			"is mailed, and what was filled in waits for it for an hour. The answer is the same for an address that " +
			"is registered already, or in a domain that no business account has (3.d); " +
			"nothing is stored then, and the mail says so.",
		Keyed: true,
		Body: Object(Must("name", Text(200)), Must("email", TypedEmail()),
			Must("language", Language().Described("in which the statement was shown and mails are written")),
			Must("consent", consentSchema)),
		Status: 202,
		Answer: Object(Must("registration", WaitingHandle().Described("names the registration in its confirmation")),
			Must("valid_minutes", Integer(1, 60))),
		Errors: []problem.Kind{problem.Malformed, problem.Consent, problem.TooMany, problem.Unavailable},
		Request: map[string]any{"name": "Ann Example", "email": "ann@example.com", "language": "en",
			"consent": exampleConsent},
		Example: map[string]any{"registration": exampleRegistration, "valid_minutes": 60},
	}
}}

// ConfirmRegistration completes it.
var ConfirmRegistration = Declaration{ID: "confirmRegistration", Function: "registration", Make: func() Operation {
	return Operation{
		Method:  "POST",
		Path:    "/registrations/{registration}/confirmation",
		Summary: "Confirm a registration with the code that was mailed",
		Detail: "Makes the person a registered user of the business account and opens a session of 30 days. The " +
			"code works once, for an hour and five tries; " +
			"a repeat with the same Idempotency-Key gives the same session.",
		Keyed:      true,
		Parameters: []Parameter{Path("registration", WaitingHandle(), "as given when asking")},
		Body:       Object(append([]Field{Must("code", TypedCode())}, deviceFields...)...),
		Status:     201, Answer: sessionSchema,
		Errors: []problem.Kind{problem.Malformed, problem.Unauthorised, problem.Conflict, problem.Unacceptable,
			problem.Unavailable},
		Request: map[string]any{"code": "0471 1234 5678", "os": "iOS", "os_release": "26.1"},
		Example: exampleOpened,
	}
}}

var registrationOperations = []Declaration{Register, ConfirmRegistration}
