package building

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/sensor"
	"github.com/iotspot/iotspot/shared/table"
)

var (
	devEui = regexp.MustCompile(`^[0-9a-f]{16}$`)
	ownID  = regexp.MustCompile(`^[a-z0-9-]{4,64}$`)
)

// checkSensor says what is wrong with a hardware id for a model: which of the two fields, what, and what is accepted.
func checkSensor(hardware, model string) (field, detail, accepted string) {
	switch {
	case !slices.Contains(sensor.Models, model):
		return "model", "is not a model that is read", strings.Join(sensor.Models, ", ")
	case sensor.Model(model).OverLoRaWAN() && !devEui.MatchString(hardware):
		return "sensor", "is not a DevEui, by which sensors of this model are known", "16 hexadecimal digits"
	case !ownID.MatchString(hardware):
		return "sensor", "is not a sensor's id", "4 to 64 of a-z 0-9 -"
	}
	return "", "", ""
}

// TieSensor is the input of tying a sensor to a spot.
type TieSensor struct {
	Spot   string `json:"spot"`
	Sensor string `json:"sensor"` // hardware id: a DevEui, or the device's own id
	Model  string `json:"model"`
}

// A Sensor is a tied sensor in an answer.
type Sensor struct {
	ID    string `json:"id"`
	Spot  string `json:"spot"`
	Model string `json:"model"`
}

// TieSensor ties a sensor that is allotted to the account to a spot, and moves it there when it watches another of the
// same account. Any other is refused without a word about whose it is.
func (b Building) TieSensor(ctx context.Context, caller identity.Caller, in TieSensor) (Sensor, error) {
	in.Sensor = strings.ToLower(in.Sensor)
	if field, detail, accepted := checkSensor(in.Sensor, in.Model); field != "" {
		return Sensor{}, problem.Impossible(field, detail, accepted)
	}
	view := Sensor{ID: in.Sensor, Spot: in.Spot, Model: in.Model}
	return table.RetryFor(func() (Sensor, error) {
		spot, err := b.Tables.SpotNow(ctx, caller.Business, in.Spot)
		if err != nil {
			return Sensor{}, table.Unknown(err)
		}
		if len(spot.Sensors) >= api.MaxSensorsPerSpot {
			return Sensor{}, problem.New(problem.Conflict, "a spot has at most %d sensors", api.MaxSensorsPerSpot)
		}
		return view, b.tie(ctx, caller.Business, spot, in)
	})
}

func (b Building) tie(ctx context.Context, business string, spot table.Spot, in TieSensor) error {
	devices, err := b.Tables.DevicesAt(ctx, business, []string{in.Sensor})
	if err != nil {
		return err
	}
	sensor, there := devices.Tied[in.Sensor]
	switch {
	case !devices.May(in.Sensor):
		return notAllotted()
	case there && sensor.Spot == spot.ID && sensor.Model == in.Model:
		return nil
	case there && sensor.Spot == spot.ID:
		sensor.Model = in.Model
		if err := b.Tables.RenameModel(ctx, sensor); err != nil {
			return err
		}
		return b.Tables.ForgetLiveSensor(ctx, in.Sensor) // which knows the model too
	}
	var changes []table.FloorChange
	if there {
		from, err := b.Tables.SpotNow(ctx, business, sensor.Spot)
		if err != nil {
			return missed(err)
		}
		changes = append(changes, untied(from, in.Sensor))
	}
	err = b.Tables.ChangeFloors(ctx, business, together(append(changes, tiedTo(spot, in)))...)
	var other *table.SensorTaken
	if errors.As(err, &other) {
		return table.ErrChanged // somebody tied it in between: look again whose it is
	}
	if err != nil {
		return err
	}
	return b.Tables.ForgetLiveSensor(ctx, in.Sensor)
}

// notAllotted is the one answer about devices that are another account's, allotted to it, or nobody's.
func notAllotted() error {
	return problem.New(problem.Conflict, "this sensor is not allotted to your organisation: it is when we let it in; "+
		"ask us at the support address")
}

func tiedTo(spot table.Spot, in TieSensor) table.FloorChange {
	with := spot.FloorSpot
	with.Sensors = append(slices.Clone(spot.Sensors), in.Sensor)
	slices.Sort(with.Sensors)
	return table.FloorChange{Location: spot.Location, Floor: spot.Floor, Spots: []table.SpotChange{
		{ID: spot.ID, Old: &spot.FloorSpot, New: &with, Models: map[string]string{in.Sensor: in.Model}}}}
}

func untied(spot table.Spot, hardware string) table.FloorChange {
	with := spot.FloorSpot
	with.Sensors = slices.DeleteFunc(slices.Clone(spot.Sensors), func(s string) bool { return s == hardware })
	return table.FloorChange{Location: spot.Location, Floor: spot.Floor,
		Spots: []table.SpotChange{{ID: spot.ID, Old: &spot.FloorSpot, New: &with}}}
}

// together makes one change of those on the same floor, since a transaction takes one action per item.
func together(changes []table.FloorChange) []table.FloorChange {
	if len(changes) == 2 && changes[0].Floor == changes[1].Floor {
		changes[0].Spots = append(changes[0].Spots, changes[1].Spots...)
		return changes[:1]
	}
	return changes
}

// UntieSensor is the input of taking a sensor off a spot.
type UntieSensor struct {
	Spot   string `json:"spot"`
	Sensor string `json:"sensor"`
}

// UntieSensor takes a sensor off a spot; it can be tied to another.
func (b Building) UntieSensor(ctx context.Context, caller identity.Caller, in UntieSensor) (struct{}, error) {
	in.Sensor = strings.ToLower(in.Sensor)
	return table.RetryFor(func() (struct{}, error) {
		spot, err := b.Tables.SpotNow(ctx, caller.Business, in.Spot)
		if err != nil {
			return struct{}{}, table.Unknown(err)
		}
		if !slices.Contains(spot.Sensors, in.Sensor) {
			return struct{}{}, problem.Unknown()
		}
		if err := b.Tables.ChangeFloors(ctx, caller.Business, untied(spot, in.Sensor)); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, b.Tables.ForgetLiveSensor(ctx, in.Sensor)
	})
}
