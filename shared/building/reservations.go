package building

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

// A claim is a reservation that still holds its spot, now or later.
type claim struct {
	place       table.Place
	day         civil.Date
	reservation string
	holding     table.Holding
}

// A span is a row of days on which reservations may exist.
type span struct{ from, until civil.Date }

func (s span) days() []civil.Date {
	var days []civil.Date
	for day := s.from; day <= s.until; day = day.AddDays(1) {
		days = append(days, day)
	}
	return days
}

// span is from today until the last day on which the location can have a reservation.
func (b Building) span(l table.Location) span {
	today := b.today(l.Zone)
	return span{today, l.LastReserved(today)}
}

// atOnce is how many reads of sheets are under way at a time.
const atOnce = 16

// claimsOnFloor finds the reservations of a floor's spots, as many days at once as the engine likes. All of it is
// read consistently: whatever was answered before is found.
func (b Building) claimsOnFloor(ctx context.Context, business, location, floor string, days span,
	concerns func(spot string) bool) ([]claim, error) {
	var found []claim
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for _, day := range days.days() {
		group.Go(func() error {
			sheets, err := b.Tables.FloorDayNow(ctx, business, location, floor, day)
			mu.Lock()
			defer mu.Unlock()
			for _, sheet := range sheets {
				if concerns(sheet.Spot) {
					found = append(found, b.claimsOf(table.Place{Business: business, Location: location, Floor: floor,
						Spot: sheet.Spot}, day, sheet)...)
				}
			}
			return err
		})
	}
	return found, group.Wait()
}

// claimsOnSpot finds one spot's.
func (b Building) claimsOnSpot(ctx context.Context, place table.Place, days span) ([]claim, error) {
	sheets, err := b.Tables.SpotDays(ctx, place, days.days())
	if err != nil {
		return nil, err
	}
	var found []claim
	for day, sheet := range sheets {
		found = append(found, b.claimsOf(place, day, sheet)...)
	}
	return found, nil
}

func (b Building) claimsOf(place table.Place, day civil.Date, sheet table.SpotSheet) []claim {
	var found []claim
	for id, holding := range sheet.Holdings {
		if holding.State.Holds() && holding.To.Time().After(b.Now()) {
			found = append(found, claim{place, day, id, holding})
		}
	}
	return found
}

// settle acts on the choice. Refuse answers 409 when there is any claim. Its number is told only when it is about
// five people or more (art. 5), and never whose they are.
func (b Building) settle(ctx context.Context, choice Choice, claims []claim) error {
	switch choice {
	case Keep:
		return nil
	case Cancel:
		return b.cancelAll(ctx, claims)
	}
	if len(claims) == 0 {
		return nil
	}
	refusal := problem.New(problem.Conflict, "there are reservations that this concerns; on_reservations=cancel "+
		"cancels them and tells their owners by mail")
	if people(claims) >= privacy.Least {
		refusal.With("reservations", len(claims))
	}
	return refusal
}

func people(claims []claim) int {
	who := map[string]bool{}
	for _, c := range claims {
		who[c.holding.User] = true
	}
	return len(who)
}

// mustNotKeep refuses the choice to keep reservations of what will not be there any more, or not be the same.
func mustNotKeep(choice Choice) error {
	if choice == Keep {
		return problem.Impossible("on_reservations", "reservations can't be kept on what goes or becomes something "+
			"else", "refuse, cancel")
	}
	return nil
}

func (b Building) cancelAll(ctx context.Context, claims []claim) error {
	// One that fails ends no other: a write given up in flight could land after what a repeat has done already.
	return parallel.Each(ctx, atOnce, claims, b.cancel)
}

// cancel asks for the mail to a reservation's owner and takes it off both sheets. What its owner changed or cancelled
// in between is left as they made it. The event comes before the cancellation, since nobody would repeat it after one
// whose answer was lost; a mail is sent only of what was really cancelled (notice.Messenger).
func (b Building) cancel(ctx context.Context, c claim) error {
	person := identity.Person{Business: c.place.Business, User: c.holding.User}
	var told table.Commitment
	return table.Retry(func() error {
		sheet, err := b.Tables.PersonSheet(ctx, person, c.day, c.place.Location)
		if errors.Is(err, table.ErrAbsent) {
			return nil
		}
		if err != nil {
			return err
		}
		held, there := sheet.Commitments[c.reservation]
		if !there || held.Spot != c.place.Spot || !held.State.Holds() {
			return nil
		}
		if held != told {
			if err := b.tell(ctx, person, sheet, c.reservation, held); err != nil {
				return err
			}
			told = held
		}
		return b.Tables.Cancel(ctx, person, sheet, c.reservation)
	})
}

