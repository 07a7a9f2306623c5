package business

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/spelling"
	"github.com/iotspot/iotspot/shared/table"
)

// A Group is a group of people by the customer's own name for it. Nobody learns from the account who is in it.
type Group struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Groups are the customer's, by name.
type Groups struct {
	Groups []Group `json:"groups"`
}

// Groups lists them.
func (a Accounts) Groups(ctx context.Context, caller identity.Caller, _ struct{}) (Groups, error) {
	found, err := a.Tables.Groups(ctx, caller.Business)
	list := Groups{Groups: []Group{}}
	for id, name := range found {
		list.Groups = append(list.Groups, Group{id, name})
	}
	slices.SortFunc(list.Groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return list, err
}

// AddGroup is the input of making a group.
type AddGroup struct {
	IdempotencyKey string `json:"idempotency_key"`
	Name           string `json:"name"`
}

// AddGroup makes a group with nobody in it. The same key again is the same group.
func (a Accounts) AddGroup(ctx context.Context, caller identity.Caller, in AddGroup) (Group, error) {
	return a.nameGroup(ctx, caller, Group{secret.DerivedID(caller.Business, in.IdempotencyKey, "group"), in.Name},
		true)
}

// RenameGroup is the input of naming a group anew.
type RenameGroup struct {
	Group string `json:"group"`
	Name  string `json:"name"`
}

// RenameGroup gives a group another name.
func (a Accounts) RenameGroup(ctx context.Context, caller identity.Caller, in RenameGroup) (Group, error) {
	return a.nameGroup(ctx, caller, Group{in.Group, in.Name}, false)
}

func (a Accounts) nameGroup(ctx context.Context, caller identity.Caller, group Group, comes bool) (Group, error) {
	group.Name = strings.TrimSpace(group.Name)
	there, err := a.Tables.Groups(ctx, caller.Business)
	if err != nil {
		return Group{}, err
	}
	old, known := there[group.ID]
	switch {
	case !known && !comes:
		return Group{}, problem.Unknown()
	case known && old == group.Name:
		return group, nil
	case known && comes:
		return Group{}, problem.New(problem.Conflict, "this Idempotency-Key was used for something else, or what it "+
			"made was changed since")
	case !known && len(there) >= api.MaxGroups:
		return Group{}, problem.New(problem.Conflict, "an account holds at most %d groups", api.MaxGroups)
	}
	for id, name := range there {
		if id != group.ID && spelling.Same(name, group.Name) {
			return Group{}, problem.New(problem.Conflict, "there is %s of that name already", "a group")
		}
	}
	return group, table.Unknown(a.Tables.NameGroup(ctx, caller.Business, group.ID, group.Name))
}

// GroupInput names a group.
type GroupInput struct {
	Group string `json:"group"`
}

// RemoveGroup removes a group and its members. Whatever the id, the answer is the same.
func (a Accounts) RemoveGroup(ctx context.Context, caller identity.Caller, in GroupInput) (struct{}, error) {
	return struct{}{}, a.Tables.RemoveGroup(ctx, caller.Business, in.Group)
}

// MemberInput names a group and a registered colleague by their address, and whether they are to be in it.
type MemberInput struct {
	Group  string `json:"group"`
	Email  string `json:"email"`
	Member bool   `json:"member"`
}

// SetMember puts a colleague into a group, or takes them out of it (4.f.1). Whoever it is the answer is the same, as
// late; who is in it nobody is told but that colleague, by mail (GDPR art. 14), again when they are put in again.
func (a Accounts) SetMember(ctx context.Context, caller identity.Caller, in MemberInput) (struct{}, error) {
	groups, err := a.Tables.Groups(ctx, caller.Business)
	if err != nil {
		return struct{}{}, err
	}
	name, there := groups[in.Group]
	if !there {
		return struct{}{}, problem.Unknown()
	}
	return struct{}{}, a.toColleague(ctx, caller, in.Email, func(p identity.Person) error {
		told, err := a.setMember(ctx, p, in)
		if err != nil || !told {
			return err
		}
		return a.tell(ctx, p, memberMail(mail.Unlinked(name), in.Member))
	})
}

// setMember says whether there is something to tell: there is not about somebody who is taken out and was not in it.
func (a Accounts) setMember(ctx context.Context, p identity.Person, in MemberInput) (told bool, err error) {
	if in.Member {
		return true, a.Tables.JoinGroup(ctx, p, in.Group, civil.DateOf(a.Now(), civil.UTC))
	}
	before, err := a.Tables.InGroups(ctx, p)
	if err != nil || !slices.Contains(before, in.Group) {
		return false, err
	}
	return true, a.Tables.LeaveGroup(ctx, p, in.Group)
}
