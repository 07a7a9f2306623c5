package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	mqtt "github.com/eclipse/paho.mqtt.golang"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/shared/sensor"
)

// live lives the day of the provisioned devices at a real endpoint, from now on. A message that can't be sent is
// told, and the day goes on, as a device does.
func live(folder, broker, authority string, random *rand.Rand) error {
	sensors, err := provisioned(folder)
	if err != nil {
		return err
	}
	devices, err := connected(sensors, folder, broker, authority)
	for _, device := range devices {
		defer device.Disconnect(250)
	}
	if err != nil {
		return err
	}
	for _, p := range simulate(sensors, time.Now(), random) {
		time.Sleep(time.Until(p.At))
		if err := publish(devices[p.Device], p); err != nil {
			fmt.Println(p.At.Format("15:04:05"), p.What, "NOT SENT:", err)
			continue
		}
		fmt.Println(p.At.Format("15:04:05"), p.What)
	}
	return nil
}

// connected connects each device as itself. Where one can't, those that could are given with the error.
func connected(sensors []example.Sensor, folder, broker, authority string) (map[string]mqtt.Client, error) {
	devices := map[string]mqtt.Client{}
	roots, err := trusted(authority)
	if err != nil {
		return devices, err
	}
	for _, s := range sensors {
		pair, err := tls.LoadX509KeyPair(filepath.Join(folder, s.ID+certificate),
			filepath.Join(folder, s.ID+".key.pem"))
		if err != nil {
			return devices, err
		}
		device, err := connect(broker, s.ID, &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots,
			Certificates: []tls.Certificate{pair}})
		if err != nil {
			return devices, fmt.Errorf("%s: %w", s.ID, err)
		}
		devices[s.ID] = device
	}
	return devices, nil
}

const certificate = ".cert.pem"

// provisioned are the devices whose certificates are in the folder. They speak MQTT themselves, so their model is
// ours.
func provisioned(folder string) ([]example.Sensor, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*"+certificate))
	if err == nil && len(files) == 0 {
		err = errors.New("there are no certificates in " + folder + ": scripts/provision writes them")
	}
	var sensors []example.Sensor
	for _, file := range files {
		sensors = append(sensors, example.Sensor{ID: strings.TrimSuffix(filepath.Base(file), certificate),
			Model: string(sensor.Own)})
	}
	return sensors, err
}

func trusted(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, errors.New(file + " holds no certificate")
	}
	return pool, nil
}

const patience = 10 * time.Second

func connect(broker, id string, secured *tls.Config) (mqtt.Client, error) {
	options := mqtt.NewClientOptions().AddBroker(broker).SetClientID(id).SetConnectTimeout(patience).SetTLSConfig(secured)
	client := mqtt.NewClient(options)
	return client, done("the broker", client.Connect())
}

func publish(device mqtt.Client, p publication) error {
	return done("the broker", device.Publish(p.Topic, 1, false, p.Payload))
}

func done(who string, token mqtt.Token) error {
	if !token.WaitTimeout(patience) {
		return fmt.Errorf("%s does not answer", who)
	}
	if token.Error() != nil {
		return fmt.Errorf("%s: %w", who, token.Error())
	}
	return nil
}
