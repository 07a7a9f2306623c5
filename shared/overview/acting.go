package overview

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// A Party is a colleague who may act for the person, or for whom the person may (4.f.1), as they show themselves.
type Party struct {
	Colleague string     `json:"colleague"`
	Name      string     `json:"name,omitempty"`
	Given     civil.Date `json:"given_on,omitzero"`
}

func (g *gathering) partyOf(ctx context.Context, user string) (Party, words.Text, error) {
	name, err := g.desk.Tables.ShownName(ctx, identity.Person{Business: g.person.Business, User: user})
	read := words.Text{NL: "een collega", EN: "a colleague"}
	if name != "" {
		read = written(name)
	}
	return Party{Colleague: user, Name: name}, read, err
}

func (g *gathering) party(ctx context.Context, kept table.Kept) error {
	told, read, err := g.partyOf(ctx, kept.Suffix)
	told.Given = civil.Date(text(kept.Values["given_on"]))
	may := words.Text{NL: " mag voor jou reserveren en annuleren, sinds ",
		EN: " may reserve and cancel for you, since "}
	if kept.Item.Name == privacy.Principal.Name {
		may = words.Text{NL: ": voor wie jij mag reserveren en annuleren, sinds ",
			EN: ": for whom you may reserve and cancel, since "}
	}
	since := words.Day(told.Given)
	g.addUntil("4.f.1", Value{Name: kept.Item.Name, Value: told, Read: words.Text{NL: read.NL + may.NL + since.NL,
		EN: read.EN + may.EN + since.EN}}, kept.GoneAt, g.zone)
	return err
}

// acted adds that the person made a reservation for somebody (4.d.2). Of where and when it is their own partition
// says the day alone; the rest is the other's.
func (g *gathering) acted(ctx context.Context, kept table.Kept) error {
	acted, err := table.ActedFor(g.person, kept.Suffix, text(kept.Values["reservation"]))
	if err != nil {
		return err
	}
	location, err := g.location(ctx, acted.Reservation.Location)
	if err != nil {
		return err
	}
	told, read, err := g.partyOf(ctx, acted.Person.User)
	day := words.Day(acted.Reservation.Day)
	g.addUntil("4.d.2", Value{Name: "made for somebody", Value: map[string]any{"for": told,
		"reservation": acted.Reservation.String()}, Read: words.Text{
		NL: day.NL + ", " + location.name + ": door jou gereserveerd voor " + read.NL,
		EN: day.EN + ", " + location.name + ": reserved by you for " + read.EN}}, kept.GoneAt, location.zone)
	return err
}

// told adds the mails about reservations that are on their way, to the person or about what they did (4.d.2).
func (g *gathering) told(ctx context.Context, _ table.User) error {
	all, err := g.desk.Tables.ToTell(ctx, g.person)
	for _, one := range all {
		err = errors.Join(err, g.onItsWay(ctx, one))
	}
	return err
}

func (g *gathering) onItsWay(ctx context.Context, told table.Told) error {
	id, err := table.ParseReservationID(told.Reservation)
	if err != nil {
		return err
	}
	location, err := g.location(ctx, id.Location)
	if err != nil {
		return err
	}
	day, place := words.Day(id.Day), mail.Unlinked(told.Name+", "+location.name)
	clause, value := privacy.Clause("4.d.2"), map[string]any{"deed": told.Kind, "reservation": told.Reservation,
		"spot_name": told.Name, "location_name": location.name}
	if told.Kind == table.Unassigned {
		clause = "4.f.1"
	} else {
		value["from"], value["to"] = told.From.Clock(location.zone), told.To.EndClock(id.Day, location.zone)
	}
	read := words.Text{NL: day.NL + ", " + place + " (er is een e-mail over onderweg)",
		EN: day.EN + ", " + place + " (an e-mail about it is on its way)"}
	g.addUntil(clause, Value{Name: privacy.Told.Name, Value: value, Read: read},
		time.Unix(told.Until, 0).UTC(), location.zone)
	return nil
}
