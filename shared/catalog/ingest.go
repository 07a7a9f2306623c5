package catalog

// Readings is the queue between the topic rules and the sensor function.
const Readings = "readings"

// A TopicRule feeds what is published on MQTT topics into the queue of readings.
type TopicRule struct {
	Name   string
	Filter string // MQTT topic filter
}

// TopicRules is the list.
var TopicRules = []TopicRule{
	{Name: "own_readings", Filter: "iotspot/+/reading"},
	{Name: "lorawan_uplinks", Filter: "lorawan/uplink"},
	{Name: "disruptive_events", Filter: "disruptive/event"},
}

// NameIn is what the rule is called in a stage.
func (r TopicRule) NameIn(stage string) string { return "iotspot_" + stage + "_" + r.Name }

// Direct is the topic by which a message reaches the rule alone, without IoT Core's price of a message; the rule sees
// the topic that follows the prefix. AWS IoT Core Developer Guide, "Reducing messaging costs with Basic Ingest".
func (r TopicRule) Direct(stage, topic string) string {
	return "$aws/rules/" + r.NameIn(stage) + "/" + topic
}

// SQL is the rule's statement. What reaches the queue is an events.Delivery; any payload gets through, JSON or not.
func (r TopicRule) SQL() string {
	return "SELECT encode(*, 'base64') AS payload, topic() AS topic, timestamp() AS received FROM '" + r.Filter + "'"
}

// How a queue of ours is read: messages in one invocation, and receipts before a message goes to the dead letters.
const (
	BatchSize   = 10
	MaxReceives = 5
)

// DeadLetters names the dead-letter queue of a queue.
func DeadLetters(queue string) string { return queue + "-dead-letters" }
