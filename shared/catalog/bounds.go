package catalog

// AtMost is the most instances of a function that run at once. Functions that nobody waits for are bounded, so that a
// storm of broken sensors or of mails to the support address leaves the account's concurrency to people. AWS also
// reserves that number for them, so that deadlines are kept in a storm of people. The import is bounded too, since
// few use it and one run can keep a function busy for its whole time. All others share the rest.
//
// A scheduled function needs three: a look, a step that was asked for, and one that is slow to end.
var AtMost = map[string]int{
	"sensor-reading":      40, // 10 messages each, in some 100 ms: 4,000 messages a second
	"no-show":             3,
	"day-close":           40, // parts of a midnight: one for each 30 floors
	"sweep":               40, // parts of what comes due in one second: one for each 20,000 items
	"erasure":             10,
	"contract-end":        4,
	"overview":            10, // about as many mails a second as SES takes of a new account
	"cancellation-notice": 5,
	"reservation-mail":    10, // about as many mails a second as SES takes of a new account
	"support-mail":        5,
	"mail-bounce":         2,
	"import":              5,
	"audit":               1,
	"domain-check":        1,
	"statement-notice":    3,
	"pending":             3,
}

// Unreserved is the least concurrency that is left to people: AWS itself insists on 100.
const Unreserved = 100
