package privacy

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Store is where items live; each has one backup regime.
type Store string

// The stores. The directory has point-in-time recovery with a window of one day, the agenda none, insight holds
// nothing about persons, and photos keep versions until they are erased.
const (
	Directory Store = "directory"
	Agenda    Store = "agenda"
	Insight   Store = "insight"
	Photos    Store = "photos"
	Received  Store = "received-mail"
)

// System marks an attribute that says nothing about a person: keys, deadlines, counters of the machinery.
const System Clause = "-"

// An Item declares a shape in a store: which kind each attribute belongs to. An attribute name that ends in * stands
// for all names with that beginning. The sort key's beginning tells the items of a person's partition apart.
type Item struct {
	Name       string
	Store      Store
	SortPrefix string // how the sort key begins; unique within the store
	Rule       Rule   // when the whole item goes
	Swept      bool   // found at its deadline through the expiry index; otherwise by closing a day or by an event
	Attributes map[string]Clause

	About About // what must still exist, or an audit reports the item as orphaned

	// Since names the attributes with the instant from which the rule counts, of which the first that is there does,
	// and Date tells where the date stands from which it counts. With neither an audit knows only that no deadline is
	// later than the rule's from now on.
	Since []string
	Date  DateIn

	// Within is how long after its asked_at an audit finds it overdue, of what ends with an event that was promised.
	Within time.Duration
}

// An About says what an item is about, which has to be there as long as the item is.
type About int

// What items are about.
const (
	// AboutPartition: the person of its partition, or the business account and the location that the item names. In
	// other partitions it is the business account and the person that it names. What is declared without a word on
	// this is looked at so too.
	AboutPartition About = iota
	AboutAccount         // its partition's business account, since it is the person or says nothing of one
	AboutDay             // its partition's location, and the persons who are on it
	AboutNobody          // somebody who is not registered yet, or an account, which is there by itself
)

// A DateIn is where a date stands in an item: an attribute, which is a date or a reservation's id, or a key.
type DateIn string

// The keys; any other is an attribute's name.
const (
	DateInPartition DateIn = "at the partition key's end"
	DateInSortKey   DateIn = "at the sort key's beginning"
)

// Promised is within what time an erasure that was confirmed, or the end of a contract, is complete.
const Promised = 60 * time.Second

// A Stamped item is one that may be written: its shape is declared and its deadline set.
type Stamped struct {
	item     Item
	value    any
	deadline Deadline
}

// Stamp readies a value for writing under the item's rule. The deadline must come from that same rule, which is a
// programmer's mistake otherwise and panics.
func (i Item) Stamp(value any, deadline Deadline) Stamped {
	if deadline.rule != i.Rule {
		panic(fmt.Sprintf("privacy: %s is kept %q, not %q", i.Name, i.Rule.EN, deadline.rule.EN))
	}
	return Stamped{item: i, value: value, deadline: deadline}
}

// Item is the declaration that the value was stamped with.
func (s Stamped) Item() Item { return s.item }

// Value is what was stamped.
func (s Stamped) Value() any { return s.value }

// Deadline is when it will be gone.
func (s Stamped) Deadline() Deadline { return s.deadline }

// ClauseOf tells which clause an attribute belongs to, and whether it is declared at all.
func (i Item) ClauseOf(attribute string) (Clause, bool) {
	if clause, ok := keyAttributes[attribute]; ok {
		return clause, true
	}
	if clause, ok := i.Attributes[attribute]; ok {
		return clause, true
	}
	for name, clause := range i.Attributes {
		if prefix, open := strings.CutSuffix(name, "*"); open && strings.HasPrefix(attribute, prefix) {
			return clause, true
		}
	}
	return "", false
}

// AttributesOf names the attributes that hold these kinds, and the keys and the deadline.
func (i Item) AttributesOf(kinds ...Clause) []string {
	var names []string
	for _, attributes := range []map[string]Clause{keyAttributes, i.Attributes} {
		for name, clause := range attributes {
			if clause == System || slices.Contains(kinds, clause) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// keyAttributes are on items of every kind.
var keyAttributes = map[string]Clause{"pk": System, "sk": System, "ttl": System, "expiry": System}

// Undeclared is the error for an attribute that the register does not know.
func (i Item) Undeclared(attributes []string) error {
	for _, attribute := range attributes {
		if _, ok := i.ClauseOf(attribute); !ok {
			return fmt.Errorf("privacy: item %s has no declared attribute %q", i.Name, attribute)
		}
	}
	return nil
}

// ItemAt finds the declaration of a stored item by its store and sort key.
func ItemAt(store Store, sortKey string) (Item, bool) {
	for _, item := range Items {
		if item.Store == store && strings.HasPrefix(sortKey, item.SortPrefix) {
			return item, true
		}
	}
	return Item{}, false
}
