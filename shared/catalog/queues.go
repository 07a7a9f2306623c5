package catalog

import "time"

// A Queue is one that the stack has beside the dead-letter queues.
type Queue struct {
	Name string
	Keep time.Duration // after which a message that nobody took is gone
}

// LongestReading is how long any queue keeps what a sensor saw, dead letters included: its deadline is the day's end
// (4.d.4), and a queue can't be erased selectively. A reading older than that says nothing any more: its spot is unknown.
const LongestReading = time.Hour

// LongestEvent is how long what a function failed on is kept, which holds opaque ids alone: as long as the ledger of erasures.
const LongestEvent = 24 * time.Hour

// Queues is the list. What is noted of readings that could not be used is kept for a day, for someone to look at; it names
// a sensor and no person, and nothing that the sensor saw.
var Queues = []Queue{
	{Name: Readings, Keep: LongestReading},
	{Name: string(Unreadable), Keep: 24 * time.Hour},
}
