package booking_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/anishathalye/porcupine"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/table"
)

// An operation is one that the test makes; its outcome is what the caller was told. A change may go to another spot.
type operation struct {
	kind, id, spot, user string
	goes                 string // the spot that a change goes to, "" where it stays
	pooled               bool   // of a reservation that all workers of its person work on
	again                bool   // made by a repetition of both days
	day                  int    // which of the days
	from, to             civil.Quarter
}

// days are those on which reservations are made: on the second by repetitions.
var days = []civil.Date{today, today.AddDays(1)}

const aDay = 96 // quarters

func (o operation) name() string { return fmt.Sprint(o.day, " ", o.id) }

// days are an operation as each of its days sees it. What makes reservations on both makes them on both or on none,
// and is refused by one.
func (o operation) days(refused civil.Date) []operation {
	if o.kind != "reserve" || !o.again {
		return []operation{o}
	}
	later := o
	later.day, later.pooled, later.from, later.to = 1, false, o.from+aDay, o.to+aDay
	switch refused {
	case days[0]:
		return []operation{o}
	case days[1]:
		return []operation{later}
	}
	return []operation{o, later}
}

// at is the sheet of a spot or a person.
func (o operation) at(whose string) string { return fmt.Sprint(o.day, " ", whose) }

// Outcomes. Gone after a lost answer says that it is so now, whoever made it so.
const (
	done    = "done"
	taken   = "taken"
	overlap = "overlap"
	quota   = "quota"
	early   = "too early"
	stays   = "checked in, so its spot and its beginning stay"
	ended   = "ended"
	gone    = "gone"
	maybe   = "gone after a lost answer"
)

const dayQuota = 8

// A held reservation in the model, of a spot or of a person.
type held struct {
	from, to civil.Quarter
	state    table.State
}

type sheet map[string]held

func (s sheet) free(id string, from, to civil.Quarter) bool {
	for other, h := range s {
		if other != id && h.state.Holds() && h.from < to && from < h.to {
			return false
		}
	}
	return true
}

func (s sheet) with(id string, h held) sheet {
	next := maps.Clone(s)
	next[id] = h
	return next
}

func (s sheet) without(id string) sheet {
	next := maps.Clone(s)
	delete(next, id)
	return next
}

// model is a sheet as if its operations came one after the other. Views are the sheets that an operation is seen on,
// and as what. Refusal says whether the sheet itself refuses, since a reservation is refused by the spot's sheet or
// by the person's.
func model(views func(operation) map[string]operation,
	refusal func(s sheet, o operation, outcome string) bool) porcupine.Model {
	return porcupine.Model{
		Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
			parts := map[string][]porcupine.Operation{}
			for _, o := range history {
				for name, seen := range views(o.Input.(operation)) {
					o.Input = seen
					parts[name] = append(parts[name], o)
				}
			}
			return slices.Collect(maps.Values(parts))
		},
		Init:  func() any { return sheet{} },
		Equal: func(a, b any) bool { return maps.Equal(a.(sheet), b.(sheet)) },
		Step: func(state, input, output any) (bool, any) {
			s, o, outcome := state.(sheet), input.(operation), output.(string)
			switch outcome {
			case taken, overlap, quota:
				return refusal(s, o, outcome), s
			case early, stays, ended, gone:
				return s.explains(o, outcome), s
			case maybe:
				if next, ok := apply(s, o); ok {
					return true, next
				}
				return true, s
			}
			next, ok := apply(s, o)
			return ok, next
		},
	}
}

// explains tells whether a reservation is so that it refuses: what arrives is not there yet, and its old sheet says
// why.
func (s sheet) explains(o operation, outcome string) bool {
	mine, there := s[o.id]
	switch {
	case o.kind == "arrive":
		return true
	case outcome == gone:
		return !there
	case outcome == ended:
		return there && !mine.state.Holds()
	case outcome == stays:
		return there && mine.state == table.CheckedIn
	case o.kind == "check in":
		return there && mine.state == table.Reserved && mine.from.Time().Sub(monday) > presence.Early
	}
	return there && mine.state == table.Reserved && mine.from.Time().After(monday) // a release
}

