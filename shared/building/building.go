// Package building holds a customer's buildings: locations, floors, zones and sectors, spots, and the sensors that
// watch them (3.b, 3.c, 3.e to 3.h). Everything is reached through the caller's business account, so that another
// customer's id is as unknown as one that never was.
package building

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/bus"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/share"
	"github.com/iotspot/iotspot/shared/spelling"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake"
	"github.com/iotspot/iotspot/shared/web"
)

// A Building is the use cases about buildings.
type Building struct {
	Tables *table.Tables
	Bus    bus.Publisher
	Bell   wake.Bell // of the day close; nil where no zone is changed
	Plans  Plans     // nil where no floor is removed
	Now    func() time.Time
	API    string // where the HTTP interface is reached, for the URL by which a spot is shared
}

// Routes are the use cases with the operations that they serve.
func (b Building) Routes() []web.Route {
	return []web.Route{
		web.On(api.ListLocations, b.Locations), web.On(api.AddLocation, b.AddLocation),
		web.On(api.GetLocation, b.Location), web.On(api.ChangeLocation, b.ChangeLocation),
		web.On(api.RemoveLocation, b.RemoveLocation), web.On(api.AddFloor, b.AddFloor),
		web.On(api.GetFloor, b.Floor), web.On(api.ChangeFloor, b.ChangeFloor),
		web.On(api.RemoveFloor, b.RemoveFloor), web.On(api.AddZone, b.AddZone), web.On(api.ChangeZone, b.ChangeZone),
		web.On(api.RemoveZone, b.RemoveZone), web.On(api.AddSpot, b.AddSpot), web.On(api.GetSpot, b.Spot),
		web.On(api.ChangeSpot, b.ChangeSpot), web.On(api.RemoveSpot, b.RemoveSpot),
		web.On(api.TieSensor, b.TieSensor), web.On(api.UntieSensor, b.UntieSensor), web.On(api.ListSensors, b.Sensors),
		web.On(api.Import, b.Import), web.On(api.TryImport, b.TryImport),
		web.On(api.ShowRules, b.Rules), web.On(api.SetRules, b.SetRules), web.On(api.ListHolidays, b.Holidays),
		web.On(api.ListOutages, b.Outages), web.On(api.AddOutage, b.AddOutage), web.On(api.EndOutage, b.EndOutage),
		web.On(api.ListFeatures, b.Features), web.On(api.SetFeatures, b.SetFeatures),
		web.On(api.TryLayout, b.TryLayout), web.On(api.SaveLayout, b.SaveLayout),
		web.On(api.ListGroupZones, b.GroupZones), web.On(api.KeepZone, b.KeepZone),
	}
}

// Plans keeps the images of floors.
type Plans interface {
	// RemovePlan takes all versions of a floor's image away; a repeat does nothing.
	RemovePlan(ctx context.Context, business, floor string) error
}

// Choice is what to do about future reservations of what is changed or removed.
type Choice string

// The choices. Keep is no choice where the spot goes or becomes something else.
const (
	Refuse Choice = "refuse" // change nothing; the default
	Cancel Choice = "cancel" // cancel them and tell their owners by mail
	Keep   Choice = "keep"   // they stay: a name or a zone changes, not what was reserved
)

// A FloorName is a floor in a location's answer.
type FloorName struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Level int    `json:"level"`
}

// A Location is a location in an answer.
type Location struct {
	ID string `json:"id"`
	Settings
	Workplaces int         `json:"workplaces"` // 3.g
	Rooms      int         `json:"rooms"`      // 3.h
	Floors     []FloorName `json:"floors"`
}

// A Zone is a zone in an answer.
type Zone struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Sector string `json:"sector,omitempty"`
}

// A Spot is a spot in an answer. Its sensors are shown to those who manage buildings.
type Spot struct {
	ID       string   `json:"id"`
	Location string   `json:"location"`
	Floor    string   `json:"floor"`
	Name     string   `json:"name"`
	Category string   `json:"category"`
	Type     string   `json:"type"`
	Zone     string   `json:"zone,omitempty"`
	X        float64  `json:"x"`
	Y        float64  `json:"y"`
	Capacity int      `json:"capacity,omitempty"` // of a room, in people
	Features []int    `json:"features,omitempty"`
	Assigned string   `json:"assigned,omitempty"` // the mark of its assignment, which says nothing of whose it is
	Sensed   bool     `json:"sensed"`             // it has sensors
	Sensors  []string `json:"sensors,omitempty"`
}

// A SharedSpot is a spot that was asked for alone, with the URL by which it is shared.
type SharedSpot struct {
	Spot
	Share string `json:"share"`
}

// A Floor is a floor in an answer, with its zones and spots in the order of their names.
type Floor struct {
	ID       string `json:"id"`
	Location string `json:"location"`
	Name     string `json:"name"`
	Level    int    `json:"level"`
	Plan     bool   `json:"plan"` // there is an image of it
	// PlanRatio is the image's width by its height.
	PlanRatio float64 `json:"plan_ratio,omitempty"`
	Revision  int     `json:"revision"` // counts the changes of its zones and spots
	Zones     []Zone  `json:"zones"`
	Spots     []Spot  `json:"spots"`
	// Features are all of the customer's where one of the spots has any.
	Features []table.Feature `json:"features,omitempty"`
}

