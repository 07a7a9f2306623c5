package booking

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

// A Suggestion is a spot that is free for all of its time.
type Suggestion struct {
	Spot      string          `json:"spot"`
	Name      string          `json:"name"`
	Type      string          `json:"type"`
	Floor     string          `json:"floor"`
	FloorName string          `json:"floor_name"`
	ZoneName  string          `json:"zone_name,omitempty"`
	Date      civil.Date      `json:"date"`
	From      civil.ClockTime `json:"from"`
	To        civil.ClockTime `json:"to"`
	Why       string          `json:"why"` // assigned: one's own, favourite, zone: that of a favourite, or free
}

// suggest finds a spot for a day, or for the first one on which the person is not away and has no workplace. Their
// own one comes first, if they have not given it free. What anybody did before is not kept, so it goes on by
// favourites: one of them, else the zone of one, else the type of one. Nil when nothing is free.
func (b Bookings) suggest(ctx context.Context, caller identity.Caller, location table.Location,
	favourites []table.Favourite, own table.Own, groups func() ([]string, error),
	in TodayInput, sheets []table.PersonSheet) (*Suggestion, error) {
	asked, err := b.open(location, in.Date, sheets, own.Away)
	if err != nil || asked.interval == (civil.Interval{}) {
		return nil, err
	}
	favourites = slices.DeleteFunc(slices.Clone(favourites), func(f table.Favourite) bool {
		return f.Location != location.ID || location.Floors[f.Floor] == (table.FloorName{})
	})
	inGroups, err := b.groupsOn(location, asked.day, groups)
	if err != nil {
		return nil, err
	}
	search := suggesting{bookings: b, caller: caller, location: location, asked: asked,
		wanted: Wanted{Features: in.Features}, favourites: favourites, own: own, groups: inGroups,
		floors: map[string]freeFloor{}}
	for _, pass := range []func(context.Context) (*Suggestion, error){search.assigned, search.favourite, search.near,
		search.any} {
		if found, err := pass(ctx); err != nil || found != nil {
			return found, err
		}
	}
	return nil, nil
}

// open is the time of a day that can still be reserved, opening hours long; without a day that of the first one with
// no workplace of the person's yet. Weekends are left out, but for today. The longest stretch of the day is meant,
// and nothing where none is left.
func (b Bookings) open(location table.Location, day civil.Date, sheets []table.PersonSheet,
	away []civil.Date) (part, error) {
	now := b.Now()
	today := civil.DateOf(now, location.Zone)
	days := []civil.Date{day}
	if day == "" {
		days = days[:0]
		for n := range daysShown {
			if next := today.AddDays(n); (n == 0 || !next.Weekend()) && !has(sheets, next) &&
				!slices.Contains(away, next) {
				days = append(days, next)
			}
		}
	}
	for _, each := range days {
		if each < today {
			continue
		}
		open, err := location.Office().Open(rules.Spot{Category: rules.Kind(table.Workplace)}, each)
		if err != nil {
			return part{}, err
		}
		asked := part{day: each}
		for _, stretch := range open {
			if each == today && stretch.From < civil.QuarterOf(now) {
				stretch.From, asked.bookedAt = min(civil.QuarterOf(now), stretch.To), now.Unix()
			}
			if stretch.To-stretch.From > asked.interval.To-asked.interval.From {
				asked.interval = stretch
			}
		}
		if asked.interval.To > asked.interval.From {
			return asked, nil
		}
	}
	return part{}, nil
}

func has(sheets []table.PersonSheet, day civil.Date) bool {
	for _, sheet := range sheets {
		for _, c := range sheet.Commitments {
			if sheet.Day == day && c.Workplace && c.State.Holds() {
				return true
			}
		}
	}
	return false
}

// suggesting is one search, with the floors that it has read.
type suggesting struct {
	bookings   Bookings
	caller     identity.Caller
	location   table.Location
	asked      part
	wanted     Wanted
	favourites []table.Favourite
	own        table.Own
	groups     []string
	floors     map[string]freeFloor
}

// A freeFloor is a floor with the spots on it that are free, by name.
type freeFloor struct {
	table.Floor
	free  []string
	freed []string
}

// assigned is the person's own workplace, where they have not given it free.
func (s *suggesting) assigned(ctx context.Context) (*Suggestion, error) {
	for _, own := range s.own.Workplaces {
		if own.Location != s.location.ID {
			continue
		}
		floor, err := s.floor(ctx, own.Floor)
		if err != nil {
			return nil, err
		}
		if slices.Contains(floor.free, own.Spot) && !slices.Contains(floor.freed, own.Spot) {
			return s.found(floor, own.Spot, "assigned"), nil
		}
	}
	return nil, nil
}

