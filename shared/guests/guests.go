// Package guests lets members invite guests (4.d.3): people with a pass for a period at one location. A guest's
// e-mail address is used to send the pass within the request and is kept in no form, so nobody can be mailed later.
// Nothing about a guest leads to the inviter. The inviter's own partition holds a random id, with which the guest can
// be found only by use of the deployment's key.
package guests

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// Invitations invites guests and ends their access.
type Invitations struct {
	Tables *table.Tables
	Mail   mail.Sender
	Leave  Leaver
	Keys   secret.Keys
	Now    func() time.Time
}

// Routes are the use cases with the operations that they serve.
func (i Invitations) Routes() []web.Route {
	return []web.Route{
		web.On(api.InviteGuest, i.Invite), web.On(api.ListGuests, i.List), web.On(api.EndGuest, i.End),
		web.On(api.ReplacePass, i.Replace),
	}
}

// A Leaver begins a guest's erasure. It is table.ErrGone when the guest has gone.
type Leaver interface {
	Guest(ctx context.Context, p identity.Person) error
}

// A Guest is what the inviter sees of one.
type Guest struct {
	ID        string     `json:"id"`             // means nothing to anybody but the inviter
	Name      string     `json:"name,omitempty"` // left out when the guest hides it
	Language  string     `json:"language"`
	Location  string     `json:"location"`
	First     civil.Date `json:"first"`
	Last      civil.Date `json:"last"`
	KeptUntil time.Time  `json:"kept_until"` // when all that is kept of the guest goes
}

func shown(invited string, g table.Guest) Guest {
	until, _ := g.Deadline().At()
	return Guest{ID: invited, Name: g.ShownName(), Language: g.Language, Location: g.Location, First: g.First,
		Last: g.Last, KeptUntil: until}
}

// Person is the guest of an invitation: a keyed hash, so that the way can't be gone without the key, and not back at
// all.
func Person(keys secret.Ring, inviter identity.Person, invited string) identity.Person {
	return identity.Person{Business: inviter.Business,
		User: keys.ID("guest", inviter.Business, inviter.User, invited)}
}

// Find finds the guest of an invitation, under whichever of the keys they were invited. It is table.ErrAbsent for one
// who has gone.
func Find(ctx context.Context, tables *table.Tables, keys secret.Ring, inviter identity.Person,
	invited string) (table.Guest, error) {
	guest, err := table.Guest{}, error(table.ErrAbsent)
	for i := 0; i < len(keys) && errors.Is(err, table.ErrAbsent); i++ {
		guest, err = tables.Guest(ctx, Person(keys[i:], inviter, invited))
	}
	return guest, err
}

func (i Invitations) find(ctx context.Context, inviter identity.Person, invited string) (table.Guest, error) {
	return Find(ctx, i.Tables, i.Keys[secret.Guests], inviter, invited)
}

// Guests are those that the caller invited and that have not gone.
type Guests struct {
	Guests []Guest `json:"guests"`
}

// List answers the caller's own guests.
func (i Invitations) List(ctx context.Context, caller identity.Caller, _ struct{}) (Guests, error) {
	invited, err := i.Tables.Invited(ctx, caller.Person)
	if err != nil {
		return Guests{}, err
	}
	list := Guests{Guests: []Guest{}}
	for _, one := range invited {
		guest, err := i.find(ctx, caller.Person, one)
		if errors.Is(err, table.ErrAbsent) {
			continue // ended or erased; what is left of the invitation says nothing
		}
		if err != nil {
			return Guests{}, err
		}
		list.Guests = append(list.Guests, shown(one, guest))
	}
	return list, nil
}

// OwnInput names a guest of the caller's.
type OwnInput struct {
	Guest string `json:"guest"`
}

// End ends a guest's access at once: the pass is dead, reservations are given back, and all that is kept of the guest
// is gone within 60 seconds. A guest of somebody else's looks like an unknown one.
func (i Invitations) End(ctx context.Context, caller identity.Caller, in OwnInput) (struct{}, error) {
	guest, err := i.own(ctx, caller, in.Guest)
	if err == nil {
		err = i.Leave.Guest(ctx, guest.Person)
	}
	return struct{}{}, table.Unknown(err)
}

// PassInput asks for another pass for a guest who lost theirs. The address is needed again, since it is not kept.
type PassInput struct {
	Guest string `json:"guest"`
	Email string `json:"email"`
	Key   string `json:"idempotency_key"`
}

// Replace mails a guest another pass; the lost one is dead at once. The same again mails the same pass. A mail that
// could not be sent is a problem.Unavailable: the old pass is dead all the same, and the same request sends the new
// one.
func (i Invitations) Replace(ctx context.Context, caller identity.Caller, in PassInput) (struct{}, error) {
	guest, err := i.own(ctx, caller, in.Guest)
	if err != nil {
		return struct{}{}, table.Unknown(err)
	}
	email, err := i.mayMail(ctx, caller, in.Email)
	if err != nil {
		return struct{}{}, err
	}
	pass := i.pass(guest.Person, in.Key)
	if hash := secret.Hash(pass); !secret.Equal(hash, guest.Pass) {
		err = i.Tables.ReplacePass(ctx, guest, hash)
	}
	if errors.Is(err, table.ErrRefused) {
		return struct{}{}, problem.New(problem.Conflict,
			"this Idempotency-Key gave a pass that was replaced since, or the pass was replaced %d times",
			table.MaxPasses)
	}
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, i.send(ctx, guest, email, pass)
}

// own finds a guest of the caller's; other people's look like unknown ones, and cost the same calls.
func (i Invitations) own(ctx context.Context, caller identity.Caller, invited string) (table.Guest, error) {
	refused := i.Tables.HasInvited(ctx, caller.Person, invited)
	guest, err := i.find(ctx, caller.Person, invited)
	if refused != nil {
		return table.Guest{}, refused
	}
	return guest, err
}
