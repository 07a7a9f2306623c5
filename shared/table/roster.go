package table

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/privacy"
)

// The roster has the name of each of an account's people and what colleagues may see of them, packed: a search reads
// some 50 bytes of a person and not a registration. An entry is written in the transaction that changes what it says,
// which counts the change at its part of the roster and at the account. So a roster that was read may be a moment
// behind, at half the price: that it is not, the account shows, which is read after it and consistently.

// rosterParts is how many items share an account's roster. Writing an entry costs a unit for each KB of its part,
// twice in a transaction: 500 people are 1 KB or less in each, 10,000 some 16 KB. Each half of them has a partition of
// its own, since every search of the account's people reads both.
const rosterParts, rosterHalves = 32, 2

const (
	namePrefix  = "n#"      // a person's name
	showsPrefix = "h#"      // what they show, where they chose
	listedName  = "listed"  // of the account: the changes of all parts
	changesName = "changes" // of a part
)

func rosterKey(p identity.Person) key {
	h := fnv.New32a()
	h.Write([]byte(p.User))
	part := h.Sum32() % rosterParts
	return key{privacy.Roster, rosterPartition(p.Business, int(part%rosterHalves)),
		fmt.Sprintf("%s%02d", privacy.Roster.SortPrefix, part)}
}

func rosterPartition(business string, half int) string {
	return privacy.Roster.SortPrefix + business + "#" + strconv.Itoa(half)
}

// listIn adds to a transaction what somebody's entry says after it: the attributes that are given of their
// registration, nil for what it has no longer. The same transaction counts it at the account, see countListed.
func (t *Tables) listIn(tx *transaction, p identity.Person, of map[string]any) {
	part := t.update(rosterKey(p)).add(changesName, 1)
	if name, given := of["name"]; given {
		part.assign(namePrefix+p.User, name)
	}
	if shield, given := of["shield"]; given {
		part.assign(showsPrefix+p.User, showing(shield))
	}
	tx.Update(part)
}

// listAlong is listIn, with its count, where any of what a registration gets is in the roster.
func (t *Tables) listAlong(tx *transaction, p identity.Person, values map[string]any) {
	_, name := values["name"]
	_, shield := values["shield"]
	if name || shield {
		t.listIn(tx.Update(t.countListed(p.Business)), p, values)
	}
}

// unlistIn adds that somebody's entry goes.
func (t *Tables) unlistIn(tx *transaction, p identity.Person) {
	t.listIn(tx, p, map[string]any{"name": nil, "shield": nil})
}

// countListed counts a change of the roster at the account while that exists: a late one brings no roster back.
func (t *Tables) countListed(business string) *update {
	return t.update(accountKey(business)).add(listedName, 1).when("attribute_exists($)", pkName)
}

// What an entry says that somebody shows, each by a letter, or that they hide the name and with it everything.
const (
	showsCustomer = "c"
	showsPresence = "p"
	showsMore     = "m" // any of the rest, which their registration tells
	hidesName     = "-"
)

// showing is what the entry of somebody with a shield says, nil where it is what everybody shows by default.
func showing(shield any) any {
	hidden, chosen := texts(shield)
	if !chosen {
		return nil
	}
	if letters := lettersOf(hidden); letters != showsCustomer {
		return letters
	}
	return nil
}

// texts are those of a list, as a caller gives it or as it was stored.
func texts(list any) (all []string, is bool) {
	switch list := list.(type) {
	case []string:
		return list, list != nil
	case []any:
		all = []string{} // which hides nothing, unlike what is hidden until somebody chooses
		for _, one := range list {
			all = append(all, fmt.Sprint(one))
		}
		return all, true
	}
	return nil, false
}

// lettersOf are those of what a person shows who hides these items; nil hides what is hidden by default.
func lettersOf(hidden []string) string {
	if !shows(hidden, NameItem) {
		return hidesName
	}
	var customer, presence, more string
	for _, item := range privacy.Hideable() {
		switch {
		case item == NameItem || !shows(hidden, item):
		case item == customerItem:
			customer = showsCustomer
		case item == presenceItem:
			presence = showsPresence
		default:
			more = showsMore
		}
	}
	return customer + presence + more
}

const (
	customerItem = "4.d.1"
	presenceItem = "4.d.4"
)

// A Member is somebody of an account whose name colleagues may find, with what they show beside it (7.shield).
type Member struct {
	Person        identity.Person
	Name          string
	ShowsCustomer bool // 4.d.1
	ShowsPresence bool // 4.d.4
	ShowsMore     bool // what and whether they have it, their registration tells
}

func memberWith(p identity.Person, name, letters string) Member {
	return Member{p, name, strings.Contains(letters, showsCustomer), strings.Contains(letters, showsPresence),
		strings.Contains(letters, showsMore)}
}

// A Roster is who of an account can be found by colleagues, in no order.
type Roster struct {
	Customer string // the account's registered name (3.a)
	Members  []Member
	// Current: it is as of this moment, with every write that was answered before. Otherwise it is a moment behind,
	// and registrations tell what is shown.
	Current bool
}

