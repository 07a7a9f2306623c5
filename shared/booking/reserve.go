package booking

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// ReserveInput asks for a spot during a period.
type ReserveInput struct {
	Spot string `json:"spot"`
	Period
	Titled
	Key string `json:"idempotency_key"`
}

// Reservations are the reservations made: one, or two for a night over midnight.
type Reservations struct {
	Reservations []Reservation `json:"reservations"`
}

// SpotNamed is the spot that is asked for, whether or not the caller is allowed there.
func (b Bookings) SpotNamed(ctx context.Context, of identity.Person, in ReserveInput) (SpotNear, error) {
	spot, near, err := b.Tables.SpotAndNear(ctx, of.Business, in.Spot)
	return SpotNear{spot, near}, table.Unknown(err)
}

// Reserve holds the spot, which was read already, for the caller during a period, all of it or nothing (4.d.2). Its id
// follows from the caller and the Idempotency-Key, so a repeat gives the same answer and writes nothing. For a spot
// that is taken the error is a problem.Conflict that names what is free instead.
func (b Bookings) Reserve(ctx context.Context, caller identity.Caller, in ReserveInput,
	named SpotNear) (Reservations, error) {
	spot := named.Spot
	if !caller.At(spot.Location) {
		return Reservations{}, problem.Unknown()
	}
	location, err := b.Tables.LocationOfSpot(ctx, caller.Business, spot, named.near)
	if err != nil {
		return Reservations{}, table.Unknown(err)
	}
	split, err := parts(location, in.Period, b.Now())
	if err != nil {
		return Reservations{}, err
	}
	title, err := in.Titled.title(spot.Category == table.Room)
	if err != nil {
		return Reservations{}, err
	}
	asking, err := b.asking(ctx, caller, in.Key, spot, location, split)
	if err != nil {
		return Reservations{}, err
	}
	bookings := bookingsOf(caller, in.Key, spot, location, title, split)
	ask(asking, bookings)
	wish := Wish{Person: caller.Person, Location: location, Spot: spot}
	if err := b.write(ctx, wish, bookings...); err != nil {
		return Reservations{}, b.explain(ctx, err, wish, split)
	}
	return b.made(ctx, bookings, location)
}

// bookingsOf are the writes of a person's parts of days at a spot.
func bookingsOf(caller identity.Caller, key string, spot table.Spot, location table.Location, title table.Title,
	split []part) []table.Booking {
	bookings := make([]table.Booking, len(split))
	for i, part := range split {
		id := secret.DerivedID("reservation", caller.User, key, string(part.day))
		bookings[i] = BookingBy(caller, id, spot, location, part.day, part.interval)
		bookings[i].BookedAt, bookings[i].Title, bookings[i].Calendar = part.bookedAt, title, caller.Calendar
	}
	return bookings
}

// BookingFor is a person's reservation of a spot, as it would be written for nobody who asks with a session.
func BookingFor(p identity.Person, id string, spot table.Spot, location table.Location, day civil.Date,
	during civil.Interval) table.Booking {
	return table.Booking{ID: id, Person: p, Place: spot.Place(p.Business), Name: spot.Name, Type: spot.Type,
		Workplace: spot.Category == table.Workplace, Day: day, DayEnds: day.End(location.Zone), Interval: during,
		Kept: location.Office().Kept(spot.Ruled(), day, during), State: table.Reserved}
}

// BookingBy is the reservation that a caller asks for.
func BookingBy(caller identity.Caller, id string, spot table.Spot, location table.Location, day civil.Date,
	during civil.Interval) table.Booking {
	b := BookingFor(caller.Person, id, spot, location, day, during)
	b.Guest, b.Own = caller.Role == identity.Guest, caller.Is(identity.Members...)
	return b
}

func reserved(bookings []table.Booking, location table.Location) Reservations {
	made := Reservations{}
	for _, b := range bookings {
		c := table.Commitment{Floor: b.Place.Floor, Spot: b.Place.Spot, Name: b.Name, From: b.Interval.From,
			To: b.Interval.To, State: b.State, Title: b.Title}
		id := table.ReservationID{Day: b.Day, Location: b.Place.Location, Key: b.ID}
		made.Reservations = append(made.Reservations, reservation(id, c).inZone(c, location.Zone))
	}
	return made
}

// explain turns a refused write into an error that says what the caller can do about it.
func (b Bookings) explain(ctx context.Context, refusal error, w Wish, parts []part) error {
	switch {
	case errors.Is(refusal, table.ErrTaken):
		return b.taken(ctx, w, parts)
	case errors.Is(refusal, table.ErrAssigned):
		return b.assigned(ctx, w, parts)
	case errors.Is(refusal, table.ErrOverlap):
		return b.withNearest(ctx, Explain(refusal, w.Location), w, parts)
	case errors.Is(refusal, table.ErrQuota):
		return b.overQuota(ctx, refusal, w, parts)
	case errors.Is(refusal, table.ErrNotPermitted):
		return problem.Impossible("/date", "is not a day that your pass is for",
			"a day from the first to the last one of your pass")
	}
	return Explain(refusal, w.Location)
}

