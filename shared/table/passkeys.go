package table

import (
	"context"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A Passkey is one of a member of staff's (4.f.5): what is kept of it can't sign.
type Passkey struct {
	ID         string    `dynamo:"-"`          // follows from the credential's
	Credential string    `dynamo:"credential"` // the id that its authenticator knows it by
	Public     string    `dynamo:"public_key"`
	Holder     string    `dynamo:"holder"` // user handle
	Count      uint32    `dynamo:"count"`  // of its signatures
	Synced     bool      `dynamo:"synced"`
	Registered time.Time `dynamo:"registered_at"`
}

type enrolmentRow struct {
	Hash string `dynamo:"hash"`
}

func passkeyKey(p identity.Person, id string) key { return personKey(privacy.Passkey, p, id) }
func enrolmentKey(p identity.Person) key          { return personKey(privacy.Enrolment, p, "") }

// LetEnrol keeps the hash of a secret for an hour, with which a member may make a passkey without having one. It
// takes the place of an earlier one. ErrAbsent when there is no such member.
func (t *Tables) LetEnrol(ctx context.Context, p identity.Person, hash string, at time.Time) error {
	put, err := t.put(enrolmentKey(p), privacy.Enrolment.Stamp(enrolmentRow{hash}, privacy.OneHour.From(at)))
	if err != nil {
		return err
	}
	return absentWhenRefused(t.transaction().Put(put).Check(t.check(staffKey(p)).IfExists()).Run(ctx))
}

// Enrol turns a code with a mark and an enrolment's secret, each once, into a passkey and a session that begins with
// it. It is ErrRefused when either is used, ended or another, or the member was removed.
func (t *Tables) Enrol(ctx context.Context, s Shift, made Passkey, secretHash, mark, next string) error {
	tx := t.transaction()
	if err := t.beginShift(tx, s, mark, next); err != nil {
		return err
	}
	put, err := t.newPasskey(s.Person, made)
	if err != nil {
		return err
	}
	used := t.remove(enrolmentKey(s.Person)).If("$ = ? AND $ > ?", "hash", secretHash, ttlName, t.now().Unix())
	return tx.Put(put).Delete(used).Run(ctx)
}

func (t *Tables) newPasskey(p identity.Person, made Passkey) (*dynamo.Put, error) {
	put, err := t.put(passkeyKey(p, made.ID), privacy.Passkey.Stamp(made, privacy.UntilRevoked.Open()))
	if err != nil {
		return nil, err
	}
	return put.If("attribute_not_exists($)", pkName), nil
}

// AddPasskey stores a passkey that was made with the offer of a session, once. ErrRefused when the offer was used or
// is another, the session or the member is gone, or there is this passkey already.
func (t *Tables) AddPasskey(ctx context.Context, p identity.Person, session, offer string, made Passkey) error {
	put, err := t.newPasskey(p, made)
	if err != nil {
		return err
	}
	used := t.update(shiftKey(p, session)).remove("offer").remove("offered_at").when("$ = ?", "offer", offer)
	return t.transaction().Update(used).Put(put).Check(t.check(staffKey(p)).IfExists()).Run(ctx)
}

// Passkey reads one consistently; ErrAbsent when there is none.
func (t *Tables) Passkey(ctx context.Context, p identity.Person, id string) (Passkey, error) {
	return one(ctx, t, passkeyKey(p, id), true, Passkey{ID: id})
}

// Passkeys lists a member's, consistently.
func (t *Tables) Passkeys(ctx context.Context, p identity.Person) ([]Passkey, error) {
	items, err := t.list(ctx, privacy.Agenda, PersonPartition(p), privacy.Passkey.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	return decodeAll(items, func(raw dynamo.Item) (Passkey, error) {
		return filled(raw, Passkey{ID: idIn(raw, privacy.Passkey)})
	})
}

// RemovePasskey removes one, and then the sessions that were begun with it: no other can begin. A repeat does
// nothing.
func (t *Tables) RemovePasskey(ctx context.Context, p identity.Person, id string) error {
	if err := wrap(t.remove(passkeyKey(p, id)).Run(ctx)); err != nil {
		return err
	}
	return t.endShiftsOf(ctx, p, id)
}
