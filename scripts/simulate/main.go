// Command simulate lets the sensors of the example office live a working day on a running local stack: arrivals, lunches,
// desks at which nobody comes, messages that come twice, late or broken, and sensors that fall silent. It moves the
// stack's clock from one message to the next, beginning at the next eight o'clock.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"time"

	mqtt "github.com/eclipse/paho.mqtt.golang"

	"github.com/iotspot/iotspot/localstack/example"
)

func main() {
	console := flag.String("console", "http://127.0.0.1:8081", "the stack's console")
	broker := flag.String("mqtt", "tcp://127.0.0.1:1883", "the stack's MQTT broker")
	seed := flag.Uint64("seed", 1, "the same seed is the same day")
	pause := flag.Duration("pause", 20*time.Millisecond, "between two messages")
	flag.Parse()
	if err := live(*console, *broker, *seed, *pause); err != nil {
		fmt.Fprintln(os.Stderr, "simulate:", err)
		os.Exit(1)
	}
}

func live(console, broker string, seed uint64, pause time.Duration) error {
	locations, err := example.Locations()
	if err != nil {
		return err
	}
	now, err := clock(http.Get(console + "/clock"))
	if err != nil {
		return fmt.Errorf("the local stack's console: %w", err)
	}
	client := mqtt.NewClient(mqtt.NewClientOptions().AddBroker(broker).SetClientID("simulate").SetConnectTimeout(5 * time.Second))
	if token := client.Connect(); !token.WaitTimeout(5*time.Second) || token.Error() != nil {
		return fmt.Errorf("the local stack's broker: %v", token.Error())
	}
	defer client.Disconnect(250)
	for _, location := range locations {
		zone, err := time.LoadLocation(location.TimeZone)
		if err != nil {
			return err
		}
		day := simulate(location.Sensors, nextEight(now, zone), rand.New(rand.NewPCG(seed, 0)))
		if err := play(day, console, client, zone, pause); err != nil || len(day) > 0 {
			return err // one clock, so one place
		}
	}
	return fmt.Errorf("the example office has no sensors")
}

func play(day []publication, console string, client mqtt.Client, zone *time.Location, pause time.Duration) error {
	for _, p := range day {
		body, err := json.Marshal(map[string]string{"to": p.At.Format(time.RFC3339)})
		if err != nil {
			return err
		}
		now, err := clock(http.Get(console + "/clock"))
		if err == nil && now.Before(p.At) {
			_, err = clock(http.Post(console+"/clock", "application/json", bytes.NewReader(body)))
		}
		if err != nil {
			return fmt.Errorf("the local stack's clock: %w", err)
		}
		if token := client.Publish(p.Topic, 1, false, p.Payload); !token.WaitTimeout(5*time.Second) || token.Error() != nil {
			return fmt.Errorf("the local stack's broker: %v", token.Error())
		}
		fmt.Println(p.At.In(zone).Format("15:04:05"), p.What)
		time.Sleep(pause)
	}
	return nil
}

func clock(answer *http.Response, err error) (time.Time, error) {
	if err != nil {
		return time.Time{}, err
	}
	defer answer.Body.Close()
	var said struct{ Now time.Time }
	if answer.StatusCode != http.StatusOK {
		return time.Time{}, fmt.Errorf("answers %s", answer.Status)
	}
	err = json.NewDecoder(answer.Body).Decode(&said)
	return said.Now, err
}

func nextEight(now time.Time, zone *time.Location) time.Time {
	local := now.In(zone)
	eight := time.Date(local.Year(), local.Month(), local.Day(), 8, 0, 0, 0, zone)
	if eight.Before(now) {
		return time.Date(local.Year(), local.Month(), local.Day()+1, 8, 0, 0, 0, zone)
	}
	return eight
}
