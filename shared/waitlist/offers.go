package waitlist

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

// Holds is how long an offer holds, or until so shortly before the time that is waited for is over that a round still
// comes to take it off the sheets while there is the place in line that leads to it.
const Holds = 15 * time.Minute

func offerEnds(w table.Wait, now time.Time) time.Time {
	ends, last := now.Add(Holds), w.Ends.Add(-clock.Ahead)
	if last.Before(ends) {
		return last
	}
	return ends
}

// Offers offers people who wait what comes free, and ends what they did not take.
type Offers struct {
	Tables    *table.Tables
	Mail      mail.Sender
	Now       func() time.Time
	PublicURL string // where an offer is taken
}

// Starts are what starts the offers: the minute.
func (o Offers) Starts() trigger.Starts { return trigger.OnSchedule(o.Round) }

const linesAtOnce = 8

// Round looks at every floor's day for which somebody waits. One that fails keeps no other waiting, and is tried
// again the next minute. Two may run at once: each write is conditional.
func (o Offers) Round(ctx context.Context) error {
	all, err := o.Tables.InLine(ctx, identity.Person{})
	if err != nil {
		return err
	}
	slices.SortFunc(all, func(a, b table.Wait) int {
		return cmp.Or(cmp.Compare(a.Floor, b.Floor), cmp.Compare(a.Day, b.Day), a.Since.Compare(b.Since),
			cmp.Compare(a.ID, b.ID))
	})
	var lines [][]table.Wait
	for i, w := range all {
		if i == 0 || all[i-1].Floor != w.Floor || all[i-1].Day != w.Day {
			lines = append(lines, nil)
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], w)
	}
	return parallel.Each(ctx, linesAtOnce, lines, o.line)
}

// line does what is due with those who wait for one floor's day: first what is offered already, since what ends there
// is free for the next.
func (o Offers) line(ctx context.Context, all []table.Wait) error {
	var waiting []table.Wait
	var failed error
	for _, w := range all {
		if w.Offered == "" {
			waiting = append(waiting, w)
			continue
		}
		failed = errors.Join(failed, o.offered(ctx, w))
	}
	if len(waiting) == 0 {
		return failed
	}
	day, err := o.floorDay(ctx, waiting[0])
	if errors.Is(err, table.ErrAbsent) { // the floor was removed: there is nothing to wait for
		for _, w := range waiting {
			failed = errors.Join(failed, o.Tables.EndWait(ctx, w))
		}
		return failed
	}
	if err != nil {
		return errors.Join(failed, err)
	}
	for _, w := range waiting {
		failed = errors.Join(failed, o.next(ctx, w, day))
	}
	return failed
}

// offered mails an offer, or ends it where its time has come, and forgets one that was decided.
func (o Offers) offered(ctx context.Context, w table.Wait) error {
	sheet, err := o.Tables.PersonSheet(ctx, w.Person, w.Day, w.Location)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return err
	}
	c := sheet.Commitments[w.Offer().Key]
	switch {
	case c.State != table.Offered:
		return o.Tables.EndWait(ctx, w)
	case !o.Now().Before(time.Unix(c.Until, 0)):
		if err := o.Tables.WithdrawOffer(ctx, w, sheet); !errors.Is(err, table.ErrRefused) {
			return err
		}
		return nil // it was decided a moment ago
	}
	return o.mail(ctx, w, c)
}

// A floorDay is a floor with what is taken of it on a day.
type floorDay struct {
	floor    table.Floor
	location table.Location
	sheets   map[string]table.SpotSheet
}

func (o Offers) floorDay(ctx context.Context, w table.Wait) (floorDay, error) {
	floor, err := o.Tables.Floor(ctx, w.Business, w.Floor)
	if err != nil {
		return floorDay{}, err
	}
	location, err := o.Tables.Location(ctx, w.Business, w.Location)
	if err != nil {
		return floorDay{}, err
	}
	day := floorDay{floor: floor, location: location, sheets: map[string]table.SpotSheet{}}
	sheets, err := o.Tables.FloorDayNow(ctx, w.Business, w.Location, w.Floor, w.Day)
	for _, sheet := range sheets {
		day.sheets[sheet.Spot] = sheet
	}
	return day, err
}

