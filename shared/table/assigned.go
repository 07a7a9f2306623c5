package table

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// An Assignment is a spot that is one person's workplace, as their own partition knows it (4.f.1). Its random mark
// stands on the spot too, which thus says that it is assigned and not to whom.
type Assignment struct {
	Spot     string     `dynamo:"-"`
	Location string     `dynamo:"location"`
	Floor    string     `dynamo:"floor"`
	Mark     string     `dynamo:"mark"`
	Given    civil.Date `dynamo:"given_on"` // in UTC
}

type whoRow struct {
	User string `dynamo:"user"`
}

const assignedName = "assigned"

// TakenBack is what a spot's day says instead of a mark once its holder took it back, so that nobody's reservation
// that ended comes back to life there.
const TakenBack = "-"

func assignedKey(p identity.Person, spot string) key { return personKey(privacy.Assigned, p, spot) }
func holderKey(business, spot string) key            { return businessKey(privacy.Holder, business, spot) }

// KeptOn tells whether a spot is somebody's workplace on a day that they have not given free.
func (s FloorSpot) KeptOn(day SpotSheet) bool { return s.Assigned != "" && day.FreedBy != s.Assigned }

// Assigns tells whether any of its spots is somebody's workplace.
func (f Floor) Assigns() bool {
	for _, spot := range f.Spots {
		if spot.Assigned != "" {
			return true
		}
	}
	return false
}

// Holder is whose workplace a spot is, consistently: the zero Person for nobody's.
func (t *Tables) Holder(ctx context.Context, business, spot string) (identity.Person, error) {
	var row whoRow
	err := t.get(ctx, holderKey(business, spot), true, &row)
	if errors.Is(err, ErrAbsent) {
		return identity.Person{}, nil
	}
	return identity.Person{Business: business, User: row.User}, err
}

