package sensor

import (
	"encoding/binary"
	"time"
)

// milesight are the lengths of the channels that VS340 and VS341 are documented to send.
var milesight = map[[2]byte]int{
	{0x01, 0x75}: 1, // battery, %
	{0x03, 0x00}: 1, // 1 occupied, 0 vacant
	{0xff, 0x01}: 1, // IPSO version
	{0xff, 0x09}: 2, // hardware version
	{0xff, 0x0a}: 2, // firmware version
	{0xff, 0x0b}: 1, // switched on
	{0xff, 0x0f}: 1, // LoRaWAN class
	{0xff, 0x16}: 8, // serial number
	{0xff, 0xfe}: 1, // reset
	{0xff, 0xff}: 2, // TSL version
}

func readMilesight(frame []byte) (Reading, error) {
	var reading Reading
	for rest := frame; len(rest) > 0; {
		if len(rest) < 2 {
			return Reading{}, unreadable("the frame ends within a channel's name")
		}
		channel := [2]byte{rest[0], rest[1]}
		length, known := milesight[channel]
		if !known {
			return Reading{}, unreadable("channel %02x %02x is unknown, and with it where the next begins",
				channel[0], channel[1])
		}
		if rest = rest[2:]; len(rest) < length {
			return Reading{}, unreadable("the frame ends within channel %02x %02x", channel[0], channel[1])
		}
		value := rest[:length]
		rest = rest[length:]
		switch channel {
		case [2]byte{0x01, 0x75}:
			if value[0] > 100 {
				return Reading{}, unreadable("the battery is not between 0 and 100 %%")
			}
			percent := int(value[0])
			reading.Battery = &percent
		case [2]byte{0x03, 0x00}:
			if value[0] > 1 {
				return Reading{}, unreadable("occupancy is neither 0 nor 1")
			}
			reading.Occupied = is(value[0] == 1)
		}
	}
	return reading, nil
}

// browanFrame is the length of a state frame of TBMS100.
const browanFrame = 8

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

// elsys are the lengths of the values that EMS Desk is documented to send.
var elsys = map[byte]int{
	0x01: 2, // temperature
	0x02: 1, // humidity
	0x03: 3, // x, y, z
	0x07: 2, // battery, mV
	0x11: 1, // 0 nobody, 1 entering or leaving, 2 occupied
}

func readElsys(frame []byte) (Reading, error) {
	var reading Reading
	for rest := frame; len(rest) > 0; {
		kind := rest[0]
		length, known := elsys[kind]
		if !known {
			return Reading{}, unreadable("value %02x is unknown, and with it where the next begins", kind)
		}
		if rest = rest[1:]; len(rest) < length {
			return Reading{}, unreadable("the frame ends within value %02x", kind)
		}
		value := rest[:length]
		rest = rest[length:]
		switch kind {
		case 0x07:
			reading.Volts = float64(binary.BigEndian.Uint16(value)) / 1000
		case 0x11:
			switch value[0] {
			case 0, 2:
				reading.Occupied = is(value[0] == 2)
			case 1: // on the way in or out: the next message tells
			default:
				return Reading{}, unreadable("occupancy is none of 0, 1, 2")
			}
		}
	}
	return reading, nil
}
