// Package booking holds the rules of reserving: availability, reserve, change, cancel, and a person's agenda. Times
// are given as a civil date and clock times in the location's zone and kept as absolute quarters of an hour.
package booking

import (
	"context"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// Bookings makes, changes, cancels and shows reservations.
type Bookings struct {
	Tables *table.Tables
	Now    func() time.Time
}

// Routes are the use cases with the operations that they serve.
func (b Bookings) Routes() []web.Route {
	return []web.Route{
		web.Ahead(api.Availability, b.FloorSearched, b.Availability),
		web.Ahead(api.FloorState, b.FloorLooked, b.State), web.On(api.SpotDay, b.SpotDay),
		web.Ahead(api.Reserve, b.SpotNamed, b.Reserve), web.On(api.Repeat, b.Repeat),
		web.On(api.GetReservation, b.Get),
		web.On(api.ChangeReservation, b.Change), web.On(api.CancelReservation, b.Cancel),
		web.On(api.TitleReservation, b.Title),
		web.Ahead(api.Agenda, b.Sheets, b.Agenda), web.On(api.CancelRange, b.CancelRange),
		web.On(api.ShowWorkplaces, b.Workplaces), web.On(api.FreeWorkplace, b.FreeWorkplace),
		web.On(api.TakeBackWorkplace, b.TakeBackWorkplace), web.On(api.GoAway, b.GoAway),
		web.On(api.EndAway, b.EndAway),
		web.On(api.ShowDelegation, b.Delegation), web.On(api.AllowDelegate, b.AllowDelegate),
		web.On(api.EndDelegate, b.EndDelegate), web.On(api.EndActing, b.EndActing),
		web.On(api.AgendaFor, b.AgendaFor), web.On(api.ReserveFor, b.ReserveFor), web.On(api.CancelFor, b.CancelFor),
	}
}

// A Reservation is one as its person sees it.
type Reservation struct {
	ID       string          `json:"id"`
	Location string          `json:"location"`
	Floor    string          `json:"floor"`
	Spot     string          `json:"spot"`
	Name     string          `json:"name"` // of the spot
	Date     civil.Date      `json:"date"` // in the location's zone
	From     civil.ClockTime `json:"from,omitempty"`
	To       civil.ClockTime `json:"to,omitempty"`
	StartsAt time.Time       `json:"starts_at"` // UTC
	EndsAt   time.Time       `json:"ends_at"`   // UTC, exclusive
	State    table.State     `json:"state"`
	// Title is what the organiser of a room's reservation calls it (4.f.4), TitleShown that it is seen at the room.
	Title      string `json:"title,omitempty"`
	TitleShown bool   `json:"title_shown,omitempty"`
	By         *Party `json:"by,omitempty"`       // who made it, where that isn't its person
	Prompted   bool   `json:"prompted,omitempty"` // to say whether they come, which they still can
	// Until is when what is undecided ends by itself, in UTC.
	Until *time.Time `json:"until,omitempty"`
}

func reservation(id table.ReservationID, c table.Commitment) Reservation {
	r := Reservation{ID: id.String(), Location: id.Location, Floor: c.Floor, Spot: c.Spot, Name: c.Name,
		Date:     id.Day,
		StartsAt: c.From.Time(), EndsAt: c.To.Time(), State: c.State, Title: c.Title.Text, TitleShown: c.Title.Shown,
		Prompted: c.Prompted}
	if c.By != "" {
		r.By = &Party{ID: c.By}
	}
	if c.State.Undecided() {
		until := time.Unix(c.Until, 0).UTC()
		r.Until = &until
	}
	return r
}

// inZone adds the clock times of the location's zone; a reservation that ends with the day ends at 24:00.
func (r Reservation) inZone(c table.Commitment, zone civil.Zone) Reservation {
	r.From, r.To = c.From.Clock(zone), c.To.EndClock(r.Date, zone)
	return r
}

// Shown is a reservation as its person sees it, for the other rooms that answer with one.
func Shown(id table.ReservationID, c table.Commitment, zone civil.Zone) Reservation {
	return reservation(id, c).inZone(c, zone)
}

// SpotNear is a spot with the locations that may be its own, see table.Near.
type SpotNear struct {
	table.Spot
	near []table.Location
}

// spot finds a spot of the caller's business account at which they are allowed, and its location.
func (b Bookings) spot(ctx context.Context, caller identity.Caller, id string) (table.Spot, table.Location, error) {
	spot, location, err := b.Tables.SpotAndLocation(ctx, caller.Business, id)
	if err == nil && !caller.At(spot.Location) {
		err = problem.Unknown()
	}
	return spot, location, table.Unknown(err)
}

// own finds a reservation of the caller's; other people's look like unknown ones.
func (b Bookings) own(ctx context.Context, caller identity.Caller,
	text string) (table.ReservationID, table.PersonSheet, error) {
	return b.reservationOf(ctx, caller.Person, text)
}

// reservationOf finds a reservation of a person's.
func (b Bookings) reservationOf(ctx context.Context, p identity.Person,
	text string) (table.ReservationID, table.PersonSheet, error) {
	id, err := table.ParseReservationID(text)
	if err != nil {
		return id, table.PersonSheet{}, table.Unknown(err)
	}
	sheet, err := b.Tables.PersonSheet(ctx, p, id.Day, id.Location)
	if err != nil {
		return id, sheet, table.Unknown(err)
	}
	if _, there := sheet.Commitments[id.Key]; !there {
		return id, sheet, problem.Unknown()
	}
	return id, sheet, nil
}
