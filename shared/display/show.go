package display

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

// A View is all that a display shows.
type View struct {
	At       time.Time  `json:"at"`
	Kind     Kind       `json:"kind"`
	Name     string     `json:"name"` // of the spot or the floor
	Floor    string     `json:"floor_name"`
	Location string     `json:"location_name"`
	TimeZone civil.Zone `json:"time_zone"`
	Date     civil.Date `json:"date"`
	DayEnds  time.Time  `json:"day_ends"` // when nothing of it may be shown any more
	Open     bool       `json:"open"`
	Hours    []Stretch  `json:"hours"`
	Closed   string     `json:"closed,omitempty"` // the name of a closure
	Spot     *SpotView  `json:"spot,omitempty"`
	Rooms    []RoomLine `json:"rooms,omitempty"` // of a floor
	Desks    []DeskLine `json:"desks,omitempty"` // of a floor, by zone
}

// A Stretch is a half-open time of the day in the location's zone.
type Stretch = booking.Stretch

// A SpotView is one spot.
type SpotView struct {
	Glance
	Capacity int      `json:"capacity,omitempty"`
	Reason   string   `json:"reason,omitempty"` // why it is out of service
	Coming   []Coming `json:"coming"`           // what of today is reserved, from now on
	Offers   []Offer  `json:"offers"`           // what can be booked now
	CheckIn  bool     `json:"check_in"`         // a reservation waits for its person
	Booked   bool     `json:"booked"`           // it was booked here, by nobody, and can be ended here
}

// Coming is a reservation, with the title and the name that its person shows at a room, or neither.
type Coming struct {
	Stretch
	Title string `json:"title,omitempty"`
	Name  string `json:"name,omitempty"`
}

// A RoomLine is a room of a floor.
type RoomLine struct {
	Name     string `json:"name"`
	Zone     string `json:"zone_name,omitempty"`
	Capacity int    `json:"capacity,omitempty"`
	Glance
}

// A DeskLine counts the workplaces of a zone.
type DeskLine struct {
	Zone string `json:"zone_name,omitempty"`
	Free int    `json:"free"`
	All  int    `json:"all"`
}

// Show answers what the display shows now.
func (d Displays) Show(ctx context.Context, caller identity.Caller, _ struct{}) (View, error) {
	if caller.Spot == "" {
		return d.lobby(ctx, caller)
	}
	s, err := d.spot(ctx, caller)
	if err != nil {
		return View{}, err
	}
	view, open, err := s.view(kindOf(s.spot.Category), s.spot.Name, s.spot.Ruled())
	if err != nil {
		return View{}, err
	}
	shown := &SpotView{Glance: s.glance(s.spot.ID, s.spot.FloorSpot, s.sheet, open), Capacity: s.spot.Capacity,
		Offers: []Offer{}}
	if out := s.office.OutOf(s.spot.Ruled(), civil.Interval{From: s.quarter(), To: s.quarter() + 1}); out != nil {
		shown.Reason = out.Reason
	}
	view.Spot = shown
	if s.spot.Category != table.Room {
		shown.Coming = s.coming()
		return view, nil
	}
	if shown.Offers, err = s.offers(); err != nil {
		return View{}, err
	}
	_, shown.Booked = s.running()
	shown.Coming, shown.CheckIn, err = d.known(ctx, caller, s)
	return view, err
}

// view is what displays of all kinds say, and the stretch of hours that runs.
func (p place) view(kind Kind, name string, of rules.Spot) (View, civil.Interval, error) {
	view := View{At: p.now.UTC(), Kind: kind, Name: name, Floor: p.Floors[p.floor].Name, Location: p.Name,
		TimeZone: p.Zone, Date: p.day, DayEnds: p.dayEnds(), Hours: []Stretch{}}
	open, err := p.openAt(of)
	if err != nil {
		return view, open, err
	}
	hours, err := p.office.Hours(p.day)
	for _, stretch := range hours {
		view.Hours = append(view.Hours, p.stretch(stretch))
	}
	if closure := p.office.Closed(p.day); closure != nil {
		view.Closed = closure.Name
	}
	view.Open = open.To > open.From
	return view, open, err
}

func (p place) stretch(i civil.Interval) Stretch {
	return Stretch{From: i.From.Clock(p.Zone), To: i.To.EndClock(p.day, p.Zone)}
}

