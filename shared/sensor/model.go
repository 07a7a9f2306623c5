package sensor

import "time"

// A Model is how a device's own bytes are to be read; a sensor is registered with it.
type Model string

// The models.
const (
	MilesightVS340 Model = "milesight-vs340"
	MilesightVS341 Model = "milesight-vs341"
	BrowanTBMS100  Model = "browan-tbms100"
	ElsysEMSDesk   Model = "elsys-ems-desk"
	Disruptive     Model = "disruptive"
	Own            Model = "own"
)

// Models are the names of all models, as the API, an import file and a stored sensor have them.
var Models = []string{string(MilesightVS340), string(MilesightVS341), string(BrowanTBMS100), string(ElsysEMSDesk),
	string(Disruptive), string(Own)}

// A profile is what is known of a model's devices.
type profile struct {
	overLoRaWAN bool
	// heartbeat is the longest time after which one says that it is alive when nothing changes, as its maker sets it.
	heartbeat time.Duration
}

var profiles = map[Model]profile{
	// Milesight's codec of the VS341 (Milesight-IoT/SensorDecoders, vs-series/vs341): report_interval, 60 minutes.
	MilesightVS340: {overLoRaWAN: true, heartbeat: time.Hour},
	MilesightVS341: {overLoRaWAN: true, heartbeat: time.Hour},
	// Reference manual BQW_02_0006, 3.2: each hour while vacant, each 10 minutes while occupied.
	BrowanTBMS100: {overLoRaWAN: true, heartbeat: time.Hour},
	// Elsys' NFC settings specification: SplPer times SendPer, as it is ordered; where nothing is known, an hour.
	ElsysEMSDesk: {overLoRaWAN: true, heartbeat: time.Hour},
	// Disruptive Technologies' support, "Desk Occupancy Sensor": a fixed interval of 5 minutes.
	Disruptive: {heartbeat: 5 * time.Minute},
	// Our own format asks for a message an hour.
	Own: {heartbeat: time.Hour},
}

// OverLoRaWAN reports whether devices of this model send over LoRaWAN, where a device is known by its DevEui.
func (m Model) OverLoRaWAN() bool { return profiles[m].overLoRaWAN }

// Silence is after how long without a word a sensor of this model is not believed any more, where its location allows
// for so much: it may miss two of its beats and be late with the third, whatever the location allows.
func (m Model) Silence(allowed time.Duration) time.Duration {
	known, ok := profiles[m]
	if !ok {
		return Silence(allowed)
	}
	return max(allowed, known.silence())
}

// Silence is that of a sensor whose model isn't known, as one that has said nothing yet today: that of the
// slowest model.
func Silence(allowed time.Duration) time.Duration {
	for _, p := range profiles {
		allowed = max(allowed, p.silence())
	}
	return allowed
}

func (p profile) silence() time.Duration { return p.heartbeat * 5 / 2 }
