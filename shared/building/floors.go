package building

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// AddFloor is the input of adding a floor to a location.
type AddFloor struct {
	IdempotencyKey string `json:"idempotency_key"`
	Location       string `json:"location"`
	Name           string `json:"name"`
	Level          int    `json:"level"` // 0 is the ground floor
}

// AddFloor adds a floor (3.e). The same key again is the same floor.
func (b Building) AddFloor(ctx context.Context, caller identity.Caller, in AddFloor) (Floor, error) {
	return table.RetryFor(func() (Floor, error) { return b.addFloor(ctx, caller, in) })
}

func (b Building) addFloor(ctx context.Context, caller identity.Caller, in AddFloor) (Floor, error) {
	location, err := b.Tables.LocationNow(ctx, caller.Business, in.Location)
	if err != nil {
		return Floor{}, table.Unknown(err)
	}
	id := table.IDWithin(in.Location, created(caller, in.IdempotencyKey, "floor"))
	floor := table.Floor{ID: id, Location: in.Location, Name: clean(in.Name), Level: in.Level,
		Site: location.Site(), Version: 1}
	if err := roomForFloor(location, floor); err != nil {
		return Floor{}, err
	}
	switch err = b.Tables.CreateFloor(ctx, caller.Business, floor); {
	case err == nil:
		return floorView(caller, floor), nil
	case !errors.Is(err, table.ErrChanged):
		return Floor{}, err
	}
	there, err := b.Tables.FloorNow(ctx, caller.Business, floor.ID)
	if errors.Is(err, table.ErrAbsent) {
		return Floor{}, table.ErrChanged // the location's settings were changed meanwhile
	}
	if err == nil && (there.Name != floor.Name || there.Level != floor.Level || there.Location != floor.Location) {
		err = keyReused()
	}
	return floorView(caller, there), table.Unknown(err)
}

func roomForFloor(location table.Location, floor table.Floor) error {
	if taken(location.Floors, floor.ID, floor.Name, func(f table.FloorName) string { return f.Name }) {
		return nameTaken("a floor")
	}
	if _, there := location.Floors[floor.ID]; !there && len(location.Floors) >= api.MaxFloors {
		return problem.New(problem.Conflict, "a location holds at most %d floors", api.MaxFloors)
	}
	return nil
}

// ChangeFloor is the input of changing a floor; what is left out stays.
type ChangeFloor struct {
	Floor          string  `json:"floor"`
	OnReservations Choice  `json:"on_reservations"`
	Name           *string `json:"name"`
	Level          *int    `json:"level"`
}

// ChangeFloor changes a floor's name or level.
func (b Building) ChangeFloor(ctx context.Context, caller identity.Caller, in ChangeFloor) (Floor, error) {
	floor, location, err := b.floorAndLocation(ctx, caller.Business, in.Floor)
	if err != nil {
		return Floor{}, err
	}
	changed := floor
	lay(&changed.Name, in.Name)
	lay(&changed.Level, in.Level)
	changed.Name = clean(changed.Name)
	if changed.Name == floor.Name && changed.Level == floor.Level {
		return floorView(caller, floor), nil
	}
	if err := roomForFloor(location, changed); err != nil {
		return Floor{}, err
	}
	if err := b.settleFloor(ctx, caller.Business, location, floor, in.OnReservations, everySpot); err != nil {
		return Floor{}, err
	}
	if err := b.Tables.RenameFloor(ctx, caller.Business, changed); err != nil {
		return Floor{}, gone(err)
	}
	return floorView(caller, changed), nil
}

func (b Building) floorAndLocation(ctx context.Context, business, id string) (table.Floor, table.Location, error) {
	floor, err := b.Tables.FloorNow(ctx, business, id)
	if err != nil {
		return floor, table.Location{}, table.Unknown(err)
	}
	location, err := b.Tables.LocationNow(ctx, business, floor.Location)
	return floor, location, table.Unknown(err)
}

// settleFloor settles the reservations of some of a floor's spots.
func (b Building) settleFloor(ctx context.Context, business string, location table.Location, floor table.Floor,
	choice Choice, concerns func(string) bool) error {
	if choice == Keep {
		return nil
	}
	days := b.span(location)
	claims, err := b.claimsOnFloor(ctx, business, location.ID, floor.ID, days, concerns)
	if err != nil {
		return err
	}
	return b.settle(ctx, choice, claims)
}

// RemoveFloor is the input of removing a floor.
type RemoveFloor struct {
	Floor          string `json:"floor"`
	OnReservations Choice `json:"on_reservations"`
}

