package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

// UsageTag counts that a page was opened.
var UsageTag = Declaration{ID: "usageTag", Function: "usage", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/usage/{page}",
		Summary: "An image of one pixel, by which opened pages are counted",
		Detail: "The app asks for it when it opens a page. Counted are the page and the family of the browser, " +
			"which follows from the header `User-Agent`; neither that header nor the network address is kept. Until " +
			"the day ends at the location the numbers are yours and stand in your overview; then they become " +
			"statistics about five people or more, and go. Who objects to `11.cookies`, to `5.transactions` or to " +
			"purpose `a` is not counted. No cookie is set or needed. Clause 11.cookies.",
		Roles: identity.Members, Agent: true,
		Parameters: []Parameter{
			Path("page", Enum("start", "today", "find", "floor", "agenda", "spot", "colleagues", "guests",
				"favourites", "account", "emergency", "manage"), "the page that was opened"),
			Query("location", ID(), "the office where you are; left out, the account's first"),
		},
		Status: 200, Media: "image/gif", Errors: []problem.Kind{problem.Malformed, problem.NotFound,
			problem.Unavailable},
	}
}}

var usageOperations = []Declaration{UsageTag}
