package colleague

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/spelling"
	"github.com/iotspot/iotspot/shared/table"
)

// MostIn is how many people one answer names of those who are in.
const MostIn = 500

// InInput names the building.
type InInput struct {
	Location string `json:"location"`
}

// In is who is in a building today, of those who show it. More says that there are others too.
type In struct {
	Location   string        `json:"location"`
	Name       string        `json:"name"`
	At         time.Time     `json:"at"`
	Colleagues []Whereabouts `json:"colleagues"`
	More       bool          `json:"more"`
}

// WhoIsIn answers who has a spot in a building at this moment or later today, by name, oneself included: the first
// MostIn of those who show both name and presence (4.d.4). Of each it is what Show answers, without the spots
// elsewhere; what they hide is looked at in their registrations (7.shield). Looking is counted as a search for
// colleagues (art. 5). A building that is not of the caller's account is problem.Unknown.
//
// It reads the account's floors, the building's day, the index of names, and a registration for each person it names:
// for 100 of them who sit at 200 desks in an account of 500, that is 123.5 read units in 12 round trips.
func (f Finder) WhoIsIn(ctx context.Context, caller identity.Caller, in InInput) (In, error) {
	at, counted, err := f.enter(ctx, caller, in.Location)
	if err != nil {
		return In{}, err
	}
	defer counted()
	answer := In{Location: at.ID, Name: at.Name, At: f.Now().UTC().Truncate(time.Second), Colleagues: []Whereabouts{}}
	customer, err := f.Tables.LegalName(ctx, caller.Business)
	if err != nil {
		return In{}, table.Unknown(err)
	}
	names, err := f.showing(ctx, caller.Business)
	if err != nil {
		return In{}, err
	}
	today, err := f.presences(ctx, caller.Business, at, names)
	if err != nil {
		return In{}, err
	}
	ids := slices.Sorted(maps.Keys(today))
	slices.SortStableFunc(ids, func(a, b string) int { return strings.Compare(names[a], names[b]) })
	answer.More = len(ids) > MostIn
	ids = ids[:min(len(ids), MostIn)]
	users, err := f.Tables.UsersNow(ctx, caller.Business, ids, showable...)
	for _, id := range ids {
		if user, there := users[id]; there && user.Shows(presenceItem) {
			answer.Colleagues = append(answer.Colleagues, Whereabouts{shown(user, customer), today[id]})
		}
	}
	slices.SortStableFunc(answer.Colleagues, func(a, b Whereabouts) int {
		return strings.Compare(spelling.Fold(a.Name),
			spelling.Fold(b.Name))
	})
	return answer, err
}

// enter finds a building of the caller's account, and begins to count the look at who is in it.
func (f Finder) enter(ctx context.Context, caller identity.Caller, id string) (table.Location, func(), error) {
	at, err := f.Tables.Location(ctx, caller.Business, id)
	if err != nil {
		return table.Location{}, nil, table.Unknown(err)
	}
	counted, err := f.count(ctx, caller, at.ID)
	return at, counted, err
}

// showing are the names, folded, of those who show where they are, by their ids. Guests are not among them, and who
// shows it since a moment may not be yet.
func (f Finder) showing(ctx context.Context, business string) (map[string]string, error) {
	members, err := f.Tables.Members(ctx, business)
	names := map[string]string{}
	for _, m := range members {
		if m.Shows(presenceItem) {
			names[m.Person.User] = spelling.Fold(m.Name)
		}
	}
	return names, err
}

// presences are the reservations of a building's day that still hold, of those who are named, by their ids.
func (f Finder) presences(ctx context.Context, business string, at table.Location,
	names map[string]string) (map[string][]Presence, error) {
	floors, err := f.floorsToday(ctx, business, at)
	found := map[string][]Presence{}
	for _, floor := range floors {
		for _, sheet := range floor.sheets {
			for _, held := range sheet.Holdings {
				if _, named := names[held.User]; !named {
					continue
				}
				if one, still := presence(at, floor.Floor, sheet.Spot, held, f.Now()); still {
					found[held.User] = append(found[held.User], one)
				}
			}
		}
	}
	for _, of := range found {
		slices.SortFunc(of, inTime)
	}
	return found, err
}

// A floorToday is a floor with what is on it today.
type floorToday struct {
	table.Floor
	sheets []table.SpotSheet
}

// floorsToday reads all floors of a building side by side.
func (f Finder) floorsToday(ctx context.Context, business string, at table.Location) ([]*floorToday, error) {
	all, err := f.Tables.Floors(ctx, business)
	if err != nil {
		return nil, err
	}
	var floors []*floorToday
	for _, floor := range all {
		if floor.Location == at.ID {
			floors = append(floors, &floorToday{Floor: floor})
		}
	}
	today := civil.DateOf(f.Now(), at.Zone)
	return floors, parallel.Each(ctx, 8, floors, func(ctx context.Context, floor *floorToday) (err error) {
		floor.sheets, err = f.Tables.FloorDay(ctx, business, at.ID, floor.ID, today)
		return err
	})
}
