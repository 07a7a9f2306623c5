package overview

import (
	"context"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// A Workplace is one that is the person's own (4.f.1).
type Workplace struct {
	Spot     string     `json:"spot"`
	SpotName string     `json:"spot_name"`
	Floor    string     `json:"floor"`
	Location string     `json:"location_name"`
	Mark     string     `json:"mark"` // which stands on the plan, where nobody knows whose it is
	Given    civil.Date `json:"given_on"`
}

// workplace adds it, with what leads to the person from the business account's own partition.
func (g *gathering) workplace(ctx context.Context, kept table.Kept) error {
	location, err := g.location(ctx, text(kept.Values["location"]))
	if err != nil {
		return err
	}
	name, err := g.spot(ctx, kept.Suffix)
	if err != nil {
		return err
	}
	told := Workplace{Spot: kept.Suffix, SpotName: name, Floor: text(kept.Values["floor"]),
		Location: location.name, Mark: text(kept.Values["mark"]),
		Given: civil.Date(text(kept.Values["given_on"]))}
	place, since := mail.Unlinked(name+", "+location.name), words.Day(told.Given)
	g.addUntil("4.f.1", Value{Name: kept.Item.Name, Value: told, Read: words.Text{
		NL: place + ": je eigen werkplek, sinds " + since.NL,
		EN: place + ": your own workplace, since " + since.EN}}, kept.GoneAt, g.zone)
	return nil
}

// freedDay adds a day for which the person gave their own workplace free (4.f.2).
func (g *gathering) freedDay(ctx context.Context, kept table.Kept) error {
	free := table.FreedDayOf(kept.Suffix)
	location, err := g.location(ctx, text(kept.Values["location"]))
	if err != nil {
		return err
	}
	name, err := g.spot(ctx, free.Spot)
	if err != nil {
		return err
	}
	day, place := words.Day(free.Day), mail.Unlinked(name+", "+location.name)
	freed := Value{Name: kept.Item.Name,
		Value: map[string]any{"date": free.Day, "spot": free.Spot, "spot_name": name, "location_name": location.name},
		Read:  words.Text{NL: day.NL + ": " + place + " vrijgegeven", EN: day.EN + ": " + place + " given free"}}
	g.addUntil("4.f.2", freed, kept.GoneAt, location.zone)
	return nil
}

// away adds a day on which the person is not there (4.f.2).
func (g *gathering) away(kept table.Kept) {
	date := civil.Date(text(kept.Values["date"]))
	day := words.Day(date)
	g.addUntil("4.f.2", Value{Name: kept.Item.Name, Value: date, Read: words.Text{NL: day.NL + ": afwezig",
		EN: day.EN + ": away"}}, kept.GoneAt, g.zone)
}

// group adds a group that the person is in (4.f.1), by the customer's name for it.
func (g *gathering) group(ctx context.Context, kept table.Kept) error {
	all, err := g.desk.Tables.Groups(ctx, g.person.Business)
	if err != nil {
		return err
	}
	name, given := all[kept.Suffix], civil.Date(text(kept.Values["given_on"]))
	read, since := words.Text{NL: "een groep die net is opgeheven", EN: "a group that was just removed"},
		words.Day(given)
	if name != "" {
		read = words.Text{NL: "groep " + mail.Unlinked(name), EN: "group " + mail.Unlinked(name)}
	}
	member := Value{Name: kept.Item.Name,
		Value: map[string]any{"group": kept.Suffix, "name": name, "given_on": given},
		Read:  words.Text{NL: read.NL + ", sinds " + since.NL, EN: read.EN + ", since " + since.EN}}
	g.addUntil("4.f.1", member, kept.GoneAt, g.zone)
	return nil
}
