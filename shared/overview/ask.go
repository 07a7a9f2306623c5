package overview

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/bus"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/words"
)

// Overviews gathers and mails all that is kept about a person.
type Overviews struct {
	Tables   *table.Tables
	Mail     mail.Sender
	Bus      bus.Publisher
	Photos   Photos // nil where no mail is made
	Received Received
	Keys     secret.Keys
	Now      func() time.Time

	// name and zone of the customer whose account is gone already; otherwise they are read
	Customer   string
	Zone       civil.Zone
	Controller controller.Controller
}

// Routes are the use cases with the operations that they serve.
func (o Overviews) Routes() []web.Route {
	return []web.Route{
		web.On(api.ViewOverview, o.View), web.On(api.AskOverview, o.Ask),
	}
}

// AskInput is a request for the overview by mail.
type AskInput struct {
	IdempotencyKey string `json:"idempotency_key"`
}

// Asked says that the overview is on its way to the registered address.
type Asked struct {
	AskedAt time.Time `json:"asked_at"`
}

// Ask asks for the overview by mail, at most once an hour (7.mail); problem.TooMany says how long to wait. A repeat
// with the same key is the same request.
func (o Overviews) Ask(ctx context.Context, caller identity.Caller, in AskInput) (Asked, error) {
	if caller.Is(identity.Guest, identity.Invited) {
		return Asked{}, problem.New(problem.Conflict, "no e-mail address is kept of a guest, so nothing can be "+
			"mailed; GET /me/overview answers the same")
	}
	return o.AskFor(ctx, caller.Person, secret.DerivedID(caller.Business, caller.User, in.IdempotencyKey, "overview"))
}

// AskFor is Ask for another room that acts for the person, with an id of that request.
func (o Overviews) AskFor(ctx context.Context, p identity.Person, request string) (Asked, error) {
	now := o.Now()
	stands, err := o.Tables.AskOverview(ctx, p, table.OverviewRequest{Request: request, AskedAt: now.Unix()}, now)
	switch {
	case errors.Is(err, table.ErrGone):
		return Asked{}, problem.Unknown()
	case err != nil:
		return Asked{}, err
	}
	asked := time.Unix(stands.AskedAt, 0).UTC()
	if stands.Request != request {
		wait := problem.New(problem.TooMany, "the overview is mailed at most once an hour")
		wait.RetryAfter = int(asked.Add(time.Hour).Sub(now)/time.Second) + 1
		return Asked{}, wait
	}
	event := events.OverviewRequested{Business: p.Business, User: p.User, Request: request}
	return Asked{AskedAt: asked}, o.Bus.Publish(ctx, events.OverviewRequestedType, event)
}

// View is the overview in the app, as it is at this moment (7.view).
func (o Overviews) View(ctx context.Context, caller identity.Caller, _ struct{}) (Overview, error) {
	return o.Of(ctx, caller.Person)
}

// Of is a person's overview, for staff who are allowed to see it (6.confidential, 5.disclosure). It gives
// problem.Unknown when there is no such person.
func (o Overviews) Of(ctx context.Context, p identity.Person) (Overview, error) {
	overview, _, err := o.gather(ctx, p)
	if errors.Is(err, table.ErrAbsent) {
		return Overview{}, problem.Unknown()
	}
	return overview, err
}

// Starts says what starts the mails.
func (o Overviews) Starts() trigger.Starts { return trigger.Event(o.Send) }

// Send mails the overview that an event asks for, to the registered address and nowhere else. A request that was
// answered, was replaced by a newer one, or is of somebody who has gone is ignored. A mail is sent again when SES's
// answer to it was lost: two are better than none.
func (o Overviews) Send(ctx context.Context, event events.OverviewRequested) error {
	p := identity.Person{Business: event.Business, User: event.User}
	stands, err := o.Tables.AskedOverview(ctx, p)
	if errors.Is(err, table.ErrAbsent) || err == nil && (stands.Mailed || stands.Request != event.Request) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := o.send(ctx, p, event.Request); err != nil {
		return err
	}
	return o.Tables.OverviewMailed(ctx, p, stands)
}

func (o Overviews) send(ctx context.Context, p identity.Person, request string) error {
	user, err := o.Tables.User(ctx, p)
	if err != nil {
		return unlessGone(err)
	}
	language := words.LanguageOf(user.Language)
	// The link comes first, so that the overview lists it too.
	url, err := erasure.NewLink(ctx, o.Tables, o.Keys[secret.Links], p, request, language, o.Controller.Site, o.Now())
	if err != nil {
		return unlessGone(err)
	}
	overview, _, err := o.gather(ctx, p)
	if err != nil {
		return unlessGone(err)
	}
	message, err := overview.message(overview.page(language, url))
	if err != nil {
		return err
	}
	return unlessGone(o.post(ctx, p, message))
}

// post sends a message to the address that the person has at this moment. Gathering takes a while, in which they may
// have moved or gone: it is table.ErrAbsent then.
func (o Overviews) post(ctx context.Context, p identity.Person, message mail.Message) error {
	user, err := o.Tables.User(ctx, p)
	if err != nil {
		return err
	}
	message.To = user.Email
	return o.Mail.Send(ctx, message)
}

// MailLast sends a person the overview of what is removed with their customer's contract, and stores nothing. It
// gives table.ErrAbsent when the person has gone.
func (o Overviews) MailLast(ctx context.Context, p identity.Person) error {
	overview, user, err := o.gather(ctx, p)
	if err != nil {
		return err
	}
	language := words.LanguageOf(user.Language)
	message, err := overview.message(overview.lastPage(language, o.Customer))
	if err != nil {
		return err
	}
	message.Kind = mail.LastOverview
	return o.post(ctx, p, message)
}

func (o Overview) message(page page) (mail.Message, error) {
	data, err := json.MarshalIndent(o, "", "  ")
	if err != nil {
		return mail.Message{}, err
	}
	html, err := page.html()
	if err != nil {
		return mail.Message{}, err
	}
	message := mail.Message{Subject: page.Title, Language: page.Language, HTML: html, Text: page.text(),
		Kind:        mail.Overview,
		Attachments: []mail.Attachment{{Name: "overview.json", Type: "application/json", Body: data}}}
	for _, f := range o.files {
		message.Attachments = append(message.Attachments,
			mail.Attachment{Name: f.name, Type: f.mediaType, Body: f.body})
	}
	return message, nil
}

// unlessGone drops the error of a person who has left meanwhile: there is nobody to mail.
func unlessGone(err error) error {
	if errors.Is(err, table.ErrGone) || errors.Is(err, table.ErrAbsent) {
		return nil
	}
	return err
}
