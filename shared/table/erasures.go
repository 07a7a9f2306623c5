package table

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

const (
	erasuresPartition = "erasures"
	erasedPartition   = "erased"
)

func erasureKey(item privacy.Item, pk string, p identity.Person) key {
	return key{item, pk, item.SortPrefix + p.Business + "#" + p.User}
}

func jobKey(p identity.Person) key { return erasureKey(privacy.ErasureJob, erasuresPartition, p) }
func farewellKey(p identity.Person) key {
	return erasureKey(privacy.Farewell, erasuresPartition, p)
}
func erasedKey(p identity.Person) key { return erasureKey(privacy.Erased, erasedPartition, p) }

// An Erasure is a job that was confirmed and is not complete. It holds opaque ids alone.
type Erasure struct {
	Person  identity.Person `dynamo:"-"`
	AskedAt int64           `dynamo:"asked_at"` // Unix seconds
	Mailed  bool            `dynamo:"mailed,omitempty"`
	// EmptiedAt is when everything was removed for the first time, the sessions with it, in Unix seconds; 0 before.
	EmptiedAt int64 `dynamo:"emptied_at,omitempty"`
	Repeated  bool  `dynamo:"repeated,omitempty"` // after a restore, so that it was counted before
}

// A Farewell is where the confirmation of an erasure goes. It is the last that is kept of a person, for a day at
// most.
type Farewell struct {
	Email    string `dynamo:"email"`
	Language string `dynamo:"language"`
}

// An ErasureRequest is a person's confirmed wish to be erased.
type ErasureRequest struct {
	User     User
	Address  identity.Entries
	LinkHash string // of the link that was used, "" where the wish came from the app
	At       time.Time
}

// BeginErasure accepts an erasure in one transaction: the link is used up, the registration and its address go, so
// that from here on nobody can sign in or reserve, the account counts one user less (3.i), and the job stands with
// the address for its confirmation and the entry that a restore would repeat it from.
//
// It is ErrAbsent when the link is unknown, used or too old, ErrGone when the person is not registered any more, and
// ErrLastAdministrator when the account would be left without one, and ErrRefused when the registration changed
// meanwhile, so read again.
func (t *Tables) BeginErasure(ctx context.Context, l ErasureRequest) error {
	p, now := l.User.Person, l.At
	job, err1 := t.put(jobKey(p), privacy.ErasureJob.Stamp(Erasure{AskedAt: now.Unix()}, privacy.WhileAccount.Open()))
	farewell, err2 := t.put(farewellKey(p), privacy.Farewell.Stamp(Farewell{l.User.Email, l.User.Language},
		privacy.OneDay.From(now)))
	ledger, err3 := t.erased(p, now)
	count := t.countLeaving(l.User)
	if administrators(l.User.Role) > 0 {
		count.when("$ > ?", "administrators", 1)
	}
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	user := t.remove(userKey(p)).If("$ = ? AND $ = ?", "email", l.User.Email, "role", l.User.Role)
	tx := t.transaction().Delete(user).as(userPart).
		Update(count).as(countPart).Put(job).Put(farewell).Put(ledger)
	t.unlistIn(tx, p)
	t.giveUpAddress(tx, l.Address, p)
	if l.LinkHash != "" {
		tx.Delete(t.remove(linkKey(p, l.LinkHash)).If("$ > ?", ttlName, now.Unix())).as(linkPart)
	}
	err := tx.Run(ctx)
	switch {
	case refusedAt(err, linkPart):
		return ErrAbsent
	case refusedAt(err, userPart):
		if _, gone := t.User(ctx, p); errors.Is(gone, ErrAbsent) {
			return ErrGone
		}
	case refusedAt(err, countPart):
		if _, ended := t.Account(ctx, p.Business); errors.Is(ended, ErrAbsent) {
			return ErrGone
		}
		if administrators(l.User.Role) > 0 {
			return ErrLastAdministrator
		}
	}
	return err
}

