package overview

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// A PlaceInLine is what the person waits for (4.f.3).
type PlaceInLine struct {
	ID        string          `json:"place"`
	Date      civil.Date      `json:"date"`
	From      civil.ClockTime `json:"from"`
	To        civil.ClockTime `json:"to"`
	FromAt    time.Time       `json:"from_at"`
	EndsAt    time.Time       `json:"ends_at"`
	At        string          `json:"location"`
	Location  string          `json:"location_name"`
	Floor     string          `json:"floor"`
	FloorName string          `json:"floor_name"`
	Zone      string          `json:"zone,omitempty"`
	ZoneName  string          `json:"zone_name,omitempty"`
	Type      string          `json:"type,omitempty"`
	Since     time.Time       `json:"since_at"`
	Offered   string          `json:"offered,omitempty"` // the reservation
}

// inLine adds the person's places in line.
func (g *gathering) inLine(ctx context.Context, _ table.User) error {
	all, err := g.desk.Tables.InLine(ctx, g.person)
	for _, w := range all {
		err = errors.Join(err, g.placeInLine(ctx, w))
	}
	return err
}

func (g *gathering) placeInLine(ctx context.Context, w table.Wait) error {
	location, err := g.location(ctx, w.Location)
	if err != nil {
		return err
	}
	floor, err := g.desk.Tables.Floor(ctx, w.Business, w.Floor)
	if err != nil && !errors.Is(err, table.ErrAbsent) { // what was just removed is told without its name
		return err
	}
	during := w.Interval()
	told := PlaceInLine{ID: w.ID, Date: w.Day, From: during.From.Clock(location.zone),
		To: during.To.EndClock(w.Day, location.zone), At: w.Location, Location: location.name,
		Floor: w.Floor, FloorName: floor.Name, Zone: w.Zone, ZoneName: floor.Zones[w.Zone].Name, Type: w.Type,
		Since: w.Since.UTC(), Offered: w.Offered, FromAt: w.From.UTC(), EndsAt: w.Ends.UTC()}
	value := Value{Name: privacy.InLine.Name, Value: told, Read: told.words(w, location.zone)}
	g.addUntil("4.f.3", value, w.Ends, location.zone)
	return nil
}

func (p PlaceInLine) words(w table.Wait, zone civil.Zone) words.Text {
	day, since := words.Day(p.Date), words.Moment(w.Since, zone)
	where := p.FloorName + ", " + p.Location
	if p.ZoneName != "" {
		where = p.ZoneName + ", " + where
	}
	kind, known := spotTypes[p.Type]
	if !known {
		kind = words.Text{NL: "een plek", EN: "a spot"}
	}
	read := words.Text{
		NL: fmt.Sprintf("%s van %s tot %s, %s, %s; je wacht sinds %s", day.NL, p.From, p.To, kind.NL,
			mail.Unlinked(where), since.NL),
		EN: fmt.Sprintf("%s from %s to %s, %s, %s; you wait since %s", day.EN, p.From, p.To, kind.EN,
			mail.Unlinked(where), since.EN)}
	if p.Offered != "" {
		read.NL, read.EN = read.NL+"; er is je een plek aangeboden", read.EN+"; a spot was offered to you"
	}
	return read
}
