package catalog

import "time"

// A Queue is one that the stack has beside the dead-letter queues.
type Queue struct {
	Name string
	Keep time.Duration // after which a message that nobody took is gone
}

// LongestReading is how long any queue keeps what a sensor saw, dead letters included: its deadline is the day's end
// (4.d.4), and a queue can't be erased selectively. An older reading is of no use: by then its spot is unknown.
const LongestReading = time.Hour

// LongestEvent is how long an event that a function failed on is kept: as long as the ledger of erasures. It holds
// opaque ids alone.
const LongestEvent = 24 * time.Hour

// LongestCall is how long a queue keeps a call to be woken: asked for the longest that a look sees ahead, it is then
// delivered three times. By then later looks have asked again. It holds the number of a part of the work alone.
const LongestCall = 5 * time.Minute

// Queues is the list. A note about a reading that could not be used is kept for a day, for somebody to look at; it
// names a sensor, but no person and nothing that the sensor saw.
var Queues = []Queue{
	{Name: Readings, Keep: LongestReading},
	{Name: string(Undelivered), Keep: LongestReading}, // IoT Core puts the message in whole
	{Name: string(Unreadable), Keep: 24 * time.Hour},
	{Name: string(SweepWake), Keep: LongestCall}, {Name: string(DayCloseWake), Keep: LongestCall},
	{Name: string(ErasureWake), Keep: LongestCall}, {Name: string(ContractEndWake), Keep: LongestCall},
}
