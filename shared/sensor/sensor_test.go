package sensor_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/sensor"
)

var received = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// awsUplink is what AWS delivers, with numbers as numbers.
const awsUplink = `{"WirelessDeviceId":"57728ff8-5d1d-4130-9de2-f004d8722bc2","PayloadData":"AXVkAwAB","WirelessMetadata":{"LoRaWAN":{"DataRate":0,"DevEui":"a84041d55182720b","FPort":85,"Frequency":867900000,"Gateways":[{"GatewayEui":"dca632fffe45b3c0","Rssi":-76,"Snr":9.75}],"Timestamp":"2020-12-07T14:41:48Z"}}}`

// awsPageUplink is the same as AWS's own page writes it, in other case, with strings and a frame counter.
const awsPageUplink = `{"wirelessDeviceId":"57728ff8-5d1d-4130-9de2-f004d8722bc2","payloadData":"AXVkAwAB","wirelessMetadata":{"lorawan":{"DataRate":"0","DevEui":"A84041D55182720B","FCnt":"4711","Fport":"85","Frequency":"867900000","Gateways":[{"GatewayEui":"dca632fffe45b3c0","Rssi":-76,"Snr":9.75}],"timestamp":"2020-12-07T14:41:48Z"}}}`

func uplink(port, frame string) string {
	raw, err := hex.DecodeString(strings.ReplaceAll(frame, " ", ""))
	if err != nil {
		panic(err)
	}
	return envelope(port, raw)
}

func envelope(port string, frame []byte) string {
	return fmt.Sprintf(`{"PayloadData":%q,"WirelessMetadata":{"LoRaWAN":{"DevEui":"a84041d55182720b","FCnt":7,%s"Timestamp":"2026-11-22T08:59:30Z"}}}`,
		base64.StdEncoding.EncodeToString(frame), port)
}

func read(topic, payload string, model sensor.Model) (sensor.Reading, error) {
	message, err := sensor.Open(topic, []byte(payload), received)
	if err != nil {
		return sensor.Reading{}, err
	}
	return message.Read(model)
}

func occupied(o bool) *bool { return &o }
func percent(p int) *int    { return &p }

