package table

import (
	"context"
	"errors"
	"strings"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// Groups are the names of a customer's groups, by their ids. Who is in them is a matter of each person's partition.
type Groups map[string]string

const groupPrefix = "g#"

func groupsKey(business string) key { return businessKey(privacy.GroupNames, business, "") }
func inGroupKey(p identity.Person, group string) key {
	return personKey(privacy.InGroup, p, group)
}
func memberKey(p identity.Person, group string) key {
	return businessKey(privacy.GroupMember, p.Business, group+"#"+p.User)
}

// Groups reads the customer's, consistently; none where there is none yet.
func (t *Tables) Groups(ctx context.Context, business string) (Groups, error) {
	var raw dynamo.Item
	err := t.get(ctx, groupsKey(business), true, &raw)
	if errors.Is(err, ErrAbsent) {
		return nil, nil
	}
	groups := Groups{}
	for name, value := range raw {
		if id, is := strings.CutPrefix(name, groupPrefix); is {
			groups[id] = text(value)
		}
	}
	return groups, err
}

// NameGroup makes a group, or gives the one with that id another name; ErrGone when the account has ended.
func (t *Tables) NameGroup(ctx context.Context, business, id, name string) error {
	u := t.update(groupsKey(business)).set(groupPrefix+id, name)
	err := t.transaction().Update(u).Check(t.accountExists(business)).Run(ctx)
	if errors.Is(err, ErrRefused) {
		return ErrGone
	}
	return err
}

// RemoveGroup removes a group, and then everybody from it: nobody comes into it any more by then. A repeat goes on
// where it was cut off.
func (t *Tables) RemoveGroup(ctx context.Context, business, id string) error {
	u := t.update(groupsKey(business)).remove(groupPrefix+id).when("attribute_exists($)", pkName)
	if err := u.run(ctx); err != nil && !errors.Is(err, ErrRefused) {
		return err
	}
	members, err := t.Members(ctx, business, id)
	for _, p := range members {
		err = errors.Join(err, t.LeaveGroup(ctx, p, id))
	}
	return err
}

// Members are those who are in a group, consistently, in no order.
func (t *Tables) Members(ctx context.Context, business, group string) ([]identity.Person, error) {
	found, err := t.list(ctx, privacy.Agenda, "b#"+business, privacy.GroupMember.SortPrefix+group+"#", true)
	if err != nil {
		return nil, err
	}
	return decodeAll(found, func(raw dynamo.Item) (identity.Person, error) {
		_, user, _ := strings.Cut(idIn(raw, privacy.GroupMember), "#")
		return identity.Person{Business: business, User: user}, nil
	})
}

type inGroupRow struct {
	Given civil.Date `dynamo:"given_on"`
}

// JoinGroup puts somebody into a group (4.f.1); being in it already keeps the day on which that began. ErrGone when
// they are not registered or have yet to agree to the statement in force, ErrAbsent when there is no such group.
func (t *Tables) JoinGroup(ctx context.Context, p identity.Person, group string, on civil.Date) error {
	open := privacy.UntilEnded.Open()
	own, err1 := t.put(inGroupKey(p, group), privacy.InGroup.Stamp(inGroupRow{on}, open))
	member, err2 := t.put(memberKey(p, group), privacy.GroupMember.Stamp(whoRow{p.User}, open))
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	err := t.transaction().Put(own.If("attribute_not_exists($)", pkName)).Put(member).
		Check(t.consented(p)).as(whoPart).
		Check(t.check(groupsKey(p.Business)).If("attribute_exists($)", groupPrefix+group)).as(groupPart).Run(ctx)
	switch {
	case refusedAt(err, groupPart):
		return ErrAbsent
	case refusedAt(err, whoPart):
		return ErrGone
	}
	return ignoreRefused(err) // they are in it
}

// LeaveGroup takes somebody out of a group. A repeat does nothing.
func (t *Tables) LeaveGroup(ctx context.Context, p identity.Person, group string) error {
	return t.transaction().Delete(t.remove(inGroupKey(p, group))).Delete(t.remove(memberKey(p, group))).Run(ctx)
}

// InGroups are the ids of the groups that a person is in, consistently.
func (t *Tables) InGroups(ctx context.Context, p identity.Person) ([]string, error) {
	found, err := t.list(ctx, privacy.Agenda, PersonPartition(p), privacy.InGroup.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	return decodeAll(found, func(raw dynamo.Item) (string, error) { return idIn(raw, privacy.InGroup), nil })
}

// SetGroupZones writes which zones of a location are kept for groups. ErrChanged when the location's settings were
// changed since it was read.
func (t *Tables) SetGroupZones(ctx context.Context, business string, l Location) error {
	u := t.update(locationKey(business, l.ID)).when("attribute_exists($)", pkName).whenRevision(l.Revision).
		set("revision", l.Revision+1).set("group_zones", l.GroupZones)
	return changed(u.run(ctx))
}
