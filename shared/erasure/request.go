// Package erasure removes a person from every store (7.erase). A confirmed request is accepted in one transaction.
// From then on the person can do nothing, and nothing new about them can be written. A job then removes what is left;
// it can stop anywhere and be repeated. Opening a link never erases.
package erasure

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/bus"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

// A Desk is where requests for an erasure are taken.
type Desk struct {
	Tables *table.Tables
	Bus    bus.Publisher
	Key    secret.Key
	Now    func() time.Time

	Controller string // name and contact (14.contact)
	Support    string
}

// LinkInput is the link from an overview.
type LinkInput struct {
	Link string `json:"link"`
}

// FormInput is the form as it was sent. Its content is ignored: what counts is that it was sent.
type FormInput struct {
	Link        string `json:"link"`
	Content     []byte `json:"content"`
	ContentType string `json:"content_type"`
}

// Open shows a link's form and changes nothing, since mail programs and virus scanners open links by themselves.
// Every link that is unknown, used or too old gets one and the same answer.
func (d Desk) Open(ctx context.Context, _ identity.Caller, in LinkInput) (Page, error) {
	p, hash, ok := parseLink(in.Link)
	if !ok {
		return Page{}, d.unknown()
	}
	link, err := d.Tables.Link(ctx, p, hash)
	if errors.Is(err, table.ErrAbsent) {
		return Page{}, d.unknown()
	}
	if err != nil {
		return Page{}, err
	}
	return d.form(privacy.LanguageOf(link.Language)), nil
}

// Confirm takes the form and erases. The link works once: a form that is sent a second time gets the answer of an
// unknown link.
func (d Desk) Confirm(ctx context.Context, _ identity.Caller, in FormInput) (Page, error) {
	p, hash, ok := parseLink(in.Link)
	if !ok {
		return Page{}, d.unknown()
	}
	link, err := d.Tables.Link(ctx, p, hash)
	if err == nil {
		err = d.begin(ctx, p, hash)
	}
	if errors.Is(err, table.ErrAbsent) || errors.Is(err, table.ErrGone) {
		return Page{}, d.unknown()
	}
	if err != nil {
		return Page{}, err
	}
	return d.accepted(privacy.LanguageOf(link.Language)), nil
}

// InApp is a request for erasure made in the app (2.consent: withdrawing is as easy as giving).
type InApp struct {
	Confirm bool `json:"confirm"`
}

// Accepted says that an erasure has begun.
type Accepted struct {
	AcceptedAt time.Time `json:"accepted_at"`
}

// Erase erases the caller at once, when they say that they mean it.
func (d Desk) Erase(ctx context.Context, caller identity.Caller, in InApp) (Accepted, error) {
	if !in.Confirm {
		return Accepted{}, problem.BadField("/confirm", "erasing can't be undone, so it must be confirmed", "true")
	}
	erase := func() error { return d.begin(ctx, caller.Person, "") }
	if caller.Is(identity.Guest, identity.Invited) {
		erase = func() error { return d.Guest(ctx, caller.Person) }
	}
	err := erase()
	if errors.Is(err, table.ErrAbsent) || errors.Is(err, table.ErrGone) {
		return Accepted{}, problem.Unknown()
	}
	var refusal *problem.Error
	if errors.As(err, &refusal) {
		refusal.Page = nil // an app reads problems
	}
	return Accepted{AcceptedAt: d.Now().UTC().Truncate(time.Second)}, err
}

// begin accepts the erasure.
func (d Desk) begin(ctx context.Context, p identity.Person, linkHash string) error {
	if err := d.accept(ctx, p, linkHash); err != nil {
		return err
	}
	d.tell(ctx, p)
	return nil
}

// Guest accepts a guest's erasure, asked for by the guest or by the inviter (4.d.3). It gives table.ErrGone when the
// guest has gone.
func (d Desk) Guest(ctx context.Context, p identity.Person) error {
	if err := d.Tables.EndGuest(ctx, p, d.Now()); err != nil {
		return err
	}
	d.tell(ctx, p)
	return nil
}

// tell starts the job at once. If the bus doesn't take the event, the erasure is accepted all the same and the
// schedule finds it, so the person gets no error.
func (d Desk) tell(ctx context.Context, p identity.Person) {
	if err := d.Bus.Publish(ctx, events.ErasureRequestedType,
		events.ErasureRequested{Business: p.Business, User: p.User}); err != nil {
		report.Fault(ctx, "erasure.requested", "", err)
	}
}

func (d Desk) accept(ctx context.Context, p identity.Person, linkHash string) error {
	for range 3 {
		user, err := d.Tables.User(ctx, p)
		if err != nil {
			return err
		}
		hash := signin.AddressHash(d.Key, identity.Email(user.Email))
		err = d.Tables.BeginErasure(ctx, table.Leaving{User: user, AddressHash: hash, LinkHash: linkHash,
			At: d.Now()})
		switch {
		case errors.Is(err, table.ErrLastAdministrator):
			return d.lastAdministrator(user.Language)
		case !errors.Is(err, table.ErrRefused):
			return err
		}
	}
	return problem.New(problem.Unavailable, "your registration is being changed at this moment; send the same again")
}
