package catalog

import "time"

// A Queue is one that the stack has beside the dead-letter queues.
type Queue struct {
	Name string
	Keep time.Duration // after which a message that nobody took is gone
}

// Queues is the list. A reading older than an hour says nothing any more: its spot is unknown by then. What was put
// aside is kept for a day, for someone to look at; it names a sensor and no person.
var Queues = []Queue{
	{Name: Readings, Keep: time.Hour},
	{Name: string(Unreadable), Keep: 24 * time.Hour},
}
