package api

import (
	"strings"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
)

var (
	linkedInURL = May("linkedin_url", URI().Described("the same as an address, for a plain link with "+
		"rel=\"noreferrer noopener\" (10.login, 12.links)"))
	// What can be hidden from others, and what can be objected to, named by clause or purpose.
	shieldable    = listOfClauses(privacy.Hideable())
	objectionable = objectionsTo(privacy.Objectionable())
)

// listOfClauses is a list of some of them, each once.
func listOfClauses(clauses []privacy.Clause) *Schema {
	var words []string
	for _, clause := range clauses {
		words = append(words, string(clause))
	}
	return List(Enum(words...), len(words))
}

// optional are the members of a profile that its owner may give, as the register declares them.
func optional(each func(*Schema) *Schema) []Field {
	var fields []Field
	for _, item := range privacy.OptionalItems {
		fields = append(fields, May(item.Name, each(accepted(item))))
	}
	return fields
}

func accepted(item privacy.OptionalItem) *Schema {
	switch {
	case item.Pattern != "":
		return Pattern(item.Pattern, item.Accepts).Described(item.Accepts)
	case item.Longest > 0:
		return Text(item.Longest)
	}
	return Boolean()
}

func asItIs(schema *Schema) *Schema { return schema }

// objectionsTo is a list of what can be objected to.
func objectionsTo(words []string) *Schema { return List(Enum(words...), len(words)) }

// objectionsText says what each objection stops.
func objectionsText() string {
	var each []string
	for _, o := range privacy.Objections() {
		each = append(each, "`"+o.To+"`: "+o.Stops.EN+".")
	}
	return strings.Join(each, " ")
}

var calendarMails = Boolean().Described("whether you get each reservation by mail as an invitation, which your " +
	"calendar takes up, changes and takes out again; one that it has is kept up to date after you turned this off")

var nameAtRoom = Boolean().Described("whether the display at the door of a room that you have reserved shows your " +
	"name; never where you hide it")

var reminders = Boolean().Described("whether you are mailed, in the afternoon before, " +
	"what you have reserved for a day")

var profileSchema = Object(append(optional(asItIs),
	Must("name", Text(200)), Must("email", Email()), Must("language", Language()), linkedInURL,
	Must("photo", Boolean()), Must("reminders", reminders), Must("calendar_mails", calendarMails),
	Must("name_at_room", nameAtRoom),
	Must("customer", Text(200)), Must("business_account", ID()),
	Must("role", Enum("user", "manager", "administrator", "guest")),
	May("device", Object(Must("os", Text(50)), May("os_release", Text(50)))),
	Must("shield", shieldable), Must("objections", objectionable),
	Must("consent", Object(Must("version", Text(20)), Must("language", Language()), Must("at", Instant()),
		Must("current_version", Text(20)))),
	Must("sessions", List(Object(Must("id", Token().Described("names it in `DELETE /sessions/{session}`, and opens "+
		"nothing")), Must("since", Instant()), Must("until", Instant()), May("used", Date()),
		Must("this", Boolean())), 1000)),
	May("last_login", Object(Must("requested_at", Instant()), May("logged_in_at", Instant()), Must("ip", Text(45)),
		Must("login_name", Email()))),
	May("last_use", Date()))...)

var exampleProfile = withOptional(map[string]any{
	"name": "Ann Example", "email": "ann@example.com", "language": "en", "photo": false, "reminders": true,
	"calendar_mails": false, "name_at_room": false,
	"linkedin_url": "https://www.linkedin.com/in/ann-example",
	"customer":     "Example B.V.", "business_account": exampleBusiness, "role": "user",
	"device": map[string]any{"os": "iOS", "os_release": "26.1"},
	"shield": []any{"4.a.2", "4.b.1", "4.d.4"}, "objections": []any{"4.d.5"},
	"consent": map[string]any{"version": privacy.StatementVersion, "language": "en", "at": "2026-11-22T08:59:00Z",
		"current_version": privacy.StatementVersion},
	"sessions": []any{map[string]any{"id": exampleSession, "since": "2026-11-22T08:59:00Z",
		"until": "2026-12-22T08:59:00Z", "used": "2026-11-22", "this": true}},
	"last_login": map[string]any{"requested_at": "2026-11-22T08:58:00Z", "logged_in_at": "2026-11-22T08:59:00Z",
		"ip": "192.0.2.7", "login_name": "ann@example.com"},
	"last_use": "2026-11-22",
})

// withOptional adds the examples of the optional items.
func withOptional(example map[string]any) map[string]any {
	for _, item := range privacy.OptionalItems {
		example[item.Name] = item.Example
	}
	return example
}

// ReadProfile shows a registration to its owner.
var ReadProfile = Declaration{ID: "profile", Function: "profile", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/me",
		Summary: "My registration",
		Detail: "All that the registration holds (art. 4, 7.view), with the consent that was given, that sessions " +
			"exist, the last login request and the date of last use. The complete overview, with reservations and " +
			"deadlines, is mailed on request.",
		Roles: identity.Members, WithoutConsent: true,
		Status: 200, Answer: profileSchema, Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
		Example: exampleProfile,
	}
}}

