package table

import (
	"context"
	"errors"
	"strings"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/rules"
)

// A Location is one of a customer's buildings with the settings of its reservations (3.b, 3.c, 3.g, 3.h).
type Location struct {
	ID        string     `dynamo:"-"`
	Name      string     `dynamo:"name"`
	Address   string     `dynamo:"address"`
	Latitude  float64    `dynamo:"latitude"`
	Longitude float64    `dynamo:"longitude"`
	Zone      civil.Zone `dynamo:"zone"`

	Opens         civil.ClockTime `dynamo:"opens"`
	Closes        civil.ClockTime `dynamo:"closes"`
	HorizonDays   int             `dynamo:"horizon_days"` // how far ahead one may reserve
	DailyQuota    int             `dynamo:"daily_quota"`  // reservations that a person may have on a day here
	NoShowMinutes int             `dynamo:"no_show_minutes"`
	VacantMinutes int             `dynamo:"vacant_minutes"`
	SilentMinutes int             `dynamo:"silent_minutes"`

	Rules   rules.Rules    `dynamo:"rules,omitempty"`
	Outages []rules.Outage `dynamo:"outages,omitempty"`
	// GroupZones are zones of its floors that are kept for groups until a time before the day.
	GroupZones []rules.GroupZone `dynamo:"group_zones,omitempty"`
	Revision   int               `dynamo:"revision,omitempty"` // counts the changes of what is above

	Workplaces int `dynamo:"workplaces"` // 3.g: changed in the same transactions as the spots
	Rooms      int `dynamo:"rooms"`      // 3.h: likewise

	Floors map[string]FloorName `dynamo:"floors,allowempty"`
	// ReservedUntil is a date up to which there may be reservations though the horizon is nearer: it was lowered.
	ReservedUntil civil.Date `dynamo:"reserved_until,omitempty"`
}

// LastReserved is the last date on which the location can have a reservation, as of today there. One over midnight
// may end a day after the horizon.
func (l Location) LastReserved(today civil.Date) civil.Date {
	return max(today.AddDays(l.HorizonDays+1), l.ReservedUntil)
}

// A FloorName is what a location's item holds of each of its floors.
type FloorName struct {
	Name  string `dynamo:"name"`
	Level int    `dynamo:"level"`
	// Version counts the changes of the floor's name, zones and spots; 0 where none came since this is counted.
	Version int `dynamo:"version,omitempty"`
}

// A Zone is a named part of a floor; a sector is a named group of zones.
type Zone struct {
	Name   string `dynamo:"name"`
	Sector string `dynamo:"sector,omitempty"`
}

// Category is the kind of spot that the counts 3.g and 3.h tell apart.
type Category string

// The categories.
const (
	Workplace Category = "workplace"
	Room      Category = "room"
)

// SpotTypes are the types of each category (3.f).
var SpotTypes = map[Category][]string{
	Workplace: {"desk", "seat"},
	Room:      {"meeting_room", "classroom", "treatment_room"},
}

// A FloorSpot is what a floor's item holds of each of its spots: all that drawing the plan needs.
type FloorSpot struct {
	Name     string   `dynamo:"name"`
	Category Category `dynamo:"category"`
	Type     string   `dynamo:"type"`
	Zone     string   `dynamo:"zone,omitempty"` // id in the floor's Zones
	X        float64  `dynamo:"x"`              // 0 is the plan's left edge, 1 its right
	Y        float64  `dynamo:"y"`              // 0 is the top
	Sensors  []string `dynamo:"sensors,set,omitempty"`
	Capacity int      `dynamo:"capacity,omitempty"`     // people that a room is for; 0 where nothing is said of it
	Features []int    `dynamo:"features,set,omitempty"` // by their numbers among the customer's Features, in order

	// A move into a zone counts from the next day on: ZoneBefore is the one that counts before ZoneSince.
	ZoneBefore string     `dynamo:"zone_before,omitempty"`
	ZoneSince  civil.Date `dynamo:"zone_since,omitempty"`
	// Assigned is the random mark of its assignment, where it is somebody's workplace; see Assign.
	Assigned string `dynamo:"assigned,omitempty"`
}

// ZoneOn is the zone by which the figures of a day go.
func (s FloorSpot) ZoneOn(day civil.Date) string {
	if day < s.ZoneSince {
		return s.ZoneBefore
	}
	return s.Zone
}

// MovedFrom is the spot that another becomes today, if it comes into another zone.
func (s FloorSpot) MovedFrom(old FloorSpot, today civil.Date) FloorSpot {
	s.ZoneBefore, s.ZoneSince = old.ZoneBefore, old.ZoneSince
	if s.Zone != old.Zone {
		s.ZoneBefore, s.ZoneSince = old.ZoneOn(today), today.AddDays(1)
	}
	return s
}

