// Package notice tells people by mail what the office did with their reservations.
package notice

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

// A Messenger sends notices.
type Messenger struct {
	Tables *table.Tables
	Post   mail.Sender
	Now    func() time.Time
	Wait   time.Duration // between looks at a cancellation that is under way; 0 looks once

	Support string
}

// patience is how long a cancellation can be under way after its event was published.
const patience = time.Minute

// looks are made at a cancellation that is under way before the event goes back to the bus: what is ordinary should not
// count as a failure.
const looks = 10

// errUnderWay makes the bus deliver the event again.
var errUnderWay = errors.New("notice: the reservation is not cancelled yet")

// Cancelled mails the owner of a reservation that the office cancelled. While it still stands the cancellation is under
// way; one that stands for longer was not carried out, and nobody is told of it. The address is looked up at this moment, since an
// event holds none; who has gone meanwhile gets nothing. A spot or location that was removed is told without its name: an
// event holds none, since what is on the bus outlives what is removed.
func (m Messenger) Cancelled(ctx context.Context, event events.ReservationCancelled) error {
	user, err := m.Tables.User(ctx, identity.Person{Business: event.Business, User: event.User})
	if errors.Is(err, table.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	standing, err := m.stillStanding(ctx, event)
	if err != nil {
		return err
	}
	if standing {
		return m.notYet(event)
	}
	told, err := m.told(ctx, event)
	if err != nil {
		return err
	}
	language := privacy.LanguageOf(user.Language)
	return m.Post.Send(ctx, mail.Message{To: user.Email, Language: language, Kind: mail.Cancellation,
		Subject: privacy.Words{NL: "Je reservering is geannuleerd", EN: "Your reservation was cancelled"}.In(language),
		Text:    told.In(language) + "\n\n" + m.Support + "\n"})
}

// stillStanding looks until the reservation is gone, for as long as it waits.
func (m Messenger) stillStanding(ctx context.Context, event events.ReservationCancelled) (bool, error) {
	for range looks - 1 {
		standing, err := m.standing(ctx, event)
		if !standing || err != nil || m.Wait == 0 {
			return standing, err
		}
		select {
		case <-time.After(m.Wait):
		case <-ctx.Done():
			return true, ctx.Err()
		}
	}
	return m.standing(ctx, event)
}

// standing tells whether the reservation is there as it was when the event was published.
func (m Messenger) standing(ctx context.Context, event events.ReservationCancelled) (bool, error) {
	id, err := table.ParseReservationID(event.Reservation)
	if err != nil {
		return false, err
	}
	sheet, err := m.Tables.PersonSheet(ctx, identity.Person{Business: event.Business, User: event.User}, id.Day, id.Location)
	if errors.Is(err, table.ErrAbsent) {
		return false, nil
	}
	held := sheet.Commitments[id.Key]
	return held.Spot == event.Spot && held.State.Holds(), err
}

func (m Messenger) notYet(event events.ReservationCancelled) error {
	at, err := time.Parse(time.RFC3339, event.At)
	if err != nil || m.Now().Before(at.Add(patience)) {
		return errors.Join(errUnderWay, err)
	}
	return nil
}

func (m Messenger) told(ctx context.Context, event events.ReservationCancelled) (privacy.Words, error) {
	from, err1 := time.Parse(time.RFC3339, event.From)
	to, err2 := time.Parse(time.RFC3339, event.To)
	if err := errors.Join(err1, err2); err != nil {
		return privacy.Words{}, err
	}
	zone, where := time.UTC, privacy.Words{}
	location, err := m.Tables.Location(ctx, event.Business, event.Location)
	if err == nil {
		zone, err = civil.LoadZone(location.Zone)
		where = privacy.Words{NL: " in " + location.Name, EN: " at " + location.Name}
	}
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return privacy.Words{}, err
	}
	what := privacy.Words{NL: "een plek", EN: "a spot"}
	spot, err := m.Tables.Spot(ctx, event.Business, event.Spot)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return privacy.Words{}, err
	}
	if err == nil {
		what = privacy.Words{NL: spot.Name, EN: spot.Name}
	}
	day := overview.DayIn(civil.DateOf(from, zone))
	times := []any{from.In(zone).Format("15:04"), to.In(zone).Format("15:04"), zone.String()}
	return privacy.Words{
		NL: fmt.Sprintf("Je reservering van %s%s op %s van %s tot %s (%s) is door de beheerder van de locatie geannuleerd, omdat de plek is gewijzigd of weggehaald.",
			append([]any{what.NL, where.NL, day.NL}, times...)...),
		EN: fmt.Sprintf("Your reservation of %s%s on %s from %s to %s (%s) was cancelled by the location's manager, because the spot was changed or removed.",
			append([]any{what.EN, where.EN, day.EN}, times...)...),
	}, nil
}
