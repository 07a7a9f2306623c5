package colleague

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// A Presence is whether a colleague is at the spot that they have today, or have later today, at this moment (4.d.4).
type Presence struct {
	Location     string          `json:"location"`
	LocationName string          `json:"location_name"`
	FloorName    string          `json:"floor_name,omitempty"`
	Spot         string          `json:"spot"`
	SpotName     string          `json:"spot_name"`
	From         civil.ClockTime `json:"from"`
	To           civil.ClockTime `json:"to"`
	Present      bool            `json:"present"`
}

// today are a person's spots of the day that it is at each location, without those that are over or given back.
func (f Finder) today(ctx context.Context, p identity.Person) ([]Presence, error) {
	now := f.Now()
	around := civil.DateOf(now, time.UTC)
	sheets, err := f.Tables.PersonDays(ctx, p, around.AddDays(-1), around.AddDays(1))
	if err != nil {
		return nil, err
	}
	var today []Presence
	for _, sheet := range sheets {
		at, err := f.Tables.Location(ctx, p.Business, sheet.Location)
		if errors.Is(err, table.ErrAbsent) {
			continue
		}
		if err != nil {
			return nil, err
		}
		zone, err := civil.LoadZone(at.Zone)
		if err != nil {
			return nil, err
		}
		if sheet.Day != civil.DateOf(now, zone) {
			continue
		}
		for id, c := range sheet.Commitments {
			one, still, err := f.presence(ctx, p, sheet, id, c)
			if err != nil {
				return nil, err
			}
			if still {
				seen := booking.Shown(table.ReservationID{Day: sheet.Day, Location: at.ID, Key: id}, c, zone)
				one.LocationName, one.From, one.To = at.Name, seen.From, seen.To
				one.FloorName = at.Floors[c.Floor].Name
				today = append(today, one)
			}
		}
	}
	slices.SortFunc(today, func(a, b Presence) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.SpotName, b.SpotName))
	})
	return today, nil
}

func (f Finder) presence(ctx context.Context, p identity.Person, day table.PersonSheet, id string, c table.Commitment) (Presence, bool, error) {
	now := f.Now()
	if !now.Before(c.To.Time()) {
		return Presence{}, false, nil
	}
	place := table.Place{Business: p.Business, Location: day.Location, Floor: c.Floor, Spot: c.Spot}
	sheet, err := f.Tables.SpotSheet(ctx, place, day.Day, true)
	held, there := sheet.Holdings[id]
	if err != nil || !there || held.User != p.User || !held.State.Holds() {
		return Presence{}, false, err
	}
	return Presence{Location: day.Location, Spot: c.Spot, SpotName: c.Name, Present: isIn(held, now)}, true, nil
}

// isIn: who has checked in is there, also in the quarter of an hour before the start.
func isIn(held table.Holding, now time.Time) bool {
	return held.State == table.CheckedIn && now.Before(held.To.Time())
}

// EmergencyInput names the building.
type EmergencyInput struct {
	Location string `json:"location"`
}

// Emergency is who is in a building at a moment: the spots that are occupied, by floor from below and by zone.
type Emergency struct {
	Location string     `json:"location"`
	Name     string     `json:"name"`
	At       time.Time  `json:"at"`
	Occupied []Occupied `json:"occupied"`
}

// Occupied is a spot where somebody is. Person is left out when they don't show their name and where they are, or when
// only a sensor says that somebody is there.
type Occupied struct {
	FloorName string `json:"floor_name"`
	Level     int    `json:"level"`
	ZoneName  string `json:"zone_name,omitempty"`
	Spot      string `json:"spot"`
	SpotName  string `json:"spot_name"`
	Person    string `json:"person,omitempty"`

	user string
}

