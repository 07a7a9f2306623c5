package presence

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/page"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// ComingPath is where a question's link leads. What follows it is the reservation's id, the mark and the secret.
const (
	ComingPath = "/coming/"
	linkMark   = "."
)

var comingLabel = words.Text{NL: "Ik kom nog", EN: "I'm coming"}

// ComingInput is the link of a question.
type ComingInput struct {
	Link string `json:"question"`
}

// ComingForm is the form as it was sent. Its content is ignored: what counts is that it was sent.
type ComingForm struct {
	Link        string `json:"question"`
	Content     []byte `json:"content"`
	ContentType string `json:"content_type"`
}

// OpenComing shows the form of a question's link and changes nothing. Every link that is unknown, or of a reservation
// for which nobody waits any more, gets one and the same answer.
func (p CheckIns) OpenComing(ctx context.Context, _ identity.Caller, in ComingInput) (page.Page, error) {
	asked, err := p.asked(ctx, in.Link)
	if err != nil {
		return page.Page{}, err
	}
	return p.answer(asked), nil
}

// ConfirmComing takes the answer from a mail, as Coming does in the app.
func (p CheckIns) ConfirmComing(ctx context.Context, _ identity.Caller, in ComingForm) (page.Page, error) {
	asked, err := p.asked(ctx, in.Link)
	if err != nil {
		return page.Page{}, err
	}
	if asked.held.ComingAt == 0 {
		now := p.Now()
		err := p.Tables.Coming(ctx, asked.place, asked.id.Day, asked.id.Key, asked.held, now)
		if errors.Is(err, table.ErrRefused) { // answered, checked in or given back since it was read
			if asked, err = p.asked(ctx, in.Link); err != nil {
				return page.Page{}, err
			}
			return p.answer(asked), nil
		}
		if err != nil {
			return page.Page{}, err
		}
		asked.held.ComingAt = now.Unix()
	}
	return p.answer(asked), nil
}

// Coming takes the answer: the reservation is kept as long again as it is after its beginning, reckoned from now, and
// its person is not asked once more. It is no check-in, since where somebody is is known when they are there (4.d.4).
// A repeat gives the same answer and keeps it no longer.
func (p CheckIns) Coming(ctx context.Context, caller identity.Caller, in OwnInput) (booking.Reservation, error) {
	return p.settle(ctx, caller, in, func(o own) (table.State, error) {
		switch {
		case o.held.State == table.Reserved && o.held.ComingAt != 0:
			return table.Reserved, nil
		case !o.held.Unanswered():
			return "", problem.New(problem.Conflict, "nobody waits for an answer whether you come")
		}
		return table.Reserved, p.Tables.Coming(ctx, o.place, o.id.Day, o.id.Key, o.held, p.Now())
	})
}

// An askedOne is a reservation whose person was asked with a link.
type askedOne struct {
	id       table.ReservationID
	held     table.Holding
	place    table.Place
	name     string
	location table.Location
	language string
}

// asked finds what a link asks about, while it can be answered.
func (p CheckIns) asked(ctx context.Context, link string) (askedOne, error) {
	text, token, _ := strings.Cut(link, linkMark)
	person, ok := bearer.Named(token)
	id, err := table.ParseReservationID(text)
	if !ok || err != nil {
		return askedOne{}, p.unknown()
	}
	c, err := p.Tables.Commitment(ctx, person, id)
	if errors.Is(err, table.ErrAbsent) {
		return askedOne{}, p.unknown()
	}
	if err != nil {
		return askedOne{}, err
	}
	found := askedOne{id: id, name: c.Name,
		place: table.Place{Business: person.Business, Location: id.Location, Floor: c.Floor, Spot: c.Spot}}
	sheet, err := p.Tables.SpotSheetNow(ctx, found.place, id.Day)
	if err != nil {
		return askedOne{}, err
	}
	found.held = sheet.Holdings[id.Key]
	if found.held.User != person.User || found.held.State != table.Reserved ||
		!secret.Equal(found.held.Question, secret.Hash(token)) {
		return askedOne{}, p.unknown()
	}
	found.location, err = p.Tables.Location(ctx, person.Business, id.Location)
	if err == nil {
		var user table.User
		user, err = p.Tables.User(ctx, person, "4.language")
		found.language = words.LanguageOf(user.Language)
	}
	if errors.Is(err, table.ErrAbsent) {
		err = p.unknown()
	}
	return found, err
}

// answer is the page of a question: with the form until it is answered.
func (p CheckIns) answer(a askedOne) page.Page {
	until := clock(SettingsOf(a.location).until(a.held), a.location.Zone)
	what := []any{mail.Unlinked(a.name), mail.Unlinked(a.location.Name), until}
	said := func(text words.Text) words.Text {
		return words.Text{NL: fmt.Sprintf(text.NL, what...), EN: fmt.Sprintf(text.EN, what...)}
	}
	if a.held.ComingAt != 0 {
		return page.New(p.Controller, a.language, words.Text{NL: "We houden je plek vast",
			EN: "We keep your spot for you"},
			said(words.Text{NL: "%s in %s blijft tot %s van jou. Check in zodra je er bent: met een sensor gaat dat " +
				"vanzelf, anders in de app. We vragen het niet nog eens.",
				EN: "%s at %s stays yours until %s. Check in when you are there: with a sensor that goes by itself, " +
					"otherwise in the app. We don't ask again."}))
	}
	asking := page.New(p.Controller, a.language, words.Text{NL: "Kom je nog?", EN: "Are you coming?"},
		said(words.Text{NL: "Zonder antwoord komt %s in %s om %s vrij voor anderen. Met deze knop houden we de plek " +
			"langer voor je vast; je bent er nog niet mee ingecheckt.",
			EN: "Without an answer %s at %s is released for others at %s. With this button we keep the spot for you " +
				"longer; it doesn't check you in."}))
	asking.Button, asking.Harmless = comingLabel.In(a.language), true
	return asking
}

func (p CheckIns) unknown() error {
	return page.Unknown(p.Controller, words.Text{
		NL: "Er is niets meer te vragen: je bent ingecheckt, de plek is vrijgegeven of de reservering is voorbij. " +
			"In de app zie je hoe het ervoor staat; is de plek nog vrij, dan krijg je die terug door in te checken.",
		EN: "There is nothing to ask any more: you are checked in, the spot was released or the reservation is " +
			"over. The app shows what is so; where the spot is still free, checking in gives it back to you."})
}
