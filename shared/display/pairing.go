package display

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// Begun is what a display knows itself by until it is paired: the code that it shows, and a secret that it keeps.
type Begun struct {
	Code   string    `json:"code"`
	Secret string    `json:"secret"`
	Until  time.Time `json:"until"`
}

// Begin gives a display a code. One that was given already is drawn again.
func (d Displays) Begin(ctx context.Context, caller identity.Caller, _ struct{}) (Begun, error) {
	if err := d.counter().CountFrom(ctx, limit.Pairings, caller.IP); err != nil {
		return Begun{}, err
	}
	begun := Begun{Code: secret.Code(), Secret: secret.Token()}
	for range draws {
		now := d.Now()
		err := d.Tables.BeginPairing(ctx, d.names(begun.Code)[0], secret.Hash(begun.Secret), now)
		if err == nil {
			begun.Until, _ = privacy.TenMinutes.From(now).At()
			return begun, nil
		}
		if !errors.Is(err, table.ErrRefused) {
			return Begun{}, err
		}
		begun.Code = secret.Code()
	}
	return Begun{}, problem.Busy("all codes are in use")
}

const draws = 5

// names are the keyed hashes under which a code is found, however it is typed.
func (d Displays) names(code string) []string {
	return d.Keys[secret.Attempts].Hashes("display", secret.Typed(code))
}

// pairing finds a code, and the hash under which it is kept.
func (d Displays) pairing(ctx context.Context, code string) (found table.Pairing, name string, err error) {
	for _, name = range d.names(code) {
		if found, err = d.Tables.Pairing(ctx, name); !errors.Is(err, table.ErrAbsent) {
			break
		}
	}
	return found, name, err
}

// PairedInput is what the display was given.
type PairedInput struct {
	Code   string `json:"code"`
	Secret string `json:"secret"`
}

// Opened is the token of a display that has been paired; "" before that.
type Opened struct {
	Token string `json:"token,omitempty"`
}

// Paired answers a display that asks whether it has a place by now. Who has read the code from the screen hasn't got
// the secret, of which the token is made: nobody but the display ever had it.
func (d Displays) Paired(ctx context.Context, _ identity.Caller, in PairedInput) (Opened, error) {
	found, _, err := d.pairing(ctx, in.Code)
	if err == nil && !secret.Equal(found.Hash, secret.Hash(in.Secret)) {
		err = table.ErrAbsent
	}
	if errors.Is(err, table.ErrAbsent) {
		return Opened{}, problem.New(problem.Unauthorised, "the code is wrong, used or expired; ask for a new one")
	}
	if err != nil || found.Display == "" {
		return Opened{}, err
	}
	return Opened{bearer.Display(found.Business, found.Display, in.Secret)}, nil
}

// SpotInput and FloorInput name a place for the display that shows a code.
type SpotInput struct {
	Spot string `json:"spot"`
	Code string `json:"code"`
}

// FloorInput is as SpotInput.
type FloorInput struct {
	Floor string `json:"floor"`
	Code  string `json:"code"`
}

// PairAtSpot gives the display that shows a code a room's door, or a desk. A repeat is the same display.
func (d Displays) PairAtSpot(ctx context.Context, caller identity.Caller, in SpotInput) (Listed, error) {
	spot, location, err := d.Tables.SpotAndLocation(ctx, caller.Business, in.Spot)
	if err != nil {
		return Listed{}, table.Unknown(err)
	}
	made, err := d.pair(ctx, caller, in.Code, table.Display{Location: location.ID, Floor: spot.Floor, Spot: spot.ID})
	if err != nil {
		return Listed{}, err
	}
	listed := d.listed(made)
	listed.Kind, listed.Name = kindOf(spot.Category), spot.Name
	return listed, nil
}

// PairAtFloor gives it a floor's lobby.
func (d Displays) PairAtFloor(ctx context.Context, caller identity.Caller, in FloorInput) (Listed, error) {
	floor, err := d.Tables.Floor(ctx, caller.Business, in.Floor)
	if err != nil {
		return Listed{}, table.Unknown(err)
	}
	made, err := d.pair(ctx, caller, in.Code, table.Display{Location: floor.Location, Floor: floor.ID})
	if err != nil {
		return Listed{}, err
	}
	listed := d.listed(made)
	listed.Kind, listed.Name = Lobby, floor.Name
	return listed, nil
}

