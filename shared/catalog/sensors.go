package catalog

import "time"

// A Topic is a filter of MQTT topics; an IoT rule hands each message on them to the queue of readings.
type Topic struct {
	Name   string
	Filter string
}

// Topics is the list: the own format of devices that speak MQTT, and what the LoRaWAN destination publishes.
var Topics = []Topic{
	{Name: "own_format", Filter: "iotspot/+/reading"},
	{Name: "lorawan", Filter: "lorawan/uplink"},
}

// SQL is the rule's statement. The message travels in base64, so that one which is no JSON still reaches the function,
// which can say what is wrong with it.
func (t Topic) SQL() string {
	return "SELECT encode(*, 'base64') AS payload, topic() AS topic, timestamp() AS received FROM '" + t.Filter + "'"
}

// A Queue is one that the stack has beside the dead-letter queues that belong to functions.
type Queue struct {
	Name string
	Keep time.Duration // after which a message that nobody took is gone
}

// Deliveries is how often a queue hands out a message before it goes to the queue's dead-letter queue.
const Deliveries = 5

// Queues is the list. A reading older than an hour says nothing any more: its spot is unknown by then. What was put
// aside is kept for a day, for someone to look at; it names a sensor and no person.
var Queues = []Queue{
	{Name: Readings, Keep: time.Hour},
	{Name: string(Unreadable), Keep: 24 * time.Hour},
}
