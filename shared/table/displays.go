package table

import (
	"context"
	"errors"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A Display is a screen on a wall, for one place: a spot, or where that is "" a floor. It is in the agenda, which has
// no backup: one that was revoked doesn't come back.
type Display struct {
	ID       string     `dynamo:"-"`
	Hash     string     `dynamo:"hash"` // of the secret with which it shows who it is
	Location string     `dynamo:"location"`
	Floor    string     `dynamo:"floor"`
	Spot     string     `dynamo:"spot,omitempty"`
	Paired   civil.Date `dynamo:"paired_on"` // in UTC
	Heard    int64      `dynamo:"heard"`     // Unix seconds, see DisplayHeard
	Pairing  string     `dynamo:"pairing"`   // the keyed hash of the code by which it was paired
}

// Shows reports whether both are of one place.
func (d Display) Shows(other Display) bool {
	return d.Location == other.Location && d.Floor == other.Floor && d.Spot == other.Spot
}

// A Pairing is a code that a display shows until somebody types it in.
type Pairing struct {
	Hash     string `dynamo:"hash"` // of the display's secret
	Business string `dynamo:"business,omitempty"`
	Display  string `dynamo:"display,omitempty"` // "" before it is paired
}

func displayKey(business, id string) key { return businessKey(privacy.Display, business, id) }

func pairingKey(code string) key { return soleKey(privacy.Pairing, code) }

// BeginPairing stores a code under its keyed hash; ErrRefused when it is in use.
func (t *Tables) BeginPairing(ctx context.Context, code, secretHash string, now time.Time) error {
	put, err := t.put(pairingKey(code), privacy.Pairing.Stamp(Pairing{Hash: secretHash}, privacy.TenMinutes.From(now)))
	if err != nil {
		return err
	}
	return wrap(put.If("attribute_not_exists($)", pkName).Run(ctx))
}

// Pairing reads a code by its keyed hash, consistently; ErrAbsent when there is none.
func (t *Tables) Pairing(ctx context.Context, code string) (Pairing, error) {
	return one(ctx, t, pairingKey(code), true, Pairing{})
}

// Pair gives the display that shows a code its place, on condition that nobody was first: ErrRefused. ErrGone when the
// account has ended.
func (t *Tables) Pair(ctx context.Context, business, code string, d Display) error {
	d.Pairing = code
	put, err := t.put(displayKey(business, d.ID), privacy.Display.Stamp(d, privacy.UnderContract.Open()))
	if err != nil {
		return err
	}
	shown := t.update(pairingKey(code)).set("business", business).set("display", d.ID).
		when("$ = ? AND attribute_not_exists($)", "hash", d.Hash, "business")
	err = t.transaction().Put(put).Update(shown).as("code").Check(t.accountExists(business)).Run(ctx)
	var refused *Refused
	if errors.As(err, &refused) && !refusedAt(refused, "code") {
		return ErrGone
	}
	return err
}

// Display reads one of an account's; ErrAbsent when there is none. Half a read unit.
func (t *Tables) Display(ctx context.Context, business, id string) (Display, error) {
	return one(ctx, t, displayKey(business, id), false, Display{ID: id})
}

// Displays lists an account's, consistently.
func (t *Tables) Displays(ctx context.Context, business string) ([]Display, error) {
	items, err := t.list(ctx, privacy.Agenda, displayKey(business, "").pk, privacy.Display.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	return decodeAll(items, func(raw dynamo.Item) (Display, error) {
		return filled(raw, Display{ID: idIn(raw, privacy.Display)})
	})
}

// DisplayHeard notes when a display was heard. ErrRefused when it was revoked meanwhile.
func (t *Tables) DisplayHeard(ctx context.Context, business, id string, now time.Time) error {
	return t.update(displayKey(business, id)).set("heard", now.Unix()).when("attribute_exists($)", pkName).run(ctx)
}

// EndDisplay revokes one. A repeat does nothing.
func (t *Tables) EndDisplay(ctx context.Context, business, id string) error {
	return wrap(t.remove(displayKey(business, id)).Run(ctx))
}

// EndPairing removes the code by which a display was paired, if it is still there: it names the account. By then the
// same code can be another's, which is left alone.
func (t *Tables) EndPairing(ctx context.Context, business string, d Display) error {
	err := wrap(t.remove(pairingKey(d.Pairing)).If("$ = ?", "business", business).Run(ctx))
	if errors.Is(err, ErrRefused) {
		return nil
	}
	return err
}

// An Unnamed booking is a spot's time that was taken at its display, by nobody: no person has it, no rule counts it and
// no figure knows it.
type Unnamed struct {
	From   civil.Quarter `dynamo:"f"`
	To     civil.Quarter `dynamo:"t"`
	KeptTo civil.Quarter `dynamo:"kt"` // with the buffer after it
	Ended  bool          `dynamo:"e,omitempty"`
}

// Interval is what was taken; nothing of it where it was ended in its first quarter.
func (u Unnamed) Interval() civil.Interval { return civil.Interval{From: u.From, To: u.To} }

// Kept is what it takes of its spot.
func (u Unnamed) Kept() civil.Interval { return civil.Interval{From: u.From, To: u.KeptTo} }

// TakeUnnamed takes a spot for nobody, on condition that none of its quarters is taken: ErrTaken otherwise. The same
// again is the same write, and changes nothing; what is there by then is given. One write unit.
func (t *Tables) TakeUnnamed(ctx context.Context, place Place, day civil.Date, dayEnds time.Time, id string,
	u Unnamed) (Unnamed, error) {
	name := unnamedPrefix + id
	write := t.update(spotSheetKey(place, day)).keep(privacy.DayEnd.From(dayEnds)).set(name, u).
		add(takenName, u.Kept().Quarters()).when("attribute_not_exists($)", name).whenFree(u.Kept())
	err := write.run(ctx)
	if !errors.Is(err, ErrRefused) {
		return u, err
	}
	sheet, err := t.SpotSheetNow(ctx, place, day)
	if made, there := sheet.Unnamed[id]; err == nil && there {
		return made, nil
	}
	return u, errors.Join(err, ErrTaken)
}

// EndUnnamed gives back what is left at an instant of what nobody has, on condition that it is as it was read:
// ErrRefused otherwise.
func (t *Tables) EndUnnamed(ctx context.Context, place Place, day civil.Date, id string, u Unnamed,
	at time.Time) error {
	name, rest := unnamedPrefix+id, left(u.Kept(), at)
	ended := Unnamed{From: u.From, To: min(rest.From, u.To), KeptTo: rest.From, Ended: true}
	return t.update(spotSheetKey(place, day)).set(name, ended).free(rest).
		when("$.$ = ? AND attribute_not_exists($.$)", name, "t", u.To, name, "e").run(ctx)
}