// triesInAnHour is how many codes an administrator can type; a code is one of a hundred million.
const triesInAnHour = 60

// pair gives a display its place. A code that is unknown, past its time or another's is one answer.
func (d Displays) pair(ctx context.Context, caller identity.Caller, code string,
	wanted table.Display) (table.Display, error) {
	err := d.counter().CountBy(ctx, limit.PairingTries, limit.Person(caller.Person), triesInAnHour)
	if err != nil {
		return table.Display{}, err
	}
	found, name, err := d.pairing(ctx, code)
	if err != nil {
		return table.Display{}, table.Unknown(err)
	}
	now := d.Now()
	wanted.ID, wanted.Hash = secret.DerivedID("display", caller.Business, found.Hash), found.Hash
	wanted.Paired, wanted.Heard = civil.DateOf(now, civil.UTC), now.Unix()
	err = d.Tables.Pair(ctx, caller.Business, name, wanted)
	if !errors.Is(err, table.ErrRefused) {
		return wanted, table.Unknown(err)
	}
	made, err := d.Tables.Display(ctx, caller.Business, wanted.ID) // a repeat's, if it has that place
	if err != nil {
		return table.Display{}, table.Unknown(err)
	}
	if !made.Shows(wanted) {
		return table.Display{}, problem.Unknown()
	}
	return made, nil
}

func (d Displays) counter() limit.Counter {
	return limit.Counter{Tables: d.Tables, Key: d.Keys[secret.Attempts], Now: d.Now}
}

// A Kind is what a display is.
type Kind string

// The kinds.
const (
	Door  Kind = "door"
	Desk  Kind = "desk"
	Lobby Kind = "lobby"
)

func kindOf(category table.Category) Kind {
	if category == table.Room {
		return Door
	}
	return Desk
}

// A Listed display is one as administrators see it. Name is its place's; where that is gone both are "". It is silent
// when nothing was heard of it for a quarter of an hour.
type Listed struct {
	ID     string     `json:"id"`
	Kind   Kind       `json:"kind,omitempty"`
	Name   string     `json:"name,omitempty"`
	Floor  string     `json:"floor"`
	Spot   string     `json:"spot,omitempty"`
	Paired civil.Date `json:"paired_on"`
	Heard  time.Time  `json:"heard_at"` // to five minutes
	Silent bool       `json:"silent"`
}

const silence = 15 * time.Minute

func (d Displays) listed(one table.Display) Listed {
	heard := time.Unix(one.Heard, 0).UTC()
	return Listed{ID: one.ID, Floor: one.Floor, Spot: one.Spot, Paired: one.Paired, Heard: heard,
		Silent: d.Now().Sub(heard) >= silence}
}

// A List of displays, those that were heard longest ago first.
type List struct {
	Displays []Listed `json:"displays"`
}

// List answers all of the account's displays.
func (d Displays) List(ctx context.Context, caller identity.Caller, _ struct{}) (List, error) {
	list := List{Displays: []Listed{}}
	displays, err := d.Tables.Displays(ctx, caller.Business)
	if err != nil || len(displays) == 0 {
		return list, err
	}
	floors, err := d.Tables.Floors(ctx, caller.Business)
	if err != nil {
		return list, err
	}
	for _, one := range displays {
		listed := d.listed(one)
		for _, floor := range floors {
			if spot, there := floor.Spots[one.Spot]; there {
				listed.Kind, listed.Name = kindOf(spot.Category), spot.Name
			} else if one.Spot == "" && floor.ID == one.Floor {
				listed.Kind, listed.Name = Lobby, floor.Name
			}
		}
		list.Displays = append(list.Displays, listed)
	}
	slices.SortFunc(list.Displays, func(a, b Listed) int {
		return cmp.Or(a.Heard.Compare(b.Heard), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// RevokeInput names a display.
type RevokeInput struct {
	Display string `json:"display"`
}

// Revoke ends a display's token at once. A repeat does nothing, as does an id that is nobody's.
func (d Displays) Revoke(ctx context.Context, caller identity.Caller, in RevokeInput) (struct{}, error) {
	return struct{}{}, d.Tables.EndDisplay(ctx, caller.Business, in.Display)
}
