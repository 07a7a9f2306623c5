package api

// ShareSpot is the page behind the URL of a shared spot.
var ShareSpot = Declaration{ID: "shareSpot", Function: "share", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/s/{spot}",
		Summary: "The page behind the URL by which a spot is shared",
		Detail: "It opens the spot in the app, which asks `GET /spots/{spot}/day` with the session of its user. The " +
			"page itself looks nothing up: it is the same for every spot, whosever it is and whether or not there " +
			"is one, but for the id in its link. Clause 10.share.",
		Parameters: []Parameter{Path("spot", ID(), "any id")}, Status: 200, Media: "text/html",
	}
}}

var shareOperations = []Declaration{ShareSpot}