// EmergencyList answers a confirmed emergency response officer who is in a building now; see the package's comment. To
// anyone else it is unknown, as an unknown building is.
func (f Finder) EmergencyList(ctx context.Context, caller identity.Caller, in EmergencyInput) (Emergency, error) {
	officer, err := f.Tables.User(ctx, caller.Person)
	if err != nil {
		return Emergency{}, unknown(err)
	}
	if !officer.IsOfficer() {
		return Emergency{}, problem.Unknown()
	}
	at, err := f.Tables.Location(ctx, caller.Business, in.Location)
	if err != nil {
		return Emergency{}, unknown(err)
	}
	counted, err := f.count(ctx, caller, at.ID)
	if err != nil {
		return Emergency{}, err
	}
	defer counted()
	list := Emergency{Location: at.ID, Name: at.Name, At: f.Now().UTC().Truncate(time.Second), Occupied: []Occupied{}}
	if list.Occupied, err = f.occupied(ctx, caller.Business, at); err != nil {
		return Emergency{}, err
	}
	return list, f.name(ctx, caller.Business, list.Occupied)
}

// occupied reads all floors side by side.
func (f Finder) occupied(ctx context.Context, business string, at table.Location) ([]Occupied, error) {
	zone, err := civil.LoadZone(at.Zone)
	if err != nil {
		return nil, err
	}
	floors, err := f.Tables.Floors(ctx, business)
	if err != nil {
		return nil, err
	}
	floors = slices.DeleteFunc(floors, func(floor table.Floor) bool { return floor.Location != at.ID })
	perFloor := make([][]Occupied, len(floors))
	numbers := make([]int, len(floors))
	for i := range numbers {
		numbers[i] = i
	}
	err = parallel.Each(ctx, 8, numbers, func(ctx context.Context, i int) error {
		sheets, err := f.Tables.FloorDay(ctx, business, at.ID, floors[i].ID, civil.DateOf(f.Now(), zone))
		for _, sheet := range sheets {
			if one, is := f.occupiedSpot(floors[i], sheet, at, zone); is {
				perFloor[i] = append(perFloor[i], one)
			}
		}
		return err
	})
	all := append([]Occupied{}, slices.Concat(perFloor...)...)
	slices.SortFunc(all, func(a, b Occupied) int {
		return cmp.Or(cmp.Compare(a.Level, b.Level), strings.Compare(a.FloorName, b.FloorName), strings.Compare(a.ZoneName, b.ZoneName),
			strings.Compare(a.SpotName, b.SpotName), strings.Compare(a.Spot, b.Spot))
	})
	return all, err
}

func (f Finder) occupiedSpot(floor table.Floor, sheet table.SpotSheet, at table.Location, zone *time.Location) (Occupied, bool) {
	now := f.Now()
	spot, there := floor.Spots[sheet.Spot]
	silent := time.Duration(at.SilentMinutes) * time.Minute
	state := booking.StateOf(sheet, len(spot.Sensors) > 0, silent, civil.DateOf(now, zone).Start(zone), now)
	one := Occupied{FloorName: floor.Name, Level: floor.Level, ZoneName: floor.Zones[spot.Zone].Name, Spot: sheet.Spot, SpotName: spot.Name}
	for _, held := range sheet.Holdings {
		if isIn(held, now) {
			one.user = held.User
		}
	}
	return one, there && (one.user != "" || state == booking.Occupied)
}

// name fills in those who show their name and where they are.
func (f Finder) name(ctx context.Context, business string, spots []Occupied) error {
	var ids []string
	for _, spot := range spots {
		if spot.user != "" && !slices.Contains(ids, spot.user) { // one asked twice is refused
			ids = append(ids, spot.user)
		}
	}
	users, err := f.Tables.UsersNow(ctx, business, ids)
	if err != nil {
		return err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { _, there := users[id]; return there })
	guests, err := f.Tables.GuestsNow(ctx, business, ids)
	for i, spot := range spots {
		if user, there := users[spot.user]; there && user.Shows(table.NameItem) && user.Shows(presenceItem) {
			spots[i].Person = user.Name
		}
		if guest, there := guests[spot.user]; there && guest.Shows(presenceItem) {
			spots[i].Person = guest.ShownName()
		}
	}
	return err
}
