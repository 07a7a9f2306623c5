package table

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A Shift is a session of staff as it begins, of an hour: with a code by mail, and a passkey.
type Shift struct {
	Person  identity.Person
	Hash    string // of the token
	Passkey string // the id of the one that was proved
	Begun   time.Time
}

type shiftRow struct {
	Role    identity.Role `dynamo:"role"`
	Passkey string        `dynamo:"passkey"`
	Offer
}

// An Offer is a challenge with which a member of staff may add a passkey, in the session in which they asked for it.
type Offer struct {
	Secret string    `dynamo:"offer,omitempty"` // from which the challenge follows
	At     time.Time `dynamo:"offered_at,omitempty"`
}

func shiftKey(p identity.Person, hash string) key { return personKey(privacy.Shift, p, hash) }

// beginShift adds to a transaction the use of a code with a mark, once, and the session that begins with it, while
// the member is one.
func (t *Tables) beginShift(tx *transaction, s Shift, mark, next string) error {
	row := shiftRow{Role: identity.Staff, Passkey: s.Passkey}
	put, err := t.put(shiftKey(s.Person, s.Hash), privacy.Shift.Stamp(row, privacy.OneHour.From(s.Begun)))
	if err != nil {
		return err
	}
	tx.Update(t.useCode(s.Person, mark, next)).Check(t.check(staffKey(s.Person)).IfExists()).
		Put(put.If("attribute_not_exists($)", pkName))
	return nil
}

// BeginShift turns a code with a mark and a proof of a passkey into a session, once. It is ErrRefused when the code
// is used already, the passkey or the member was removed, or the passkey's count hasn't grown, as that of a copy
// wouldn't; an authenticator that doesn't count stays at 0.
func (t *Tables) BeginShift(ctx context.Context, s Shift, count uint32, mark, next string) error {
	tx := t.transaction()
	if err := t.beginShift(tx, s, mark, next); err != nil {
		return err
	}
	proved := t.update(passkeyKey(s.Person, s.Passkey)).set("count", count)
	if count == 0 {
		proved.when("$ = ?", "count", 0)
	} else {
		proved.when("$ < ?", "count", count)
	}
	return tx.Update(proved).Run(ctx)
}

// Shift reads the session that a member of staff calls with: half a read unit. ErrAbsent when it is none, has ended,
// or was begun by a release that asked for no passkey.
func (t *Tables) Shift(ctx context.Context, p identity.Person, hash string) error {
	var row shiftRow
	err := t.get(ctx, shiftKey(p, hash), false, &row)
	if err == nil && row.Passkey == "" {
		err = ErrAbsent
	}
	return err
}

// An OpenShift is a session of staff that lasts.
type OpenShift struct {
	Passkey string `dynamo:"passkey"` // with which it was begun
	Offer          // an empty one where there is none, or it was used
	Ends    int64  `dynamo:"ttl"` // Unix seconds
}

// ShiftNow reads a session of staff consistently; ErrAbsent when it has ended.
func (t *Tables) ShiftNow(ctx context.Context, p identity.Person, hash string) (OpenShift, error) {
	return one(ctx, t, shiftKey(p, hash), true, OpenShift{})
}

// OfferPasskey keeps an offer in a session, in place of one before it. ErrAbsent when the session has ended.
func (t *Tables) OfferPasskey(ctx context.Context, p identity.Person, hash string, o Offer) error {
	offered := t.update(shiftKey(p, hash)).set("offer", o.Secret).set("offered_at", o.At)
	return absentWhenRefused(offered.when("attribute_exists($)", pkName).run(ctx))
}

// EndShift ends a session at once. Ending one that has ended is no error.
func (t *Tables) EndShift(ctx context.Context, p identity.Person, hash string) error {
	return wrap(t.remove(shiftKey(p, hash)).Run(ctx))
}

// endShiftsOf ends those that were begun with a passkey.
func (t *Tables) endShiftsOf(ctx context.Context, p identity.Person, passkey string) error {
	begun, err := t.list(ctx, privacy.Agenda, PersonPartition(p), privacy.Shift.SortPrefix, true)
	for _, raw := range begun {
		if text(raw["passkey"]) == passkey {
			err = errors.Join(err, t.EndShift(ctx, p, idIn(raw, privacy.Shift)))
		}
	}
	return err
}
