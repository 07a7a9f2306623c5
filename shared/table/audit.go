package table

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// The methods here read whole tables, past every deadline, for who looks whether anything is there that should not
// be.

// A Row is a stored item as an audit sees it: what the register says about it, and none of its values.
type Row struct {
	Name  string // the declared item's; "" where the register knows none at such a key
	Fault Fault  // "" when all of it is as declared
	Due   int64  // Unix seconds from which it should be gone; 0: it ends with an event

	key   dynamo.Keys
	store privacy.Store
	needs [][]ref // of each group one must be there, or the row is about nobody
}

// A Fault is what is wrong with a row by itself.
type Fault string

// The faults.
const (
	UnknownItem      Fault = "no such item is declared"
	UnknownAttribute Fault = "an attribute is not declared"
	WrongDeadline    Fault = "its deadline is not the declared one"
	NotIndexed       Fault = "the sweep can't find it"
)

// A Segment is a share of a table, that is read page by page. Its zero From is its beginning.
type Segment struct {
	Store    privacy.Store
	Number   int // from 0
	Segments int
	Done     bool

	from dynamo.PagingKey
}

// AuditPage reads the segment's next page, at most 1 MB, and moves it on: half a read unit for each 4 KB. The items
// are read whole, since an attribute that nobody declared can't be asked for by name; a projection would cost the
// same.
func (t *Tables) AuditPage(ctx context.Context, s *Segment) ([]Row, error) {
	var raw []dynamo.Item
	next, err := t.table(s.Store).Scan().Segment(s.Number,
		s.Segments).RequestLimit(1).StartFrom(s.from).AllWithLastEvaluatedKey(ctx, &raw)
	if err != nil {
		return nil, wrap(err)
	}
	s.from, s.Done = next, next == nil
	return t.rows(s.Store, raw), nil
}

// AuditAgain reads rows of one store again, consistently, and leaves out those that are gone.
func (t *Tables) AuditAgain(ctx context.Context, rows []Row) ([]Row, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	keys := make([]dynamo.Keys, len(rows))
	for i, row := range rows {
		keys[i] = row.key
	}
	raw, err := batch(ctx, t, rows[0].store, true, keys)
	return t.rows(rows[0].store, raw), err
}

// Orphans are those of the rows that are about a person, business account or location that is not there and of which
// no removal is under way. Half a read unit for each person, account and location on a page; a second look at those
// that seem absent is consistent.
func (t *Tables) Orphans(ctx context.Context, rows []Row) ([]Row, error) {
	first := map[ref]bool{}
	for _, row := range rows {
		for _, group := range row.needs {
			first[group[0]] = false
		}
	}
	if err := t.present(ctx, first, false); err != nil {
		return nil, err
	}
	all := map[ref]bool{}
	var suspects []Row
	for _, row := range rows {
		if slices.ContainsFunc(row.needs, func(group []ref) bool { return !first[group[0]] }) {
			suspects = append(suspects, row)
			for _, needed := range slices.Concat(row.needs...) {
				all[needed] = false
			}
		}
	}
	if err := t.present(ctx, all, true); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(suspects, func(row Row) bool {
		return !slices.ContainsFunc(row.needs, func(group []ref) bool {
			return !slices.ContainsFunc(group, func(needed ref) bool { return all[needed] })
		})
	}), nil
}

// Strays are the persons about whom the agenda holds something though they are in no directory, in order: they
// registered after the moment that a restore went back to. It reads the whole agenda, so no function calls it.
func (t *Tables) Strays(ctx context.Context) ([]identity.Person, error) {
	found := map[string]bool{}
	for agenda := (Segment{Store: privacy.Agenda, Segments: 1}); !agenda.Done; {
		rows, err := t.AuditPage(ctx, &agenda)
		if err != nil {
			return nil, err
		}
		orphans, err := t.Orphans(ctx, rows)
		if err != nil {
			return nil, err
		}
		for _, row := range orphans {
			if pk, _ := row.key[0].(string); strings.Contains(pk, personMark) {
				found[pk] = true
			}
		}
	}
	var strays []identity.Person
	for _, pk := range slices.Sorted(maps.Keys(found)) {
		strays = append(strays, personOf(pk))
	}
	return strays, nil
}

// A ref is where an item would be.
type ref struct {
	store  privacy.Store
	pk, sk string
}

func refs(keys ...key) []ref {
	all := make([]ref, len(keys))
	for i, k := range keys {
		all[i] = ref{k.item.Store, k.pk, k.sk}
	}
	return all
}

