package sensor

import (
	"encoding/json"
	"strings"
	"time"
)

// disruptiveEvent is an event of Disruptive Technologies, as a data connector sends it: bare, or under "event".
type disruptiveEvent struct {
	Event      *disruptiveEvent `json:"event"`
	EventType  string           `json:"eventType"`
	TargetName string           `json:"targetName"`
	Timestamp  string           `json:"timestamp"`
	Data       struct {
		DeskOccupancy *struct {
			State      string `json:"state"`
			UpdateTime string `json:"updateTime"`
		} `json:"deskOccupancy"`
		BatteryStatus *struct {
			Percentage *float64 `json:"percentage"`
			UpdateTime string   `json:"updateTime"`
		} `json:"batteryStatus"`
		NetworkStatus *struct {
			UpdateTime string `json:"updateTime"`
		} `json:"networkStatus"`
	} `json:"data"`
}

func openDisruptive(payload []byte, received time.Time) (Message, error) {
	var event disruptiveEvent
	if err := json.Unmarshal(payload, &event); err != nil {
		return Message{}, unreadable("not an event of Disruptive Technologies: %s", jsonFault(err))
	}
	if event.Event != nil {
		event = *event.Event
	}
	id, ok := Hardware(event.TargetName[strings.LastIndex(event.TargetName, "/")+1:])
	if !ok {
		return Message{}, unreadable("targetName does not end in a device id")
	}
	reading, err := event.reading(received)
	if err != nil {
		return Message{}, err
	}
	return Message{Hardware: id, At: reading.At, read: sentBy(Disruptive, reading)}, nil
}

func (e disruptiveEvent) reading(received time.Time) (Reading, error) {
	var reading Reading
	var updated string
	var err error
	switch {
	case e.EventType == "deskOccupancy" && e.Data.DeskOccupancy != nil:
		updated = e.Data.DeskOccupancy.UpdateTime
		switch e.Data.DeskOccupancy.State {
		case "OCCUPIED":
			reading.Occupied = is(true)
		case "NOT_OCCUPIED":
			reading.Occupied = is(false)
		default:
			return reading, unreadable("the state is neither OCCUPIED nor NOT_OCCUPIED")
		}
	case e.EventType == "batteryStatus" && e.Data.BatteryStatus != nil:
		updated = e.Data.BatteryStatus.UpdateTime
		if reading.Battery, err = percentage(e.Data.BatteryStatus.Percentage); err != nil {
			return reading, err
		}
	case e.EventType == "networkStatus" && e.Data.NetworkStatus != nil:
		updated = e.Data.NetworkStatus.UpdateTime
	default:
		return reading, unreadable("the event's type is none of deskOccupancy, batteryStatus, networkStatus, or its " +
			"data is missing")
	}
	if updated == "" {
		updated = e.Timestamp
	}
	reading.At, err = optionalInstant(updated, received)
	return reading, err
}
