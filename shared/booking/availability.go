package booking

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/usage"
)

// AvailabilityInput asks for a floor's day or a part of it. Left out, from and to are the opening hours.
type AvailabilityInput struct {
	Floor string          `json:"floor"`
	Date  civil.Date      `json:"date"`
	From  civil.ClockTime `json:"from"`
	To    civil.ClockTime `json:"to"`
	Type  string          `json:"type"`
	Zone  string          `json:"zone"`
	Wanted
}

// Availability is a floor with what is free on it. It names no person.
type Availability struct {
	Floor    string             `json:"floor"`
	Name     string             `json:"name"`
	Location string             `json:"location"`
	Date     civil.Date         `json:"date"`
	TimeZone civil.Zone         `json:"time_zone"`
	From     civil.ClockTime    `json:"from"`
	To       civil.ClockTime    `json:"to"`
	Spots    []SpotAvailability `json:"spots"`
}

// SpotAvailability is one spot. Available says whether the whole time asked for is free; Free lists the stretches
// within it that are. Now is the state of the spot at this moment, given for today alone.
type SpotAvailability struct {
	Spot      string         `json:"spot"`
	Name      string         `json:"name"`
	Category  table.Category `json:"category"`
	Type      string         `json:"type"`
	Zone      string         `json:"zone,omitempty"`
	X         float64        `json:"x"`
	Y         float64        `json:"y"`
	Capacity  int            `json:"capacity,omitempty"`
	Features  []int          `json:"features,omitempty"`
	Available bool           `json:"available"`
	Free      []Stretch      `json:"free"`
	Now       SpotState      `json:"now,omitempty"`
	Out       *Out           `json:"out_of_service,omitempty"` // during some of the time
	Assigned  Whose          `json:"assigned,omitempty"`
	Opens     *Opens         `json:"opens,omitempty"`    // kept for a group until then
	Approval  bool           `json:"approval,omitempty"` // that of others makes it the caller's
}

// A Stretch is a half-open time of the day in the location's zone.
type Stretch struct {
	From civil.ClockTime `json:"from"`
	To   civil.ClockTime `json:"to"`
}

// FloorSearched is what may be the location of the floor that is asked about, whether or not the caller is allowed
// there.
func (b Bookings) FloorSearched(ctx context.Context, of identity.Person,
	in AvailabilityInput) ([]table.Location, error) {
	return b.Tables.Near(ctx, of.Business, in.Floor)
}

// floorAt finds where a floor is, for a caller who is allowed there, without its plan. Of a floor whose id is older
// than table.IDWithin the plan is read to know that. A floor at which the caller is not allowed costs what an unknown
// one does.
func (b Bookings) floorAt(ctx context.Context, caller identity.Caller, floor string,
	near []table.Location) (table.Location, error) {
	for _, location := range near {
		if _, there := location.Floors[floor]; there && caller.At(location.ID) {
			return location, nil
		}
	}
	old, err := b.Tables.Floor(ctx, caller.Business, floor)
	if err != nil {
		return table.Location{}, table.Unknown(err)
	}
	if !caller.At(old.Location) {
		return table.Location{}, problem.Unknown()
	}
	location, err := b.Tables.Location(ctx, caller.Business, old.Location)
	return location, table.Unknown(err)
}

