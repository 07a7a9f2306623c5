package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/shared/sensor"
)

// A publication is one MQTT message and when it reaches the broker.
type publication struct {
	Device  string
	At      time.Time
	Topic   string
	Payload []byte
	What    string // for whoever watches
}

// A device is one sensor over a day.
type device struct {
	example.Sensor
	count  int
	random *rand.Rand
}

// shifts are when somebody sits at a desk, in minutes after the day's beginning at eight: a morning, lunch, an
// afternoon.
func (d *device) shifts() [][2]int {
	switch d.random.IntN(5) {
	case 0:
		return nil // nobody comes
	case 1:
		return [][2]int{{d.random.IntN(90), 200 + d.random.IntN(60)}} // a morning
	}
	lunch := 230 + d.random.IntN(60)
	return [][2]int{{d.random.IntN(90), lunch}, {lunch + 25 + d.random.IntN(30), 480 + d.random.IntN(120)}}
}

// simulate is a working day of an office's sensors from eight o'clock on, in the order of arrival: each says when
// that changes whether somebody sits there, and every half hour that it lives. Of a hundred messages about five come
// twice, five late, and one broken; one sensor in ten falls silent.
func simulate(sensors []example.Sensor, eight time.Time, random *rand.Rand) []publication {
	var all []publication
	for _, s := range sensors {
		d := &device{Sensor: s, random: random}
		all = append(all, d.day(eight)...)
	}
	slices.SortStableFunc(all, func(a, b publication) int { return a.At.Compare(b.At) })
	return all
}

func (d *device) day(eight time.Time) []publication {
	shifts, silentFrom := d.shifts(), 24*60
	if d.random.IntN(10) == 0 {
		silentFrom = 60 + d.random.IntN(300)
	}
	var said []publication
	before := false
	for minute := range 11 * 60 {
		seated := slices.ContainsFunc(shifts, func(s [2]int) bool { return minute >= s[0] && minute < s[1] })
		if minute >= silentFrom {
			break
		}
		if seated != before || minute%30 == 0 {
			said = append(said, d.say(seated, eight.Add(time.Duration(minute)*time.Minute))...)
		}
		before = seated
	}
	return said
}

// say is one message, and what the air and the network make of it.
func (d *device) say(seated bool, at time.Time) []publication {
	d.count++
	word := "vacant"
	if seated {
		word = "occupied"
	}
	topic, payload := d.message(seated, at)
	one := publication{d.ID, at, topic, payload, d.ID + " " + word}
	switch dice := d.random.IntN(100); {
	case dice < 5:
		again := one
		again.At, again.What = at.Add(2*time.Second), one.What+", twice"
		return []publication{one, again}
	case dice < 10:
		one.At, one.What = at.Add(time.Duration(1+d.random.IntN(20))*time.Minute), one.What+", late"
	case dice < 11:
		one.Payload, one.What = payload[:len(payload)/2], d.ID+" broken"
	}
	return []publication{one}
}

func (d *device) message(seated bool, at time.Time) (topic string, payload []byte) {
	bit := byte(0)
	if seated {
		bit = 1
	}
	switch sensor.Model(d.Model) {
	case sensor.MilesightVS340, sensor.MilesightVS341:
		return sensor.LoRaWANTopic, d.uplink(85, at, []byte{0x01, 0x75, 0x5a, 0x03, 0x00, bit})
	case sensor.BrowanTBMS100:
		return sensor.LoRaWANTopic, d.uplink(102, at, []byte{bit, 0xbb, 0x34, 0x00, 0x00, byte(d.count), 0x00, 0x00})
	case sensor.ElsysEMSDesk:
		return sensor.LoRaWANTopic, d.uplink(1, at, []byte{0x07, 0x0e, 0x4e, 0x11, 2 * bit})
	case sensor.Disruptive:
		state := map[bool]string{true: "OCCUPIED", false: "NOT_OCCUPIED"}[seated]
		return sensor.DisruptiveTopic, encode(map[string]any{"event": map[string]any{"eventType": "deskOccupancy",
			"targetName": "projects/example/devices/" + d.ID,
			"data": map[string]any{"deskOccupancy": map[string]any{"state": state,
				"updateTime": at.UTC().Format(time.RFC3339)}}}})
	}
	return "iotspot/" + d.ID + "/reading", encode(map[string]any{"occupied": seated,
		"at": at.UTC().Format(time.RFC3339), "battery": 90, "seq": d.count})
}

func (d *device) uplink(port int, at time.Time, frame []byte) []byte {
	return encode(map[string]any{"WirelessDeviceId": "00000000-0000-4000-8000-" + strings.Repeat("0", 12),
		"PayloadData": base64.StdEncoding.EncodeToString(frame),
		"WirelessMetadata": map[string]any{"LoRaWAN": map[string]any{"DevEui": d.ID, "FPort": port,
			"FCnt":      fmt.Sprint(d.count),
			"Timestamp": at.UTC().Format(time.RFC3339)}}})
}

func encode(value any) []byte {
	payload, err := json.Marshal(value)
	if err != nil {
		panic(err) // maps of texts, numbers and truths
	}
	return payload
}