// RemoveFloor removes a floor with its spots. Cut off half-way it has removed some of the spots, and the same request
// again removes the rest.
func (b Building) RemoveFloor(ctx context.Context, caller identity.Caller, in RemoveFloor) (struct{}, error) {
	if err := mustNotKeep(in.OnReservations); err != nil {
		return struct{}{}, err
	}
	return table.RetryFor(func() (struct{}, error) {
		floor, location, err := b.floorAndLocation(ctx, caller.Business, in.Floor)
		if err != nil {
			return struct{}{}, err
		}
		if err := b.settleFloor(ctx, caller.Business, location, floor, in.OnReservations, everySpot); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, b.removeFloor(ctx, caller.Business, location, floor)
	})
}

// removeFloor removes the spots in as few transactions as DynamoDB allows, then the floor, and then cancels what was
// reserved on it until that moment.
func (b Building) removeFloor(ctx context.Context, business string, location table.Location,
	floor table.Floor) error {
	days := b.span(location)
	devices := []string{}
	var changes []table.SpotChange
	for _, id := range slices.Sorted(maps.Keys(floor.Spots)) {
		spot := table.Spot{ID: id, Location: floor.Location, Floor: floor.ID, FloorSpot: floor.Spots[id]}
		if spot.Assigned != "" {
			floor.Version++ // by unassign
		}
		if err := b.unassign(ctx, business, &spot); err != nil {
			return err
		}
		devices = append(devices, spot.Sensors...)
		changes = append(changes, table.SpotChange{ID: id, Old: &spot.FloorSpot})
	}
	look := &table.SecondLook{At: b.Now().Unix(), Until: days.until}
	floor, err := b.changeFloor(ctx, business, floor, changes, look)
	if err != nil {
		return err
	}
	if err := b.Plans.RemovePlan(ctx, business, floor.ID); err != nil {
		return err
	}
	if err := b.Tables.DeleteFloor(ctx, business, floor, days.until); err != nil {
		return err
	}
	if err := b.Plans.RemovePlan(ctx, business, floor.ID); err != nil { // one that was set in between
		return err
	}
	return b.afterRemoval(ctx, business, location.ID, floor.ID, days, devices, everySpot)
}

// changeFloor writes changes of spots in as many transactions as they take, each on condition that nobody else
// changed the floor in between. It gives the floor as it is after them.
func (b Building) changeFloor(ctx context.Context, business string, floor table.Floor, changes []table.SpotChange,
	look *table.SecondLook) (table.Floor, error) {
	floor.Spots = maps.Clone(floor.Spots)
	for _, batch := range batches(changes) {
		err := b.Tables.ChangeFloors(ctx, business, table.FloorChange{Location: floor.Location, Floor: floor.ID,
			Version: floor.Version,
			Spots:   batch, Look: look})
		if err != nil {
			return floor, err
		}
		floor.Version++
		for _, change := range batch {
			if change.New == nil {
				delete(floor.Spots, change.ID)
			} else {
				floor.Spots[change.ID] = *change.New
			}
		}
	}
	return floor, nil
}

// mostSpots in one transaction: the names of more would meet the limit of 4 KB for an expression.
const mostSpots = 80

// batches cuts changes into what fits in one transaction each.
func batches(changes []table.SpotChange) [][]table.SpotChange {
	var all [][]table.SpotChange
	var batch []table.SpotChange
	for _, change := range changes {
		next := append(slices.Clip(batch), change)
		if len(next) > mostSpots || (table.FloorChange{Spots: next}).Actions() > table.MaxActions {
			all, next = append(all, batch), []table.SpotChange{change}
		}
		batch = next
	}
	if len(batch) > 0 {
		all = append(all, batch)
	}
	return all
}

// afterRemoval cancels what is held on spots that are gone, and forgets what their sensors said.
func (b Building) afterRemoval(ctx context.Context, business, location, floor string, days span, devices []string,
	concerns func(string) bool) error {
	claims, err := b.claimsOnFloor(ctx, business, location, floor, days, concerns)
	if err != nil {
		return err
	}
	if err := b.cancelAll(ctx, claims); err != nil {
		return err
	}
	return b.forget(ctx, devices)
}

func (b Building) forget(ctx context.Context, devices []string) error {
	for _, hardware := range devices {
		if err := b.Tables.ForgetLiveSensor(ctx, hardware); err != nil {
			return err
		}
	}
	return nil
}