// Roster reads an account's people. ErrAbsent when there is no such account. It costs a read unit, and half of one for
// each 4 KB; where something was written between its two reads it is read again, at twice as much. An account that an
// earlier release began is read from MembersIndex until MendRoster has listed its people.
func (t *Tables) Roster(ctx context.Context, business string) (Roster, error) {
	read, account, err := t.readRoster(ctx, business, false)
	if err == nil && read.changes != account.Listed {
		read, account, err = t.readRoster(ctx, business, true)
	}
	if err != nil {
		return Roster{}, err
	}
	if read.changes == account.Listed && len(read.names) == account.Users {
		return Roster{account.Name, read.members(business), true}, nil
	}
	members, err := t.indexed(ctx, business)
	return Roster{account.Name, members, false}, err
}

// A rosterRead is what stands in the parts of a roster, by person.
type rosterRead struct {
	names, shows map[string]string
	changes      int64
}

type rosterAccount struct {
	Name   string `dynamo:"legal_name"`
	Users  int    `dynamo:"users"`
	Listed int64  `dynamo:"listed"`
}

// readRoster reads the parts, and then the account, consistently: where the changes of both are as many, no part had
// one more at the moment when the account was read, and as many names as users (3.i) are all.
func (t *Tables) readRoster(ctx context.Context, business string, consistent bool) (rosterRead, rosterAccount, error) {
	var account rosterAccount
	read, err := t.readParts(ctx, business, consistent)
	if err == nil {
		err = t.get(ctx, accountKey(business), true, &account, "3.a", "3.i")
	}
	return read, account, err
}

func (t *Tables) readParts(ctx context.Context, business string, consistent bool) (rosterRead, error) {
	read := rosterRead{names: map[string]string{}, shows: map[string]string{}}
	var halves [rosterHalves][]dynamo.Item
	err := parallel.Each(ctx, rosterHalves, []int{0, 1}, func(ctx context.Context, half int) (err error) {
		halves[half], err = t.list(ctx, privacy.Directory, rosterPartition(business, half), "", consistent)
		return err
	})
	for _, part := range slices.Concat(halves[:]...) {
		read.changes += number(part[changesName])
		for attribute, value := range part {
			if user, is := strings.CutPrefix(attribute, namePrefix); is {
				read.names[user] = text(value)
			}
			if user, is := strings.CutPrefix(attribute, showsPrefix); is {
				read.shows[user] = text(value)
			}
		}
	}
	return read, err
}

func (r rosterRead) members(business string) []Member {
	var members []Member
	for user, name := range r.names {
		letters, chosen := r.shows[user]
		if !chosen {
			letters = showsCustomer
		}
		if letters != hidesName {
			members = append(members, memberWith(identity.Person{Business: business, User: user}, name, letters))
		}
	}
	return members
}

// clearRoster deletes the roster of an account whose contract has ended.
func (t *Tables) clearRoster(ctx context.Context, business string) (err error) {
	for half := range rosterHalves {
		err = errors.Join(err, t.clearPartition(ctx, privacy.Directory, rosterPartition(business, half)))
	}
	return err
}

// MendRoster lists the people of an account whom an earlier release registered, and puts right what instances of it
// did beside this one. It finds them by MembersIndex, and does nothing where that and the roster agree. It may end
// anywhere and be repeated; who changes or leaves meanwhile is left to their own change.
func (t *Tables) MendRoster(ctx context.Context, business string) error {
	read, err := t.readParts(ctx, business, true)
	if err != nil {
		return err
	}
	rows, err := t.membersIn(ctx, privacy.Directory, business)
	if err != nil {
		return err
	}
	suspects := read.differ(rows)
	users, err := t.UsersNow(ctx, business, suspects, NameItem, "7.shield")
	if err != nil {
		return err
	}
	for _, id := range suspects {
		user, registered := users[id]
		if !registered {
			user.Person = identity.Person{Business: business, User: id}
		}
		err = errors.Join(err, ignoreRefused(t.listAsRead(ctx, user, registered)))
	}
	return err
}

// differ are the ids of the members about whom the index and the roster say different things.
func (r rosterRead) differ(rows []memberRow) []string {
	var ids []string
	rest := maps.Clone(r.names)
	for _, row := range rows {
		user := personOf(row.PK).User
		name, listed := rest[user]
		delete(rest, user)
		letters, _ := showing(row.Shield).(string)
		if !listed || name != row.Name || letters != r.shows[user] {
			ids = append(ids, user)
		}
	}
	return slices.AppendSeq(ids, maps.Keys(rest))
}

// listAsRead lists a person while the registration is as read, or takes their entry away while there is none.
func (t *Tables) listAsRead(ctx context.Context, user User, registered bool) error {
	as, of := t.check(userKey(user.Person)), map[string]any{"name": nil, "shield": nil}
	switch {
	case !registered:
		as.IfNotExists()
	case user.Shield == nil:
		as.If("$ = ? AND attribute_not_exists($)", "name", user.Name, "shield")
	default:
		as.If("$ = ? AND $ = ?", "name", user.Name, "shield", user.Shield)
		of["shield"] = user.Shield
	}
	if registered {
		of["name"] = user.Name
	}
	tx := t.transaction().Check(as)
	t.listAlong(tx, user.Person, of)
	return tx.Run(ctx)
}