func (s *suggesting) favourite(ctx context.Context) (*Suggestion, error) {
	for _, f := range s.favourites {
		floor, err := s.floor(ctx, f.Floor)
		if err != nil {
			return nil, err
		}
		if slices.Contains(floor.free, f.Spot) {
			return s.found(floor, f.Spot, "favourite"), nil
		}
	}
	return nil, nil
}

func (s *suggesting) near(ctx context.Context) (*Suggestion, error) {
	for _, f := range s.favourites {
		floor, err := s.floor(ctx, f.Floor)
		if err != nil {
			return nil, err
		}
		liked, there := floor.Spots[f.Spot]
		for _, id := range floor.free {
			if spot := floor.Spots[id]; there && liked.Zone != "" && spot.Zone == liked.Zone &&
				spot.Type == liked.Type {
				return s.found(floor, id, "zone"), nil
			}
		}
	}
	return nil, nil
}

func (s *suggesting) any(ctx context.Context) (*Suggestion, error) {
	wanted := "desk"
	for _, f := range s.favourites {
		floor, err := s.floor(ctx, f.Floor)
		if err != nil {
			return nil, err
		}
		if liked, there := floor.Spots[f.Spot]; there && liked.Category == table.Workplace {
			wanted = liked.Type
			break
		}
	}
	for _, kind := range []string{wanted, ""} { // its type, else any workplace
		for _, id := range s.order() {
			floor, err := s.floor(ctx, id)
			if err != nil {
				return nil, err
			}
			for _, id := range floor.free {
				if spot := floor.Spots[id]; spot.Type == kind || kind == "" && spot.Category == table.Workplace {
					return s.found(floor, id, "free"), nil
				}
			}
		}
	}
	return nil, nil
}

// order is the floors of favourites first, then from the ground upwards.
func (s *suggesting) order() []string {
	var order []string
	for _, f := range s.favourites {
		order = append(order, f.Floor)
	}
	return append(order, slices.SortedFunc(maps.Keys(s.location.Floors), func(a, b string) int {
		return cmp.Or(cmp.Compare(s.location.Floors[a].Level, s.location.Floors[b].Level), cmp.Compare(a, b))
	})...)
}

// floor reads a floor and what is free on it, once. One that was just removed has nothing.
func (s *suggesting) floor(ctx context.Context, id string) (freeFloor, error) {
	if known, read := s.floors[id]; read {
		return known, nil
	}
	floor, err := s.bookings.Tables.Floor(ctx, s.caller.Business, id)
	if errors.Is(err, table.ErrAbsent) {
		s.floors[id] = freeFloor{}
		return freeFloor{}, nil
	}
	if err != nil {
		return freeFloor{}, err
	}
	sheets, err := s.bookings.Tables.FloorDay(ctx, s.caller.Business, s.location.ID, id, s.asked.day)
	if err != nil {
		return freeFloor{}, err
	}
	look := lookAt(s.location, id, s.asked.day, s.asked.interval, s.bookings.Now())
	look.own, look.groups, look.admin = marks(s.own.Workplaces), s.groups, s.caller.Is(identity.Administrator)
	read, spots := freeFloor{Floor: floor}, bySpot(sheets)
	for spot, what := range floor.Spots {
		seen, err := look.availabilityOf(spot, what, spots[spot])
		if err != nil {
			return freeFloor{}, err
		}
		if s.wanted.met(what) && s.allowed(what.Ruled(id, spot), seen.Assigned) && seen.Available &&
			seen.Now != Occupied && !seen.Approval { // with the one tap that a suggestion is it would be nobody's
			read.free = append(read.free, spot)
		}
		if seen.Assigned == GivenFree {
			read.freed = append(read.freed, spot)
		}
	}
	slices.SortFunc(read.free, func(a, b string) int {
		return cmp.Or(cmp.Compare(floor.Spots[a].Name, floor.Spots[b].Name), cmp.Compare(a, b))
	})
	s.floors[id] = read
	return read, nil
}

// allowed tells whether the rules let a spot be reserved then, for as long as they let one.
func (s *suggesting) allowed(spot rules.Spot, whose Whose) bool {
	office := s.location.Office()
	if whose == Yours {
		office.GroupZones = nil
	}
	return office.Reaches(rules.Request{Spot: spot, Groups: s.groups, Now: s.bookings.Now(),
		Parts: []rules.Part{{Day: s.asked.day,
			Interval: office.Shortened(spot, s.asked.interval)}}})
}

func (s *suggesting) found(floor freeFloor, id, why string) *Suggestion {
	spot := floor.Spots[id]
	during := s.location.Office().Shortened(spot.Ruled(floor.ID, id), s.asked.interval)
	return &Suggestion{Spot: id, Name: spot.Name, Type: spot.Type, Floor: floor.ID, FloorName: floor.Name,
		ZoneName: floor.Zones[spot.Zone].Name, Date: s.asked.day, From: during.From.Clock(s.location.Zone),
		To: during.To.EndClock(s.asked.day, s.location.Zone), Why: why}
}