// next offers somebody the first spot that would do and is free. Whoever may not have it, has enough already or is away
// is passed by and keeps their place; whoever is not registered any more loses it.
func (o Offers) next(ctx context.Context, w table.Wait, day floorDay) error {
	during := w.Interval()
	during.From = max(during.From, civil.QuarterOf(o.Now()))
	if !o.Now().Before(offerEnds(w, o.Now())) {
		return nil // it is as good as over, and about to go
	}
	own, err := o.Tables.Own(ctx, w.Person)
	if err != nil || slices.Contains(own.Away, w.Day) {
		return err
	}
	for _, spot := range wanted(w, day.floor) {
		sheet := day.sheets[spot.ID]
		if day.location.Office().Approval(spot.Ruled()) != nil ||
			!sheet.Taken.Free(day.location.Office().Kept(spot.Ruled(), w.Day, during)) {
			continue
		}
		c, err := o.offer(ctx, w, day.location, spot, during)
		switch {
		case err == nil:
			sheet.Taken = sheet.Taken.With(during)
			day.sheets[spot.ID] = sheet
			return o.mail(ctx, w, c)
		case errors.Is(err, table.ErrGone):
			return o.Tables.EndWait(ctx, w)
		case errors.Is(err, table.ErrOverlap), errors.Is(err, table.ErrQuota), errors.Is(err, table.ErrRefused):
			return nil
		case !anotherMay(err):
			return err
		}
	}
	return nil
}

// anotherMay tells whether what refused one spot can allow another, as a rule can. Of a write that failed nobody
// knows whether it was made.
func anotherMay(err error) bool {
	var refusal *problem.Error
	return errors.Is(err, table.ErrTaken) || errors.Is(err, table.ErrAssigned) || errors.As(err, &refusal) &&
		(refusal.Kind == problem.Unacceptable || refusal.Kind == problem.TooMany)
}

// offer holds a spot for somebody, as their own reservation of it would be made and on the same conditions.
func (o Offers) offer(ctx context.Context, w table.Wait, location table.Location, spot table.Spot,
	during civil.Interval) (table.Commitment, error) {
	now, id := o.Now(), w.Offer()
	until := offerEnds(w, now)
	wants, err := o.Tables.User(ctx, w.Person, "4.f.1")
	if errors.Is(err, table.ErrAbsent) {
		err = table.ErrGone
	}
	if err != nil {
		return table.Commitment{}, err
	}
	b := booking.BookingFor(w.Person, id.Key, spot, location, w.Day, during)
	b.State, b.Until, b.Line, b.Calendar = table.Offered, until.Unix(), &w, wants.CalendarMails
	one := []table.Booking{b}
	if err := booking.AsFreed(ctx, o.Tables, w.Person, spot, one); err != nil {
		return table.Commitment{}, err
	}
	wish := booking.Wish{Person: w.Person, Location: location, Spot: spot,
		Parts: []rules.Part{{Day: w.Day, Interval: during}}, Except: []string{id.Key}}
	counted, err := booking.Permit(ctx, o.Tables, wish, now)
	if err != nil {
		return table.Commitment{}, err
	}
	c := table.Commitment{Floor: spot.Floor, Spot: spot.ID, Name: spot.Name, From: during.From, To: during.To,
		State: table.Offered, Until: b.Until}
	return c, o.Tables.Reserve(ctx, location.DailyQuota, counted, one...)
}

// mail tells the person once what is offered, with the only copy of the secret with which it can be taken. What was
// decided or mailed meanwhile is left alone, as is who has gone.
func (o Offers) mail(ctx context.Context, w table.Wait, c table.Commitment) error {
	err := o.tell(ctx, w, c)
	if errors.Is(err, table.ErrAbsent) || errors.Is(err, table.ErrRefused) || errors.Is(err, table.ErrMailing) {
		return nil
	}
	return err
}

func (o Offers) tell(ctx context.Context, w table.Wait, c table.Commitment) error {
	id := w.Offer()
	location, err := o.Tables.Location(ctx, w.Business, w.Location)
	if err != nil {
		return err
	}
	user, err := o.Tables.User(ctx, w.Person, "4.a.2", "4.language")
	if err != nil {
		return err
	}
	mailing := table.Mailing{Person: w.Person, Day: w.Day, Location: w.Location, About: table.OfferMailed + id.Key}
	if err := o.Tables.BeginMailing(ctx, mailing, o.Now()); err != nil {
		return err
	}
	place := table.Place{Business: w.Business, Location: w.Location, Floor: c.Floor, Spot: c.Spot}
	token := bearer.Token(w.Person, secret.Token())
	if err := o.Tables.OfferLink(ctx, place, id, table.Holding{User: w.User}, secret.Hash(token)); err != nil {
		return err
	}
	if err := o.Mail.Send(ctx, o.message(user, location, id, c, token)); err != nil {
		return err
	}
	return o.Tables.Mailed(ctx, mailing)
}

func byName(a, b table.Spot) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) }
