package booking

import (
	"context"
	"errors"
	"slices"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// RepeatInput asks for a spot on each date of a repetition, at the same hours of its location's clock.
type RepeatInput struct {
	Spot string `json:"spot"`
	Period
	Titled
	Repeat string       `json:"repeat"` // by the day, the week or the month: see civil.ParseRepetition
	Except []civil.Date `json:"except"`
	Partly bool         `json:"partly"` // what can be had; otherwise all or nothing
	Key    string       `json:"idempotency_key"`
}

// Repeated says what came of each date.
type Repeated struct {
	Reservations []Reservation `json:"reservations"`
	Skipped      []Skipped     `json:"skipped"`
}

// Skipped is a date that could not be had: why, and what could.
type Skipped struct {
	Date     civil.Date   `json:"date"`
	Kind     problem.Kind `json:"kind"`   // that of the refusal, had it been asked for alone
	Detail   words.Text   `json:"detail"` // for people
	Hint     string       `json:"hint"`   // the same for programs
	Accepted words.Text   `json:"accepted,omitzero"`
	Rule     string       `json:"rule,omitempty"`    // of the location, where it is one that is in the way
	Instead  *Alternative `json:"instead,omitempty"` // for that date, where the spot is taken
	Nearest  *rules.Offer `json:"nearest,omitempty"` // the time nearby that can be had of this spot
}

// Repeat holds a spot for the caller on each date of a repetition (4.d.2): all of them in one transaction, or partly,
// which is one after the other what can be had. Nothing of the repetition itself is kept. The same request again
// makes nothing twice; partly, it goes on where it was interrupted, and takes what has become free. Where not all can
// be had, or partly nothing, the error is a problem.Conflict that says why of each date that is in the way.
func (b Bookings) Repeat(ctx context.Context, caller identity.Caller, in RepeatInput) (Repeated, error) {
	spot, location, err := b.spot(ctx, caller, in.Spot)
	if err != nil {
		return Repeated{}, err
	}
	dates, err := in.dates()
	if err != nil {
		return Repeated{}, err
	}
	return table.RetryFor(func() (Repeated, error) { return b.repeat(ctx, caller, in, spot, location, dates) })
}

// repeat is one try. It gives ErrRefused when the person's days are not as they were counted.
func (b Bookings) repeat(ctx context.Context, caller identity.Caller, in RepeatInput, spot table.Spot,
	location table.Location, dates []civil.Date) (Repeated, error) {
	title, err := in.Titled.title(spot.Category == table.Room)
	if err != nil {
		return Repeated{}, err
	}
	s := series{bookings: b, caller: caller, key: in.Key, spot: spot, location: location, title: title}
	for _, date := range dates {
		if err := s.plan(ctx, in, date); err != nil {
			return Repeated{}, err
		}
	}
	if days := s.days(); days > table.MostDays {
		return Repeated{}, problem.Impossible("/repeat", "comes to too many days",
			"at most 49 days, of which a night over midnight has two")
	}
	if s.approval, err = NeedsApproval(ctx, b.Tables, caller, location, spot); err != nil {
		return Repeated{}, err
	}
	if in.Partly {
		return s.partly(ctx)
	}
	return s.whole(ctx)
}

// dates are those of the repetition.
func (in RepeatInput) dates() ([]civil.Date, error) {
	rule, err := civil.ParseRepetition(in.Repeat)
	if err != nil {
		return nil, problem.Impossible("/repeat", err.Error(), civil.RepetitionAccepted)
	}
	if _, err := civil.ParseDate(string(in.Date)); err != nil {
		return nil, problem.BadField("/date", "is not a date of the calendar", "YYYY-MM-DD")
	}
	dates, err := rule.Dates(in.Date, in.Except, table.MostDays)
	if err != nil {
		return nil, problem.Impossible("/repeat", err.Error(), "at least one date and at most 49, within five years")
	}
	return dates, nil
}

// on is the period of the repetition that begins on a date.
func (in RepeatInput) on(date civil.Date) Period {
	period := in.Period
	period.Date = date
	if in.UntilDate != "" {
		period.UntilDate = date.AddDays(in.Date.DaysUntil(in.UntilDate))
	}
	return period
}

// A series is the dates of one request, while it is made.
type series struct {
	bookings Bookings
	caller   identity.Caller
	key      string
	spot     table.Spot
	location table.Location
	title    table.Title
	approval *rules.Approval // that the spot needs; nil for none
	dates    []planned
	skipped  []Skipped
}

// planned is one date, with the writes that make it.
type planned struct {
	date  civil.Date
	parts []part
	made  []table.Booking
}

// plan adds a date, or what is wrong with it.
func (s *series) plan(ctx context.Context, in RepeatInput, date civil.Date) error {
	period := in.on(date)
	split, err := parts(s.location, period, s.bookings.Now())
	if err != nil {
		like, none := s.bookings.likeNextDate(s.location, period)
		if none == nil {
			err = s.bookings.withNearest(ctx, err, s.wish(), like)
		}
		return s.skip(date, err)
	}
	key := in.Key + " " + string(date) // no two nights have one
	s.dates = append(s.dates, planned{date, split, bookingsOf(s.caller, key, s.spot, s.location, s.title, split)})
	return nil
}

// ask makes dates wait for one approval where the spot needs it, which is reckoned from the first of them.
func (s *series) ask(dates []planned) error {
	if s.approval == nil || len(dates) == 0 {
		return nil
	}
	var split []part
	for _, date := range dates {
		split = append(split, date.parts...)
	}
	asking, err := s.bookings.askingOf(*s.approval, s.caller, s.key, s.spot, s.location, split)
	if err != nil {
		return err
	}
	for _, date := range dates {
		ask(asking, date.made)
	}
	return nil
}

func (s *series) days() int {
	days := map[civil.Date]bool{}
	for _, b := range s.all() {
		days[b.Day] = true
	}
	return len(days)
}

func (s *series) all() []table.Booking {
	var all []table.Booking
	for _, date := range s.dates {
		all = append(all, date.made...)
	}
	return all
}

// whole makes all of the dates or none.
func (s *series) whole(ctx context.Context) (Repeated, error) {
	if err := s.ask(s.dates); err != nil {
		return Repeated{}, err
	}
	counted, err := s.permit(ctx)
	if err != nil {
		return Repeated{}, err
	}
	if len(s.skipped) > 0 {
		return Repeated{}, s.refusal("not all of the dates are possible, so nothing was reserved")
	}
	bookings := s.all()
	if err := AsFreed(ctx, s.bookings.Tables, s.caller.Person, s.spot, bookings); err != nil {
		return Repeated{}, err
	}
	err = s.bookings.Tables.Reserve(ctx, s.location.DailyQuota, counted, bookings...)
	var why table.NotReserved
	switch {
	case errors.As(err, &why):
		return Repeated{}, s.inTheWay(ctx, why)
	case err != nil:
		return Repeated{}, s.explain(ctx, err, s.dates[0])
	}
	made, err := s.bookings.made(ctx, bookings, s.location)
	return Repeated{made.Reservations, []Skipped{}}, err
}

// permit holds each date against the rules of the location, together with those before it.
func (s *series) permit(ctx context.Context) (table.Counted, error) {
	var all table.Counted
	wish := s.wish()
	for _, date := range s.dates {
		counted, err := Permit(ctx, s.bookings.Tables, wish.with(date.made...), s.bookings.Now())
		if err != nil {
			if err := s.skip(date.date, err); err != nil {
				return nil, err
			}
			continue
		}
		all = all.With(counted)
		for _, b := range date.made {
			wish.Beside = append(wish.Beside, b.Held())
		}
	}
	if !all.Fits(s.all()...) {
		return nil, problem.Impossible("/repeat", "has too many dates where a location counts by week",
			"fewer dates, or what can be had of them")
	}
	return all, nil
}

func (s *series) wish() Wish {
	return Wish{Person: s.caller.Person, Location: s.location, Spot: s.spot}
}

// inTheWay names the dates that kept the others from being made.
func (s *series) inTheWay(ctx context.Context, why table.NotReserved) error {
	for _, date := range s.dates {
		err := errors.Join(why[:len(date.made)]...)
		why = why[len(date.made):]
		if err == nil {
			continue
		}
		if err := s.skip(date.date, s.explain(ctx, err, date)); err != nil {
			return err
		}
	}
	return s.refusal("not all of the dates can be had, so nothing was reserved")
}

// partly makes one date after the other, as each can be had. What needs approval asks for it from the first of those.
func (s *series) partly(ctx context.Context) (Repeated, error) {
	var had []table.Booking
	for i, date := range s.dates {
		var err error
		if len(had) == 0 {
			err = s.ask(s.dates[i:])
		}
		if err == nil {
			err = s.bookings.write(ctx, s.wish(), date.made...)
		}
		if err == nil {
			had = append(had, date.made...)
			continue
		}
		if err := s.skip(date.date, s.explain(ctx, err, date)); err != nil {
			return Repeated{}, err
		}
	}
	if len(had) == 0 {
		return Repeated{}, s.refusal("none of the dates can be had")
	}
	made, err := s.bookings.made(ctx, had, s.location)
	return Repeated{made.Reservations, append([]Skipped{}, s.skipped...)}, err
}

func (s *series) explain(ctx context.Context, refusal error, date planned) error {
	return s.bookings.explain(ctx, refusal, s.wish(), date.parts)
}

// aboutADate are the kinds of refusal that say something about one date.
var aboutADate = []problem.Kind{problem.Conflict, problem.Unacceptable, problem.TooMany}

// skip takes down why a date can't be had. Any other error ends the request: whoever asks is gone, or the engine is
// out of reach, and then the same request goes on later.
func (s *series) skip(date civil.Date, err error) error {
	var refusal *problem.Error
	if !errors.As(err, &refusal) || !slices.Contains(aboutADate, refusal.Kind) {
		return err
	}
	skipped := Skipped{Date: date, Kind: refusal.Kind, Hint: refusal.Detail,
		Detail: words.Text{NL: refusal.Sentence("nl"), EN: refusal.Sentence("en")}}
	if len(refusal.Fields) > 0 {
		nl, en := refusal.Told("nl")[0], refusal.Told("en")[0]
		skipped.Hint, skipped.Detail = nl.Hint, words.Text{NL: nl.Detail, EN: en.Detail}
		skipped.Accepted = words.Text{NL: nl.Accepted, EN: en.Accepted}
	}
	if free, ok := refusal.Extra["free_instead"].([]Alternative); ok && len(free) > 0 {
		skipped.Instead = &free[0]
	}
	if nearest, ok := refusal.Extra["nearest"].(rules.Offer); ok {
		skipped.Nearest = &nearest
	}
	skipped.Rule, _ = refusal.Extra["rule"].(string)
	s.skipped = append(s.skipped, skipped)
	return nil
}

func (s *series) refusal(detail string) error {
	return problem.New(problem.Conflict, "%s", detail).With("skipped", s.skipped)
}