// Availability answers a floor's day from its location, its plan and one Query, its sheets; beside the Query the
// search is counted (art. 5). What it shows as free may be taken a moment later: the reservation itself decides.
// Whoever has the plan asks for the State alone.
func (b Bookings) Availability(ctx context.Context, caller identity.Caller, in AvailabilityInput,
	near []table.Location) (Availability, error) {
	location, err := b.floorAt(ctx, caller, in.Floor, near)
	if err != nil {
		return Availability{}, err
	}
	office := location.Office()
	asked, err := in.span(office)
	if err != nil {
		return Availability{}, err
	}
	var floor table.Floor
	var sheets []table.SpotSheet
	err = parallel.Together(ctx,
		func() (err error) { floor, err = b.Tables.Floor(ctx, caller.Business, in.Floor); return },
		func() (err error) { sheets, err = b.search(ctx, caller, location, in.Floor, in.Date); return })
	if err != nil {
		return Availability{}, table.Unknown(err)
	}
	look := lookAt(location, in.Floor, in.Date, asked, b.Now())
	if err := b.personally(ctx, caller, &look, floor.Assigns()); err != nil {
		return Availability{}, err
	}
	spots, err := look.spots(in, floor, sheets)
	if err != nil {
		return Availability{}, err
	}
	return Availability{Floor: in.Floor, Name: floor.Name, Location: floor.Location, Date: in.Date,
		TimeZone: office.Zone, From: asked.From.Clock(office.Zone), To: asked.To.EndClock(in.Date, office.Zone),
		Spots: spots}, nil
}

// spots are those of the floor that were asked for, by their ids.
func (l look) spots(in AvailabilityInput, floor table.Floor, sheets []table.SpotSheet) ([]SpotAvailability, error) {
	spots, days := []SpotAvailability{}, bySpot(sheets)
	for _, id := range slices.Sorted(maps.Keys(floor.Spots)) {
		spot := floor.Spots[id]
		if in.Type != "" && spot.Type != in.Type || in.Zone != "" && spot.Zone != in.Zone || !in.met(spot) {
			continue
		}
		seen, err := l.availabilityOf(id, spot, days[id])
		if err != nil {
			return nil, err
		}
		spots = append(spots, seen)
	}
	return spots, nil
}

// search reads a floor's day, and counts the search beside it (art. 5).
func (b Bookings) search(ctx context.Context, caller identity.Caller, location table.Location, floor string,
	day civil.Date) ([]table.SpotSheet, error) {
	counter := usage.Counter{Tables: b.Tables, Now: b.Now}
	defer counter.Begin(ctx, caller, location.ID, location.Zone, table.SpotSearch)()
	return b.Tables.FloorDay(ctx, caller.Business, location.ID, floor, day)
}

// span is the time asked for: what is left out is as the location opens and closes on that day.
func (in AvailabilityInput) span(office rules.Office) (civil.Interval, error) {
	if _, err := civil.ParseDate(string(in.Date)); err != nil {
		return civil.Interval{}, problem.BadField("/date", "is not a date of the calendar", "YYYY-MM-DD")
	}
	asked, err := hours(office, in.Date)
	if err != nil {
		return civil.Interval{}, err
	}
	if in.From != "" {
		if asked.From, err = in.From.Begins(in.Date, office.Zone); err != nil {
			return civil.Interval{}, notThen("/from", err, office.Zone)
		}
	}
	if in.To != "" {
		if asked.To, err = in.To.Ends(in.Date, office.Zone); err != nil {
			return civil.Interval{}, notThen("/to", err, office.Zone)
		}
	}
	if asked.To <= asked.From {
		return civil.Interval{}, problem.Impossible("/to", "is not after from", "a later time of the same date")
	}
	return asked, nil
}

// hours are from when until when an office is open on a day; of one on which it stays closed the usual ones.
func hours(office rules.Office, day civil.Date) (civil.Interval, error) {
	open, err := office.Hours(day)
	if err != nil || len(open) == 0 {
		usual, fault := civil.Hours{Opens: office.Opens, Closes: office.Closes}.On(day, office.Zone)
		return usual, cmp.Or(err, fault)
	}
	return civil.Interval{From: open[0].From, To: open[len(open)-1].To}, nil
}

// A look is one floor on one day.
type look struct {
	table.Location
	office rules.Office
	floor  string
	day    civil.Date
	asked  civil.Interval
	now    time.Time
	today  bool
	starts time.Time                     // the day
	own    map[string]string             // marks of the caller's own workplaces, by spot
	groups []string                      // that the caller is in, where it matters here
	admin  bool                          // whether the caller is an administrator
	shut   map[rules.Spot]civil.Quarters // what of the time asked for is closed, by category and type
}

