package booking

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/sensor"
	"github.com/iotspot/iotspot/shared/table"
)

// StateInput asks for what is not free on a floor. Left out, from and to are the opening hours.
type StateInput struct {
	Floor string          `json:"floor"`
	Date  civil.Date      `json:"date"`
	From  civil.ClockTime `json:"from"`
	To    civil.ClockTime `json:"to"`
	Look  bool            `json:"look"` // somebody chose to look, which is a search
}

// FloorState is what changes on a floor from minute to minute; what it doesn't name is free. It names no person.
type FloorState struct {
	Floor    string          `json:"floor"`
	Version  int             `json:"version"` // of the plan: another number where that has changed
	Location string          `json:"location"`
	Date     civil.Date      `json:"date"`
	TimeZone civil.Zone      `json:"time_zone"`
	Opens    civil.ClockTime `json:"opens"`
	Closes   civil.ClockTime `json:"closes"`
	From     civil.ClockTime `json:"from"`
	To       civil.ClockTime `json:"to"`
	Hours    []Stretch       `json:"hours"` // when it is open that day
	Closed   string          `json:"closed,omitempty"`
	Presets  []rules.Preset  `json:"presets,omitempty"`
	Shut     []Shut          `json:"shut"` // what of the floor can't be had during some of the time
	Spots    []NotFree       `json:"spots"`
	// Approvals are what needs approval, the most precise first: of a spot the first that concerns it counts.
	Approvals []ForApproval `json:"approvals,omitempty"`
	// Freed are the marks of the assigned spots that are given free on the day. What the plan calls assigned and
	// is not among them can be reserved by whose it is alone.
	Freed []string `json:"released"`
	// Heard are the spots that have a sensor which was heard lately, given for today alone and not before a sensor
	// can have been silent for long: a spot with sensors that is not among them is Unknown.
	Heard *[]string `json:"heard,omitempty"`
}

// NotFree is a spot that is taken during some of the time asked for, or not free at this moment. It is never Unknown:
// which spots have sensors says the plan.
type NotFree struct {
	Spot      string    `json:"spot"`
	Available bool      `json:"available"`
	Free      []Stretch `json:"free"`
	Now       SpotState `json:"now,omitempty"`
}

// Shut is a part of a floor that can't be reserved for a while: the spots of a category or type, a zone, one spot, or
// all of it. Which spots these are says the plan.
type Shut struct {
	For  rules.Kind `json:"for,omitempty"`
	Zone string     `json:"zone,omitempty"`
	Spot string     `json:"spot,omitempty"`
	Rule string     `json:"rule"`           // opening_hours, closure, out_of_service or group
	Name string     `json:"name,omitempty"` // of the closure, or the reason
	Now  bool       `json:"now"`
	Stretch
	Opens *Opens `json:"opens,omitempty"` // of a zone that is kept for a group
}

// FloorLooked is FloorSearched for a state.
func (b Bookings) FloorLooked(ctx context.Context, of identity.Person, in StateInput) ([]table.Location, error) {
	return b.FloorSearched(ctx, of, AvailabilityInput{Floor: in.Floor})
}

// State answers what is not free on a floor, which is in one of the locations near it, from its location and one Query,
// without the plan. It counts a search only where somebody chose to look: a plan that is shown asks it again and again
// (art. 5).
func (b Bookings) State(ctx context.Context, caller identity.Caller, in StateInput,
	near []table.Location) (FloorState, error) {
	location, err := b.floorAt(ctx, caller, in.Floor, near)
	if err != nil {
		return FloorState{}, err
	}
	office := location.Office()
	asked, err := AvailabilityInput{Date: in.Date, From: in.From, To: in.To}.span(office)
	if err != nil {
		return FloorState{}, err
	}
	var sheets []table.SpotSheet
	if in.Look {
		sheets, err = b.search(ctx, caller, location, in.Floor, in.Date)
	} else {
		sheets, err = b.Tables.FloorDay(ctx, caller.Business, location.ID, in.Floor, in.Date)
	}
	if err != nil {
		return FloorState{}, err
	}
	look := lookAt(location, in.Floor, in.Date, asked, b.Now())
	if err := b.personally(ctx, caller, &look, false); err != nil {
		return FloorState{}, err
	}
	state, err := look.open()
	if err != nil {
		return FloorState{}, err
	}
	state.Version, state.Location, state.Presets = location.Floors[in.Floor].Version, location.ID, office.Rules.Presets
	state.Spots, state.Heard, state.Freed = look.notFree(sheets), look.heard(sheets), freed(sheets)
	state.Approvals = look.forApproval()
	return state, nil
}