// Holders are the people of an account who have a workplace of their own, each once.
func (t *Tables) Holders(ctx context.Context, business string) ([]identity.Person, error) {
	items, err := t.list(ctx, privacy.Agenda, "b#"+business, privacy.Holder.SortPrefix, false)
	var all []identity.Person
	for _, raw := range items {
		p := identity.Person{Business: business, User: text(raw["user"])}
		if !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all, err
}

// An Assigning makes a spot, as it was read, the workplace of To instead of From; nobody is the zero Person. Without
// a Mark it is assigned no more.
type Assigning struct {
	Business string
	Spot     Spot
	From     identity.Person
	To       identity.Person
	Mark     string
	On       civil.Date // in UTC
	GivenUp  bool       // by From themselves, who is then told nothing
}

// Assign makes it so in one transaction, after what From gave free of the spot is forgotten; it has From told by mail
// where the office takes it from them, until the day after at the latest. With a mark and nobody
// the spot is assigned all the same, so that it tells nothing of whether there was somebody. ErrGone when To is not
// registered, or has yet to agree to the statement in force; ErrChanged when the spot is no longer as it was read.
func (t *Tables) Assign(ctx context.Context, a Assigning) error {
	if a.From.User != "" {
		if err := t.forgetFreed(ctx, a.From, a.Spot.ID); err != nil {
			return err
		}
	}
	id, was := floorSpotPrefix+a.Spot.ID, a.Spot.Assigned
	floor := t.update(floorKey(a.Business, a.Spot.Floor)).add("version", 1).
		when("$.$ = ?", id, "category", Workplace).whenAssigned(was, id)
	spot := t.update(spotKey(a.Business, a.Spot.ID)).when("attribute_exists($)", pkName).whenAssigned(was)
	if a.Mark == "" {
		floor.removeIn(id, assignedName)
		spot.remove(assignedName)
	} else {
		floor.setIn(id, assignedName, a.Mark)
		spot.set(assignedName, a.Mark)
	}
	location := t.update(locationKey(a.Business, a.Spot.Location)).nextVersion(a.Spot.Floor)
	tx := t.transaction().Update(floor).Update(spot).Update(location)
	if err := t.hold(tx, a); err != nil {
		return err
	}
	err := tx.Run(ctx)
	if refusedAt(err, whoPart) {
		return ErrGone
	}
	return changed(err)
}

// whenAssigned is the condition that a spot bears a mark still, or none: in itself, or as a member of its floor.
func (u *update) whenAssigned(mark string, in ...string) *update {
	path, names := "$", []any{assignedName}
	if len(in) > 0 {
		path, names = "$.$", []any{in[0], assignedName}
	}
	if mark == "" {
		return u.when("attribute_not_exists("+path+")", names...)
	}
	return u.when(path+" = ?", append(names, mark)...)
}

// hold writes whose workplace the spot is, on condition that it is still that of From.
func (t *Tables) hold(tx *transaction, a Assigning) error {
	holder, whose := holderKey(a.Business, a.Spot.ID), "attribute_not_exists($)"
	args := []any{pkName}
	if a.From.User != "" {
		whose, args = "$ = ?", []any{"user", a.From.User}
	}
	if a.From.User != "" && a.From != a.To {
		tx.Delete(t.remove(assignedKey(a.From, a.Spot.ID)))
		if !a.GivenUp {
			if err := t.tellHolder(tx, a); err != nil {
				return err
			}
		}
	}
	if a.To.User == "" {
		tx.Delete(t.remove(holder).If(whose, args...))
		return nil
	}
	open := privacy.UntilEnded.Open()
	held, err1 := t.put(holder, privacy.Holder.Stamp(whoRow{a.To.User}, open))
	own, err2 := t.put(assignedKey(a.To, a.Spot.ID), privacy.Assigned.Stamp(Assignment{Location: a.Spot.Location,
		Floor: a.Spot.Floor, Mark: a.Mark, Given: a.On}, open))
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	tx.Put(held.If(whose, args...)).Put(own).Check(t.consented(a.To)).as(whoPart)
	return nil
}

// GiveUp ends an assignment of a person's, and with it what they gave free of it. A repeat does nothing.
func (t *Tables) GiveUp(ctx context.Context, p identity.Person, a Assignment) error {
	spot := Spot{ID: a.Spot, Location: a.Location, Floor: a.Floor, FloorSpot: FloorSpot{Assigned: a.Mark}}
	err := t.Assign(ctx, Assigning{Business: p.Business, From: p, GivenUp: true, Spot: spot})
	if !errors.Is(err, ErrChanged) {
		return err
	}
	// the spot has gone, or is another's by now: what is left of it leads nowhere
	left := t.remove(holderKey(p.Business, a.Spot)).If("$ = ?", "user", p.User)
	return errors.Join(ignoreRefused(wrap(left.Run(ctx))), wrap(t.remove(assignedKey(p, a.Spot)).Run(ctx)))
}

// Unassign ends the assignment of a spot, as it was read, on a date in UTC. ErrChanged when it is no longer so.
func (t *Tables) Unassign(ctx context.Context, business string, spot Spot, on civil.Date) error {
	holder, err := t.Holder(ctx, business, spot.ID)
	if err != nil {
		return err
	}
	return t.Assign(ctx, Assigning{Business: business, Spot: spot, From: holder, On: on})
}

// Assignment is one of a person's, consistently; ErrAbsent when the spot isn't theirs.
func (t *Tables) Assignment(ctx context.Context, p identity.Person, spot string) (Assignment, error) {
	return one(ctx, t, assignedKey(p, spot), true, Assignment{Spot: spot})
}

func assignmentOf(raw dynamo.Item) (Assignment, error) {
	return filled(raw, Assignment{Spot: idIn(raw, privacy.Assigned)})
}

// A FreedDay is a day for which a person gave their workplace free (4.f.2).
type FreedDay struct {
	Spot string
	Day  civil.Date
}

type freedDayRow struct {
	Location string `dynamo:"location"`
}

func freedDayKey(p identity.Person, d FreedDay) key {
	return personKey(privacy.FreedDay, p, string(d.Day)+"#"+d.Spot)
}

// FreedDayOf reads what the sort key of an item says.
func FreedDayOf(suffix string) FreedDay {
	day, spot, _ := strings.Cut(suffix, "#")
	return FreedDay{Spot: spot, Day: civil.Date(day)}
}

// FreedDays lists a person's in the order of their dates, consistently.
func (t *Tables) FreedDays(ctx context.Context, p identity.Person) ([]FreedDay, error) {
	found, err := t.list(ctx, privacy.Agenda, PersonPartition(p), privacy.FreedDay.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	return decodeAll(found, func(raw dynamo.Item) (FreedDay, error) {
		return FreedDayOf(idIn(raw, privacy.FreedDay)), nil
	})
}

// FreeDay gives a person's workplace free for a day, while it is theirs; ErrGone when it isn't any more. Repeating
// it changes nothing. 6 write units.
func (t *Tables) FreeDay(ctx context.Context, p identity.Person, a Assignment, day civil.Date,
	ends time.Time) error {
	free, err := t.freeDay(p, a, day, ends, func(*update) {})
	if err != nil {
		return err
	}
	err = free.Run(ctx)
	if errors.Is(err, ErrRefused) {
		return ErrGone
	}
	return err
}

func (t *Tables) freeDay(p identity.Person, a Assignment, day civil.Date, ends time.Time,
	on func(sheet *update)) (*transaction, error) {
	deadline := privacy.DayEnd.From(ends)
	sheet := t.update(a.sheet(p, day)).keep(deadline).set(freedName, a.Mark)
	on(sheet)
	own, err := t.put(freedDayKey(p, FreedDay{a.Spot, day}),
		privacy.FreedDay.Stamp(freedDayRow{a.Location}, deadline))
	if err != nil {
		return nil, err
	}
	return t.transaction().Update(sheet).Put(own).
		Check(t.check(assignedKey(p, a.Spot)).If("$ = ?", "mark", a.Mark)), nil
}

func (a Assignment) sheet(p identity.Person, day civil.Date) key {
	return spotSheetKey(Place{p.Business, a.Location, a.Floor, a.Spot}, day)
}

// TakeBack makes a day that was given free the holder's own again, on condition that what is taken of it is as it was
// read: who reads finds out whether anybody else has it. ErrRefused when it is not, so read again. 4 write units.
func (t *Tables) TakeBack(ctx context.Context, p identity.Person, a Assignment, day civil.Date,
	read SpotSheet) error {
	own := t.remove(freedDayKey(p, FreedDay{a.Spot, day}))
	if read.FreedBy != a.Mark { // nothing of it is given free
		return wrap(own.Run(ctx))
	}
	sheet := t.update(a.sheet(p, day)).set(freedName, TakenBack).when("$ = ?", freedName, a.Mark).
		whenStill(read.Taken)
	return t.transaction().Update(sheet).Delete(own).Run(ctx)
}

// forgetFreed removes what a person gave free of a spot that is not theirs any more. A repeat does nothing.
func (t *Tables) forgetFreed(ctx context.Context, p identity.Person, spot string) error {
	days, err := t.FreedDays(ctx, p)
	for _, day := range days {
		if day.Spot == spot {
			err = errors.Join(err, wrap(t.remove(freedDayKey(p, day)).Run(ctx)))
		}
	}
	return err
}
