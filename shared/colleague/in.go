package colleague

import (
	"cmp"
	"context"
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
// elsewhere. Looking is counted as a search for colleagues (art. 5). A building that is not of the caller's account is
// problem.Unknown.
//
// It reads the account's floors, the building's day and the roster, and the registration of each person it names who
// shows more than the name, the customer and where they are.
func (f Finder) WhoIsIn(ctx context.Context, caller identity.Caller, in InInput) (In, error) {
	location, counted, err := f.enter(ctx, caller, in.Location)
	if err != nil {
		return In{}, err
	}
	defer counted()
	answer := In{Location: location.ID, Name: location.Name, At: f.Now().UTC().Truncate(time.Second),
		Colleagues: []Whereabouts{}}
	var roster table.Roster
	var today map[string][]Presence
	err = parallel.Together(ctx,
		func() (err error) { roster, err = f.Tables.Roster(ctx, caller.Business); return table.Unknown(err) },
		func() (err error) { today, err = f.presences(ctx, caller.Business, location); return err })
	if err != nil {
		return In{}, err
	}
	members := slices.DeleteFunc(showing(roster), func(m table.Member) bool { return len(today[m.Person.User]) == 0 })
	answer.More = len(members) > MostIn
	members = members[:min(len(members), MostIn)]
	users, err := f.registrations(ctx, caller.Business, roster, members)
	for _, m := range members {
		if one, present, ok := seen(roster, m, users); ok && present {
			answer.Colleagues = append(answer.Colleagues, Whereabouts{one, today[one.ID]})
		}
	}
	slices.SortStableFunc(answer.Colleagues, func(a, b Whereabouts) int {
		return strings.Compare(spelling.Fold(a.Name), spelling.Fold(b.Name))
	})
	return answer, err
}

// enter finds a building of the caller's account, and begins to count the look at who is in it.
func (f Finder) enter(ctx context.Context, caller identity.Caller, id string) (table.Location, func(), error) {
	location, err := f.Tables.Location(ctx, caller.Business, id)
	if err != nil {
		return table.Location{}, nil, table.Unknown(err)
	}
	counted, err := f.count(ctx, caller, location.ID)
	return location, counted, err
}

// showing are those who show where they are, by name. Guests are not among them.
func showing(roster table.Roster) []table.Member {
	type named struct {
		table.Member
		name string
	}
	var all []named
	for _, m := range roster.Members {
		if m.ShowsPresence {
			all = append(all, named{m, spelling.Fold(m.Name)})
		}
	}
	slices.SortFunc(all, func(a, b named) int {
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.Person.User, b.Person.User))
	})
	members := make([]table.Member, len(all))
	for i, one := range all {
		members[i] = one.Member
	}
	return members
}

// presences are the reservations of a building's day that still hold, by the person who holds them.
func (f Finder) presences(ctx context.Context, business string,
	location table.Location) (map[string][]Presence, error) {
	floors, err := f.floorsToday(ctx, business, location)
	found := map[string][]Presence{}
	for _, floor := range floors {
		for _, sheet := range floor.sheets {
			for _, held := range sheet.Holdings {
				if one, still := presence(location, floor.Floor, sheet.Spot, held, f.Now()); still {
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
func (f Finder) floorsToday(ctx context.Context, business string, location table.Location) ([]*floorToday, error) {
	all, err := f.Tables.Floors(ctx, business)
	if err != nil {
		return nil, err
	}
	var floors []*floorToday
	for _, floor := range all {
		if floor.Location == location.ID {
			floors = append(floors, &floorToday{Floor: floor})
		}
	}
	today := civil.DateOf(f.Now(), location.Zone)
	return floors, parallel.Each(ctx, 8, floors, func(ctx context.Context, floor *floorToday) (err error) {
		floor.sheets, err = f.Tables.FloorDay(ctx, business, location.ID, floor.ID, today)
		return err
	})
}
