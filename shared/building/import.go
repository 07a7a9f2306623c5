package building

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// Import is the input of loading a file.
type Import struct {
	IdempotencyKey string `json:"idempotency_key"`
	OnReservations Choice `json:"on_reservations"`
	Content        []byte `json:"content"`
	ContentType    string `json:"content_type"`
}

// Loaded says what the file made or changed; what was so already is not counted.
type Loaded struct {
	Locations int `json:"locations"`
	Floors    int `json:"floors"`
	Zones     int `json:"zones"`
	Spots     int `json:"spots"`
	Sensors   int `json:"sensors"`
}

// Import loads locations with all that is in them from one file. A file with faults changes nothing, and each of its
// lines that is wrong is named with what would be accepted. What the account has is known by its names: it is changed
// to what the file says, and what the file doesn't name stays as it is.
//
// A file is loaded floor by floor in transactions, with the counts (3.g, 3.h) in each. Cut off half-way, or stopped
// because the function's time is nearly up (problem.Unavailable), it has loaded a part that is right in itself; the
// same file again loads the rest.
func (b Building) Import(ctx context.Context, caller identity.Caller, in Import) (Loaded, error) {
	return table.RetryFor(func() (Loaded, error) {
		p, claims, err := b.read(ctx, caller.Business, in.ContentType, in.Content, in.OnReservations)
		if err != nil {
			return Loaded{}, err
		}
		if err := b.cancelAll(ctx, claims); err != nil {
			return Loaded{}, err
		}
		loaded, err := b.load(ctx, p)
		var other *table.SensorTaken
		if errors.As(err, &other) {
			err = table.ErrChanged // tied to another spot since the look: the next look names its line
		}
		return loaded, err
	})
}

// read makes a plan of a file, with the reservations that it concerns. All that is wrong with the file is one error.
func (b Building) read(ctx context.Context, business, contentType string, content []byte,
	choice Choice) (*plan, []claim, error) {
	var wrong faults
	found := rows(contentType, content, &wrong)
	p, err := b.planned(ctx, business, found, wrong)
	if err != nil {
		return nil, nil, err
	}
	claims, err := b.claimsOfPlan(ctx, p, choice)
	if err != nil {
		return nil, nil, err
	}
	return p, claims, p.wrong.err()
}

// claimsOfPlan finds the reservations of spots that become something else. With refuse their lines are wrong; with
// cancel they are given back.
func (b Building) claimsOfPlan(ctx context.Context, p *plan, choice Choice) ([]claim, error) {
	var all []claim
	for _, l := range p.locations {
		for _, f := range l.floors {
			for i, change := range f.changes {
				if change.Old == nil || !matters(*change.Old, *change.New, choice) {
					continue
				}
				days := b.span(*l.old)
				claims, err := b.claimsOnSpot(ctx, table.Place{Business: p.business, Location: l.id, Floor: f.id,
					Spot: change.ID}, days)
				if err != nil {
					return nil, err
				}
				if len(claims) > 0 && choice != Cancel {
					p.wrong.add(f.changed[i], "spot", "has reservations",
						"on_reservations=cancel, which cancels them and tells their owners by mail")
				}
				all = append(all, claims...)
			}
		}
	}
	return all, nil
}

// matters reports whether a change is one to those who reserved the spot.
func matters(old, to table.FloorSpot, choice Choice) bool {
	return old.Category != to.Category || old.Type != to.Type || choice != Keep &&
		(old.Zone != to.Zone || old.Name != to.Name)
}

func (b Building) load(ctx context.Context, p *plan) (Loaded, error) {
	var done Loaded
	for _, l := range p.locations {
		if err := b.loadLocation(ctx, p.business, l, &done); err != nil {
			return done, err
		}
		for _, f := range l.floors {
			if err := b.loadFloor(ctx, p.business, l, f, &done); err != nil {
				return done, err
			}
		}
	}
	return done, nil
}

func (b Building) loadLocation(ctx context.Context, business string, l *plannedLocation, done *Loaded) error {
	if l.old == nil {
		done.Locations++
		return b.Tables.CreateLocation(ctx, business, l.now, b.today(l.now.Zone))
	}
	if !l.changes() {
		return nil
	}
	done.Locations++
	_, err := b.changeLocation(ctx, business, *l.old, l.now, Refuse)
	l.now.Revision++
	return err
}

// zonesAtOnce keeps the expression of one update under its limit of 4 KB.
const zonesAtOnce = 40

func (b Building) loadFloor(ctx context.Context, business string, l *plannedLocation, f *plannedFloor,
	done *Loaded) error {
	if f.old == nil {
		fresh := table.Floor{ID: f.id, Location: l.id, Name: f.name, Level: f.now.Level, Site: l.now.Site()}
		if err := b.Tables.CreateFloor(ctx, business, fresh); err != nil {
			return err
		}
		done.Floors++
	}
	version, err := b.loadZones(ctx, business, l, f, done)
	if err != nil {
		return err
	}
	return b.loadSpots(ctx, business, l, f, version, done)
}

// loadZones makes and renames the zones of a floor, and gives the floor's version after it.
func (b Building) loadZones(ctx context.Context, business string, l *plannedLocation, f *plannedFloor,
	done *Loaded) (int, error) {
	version := f.now.Version
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(f.zones)), zonesAtOnce) {
		zones := map[string]table.Zone{}
		for _, id := range ids {
			zones[id] = f.zones[id]
		}
		change := table.FloorChange{Location: l.id, Floor: f.id, Version: version, Zones: zones}
		if err := b.Tables.ChangeFloors(ctx, business, change); err != nil {
			return version, err
		}
		version++
		done.Zones += len(zones)
	}
	return version, nil
}

// loadSpots makes and changes the spots of a floor, batch by batch, as far as the function's time allows.
func (b Building) loadSpots(ctx context.Context, business string, l *plannedLocation, f *plannedFloor, version int,
	done *Loaded) error {
	today := b.today(l.now.Zone)
	for i, change := range f.changes {
		if change.Old != nil && change.New != nil {
			moved := change.New.MovedFrom(*change.Old, today)
			f.changes[i].New = &moved
		}
	}
	for _, batch := range batches(f.changes) {
		if hurried(ctx) {
			return problem.New(problem.Unavailable, "the file is loaded in part; the same file again loads the rest")
		}
		change := table.FloorChange{Location: l.id, Floor: f.id, Version: version, Spots: batch}
		if err := b.Tables.ChangeFloors(ctx, business, change); err != nil {
			return err
		}
		version++
		done.Spots += len(batch)
		for _, change := range batch {
			done.Sensors += len(change.Models)
		}
	}
	return nil
}

// hurried reports whether the function's time is nearly up, so that it can still say so.
func hurried(ctx context.Context) bool {
	left, limited := clock.Left(ctx)
	return limited && left < 3*time.Second
}