// open is the state of a floor that says only when it is open.
func (l look) open() (FloorState, error) {
	state := FloorState{Floor: l.floor, Date: l.day, TimeZone: l.Zone, From: l.asked.From.Clock(l.Zone),
		To: l.asked.To.EndClock(l.day, l.Zone), Hours: []Stretch{}, Shut: []Shut{}}
	outer, err := hours(l.office, l.day)
	if err != nil {
		return state, err
	}
	state.Opens, state.Closes = outer.From.Clock(l.Zone), outer.To.EndClock(l.day, l.Zone)
	open, err := l.office.Hours(l.day)
	if err != nil {
		return state, err
	}
	for _, stretch := range open {
		state.Hours = append(state.Hours, l.stretch(stretch))
	}
	if closure := l.office.Closed(l.day); closure != nil {
		state.Closed = closure.Name
	}
	for _, kept := range l.office.KeptZones(l.floor, l.day, l.groups, l.now) {
		state.Shut = append(state.Shut, Shut{Zone: kept.Zone, Rule: rules.Group, Stretch: l.stretch(l.asked),
			Opens: opensOf(&kept, l.day)})
	}
	parts, err := l.office.Parts(l.floor, l.day, l.asked)
	for _, part := range parts {
		state.Shut = append(state.Shut, Shut{For: part.For, Zone: part.Zone, Spot: part.Spot, Rule: part.Rule,
			Name: part.Name, Stretch: l.stretch(part.Interval),
			Now: l.today && part.Interval.Holds(l.now)})
	}
	return state, err
}

// notFree are the spots that are not free, by their ids.
func (l look) notFree(sheets []table.SpotSheet) []NotFree {
	spots := []NotFree{}
	for _, sheet := range sheets {
		spot := NotFree{Spot: sheet.Spot, Available: sheet.Taken.Free(l.asked)}
		if l.today {
			spot.Now = StateOf(sheet, false, l.silence(), l.starts, l.now)
		}
		if !spot.Available || spot.Now == Held || spot.Now == Occupied {
			spot.Free = l.stretches(sheet.Taken)
			spots = append(spots, spot)
		}
	}
	slices.SortFunc(spots, func(a, b NotFree) int { return cmp.Compare(a.Spot, b.Spot) })
	return spots
}

// heard are the spots that have a sensor which was heard within the silence that makes them unknown; nil while one
// that said nothing yet today may still be about to.
func (l look) heard(sheets []table.SpotSheet) *[]string {
	if !l.today || l.now.Sub(l.starts) < sensor.Silence(l.silence()) {
		return nil
	}
	spots := []string{}
	for _, sheet := range sheets {
		for _, occupancy := range sheet.Occupancy {
			if !occupancy.SilentFor(l.silence(), l.now) {
				spots = append(spots, sheet.Spot)
				break
			}
		}
	}
	slices.Sort(spots)
	return &spots
}

func bySpot(sheets []table.SpotSheet) map[string]table.SpotSheet {
	spots := make(map[string]table.SpotSheet, len(sheets))
	for _, sheet := range sheets {
		spots[sheet.Spot] = sheet
	}
	return spots
}

// SpotDayInput names a spot and a date; left out, the date is today there.
type SpotDayInput struct {
	Spot string     `json:"spot"`
	Date civil.Date `json:"date"`
}