func TestWhatRealSensorsSendIsRead(t *testing.T) {
	at := time.Date(2026, 11, 22, 8, 59, 30, 0, time.UTC)
	aws := time.Date(2020, 12, 7, 14, 41, 48, 0, time.UTC)
	const dt = `"targetName":"projects/c0md3mm0c7bet3vico8g/devices/bchonod7rihjtvdmd2vg"`
	lora := func(r sensor.Reading) sensor.Reading {
		r.Hardware, r.Counter, r.At = "a84041d55182720b", 7, at
		if r.Since.IsZero() {
			r.Since = at
		}
		return r
	}
	for name, c := range map[string]struct {
		topic, payload string
		model          sensor.Model
		want           sensor.Reading
	}{
		"Milesight in AWS's envelope": {sensor.LoRaWANTopic, awsUplink, sensor.MilesightVS341,
			sensor.Reading{Hardware: "a84041d55182720b", Occupied: occupied(true), Battery: percent(100), At: aws,
				Since: aws}},
		"the same as AWS's page writes it": {sensor.LoRaWANTopic, awsPageUplink, sensor.MilesightVS340,
			sensor.Reading{Hardware: "a84041d55182720b", Occupied: occupied(true), Battery: percent(100), At: aws,
				Since: aws, Counter: 4711}},
		"Milesight vacant": {sensor.LoRaWANTopic, uplink(`"FPort":85,`, "01 75 64 03 00 00"), sensor.MilesightVS340,
			lora(sensor.Reading{Occupied: occupied(false), Battery: percent(100)})},
		"Milesight battery alone": {sensor.LoRaWANTopic, uplink(`"FPort":85,`, "01 75 5a"), sensor.MilesightVS340,
			lora(sensor.Reading{Battery: percent(90)})},
		"Milesight when it is switched on": {sensor.LoRaWANTopic,
			uplink(`"FPort":85,`, "ff0bff ff0101 ff166445d1234567ffff ff090100 ff0a0101 ff0f00 030001"),
			sensor.MilesightVS341,
			lora(sensor.Reading{Occupied: occupied(true)})},
		"Milesight's answer to a downlink": {sensor.LoRaWANTopic, uplink(`"FPort":85,`, "fe8e003c00"),
			sensor.MilesightVS341, lora(sensor.Reading{})},
		"Milesight's answer to a downlink before the state": {sensor.LoRaWANTopic,
			uplink(`"FPort":85,`, "ff8e003c00 030001"), sensor.MilesightVS341,
			lora(sensor.Reading{Occupied: occupied(true)})},
		"Milesight's answers between two states, of which the later counts": {sensor.LoRaWANTopic,
			uplink(`"FPort":85,`, "030001 ffbd3c00 fe1001 030000"), sensor.MilesightVS340,
			lora(sensor.Reading{Occupied: occupied(false)})},
		"Milesight with a battery that it doesn't know": {sensor.LoRaWANTopic,
			uplink(`"FPort":85,`, "0175ff 030001"), sensor.MilesightVS341,
			lora(sensor.Reading{Occupied: occupied(true)})},
		"Milesight with a battery that can't be": {sensor.LoRaWANTopic,
			uplink(`"FPort":85,`, "0175c8 030000"), sensor.MilesightVS340,
			lora(sensor.Reading{Occupied: occupied(false)})},
		"Milesight with a temperature, which this model doesn't have": {sensor.LoRaWANTopic,
			uplink(`"FPort":85,`, "04671001 030001"), sensor.MilesightVS340,
			lora(sensor.Reading{Occupied: occupied(true)})},
		"Milesight's answers that its decoder of the VS341 knows, before the state": {sensor.LoRaWANTopic,
			uplink(`"FPort":85,`, "fe2f01 ff952c01 ff980105000000 ff990114000a0b feb2f6 030001"),
			sensor.MilesightVS341,
			lora(sensor.Reading{Occupied: occupied(true)})},
		"Milesight before a part of unknown length": {sensor.LoRaWANTopic,
			uplink(`"FPort":85,`, "017564 030001 ff77 010203"), sensor.MilesightVS340,
			lora(sensor.Reading{Occupied: occupied(true), Battery: percent(100)})},
		"Browan": {sensor.LoRaWANTopic, uplink(`"FPort":102,`, "01 BB 34 04 00 DC 78 01"), sensor.BrowanTBMS100,
			lora(sensor.Reading{Occupied: occupied(true), Volts: 3.6})},
		"Browan vacant for four minutes": {sensor.LoRaWANTopic, uplink(`"FPort":102,`, "00 BB 34 04 00 DC 78 01"),
			sensor.BrowanTBMS100,
			lora(sensor.Reading{Occupied: occupied(false), Volts: 3.6, Since: at.Add(-4 * time.Minute)})},
		"Browan by a network that leaves the port out": {sensor.LoRaWANTopic, uplink("", "01 BB 34 04 00 DC 78 01"),
			sensor.BrowanTBMS100,
			lora(sensor.Reading{Occupied: occupied(true), Volts: 3.6})},
		"Elsys occupied": {sensor.LoRaWANTopic, uplink(`"FPort":1,`, "0100E2 0229 03FE053F 070E4E 1102"),
			sensor.ElsysEMSDesk,
			lora(sensor.Reading{Occupied: occupied(true), Volts: 3.662})},
		"Elsys nobody": {sensor.LoRaWANTopic, uplink(`"FPort":"1",`, "1100"), sensor.ElsysEMSDesk,
			lora(sensor.Reading{Occupied: occupied(false)})},
		"Elsys entering or leaving says neither": {sensor.LoRaWANTopic, uplink(`"FPort":1,`, "1101"),
			sensor.ElsysEMSDesk,
			lora(sensor.Reading{})},
		"Elsys on the maker's own port, with motion": {sensor.LoRaWANTopic,
			uplink(`"FPort":5,`, "0100E2 0229 030127FE 0507 070E2A 1102"), sensor.ElsysEMSDesk,
			lora(sensor.Reading{Occupied: occupied(true), Volts: 3.626})},
		"Elsys with a digital input behind the occupancy": {sensor.LoRaWANTopic,
			uplink(`"FPort":1,`, "1102 0D01"), sensor.ElsysEMSDesk,
			lora(sensor.Reading{Occupied: occupied(true)})},
		"Elsys with movements of the desk": {sensor.LoRaWANTopic,
			uplink(`"FPort":1,`, "0100E2 0229 0F03 070E2A 1102"), sensor.ElsysEMSDesk,
			lora(sensor.Reading{Occupied: occupied(true), Volts: 3.626})},
		"Elsys on a port that the customer has set": {sensor.LoRaWANTopic,
			uplink(`"FPort":42,`, "1100"), sensor.ElsysEMSDesk, lora(sensor.Reading{Occupied: occupied(false)})},
		"Elsys with what it measured one and ten minutes before": {sensor.LoRaWANTopic,
			uplink(`"FPort":5,`, "51 3C 00 81 0258 00E2 1102"), sensor.ElsysEMSDesk,
			lora(sensor.Reading{Occupied: occupied(true)})},
		"Elsys with what it measured before alone": {sensor.LoRaWANTopic, uplink(`"FPort":5,`, "51 3C 02"),
			sensor.ElsysEMSDesk, lora(sensor.Reading{})},
		"Elsys before a type that isn't documented": {sensor.LoRaWANTopic,
			uplink(`"FPort":5,`, "1102 3701"), sensor.ElsysEMSDesk, lora(sensor.Reading{Occupied: occupied(true)})},
		"Elsys' settings, on their own port": {sensor.LoRaWANTopic,
			uplink(`"FPort":6,`, "3E4F0708"), sensor.ElsysEMSDesk, lora(sensor.Reading{})},
		"Elsys' settings, beside a port of the customer's": {sensor.LoRaWANTopic,
			uplink(`"FPort":2,`, "3E110200"), sensor.ElsysEMSDesk, lora(sensor.Reading{})},
		"Disruptive occupied": {sensor.DisruptiveTopic,
			`{"event":{"eventId":"c",` + dt +
				`,"eventType":"deskOccupancy","data":{"deskOccupancy":{"state":"OCCUPIED","updateTime":"2026-11-22T08:59:30.412Z"}},"timestamp":"2026-11-22T08:59:31Z"},"labels":{}}`,
			sensor.Disruptive, sensor.Reading{Hardware: "bchonod7rihjtvdmd2vg", Occupied: occupied(true), At: at,
				Since: at}},
		"Disruptive vacant, bare": {sensor.DisruptiveTopic,
			`{` + dt +
				`,"eventType":"deskOccupancy","data":{"deskOccupancy":{"state":"NOT_OCCUPIED","updateTime":"2026-11-22T09:59:30+01:00"}}}`,
			sensor.Disruptive, sensor.Reading{Hardware: "bchonod7rihjtvdmd2vg", Occupied: occupied(false), At: at,
				Since: at}},
		"Disruptive battery": {sensor.DisruptiveTopic,
			`{` + dt +
				`,"eventType":"batteryStatus","data":{"batteryStatus":{"percentage":87,"updateTime":"2026-11-22T08:59:30Z"}}}`,
			sensor.Disruptive, sensor.Reading{Hardware: "bchonod7rihjtvdmd2vg", Battery: percent(87), At: at,
				Since: at}},
		"Disruptive sign of life, dated by the event": {sensor.DisruptiveTopic,
			`{` + dt +
				`,"eventType":"networkStatus","data":{"networkStatus":{"signalStrength":53}},"timestamp":"2026-11-22T08:59:30Z"}`,
			sensor.Disruptive, sensor.Reading{Hardware: "bchonod7rihjtvdmd2vg", At: at, Since: at}},
		"own format": {"iotspot/Desk-3_14/reading",
			`{"occupied":true,"at":"2026-11-22T08:59:30Z","battery":87,"seq":4711}`,
			sensor.Own, sensor.Reading{Hardware: "desk-3_14", Occupied: occupied(true), Battery: percent(87),
				Counter: 4711, At: at, Since: at}},
		"own format without a clock": {"iotspot/d1/reading", `{"occupied":false}`,
			sensor.Own, sensor.Reading{Hardware: "d1", Occupied: occupied(false), At: received, Since: received}},
		"own format as a sign of life": {"iotspot/d1/reading", `{}`, sensor.Own,
			sensor.Reading{Hardware: "d1", At: received, Since: received}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := read(c.topic, c.payload, c.model)
			require.NoError(t, err)
			require.Equal(t, c.want, got)
		})
	}
}