// ChangeProfile changes items of it.
var ChangeProfile = Declaration{ID: "changeProfile", Function: "profile", Make: func() Operation {
	return Operation{
		Method: "PATCH", Path: "/me",
		Summary: "Change or clear items of my registration",
		Detail: "A JSON merge patch: what is left out stays, `null` clears (4.b, 7.rectify). `shield` lists what " +
			"others don't see, by clause; cleared, that is everything but name and customer (7.shield). " +
			"`objections` lists what you object to of what is recorded by itself; what you gave (4.b, 4.c) you " +
			"clear instead (7.object). It takes effect before the answer, and it alone can be changed before " +
			"consenting to a new version of the statement. " + objectionsText(),
		Roles: identity.Members, WithoutConsent: true,
		Body: Object(append(optional(Nullable), May("name", Text(200)), May("language", Language()),
			May("calendar_mails", Nullable(calendarMails)), May("name_at_room", Nullable(nameAtRoom)),
			May("reminders", Nullable(reminders)),
			May("shield", Nullable(shieldable)), May("objections", Nullable(objectionable)))...),
		Status: 200, Answer: profileSchema,
		Errors:  []problem.Kind{problem.Malformed, problem.Consent, problem.NotFound, problem.Unavailable},
		Request: map[string]any{"job_title": "Gardener", "phone": nil},
		Example: exampleProfile,
	}
}}

// GiveConsent agrees to the statement in force.
var GiveConsent = Declaration{ID: "consent", Function: "profile", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/me/consents",
		Summary: "Consent to the current version of the privacy statement",
		Detail: "Until then one can only view, export, object and erase (2.consent, 13.versions). " +
			"Withdrawing is `POST /me/erasure`.",
		Roles: identity.Everyone, WithoutConsent: true,
		Body: Object(Must("version", Text(20)), Must("agreed", Boolean()),
			Must("language", Language().Described("in which it was shown"))),
		Status:  204,
		Errors:  []problem.Kind{problem.Malformed, problem.Consent, problem.NotFound, problem.Unavailable},
		Request: map[string]any{"version": privacy.StatementVersion, "agreed": true, "language": "en"},
	}
}}

// AskAddress asks for another e-mail address.
var AskAddress = Declaration{ID: "askAddress", Function: "profile", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/me/email",
		Summary: "Ask to use another e-mail address",
		Detail: "Mails a code of an hour to the new address (7.rectify), which must be in a domain of the same " +
			"business account (3.d). The answer is the same for an address that is registered already.",
		Roles:  identity.Members,
		Body:   Object(Must("email", TypedEmail())),
		Status: 202, Answer: Object(Must("valid_minutes", Integer(1, 60))),
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unacceptable, problem.TooMany,
			problem.Unavailable},
		Request: map[string]any{"email": "ann.example@example.com"},
		Example: map[string]any{"valid_minutes": 60},
	}
}}

// MoveAddress confirms it.
var MoveAddress = Declaration{ID: "moveAddress", Function: "profile", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/me/email/confirmation",
		Summary: "Confirm another e-mail address with the code that was mailed to it",
		Detail:  "From then on it is the address to sign in with, and the old one is gone. A repeat succeeds.",
		Roles:   identity.Members,
		Body:    Object(Must("email", TypedEmail()), Must("code", TypedCode())),
		Status:  204,
		Errors: []problem.Kind{problem.Malformed, problem.Unauthorised, problem.NotFound, problem.Conflict,
			problem.Unavailable},
		Request: map[string]any{"email": "ann.example@example.com", "code": "0471 1234"},
	}
}}

// SetPhoto, ReadPhoto and RemovePhoto are about the caller's own photo.
var SetPhoto = Declaration{ID: "setPhoto", Function: "profile", Make: func() Operation {
	return Operation{
		Method: "PUT", Path: "/me/photo",
		Summary: "Set my profile photo",
		Detail: "JPEG or PNG of at most 2 MB and 16 million pixels (4.b.6). It is drawn anew within 512 × 512 " +
			"pixels, so that no EXIF data or position survives; of the one before no version stays.",
		Roles:   identity.Members,
		Content: &Content{Types: []string{"image/jpeg", "image/png"}, MaxBytes: 2 << 20},
		Status:  204,
		Errors:  []problem.Kind{problem.Malformed, problem.NotFound, problem.TooLarge, problem.Unavailable},
	}
}}

// ReadPhoto shows it.
var ReadPhoto = Declaration{ID: "photo", Function: "profile", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/me/photo",
		Summary: "My profile photo", Detail: "A JPEG. It may be cached on the device alone (9.cache).",
		Roles: identity.Members, WithoutConsent: true,
		Status: 200, Media: "image/jpeg", Cache: "private, max-age=3600",
		Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
	}
}}

