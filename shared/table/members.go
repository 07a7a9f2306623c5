package table

import (
	"context"
	"errors"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/privacy"
)

// MembersIndex lists everybody of a business account: in the directory each registration, in the agenda each guest
// and each registration that waits for its code. Its key is the account's id and a shard, nothing of a person. In the
// directory it projects the name and what is hidden, from which an account is searched whose roster is not whole: some
// 150 bytes of each person. In the agenda it has the keys alone.
const MembersIndex = "members"

// MemberKey is the index's attribute.
const MemberKey = "member_of"

// MemberShards is how many partitions of the index share an account's people: they are read side by side, and each
// can be read six times a second by 20,000 people's account.
const MemberShards = 4

// NameItem is the clause of the name; who hides it is invisible to colleagues altogether (7.shield).
const NameItem = "4.a.1"

func memberOf(business string, shard int) string { return business + "#" + strconv.Itoa(shard) }

// MemberOf is where the index lists a person: it follows from their id and never changes.
func MemberOf(p identity.Person) string {
	h := fnv.New32a()
	h.Write([]byte(p.User))
	return memberOf(p.Business, int(h.Sum32()%MemberShards))
}

// Shows tells whether colleagues may see an item, named by its clause (7.shield): by default the name and the
// customer; nothing at all of a person who hides the name.
func (u User) Shows(item privacy.Clause) bool { return shows(u.Shield, item) }

func shows(shield []string, item privacy.Clause) bool {
	if shield == nil {
		return privacy.ShownByDefault(item)
	}
	return !slices.Contains(shield, NameItem) && !slices.Contains(shield, string(item))
}

// ShownName is somebody's name as colleagues see it: "" where they hide it, or have gone.
func (t *Tables) ShownName(ctx context.Context, p identity.Person) (string, error) {
	user, err := t.User(ctx, p, NameItem, "7.shield")
	if errors.Is(err, ErrAbsent) || err == nil && !user.Shows(NameItem) {
		return "", nil
	}
	return user.Name, err
}

type memberRow struct {
	PK     string   `dynamo:"pk"`
	Name   string   `dynamo:"name"`
	Shield []string `dynamo:"shield"`
}

// indexed are those of the account whose name might be found a moment ago, as the index has them.
func (t *Tables) indexed(ctx context.Context, business string) ([]Member, error) {
	rows, err := t.membersIn(ctx, privacy.Directory, business)
	var members []Member
	for _, row := range rows {
		if !slices.Contains(row.Shield, NameItem) {
			members = append(members, memberWith(personOf(row.PK), row.Name, lettersOf(row.Shield)))
		}
	}
	return members, err
}

// Registered lists everyone in the account, also who hides the name, in no order. Like every index it may miss who
// came a moment ago; the account's number of users (3.i) misses nobody.
func (t *Tables) Registered(ctx context.Context, business string) ([]identity.Person, error) {
	return t.people(ctx, privacy.Directory, business)
}

// Visiting lists the account's guests, and who asked to register and has not confirmed it, in no order. It may miss
// who came a moment ago, and list who has gone.
func (t *Tables) Visiting(ctx context.Context, business string) ([]identity.Person, error) {
	return t.people(ctx, privacy.Agenda, business)
}

func (t *Tables) people(ctx context.Context, store privacy.Store, business string) ([]identity.Person, error) {
	rows, err := t.membersIn(ctx, store, business)
	people := make([]identity.Person, len(rows))
	for i, row := range rows {
		people[i] = personOf(row.PK)
	}
	return people, err
}

func (t *Tables) membersIn(ctx context.Context, store privacy.Store, business string) ([]memberRow, error) {
	shards := make([][]memberRow, MemberShards)
	numbers := make([]int, MemberShards)
	for i := range numbers {
		numbers[i] = i
	}
	err := parallel.Each(ctx, MemberShards, numbers, func(ctx context.Context, i int) error {
		return t.table(store).Get(MemberKey, memberOf(business, i)).Index(MembersIndex).All(ctx, &shards[i])
	})
	return slices.Concat(shards...), wrap(err)
}

// personOf is whose partition a key names.
func personOf(pk string) identity.Person {
	business, user, _ := strings.Cut(pk, personMark)
	return identity.Person{Business: business, User: user}
}

// UsersNow reads registrations of one account, by their ids, with every write that was answered before, of them the
// kinds that are named, or without any the whole; those that are gone are missing.
func (t *Tables) UsersNow(ctx context.Context, business string, ids []string,
	kinds ...privacy.Clause) (map[string]User, error) {
	keys := make([]key, len(ids))
	for i, id := range ids {
		keys[i] = userKey(identity.Person{Business: business, User: id})
	}
	raw, err := batch(ctx, t, privacy.Directory, true, keys, projection(privacy.User, kinds)...)
	found := map[string]User{}
	for _, item := range raw {
		user, fault := filled(item, User{Person: personOf(text(item[pkName]))})
		found[user.Person.User], err = user, errors.Join(err, fault)
	}
	return found, err
}

// ConfirmOfficer notes that the customer has named the person an emergency response officer, or takes it back.
// ErrAbsent as with ChangeUser.
func (t *Tables) ConfirmOfficer(ctx context.Context, p identity.Person, confirmed bool) error {
	if !confirmed {
		return t.correct(ctx, p, map[string]any{officerName: nil})
	}
	return t.correct(ctx, p, map[string]any{officerName: true})
}

const officerName = "officer_confirmed"

// IsOfficer tells whether the person says to be an emergency response officer (4.b.4) and the customer confirmed it.
func (u User) IsOfficer() bool {
	return u.EmergencyOfficer != nil && *u.EmergencyOfficer && u.OfficerConfirmed
}