func TestWhatCanNotBeReadIsRefusedWithAReason(t *testing.T) {
	const dt = `"targetName":"projects/p/devices/d"`
	for name, c := range map[string]struct {
		topic, payload string
		model          sensor.Model
		reason         string
	}{
		"a topic of nobody":        {"weather/today", `{}`, sensor.Own, "no sensor publishes"},
		"an empty sensor id":       {"iotspot//reading", `{}`, sensor.Own, "sensor id is malformed"},
		"a sensor id with a slash": {"iotspot/a/b/reading", `{}`, sensor.Own, "sensor id is malformed"},
		"a sensor id with a hash":  {"iotspot/a#b/reading", `{}`, sensor.Own, "sensor id is malformed"},
		"a message of a megabyte": {"iotspot/a/reading", strings.Repeat(" ", 1<<20), sensor.Own,
			"larger than"},
		"own, not JSON":              {"iotspot/a/reading", `occupied`, sensor.Own, "not JSON"},
		"own, cut off":               {"iotspot/a/reading", `{"occupied":tr`, sensor.Own, "not JSON"},
		"own, two messages in one":   {"iotspot/a/reading", `{"occupied":true}{}`, sensor.Own, "not JSON"},
		"own, a word for occupied":   {"iotspot/a/reading", `{"occupied":"yes"}`, sensor.Own, "wrong type"},
		"own, a list":                {"iotspot/a/reading", `[]`, sensor.Own, "wrong type"},
		"own, battery of 101 %":      {"iotspot/a/reading", `{"battery":101}`, sensor.Own, "battery"},
		"own, seq below zero":        {"iotspot/a/reading", `{"seq":-1}`, sensor.Own, "seq"},
		"own, seq that is too large": {"iotspot/a/reading", `{"seq":1e30}`, sensor.Own, "wrong type"},
		"own, a date of no calendar": {"iotspot/a/reading", `{"at":"2026-02-30T10:00:00Z"}`, sensor.Own,
			"RFC 3339"},
		"own, the year one": {"iotspot/a/reading", `{"at":"0001-01-01T00:00:00Z"}`, sensor.Own,
			"RFC 3339"},
		"LoRaWAN, not JSON":      {sensor.LoRaWANTopic, `AXVk`, sensor.MilesightVS340, "not JSON"},
		"LoRaWAN, nothing in it": {sensor.LoRaWANTopic, `{}`, sensor.MilesightVS340, "is missing"},
		"LoRaWAN, no radio": {sensor.LoRaWANTopic, `{"PayloadData":"AXVk"}`, sensor.MilesightVS340,
			"is missing"},
		"LoRaWAN, no DevEui": {sensor.LoRaWANTopic,
			`{"PayloadData":"AXVk","WirelessMetadata":{"LoRaWAN":{}}}`, sensor.MilesightVS340, "DevEui"},
		"LoRaWAN, payload not base64": {sensor.LoRaWANTopic, strings.Replace(awsUplink, "AXVkAwAB", "AXVk*", 1),
			sensor.MilesightVS340, "base64"},
		"LoRaWAN, an impossible frame": {sensor.LoRaWANTopic,
			uplink(`"FPort":85,`, strings.Repeat("017564", 81)), sensor.MilesightVS340, "larger than a frame"},
		"LoRaWAN, FPort of words": {sensor.LoRaWANTopic, uplink(`"FPort":"many",`, "017564"),
			sensor.MilesightVS340, "not a whole number"},
		"LoRaWAN, FCnt below zero": {sensor.LoRaWANTopic, uplink(`"Fcnt":-7,"FPort":85,`, "017564"),
			sensor.MilesightVS340, "not a whole number"},
		"LoRaWAN, FPort 0": {sensor.LoRaWANTopic, uplink(`"FPort":0,`, "017564"),
			sensor.MilesightVS340, "not for applications"},
		"LoRaWAN, a time of words": {sensor.LoRaWANTopic,
			strings.Replace(awsUplink, "2020-12-07T14:41:48Z", "yesterday", 1), sensor.MilesightVS340, "RFC 3339"},
		"LoRaWAN, no frame": {sensor.LoRaWANTopic, uplink(`"FPort":85,`, ""), sensor.MilesightVS340,
			"empty"},
		"LoRaWAN, a model of another kind": {sensor.LoRaWANTopic, awsUplink, sensor.Own, "registered as a model"},
		"LoRaWAN, a model that nobody has": {sensor.LoRaWANTopic, awsUplink, "crystal-ball",
			"registered as a model"},
		"Milesight, half a channel's name": {sensor.LoRaWANTopic, uplink(`"FPort":85,`, "01 75 64 03"),
			sensor.MilesightVS340, "within a part's name"},
		"Milesight, a channel without data": {sensor.LoRaWANTopic, uplink(`"FPort":85,`, "01 75 64 03 00"),
			sensor.MilesightVS340, "within part 0300"},
		"Milesight, an unknown channel": {sensor.LoRaWANTopic, uplink(`"FPort":85,`, "03 99 10 01 03 00 01"),
			sensor.MilesightVS340, "part 0399 is unknown"},
		"Milesight, two occupants": {sensor.LoRaWANTopic, uplink(`"FPort":85,`, "03 00 02"),
			sensor.MilesightVS340, "neither 0 nor 1"},
		"Browan on another port": {sensor.LoRaWANTopic, uplink(`"FPort":204,`, "01 BB 34 04 00 DC 78 01"),
			sensor.BrowanTBMS100, "FPort is 204"},
		"Browan, cut off": {sensor.LoRaWANTopic, uplink(`"FPort":102,`, "01 BB 34 04 00 DC 78"),
			sensor.BrowanTBMS100, "8 bytes and this one 7"},
		"Browan, too long": {sensor.LoRaWANTopic,
			uplink(`"FPort":102,`, "01 BB 34 04 00 DC 78 01 00"), sensor.BrowanTBMS100, "8 bytes and this one 9"},
		"Elsys, cut off": {sensor.LoRaWANTopic, uplink(`"FPort":1,`, "1102 01 00"),
			sensor.ElsysEMSDesk, "within part 01"},
		"Elsys, an unknown value": {sensor.LoRaWANTopic, uplink(`"FPort":1,`, "37 01"), sensor.ElsysEMSDesk,
			"part 37 is unknown"},
		"Elsys, three": {sensor.LoRaWANTopic, uplink(`"FPort":1,`, "1103"), sensor.ElsysEMSDesk,
			"none of 0, 1, 2"},
		"Disruptive, not JSON": {sensor.DisruptiveTopic, `x`, sensor.Disruptive, "not JSON"},
		"Disruptive, no device": {sensor.DisruptiveTopic, `{"eventType":"networkStatus"}`,
			sensor.Disruptive, "device id"},
		"Disruptive, another event": {sensor.DisruptiveTopic, `{` + dt +
			`,"eventType":"temperature","data":{}}`, sensor.Disruptive, "event's type"},
		"Disruptive, no data": {sensor.DisruptiveTopic, `{` + dt +
			`,"eventType":"deskOccupancy","data":{}}`, sensor.Disruptive, "event's type"},
		"Disruptive, another state": {sensor.DisruptiveTopic, `{` + dt +
			`,"eventType":"deskOccupancy","data":{"deskOccupancy":{"state":"MAYBE"}}}`, sensor.Disruptive,
			"neither OCCUPIED"},
		"Disruptive, battery below zero": {sensor.DisruptiveTopic, `{` + dt +
			`,"eventType":"batteryStatus","data":{"batteryStatus":{"percentage":-1}}}`, sensor.Disruptive, "battery"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := read(c.topic, c.payload, c.model)
			var unreadable *sensor.Unreadable
			require.ErrorAs(t, err, &unreadable)
			require.Contains(t, unreadable.Reason, c.reason)
		})
	}
}

