package iotcore_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/iotcore"
	"github.com/iotspot/iotspot/shared/catalog"
)

// into lets the rules put everything into one queue.
func into(bodies chan string, now func() time.Time) iotcore.Options {
	return iotcore.Options{Now: now, Let: func(catalog.Edge) error { return nil },
		Queues: map[catalog.Resource]func(string){catalog.ReadingsQueue: func(body string) { bodies <- body }}}
}

func TestWhatADevicePublishesOnATopicOfARuleReachesTheQueueAndNothingElseDoes(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	bodies := make(chan string, 10)
	b, err := iotcore.Start(listener, into(bodies, func() time.Time { return time.UnixMilli(1795338000000) }))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.Close()) })
	device := paho.NewClient(paho.NewClientOptions().AddBroker("tcp://" +
		listener.Addr().String()).SetClientID("device"))
	publish := func(topic string, payload []byte) {
		token := device.Publish(topic, 1, false, payload)
		require.True(t, token.WaitTimeout(5*time.Second))
		require.NoError(t, token.Error())
	}
	require.True(t, device.Connect().WaitTimeout(5*time.Second))
	publish("iotspot/s1/other", []byte("no"))
	publish("iotspot/s1/reading", []byte{0, 255, '"'})
	publish("lorawan/uplink", []byte("{}"))
	publish("$aws/rules/iotspot_local_own_readings/iotspot/s2/reading", []byte("{}")) // past the broker to the rule
	publish("$aws/rules/iotspot_local_other/iotspot/s2/reading", []byte("no"))
	for _, want := range []events.Delivery{
		{Topic: "iotspot/s1/reading", Received: 1795338000000, Payload: []byte{0, 255, '"'}},
		{Topic: "lorawan/uplink", Received: 1795338000000, Payload: []byte("{}")},
		{Topic: "iotspot/s2/reading", Received: 1795338000000, Payload: []byte("{}")},
	} {
		var got events.Delivery
		body := <-bodies
		require.JSONEq(t, fmt.Sprintf(`{"topic":%q,"received":%d,"payload":%q}`, want.Topic, want.Received,
			base64.StdEncoding.EncodeToString(want.Payload)), body, "what the rule's SQL selects, and no more")
		require.NoError(t, json.Unmarshal([]byte(body), &got))
		require.Equal(t, want, got)
	}
	require.Empty(t, bodies)
	device.Disconnect(0)
}

func TestWhatIsLargerThanIoTCoreTakesEndsTheConnection(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	bodies := make(chan string, 10)
	b, err := iotcore.Start(listener, into(bodies, time.Now))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.Close()) })
	connect := func(id string) (paho.Client, error) {
		device := paho.NewClient(paho.NewClientOptions().AddBroker("tcp://" +
			listener.Addr().String()).SetClientID(id).SetAutoReconnect(false))
		token := device.Connect()
		require.True(t, token.WaitTimeout(5*time.Second))
		return device, token.Error()
	}
	_, err = connect(strings.Repeat("d", 129))
	require.Error(t, err)
	most := make([]byte, 128<<10)
	for topic, payload := range map[string][]byte{
		"iotspot/" + strings.Repeat("s", 241) + "/reading": nil,
		"iotspot/a/b/c/d/e/f/g/reading":                    nil,
		"iotspot/s1/reading":                               append(most, 0),
	} {
		device, err := connect("device")
		require.NoError(t, err)
		device.Publish(topic, 1, false, payload)
		require.Eventually(t, func() bool { return !device.IsConnected() }, 5*time.Second, time.Millisecond, topic)
		require.Error(t, b.Publish(topic, payload))
	}
	require.Empty(t, bodies)
	require.NoError(t, b.Publish("iotspot/s1/reading", most))
	require.NotEmpty(t, <-bodies)
}
