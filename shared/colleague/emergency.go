package colleague

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

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

// Occupied is a spot where somebody is. Person is left out when they don't show their name and where they are, or
// when only a sensor says that somebody is there.
type Occupied struct {
	FloorName string `json:"floor_name"`
	Level     int    `json:"level"`
	ZoneName  string `json:"zone_name,omitempty"`
	Spot      string `json:"spot"`
	SpotName  string `json:"spot_name"`
	Person    string `json:"person,omitempty"`

	user string
}

// EmergencyList answers a confirmed emergency response officer who is in a building now; see the package's comment.
// To anyone else it is unknown, as an unknown building is.
func (f Finder) EmergencyList(ctx context.Context, caller identity.Caller, in EmergencyInput) (Emergency, error) {
	officer, err := f.Tables.User(ctx, caller.Person, "4.b.4", "4.d.1")
	if err != nil {
		return Emergency{}, table.Unknown(err)
	}
	if !officer.IsOfficer() {
		return Emergency{}, problem.Unknown()
	}
	location, counted, err := f.enter(ctx, caller, in.Location)
	if err != nil {
		return Emergency{}, err
	}
	defer counted()
	list := Emergency{Location: location.ID, Name: location.Name, At: f.Now().UTC().Truncate(time.Second),
		Occupied: []Occupied{}}
	if list.Occupied, err = f.occupied(ctx, caller.Business, location); err != nil {
		return Emergency{}, err
	}
	return list, f.name(ctx, caller.Business, list.Occupied)
}

func (f Finder) occupied(ctx context.Context, business string, location table.Location) ([]Occupied, error) {
	floors, err := f.floorsToday(ctx, business, location)
	all := []Occupied{}
	for _, floor := range floors {
		for _, sheet := range floor.sheets {
			if one, is := f.occupiedSpot(floor.Floor, sheet, location); is {
				all = append(all, one)
			}
		}
	}
	slices.SortFunc(all, func(a, b Occupied) int {
		return cmp.Or(cmp.Compare(a.Level, b.Level), strings.Compare(a.FloorName, b.FloorName),
			strings.Compare(a.ZoneName, b.ZoneName),
			strings.Compare(a.SpotName, b.SpotName), strings.Compare(a.Spot, b.Spot))
	})
	return all, err
}

func (f Finder) occupiedSpot(floor table.Floor, sheet table.SpotSheet, location table.Location) (Occupied, bool) {
	now := f.Now()
	spot, there := floor.Spots[sheet.Spot]
	silent := time.Duration(location.SilentMinutes) * time.Minute
	starts := civil.DateOf(now, location.Zone).Start(location.Zone)
	state := booking.StateOf(sheet, len(spot.Sensors) > 0, silent, starts, now)
	one := Occupied{FloorName: floor.Name, Level: floor.Level, ZoneName: floor.Zones[spot.Zone].Name,
		Spot: sheet.Spot, SpotName: spot.Name}
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
	users, err := f.Tables.UsersNow(ctx, business, ids, table.NameItem, "7.shield")
	if err != nil {
		return err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { _, there := users[id]; return there })
	guests, err := f.Tables.GuestsNow(ctx, business, ids, "4.d.3", "7.shield")
	for i, spot := range spots {
		if user, there := users[spot.user]; there && user.Shows(presenceItem) {
			spots[i].Person = user.Name
		}
		if guest, there := guests[spot.user]; there && guest.Shows(presenceItem) {
			spots[i].Person = guest.ShownName()
		}
	}
	return err
}