func TestAReasonQuotesNothingOfTheMessage(t *testing.T) {
	const private = "Jane"
	for topic, payload := range map[string]string{
		"iotspot/" + private + " Doe/reading": `{}`,
		"iotspot/a/reading":                   `{"at":"` + private + `"}`,
		sensor.LoRaWANTopic: `{"PayloadData":"` + private +
			`!","WirelessMetadata":{"LoRaWAN":{"DevEui":"` + private + `"}}}`,
		sensor.DisruptiveTopic: `{"eventType":"` + private + `"}`,
	} {
		_, err := read(topic, payload, sensor.Own)
		require.Error(t, err)
		require.NotContains(t, err.Error(), private)
	}
}

func TestAMessageIsTakenOnlyFromTheModelThatSendsOnItsTopic(t *testing.T) {
	messages := map[sensor.Model]func() (sensor.Message, error){
		sensor.Own: func() (sensor.Message, error) {
			return sensor.Open("iotspot/a84041d55182720b/reading", []byte(`{"occupied":true}`), received)
		},
		sensor.Disruptive: func() (sensor.Message, error) {
			return sensor.Open(sensor.DisruptiveTopic, []byte(`{"targetName":"projects/p/devices/a84041d55182720b",`+
				`"eventType":"deskOccupancy","data":{"deskOccupancy":{"state":"OCCUPIED"}}}`), received)
		},
		sensor.MilesightVS341: func() (sensor.Message, error) {
			return sensor.Open(sensor.LoRaWANTopic, []byte(awsUplink), received)
		},
	}
	for sender, open := range messages {
		for _, name := range sensor.Models {
			registered := sensor.Model(name)
			message, err := open()
			require.NoError(t, err)
			_, err = message.Read(registered)
			switch {
			case registered == sender:
				require.NoError(t, err, sender)
			case registered.OverLoRaWAN() && sender.OverLoRaWAN(): // told apart by their bytes
			default:
				require.Error(t, err, "sent as %s, registered as %s", sender, registered)
			}
		}
	}
}
