// Package iotcore stands in for IoT Core: an MQTT broker, with the catalog's topic rules that put what is published
// into the queue of readings, and Basic Ingest, by which a message reaches one rule alone. It knows no certificates
// and no policies of things; any client may publish.
package iotcore

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"time"

	mqtt "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/listeners"
	"github.com/mochi-mqtt/server/v2/packets"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/catalog"
)

// IoT Core's limits ("AWS IoT Core message broker and protocol limits and quotas"), in bytes. Who goes over one is
// disconnected.
const (
	maxPayload  = 128 << 10
	maxPacket   = maxPayload + 1<<10 // with its topic
	maxTopic    = 256
	maxSlashes  = 7
	maxClientID = 128
	maxQoS      = 1
)

// Stage is that of the rules' names.
const Stage = "local"

// Options say where the rules' actions send bodies of messages to, and what IoT Core and LoRaWAN's network may do.
type Options struct {
	Queues map[catalog.Resource]func(body string)
	Now    func() time.Time
	Let    func(catalog.Edge) error
}

// A Broker serves MQTT.
type Broker struct {
	Options
	server *mqtt.Server
}

// Start serves on a listener.
func Start(listener net.Listener, options Options) (*Broker, error) {
	capabilities := mqtt.NewDefaultServerCapabilities()
	capabilities.MaximumPacketSize, capabilities.MaximumQos = maxPacket, maxQoS
	server := mqtt.New(&mqtt.Options{InlineClient: true, Capabilities: capabilities,
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	b := &Broker{options, server}
	if err := server.AddHook(&open{broker: b}, nil); err != nil {
		return nil, err
	}
	if err := server.AddListener(listeners.NewNet("mqtt", listener)); err != nil {
		return nil, err
	}
	for i, rule := range catalog.TopicRules {
		direct := rule.Direct(Stage, "")
		for j, filter := range []string{rule.Filter, direct + "#"} {
			err := server.Subscribe(filter, 2*i+j+1, func(_ *mqtt.Client, _ packets.Subscription, p packets.Packet) {
				b.act(rule, strings.TrimPrefix(p.TopicName, direct), p.Payload)
			})
			if err != nil {
				return nil, err
			}
		}
	}
	if err := server.Serve(); err != nil {
		return nil, err
	}
	return b, nil
}

// act is a rule's action, and where that is refused its error action: AWS IoT Developer Guide, "Error handling (error
// action)".
func (b *Broker) act(rule catalog.TopicRule, topic string, payload []byte) {
	act := catalog.Edge{By: catalog.IoT, For: catalog.TheTopics, Action: catalog.SendMsg, On: catalog.ReadingsQueue}
	err := b.Let(act)
	if err == nil {
		b.Queues[act.On](deliver(topic, payload, b.Now()))
		return
	}
	failed := map[string]string{"failedAction": "SqsAction", "failedResource": string(act.On),
		"errorMessage": err.Error()}
	if act.On = catalog.Undelivered; b.Let(act) != nil {
		return
	}
	body, err := json.Marshal(map[string]any{"ruleName": rule.NameIn(Stage), "topic": topic,
		"base64OriginalPayload": payload, "failures": []any{failed}})
	if err != nil {
		panic(err) // texts
	}
	b.Queues[act.On](string(body))
}

// refuses says what of a message IoT Core does not take: too large a one, and an uplink where LoRaWAN's network may
// not publish.
func (b *Broker) refuses(topic string, payload []byte) error {
	if topic != string(catalog.Uplinks) {
		return tooLarge(topic, payload)
	}
	may := catalog.Edge{By: catalog.IoTWireless, For: catalog.TheLoRaWAN}
	may.Action, may.On = catalog.DescribeEndpoint, catalog.Everything
	err := b.Let(may)
	may.Action, may.On = catalog.PublishMessage, catalog.Uplinks
	return errors.Join(err, b.Let(may), tooLarge(topic, payload))
}

// tooLarge says what of a message IoT Core does not take for its size.
func tooLarge(topic string, payload []byte) error {
	switch {
	case len(topic) > maxTopic || strings.Count(topic, "/") > maxSlashes:
		return fmt.Errorf("a topic has %d bytes and %d slashes at most", maxTopic, maxSlashes)
	case len(payload) > maxPayload:
		return fmt.Errorf("a payload has %d bytes at most", maxPayload)
	}
	return nil
}

// open lets everybody in: no broker of ours is reached from outside this machine.
type open struct {
	mqtt.HookBase
	broker *Broker
}

func (*open) ID() string { return "open" }

func (*open) Provides(hook byte) bool {
	return hook == mqtt.OnConnectAuthenticate || hook == mqtt.OnACLCheck || hook == mqtt.OnPublish
}

func (*open) OnConnectAuthenticate(client *mqtt.Client, _ packets.Packet) bool {
	return len(client.ID) <= maxClientID
}

func (o *open) OnPublish(client *mqtt.Client, p packets.Packet) (packets.Packet, error) {
	if client.Net.Inline {
		return p, nil // looked at by Publish
	}
	if err := o.broker.refuses(p.TopicName, p.Payload); err != nil {
		client.Stop(err)
		return p, packets.ErrRejectPacket
	}
	return p, nil
}

func (*open) OnACLCheck(*mqtt.Client, string, bool) bool { return true }

// deliver is what the rule's SQL gives.
func deliver(topic string, payload []byte, at time.Time) string {
	if payload == nil {
		payload = []byte{} // "" in JSON and not null, as encode gives of nothing
	}
	body, err := json.Marshal(events.Delivery{Topic: topic, Received: at.UnixMilli(), Payload: payload})
	if err != nil {
		panic(err) // texts and a number
	}
	return string(body)
}

// Publish publishes a message as a device would.
func (b *Broker) Publish(topic string, payload []byte) error {
	if err := b.refuses(topic, payload); err != nil {
		return err
	}
	return b.server.Publish(topic, payload, false, maxQoS)
}

// Drop ends the connections of all devices, which connect again as they will.
func (b *Broker) Drop() {
	for _, client := range b.server.Clients.GetAll() {
		if !client.Net.Inline {
			client.Stop(errDropped)
		}
	}
}

var errDropped = errors.New("the connection was dropped")

// Close ends the connections and the broker.
func (b *Broker) Close() error { return b.server.Close() }