func lookAt(location table.Location, floor string, day civil.Date, asked civil.Interval, now time.Time) look {
	return look{Location: location, office: location.Office(), floor: floor, day: day, asked: asked, now: now,
		today: civil.DateOf(now, location.Zone) == day, starts: day.Start(location.Zone),
		shut: map[rules.Spot]civil.Quarters{}}
}

// personally reads what in a look depends on the caller: their own workplaces and their groups, read where it matters.
func (b Bookings) personally(ctx context.Context, caller identity.Caller, l *look, assigned bool) (err error) {
	l.admin = caller.Is(identity.Administrator)
	if l.own, err = b.ownMarks(ctx, caller.Person, assigned); err != nil {
		return err
	}
	l.groups, err = b.groupsOn(l.Location, l.day, b.groupsOf(ctx, caller.Person))
	return err
}

func (l look) availabilityOf(id string, spot table.FloorSpot, sheet table.SpotSheet) (SpotAvailability, error) {
	ruled := spot.Ruled(l.floor, id)
	shut, err := l.closed(ruled)
	if err != nil {
		return SpotAvailability{}, err
	}
	whose := l.whose(id, spot, sheet)
	kept := l.office.KeptFor(ruled, l.day, l.groups, l.now)
	if whose == Yours {
		kept = nil
	}
	if whose == Theirs || kept != nil {
		shut = l.asked.Quarters()
	}
	busy := slices.Concat(l.office.Near(ruled, sheet.Taken), shut, l.office.Out(ruled, l.asked))
	answer := SpotAvailability{Spot: id, Name: spot.Name, Category: spot.Category, Type: spot.Type, Zone: spot.Zone,
		X: spot.X, Y: spot.Y, Capacity: spot.Capacity, Features: spot.Features, Free: l.stretches(busy),
		Available: busy.Free(l.asked),
		Out:       outOf(l.office.OutOf(ruled, l.asked)), Assigned: whose,
		Opens: opensOf(kept, l.day), Approval: l.needsApproval(id, spot)}
	if l.today {
		answer.Now = StateOf(sheet, len(spot.Sensors) > 0, l.silence(), l.starts, l.now)
	}
	if whose == Theirs && answer.Now == Free {
		answer.Now = Held
	}
	if l.today && l.office.OutAt(ruled, l.now) {
		answer.Now = OutOfService
	}
	return answer, nil
}

// closed is what of the time asked for spots like one can't be reserved, found once for all of them.
func (l look) closed(spot rules.Spot) (civil.Quarters, error) {
	kind := rules.Spot{Category: spot.Category, Type: spot.Type}
	if shut, known := l.shut[kind]; known {
		return shut, nil
	}
	shut, err := l.office.Shut(kind, l.day)
	if err != nil {
		return nil, err
	}
	shut = slices.DeleteFunc(shut, func(q civil.Quarter) bool { return !l.asked.Has(q) })
	l.shut[kind] = shut
	return shut, nil
}

// Out says why a spot is out of service, and from when until when.
type Out struct {
	Reason string    `json:"reason"`
	From   time.Time `json:"from"`
	Until  time.Time `json:"until"`
}

func outOf(outage *rules.Outage) *Out {
	if outage == nil {
		return nil
	}
	return &Out{Reason: outage.Reason, From: outage.From.Time(), Until: outage.To.Time()}
}

// stretches are those of the time asked for that are not busy.
func (l look) stretches(busy civil.Quarters) []Stretch {
	free := []Stretch{}
	for _, gap := range busy.Gaps(l.asked) {
		free = append(free, l.stretch(gap))
	}
	return free
}

func (l look) stretch(i civil.Interval) Stretch {
	return Stretch{i.From.Clock(l.Zone), i.To.EndClock(l.day, l.Zone)}
}

func (l look) silence() time.Duration { return time.Duration(l.SilentMinutes) * time.Minute }
