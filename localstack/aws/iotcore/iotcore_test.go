package iotcore_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"testing"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/iotcore"
)

func TestWhatADevicePublishesOnATopicOfARuleReachesTheQueueAndNothingElseDoes(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	bodies := make(chan string, 10)
	b, err := iotcore.Start(listener, func(body string) { bodies <- body },
		func() time.Time { return time.UnixMilli(1795338000000) })
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
	for _, want := range []events.Delivery{
		{Topic: "iotspot/s1/reading", Received: 1795338000000, Payload: []byte{0, 255, '"'}},
		{Topic: "lorawan/uplink", Received: 1795338000000, Payload: []byte("{}")},
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