// tell writes down in the owner's own partition what the mail is to say, and lets it be sent. A guest gets no mail.
func (b Building) tell(ctx context.Context, p identity.Person, sheet table.PersonSheet, key string,
	held table.Commitment) error {
	reservation := table.ReservationID{Day: sheet.Day, Location: sheet.Location, Key: key}.String()
	id := secret.DerivedID(p.Business, p.User, reservation, fmt.Sprint(held), "cancelled")
	err := b.Tables.AddCancellation(ctx, p, id, table.Cancellation{Reservation: reservation, Spot: held.Spot,
		From: held.From, To: held.To, At: b.Now().Unix(), Asked: held.State == table.Asked}, time.Unix(sheet.Ends, 0))
	if errors.Is(err, table.ErrGone) {
		return nil
	}
	if err != nil {
		return err
	}
	return b.Bus.Publish(ctx, events.ReservationCancelledType,
		events.ReservationCancelled{Business: p.Business, User: p.User, Cancellation: id})
}

// A reservation reads its spot, then writes its sheets. When the spot is removed in between, the first look above may
// come too early for that write. So the removal's own transaction also notes, on the location's open days, that a
// second look is due: once every reservation that was under way must have ended, whatever is held on spots that are
// not there is cancelled and its owner told. It also finishes a removal that was cut off after its transaction. The
// same holds for what is taken out of service.

// UnderWay is the longest that a reservation can take from reading its spot to its write: the functions' time-outs
// and the lag of a read, with room to spare.
const UnderWay = 60 * time.Second

// Starts says what starts the second looks: the minute.
func (b Building) Starts() trigger.Starts { return trigger.OnSchedule(b.Round) }

// Round makes the second looks of all locations. What fails at one keeps no other from its own; the next round tries
// again.
func (b Building) Round(ctx context.Context) error {
	all, err := b.Tables.OpenLocations(ctx)
	if err != nil {
		return err
	}
	for _, open := range all {
		err = errors.Join(err, b.LookAgain(ctx, open))
	}
	return err
}

// LookAgain makes the second looks of a location that are due, and forgets a location once nothing of it is left. A
// repeat is harmless.
func (b Building) LookAgain(ctx context.Context, open table.OpenDays) error {
	for floor, look := range open.SecondLook {
		if b.Now().Before(time.Unix(look.At, 0).Add(UnderWay)) {
			continue
		}
		if err := b.lookAgain(ctx, open, floor, look); err != nil {
			return err
		}
	}
	if open.Gone == "" || open.OpenFrom <= open.Gone || len(open.Retired) > 0 || len(open.SecondLook) > 0 {
		return nil
	}
	at := func(d table.Display) bool { return d.Location == open.Location }
	if err := b.takeDown(ctx, open.Business, at); err != nil {
		return err
	}
	return harmless(b.Tables.ForgetOpenDays(ctx, open.Location))
}

func (b Building) lookAgain(ctx context.Context, open table.OpenDays, floor string, look table.SecondLook) error {
	plan, err := b.Tables.FloorNow(ctx, open.Business, floor)
	removed := errors.Is(err, table.ErrAbsent)
	if err != nil && !removed {
		return err
	}
	claims, err := b.claimsOnFloor(ctx, open.Business, open.Location, floor, span{b.today(open.Zone), look.Until},
		everySpot)
	if err != nil {
		return err
	}
	location, err := b.Tables.LocationNow(ctx, open.Business, open.Location)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return err
	}
	office := location.Office()
	claims = slices.DeleteFunc(claims, func(c claim) bool {
		spot, there := plan.Spots[c.place.Spot]
		return there && office.OutOf(spot.Ruled(floor, c.place.Spot), c.holding.Interval()) == nil
	})
	if err := b.cancelAll(ctx, claims); err != nil {
		return err
	}
	ofNothing := func(d table.Display) bool {
		_, there := plan.Spots[d.Spot]
		return d.Floor == floor && (removed || d.Spot != "" && !there)
	}
	if err := b.takeDown(ctx, open.Business, ofNothing); err != nil {
		return err
	}
	return harmless(b.Tables.SecondLookDone(ctx, open.Location, floor, look))
}

// takeDown revokes the displays whose place is gone.
func (b Building) takeDown(ctx context.Context, business string, gone func(table.Display) bool) error {
	displays, err := b.Tables.Displays(ctx, business)
	for _, d := range displays {
		if err == nil && gone(d) {
			err = b.Tables.EndDisplay(ctx, business, d.ID)
		}
	}
	return err
}

// harmless takes away the error of a change that somebody else made already.
func harmless(err error) error {
	if errors.Is(err, table.ErrChanged) {
		return nil
	}
	return err
}
