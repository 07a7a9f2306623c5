package connector_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/connector"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/sensor"
)

// queued keeps what is handed in.
type queued []events.Delivery

func (q *queued) Put(_ context.Context, delivery events.Delivery) error {
	*q = append(*q, delivery)
	return nil
}

// signed is an event as a data connector with a secret sends it.
func signed(t *testing.T, body, secret string, at time.Time) connector.Pushed {
	t.Helper()
	claims, err := json.Marshal(map[string]any{"checksum_sha256": fmt.Sprintf("%x", sha256.Sum256([]byte(body))),
		"exp": at.Add(time.Hour).Unix()})
	require.NoError(t, err)
	encode := base64.RawURLEncoding.EncodeToString
	token := encode([]byte(`{"alg":"HS256"}`)) + "." + encode(claims)
	seal := hmac.New(sha256.New, []byte(secret))
	seal.Write([]byte(token))
	return connector.Pushed{Body: []byte(body), Signature: token + "." + encode(seal.Sum(nil))}
}

// at is a clock time of a day.
func at(clock string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", "2026-11-23 "+clock)
	if err != nil {
		panic(err)
	}
	return t
}

const vacant = `{"event":{"targetName":"projects/p/devices/d1","eventType":"deskOccupancy",` +
	`"data":{"deskOccupancy":{"state":"NOT_OCCUPIED"}}},"labels":{}}`

func TestWhatAConnectorSignedReachesTheQueueOfReadingsAsAMessageOfItsTopic(t *testing.T) {
	var queue queued
	ours := connector.Connector{Readings: &queue, Secret: "ours", Now: func() time.Time { return at("09:00") }}
	_, err := ours.Take(t.Context(), identity.Caller{}, signed(t, vacant, "ours", at("08:59")))
	require.NoError(t, err)
	require.Equal(t, queued{{Topic: sensor.DisruptiveTopic, Received: at("09:00").UnixMilli(),
		Payload: []byte(vacant)}}, queue)
	message, err := sensor.Open(queue[0].Topic, queue[0].Payload, at("09:00"))
	require.NoError(t, err)
	require.Equal(t, "d1", message.Hardware)
}

func TestNothingIsQueuedThatNobodySignedOrWhereNoSecretIsGiven(t *testing.T) {
	var queue queued
	for secret, given := range map[string]connector.Pushed{
		"ours": signed(t, vacant, "theirs", at("08:59")),
		"":     signed(t, vacant, "", at("08:59")),
		"old":  signed(t, vacant, "old", at("07:59")),
	} {
		ours := connector.Connector{Readings: &queue, Secret: secret, Now: func() time.Time { return at("09:00") }}
		_, err := ours.Take(t.Context(), identity.Caller{}, given)
		var refused *problem.Error
		require.ErrorAs(t, err, &refused)
		require.Equal(t, problem.Unauthorised, refused.Kind)
	}
	require.Empty(t, queue)
}