// present sets those of the keys that are in the tables.
func (t *Tables) present(ctx context.Context, keys map[ref]bool, consistent bool) error {
	byStore := map[privacy.Store][]dynamo.Keys{}
	for k := range keys {
		byStore[k.store] = append(byStore[k.store], dynamo.Keys{k.pk, k.sk})
	}
	for store, all := range byStore {
		raw, err := batch(ctx, t, store, consistent, all, pkName, skName)
		if err != nil {
			return err
		}
		for _, item := range raw {
			keys[ref{store, text(item[pkName]), text(item[skName])}] = true
		}
	}
	return nil
}

func (t *Tables) rows(store privacy.Store, raw []dynamo.Item) []Row {
	rows := make([]Row, len(raw))
	for i, item := range raw {
		rows[i] = t.row(store, item)
	}
	return rows
}

func (t *Tables) row(store privacy.Store, raw dynamo.Item) Row {
	pk, sk := text(raw[pkName]), text(raw[skName])
	row := Row{store: store, key: dynamo.Keys{pk, sk}, Due: number(raw[ttlName])}
	item, ok := privacy.ItemAt(store, sk)
	if !ok || !strings.HasSuffix(item.SortPrefix, "#") && sk != item.SortPrefix {
		row.Fault = UnknownItem
		return row
	}
	row.Name, row.needs = item.Name, needs(item, pk, sk, raw)
	switch {
	case item.Undeclared(attributeNames(raw)) != nil:
		row.Fault = UnknownAttribute
	case !t.asDeclared(item, pk, sk, raw):
		row.Fault = WrongDeadline
	case text(raw[expiryName]) != indexed(key{item, pk, sk}, row.Due):
		row.Fault = NotIndexed
	}
	if item.Within > 0 {
		row.Due = number(raw["asked_at"]) + int64(item.Within/time.Second)
	}
	return row
}

// indexed is what the item's attribute in the expiry index must be.
func indexed(k key, deadline int64) string {
	if !k.item.Swept {
		return ""
	}
	return k.bucket(deadline)
}

// needs are what an item is about, as the register says or as follows from the partition.
func needs(item privacy.Item, pk, sk string, raw dynamo.Item) (all [][]ref) {
	business := func(id string) { all = append(all, refs(accountKey(id), contractKey(id))) }
	location := func(business, id string) { all = append(all, refs(openDaysKey(id), contractKey(business))) }
	person := func(p identity.Person) {
		if p.Business == identity.Operator {
			all = append(all, refs(staffKey(p)))
			return
		}
		all = append(all, refs(userKey(p), guestKey(p), jobKey(p), contractKey(p.Business)))
	}
	parts := strings.Split(pk, "#")
	switch {
	case item.About == privacy.AboutNobody:
		return nil
	case item.About == privacy.AboutAccount:
		business(parts[0])
	case item.About == privacy.AboutDay:
		business(parts[0])
		location(parts[0], parts[1])
		for _, user := range usersOn(item, sk, raw) {
			person(identity.Person{Business: parts[0], User: user})
		}
	case len(parts) == 3 && parts[1] == "u":
		person(identity.Person{Business: parts[0], User: parts[2]})
	case len(parts) == 2 && parts[0] == "b":
		business(parts[1])
		if of := text(raw["location"]); of != "" {
			location(parts[1], of)
		}
	case item.Name == privacy.Roster.Name:
		business(parts[1])
		for name := range raw {
			if user, listed := strings.CutPrefix(name, namePrefix); listed {
				person(identity.Person{Business: parts[1], User: user})
			}
		}
	case text(raw["business"]) != "":
		business(text(raw["business"]))
		if user := text(raw["user"]); user != "" {
			person(identity.Person{Business: text(raw["business"]), User: user})
		}
	}
	return all
}

// usersOn are the persons on an item of a location's day: those of its reservations, or whose it is.
func usersOn(item privacy.Item, sk string, raw dynamo.Item) []string {
	if _, held := item.Attributes[reservationPrefix+"*"]; !held {
		return []string{strings.TrimPrefix(sk, item.SortPrefix)}
	}
	var users []string
	for name, value := range raw {
		if held, ok := value.(*types.AttributeValueMemberM); ok && strings.HasPrefix(name, reservationPrefix) {
			users = append(users, text(held.Value[userMember]))
		}
	}
	return users
}
