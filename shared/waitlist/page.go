package waitlist

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/page"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// OfferPath is where an offer's link leads. What follows it is the reservation's id, the mark and the secret.
const (
	OfferPath = "/offers/"
	linkMark  = "."
)

var takeLabel = words.Text{NL: "Neem deze plek", EN: "Take this spot"}

// OfferInput is the link of an offer.
type OfferInput struct {
	Link string `json:"offer"`
}

// OfferForm is the form as it was sent. Its content is ignored: what counts is that it was sent.
type OfferForm struct {
	Link        string `json:"offer"`
	Content     []byte `json:"content"`
	ContentType string `json:"content_type"`
}

// OpenOffer shows the form of an offer's link and changes nothing. Every link that is unknown, or of an offer that is
// decided or over, gets one and the same answer.
func (l Waitlist) OpenOffer(ctx context.Context, _ identity.Caller, in OfferInput) (page.Page, error) {
	o, language, err := l.linked(ctx, in.Link)
	if err != nil {
		return page.Page{}, err
	}
	asking := l.page(o, language, words.Text{NL: "Er is een plek vrij", EN: "A spot is free"}, words.Text{
		NL: "%s in %s, %s van %s tot %s. Met deze knop is de plek van jou. Neem je hem niet voor %s, dan gaat hij naar " +
			"de volgende op de wachtlijst.",
		EN: "%s at %s, %s from %s to %s. With this button the spot is yours. If you do not take it before %s, it goes to " +
			"the next in line."})
	asking.Button, asking.Harmless = takeLabel.In(language), true
	return asking, nil
}

// ConfirmOffer takes the offer from a mail, as Take does in the app.
func (l Waitlist) ConfirmOffer(ctx context.Context, _ identity.Caller, in OfferForm) (page.Page, error) {
	o, language, err := l.linked(ctx, in.Link)
	if err != nil {
		return page.Page{}, err
	}
	if err := l.take(ctx, o); err != nil {
		if errors.Is(err, table.ErrRefused) { // decided since it was read
			return page.Page{}, l.unknown()
		}
		return page.Page{}, err
	}
	return l.page(o, language, words.Text{NL: "De plek is van jou", EN: "The spot is yours"}, words.Text{
		NL: "%s in %s is voor je gereserveerd, %s van %s tot %s. Kom je toch niet? Annuleer dan in de app, dan kan een " +
			"ander de plek gebruiken.",
		EN: "%s at %s is reserved for you, %s from %s to %s. Not coming after all? Then cancel in the app, so that " +
			"somebody else can use the spot."}), nil
}

// linked finds what a link is about, while it can be taken.
func (l Waitlist) linked(ctx context.Context, link string) (offer, string, error) {
	text, token, _ := strings.Cut(link, linkMark)
	person, ok := bearer.Named(token)
	if !ok {
		return offer{}, "", l.unknown()
	}
	o, err := l.offerOf(ctx, person, text)
	var user table.User
	if err == nil && l.opens(o, token) {
		user, err = l.Tables.User(ctx, person, "4.language")
	} else if err == nil {
		err = table.ErrAbsent
	}
	if errors.Is(err, table.ErrAbsent) {
		err = l.unknown()
	}
	return o, words.LanguageOf(user.Language), err
}

func (l Waitlist) opens(o offer, token string) bool {
	return o.held.State == table.Offered && l.Now().Before(time.Unix(o.held.Until, 0)) &&
		secret.Equal(o.held.Question, secret.Hash(token))
}

// page says something of an offer: the spot, the location, the day, the times, and when the offer ends.
func (l Waitlist) page(o offer, language string, title, text words.Text) page.Page {
	c, zone := o.commitment, o.location.Zone
	what := func(day string) []any {
		return []any{mail.Unlinked(c.Name), mail.Unlinked(o.location.Name), day, c.From.Clock(zone),
			c.To.EndClock(o.id.Day, zone), zone.In(time.Unix(o.held.Until, 0)).Format("15:04")}
	}
	day := words.Day(o.id.Day)
	return page.New(l.Controller, language, title, words.Text{NL: said(text.NL, what(day.NL)),
		EN: said(text.EN, what(day.EN))})
}

// said fills in as many of the values as a text asks for.
func said(text string, values []any) string {
	return fmt.Sprintf(text, values[:min(len(values), strings.Count(text, "%s"))]...)
}

func (l Waitlist) unknown() error {
	return page.Unknown(l.Controller, words.Text{
		NL: "Er is niets meer te kiezen: de plek is al van jou, of het aanbod is voorbij. In de app zie je hoe het ervoor " +
			"staat.",
		EN: "There is nothing to choose any more: the spot is yours already, or the offer is over. The app shows what " +
			"is so."})
}
