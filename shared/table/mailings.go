package table

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
)

// A Mailing names a mail about what is on a person's sheet, so that it is sent once though it is asked for again.
type Mailing struct {
	Person   identity.Person
	Day      civil.Date
	Location string
	About    string // what of the day, as ArrivalMailed and a reservation's key
	Version  int    // a later one is mailed although an earlier one was
}

// ErrMailing says that another run is mailing it at this moment, or was cut off less than a lease ago.
var ErrMailing = errors.New("table: it is being mailed by another run")

func (n Mailing) key() key     { return personSheetKey(n.Person, n.Day, n.Location) }
func (n Mailing) name() string { return mailedPrefix + n.About }

// ArrivalMailed, followed by a reservation's key, marks that its person was asked whether they come.
const ArrivalMailed = "arrival#"

// OfferMailed, followed by a reservation's key, marks that its person was told of the offer.
const OfferMailed = "offer#"

// ReminderMailed marks the reminder of what its person reserved for that day.
const ReminderMailed = "reminder"

// The members of the mark of a mail.
const (
	versionMember = "n"
	atMember      = "a" // when a run took it upon itself
	doneMember    = "d"
)

// lease is how long a run has a mail for itself: longer than a run that mails can last, which is its function's
// time-out.
const lease = 30 * time.Second

// BeginMailing takes it upon this run to mail something, for a lease. It is ErrMailing
// while another run has it, ErrRefused when it was mailed or the sheet is not there any more. One write unit.
func (t *Tables) BeginMailing(ctx context.Context, n Mailing, now time.Time) error {
	at, name := now.Unix(), n.name()
	err := t.update(n.key()).set(name, map[string]any{versionMember: n.Version, atMember: at, doneMember: false}).
		when("attribute_exists($)", pkName).
		when("(attribute_not_exists($) OR $.$ < ? OR ($.$ = ? AND $.$ = ? AND $.$ <= ?))",
			name, name, versionMember, n.Version, name, versionMember, n.Version,
			name, doneMember, false, name, atMember, now.Add(-lease).Unix()).run(ctx)
	if !errors.Is(err, ErrRefused) {
		return err
	}
	mark, unread := t.sheetPart(ctx, n.key(), name, true)
	if mark == nil || unread != nil {
		return errors.Join(err, unread)
	}
	r := read(mark)
	if r.integer(versionMember) == int64(n.Version) && !r.is(doneMember) {
		return ErrMailing
	}
	return err
}

// Mailed notes that it was mailed, and no longer when. What has gone meanwhile needs no note.
func (t *Tables) Mailed(ctx context.Context, n Mailing) error {
	err := t.update(n.key()).set(n.name(), map[string]any{versionMember: n.Version, doneMember: true}).
		when("$.$ = ?", n.name(), versionMember, n.Version).run(ctx)
	return ignoreRefused(err)
}

// Find looks for a reservation by its key alone among a person's days, consistently; ErrAbsent when it isn't there.
func (t *Tables) Find(ctx context.Context, p identity.Person, key string,
	from, to civil.Date) (ReservationID, Commitment, error) {
	sheets, err := t.PersonDaysNow(ctx, p, from, to)
	if err != nil {
		return ReservationID{}, Commitment{}, err
	}
	for _, sheet := range sheets {
		if c, there := sheet.Commitments[key]; there {
			return ReservationID{Day: sheet.Day, Location: sheet.Location, Key: key}, c, nil
		}
	}
	return ReservationID{}, Commitment{}, ErrAbsent
}