// apply is the operation on the sheet, and whether it is possible there. Checking in again and releasing again change
// nothing; retracting takes a check-in back, and all of what was released.
func apply(s sheet, o operation) (sheet, bool) {
	mine, there := s[o.id]
	switch o.kind {
	case "reserve", "arrive":
		return s.with(o.id, held{o.from, o.to, table.Reserved}), !there && s.free(o.id, o.from, o.to)
	case "ask":
		return s.with(o.id, held{o.from, o.to, table.Asked}), !there && s.free(o.id, o.from, o.to)
	case "approve":
		return s.with(o.id, held{mine.from, mine.to, table.Reserved}), there && mine.state == table.Asked
	case "decline", "expire":
		return s.without(o.id), there && mine.state == table.Asked
	case "offer":
		return s.with(o.id, held{o.from, o.to, table.Offered}), !there && s.free(o.id, o.from, o.to)
	case "take":
		return s.with(o.id, held{mine.from, mine.to, table.Reserved}), there && mine.state == table.Offered
	case "lapse":
		return s.without(o.id), there && mine.state == table.Offered
	case "change":
		return s.with(o.id, held{o.from, o.to, mine.state}), there && s.free(o.id, o.from, o.to) &&
			(mine.state == table.Reserved || mine.state == table.CheckedIn && o.goes == "" && o.from == mine.from)
	case "leave":
		return s.without(o.id), there && mine.state == table.Reserved
	case "cancel":
		return s.without(o.id), there && mine.state.Holds()
	case "check in":
		return s.with(o.id, held{mine.from, mine.to, table.CheckedIn}), there && mine.state.Holds()
	case "release":
		return s.with(o.id, held{mine.from, mine.to, table.Released}), there && !s.explains(o, early)
	case "retract":
		if mine.state.Holds() {
			return s.with(o.id, held{mine.from, mine.to, table.Reserved}), there
		}
		return s.without(o.id), there
	}
	return s, false
}

// A move is two operations at the same time, one on each spot.
var spotModel = model(func(o operation) map[string]operation {
	if o.goes == "" {
		return map[string]operation{o.at(o.spot): o}
	}
	leaves, arrives := o, o
	leaves.kind, arrives.kind = "leave", "arrive"
	return map[string]operation{o.at(o.spot): leaves, o.at(o.goes): arrives}
}, func(s sheet, o operation, outcome string) bool {
	return outcome != taken || o.kind == "leave" || !s.free(o.id, o.from, o.to)
})

var personModel = model(func(o operation) map[string]operation { return map[string]operation{o.at(o.user): o} },
	func(s sheet, o operation, outcome string) bool {
		return (outcome != overlap || !s.free(o.id, o.from, o.to)) && (outcome != quota || len(s) >= dayQuota)
	})

// stuck shows where a history can't be gone on with: of each sheet the end of the longest order that was found, and
// the operations that began first of those that it lacks.
func stuck(m porcupine.Model, history []porcupine.Operation, info porcupine.LinearizationInfo) string {
	const shown = 12
	var text strings.Builder
	ordered := map[porcupine.Operation]bool{}
	for i, orders := range info.PartialLinearizationsOperations() {
		longest := slices.MaxFunc(append(orders, nil),
			func(a, b []porcupine.Operation) int { return len(a) - len(b) })
		for _, o := range longest {
			ordered[o] = true
		}
		fmt.Fprintf(&text, "sheet %d: %d in order, at the end\n", i, len(longest))
		for _, o := range longest[max(0, len(longest)-shown):] {
			fmt.Fprintf(&text, "\t%+v\n", o)
		}
	}
	for _, part := range m.Partition(history) {
		lacking := slices.DeleteFunc(part, func(o porcupine.Operation) bool { return ordered[o] })
		slices.SortFunc(lacking, func(a, b porcupine.Operation) int { return int(a.Call - b.Call) })
		for _, o := range lacking[:min(shown, len(lacking))] {
			fmt.Fprintf(&text, "lacks\t%+v\n", o)
		}
	}
	return text.String()
}
