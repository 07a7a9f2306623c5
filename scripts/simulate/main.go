// Command simulate lets sensors live a working day: arrivals, lunches, desks at which nobody comes, messages that
// come twice, late or broken, and sensors that fall silent. On a running local stack they are those of the example
// office, and the stack's clock is moved from one message to the next, beginning at the next eight o'clock. With
// -things it speaks to a real endpoint, one connection for each device with its own certificate, beginning now and in
// real time:
//
//	go run ./scripts/simulate
//	go run ./scripts/simulate -mqtt ssl://…-ats.iot.eu-west-1.amazonaws.com:8883 -things things
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"time"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/shared/civil"
)

func main() {
	console := flag.String("console", "http://127.0.0.1:8081", "the local stack's console")
	broker := flag.String("mqtt", "tcp://127.0.0.1:1883", "the MQTT broker")
	things := flag.String("things", "", "folder of keys and certificates that scripts/provision wrote: their "+
		"devices, in real time")
	authority := flag.String("ca", "", "file of the certificates that the endpoint is trusted by; the system's "+
		"where it is not given")
	seed := flag.Uint64("seed", 1, "the same seed is the same day")
	pause := flag.Duration("pause", 20*time.Millisecond, "between two messages, on the local stack")
	flag.Parse()
	random := rand.New(rand.NewPCG(*seed, 0))
	err := func() error {
		if *things != "" {
			return live(*things, *broker, *authority, random)
		}
		return play(*console, *broker, random, *pause)
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, "simulate:", err)
		os.Exit(1)
	}
}

// play lives the day of the example office on the local stack.
func play(console, broker string, random *rand.Rand, pause time.Duration) error {
	locations, err := example.Locations()
	if err != nil {
		return err
	}
	moved := clock(console)
	now, err := moved.now()
	if err != nil {
		return err
	}
	device, err := connect(broker, "simulate", nil)
	if err != nil {
		return err
	}
	defer device.Disconnect(250)
	for _, location := range locations {
		if len(location.Sensors) == 0 {
			continue
		}
		zone, err := civil.LoadZone(location.TimeZone)
		if err != nil {
			return err
		}
		for _, p := range simulate(location.Sensors, nextEight(now, zone.Location()), random) {
			if err := moved.to(p.At); err != nil {
				return err
			}
			if err := publish(device, p); err != nil {
				return err
			}
			fmt.Println(zone.In(p.At).Format("15:04:05"), p.What)
			time.Sleep(pause)
		}
		return nil // one clock, so one place
	}
	return fmt.Errorf("the example office has no sensors")
}

func nextEight(now time.Time, zone *time.Location) time.Time {
	local := now.In(zone)
	eight := time.Date(local.Year(), local.Month(), local.Day(), 8, 0, 0, 0, zone)
	if eight.Before(now) {
		return time.Date(local.Year(), local.Month(), local.Day()+1, 8, 0, 0, 0, zone)
	}
	return eight
}
