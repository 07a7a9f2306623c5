package booking

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

// TodayInput says where, and for which day a spot is suggested; both can be left out.
type TodayInput struct {
	Location string     `json:"location"`
	Date     civil.Date `json:"date"`
	Features string     `json:"features"` // see Wanted
}

// Today is what a person who opens the app needs to see. Location is nil in an account that has none.
type Today struct {
	Now          time.Time     `json:"now"`
	Name         string        `json:"name,omitempty"`
	Language     string        `json:"language"`
	Role         identity.Role `json:"role"`
	Location     *Site         `json:"location,omitempty"`
	Date         civil.Date    `json:"date,omitempty"` // today there
	Closed       []civil.Date  `json:"closed"`         // of the days shown, those on which the location stays closed
	Reservations []Placed      `json:"reservations"`
	Suggestion   *Suggestion   `json:"suggestion,omitempty"`
	ToDecide     int           `json:"to_decide"` // how many requests wait for the caller's decision (4.f.3)
}

// A Site is what one needs of a location to show its days.
type Site struct {
	ID          string          `json:"id"`
	Name        string          `json:"name"`
	TimeZone    civil.Zone      `json:"time_zone"`
	Opens       civil.ClockTime `json:"opens"`
	Closes      civil.ClockTime `json:"closes"`
	HorizonDays int             `json:"horizon_days"`
}

func siteOf(l table.Location) Site {
	return Site{ID: l.ID, Name: l.Name, TimeZone: l.Zone, Opens: l.Opens, Closes: l.Closes,
		HorizonDays: l.HorizonDays}
}

// Placed is a reservation with the names of where it is.
type Placed struct {
	Reservation
	LocationName string     `json:"location_name"`
	FloorName    string     `json:"floor_name"`
	TimeZone     civil.Zone `json:"time_zone"`
	Workplace    bool       `json:"workplace"` // a room otherwise
}

// daysShown are today and the seven days after it.
const daysShown = 8

// Today answers a person's days with a spot that they could have, and counts no search: nothing is looked for that
// the person didn't see already.
func (b Bookings) Today(ctx context.Context, caller identity.Caller, in TodayInput) (Today, error) {
	now := b.Now()
	today := Today{Now: now.UTC(), Role: caller.Role, Reservations: []Placed{}, Closed: []civil.Date{}}
	favourites, own, err := b.greet(ctx, caller, &today)
	if err != nil {
		return today, table.Unknown(err)
	}
	from := civil.DateOf(now, civil.UTC).AddDays(-1) // it is still yesterday somewhere
	sheets, err := b.Tables.PersonDays(ctx, caller.Person, from, from.AddDays(daysShown+1))
	if err != nil {
		return today, err
	}
	known := places{bookings: b, business: caller.Business, sites: map[string]table.Location{}}
	if today.Reservations, err = b.placed(ctx, caller.Person, &known, sheets); err != nil {
		return today, err
	}
	home, err := b.home(ctx, caller, in.Location, &known, today.Reservations, own, favourites)
	if errors.Is(err, table.ErrAbsent) && in.Location == "" {
		return today, nil
	}
	if err != nil {
		return today, table.Unknown(err)
	}
	where := siteOf(home)
	today.Location, today.Date = &where, civil.DateOf(now, home.Zone)
	if today.Closed, err = closedFrom(home.Office(), today.Date); err != nil {
		return today, err
	}
	groups := b.groupsOf(ctx, caller.Person)
	if today.ToDecide, err = b.toDecide(ctx, caller, home, groups); err != nil {
		return today, err
	}
	today.Suggestion, err = b.suggest(ctx, caller, home, favourites, own, groups, in, sheets)
	return today, err
}

