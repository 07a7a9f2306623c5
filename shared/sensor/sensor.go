// Package sensor reads what real sensors send and makes it one Reading: whether a spot is occupied, since when, and
// that the sensor is alive. A sensor knows a spot and never a person. Everything here is a pure function of its input
// and bounded in size; what can't be read is an Unreadable error with a reason, which quotes nothing of the message.
package sensor

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"sync"
	"time"
)

// A Reading is one message of a sensor.
type Reading struct {
	Hardware string    // DevEui in lower case, own id, or Disruptive Technologies' device id
	Occupied *bool     // nil: the message says nothing about it, only that the sensor is alive
	Since    time.Time // since when it is so, where the sensor tells; never after At
	At       time.Time // of the message by the sensor's or its network's clock, UTC, whole seconds
	Counter  int64     // FCnt or seq, which tells messages of one second apart; 0 when there is none
	Battery  *int      // per cent
	Volts    float64   // of the battery, 0 when not told
}

// Topics on which messages arrive; see catalog.TopicRules.
const (
	LoRaWANTopic    = "lorawan/uplink"
	DisruptiveTopic = "disruptive/event"
)

// MaxMessage is the most bytes that a message may have; what AWS wraps around 242 bytes of LoRaWAN is below 10 KB
// even with many gateways.
const MaxMessage = 32 << 10

// An Unreadable error says why a message can't be read. It holds nothing of the message itself.
type Unreadable struct{ Reason string }

func (u *Unreadable) Error() string { return "sensor: " + u.Reason }

func unreadable(format string, args ...any) error {
	return &Unreadable{Reason: fmt.Sprintf(format, args...)}
}

// A Message is one whose sender is known. Its content may need the sender's model to be read.
type Message struct {
	Hardware string
	Counter  int64
	At       time.Time
	read     func(Model) (Reading, error)
}

// Read gives what the message says, for a sender of this model.
func (m Message) Read(model Model) (Reading, error) {
	reading, err := m.read(model)
	if err != nil {
		return Reading{}, err
	}
	reading.Hardware, reading.Counter = m.Hardware, m.Counter
	if reading.At.IsZero() {
		reading.At = m.At
	}
	reading.At = reading.At.UTC().Truncate(time.Second)
	if reading.Since.IsZero() || reading.Since.After(reading.At) {
		reading.Since = reading.At
	}
	reading.Since = reading.Since.UTC().Truncate(time.Second)
	return reading, nil
}

// Open finds out who sent a message. Received is when the broker had it, for messages that bear no time of their own.
func Open(topic string, payload []byte, received time.Time) (Message, error) {
	if len(payload) > MaxMessage {
		return Message{}, unreadable("the message is larger than %d bytes", MaxMessage)
	}
	switch topic {
	case LoRaWANTopic:
		return openLoRaWAN(payload, received)
	case DisruptiveTopic:
		return openDisruptive(payload, received)
	}
	if id, ok := ownTopic(topic); ok {
		return openOwn(id, payload, received)
	}
	return Message{}, unreadable("no sensor publishes on this topic")
}

var hardware = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`) })

// Hardware is the normal form of a hardware id as it is registered and found: lower case letters, digits, _ and -, at
// most 64. It is false for what can't be one.
func Hardware(id string) (string, bool) {
	id = strings.ToLower(id)
	return id, hardware().MatchString(id)
}

// instant reads RFC 3339 and refuses years that DynamoDB's numbers or a calendar would stumble over.
func instant(text string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil || at.Year() < 2000 || at.Year() > 2200 {
		return time.Time{}, unreadable("the time is not an RFC 3339 instant")
	}
	return at, nil
}

func percentage(value *float64) (*int, error) {
	if value == nil {
		return nil, nil
	}
	if *value < 0 || *value > 100 {
		return nil, unreadable("the battery is not between 0 and 100 %%")
	}
	whole := int(math.Round(*value))
	return &whole, nil
}

func is(occupied bool) *bool { return &occupied }
