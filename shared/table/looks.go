package table

import (
	"context"
	"errors"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A Look is the record of one look of the operator's staff at a person, or at a customer's account (6.confidential).
type Look struct {
	ID       string           `dynamo:"-"`
	By       string           `dynamo:"by"` // the name of the member of staff who looks
	Reason   string           `dynamo:"reason"`
	Kinds    []privacy.Clause `dynamo:"kinds"`
	LookedAt time.Time        `dynamo:"looked_at"`
}

// A Disclosure is the record of one that the law requires (5.disclosure).
type Disclosure struct {
	ID        string `dynamo:"-"`
	By        string `dynamo:"by"`
	Ground    string `dynamo:"ground"`
	Recipient string `dynamo:"recipient"`
	// none in one that was made before they were named: it gave all
	Kinds       []privacy.Clause `dynamo:"kinds,omitempty"`
	DisclosedAt time.Time        `dynamo:"disclosed_at"`
	HiddenUntil *time.Time       `dynamo:"hidden_until,omitempty"` // before which the law forbids telling the person
}

// ErrNotStaff says that who looks is no member of staff any more, has no agreement in force, or lacks the grant.
var ErrNotStaff = errors.New("table: no member of staff who may look")

type lookMadeRow struct {
	LookedAt time.Time `dynamo:"looked_at"`
}

// RecordLook records a look at a person, before anything is shown: in one transaction the member's agreement is
// checked, the person is there, the look stands in the person's partition, and that one was made in the member's. The
// same look again is the same record. ErrNotStaff, or ErrAbsent when there is no such person.
func (t *Tables) RecordLook(ctx context.Context, staff, at identity.Person, look Look) error {
	put, err := t.put(personKey(privacy.Look, at, look.ID),
		privacy.Look.Stamp(look, privacy.AfterLook.From(look.LookedAt)))
	if err != nil {
		return err
	}
	return t.recordAt(ctx, at, record{staff: staff, id: look.ID, at: look.LookedAt, put: put})
}

// RecordDisclosure records a disclosure of a person's data as RecordLook does; the member must have the grant for it.
// It counts as handled in the month from which it may be told, so that the count tells nothing before.
func (t *Tables) RecordDisclosure(ctx context.Context, staff, of identity.Person, d Disclosure) error {
	told := d.DisclosedAt
	if d.HiddenUntil != nil {
		told = *d.HiddenUntil
	}
	put, err := t.put(personKey(privacy.Disclosed, of, d.ID),
		privacy.Disclosed.Stamp(d, privacy.AfterDisclosure.From(told)))
	if err != nil {
		return err
	}
	return t.recordAt(ctx, of, record{staff: staff, id: d.ID, at: d.DisclosedAt, put: put, discloses: true,
		count: t.handled(of.Business, Disclosures, told, 0)})
}

// RecordAccountLook records a look at a customer's account as RecordLook does.
func (t *Tables) RecordAccountLook(ctx context.Context, staff identity.Person, business string, look Look) error {
	put, err := t.put(accountLookKey(business, look.ID),
		privacy.AccountLook.Stamp(look, privacy.AfterLook.From(look.LookedAt)))
	if err != nil {
		return err
	}
	return t.record(ctx, record{staff: staff, id: look.ID, at: look.LookedAt, put: put,
		exists: t.check(accountKey(business)).IfExists()})
}

func accountLookKey(business, id string) key { return businessKey(privacy.AccountLook, business, id) }

// AccountLooks lists the looks at a customer's account.
func (t *Tables) AccountLooks(ctx context.Context, business string) ([]Look, error) {
	items, err := t.list(ctx, privacy.Agenda, "b#"+business, privacy.AccountLook.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	return decodeAll(items, func(raw dynamo.Item) (Look, error) {
		return filled(raw, Look{ID: idIn(raw, privacy.AccountLook)})
	})
}

// A record is what stands before anything is shown.
type record struct {
	staff     identity.Person
	id        string
	at        time.Time
	put       *dynamo.Put
	exists    *dynamo.ConditionCheck // of the person or account that is looked at
	discloses bool                   // the grant for disclosures is needed
	count     *update                // of what was handled with it; nil: nothing
}

// recordAt records what is looked at of a person: a user, or else a guest.
func (t *Tables) recordAt(ctx context.Context, p identity.Person, r record) error {
	r.exists = t.userExists(p)
	err := t.record(ctx, r)
	if errors.Is(err, ErrAbsent) {
		r.exists = t.check(guestKey(p)).If("$ > ?", ttlName, r.at.Unix())
		err = t.record(ctx, r)
	}
	return err
}

func (t *Tables) record(ctx context.Context, r record) error {
	made, err := t.put(personKey(privacy.LookMade, r.staff, r.id),
		privacy.LookMade.Stamp(lookMadeRow{r.at}, privacy.AfterLook.From(r.at)))
	if err != nil {
		return err
	}
	today := civil.DateOf(r.at, civil.UTC)
	staff := t.check(staffKey(r.staff)).If("$ <= ? AND $ >= ? AND attribute_not_exists($)", "agreed_on", today,
		"agreed_until", today, "withdrawn_at")
	if r.discloses {
		staff.If("$ = ?", "discloses", true)
	}
	tx := t.transaction().Check(staff).as(staffPart).Check(r.exists).as(whosePart).
		Put(r.put.If("attribute_not_exists($)", pkName)).Put(made)
	if r.count != nil {
		tx.Update(r.count)
	}
	err = tx.Run(ctx)
	switch {
	case refusedAt(err, staffPart):
		return ErrNotStaff
	case refusedAt(err, whosePart):
		return ErrAbsent
	case errors.Is(err, ErrRefused):
		return nil // it stands already: the same request again
	}
	return err
}