// A Site is what a floor knows of its location, so that what is free on it needs no further read. It is written with
// the location's settings in one transaction.
type Site struct {
	Zone          civil.Zone      `dynamo:"zone"`
	Opens         civil.ClockTime `dynamo:"opens"`
	Closes        civil.ClockTime `dynamo:"closes"`
	SilentMinutes int             `dynamo:"silent_minutes"`
	Revision      int             `dynamo:"-"` // of the location that it was read from
}

// Site is what the location's floors know of it.
func (l Location) Site() Site {
	return Site{Zone: l.Zone, Opens: l.Opens, Closes: l.Closes, SilentMinutes: l.SilentMinutes, Revision: l.Revision}
}

// Office is all that the location says of its reservations.
func (l Location) Office() rules.Office {
	return rules.Office{Zone: l.Zone, Opens: l.Opens, Closes: l.Closes, HorizonDays: l.HorizonDays, Rules: l.Rules,
		Outages: l.Outages, GroupZones: l.GroupZones}
}

// A Floor is one item with all of its spots, so that a plan is one read.
type Floor struct {
	Site     Site   `dynamo:"site"`
	ID       string `dynamo:"-"`
	Location string `dynamo:"location"`
	Name     string `dynamo:"name"`
	Level    int    `dynamo:"level"`
	Plan     string `dynamo:"plan,omitempty"` // changes with the image; "" when there is none
	// PlanRatio is the image's width by its height; 0 where there is none, or one from before this was kept.
	PlanRatio float64              `dynamo:"plan_ratio,omitempty"`
	Zones     map[string]Zone      `dynamo:"zones,allowempty"`
	Version   int                  `dynamo:"version"` // counts the changes of its zones and spots
	Spots     map[string]FloorSpot `dynamo:"-"`
	// Saved tells a request that changes the floor in many transactions how far it came.
	Saved Saved `dynamo:"saved,omitempty"`
}

// Saved is the version that a request made of a floor.
type Saved struct {
	Request string `dynamo:"request"`
	Version int    `dynamo:"version"`
}

// A Spot is a workplace or a room, found by its id alone.
type Spot struct {
	ID       string `dynamo:"-"`
	Location string `dynamo:"location"`
	Floor    string `dynamo:"floor"`
	FloorSpot
}

// Ruled is what the rules know of the spot.
func (s Spot) Ruled() rules.Spot { return s.FloorSpot.Ruled(s.Floor, s.ID) }

// Ruled is what the rules know of a spot on a floor.
func (s FloorSpot) Ruled(floor, id string) rules.Spot {
	return rules.Spot{ID: id, Floor: floor, Zone: s.Zone, Category: rules.Kind(s.Category), Type: rules.Kind(s.Type)}
}

// Place is the spot with all that its sheets' keys need.
func (s Spot) Place(business string) Place {
	return Place{Business: business, Location: s.Location, Floor: s.Floor, Spot: s.ID}
}

// A Sensor is a device that is tied to a spot. It belongs to one customer at a time.
type Sensor struct {
	Hardware string `dynamo:"-"`
	Business string `dynamo:"business"`
	Location string `dynamo:"location"`
	Floor    string `dynamo:"floor"`
	Spot     string `dynamo:"spot"`
	Model    string `dynamo:"model"`

	HeardOn civil.Date `dynamo:"heard_on,omitempty"` // the location's day on which it was heard last
	Battery *int       `dynamo:"battery,omitempty"`  // per cent, as it told within a few
}

// Place is the spot that the sensor watches.
func (s Sensor) Place() Place {
	return Place{Business: s.Business, Location: s.Location, Floor: s.Floor, Spot: s.Spot}
}

const locationsPartition = "locations"

func locationKey(business, id string) key { return businessKey(privacy.Location, business, id) }
func floorKey(business, id string) key    { return businessKey(privacy.Floor, business, id) }
func spotKey(business, id string) key     { return businessKey(privacy.Spot, business, id) }
func sensorKey(hardware string) key       { return soleKey(privacy.Sensor, hardware) }

// Location reads one of the account's locations, eventually consistent: half a read unit. ErrAbsent when there is
// none.
func (t *Tables) Location(ctx context.Context, business, id string) (Location, error) {
	return one(ctx, t, locationKey(business, id), false, Location{ID: id})
}

// LocationNow reads it consistently, for a change of it.
func (t *Tables) LocationNow(ctx context.Context, business, id string) (Location, error) {
	return one(ctx, t, locationKey(business, id), true, Location{ID: id})
}

