package sensor_test

import (
	"fmt"
	"time"

	"github.com/iotspot/iotspot/shared/sensor"
)

// A message is opened to see who sent it, and read once that sensor's model is known. The bytes are Milesight's:
// battery 100 %, occupied.
func ExampleOpen() {
	uplink := []byte(`{"PayloadData":"AXVkAwAB","WirelessMetadata":{"LoRaWAN":{"DevEui":"a84041d55182720b","FCnt":7,
		"FPort":85,"Timestamp":"2026-11-25T08:59:30Z"}}}`)
	message, err := sensor.Open("lorawan/uplink", uplink, time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC))
	if err != nil {
		fmt.Println(err)
		return
	}
	reading, err := message.Read(sensor.MilesightVS341)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(reading.Hardware, "occupied:", *reading.Occupied, "battery:", *reading.Battery)
	_, err = message.Read(sensor.BrowanTBMS100)
	fmt.Println(err)
	// Output:
	// a84041d55182720b occupied: true battery: 100
	// sensor: FPort is 85 and this model sends its state on 102
}