// coming are the spot's reservations that are not over, without a word of whose they are.
func (s spot) coming() []Coming {
	all := []Coming{}
	for _, held := range s.sheet.Holdings {
		if held.State.Holds() && held.To.Time().After(s.now) {
			all = append(all, Coming{Stretch: s.stretch(held.Interval())})
		}
	}
	slices.SortFunc(all, func(a, b Coming) int { return cmp.Compare(a.From, b.From) })
	return all
}

// known are a room's reservations with what their people show at it, and whether one of them can be checked in here. Of
// each it reads the title and a part of the registration.
func (d Displays) known(ctx context.Context, caller identity.Caller, s spot) ([]Coming, bool, error) {
	ids, people := []string{}, []string{}
	for id, held := range s.sheet.Holdings {
		if !held.State.Holds() || !held.To.Time().After(s.now) {
			continue
		}
		ids = append(ids, id)
		if !slices.Contains(people, held.User) {
			people = append(people, held.User)
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Compare(s.sheet.Holdings[a].From, s.sheet.Holdings[b].From)
	})
	users, err := d.Tables.UsersNow(ctx, caller.Business, people, table.NameItem, "4.f.1", "7.shield")
	if err != nil {
		return nil, false, err
	}
	all := make([]Coming, len(ids))
	err = parallel.Each(ctx, len(ids), indices(ids), func(ctx context.Context, i int) (err error) {
		held := s.sheet.Holdings[ids[i]]
		all[i].Stretch = s.stretch(held.Interval())
		if !held.State.Stands() {
			return nil
		}
		if user := users[held.User]; user.NameAtRoom && user.Shows(table.NameItem) {
			all[i].Name = user.Name
		}
		organiser := identity.Person{Business: caller.Business, User: held.User}
		all[i].Title, err = d.Tables.ShownTitle(ctx, organiser, s.day, s.Location.ID, ids[i])
		return err
	})
	_, arriving, waits := presence.Arriving(s.sheet, s.now)
	if waits && err == nil {
		waits, err = d.mayArrive(ctx, caller, arriving)
	}
	return all, waits, err
}

func indices(ids []string) []int {
	all := make([]int, len(ids))
	for i := range all {
		all[i] = i
	}
	return all
}

// lobby shows a floor: its rooms one by one, its workplaces counted.
func (d Displays) lobby(ctx context.Context, caller identity.Caller) (View, error) {
	floor, err := d.Tables.Floor(ctx, caller.Business, caller.Floor)
	if err != nil {
		return View{}, table.Unknown(err)
	}
	location, err := d.Tables.Location(ctx, caller.Business, floor.Location)
	if err != nil {
		return View{}, table.Unknown(err)
	}
	p := d.placeIn(location, floor.ID)
	view, _, err := p.view(Lobby, floor.Name, rules.Spot{})
	if err != nil {
		return View{}, err
	}
	sheets, err := d.Tables.FloorDay(ctx, caller.Business, location.ID, floor.ID, p.day)
	if err != nil {
		return View{}, err
	}
	err = p.lines(&view, floor, sheets)
	return view, err
}

// lines adds to the view of a floor a line for each room and one for the workplaces of each zone.
func (p place) lines(view *View, floor table.Floor, sheets []table.SpotSheet) error {
	days := map[string]table.SpotSheet{}
	for _, sheet := range sheets {
		days[sheet.Spot] = sheet
	}
	zones := map[string]*DeskLine{}
	for id, one := range floor.Spots {
		open, err := p.openAt(one.Ruled(floor.ID, id))
		if err != nil {
			return err
		}
		seen, zone := p.glance(id, one, days[id], open), floor.Zones[one.Zone].Name
		if one.Category == table.Room {
			view.Rooms = append(view.Rooms, RoomLine{Name: one.Name, Zone: zone, Capacity: one.Capacity, Glance: seen})
			continue
		}
		if zones[one.Zone] == nil {
			zones[one.Zone] = &DeskLine{Zone: zone}
		}
		zones[one.Zone].All++
		if seen.Now == booking.Free && open.Has(p.quarter()) {
			zones[one.Zone].Free++
		}
	}
	for _, line := range zones {
		view.Desks = append(view.Desks, *line)
	}
	slices.SortFunc(view.Rooms, func(a, b RoomLine) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(view.Desks, func(a, b DeskLine) int { return cmp.Compare(a.Zone, b.Zone) })
	return nil
}
