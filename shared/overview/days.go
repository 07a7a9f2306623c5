package overview

import (
	"context"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// days adds every reservation (4.d.2) and, from the spot's sheet, whether the person was there (4.d.4).
func (g *gathering) days(ctx context.Context) error {
	sheets, err := g.desk.Tables.AllDays(ctx, g.person)
	if err != nil {
		return err
	}
	for _, sheet := range sheets {
		location, err := g.location(ctx, sheet.Location)
		if err != nil {
			return err
		}
		for _, id := range sortedNames(sheet.Commitments) {
			if err := g.reservation(ctx, sheet, location, id); err != nil {
				return err
			}
		}
		for _, about := range slices.Sorted(slices.Values(sheet.Mailed)) {
			mailed := Mailed{Date: sheet.Day, About: about}
			g.addUntil("4.d.2", Value{Name: "mailed", Value: mailed, Read: mailed.words()},
				sheet.Day.End(location.zone), location.zone)
		}
	}
	return nil
}

// A Reservation is one as an overview shows it.
type Reservation struct {
	Key      string          `json:"reservation"`  // among those of its day
	ID       string          `json:"id,omitempty"` // by which it is changed
	Date     civil.Date      `json:"date"`
	From     civil.ClockTime `json:"from"`
	To       civil.ClockTime `json:"to"`
	Zone     string          `json:"time_zone"`
	Spot     string          `json:"spot"`
	SpotName string          `json:"spot_name"`
	SpotType string          `json:"spot_type,omitempty"`
	Location string          `json:"location_name"`
	State    table.State     `json:"state"`
	Begun    *time.Time      `json:"begun_at,omitempty"`  // the office began to cancel it
	Booked   *time.Time      `json:"booked_at,omitempty"` // it had begun by then
	Asked    *time.Time      `json:"asked_at,omitempty"`  // whether they come
	Coming   *time.Time      `json:"coming_at,omitempty"` // they said so
	By       *Party          `json:"by,omitempty"`        // who made it, where it wasn't the person
	Until    *time.Time      `json:"until,omitempty"`     // it ends by itself, unless it is decided by then
	Waited   bool            `json:"waited,omitempty"`    // for approval, when the office began to cancel it
	by       words.Text
}

// Mailed says that the person was mailed about what they have reserved on a day.
type Mailed struct {
	Date  civil.Date `json:"date"`
	About string     `json:"about"`
}

// A Title is what the person calls a room's reservation.
type Title struct {
	Reservation string `json:"reservation"`
	ID          string `json:"id"` // by which it is changed
	Title       string `json:"title"`
	Shown       bool   `json:"title_shown"` // to people standing at the room
}

// A Presence is what is known about the person being at the spot of a reservation.
type Presence struct {
	Reservation string     `json:"reservation"`
	ID          string     `json:"id"` // by which it is changed
	Spot        string     `json:"spot"`
	SpotName    string     `json:"spot_name"`
	Location    string     `json:"location_name"`
	CheckedIn   *time.Time `json:"checked_in_at,omitempty"`
	Ended       *time.Time `json:"ended_at,omitempty"`
	WalkUp      bool       `json:"walk_up,omitempty"`
	ByHand      bool       `json:"by_hand,omitempty"` // a wrong check-in was taken back: sensors make none any more
	Sensors     []Sensed   `json:"sensors,omitempty"`
}

// Sensed is what a sensor at the spot last said.
type Sensed struct {
	Occupied bool      `json:"occupied"`
	Since    time.Time `json:"since"`
}

func (g *gathering) reservation(ctx context.Context, sheet table.PersonSheet, at place, id string) error {
	told, err := g.reserved(ctx, sheet, at, id)
	if err != nil {
		return err
	}
	c := sheet.Commitments[id]
	spot, err := g.desk.Tables.SpotSheetNow(ctx, table.Place{Business: g.person.Business, Location: sheet.Location,
		Floor: c.Floor, Spot: c.Spot}, sheet.Day)
	if err != nil {
		return err
	}
	held, there := spot.Holdings[id]
	there = there && held.User == g.person.User
	if there { // a check-in stands on the spot's sheet alone
		told.State, told.Booked = held.State, instant(held.BookedAt)
		told.Asked, told.Coming = instant(held.AskedAt), instant(held.ComingAt)
	}
	if told.State.Undecided() {
		told.Until = instant(c.Until)
	}
	ends := sheet.Day.End(at.zone)
	g.addUntil("4.d.2", Value{Name: "reservation", Value: told, Read: told.words(at.zone)}, ends, at.zone)
	if c.Title.Text != "" {
		title := Title{Reservation: id, ID: told.ID, Title: c.Title.Text, Shown: c.Title.Shown}
		g.addUntil("4.f.4", Value{Name: "title", Value: title, Read: title.words()}, ends, at.zone)
	}
	if there {
		g.presence(told, held, spot.Occupancy, ends, at.zone)
	}
	return nil
}

// reserved is a reservation as the person's own sheet has it.
func (g *gathering) reserved(ctx context.Context, sheet table.PersonSheet, at place, id string) (Reservation, error) {
	c := sheet.Commitments[id]
	spot, err := g.spot(ctx, c.Spot)
	if err != nil {
		return Reservation{}, err
	}
	told := Reservation{Key: id, Date: sheet.Day, From: c.From.Clock(at.zone), To: c.To.EndClock(sheet.Day, at.zone),
		ID:   table.ReservationID{Day: sheet.Day, Location: sheet.Location, Key: id}.String(),
		Zone: at.zone.String(), Spot: c.Spot, SpotName: spot, SpotType: c.Type, Location: at.name, State: c.State}
	if c.By != "" {
		by, read, err := g.partyOf(ctx, c.By)
		if err != nil {
			return Reservation{}, err
		}
		told.By, told.by = &by, read
	}
	return told, nil
}

// presence adds what the spot's sheet says about the person being there (4.d.4), if it says anything.
func (g *gathering) presence(of Reservation, held table.Holding, sensors map[string]table.Occupancy, ends time.Time,
	zone civil.Zone) {
	if held.CheckedInAt == 0 && held.EndedAt == 0 && !held.ByHand {
		return
	}
	presence := Presence{Reservation: of.Key, ID: of.ID, Spot: of.Spot, SpotName: of.SpotName, Location: of.Location,
		CheckedIn: instant(held.CheckedInAt), Ended: instant(held.EndedAt), WalkUp: held.WalkUp, ByHand: held.ByHand}
	if held.State == table.CheckedIn {
		for _, sensor := range sortedNames(sensors) {
			now := sensors[sensor]
			presence.Sensors = append(presence.Sensors, Sensed{now.Occupied, time.Unix(now.Since, 0).UTC()})
		}
	}
	g.addUntil("4.d.4", Value{Name: "presence", Value: presence, Read: presence.words(zone)}, ends, zone)
}
