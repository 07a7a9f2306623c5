package catalog

// AtMost is how many of a function run at once at most. What nobody waits for is bounded, so that a storm of it, such as
// broken sensors or mails to the support address, leaves the account's concurrency to people; and AWS keeps as many free
// for it, so that in a storm of people deadlines still come true. So is the import, which a few use and which can keep a
// function busy for its whole time. All others share the rest.
//
// A scheduled function needs three: its runs overlap, and a third begins where one is slow to end.
var AtMost = map[string]int{
	"sensor-reading":      20, // 10 messages each, in some 100 ms: 2,000 messages a second
	"no-show":             3,
	"day-close":           4,
	"sweep":               4,
	"erasure":             10,
	"contract-end":        4,
	"overview":            10, // about as many mails a second as SES takes of a new account
	"cancellation-notice": 5,
	"support-mail":        5,
	"import":              5,
	"audit":               1,
	"statement-notice":    2, // a run and the next
}

// Unreserved is what is left to people of an account's concurrency at least: AWS itself insists on 100.
const Unreserved = 100