// greet says in today's answer who it is for, and gives the spots that they like and what is their own. A guest has
// neither.
func (b Bookings) greet(ctx context.Context, caller identity.Caller,
	today *Today) (favourites []table.Favourite, own table.Own, err error) {
	if !caller.Is(identity.Members...) {
		guest, err := b.Tables.Guest(ctx, caller.Person, "4.language")
		today.Language = guest.Language
		return nil, own, err
	}
	user, err := b.Tables.User(ctx, caller.Person, "4.a.1", "4.language")
	if err != nil {
		return nil, own, err
	}
	today.Name, today.Language = user.Name, user.Language
	err = parallel.Together(ctx,
		func() (err error) { favourites, err = b.Tables.FavouriteSpots(ctx, caller.Person); return },
		func() (err error) { own, err = b.Tables.Own(ctx, caller.Person); return })
	return favourites, own, err
}

// closedFrom are the days, of those shown from the first on, on which nobody can be at the office.
func closedFrom(office rules.Office, first civil.Date) ([]civil.Date, error) {
	closed := []civil.Date{}
	for n := range daysShown {
		open, err := office.Hours(first.AddDays(n))
		if err != nil {
			return closed, err
		}
		if len(open) == 0 {
			closed = append(closed, first.AddDays(n))
		}
	}
	return closed, nil
}

// places are locations that were read already.
type places struct {
	bookings Bookings
	business string
	sites    map[string]table.Location
}

func (p *places) site(ctx context.Context, id string) (table.Location, error) {
	if at, known := p.sites[id]; known {
		return at, nil
	}
	location, err := p.bookings.Tables.Location(ctx, p.business, id)
	if err != nil {
		return table.Location{}, err
	}
	p.sites[id] = location
	return location, nil
}

// placed are the reservations of today and later, by their times. The state of those that have begun or are about to
// is read from their spots' sheets.
func (b Bookings) placed(ctx context.Context, p identity.Person, known *places,
	sheets []table.PersonSheet) ([]Placed, error) {
	now, all := b.Now(), []Placed{}
	for _, sheet := range sheets {
		location, err := known.site(ctx, sheet.Location)
		if errors.Is(err, table.ErrAbsent) {
			continue // the location was just removed, and its reservations follow
		}
		if err != nil {
			return nil, err
		}
		today := civil.DateOf(now, location.Zone)
		if sheet.Day < today || sheet.Day >= today.AddDays(daysShown) {
			continue
		}
		for key, c := range sheet.Commitments {
			id := table.ReservationID{Day: sheet.Day, Location: sheet.Location, Key: key}
			if c, err = b.asOf(ctx, now, p, id, c); err != nil {
				return nil, err
			}
			all = append(all, Placed{Reservation: Shown(id, c, location.Zone), LocationName: location.Name,
				FloorName: location.Floors[c.Floor].Name, TimeZone: location.Zone, Workplace: c.Workplace})
		}
	}
	slices.SortFunc(all, func(a, b Placed) int { return a.StartsAt.Compare(b.StartsAt) })
	made := make([]Reservation, len(all))
	for i, r := range all {
		made[i] = r.Reservation
	}
	return all, b.byWhom(ctx, p.Business, made)
}

// home is the location that a day is shown of: the one asked for or the guest's, else that of the next reservation,
// of their own workplace, of the first favourite, or the first by name. ErrAbsent when there is none.
func (b Bookings) home(ctx context.Context, caller identity.Caller, asked string, known *places,
	reservations []Placed, own table.Own, favourites []table.Favourite) (table.Location, error) {
	if asked != "" && !caller.At(asked) {
		return table.Location{}, problem.Unknown()
	}
	if id := cmp.Or(asked, caller.Location); id != "" {
		return known.site(ctx, id)
	}
	if len(reservations) > 0 {
		return known.site(ctx, reservations[0].Location)
	}
	if len(own.Workplaces) > 0 {
		return known.site(ctx, own.Workplaces[0].Location)
	}
	for _, f := range favourites {
		if location, err := known.site(ctx, f.Location); !errors.Is(err, table.ErrAbsent) {
			return location, err
		}
	}
	all, err := b.Tables.Locations(ctx, caller.Business)
	if err != nil {
		return table.Location{}, err
	}
	if len(all) == 0 {
		return table.Location{}, table.ErrAbsent
	}
	first := slices.MinFunc(all, func(a, b table.Location) int { return cmp.Compare(a.Name, b.Name) })
	return known.site(ctx, first.ID)
}