func (t *Tables) erased(p identity.Person, now time.Time) (*dynamo.Put, error) {
	return t.put(erasedKey(p), privacy.Erased.Stamp(datedRow{civil.DateOf(now, civil.UTC)}, privacy.OneDay.From(now)))
}

type datedRow struct {
	Date civil.Date `dynamo:"date"`
}

// Erasures lists the jobs that are not complete, consistently.
func (t *Tables) Erasures(ctx context.Context) ([]Erasure, error) {
	items, err := t.list(ctx, privacy.Agenda, erasuresPartition, privacy.ErasureJob.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	return decodeAll(items, func(raw dynamo.Item) (Erasure, error) {
		return filled(raw, Erasure{Person: personIn(raw, privacy.ErasureJob)})
	})
}

// Erased lists the registrations that were erased within the window of the directory's backup.
func (t *Tables) Erased(ctx context.Context) ([]identity.Person, error) {
	items, err := t.list(ctx, privacy.Agenda, erasedPartition, privacy.Erased.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	return decodeAll(items, func(raw dynamo.Item) (identity.Person, error) {
		return personIn(raw, privacy.Erased), nil
	})
}

func personIn(raw dynamo.Item, item privacy.Item) identity.Person {
	business, user, _ := strings.Cut(idIn(raw, item), "#")
	return identity.Person{Business: business, User: user}
}

// Erasure reads one job, consistently; ErrAbsent when it is complete.
func (t *Tables) Erasure(ctx context.Context, p identity.Person) (Erasure, error) {
	return one(ctx, t, jobKey(p), true, Erasure{Person: p})
}

// MarkMailed claims the one confirmation of an erasure: true for exactly one caller, ever.
func (t *Tables) MarkMailed(ctx context.Context, p identity.Person) (bool, error) {
	err := t.update(jobKey(p)).set("mailed", true).
		when("attribute_exists($) AND attribute_not_exists($)", pkName, "mailed").run(ctx)
	if errors.Is(err, ErrRefused) {
		return false, nil
	}
	return err == nil, err
}

// ErasureEmptied notes when everything was removed for the first time. It is no error that this was noted before, or
// that the job is complete.
func (t *Tables) ErasureEmptied(ctx context.Context, p identity.Person, now time.Time) error {
	err := t.update(jobKey(p)).set("emptied_at", now.Unix()).
		when("attribute_exists($) AND attribute_not_exists($)", pkName, "emptied_at").run(ctx)
	if errors.Is(err, ErrRefused) {
		return nil
	}
	return err
}

// Farewell reads where the confirmation goes, consistently; ErrAbsent when the address has gone.
func (t *Tables) Farewell(ctx context.Context, p identity.Person) (Farewell, error) {
	return one(ctx, t, farewellKey(p), true, Farewell{})
}

// RemoveFarewell lets the address go.
func (t *Tables) RemoveFarewell(ctx context.Context, p identity.Person) error {
	return wrap(t.remove(farewellKey(p)).Run(ctx))
}

// EndErasure removes the job, when nothing is left of the person, and counts it as handled: once, and not where it is
// repeated or the business account has gone, with all that was counted for it. A repeat does nothing.
func (t *Tables) EndErasure(ctx context.Context, job Erasure) error {
	p, now := job.Person, t.now()
	if !job.Repeated {
		count := t.handled(p.Business, Erasures, now, now.Sub(time.Unix(job.AskedAt, 0)))
		err := t.transaction().Delete(t.remove(jobKey(p)).If("attribute_exists($)", pkName)).
			Check(t.accountExists(p.Business)).Update(count).Run(ctx)
		if !errors.Is(err, ErrRefused) {
			return err
		}
	}
	return wrap(t.remove(jobKey(p)).Run(ctx))
}

// RepeatErasure stands a job up again without a confirmation, for a registration that a restore brought back.
func (t *Tables) RepeatErasure(ctx context.Context, p identity.Person, now time.Time) error {
	job, err := t.put(jobKey(p), privacy.ErasureJob.Stamp(Erasure{AskedAt: now.Unix(), Mailed: true, Repeated: true},
		privacy.WhileAccount.Open()))
	if err != nil {
		return err
	}
	return wrap(job.Run(ctx))
}

// Empty deletes whatever there is in the person's partitions, declared or not and past its deadline or not. The spots
// of the days found there are freed before their sheet goes, and what others hold of the person goes before what
// leads there. Each deletion stands alone, so it can end anywhere and be repeated; it is complete when it returns
// nil.
func (t *Tables) Empty(ctx context.Context, p identity.Person) error {
	for _, store := range personStores {
		if err := t.emptyIn(ctx, p, store); err != nil {
			return err
		}
	}
	return errors.Join(t.forgetTold(ctx, p), t.forgetWaits(ctx, p), t.forgetAskings(ctx, p))
}

func (t *Tables) emptyIn(ctx context.Context, p identity.Person, store privacy.Store) error {
	for {
		var found []dynamo.Item
		query := t.table(store).Get(pkName, PersonPartition(p)).Consistent(true)
		if err := query.All(ctx, &found); err != nil {
			return wrap(err)
		}
		if len(found) == 0 {
			return nil
		}
		for _, raw := range found {
			if err := t.emptyOne(ctx, p, store, raw); err != nil {
				return err
			}
		}
	}
}

func (t *Tables) emptyOne(ctx context.Context, p identity.Person, store privacy.Store, raw dynamo.Item) error {
	sortKey := text(raw[skName])
	if store == privacy.Agenda && strings.HasPrefix(sortKey, privacy.PersonSheet.SortPrefix) {
		sheet, err := decodePersonSheet(raw)
		if err != nil {
			return err
		}
		for id, c := range sheet.Commitments {
			err := t.Vacate(ctx, p, sheet, id)
			if err == nil && c.By != "" {
				err = wrap(t.remove(actedKey(identity.Person{Business: p.Business, User: c.By}, p, id)).Run(ctx))
			}
			if err != nil {
				return err
			}
		}
	}
	if store == privacy.Agenda {
		if err := t.untie(ctx, p, raw); err != nil {
			return err
		}
	}
	return wrap(t.table(store).Delete(pkName, PersonPartition(p)).Range(skName, sortKey).Run(ctx))
}

// Vacate takes a reservation off its spot's sheet, whatever became of it, and frees what it still holds. Nothing on
// the sheet says afterwards that it was there. The person's own sheet stays as it is. A repeat does nothing.
func (t *Tables) Vacate(ctx context.Context, p identity.Person, sheet PersonSheet, id string) error {
	c := sheet.Commitments[id]
	k := spotSheetKey(Place{p.Business, sheet.Location, c.Floor, c.Spot}, sheet.Day)
	for {
		var raw dynamo.Item
		err := t.table(privacy.Agenda).Get(pkName, k.pk).Range(skName, dynamo.Equal, k.sk).Consistent(true).One(ctx,
			&raw)
		if errors.Is(err, dynamo.ErrNotFound) {
			return nil
		}
		if err != nil {
			return wrap(err)
		}
		spot, err := decodeSpotSheet(raw)
		if err != nil {
			return err
		}
		held, there := spot.Holdings[id]
		if !there || held.User != p.User {
			return nil
		}
		err = t.vacate(k, id, held).run(ctx)
		if !errors.Is(err, ErrRefused) {
			return err
		}
		// It was checked in, released or moved since it was read; only the person's own doing is over.
	}
}

func (t *Tables) vacate(k key, id string, held Holding) *update {
	name := reservationPrefix + id
	rest := held.Kept()
	if !held.State.Holds() { // what came after its end is somebody else's by now
		rest.To = max(rest.From, min(rest.To, civil.QuarterOf(time.Unix(held.EndedAt, 0))))
	}
	return t.update(k).remove(name).free(rest).
		when("$.$ = ? AND $.$ = ?", name, userMember, held.User, name, stateMember, held.State).
		when("$.$ = ? AND $.$ = ?", name, fromMember, held.From, name, toMember, held.To)
}