// SpotDay is a spot with its day, as who stands before it needs it.
type SpotDay struct {
	Spot      string         `json:"spot"`
	Name      string         `json:"name"`
	Category  table.Category `json:"category"`
	Type      string         `json:"type"`
	Floor     string         `json:"floor"`
	FloorName string         `json:"floor_name"`
	ZoneName  string         `json:"zone_name,omitempty"`
	Location  Site           `json:"location"`
	At        time.Time      `json:"at"`
	Date      civil.Date     `json:"date"`
	Available bool           `json:"available"`
	Free      []Stretch      `json:"free"`
	Now       SpotState      `json:"now,omitempty"`
	Out       *Out           `json:"out_of_service,omitempty"`
	Assigned  Whose          `json:"assigned,omitempty"`
	Opens     *Opens         `json:"opens,omitempty"`
	Approval  bool           `json:"approval,omitempty"` // that of others makes it the caller's
	Capacity  int            `json:"capacity,omitempty"`
	Features  []string       `json:"features,omitempty"` // by name
	Mine      []Reservation  `json:"mine"`
	Titles    []AtTheRoom    `json:"titles"` // that organisers of a room's reservations show
}

// SpotDay answers what is free of a spot's day and which of it is the caller's. It counts no search.
func (b Bookings) SpotDay(ctx context.Context, caller identity.Caller, in SpotDayInput) (SpotDay, error) {
	spot, location, err := b.spot(ctx, caller, in.Spot)
	if err != nil {
		return SpotDay{}, err
	}
	now := b.Now()
	if in.Date == "" {
		in.Date = civil.DateOf(now, location.Zone)
	}
	floor, err := b.Tables.Floor(ctx, caller.Business, spot.Floor)
	if err != nil {
		return SpotDay{}, table.Unknown(err)
	}
	asked, err := AvailabilityInput{Date: in.Date}.span(location.Office())
	if err != nil {
		return SpotDay{}, err
	}
	asked.From = min(max(asked.From, civil.QuarterOf(now)), asked.To)
	sheet, err := b.Tables.SpotSheetNow(ctx, spot.Place(caller.Business), in.Date)
	if err != nil {
		return SpotDay{}, err
	}
	titles, err := b.titles(ctx, spot, caller.Business, in.Date, location.Zone, sheet)
	if err != nil {
		return SpotDay{}, err
	}
	features, err := b.featureNames(ctx, caller.Business, spot.FloorSpot)
	if err != nil {
		return SpotDay{}, err
	}
	seen, err := b.seen(ctx, caller, lookAt(location, floor.ID, in.Date, asked, now), spot, sheet)
	if err != nil {
		return SpotDay{}, err
	}
	return SpotDay{Spot: spot.ID, Name: spot.Name, Category: spot.Category, Type: spot.Type, Floor: floor.ID,
		FloorName: floor.Name, ZoneName: floor.Zones[spot.Zone].Name, Location: siteOf(location), At: now.UTC(),
		Date: in.Date, Available: seen.Available && asked.To > asked.From, Free: seen.Free, Now: seen.Now,
		Out: seen.Out, Assigned: seen.Assigned, Opens: seen.Opens, Approval: seen.Approval, Capacity: spot.Capacity,
		Features: features, Mine: mine(caller, spot, in.Date, location.Zone, sheet), Titles: titles}, nil
}

// seen is what a caller sees of one spot at a look.
func (b Bookings) seen(ctx context.Context, caller identity.Caller, l look, spot table.Spot,
	sheet table.SpotSheet) (SpotAvailability, error) {
	if err := b.personally(ctx, caller, &l, spot.Assigned != ""); err != nil {
		return SpotAvailability{}, err
	}
	return l.availabilityOf(spot.ID, spot.FloorSpot, sheet)
}

// mine are the caller's own reservations on a spot's sheet that still hold it.
func mine(caller identity.Caller, spot table.Spot, day civil.Date, zone civil.Zone,
	sheet table.SpotSheet) []Reservation {
	own := []Reservation{}
	for key, held := range sheet.Holdings {
		if held.User != caller.User || !held.State.Holds() {
			continue
		}
		id := table.ReservationID{Day: day, Location: spot.Location, Key: key}
		own = append(own, Shown(id, table.Commitment{Floor: spot.Floor, Spot: spot.ID, Name: spot.Name,
			From: held.From, To: held.To, State: held.State, Until: held.Until, Prompted: held.Unanswered()}, zone))
	}
	slices.SortFunc(own, func(a, b Reservation) int { return a.StartsAt.Compare(b.StartsAt) })
	return own
}