// Explain turns what refuses a person's reservation of any spot into an error that says what they can do about it. What
// is about the spot passes as it is: what is free instead depends on what was asked.
func Explain(refusal error, location table.Location) error {
	switch {
	case errors.Is(refusal, table.ErrOverlap):
		return problem.New(problem.Conflict, "you have another workplace during that time; change or cancel that "+
			"one first").With("rule", rules.OneWorkplace)
	case errors.Is(refusal, table.ErrQuota):
		return problem.New(problem.TooMany, "you have as many reservations on that day as this location allows (%d)",
			location.DailyQuota).With("rule", rules.PerDay)
	case errors.Is(refusal, table.ErrKeyReused):
		return problem.New(problem.Conflict, "this Idempotency-Key was used for another request, or for a "+
			"reservation that was cancelled; use a new one")
	case errors.Is(refusal, table.ErrGone):
		return problem.Unknown()
	}
	return refusal
}

// taken says what is free instead of a spot, and when on the same day the spot itself is.
func (b Bookings) taken(ctx context.Context, w Wish, parts []part) error {
	office, spot, place := w.Location.Office(), w.Spot, w.Spot.Place(w.Person.Business)
	free, err := b.freeInstead(ctx, office, place, spot, parts)
	if err != nil {
		return err
	}
	sheet, err := b.Tables.SpotSheet(ctx, place, parts[0].day)
	if err != nil {
		return err
	}
	refusal := problem.New(problem.Conflict, "the spot is taken during that time").With("free_instead", free)
	office.GroupZones = nil // which was no hindrance
	broken, err := office.Check(rules.Request{Spot: spot.Ruled(), Parts: ruled(parts), Now: b.Now(),
		Taken: sheet.Taken, WithoutBuffers: sheet.WithoutBuffers()})
	if err != nil {
		return err
	}
	if broken == nil { // the second part is what is taken, or it just became free
		return refusal
	}
	if broken.Rule == rules.Buffer {
		refusal.Detail = "the spot " + broken.Detail
	}
	if broken.Nearest != nil {
		refusal.With("nearest", *broken.Nearest)
	}
	return refusal.With("rule", broken.Rule)
}

// mostInstead is how many other spots a refusal names.
const mostInstead = 10

// An Alternative is a spot that is free during all of the time asked for.
type Alternative struct {
	Spot string `json:"spot"`
	Name string `json:"name"`
	Zone string `json:"zone,omitempty"`

	Capacity int   `json:"capacity,omitempty"`
	Features []int `json:"features,omitempty"`
}

// freeInstead finds spots of the same type on the same floor that are free in all of the parts, and first those that
// have all that the one has which was asked for. They need approval only where that one does.
func (b Bookings) freeInstead(ctx context.Context, office rules.Office, place table.Place, spot table.Spot,
	parts []part) ([]Alternative, error) {
	floor, err := b.Tables.Floor(ctx, place.Business, place.Floor)
	if err != nil {
		return nil, table.Unknown(err)
	}
	taken, asked := map[string]bool{spot.ID: true}, office.Approval(spot.Ruled()) != nil
	for _, part := range parts {
		kept := office.Kept(spot.Ruled(), part.day, part.interval)
		sheets, err := b.Tables.FloorDay(ctx, place.Business, place.Location, place.Floor, part.day)
		if err != nil {
			return nil, err
		}
		days := bySpot(sheets)
		for id, other := range floor.Spots {
			taken[id] = taken[id] || !days[id].Taken.Free(kept) || other.KeptOn(days[id]) ||
				office.KeptFor(other.Ruled(floor.ID, id), part.day, nil, b.Now()) != nil ||
				office.OutOf(other.Ruled(floor.ID, id), part.interval) != nil ||
				!asked && office.Approval(other.Ruled(floor.ID, id)) != nil
		}
	}
	free := []Alternative{}
	ids := slices.Sorted(maps.Keys(floor.Spots))
	likest(spot.FloorSpot, floor.Spots, ids)
	for _, id := range ids {
		if other := floor.Spots[id]; !taken[id] && other.Type == spot.Type && len(free) < mostInstead {
			free = append(free, Alternative{Spot: id, Name: other.Name, Zone: other.Zone, Capacity: other.Capacity,
				Features: other.Features})
		}
	}
	return free, nil
}
