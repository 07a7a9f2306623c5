package booking

import (
	"cmp"
	"context"
	"slices"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// Titled is what a room's reservation is called, and whether that is seen at the room (4.f.4).
type Titled struct {
	Title string `json:"title"`
	Shown bool   `json:"title_shown"`
}

// title is that of a reservation of a room: a workplace has none.
func (t Titled) title(room bool) (table.Title, error) {
	if t.Title != "" && !room {
		return table.Title{}, problem.Impossible("/title", "is for a room's reservation", "no title for a workplace")
	}
	return table.Title{Text: t.Title, Shown: t.Shown && t.Title != ""}, nil
}

// TitleInput names a reservation of the caller's, and what it is to be called; without a title, nothing.
type TitleInput struct {
	Reservation string `json:"reservation"`
	Titled
}

// Title calls the reservation of a room something else, or nothing. Repeating it has no effect.
func (b Bookings) Title(ctx context.Context, caller identity.Caller, in TitleInput) (struct{}, error) {
	return struct{}{}, table.Retry(func() error {
		id, sheet, err := b.own(ctx, caller, in.Reservation)
		if err != nil {
			return err
		}
		title, err := in.title(!sheet.Commitments[id.Key].Workplace)
		if err != nil {
			return err
		}
		return b.Tables.SetTitle(ctx, caller.Person, sheet, id.Key, title)
	})
}

// AtTheRoom is a reservation as who stands before the room sees it, where its organiser lets them.
type AtTheRoom struct {
	Stretch
	Title string `json:"title"`
}

// titles are those that organisers show of a room's day. One small read for each reservation.
func (b Bookings) titles(ctx context.Context, spot table.Spot, business string, day civil.Date, zone civil.Zone,
	sheet table.SpotSheet) ([]AtTheRoom, error) {
	shown := []AtTheRoom{}
	if spot.Category != table.Room {
		return shown, nil
	}
	for id, held := range sheet.Holdings {
		if !held.State.Stands() {
			continue
		}
		organiser := identity.Person{Business: business, User: held.User}
		title, err := b.Tables.ShownTitle(ctx, organiser, day, spot.Location, id)
		if err != nil {
			return nil, err
		}
		if title != "" {
			shown = append(shown, AtTheRoom{Stretch{held.From.Clock(zone), held.To.EndClock(day, zone)}, title})
		}
	}
	slices.SortFunc(shown, func(a, b AtTheRoom) int { return cmp.Compare(a.From, b.From) })
	return shown, nil
}
