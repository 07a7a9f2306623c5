package booking

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

// A workplace that is assigned is its holder's without a reservation (4.f.1). On a day that they give free anybody
// can reserve it, and until somebody has it they can take the day back. Who else looks sees that it is assigned, and
// not to whom.

// Whose an assigned workplace is on a day; "" of one that is not assigned.
type Whose string

// The answers.
const (
	Yours     Whose = "yours"
	Theirs    Whose = "theirs"   // a colleague's, who has not given the day free
	GivenFree Whose = "released" // anybody can reserve it
)

func (l look) whose(id string, spot table.FloorSpot, sheet table.SpotSheet) Whose {
	switch {
	case spot.Assigned == "":
		return ""
	case !spot.KeptOn(sheet):
		return GivenFree
	case l.own[id] == spot.Assigned:
		return Yours
	}
	return Theirs
}

// marks are those of a person's own workplaces, by spot.
func marks(own []table.Assignment) map[string]string {
	all := map[string]string{}
	for _, a := range own {
		all[a.Spot] = a.Mark
	}
	return all
}

// ownMarks reads the marks of a person's own workplaces, where anything is assigned at all.
func (b Bookings) ownMarks(ctx context.Context, p identity.Person, assigned bool) (map[string]string, error) {
	if !assigned {
		return nil, nil
	}
	own, err := b.Tables.Own(ctx, p)
	return marks(own.Workplaces), err
}

func freed(sheets []table.SpotSheet) []string {
	all := []string{}
	for _, sheet := range sheets {
		if sheet.FreedBy != "" && sheet.FreedBy != table.TakenBack {
			all = append(all, sheet.FreedBy)
		}
	}
	slices.Sort(all)
	return all
}

// AsFreed makes bookings of a spot that is somebody else's workplace depend on the day being given free. It reads
// nothing where the spot is nobody's.
func AsFreed(ctx context.Context, tables *table.Tables, p identity.Person, spot table.Spot,
	bookings []table.Booking) error {
	if spot.Assigned == "" {
		return nil
	}
	own, err := tables.Assignment(ctx, p, spot.ID)
	if err != nil && !errors.Is(err, table.ErrAbsent) || own.Mark == spot.Assigned {
		return err
	}
	for i := range bookings {
		bookings[i].FreedBy = spot.Assigned
	}
	return nil
}

// assigned says of a spot that is another's workplace what is free instead.
func (b Bookings) assigned(ctx context.Context, w Wish, parts []part) error {
	free, err := b.freeInstead(ctx, w.Location.Office(), w.Spot.Place(w.Person.Business), w.Spot, parts)
	if err != nil {
		return err
	}
	return KeptForHolder().With("free_instead", free)
}

// KeptForHolder refuses a spot that its holder has not given free.
func KeptForHolder() *problem.Error {
	return problem.New(problem.Conflict, "the spot is a colleague's own, who has not given it free then").
		With("rule", rules.Assigned)
}

// A Workplace is one that is the caller's own, with the dates that they gave free.
type Workplace struct {
	Spot         string       `json:"spot"`
	Name         string       `json:"name"`
	Floor        string       `json:"floor"`
	FloorName    string       `json:"floor_name"`
	Location     string       `json:"location"`
	LocationName string       `json:"location_name"`
	Given        civil.Date   `json:"given_on"` // in UTC
	Freed        []civil.Date `json:"released"`
}

// Workplaces are the caller's, with the days on which they are away.
type Workplaces struct {
	Workplaces []Workplace  `json:"workplaces"`
	Away       []civil.Date `json:"away"`
}

// Workplaces answers what is the caller's own.
func (b Bookings) Workplaces(ctx context.Context, caller identity.Caller, _ struct{}) (Workplaces, error) {
	own, err1 := b.Tables.OwnNow(ctx, caller.Person)
	free, err2 := b.Tables.FreedDays(ctx, caller.Person)
	if err := errors.Join(err1, err2); err != nil {
		return Workplaces{}, err
	}
	list := Workplaces{Workplaces: []Workplace{}, Away: append([]civil.Date{}, own.Away...)}
	for _, a := range own.Workplaces {
		spot, location, err := b.Tables.SpotAndLocation(ctx, caller.Business, a.Spot)
		if errors.Is(err, table.ErrAbsent) {
			continue // it is just being removed
		}
		if err != nil {
			return Workplaces{}, err
		}
		one := Workplace{Spot: a.Spot, Name: spot.Name, Floor: a.Floor, FloorName: location.Floors[a.Floor].Name,
			Location: a.Location, LocationName: location.Name, Given: a.Given, Freed: []civil.Date{}}
		for _, day := range free {
			if day.Spot == a.Spot {
				one.Freed = append(one.Freed, day.Day)
			}
		}
		list.Workplaces = append(list.Workplaces, one)
	}
	slices.SortFunc(list.Workplaces, func(a, b Workplace) int {
		return cmp.Or(cmp.Compare(a.LocationName, b.LocationName), cmp.Compare(a.Name, b.Name))
	})
	return list, nil
}

// A Span is a range of dates; both are included.
type Span struct {
	From civil.Date `json:"from"`
	To   civil.Date `json:"to"`
}

