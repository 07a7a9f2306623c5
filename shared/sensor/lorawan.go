package sensor

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxFrame is the most that LoRaWAN carries in one frame.
const maxFrame = 242

// uplink is what AWS IoT Core for LoRaWAN delivers. AWS writes the same keys in different cases in different places;
// encoding/json matches them whatever their case. Numbers come as numbers or as strings.
type uplink struct {
	PayloadData      *string `json:"PayloadData"`
	WirelessMetadata struct {
		LoRaWAN *struct {
			DevEui    string `json:"DevEui"`
			FPort     number `json:"FPort"`
			FCnt      number `json:"FCnt"`
			Timestamp string `json:"Timestamp"`
		} `json:"LoRaWAN"`
	} `json:"WirelessMetadata"`
}

// A number is a whole number not below zero, also as a string; Given is false where it is missing.
type number struct {
	Value int64
	Given bool
}

// UnmarshalJSON takes both forms.
func (n *number) UnmarshalJSON(text []byte) error {
	if bytes.Equal(text, []byte("null")) {
		return nil
	}
	value, err := strconv.ParseUint(string(bytes.Trim(text, `"`)), 10, 32)
	if err != nil {
		return unreadable("FPort or FCnt is not a whole number")
	}
	n.Value, n.Given = int64(value), true
	return nil
}

var devEui = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9a-f]{16}$`) })

func openLoRaWAN(payload []byte, received time.Time) (Message, error) {
	var up uplink
	if err := json.Unmarshal(payload, &up); err != nil {
		return Message{}, unreadable("not a LoRaWAN uplink: %s", jsonFault(err))
	}
	radio := up.WirelessMetadata.LoRaWAN
	if up.PayloadData == nil || radio == nil {
		return Message{}, unreadable("not a LoRaWAN uplink: PayloadData or WirelessMetadata.LoRaWAN is missing")
	}
	id := strings.ToLower(radio.DevEui)
	if !devEui().MatchString(id) {
		return Message{}, unreadable("DevEui is not 16 hexadecimal digits")
	}
	frame, err := base64.StdEncoding.DecodeString(*up.PayloadData)
	if err != nil {
		return Message{}, unreadable("PayloadData is not base64")
	}
	if len(frame) > maxFrame {
		return Message{}, unreadable("PayloadData is larger than a frame of LoRaWAN")
	}
	at, err := optionalInstant(radio.Timestamp, received)
	if err != nil {
		return Message{}, err
	}
	read := func(model Model) (Reading, error) { return readFrame(model, radio.FPort, frame, at) }
	return Message{Hardware: id, Counter: radio.FCnt.Value, At: at, read: read}, nil
}

func readFrame(model Model, port number, frame []byte, at time.Time) (Reading, error) {
	if len(frame) == 0 {
		return Reading{}, unreadable("the frame is empty")
	}
	if port.Given && (port.Value < 1 || port.Value > 223) {
		return Reading{}, unreadable("FPort %d is not for applications", port.Value)
	}
	switch model {
	case MilesightVS340, MilesightVS341:
		return readMilesight(frame)
	case BrowanTBMS100:
		if port.Given && port.Value != browanPort {
			return Reading{}, unreadable("FPort is %d and this model sends its state on %d", port.Value, browanPort)
		}
		return readBrowan(frame, at)
	case ElsysEMSDesk:
		return readElsys(port, frame)
	}
	return Reading{}, unreadable("the sensor is registered as a model that doesn't send over LoRaWAN, or as an " +
		"unknown one")
}
