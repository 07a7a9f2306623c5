package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

var statisticsOperations = []Declaration{Statistics, ShowUse, RequestsHandled}

// Statistics shows how a location was used.
var Statistics = Declaration{ID: "statistics", Function: "statistics", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/locations/{location}/statistics",
		Summary: "How a location was used, day by day, without persons",
		Detail: "Counts of reservations, of how they ended, of searches and of opened pages, and the spots in use " +
			"by hour, of days that have ended (art. 5). No figure is about fewer than five people, and none can be " +
			"reckoned from the others: what is left out of an answer is of fewer, or would give such a figure away. " +
			"`check_ins` are `completed`, `releases` and `walk_ups` together; `reservations` are `check_ins` and " +
			"`not_used`; `no_shows` are a part of `not_used`. A walk-up is counted as one however it ended. With " +
			"`format=csv` the same comes as text/csv, a line for each figure.",
		Roles: identity.Managers,
		Parameters: []Parameter{
			Path("location", ID(), "the location"),
			MustQuery("from", Date(), "first day, a civil date in the location's zone"),
			MustQuery("to", Date(), "last day, which is included; at most 366 days in all"),
			Query("by", Enum("location", "floor", "zone"),
				"the smallest places to show; left out, the location alone"),
			Query("format", Enum("json", "csv"), "left out, json"),
		},
		Status: 200,
		Answer: Object(Must("location", ID()), Must("time_zone", Text(64)), Must("from", Date()), Must("to", Date()),
			Must("fewest_people", Integer(5, 5)),
			Must("days", List(Object(Must("date", Date()),
				Must("places", List(Object(
					May("floor", ID()), May("floor_name", Text(100)),
					May("zone", Text(16).Described("`none` is the spots outside of zones")),
					May("zone_name", Text(100)),
					Must("counts", Map(Integer(0, 1<<30))),
					May("hours", List(Object(Must("starts_at", Instant()), Must("clock", Text(5)),
						Must("spots_in_use", Integer(0, 1<<20))), 25))), 25_000)),
				May("searches", Map(Integer(0, 1<<30))),
				May("pages", Map(Integer(0, 1<<30)).Described("how often each page was opened (11.cookies)")),
				May("browsers", Map(Integer(0, 1<<30)).Described("the same by the browser's family"))), 366))),
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unacceptable, problem.Unavailable},
		Example: map[string]any{"location": exampleLocation, "time_zone": "Europe/Amsterdam", "from": "2026-11-23",
			"to":            "2026-11-23",
			"fewest_people": 5, "days": []any{map[string]any{"date": "2026-11-23",
				"places": []any{map[string]any{
					"counts": map[string]any{"check_ins": 41, "completed": 30, "releases": 11},
					"hours": []any{map[string]any{"starts_at": "2026-11-23T08:00:00Z", "clock": "09:00",
						"spots_in_use": 28}}}},
				"searches": map[string]any{"spots": 77}, "pages": map[string]any{"find": 61},
				"browsers": map[string]any{"safari": 61}}}},
	}
}}