// days are the dates of a span, from today on and within as many as are accepted at once.
func (s Span) days(today civil.Date) ([]civil.Date, error) {
	if err := cmp.Or(problem.CheckDate("/from", s.From), problem.CheckDate("/to", s.To)); err != nil {
		return nil, err
	}
	if s.From < today {
		return nil, problem.Impossible("/from", "is over", "a later time")
	}
	if days := s.From.DaysUntil(s.To); days < 0 || days > mostDays {
		return nil, problem.Impossible("/to", "is before from or too long after it", "at most 100 days after from")
	}
	if today.DaysUntil(s.To) > farthestAway {
		return nil, problem.Impossible("/to", "is too far ahead", "a date within a year")
	}
	var days []civil.Date
	for day := s.From; day <= s.To; day = day.AddDays(1) {
		days = append(days, day)
	}
	return days, nil
}

// farthestAway is how many days ahead of today somebody can say that they are away.
const farthestAway = 366

// SpanOf names a workplace of the caller's and a range of dates.
type SpanOf struct {
	Workplace string `json:"workplace"`
	Span
}

// FreedDates are the dates of a range that are given free.
type FreedDates struct {
	Freed []civil.Date `json:"released"`
}

// FreeWorkplace gives the caller's own workplace free on a range of dates, as far ahead as the location lets spots
// be reserved: anybody can reserve it then. Each date stands alone, so the same request goes on where it was cut off.
func (b Bookings) FreeWorkplace(ctx context.Context, caller identity.Caller, in SpanOf) (FreedDates, error) {
	own, location, err := b.workplace(ctx, caller.Person, in.Workplace)
	if err != nil {
		return FreedDates{}, err
	}
	today := civil.DateOf(b.Now(), location.Zone)
	days, err := in.days(today)
	if err != nil {
		return FreedDates{}, err
	}
	if last := location.LastReserved(today); in.To > last {
		return FreedDates{}, problem.Impossible("/to", "is too far ahead: the last date is "+string(last),
			"a date that can be reserved")
	}
	for _, day := range days {
		if err := b.Tables.FreeDay(ctx, caller.Person, own, day, day.End(location.Zone)); err != nil {
			return FreedDates{}, table.Unknown(err)
		}
	}
	return FreedDates{days}, nil
}

// workplace is one of a person's own, with its location.
func (b Bookings) workplace(ctx context.Context, p identity.Person,
	spot string) (table.Assignment, table.Location, error) {
	own, err := b.Tables.Assignment(ctx, p, spot)
	if err != nil {
		return own, table.Location{}, table.Unknown(err)
	}
	location, err := b.Tables.Location(ctx, p.Business, own.Location)
	return own, location, table.Unknown(err)
}

// TakenBack says of the dates of a range which are the caller's own again, and which stay given free, since somebody
// has the workplace then.
type TakenBack struct {
	TakenBack []civil.Date `json:"taken_back"`
	Kept      []civil.Date `json:"kept"`
}

// TakeBackWorkplace takes dates back that the caller gave free, but for those on which somebody has reserved by then:
// that nobody did is a condition of the write. Nobody is named.
func (b Bookings) TakeBackWorkplace(ctx context.Context, caller identity.Caller, in SpanOf) (TakenBack, error) {
	done := TakenBack{TakenBack: []civil.Date{}, Kept: []civil.Date{}}
	own, location, err := b.workplace(ctx, caller.Person, in.Workplace)
	if err != nil {
		return done, err
	}
	days, err := in.days(civil.DateOf(b.Now(), location.Zone))
	if err != nil {
		return done, err
	}
	err = b.takeBack(ctx, caller.Person, own, days, &done)
	return done, err
}

func (b Bookings) takeBack(ctx context.Context, p identity.Person, own table.Assignment, days []civil.Date,
	done *TakenBack) error {
	free, err := b.Tables.FreedDays(ctx, p)
	if err != nil {
		return err
	}
	for _, each := range free {
		if each.Spot != own.Spot || !slices.Contains(days, each.Day) {
			continue
		}
		switch back, err := b.takeDayBack(ctx, p, own, each.Day); {
		case err != nil:
			return err
		case back:
			done.TakenBack = append(done.TakenBack, each.Day)
		default:
			done.Kept = append(done.Kept, each.Day)
		}
	}
	return nil
}

// takeDayBack reports whether the day is the holder's own again.
func (b Bookings) takeDayBack(ctx context.Context, p identity.Person, own table.Assignment,
	day civil.Date) (bool, error) {
	place := table.Place{Business: p.Business, Location: own.Location, Floor: own.Floor, Spot: own.Spot}
	return table.RetryFor(func() (bool, error) {
		sheet, err := b.Tables.SpotSheetNow(ctx, place, day)
		if err != nil {
			return false, err
		}
		for _, held := range sheet.Holdings {
			if held.User != p.User && held.State.Holds() && held.To.Time().After(b.Now()) {
				return false, nil
			}
		}
		err = b.Tables.TakeBack(ctx, p, own, day, sheet)
		return err == nil, err
	})
}
