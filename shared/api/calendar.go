package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

const exampleFeed = "https://api.example/calendars/mzxw6ytboi4dcmrtnbswy3dpfqqho33sorsxg5baon2w4zdbmfrggzdfmztwq2lk.ics"

// copiesElsewhere is what has to be known about a feed before it is made.
const copiesElsewhere = "Whoever has the URL reads it. What a calendar has fetched is a copy outside of iotspot, " +
	"which nothing here reaches: Google's asks again after some 12 to 24 hours, Outlook's after 3 or more, Apple's " +
	"as its owner set it, and each empties the copy when it next asks for a feed that has ended."

// ShowFeed tells whether there is a feed.
var ShowFeed = Declaration{ID: "feed", Function: "calendar", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/me/calendar-feed",
		Summary: "Whether you have a calendar feed, and the day on which it was last fetched",
		Detail:  "The URL itself is told when it is made, and never again. Clause 4.f.5.",
		Roles:   identity.Members, Status: 200,
		Answer: Object(Must("there", Boolean()), May("made_on", Date()),
			May("fetched_on", Date().Described("in UTC"))),
		Errors:  []problem.Kind{problem.NotFound, problem.Unavailable},
		Example: map[string]any{"there": true, "made_on": "2026-11-20", "fetched_on": "2026-11-23"},
	}
}}

// MakeFeed makes one.
var MakeFeed = Declaration{ID: "makeFeed", Function: "calendar", Make: func() Operation {
	return Operation{
		Method: "POST", Path: "/me/calendar-feed",
		Summary: "Make a private calendar feed, in place of the one you have",
		Detail: "A URL to which any calendar can subscribe. It has your reservations with their spots and times, " +
			"and nobody's name. " + copiesElsewhere + " Clause 4.f.5.",
		Roles: identity.Members, Status: 201, Answer: Object(Must("url", URI())),
		Errors: []problem.Kind{problem.NotFound, problem.Unavailable}, Example: map[string]any{"url": exampleFeed},
	}
}}

// EndFeed revokes it.
var EndFeed = Declaration{ID: "endFeed", Function: "calendar", Make: func() Operation {
	return Operation{
		Method: "DELETE", Path: "/me/calendar-feed",
		Summary: "Revoke your calendar feed",
		Detail:  "At once. " + copiesElsewhere + " Clause 4.f.5.",
		Roles:   identity.Members, WithoutConsent: true, Status: 204,
		Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
	}
}}

// ReadFeed is what a calendar fetches.
var ReadFeed = Declaration{ID: "readFeed", Function: "calendar", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/calendars/{feed}",
		Summary: "A calendar feed (RFC 5545)",
		Detail: "In UTC, without names and without what was cancelled. A feed that was revoked, or never was, is an " +
			"empty calendar, so that copies empty themselves. The day of the fetch is recorded, once a day.",
		Parameters: []Parameter{Path("feed", &Schema{Type: "string", Max: 200}, "the feed's secret and .ics")},
		Status:     200, Media: "text/calendar", Errors: []problem.Kind{problem.Unavailable},
	}
}}

// ReservationFile is one reservation for a calendar.
var ReservationFile = Declaration{ID: "reservationFile", Function: "calendar", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/reservations/{reservation}/calendar",
		Summary: "One of your reservations as a file for a calendar (RFC 5545)",
		Detail:  "It has the same identifier as in your feed. " + copiesElsewhere,
		Roles:   identity.Everyone, Parameters: []Parameter{Path("reservation", ReservationID(), "the reservation")},
		Status: 200, Media: "text/calendar", Errors: []problem.Kind{problem.Malformed, problem.NotFound,
			problem.Unavailable},
	}
}}

var calendarOperations = []Declaration{ShowFeed, MakeFeed, EndFeed, ReadFeed, ReservationFile}