func locationView(l table.Location) Location {
	view := Location{ID: l.ID, Settings: settingsOf(l), Workplaces: l.Workplaces, Rooms: l.Rooms,
		Floors: []FloorName{}}
	for id, floor := range l.Floors {
		view.Floors = append(view.Floors, FloorName{ID: id, Name: floor.Name, Level: floor.Level})
	}
	slices.SortFunc(view.Floors, func(a, b FloorName) int {
		return cmp.Or(cmp.Compare(a.Level, b.Level), cmp.Compare(a.Name, b.Name))
	})
	return view
}

func floorView(caller identity.Caller, f table.Floor) Floor {
	view := Floor{ID: f.ID, Location: f.Location, Name: f.Name, Level: f.Level, Plan: f.Plan != "",
		PlanRatio: f.PlanRatio, Revision: f.Version, Zones: []Zone{}, Spots: []Spot{}}
	for id, zone := range f.Zones {
		view.Zones = append(view.Zones, Zone{ID: id, Name: zone.Name, Sector: zone.Sector})
	}
	for id, spot := range f.Spots {
		view.Spots = append(view.Spots, spotView(caller,
			table.Spot{ID: id, Location: f.Location, Floor: f.ID, FloorSpot: spot}))
	}
	slices.SortFunc(view.Zones, func(a, b Zone) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(view.Spots, func(a, b Spot) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return view
}

func spotView(caller identity.Caller, s table.Spot) Spot {
	view := Spot{ID: s.ID, Location: s.Location, Floor: s.Floor, Name: s.Name,
		Category: string(s.Category), Type: s.Type, Zone: s.Zone, X: s.X, Y: s.Y, Capacity: s.Capacity,
		Features: inOrder(s.Features), Assigned: s.Assigned, Sensed: len(s.Sensors) > 0}
	if caller.Is(identity.Managers...) {
		view.Sensors = s.Sensors
	}
	return view
}

// created is the id of what a request creates: the same for a repeat of it. Nothing of the person who asks is in it,
// since it outlives them.
func created(caller identity.Caller, key, kind string) string {
	return secret.DerivedID(caller.Business, key, kind)
}

// keyReused is the answer to an Idempotency-Key that comes again with something else.
func keyReused() error {
	return problem.New(problem.Conflict, "this Idempotency-Key was used for something else, or what it made was "+
		"changed since")
}

// today is the civil date at a location.
func (b Building) today(zone civil.Zone) civil.Date { return civil.DateOf(b.Now(), zone) }

// clean is a name without blanks around it.
func clean(text string) string { return strings.TrimSpace(text) }

// taken reports whether a name is in use by another than id, whatever its capitals.
func taken[T any](all map[string]T, id, name string, nameOf func(T) string) bool {
	for other := range maps.Keys(all) {
		if other != id && spelling.Same(nameOf(all[other]), name) {
			return true
		}
	}
	return false
}

func nameTaken(what string) error {
	return problem.New(problem.Conflict, "there is %s of that name already", what)
}

// Locations lists by name those of the account's locations where the caller may be.
func (b Building) Locations(ctx context.Context, caller identity.Caller, _ struct{}) (Locations, error) {
	found, err := b.Tables.Locations(ctx, caller.Business)
	if err != nil {
		return Locations{}, err
	}
	list := Locations{Locations: []Location{}}
	for _, location := range found {
		if !caller.At(location.ID) {
			continue
		}
		list.Locations = append(list.Locations, locationView(location))
	}
	slices.SortFunc(list.Locations, func(a, b Location) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// Locations are an account's locations.
type Locations struct {
	Locations []Location `json:"locations"`
}

// LocationID names a location.
type LocationID struct {
	Location string `json:"location"`
}

// FloorID names a floor.
type FloorID struct {
	Floor string `json:"floor"`
}

// SpotID names a spot.
type SpotID struct {
	Spot string `json:"spot"`
}

// Location shows one location.
func (b Building) Location(ctx context.Context, caller identity.Caller, in LocationID) (Location, error) {
	location, err := b.Tables.LocationNow(ctx, caller.Business, in.Location)
	if err != nil {
		return Location{}, table.Unknown(err)
	}
	if !caller.At(location.ID) {
		return Location{}, problem.Unknown()
	}
	return locationView(location), nil
}

// Floor shows one floor with its zones and spots.
func (b Building) Floor(ctx context.Context, caller identity.Caller, in FloorID) (Floor, error) {
	floor, err := b.Tables.FloorNow(ctx, caller.Business, in.Floor)
	if err != nil {
		return Floor{}, table.Unknown(err)
	}
	if !caller.At(floor.Location) {
		return Floor{}, problem.Unknown()
	}
	view := floorView(caller, floor)
	if slices.ContainsFunc(view.Spots, func(s Spot) bool { return len(s.Features) > 0 }) {
		features, err := b.Tables.Features(ctx, caller.Business)
		view.Features = features.All
		return view, err
	}
	return view, nil
}

// Spot shows one spot with the URL by which it is shared: what that URL opens for those of the same business account
// (10.share).
func (b Building) Spot(ctx context.Context, caller identity.Caller, in SpotID) (SharedSpot, error) {
	spot, err := b.Tables.SpotNow(ctx, caller.Business, in.Spot)
	if err != nil {
		return SharedSpot{}, table.Unknown(err)
	}
	if !caller.At(spot.Location) {
		return SharedSpot{}, problem.Unknown()
	}
	return SharedSpot{spotView(caller, spot), share.URL(b.API, spot.ID)}, nil
}
