package table

import (
	"context"
	"errors"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/privacy"
)

// MembersIndex finds the registrations of a business account whose names may be found. Its key is the account's id and a
// shard, nothing of a person. It projects the name alone: 20,000 people are some 3 MB, about 400 read units and a few
// cents for a thousand searches, with no second copy of names to keep in step.
const MembersIndex = "members"

// MemberKey is the index's attribute: one who hides the name does not have it, and so is not in the index.
const MemberKey = "member_of"

// MemberShards is how many partitions of the index share an account's people: they are read side by side, and each can
// be read six times a second by 20,000 people's account.
const MemberShards = 4

// NameItem is the clause of the name; who hides it is invisible to colleagues altogether (7.shield).
const NameItem = "4.a.1"

func memberOf(business string, shard int) string { return business + "#" + strconv.Itoa(shard) }

func memberKey(p identity.Person) string {
	h := fnv.New32a()
	h.Write([]byte(p.User))
	return memberOf(p.Business, int(h.Sum32()%MemberShards))
}

// shows keeps a person in the index while the shield that is set leaves the name to be seen.
func (u *update) shows(p identity.Person, shield any) *update {
	var hidden []string
	switch value := shield.(type) {
	case []string:
		hidden = value
	case *[]string:
		hidden = *value
	}
	if slices.Contains(hidden, NameItem) {
		return u.remove(MemberKey)
	}
	return u.set(MemberKey, memberKey(p))
}

// Shows tells whether colleagues may see an item, named by its clause (7.shield): by default the name and the customer;
// nothing at all of who hides the name.
func (u User) Shows(item string) bool {
	if u.Shield == nil {
		return item == NameItem || item == "4.d.1"
	}
	return !slices.Contains(u.Shield, NameItem) && !slices.Contains(u.Shield, item)
}

// A Member is a registration as the index knows it. The index is a moment behind: what is shown is read from the
// registration itself.
type Member struct {
	Person identity.Person
	Name   string
}

type memberRow struct {
	PK   string `dynamo:"pk"`
	Name string `dynamo:"name"`
}

// Members lists everyone in the account whose name may be found, in no order.
func (t *Tables) Members(ctx context.Context, business string) ([]Member, error) {
	shards := make([][]memberRow, MemberShards)
	numbers := make([]int, MemberShards)
	for i := range numbers {
		numbers[i] = i
	}
	err := parallel.Each(ctx, MemberShards, numbers, func(ctx context.Context, i int) error {
		return t.table(privacy.Directory).Get(MemberKey, memberOf(business, i)).Index(MembersIndex).All(ctx, &shards[i])
	})
	if err != nil {
		return nil, wrap(err)
	}
	var members []Member
	for _, row := range slices.Concat(shards...) {
		user := row.PK[strings.LastIndexByte(row.PK, '#')+1:]
		members = append(members, Member{identity.Person{Business: business, User: user}, row.Name})
	}
	return members, nil
}

// UsersNow reads registrations of one account, by their ids, with every write that was answered before; those that are
// gone are missing. 100 in one call.
func (t *Tables) UsersNow(ctx context.Context, business string, ids []string) (map[string]User, error) {
	found := map[string]User{}
	for some := range slices.Chunk(ids, 100) {
		keys := make([]dynamo.Keyed, len(some))
		for i, id := range some {
			k := userKey(identity.Person{Business: business, User: id})
			keys[i] = dynamo.Keys{k.pk, k.sk}
		}
		var raw []dynamo.Item
		err := t.table(privacy.Directory).Batch(pkName, skName).Get(keys...).Consistent(true).All(ctx, &raw)
		if err != nil && !errors.Is(err, dynamo.ErrNotFound) {
			return nil, wrap(err)
		}
		for _, item := range raw {
			var user User
			if err := dynamo.UnmarshalItem(item, &user); err != nil {
				return nil, err
			}
			pk := text(item[pkName])
			user.Person = identity.Person{Business: business, User: pk[strings.LastIndexByte(pk, '#')+1:]}
			found[user.Person.User] = user
		}
	}
	return found, nil
}

// ConfirmOfficer notes that the customer has named the person an emergency response officer, or takes it back. ErrAbsent
// as with ChangeUser.
func (t *Tables) ConfirmOfficer(ctx context.Context, p identity.Person, confirmed bool) error {
	change := t.update(userKey(p)).when("attribute_exists($)", pkName)
	if confirmed {
		change.set(officerName, true)
	} else {
		change.remove(officerName)
	}
	return absentWhenRefused(change.run(ctx))
}

const officerName = "officer_confirmed"

// officerStill takes the confirmation away with the person's own word (4.b.4), so that it does not come back by itself.
func (u *update) officerStill(value any) *update {
	if own, ok := value.(*bool); ok && own != nil && *own {
		return u
	}
	return u.remove(officerName)
}

// IsOfficer tells whether the person says to be an emergency response officer (4.b.4) and the customer confirmed it.
func (u User) IsOfficer() bool {
	return u.EmergencyOfficer != nil && *u.EmergencyOfficer && u.OfficerConfirmed
}
