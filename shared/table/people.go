package table

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A Kept is one stored item of a person, attribute by attribute as the register declares it. Keys, deadlines and what
// says nothing about the person are left out.
type Kept struct {
	Item   privacy.Item
	Suffix string         // what follows the item's own beginning in the sort key
	Values map[string]any // string, bool, json.Number, []any, map[string]any
	GoneAt time.Time      // zero: it ends with an event
}

// personStores are the stores with a partition of each person.
var personStores = []privacy.Store{privacy.Directory, privacy.Agenda}

// AllOf reads every item of a person's partition in every table, consistently. What is not declared in the register
// is an error: nothing may be left out of an overview unnoticed.
func (t *Tables) AllOf(ctx context.Context, p identity.Person) ([]Kept, error) {
	var kept []Kept
	for _, store := range personStores {
		items, err := t.list(ctx, store, PersonPartition(p), "", true)
		if err != nil {
			return nil, err
		}
		for _, raw := range items {
			one, err := keptOf(store, raw)
			if err != nil {
				return nil, err
			}
			kept = append(kept, one)
		}
	}
	if p.Business != identity.Operator {
		return kept, nil
	}
	own, err := t.staffKept(ctx, p)
	return append(kept, own...), err
}

// staffKept is the item of a member of the operator's staff, which is not in their own partition.
func (t *Tables) staffKept(ctx context.Context, p identity.Person) ([]Kept, error) {
	var raw dynamo.Item
	err := t.get(ctx, staffKey(p), true, &raw)
	if errors.Is(err, ErrAbsent) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	one, err := keptOf(privacy.Staff.Store, raw)
	return []Kept{one}, err
}

func keptOf(store privacy.Store, raw dynamo.Item) (Kept, error) {
	sortKey := text(raw[skName])
	item, ok := privacy.ItemAt(store, sortKey)
	if !ok {
		return Kept{}, fmt.Errorf("table: an item of a person in %s is not declared in the register", store)
	}
	if err := item.Undeclared(attributeNames(raw)); err != nil {
		return Kept{}, err
	}
	kept := Kept{Item: item, Suffix: strings.TrimPrefix(sortKey, item.SortPrefix), Values: map[string]any{}}
	for name, value := range raw {
		if clause, _ := item.ClauseOf(name); clause != privacy.System {
			kept.Values[name] = plain(value)
		}
	}
	if deadline, ok := plain(raw[ttlName]).(json.Number); ok {
		seconds, err := deadline.Int64()
		if err != nil {
			return Kept{}, fmt.Errorf("table: the deadline of an item of %s is not a number of seconds", item.Name)
		}
		kept.GoneAt = time.Unix(seconds, 0).UTC()
	}
	return kept, nil
}

// plain is a stored value in Go's own types, as encoding/json would decode it with numbers kept exact.
func plain(value types.AttributeValue) any {
	switch v := value.(type) {
	case *types.AttributeValueMemberS:
		return v.Value
	case *types.AttributeValueMemberN:
		return json.Number(v.Value)
	case *types.AttributeValueMemberBOOL:
		return v.Value
	case *types.AttributeValueMemberB:
		return v.Value
	case *types.AttributeValueMemberSS:
		return plainList(v.Value, func(s string) any { return s })
	case *types.AttributeValueMemberNS:
		return plainList(v.Value, func(s string) any { return json.Number(s) })
	case *types.AttributeValueMemberL:
		return plainList(v.Value, plain)
	case *types.AttributeValueMemberM:
		members := make(map[string]any, len(v.Value))
		for name, member := range v.Value {
			members[name] = plain(member)
		}
		return members
	}
	return nil
}

func plainList[T any](values []T, each func(T) any) []any {
	list := make([]any, len(values))
	for i, value := range values {
		list[i] = each(value)
	}
	return list
}

// AllDays reads all days on which a person holds something, at every location.
func (t *Tables) AllDays(ctx context.Context, p identity.Person) ([]PersonSheet, error) {
	items, err := t.list(ctx, privacy.Agenda, PersonPartition(p), privacy.PersonSheet.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	return decodeAll(items, decodePersonSheet)
}

// Customer is LegalName, with the zone of days that belong to no location.
func (t *Tables) Customer(ctx context.Context, business string) (name string, zone civil.Zone, err error) {
	var account struct {
		Name string     `dynamo:"legal_name"`
		Zone civil.Zone `dynamo:"zone"`
	}
	err = t.get(ctx, accountKey(business), false, &account, "3.a")
	return account.Name, account.Zone, err
}

// LegalName is the registered name of the customer that gives access (3.a, 4.d.1), eventually consistent; ErrAbsent
// when there is no such account.
func (t *Tables) LegalName(ctx context.Context, business string) (string, error) {
	var account struct {
		Name string `dynamo:"legal_name"`
	}
	err := t.get(ctx, accountKey(business), false, &account, "3.a")
	return account.Name, err
}
