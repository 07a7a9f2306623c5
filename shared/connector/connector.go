// Package connector takes what a maker's cloud sends of its sensors over HTTPS, which speaks to no topic of ours. It
// goes the way of what comes by MQTT: into the queue of readings. Whoever knows the secret can speak for every sensor
// of this maker, as whoever may publish on its topic can; so the operator, who ties sensors to spots, sets the
// connectors up, and no customer has the secret.
package connector

import (
	"context"
	"time"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/sensor"
	"github.com/iotspot/iotspot/shared/web"
)

// Readings is the queue from which presence.Listener takes what sensors say.
type Readings interface {
	// Put hands a message in. A problem.Unavailable means that nothing is known about it having been taken.
	Put(ctx context.Context, delivery events.Delivery) error
}

// A Connector is where Disruptive Technologies' data connectors send to.
type Connector struct {
	Readings Readings
	Secret   string // with which the maker's cloud signs; with "" nothing is taken
	Now      func() time.Time
}

// Routes are the use cases with the operations that they serve.
func (c Connector) Routes() []web.Route { return []web.Route{web.On(api.SensorEvent, c.Take)} }

// A Pushed is an event as it was sent.
type Pushed struct {
	Signature string `json:"X-Dt-Signature"`
	Body      []byte `json:"content"`
	Type      string `json:"content_type"`
}

// Take queues an event whose signature is right. What it says is not looked at here: the maker's cloud sends again
// what is refused, and one that can't be read would come for hours.
func (c Connector) Take(ctx context.Context, _ identity.Caller, in Pushed) (struct{}, error) {
	now := c.Now()
	if !sensor.Signed(in.Body, in.Signature, c.Secret, now) {
		return struct{}{}, problem.New(problem.Unauthorised,
			"the event is not signed with the connector's secret, or more than an hour ago")
	}
	return struct{}{}, c.Readings.Put(ctx, events.Delivery{Topic: sensor.DisruptiveTopic, Received: now.UnixMilli(),
		Payload: in.Body})
}