// Spot reads one of the account's spots, eventually consistent: half a read unit. ErrAbsent when there is none.
func (t *Tables) Spot(ctx context.Context, business, id string) (Spot, error) {
	return one(ctx, t, spotKey(business, id), false, Spot{ID: id})
}

// SpotNow reads it consistently, for a change of it.
func (t *Tables) SpotNow(ctx context.Context, business, id string) (Spot, error) {
	return one(ctx, t, spotKey(business, id), true, Spot{ID: id})
}

// Sensor finds a device by its hardware id, whichever customer it belongs to, eventually consistent: half a read
// unit. It is for readings and for tying sensors, and never for a caller's answer. ErrAbsent when it is tied to
// nothing.
func (t *Tables) Sensor(ctx context.Context, hardware string) (Sensor, error) {
	return one(ctx, t, sensorKey(hardware), false, Sensor{Hardware: hardware})
}

// Floor reads one of the account's floors with its spots, eventually consistent. ErrAbsent when there is none.
func (t *Tables) Floor(ctx context.Context, business, id string) (Floor, error) {
	return t.floor(ctx, business, id, false)
}

// FloorNow reads it consistently, for a change of it.
func (t *Tables) FloorNow(ctx context.Context, business, id string) (Floor, error) {
	return t.floor(ctx, business, id, true)
}

func (t *Tables) floor(ctx context.Context, business, id string, consistent bool) (Floor, error) {
	var raw dynamo.Item
	if err := t.get(ctx, floorKey(business, id), consistent, &raw); err != nil {
		return Floor{}, err
	}
	return floorOf(id, raw)
}

const floorSpotPrefix = "s#"

func floorOf(id string, raw dynamo.Item) (Floor, error) {
	floor := Floor{ID: id, Zones: map[string]Zone{}, Spots: map[string]FloorSpot{}}
	if err := dynamo.UnmarshalItem(raw, &floor); err != nil {
		return Floor{}, err
	}
	for name, value := range raw {
		spotID, isSpot := strings.CutPrefix(name, floorSpotPrefix)
		if !isSpot {
			continue
		}
		if err := decodeInto(floor.Spots, spotID, value, decodeFloorSpot); err != nil {
			return Floor{}, err
		}
	}
	return floor, nil
}

// Locations lists the account's locations consistently, in the order of their ids.
func (t *Tables) Locations(ctx context.Context, business string) ([]Location, error) {
	return t.locations(ctx, business, "", true)
}

// locations are those whose ids begin so.
func (t *Tables) locations(ctx context.Context, business, beginning string, consistent bool) ([]Location, error) {
	items, err := t.list(ctx, privacy.Directory, "b#"+business, privacy.Location.SortPrefix+beginning, consistent)
	if err != nil {
		return nil, err
	}
	locations := make([]Location, len(items))
	for i, item := range items {
		locations[i].ID = idIn(item, privacy.Location)
		if err := dynamo.UnmarshalItem(item, &locations[i]); err != nil {
			return nil, err
		}
	}
	return locations, nil
}

// SearchedLocations lists, consistently, the account's locations and those that were removed so lately that
// somebody's searches of a day there may not be closed: of these the id and the zone are known, and no name.
func (t *Tables) SearchedLocations(ctx context.Context, business string) ([]Location, error) {
	locations, err := t.Locations(ctx, business)
	if err != nil {
		return nil, err
	}
	removed, err := t.list(ctx, privacy.Directory, "b#"+business, privacy.RemovedLocation.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	for _, item := range removed {
		id := idIn(item, privacy.RemovedLocation)
		if text(item["date"]) < string(civil.DateOf(t.now(), civil.UTC).AddDays(-searchedSince)) {
			continue
		}
		switch open, err := t.OpenDaysOf(ctx, id); {
		case errors.Is(err, ErrAbsent): // everything of it is closed
		case err != nil:
			return nil, err
		default:
			locations = append(locations, Location{ID: id, Zone: open.Zone})
		}
	}
	return locations, nil
}

// searchedSince is how many days after a removal at most, by the date in UTC, searches may not be closed.
const searchedSince = 7

// Floors lists all floors of the account with their spots consistently, in the order of their ids.
func (t *Tables) Floors(ctx context.Context, business string) ([]Floor, error) {
	items, err := t.list(ctx, privacy.Directory, "b#"+business, privacy.Floor.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	floors := make([]Floor, len(items))
	for i, item := range items {
		if floors[i], err = floorOf(idIn(item, privacy.Floor), item); err != nil {
			return nil, err
		}
	}
	return floors, nil
}

// idIn is the id at the end of an item's sort key.
func idIn(raw dynamo.Item, item privacy.Item) string {
	return strings.TrimPrefix(text(raw[skName]), item.SortPrefix)
}
