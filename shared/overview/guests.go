package overview

import (
	"context"
	"errors"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/guests"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// Invited is a guest whom the person invited (4.d.3). A guest who has gone has no name and no location any more.
type Invited struct {
	Guest    string     `json:"guest"`
	Name     string     `json:"name,omitempty"`
	Location string     `json:"location_name,omitempty"`
	First    civil.Date `json:"first,omitempty"`
	Last     civil.Date `json:"last"`
}

// invited shows a guest whom the person invited as one value.
func (g *gathering) invited(ctx context.Context, kept table.Kept) error {
	told := Invited{Guest: kept.Suffix, Last: civil.Date(text(kept.Values["last"]))}
	guest, err := guests.Find(ctx, g.desk.Tables, g.desk.Keys[secret.Guests], g.person, kept.Suffix)
	gone := errors.Is(err, table.ErrAbsent)
	if err != nil && !gone {
		return err
	}
	if !gone {
		location, err := g.location(ctx, guest.Location)
		if err != nil {
			return err
		}
		told.Name, told.First, told.Location = guest.ShownName(), guest.First, location.name
	}
	g.addUntil("4.d.3", Value{Name: privacy.Invited.Name, Value: told, Read: told.words()}, kept.GoneAt, g.zone)
	return nil
}

func (i Invited) words() words.Text {
	if i.Location == "" {
		last := words.Day(i.Last)
		return words.Text{NL: "een gast van wie we niets meer bewaren, t/m " + last.NL,
			EN: "a guest of whom we keep nothing any more, until " + last.EN}
	}
	name, location := mail.Unlinked(i.Name), mail.Unlinked(i.Location)
	nl, en := name, name
	if i.Name == "" {
		nl, en = "een gast die de naam verbergt", "a guest who hides the name"
	}
	days := words.Days(i.First, i.Last)
	return words.Text{NL: nl + ", " + location + ", " + days.NL, EN: en + ", " + location + ", " + days.EN}
}

// named adds the customer's name to the id of the business account (4.d.1), and tells where a guest has access by the
// location's name (4.d.3).
func (g *gathering) named(ctx context.Context, name string, value *Value) error {
	switch {
	case name == "business" && g.customer != "":
		value.Read = written(g.customer)
		value.Value = map[string]any{"business_account": g.person.Business, "customer": g.customer}
	case name == "location":
		id, _ := value.Value.(string)
		location, err := g.location(ctx, id)
		value.Read = written(location.name)
		return err
	}
	return nil
}
