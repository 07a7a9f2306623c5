package sensor

import (
	"encoding/binary"
	"time"
)

// walk goes through a frame of parts, each a name of fixed length and a value whose length follows from the name.
// What comes before a part that nobody documents still counts, since only where the next begins is lost with it; a
// frame that begins with one, or that ends within a part, is unreadable.
func walk(frame []byte, nameLength int, length func(name []byte) (int, bool),
	use func(name, value []byte) error) error {
	for rest := frame; len(rest) > 0; {
		if len(rest) < nameLength {
			return unreadable("the frame ends within a part's name")
		}
		name := rest[:nameLength]
		size, known := length(name)
		if !known && len(rest) < len(frame) {
			return nil
		}
		if !known {
			return unreadable("part %x is unknown, and with it where the next begins", name)
		}
		if rest = rest[nameLength:]; len(rest) < size {
			return unreadable("the frame ends within part %x", name)
		}
		if err := use(name, rest[:size]); err != nil {
			return err
		}
		rest = rest[size:]
	}
	return nil
}

// The parts of a Milesight frame that are looked at.
var (
	milesightBattery   = [2]byte{0x01, 0x75} // %
	milesightOccupancy = [2]byte{0x03, 0x00} // 1 occupied, 0 vacant
)

// milesightTypes are the lengths of the measurements that Milesight's devices send, by the second byte of a part's
// name; the first one counts the device's inputs (Milesight's payload definitions of the VS, EM and AM series).
var milesightTypes = map[byte]int{
	0x00: 1, // digital input, which is occupancy on the third
	0x01: 1, // digital output
	0x02: 2, // analogue input
	0x65: 2, // light
	0x67: 2, // temperature
	0x68: 1, // humidity
	0x73: 2, // air pressure
	0x75: 1, // battery
	0x7d: 2, // concentration
	0xc8: 4, // pulses
	0xcc: 4, // people in and out
	0xef: 4, // time of the measurement
}

// milesightSystem are the lengths of what a device says of itself, and of its answers to downlinks, which come as
// parts named fe or ff and the downlink's type (Milesight's payload definition and decoders of the VS series, as
// vs-series/vs341 in its SensorDecoders).
var milesightSystem = map[byte]int{
	0x01: 1, // IPSO version
	0x06: 9, // threshold
	0x09: 2, // hardware version
	0x0a: 2, // firmware version
	0x0b: 1, // switched on
	0x0f: 1, // LoRaWAN class
	0x10: 1, // restart
	0x16: 8, // serial number
	0x28: 1, // report now
	0x2f: 1, // LED
	0x35: 8, // key between devices
	0x4a: 1, // set the clock
	0x68: 1, // history
	0x69: 1, // send again
	0x6a: 3, // interval of sending again
	0x6b: 1, // stop sending history
	0x6d: 1, // stop sending history
	0x84: 1, // talk between devices
	0x8e: 3, // interval of reports
	0x95: 2, // interval of reports while vacant
	0x96: 8, // command between devices
	0x98: 5, // how motion is gathered
	0x99: 5, // how warmth is gathered
	0xb2: 1, // threshold of cold
	0xbd: 2, // time zone
	0xfe: 1, // reset
	0xff: 2, // TSL version
}

func milesightLength(name []byte) (int, bool) {
	lengths := milesightTypes
	if name[0] == 0xfe || name[0] == 0xff {
		lengths = milesightSystem
	}
	length, known := lengths[name[1]]
	return length, known
}

func readMilesight(frame []byte) (Reading, error) {
	var reading Reading
	err := walk(frame, 2, milesightLength, func(name, value []byte) error {
		switch [2]byte(name) {
		case milesightBattery:
			if percent := int(value[0]); percent <= 100 { // 255 is for not known
				reading.Battery = &percent
			}
		case milesightOccupancy:
			if value[0] > 1 {
				return unreadable("occupancy is neither 0 nor 1")
			}
			reading.Occupied = is(value[0] == 1)
		}
		return nil
	})
	if err != nil {
		return Reading{}, err
	}
	return reading, nil
}

const (
	browanFrame = 8   // length of a state frame of TBMS100
	browanPort  = 102 // on which it comes; a network that leaves the port out is believed
)

// readBrowan reads a motion sensor's frame. Its minutes since the last motion are since when a vacant spot is vacant;
// of an occupied one they say nothing about when that began.
func readBrowan(frame []byte, at time.Time) (Reading, error) {
	if len(frame) != browanFrame {
		return Reading{}, unreadable("a frame of this model has %d bytes and this one %d", browanFrame, len(frame))
	}
	occupied := frame[0]&1 == 1
	reading := Reading{Occupied: &occupied, At: at, Volts: float64(25+int(frame[1]&15)) / 10}
	if !occupied {
		reading.Since = at.Add(-time.Duration(binary.LittleEndian.Uint16(frame[3:5])) * time.Minute)
	}
	return reading, nil
}

// elsys are the lengths of the values that Elsys documents for all of its sensors ("Elsys payload", the maker's
// page).
var elsys = map[byte]int{
	0x01: 2,  // temperature
	0x02: 1,  // humidity
	0x03: 3,  // x, y, z
	0x04: 2,  // light
	0x05: 1,  // motion
	0x06: 2,  // CO2
	0x07: 2,  // battery, mV
	0x08: 2,  // analogue input
	0x09: 6,  // position
	0x0a: 2,  // pulses
	0x0b: 4,  // pulses since the beginning
	0x0c: 2,  // outer temperature
	0x0d: 1,  // digital input
	0x0e: 2,  // distance
	0x0f: 1,  // movements of the device
	0x10: 4,  // infrared temperatures
	0x11: 1,  // 0 nobody, 1 entering or leaving, 2 occupied
	0x12: 1,  // water
	0x13: 65, // infrared image
	0x14: 4,  // pressure
	0x15: 2,  // sound
	0x16: 2,  // pulses of the second input
	0x17: 4,  // the same since the beginning
	0x18: 2,  // second analogue input
	0x19: 2,  // second outer temperature
	0x1a: 1,  // second digital input
	0x1b: 4,  // analogue input in microvolts
	0x1c: 2,  // volatile organic compounds
	0x3d: 4,  // for the maker
}

// elsysPart is the length of a value by its type, the lower six bits of its name. The upper two say how many bytes
// come before it of how long ago it was measured, as of what waited in the device to be sent.
func elsysPart(name []byte) (length int, known bool) {
	ago := int(name[0] >> 6)
	length, known = elsys[name[0]&0x3f]
	return ago + length, known && ago < 3
}

const (
	elsysSettings     = 0x3e // a frame that begins so tells the device's settings
	elsysSettingsPort = 6    // by the maker's default on a port of their own; measurements come on 5
)

func readElsys(port number, frame []byte) (Reading, error) {
	if frame[0] == elsysSettings || port.Given && port.Value == elsysSettingsPort {
		return Reading{}, nil
	}
	var reading Reading
	err := walk(frame, 1, elsysPart, func(name, value []byte) error {
		switch name[0] { // what was measured before says nothing of now
		case 0x07:
			reading.Volts = float64(binary.BigEndian.Uint16(value)) / 1000
		case 0x11:
			switch value[0] {
			case 0, 2:
				reading.Occupied = is(value[0] == 2)
			case 1: // on the way in or out: the next message tells
			default:
				return unreadable("occupancy is none of 0, 1, 2")
			}
		}
		return nil
	})
	if err != nil {
		return Reading{}, err
	}
	return reading, nil
}
