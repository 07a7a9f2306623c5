package building

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/sensor"
	"github.com/iotspot/iotspot/shared/spelling"
	"github.com/iotspot/iotspot/shared/table"
)

// SensorsOf names the location whose sensors are looked after.
type SensorsOf struct {
	Location string `json:"location"`
}

// A SensorHealth is how a sensor is, and nothing of what it sees.
type SensorHealth struct {
	ID        string     `json:"id"`
	Model     string     `json:"model"`
	Floor     string     `json:"floor"`
	FloorName string     `json:"floor_name"`
	Spot      string     `json:"spot"`
	SpotName  string     `json:"spot_name"`
	Silent    bool       `json:"silent"`
	HeardOn   civil.Date `json:"heard_on,omitempty"`
	Battery   *int       `json:"battery,omitempty"`
}

// SensorList are a location's sensors.
type SensorList struct {
	Sensors []SensorHealth `json:"sensors"`
}

// Sensors lists a location's sensors, those that need somebody first.
func (b Building) Sensors(ctx context.Context, caller identity.Caller, in SensorsOf) (SensorList, error) {
	location, err := b.Tables.Location(ctx, caller.Business, in.Location)
	if err != nil {
		return SensorList{}, table.Unknown(err)
	}
	list, err := b.watching(ctx, caller.Business, location.ID)
	if err != nil {
		return SensorList{}, err
	}
	ids := make([]string, len(list))
	for i, s := range list {
		ids[i] = s.ID
	}
	tied, err := b.Tables.TiedSensors(ctx, caller.Business, ids)
	if err != nil {
		return SensorList{}, err
	}
	live, err := b.Tables.LiveSensors(ctx, ids)
	if err != nil {
		return SensorList{}, err
	}
	known := map[string]table.Sensor{}
	for _, s := range tied {
		known[s.Hardware] = s
	}
	for i, s := range list {
		of := known[s.ID]
		list[i].Model, list[i].HeardOn, list[i].Battery = of.Model, of.HeardOn, of.Battery
		list[i].Silent = b.silent(location, of, live)
	}
	slices.SortFunc(list, neediest)
	return SensorList{Sensors: list}, nil
}

// watching are the sensors of a location's spots, with where each is.
func (b Building) watching(ctx context.Context, business, location string) ([]SensorHealth, error) {
	floors, err := b.Tables.Floors(ctx, business)
	list := []SensorHealth{}
	for _, f := range floors {
		if f.Location != location {
			continue
		}
		for id, spot := range f.Spots {
			for _, hardware := range spot.Sensors {
				list = append(list, SensorHealth{ID: hardware, Floor: f.ID, FloorName: f.Name, Spot: id,
					SpotName: spot.Name})
			}
		}
	}
	return list, err
}

// silent reports whether a sensor should have been heard since: today, or else since the day began.
func (b Building) silent(location table.Location, of table.Sensor, live map[string]table.LiveSensor) bool {
	now := b.Now()
	today := civil.DateOf(now, location.Zone)
	allowed := time.Duration(location.SilentMinutes) * time.Minute
	if said, heard := live[of.Hardware]; heard && said.Heard > 0 && said.Date == today {
		return said.Occupancy().SilentFor(allowed, now)
	}
	if of.HeardOn == today {
		return false
	}
	yesterday := of.HeardOn == today.AddDays(-1)
	return !yesterday || now.Sub(today.Start(location.Zone)) >= sensor.Model(of.Model).Silence(allowed)
}

// neediest orders sensors: the silent ones, the emptiest batteries, and by place.
func neediest(a, b SensorHealth) int {
	charge := func(s SensorHealth) int {
		if s.Battery == nil {
			return 101
		}
		return *s.Battery
	}
	quiet := func(s SensorHealth) int {
		if s.Silent {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(quiet(a), quiet(b)), cmp.Compare(charge(a), charge(b)),
		cmp.Compare(spelling.Key(a.FloorName), spelling.Key(b.FloorName)),
		cmp.Compare(spelling.Key(a.SpotName), spelling.Key(b.SpotName)), cmp.Compare(a.ID, b.ID))
}