// RemovePhoto takes it away.
var RemovePhoto = Declaration{ID: "removePhoto", Function: "profile", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/me/photo",
		Summary: "Remove my profile photo", Detail: "With all its versions, at once (4.b.6).",
		Roles: identity.Members, Status: 204, Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
	}
}}

// ReadFavourites lists favourites.
var ReadFavourites = Declaration{ID: "favourites", Function: "profile", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/me/favourites",
		Summary: "My favourite spots and colleagues", Detail: "Clauses 4.c.1 and 4.c.2.",
		Roles: identity.Members, WithoutConsent: true,
		Status: 200,
		Answer: Object(Must("spots", List(Object(Must("spot", ID()), Must("location", ID()), Must("floor", ID())),
			200)),
			Must("colleagues", List(colleagueSchema, 200))),
		Errors: []problem.Kind{problem.Unavailable},
		Example: map[string]any{"spots": []any{map[string]any{"spot": exampleSpot, "location": exampleLocation,
			"floor": exampleFloor}},
			"colleagues": []any{exampleColleague}},
	}
}}

var (
	colleagueSchema  = Object(Must("colleague", ID()), Must("name", Text(200)))
	exampleColleague = map[string]any{"colleague": "obswm2lfnz2gk4tt", "name": "Bob from the third floor"}
)

// AddFavouriteSpot keeps a spot.
var AddFavouriteSpot = Declaration{ID: "addFavouriteSpot", Function: "profile", Make: func() Operation {
	return Operation{
		Method: "PUT", Path: "/me/favourites/spots/{spot}",
		Summary: "Keep a spot as a favourite", Detail: "A workplace or room of the own business account, " +
			"with its location (4.c.1).",
		Roles: identity.Members, Parameters: []Parameter{Path("spot", ID(), "the spot")},
		Status: 204, Errors: []problem.Kind{problem.NotFound, problem.TooMany, problem.Unavailable},
	}
}}

// RemoveFavouriteSpot forgets it.
var RemoveFavouriteSpot = Declaration{ID: "removeFavouriteSpot", Function: "profile", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/me/favourites/spots/{spot}",
		Summary: "Forget a favourite spot", Detail: "A repeat does nothing.",
		Roles: identity.Members, Parameters: []Parameter{Path("spot", ID(), "the spot")},
		Status: 204, Errors: []problem.Kind{problem.Unavailable},
	}
}}

// AddFavouriteColleague keeps a name.
var AddFavouriteColleague = Declaration{ID: "addFavouriteColleague", Function: "profile", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/me/favourites/colleagues",
		Summary: "Keep the name of a favourite colleague",
		Detail:  "Free text as you define it, linked to nobody's record (4.c.2).",
		Roles:   identity.Members, Keyed: true,
		Body:   Object(Must("name", Text(200))),
		Status: 201, Answer: colleagueSchema,
		Errors:  []problem.Kind{problem.Malformed, problem.Conflict, problem.TooMany, problem.Unavailable},
		Request: map[string]any{"name": "Bob from the third floor"},
		Example: exampleColleague,
	}
}}

// RemoveFavouriteColleague forgets it.
var RemoveFavouriteColleague = Declaration{ID: "removeFavouriteColleague", Function: "profile", Make: func() Operation {
	return Operation{
		Method:  "DELETE",
		Path:    "/me/favourites/colleagues/{colleague}",
		Summary: "Forget a favourite colleague", Detail: "A repeat does nothing.",
		Roles: identity.Members, Parameters: []Parameter{Path("colleague", ID(), "as given when adding")},
		Status: 204, Errors: []problem.Kind{problem.Unavailable},
	}
}}

// RemoveRecord removes what the system recorded by itself.
var RemoveRecord = Declaration{ID: "removeRecord", Function: "profile", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/me/records/{record}",
		Summary: "Remove something that was recorded of me and is wrong",
		Detail: "`device`: its system (4.d.5); `last-login` (4.e.2); `last-use` (4.e.1); `searches`: those of today " +
			"(5.transactions), and the pages opened; `officer`: the confirmation as an emergency response officer, " +
			"and `role`: any role but that of a user (4.d.1); `codes`: a sign-in code, and the used one of a " +
			"registration; `new-address`: one that is not confirmed; `links`: the erasure links in overviews, which " +
			"work no more. What is removed is recorded again only when it happens again. A repeat does nothing. " +
			"Clause 7.rectify; what is wrong about being there is taken back with `DELETE " +
			"/reservations/{reservation}/presence`.",
		Roles: identity.Subjects,
		Parameters: []Parameter{Path("record", Enum("device", "last-login", "last-use", "searches", "officer", "role",
			"codes", "new-address", "links"),
			"what is removed")},
		Status: 204, Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Conflict,
			problem.Unavailable},
	}
}}

var profileOperations = []Declaration{ReadProfile, RemoveRecord, ChangeProfile, GiveConsent, AskAddress, MoveAddress,
	SetPhoto, ReadPhoto, RemovePhoto,
	ReadFavourites, AddFavouriteSpot, RemoveFavouriteSpot, AddFavouriteColleague, RemoveFavouriteColleague}
