package overview

import (
	"context"
	"fmt"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// An Asking is what the person asked approval for (4.f.3). Each of its reservations is told of with the others.
type Asking struct {
	ID       string          `json:"request"`
	Spot     string          `json:"spot_name"`
	At       string          `json:"location"`
	Location string          `json:"location_name"`
	Date     civil.Date      `json:"date"`
	Last     civil.Date      `json:"until_date"`
	From     civil.ClockTime `json:"from"`
	To       civil.ClockTime `json:"to"`
	Dates    int             `json:"dates"`
	Since    time.Time       `json:"since_at"`
	Until    time.Time       `json:"until"`
	EndsAt   time.Time       `json:"ends_at"`
	Decided  table.Decision  `json:"decided,omitempty"` // of which the person is about to be told
}

// askings adds what the person asked approval for.
func (g *gathering) askings(ctx context.Context, _ table.User) error {
	all, err := g.desk.Tables.Askings(ctx, g.person)
	if err != nil {
		return err
	}
	for _, q := range all {
		location, err := g.location(ctx, q.Location)
		if err != nil {
			return err
		}
		told := Asking{ID: q.ID, Spot: q.Name, At: q.Location, Location: location.name, Date: q.Day, Last: q.Last,
			From: q.From.Clock(location.zone), To: q.To.EndClock(q.Day, location.zone), Dates: q.Days,
			Since: q.Since.UTC(), Until: time.Unix(q.Until, 0).UTC(), EndsAt: q.Ends.UTC(), Decided: q.Decided}
		value := Value{Name: privacy.Asking.Name, Value: told, Read: told.words(location.zone)}
		g.addUntil("4.f.3", value, q.Ends, location.zone)
	}
	return nil
}

var decisions = map[table.Decision]words.Text{
	table.Approved: {NL: "goedgekeurd", EN: "approved"}, table.Declined: {NL: "afgewezen", EN: "declined"},
	table.Lapsed: {NL: "vervallen", EN: "lapsed"},
}

func (a Asking) words(zone civil.Zone) words.Text {
	day, until := words.Day(a.Date), words.Moment(a.Until, zone)
	spot, at := mail.Unlinked(a.Spot), mail.Unlinked(a.Location)
	read := words.Text{
		NL: fmt.Sprintf("goedkeuring gevraagd voor %s in %s, %s van %s tot %s", spot, at, day.NL, a.From, a.To),
		EN: fmt.Sprintf("approval asked for %s at %s, %s from %s to %s", spot, at, day.EN, a.From, a.To)}
	if a.Dates > 1 {
		more := words.More(a.Dates - 1)
		read.NL, read.EN = read.NL+" "+more.NL, read.EN+" "+more.EN
	}
	if decided, is := decisions[a.Decided]; is {
		return words.Text{NL: read.NL + ": " + decided.NL, EN: read.EN + ": " + decided.EN}
	}
	return words.Text{NL: read.NL + "; te beslissen voor " + until.NL, EN: read.EN + "; to be decided before " + until.EN}
}
