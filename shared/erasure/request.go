// Package erasure removes a person from every store (7.erase). A confirmed request is accepted in one transaction.
// From then on the person can do nothing, and nothing new about them can be written. A job then removes what is left;
// it can stop anywhere and be repeated. Opening a link never erases.
package erasure

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/bus"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/page"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/words"
)

// Requests takes the requests for an erasure.
type Requests struct {
	Tables *table.Tables
	Bus    bus.Publisher
	Bell   wake.Bell // of the erasures
	Keys   secret.Keys
	Now    func() time.Time
	Pace   time.Duration // see signin.AtPace; 0 in tests

	Controller controller.Controller
}

// Routes are the use cases with the operations that they serve.
func (r Requests) Routes() []web.Route {
	return []web.Route{
		web.On(api.EraseInApp, r.Erase), web.On(api.EndLeaver, r.EndLeaver),
		web.On(api.OpenErasure, r.Open), web.On(api.ConfirmErasure, r.Confirm),
	}
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
func (r Requests) Open(ctx context.Context, _ identity.Caller, in LinkInput) (page.Page, error) {
	p, hash, ok := parseLink(in.Link)
	if !ok {
		return page.Page{}, r.unknown()
	}
	link, err := r.Tables.Link(ctx, p, hash)
	if errors.Is(err, table.ErrAbsent) {
		return page.Page{}, r.unknown()
	}
	if err != nil {
		return page.Page{}, err
	}
	return r.form(words.LanguageOf(link.Language)), nil
}

// Confirm takes the form and erases. The link works once: a form that is sent a second time gets the answer of an
// unknown link.
func (r Requests) Confirm(ctx context.Context, _ identity.Caller, in FormInput) (page.Page, error) {
	p, hash, ok := parseLink(in.Link)
	if !ok {
		return page.Page{}, r.unknown()
	}
	link, err := r.Tables.Link(ctx, p, hash)
	if err == nil {
		err = r.begin(ctx, p, hash)
	}
	if errors.Is(err, table.ErrAbsent) || errors.Is(err, table.ErrGone) {
		return page.Page{}, r.unknown()
	}
	if err != nil {
		return page.Page{}, err
	}
	return r.accepted(words.LanguageOf(link.Language)), nil
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
func (r Requests) Erase(ctx context.Context, caller identity.Caller, in InApp) (Accepted, error) {
	if !in.Confirm {
		return Accepted{}, problem.BadField("/confirm", "erasing can't be undone, so it must be confirmed", "true")
	}
	erase := func() error { return r.begin(ctx, caller.Person, "") }
	if caller.Is(identity.Guest, identity.Invited) {
		erase = func() error { return r.Guest(ctx, caller.Person) }
	}
	err := erase()
	if errors.Is(err, table.ErrAbsent) || errors.Is(err, table.ErrGone) {
		return Accepted{}, problem.Unknown()
	}
	var refusal *problem.Error
	if errors.As(err, &refusal) {
		refusal.Page = nil // an app reads problems
	}
	return Accepted{AcceptedAt: r.Now().UTC().Truncate(time.Second)}, err
}

// begin accepts the erasure.
func (r Requests) begin(ctx context.Context, p identity.Person, linkHash string) error {
	if err := r.accept(ctx, p, linkHash); err != nil {
		return err
	}
	r.tell(ctx, p)
	return nil
}

// Guest accepts a guest's erasure, asked for by the guest or by the inviter (4.d.3). It gives table.ErrGone when the
// guest has gone.
func (r Requests) Guest(ctx context.Context, p identity.Person) error {
	r.ring(ctx)
	if err := r.Tables.EndGuest(ctx, p, r.Now()); err != nil {
		return err
	}
	r.tell(ctx, p)
	return nil
}

// ring asks for the last looks before there is a job, so that they come also where this request ends half-way. If the
// queue doesn't take them, the event and the schedule find the job.
func (r Requests) ring(ctx context.Context) {
	if err := r.Bell.Ring(ctx, steps(r.Now())...); err != nil {
		report.Fault(ctx, "last looks of an erasure", "", err)
	}
}

// tell starts the job at once. If the bus doesn't take the event, the erasure is accepted all the same and the
// schedule finds it, so the person gets no error.
func (r Requests) tell(ctx context.Context, p identity.Person) {
	if err := r.Bus.Publish(ctx, events.ErasureRequestedType,
		events.ErasureRequested{Business: p.Business, User: p.User}); err != nil {
		report.Fault(ctx, "erasure.requested", "", err)
	}
}

func (r Requests) accept(ctx context.Context, p identity.Person, linkHash string) error {
	return table.Retry(func() error {
		user, err := r.Tables.User(ctx, p)
		if err != nil {
			return err
		}
		address := identity.Email(user.Email).Entries(r.Keys[secret.Addresses])
		r.ring(ctx)
		err = r.Tables.BeginErasure(ctx, table.ErasureRequest{User: user, Address: address, LinkHash: linkHash,
			At: r.Now()})
		if errors.Is(err, table.ErrLastAdministrator) {
			return r.lastAdministrator(user.Language)
		}
		return err
	})
}
