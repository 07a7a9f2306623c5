package sensor

import (
	"encoding/json"
	"strings"
	"time"
)

// ownTopic takes the sensor's id from iotspot/<sensor id>/reading.
func ownTopic(topic string) (string, bool) {
	rest, begins := strings.CutPrefix(topic, "iotspot/")
	id, ends := strings.CutSuffix(rest, "/reading")
	return id, begins && ends
}

// ownReading is the format of devices that speak MQTT themselves. All members can be left out: without occupied the
// message is a sign of life, without at it is dated by the broker. Members that we don't know are for later versions.
type ownReading struct {
	Occupied *bool    `json:"occupied"`
	At       string   `json:"at"`
	Battery  *float64 `json:"battery"`
	Seq      int64    `json:"seq"`
}

func openOwn(id string, payload []byte, received time.Time) (Message, error) {
	id, ok := Hardware(id)
	if !ok {
		return Message{}, unreadable("the topic's sensor id is malformed")
	}
	var own ownReading
	if err := json.Unmarshal(payload, &own); err != nil {
		return Message{}, unreadable("not the own format: %s", jsonFault(err))
	}
	if own.Seq < 0 {
		return Message{}, unreadable("seq is below zero")
	}
	reading := Reading{Occupied: own.Occupied}
	var err error
	if reading.Battery, err = percentage(own.Battery); err != nil {
		return Message{}, err
	}
	if reading.At, err = optionalInstant(own.At, received); err != nil {
		return Message{}, err
	}
	return Message{Hardware: id, Counter: own.Seq, At: reading.At, read: sentBy(Own, reading)}, nil
}

// sentBy is for formats that say everything themselves. Only a sensor that is registered as such a device is
// believed: the topics are open to whoever knows another device's id.
func sentBy(sender Model, reading Reading) func(Model) (Reading, error) {
	return func(registered Model) (Reading, error) {
		if registered != sender {
			return Reading{}, unreadable("the sensor is registered as a model that doesn't send on this topic")
		}
		return reading, nil
	}
}

func optionalInstant(text string, otherwise time.Time) (time.Time, error) {
	if text == "" {
		return otherwise, nil
	}
	return instant(text)
}

// jsonFault says what is wrong with JSON, without quoting it.
func jsonFault(err error) string {
	switch fault := err.(type) {
	case *json.UnmarshalTypeError:
		return "a member has the wrong type"
	case *json.SyntaxError:
		return "not JSON"
	case *Unreadable:
		return fault.Reason
	}
	return "not JSON of the expected form"
}
