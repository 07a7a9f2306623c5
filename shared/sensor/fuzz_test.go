package sensor_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/sensor"
)

// FuzzMessage: whatever arrives, it is a reading within bounds or a refusal with a short reason.
func FuzzMessage(f *testing.F) {
	f.Add("iotspot/d1/reading", []byte(`{"occupied":true,"at":"2026-11-22T08:59:30Z","battery":87,"seq":4711}`),
		"own")
	f.Add(sensor.LoRaWANTopic, []byte(awsUplink), "milesight-vs340")
	f.Add(sensor.LoRaWANTopic, []byte(awsPageUplink), "milesight-vs341")
	f.Add(sensor.LoRaWANTopic, []byte(uplink(`"FPort":102,`, "01BB340400DC7801")), "browan-tbms100")
	f.Add(sensor.LoRaWANTopic, []byte(uplink(`"FPort":1,`, "0100E2022903FE053F070E4E1102")), "elsys-ems-desk")
	f.Add(sensor.DisruptiveTopic,
		[]byte(`{"event":{"targetName":"projects/p/devices/d","eventType":"deskOccupancy","data":{"deskOccupancy":{"state":"OCCUPIED"}}}}`), "disruptive")
	f.Fuzz(func(t *testing.T, topic string, payload []byte, model string) {
		reading, err := read(topic, string(payload), sensor.Model(model))
		checkReading(t, reading, err)
	})
}

// FuzzFrame does the same with a device's own bytes, which the envelope's base64 would hide from the fuzzer.
func FuzzFrame(f *testing.F) {
	for _, frame := range []string{"\x01\x75\x64\x03\x00\x01", "\x01\xbb\x34\x04\x00\xdc\x78\x01",
		"\x01\x00\xe2\x02\x29\x11\x02", "\xff\x16\x01"} {
		for model := range sensor.Models {
			f.Add([]byte(frame), byte(model))
		}
	}
	f.Fuzz(func(t *testing.T, frame []byte, model byte) {
		reading, err := read(sensor.LoRaWANTopic, envelope("", frame),
			sensor.Model(sensor.Models[int(model)%len(sensor.Models)]))
		checkReading(t, reading, err)
	})
}

// FuzzOwn: the own format is read as it was written, and what is out of bounds is refused.
func FuzzOwn(f *testing.F) {
	for _, payload := range []string{`{"occupied":true,"at":"2026-11-22T08:59:30Z","battery":87,"seq":4711}`, `{}`,
		`{"occupied":null,"seq":9223372036854775808}`,
		`{"battery":-0.0}`, `{"battery":100.1}`, `{"at":"2026-11-22T08:59:30.5+25:00"}`,
		`{"Occupied":true,"occupied":false}`, `null`, `[]`, `"not a reading"`, ``} {
		f.Add([]byte(payload))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		reading, err := read("iotspot/d1/reading", string(payload), "own")
		checkReading(t, reading, err)
		if err != nil {
			return
		}
		var members struct {
			Occupied *bool
			Seq      int64
		}
		require.NoError(t, json.Unmarshal(payload, &members), "what is read is JSON to others too")
		require.Equal(t, members.Occupied, reading.Occupied)
		require.Equal(t, members.Seq, reading.Counter)
		require.Equal(t, "d1", reading.Hardware)
	})
}

func checkReading(t *testing.T, reading sensor.Reading, err error) {
	var unreadable *sensor.Unreadable
	if err != nil {
		require.ErrorAs(t, err, &unreadable)
		require.NotEmpty(t, unreadable.Reason)
		require.Less(t, len(unreadable.Reason), 200)
		return
	}
	id, ok := sensor.Hardware(reading.Hardware)
	require.True(t, ok)
	require.Equal(t, id, reading.Hardware)
	require.False(t, reading.Since.After(reading.At))
	require.Equal(t, reading.At, reading.At.UTC().Truncate(time.Second))
	require.GreaterOrEqual(t, reading.Counter, int64(0))
	if reading.Battery != nil {
		require.True(t, *reading.Battery >= 0 && *reading.Battery <= 100)
	}
}
