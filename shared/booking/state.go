package booking

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/usage"
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
	Location string          `json:"location"`
	Date     civil.Date      `json:"date"`
	TimeZone civil.Zone      `json:"time_zone"`
	Opens    civil.ClockTime `json:"opens"`
	Closes   civil.ClockTime `json:"closes"`
	From     civil.ClockTime `json:"from"`
	To       civil.ClockTime `json:"to"`
	Spots    []NotFree       `json:"spots"`
}

// NotFree is a spot that is taken during some of the time asked for, or not free at this moment.
type NotFree struct {
	Spot      string    `json:"spot"`
	Available bool      `json:"available"`
	Free      []Stretch `json:"free"`
	Now       SpotState `json:"now,omitempty"`
}

// State answers what is not free on a floor from its plan and one Query. It counts a search only where somebody chose
// to look: a plan that is shown asks it again and again (art. 5).
func (b Bookings) State(ctx context.Context, caller identity.Caller, in StateInput) (FloorState, error) {
	floor, at, err := b.floor(ctx, caller, in.Floor)
	if err != nil {
		return FloorState{}, err
	}
	asked, err := AvailabilityInput{Date: in.Date, From: in.From, To: in.To}.span(at)
	if err != nil {
		return FloorState{}, err
	}
	counted := func() {}
	if in.Look {
		counted = usage.Counter{Tables: b.Tables, Now: b.Now}.Begin(ctx, caller.Person, floor.Location, at.Zone,
			table.SpotSearch)
	}
	sheets, err := b.Tables.FloorDay(ctx, caller.Business, floor.Location, floor.ID, in.Date)
	counted()
	if err != nil {
		return FloorState{}, err
	}
	look, spots := lookAt(at, in.Date, asked, b.Now()), bySpot(sheets)
	state := FloorState{Floor: floor.ID, Location: floor.Location, Date: in.Date, TimeZone: at.Zone, Opens: at.Opens,
		Closes: at.Closes, From: asked.From.Clock(at.Zone), To: asked.To.EndClock(in.Date, at.Zone), Spots: []NotFree{}}
	for id, spot := range floor.Spots {
		seen := look.of(id, spot, spots[id])
		if !seen.Available || seen.Now != "" && seen.Now != Free {
			state.Spots = append(state.Spots, NotFree{Spot: id, Available: seen.Available, Free: seen.Free, Now: seen.Now})
		}
	}
	slices.SortFunc(state.Spots, func(a, b NotFree) int { return cmp.Compare(a.Spot, b.Spot) })
	return state, nil
}

// floor finds a floor of the caller's business account at which they are allowed.
func (b Bookings) floor(ctx context.Context, caller identity.Caller, id string) (table.Floor, table.Site, error) {
	floor, err := b.Tables.Floor(ctx, caller.Business, id)
	if err != nil {
		return table.Floor{}, table.Site{}, table.Unknown(err)
	}
	if !caller.At(floor.Location) {
		return table.Floor{}, table.Site{}, problem.Unknown()
	}
	return floor, floor.Site, nil
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
	Mine      []Reservation  `json:"mine"`
}

// SpotDay answers what is free of a spot's day and which of it is the caller's. It counts no search.
func (b Bookings) SpotDay(ctx context.Context, caller identity.Caller, in SpotDayInput) (SpotDay, error) {
	spot, at, err := b.spot(ctx, caller, in.Spot)
	if err != nil {
		return SpotDay{}, err
	}
	now := b.Now()
	if in.Date == "" {
		in.Date = civil.DateOf(now, at.Zone)
	}
	floor, err := b.Tables.Floor(ctx, caller.Business, spot.Floor)
	if err != nil {
		return SpotDay{}, table.Unknown(err)
	}
	asked, err := AvailabilityInput{Date: in.Date}.span(floor.Site)
	if err != nil {
		return SpotDay{}, err
	}
	asked.From = min(max(asked.From, civil.QuarterOf(now)), asked.To)
	sheet, err := b.Tables.SpotSheet(ctx, spot.Place(caller.Business), in.Date, true)
	if err != nil {
		return SpotDay{}, err
	}
	seen := lookAt(floor.Site, in.Date, asked, now).of(spot.ID, spot.FloorSpot, sheet)
	return SpotDay{Spot: spot.ID, Name: spot.Name, Category: spot.Category, Type: spot.Type, Floor: floor.ID,
		FloorName: floor.Name, ZoneName: floor.Zones[spot.Zone].Name, Location: siteOf(at), At: now.UTC(),
		Date: in.Date, Available: seen.Available && asked.To > asked.From, Free: seen.Free, Now: seen.Now,
		Mine: mine(caller, spot, in.Date, at.Zone, sheet)}, nil
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
		own = append(own, Shown(id, table.Commitment{Floor: spot.Floor, Spot: spot.ID, Name: spot.Name, From: held.From,
			To: held.To, State: held.State}, zone))
	}
	slices.SortFunc(own, func(a, b Reservation) int { return a.StartsAt.Compare(b.StartsAt) })
	return own
}