// ShowUse shows how a place was used over a period, as pictures need it.
var ShowUse = Declaration{ID: "showUse", Function: "statistics", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/locations/{location}/use",
		Summary: "How a location, a floor or a zone was used over a period, without persons",
		Detail: "For pictures: the spots in use by hour and weekday, the peak and the no-shows of each day, and how " +
			"much each floor and zone was used. Every number is a figure of `GET /locations/{location}/statistics` " +
			"or a sum of such figures, so that comparing periods and places tells nothing that those don't (art. " +
			"5). What is missing is about fewer than five people, or would give such a figure away, or is about " +
			"nobody: nothing tells which. An average is `spots_in_use` or `check_ins` divided by `days`, the days " +
			"on which there is a figure. With `csv` one part comes as text/csv.",
		Roles: identity.Managers,
		Parameters: []Parameter{
			Path("location", ID(), "the location"),
			MustQuery("from", Date(), "first day, a civil date in the location's zone"),
			MustQuery("to", Date(), "last day, which is included; at most 366 days in all"),
			Query("floor", ID(), "`hours` and `days` of this floor alone; left out, of the whole location"),
			Query("zone", Text(16), "and of this zone of the floor alone; `none` is the spots outside of zones"),
			Query("csv", Enum("hours", "days", "places"), "this part as CSV; left out, all parts as JSON"),
		},
		Status: 200,
		Answer: Object(Must("location", ID()), Must("time_zone", Text(64)), Must("from", Date()), Must("to", Date()),
			May("floor", ID()), May("zone", Text(16)), Must("fewest_people", Integer(5, 5)),
			Must("spots", Integer(0, 1<<20).Described("that the place has today")),
			Must("hours", List(Object(
				Must("weekday", Integer(1, 7).Described("1 is Monday (ISO 8601)")), Must("clock", Text(5)),
				Must("days", Integer(1, 366).Described("on which there is a figure for the hour")),
				Must("of", Integer(1, 366).Described("such weekdays in the period")),
				Must("spots_in_use", Integer(0, 1<<30).Described("of these days together"))), 7*48)),
			Must("days", List(Object(Must("date", Date()),
				May("reservations", Integer(0, 1<<30)), May("check_ins", Integer(0, 1<<30)),
				May("no_shows", Integer(0, 1<<30)),
				May("peak", Object(Must("clock", Text(5)),
					Must("spots_in_use", Integer(0, 1<<20))).Described("the busiest hour that is shown"))), 366)),
			Must("places", List(Object(Must("floor", ID()), May("floor_name", Text(100)),
				May("zone", Text(16).Described("`none` is the spots outside of zones")), May("zone_name", Text(100)),
				May("spots", Integer(0, 1<<20).Described("that it has today")),
				Must("days", Integer(1, 366).Described("on which there is a figure for it")),
				Must("check_ins", Integer(0, 1<<30).Described("of these days together"))), 25_000))),
		Errors: []problem.Kind{problem.Malformed, problem.NotFound, problem.Unacceptable, problem.Unavailable},
		Example: map[string]any{"location": exampleLocation, "time_zone": "Europe/Amsterdam", "from": "2026-11-23",
			"to": "2026-12-20", "fewest_people": 5, "spots": 40,
			"hours": []any{map[string]any{"weekday": 1, "clock": "09:00", "days": 3, "of": 4, "spots_in_use": 84}},
			"days": []any{map[string]any{"date": "2026-11-23", "reservations": 46, "check_ins": 41, "no_shows": 5,
				"peak": map[string]any{"clock": "10:00", "spots_in_use": 31}}},
			"places": []any{map[string]any{"floor": exampleFloor, "floor_name": "Third floor", "spots": 40, "days": 19,
				"check_ins": 702}}},
	}
}}

// RequestsHandled shows an administrator how the rights of the account's people were kept.
var RequestsHandled = Declaration{ID: "requestsHandled", Function: "statistics", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/business-account/requests-handled",
		Summary: "How many requests of people were handled, month by month, and in what time",
		Detail: "For your record under GDPR, art. 5(2): consents, overviews that were mailed, erasures, objections, " +
			"and disclosures that the law required, each in the month in which it was done, a disclosure in the one " +
			"from which the person may be told. It is not kept whose they were. A month of UTC is shown from a day " +
			"after its end on, so that nobody sees a number move; a number from five on, of an account with five " +
			"people or more; and the times only where each number in them is. `within` counts each request once, " +
			"under the shortest time. All months of the last two years are there; " +
			"what is counted stays until the contract ends.",
		Roles:  identity.Administrators,
		Status: 200,
		Answer: Object(Must("fewest", Integer(5, 5)),
			Must("months", List(Object(Must("month", Text(7).Described("as 2026-11")),
				Must("requests", List(Object(
					Must("request", Enum("consents", "overviews", "erasures", "objections", "disclosures")),
					Must("handled", Integer(5, 1<<30)),
					May("within", Map(Integer(0, 1<<30)).Described("by minute, hour, day, "+
						"month (30 days) and later"))),
					5))), 25))),
		Errors: []problem.Kind{problem.NotFound, problem.Unavailable},
		Example: map[string]any{"fewest": 5, "months": []any{map[string]any{"month": "2026-10", "requests": []any{
			map[string]any{"request": "consents", "handled": 31, "within": map[string]any{"minute": 31}},
			map[string]any{"request": "erasures", "handled": 7, "within": map[string]any{"minute": 7}}}}}},
	}
}}
