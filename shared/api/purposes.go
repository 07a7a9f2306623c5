package api

// Purposes say in one line what each function does that serves operations; shared/catalog has the others.
var Purposes = map[string]string{
	"app":              "serves the program that people use, and reads nothing",
	"today":            "shows people their day, which favourites are in, what they are, and where they may go",
	"registration":     "makes a person with an address of the account's domains a user, with their consent",
	"sign-in":          "lets a registered person in with a code by mail, and out again",
	"profile":          "shows and changes all that a registration holds: items, consent, photo and favourites",
	"business-opening": "opens a business account with its first administrator, with their consent",
	"business-account": "shows, changes and ends a business account, proves its domains, " +
		"and names who administers it",
	"sensor-event": "takes what a sensors' maker sends over HTTPS",
	"building":     "shapes locations, floors, zones, spots and sensors, and shows them",
	"floor-plan":   "sets, shows and removes the images of floors",
	"import":       "loads a customer's buildings from one file",
	"availability": "shows what is free on a floor",
	"display":      "pairs the screens on a wall with their places, and shows each what is for it",
	"colleagues":   "finds colleagues, and shows who is in as far as each shows it",
	"booking": "reserves, changes and cancels, shows a person their agenda, lets them wait for what is " +
		"taken, and others approve of what needs it",
	"calendar": "gives people their reservations as calendars read them, by a feed of their own or one at a time",
	"check-in": "lets people check in, take that back, sit down at a free spot and give it back",
	"guests": "lets members invite guests, replace a lost pass and end a guest's access, " +
		"and guests change what is kept of them",
	"overview-request": "shows a person all that is kept about them, and asks for it by mail",
	"erasure-request":  "takes confirmed requests to erase a person, from a link and from the app",
	"staff-sign-in":    "lets the operator's staff in with a code by mail and a passkey, and out again",
	"staff-look":       "shows staff what they have a reason to see, once the look is recorded",
	"disclosure":       "gives out a person's data where the law requires it, once that is recorded",
	"share":            "is the page behind the URL of a shared spot, and reads nothing",
	"statement":        "shows the privacy statement in force",
	"reference":        "answers the description of the HTTP interface, for programs and for people",
	"usage":            "counts how registered users reach the service, by page and browser family",
	"statistics":       "shows facility managers how a location was used, without persons",
}
