package rules

import (
	"fmt"
	"slices"

	"github.com/iotspot/iotspot/shared/civil"
)

// A Fault is what is wrong with a part of rules, and what would be right.
type Fault struct{ Pointer, Detail, Accepted string }

// Wrong is the first thing in rules that can't be meant, or nil. What a schema can say is not looked at again.
func (r Rules) Wrong() *Fault {
	if fault := r.Week.wrong("/week"); fault != nil {
		return fault
	}
	for i, closure := range r.Closures {
		if fault := closure.wrong(fmt.Sprintf("/closures/%d", i)); fault != nil {
			return fault
		}
	}
	for i, limits := range r.Limits {
		pointer := fmt.Sprintf("/limits/%d", i)
		if fault := limits.wrong(pointer); fault != nil {
			return fault
		}
		if slices.ContainsFunc(r.Limits[:i], func(l Limits) bool { return l.For == limits.For }) {
			return &Fault{pointer + "/for", "is there twice", "each kind once"}
		}
	}
	for i, approval := range r.Approvals {
		pointer := fmt.Sprintf("/approvals/%d", i)
		if approval.Floor == "" && (approval.Zone != "" || approval.Spot != "") {
			return &Fault{pointer + "/floor", "is missing", "the id of one of its floors"}
		}
		same := func(a Approval) bool { a.Group = approval.Group; return a == approval }
		if slices.ContainsFunc(r.Approvals[:i], same) {
			return &Fault{pointer, "is there twice", "each kind once"}
		}
	}
	for i, preset := range r.Presets {
		pointer := fmt.Sprintf("/presets/%d", i)
		if (preset.Kind == "own") != (preset.Name != "") {
			return &Fault{pointer + "/name", "is for an own preset, which has one", "a name where kind is own"}
		}
		if preset.To <= preset.From {
			return &Fault{pointer + "/to", "is not after from", "a later time of the day, up to 24:00"}
		}
	}
	return nil
}

func (c Closure) wrong(pointer string) *Fault {
	for _, of := range []struct {
		pointer string
		date    civil.Date
	}{{"/from", c.From}, {"/until", c.Until}} {
		if _, err := civil.ParseDate(string(of.date)); err != nil {
			return &Fault{pointer + of.pointer, "is not a date of the calendar", "YYYY-MM-DD"}
		}
	}
	if c.Until < c.From || c.From.DaysUntil(c.Until) > 366 {
		return &Fault{pointer + "/until", "is before from, or more than a year after it", "a date from it on"}
	}
	if c.Part != nil && c.Part.To != civil.StartOfDay && c.Part.To <= c.Part.From {
		return &Fault{pointer + "/part/to", "is not after from", "a later time of the day, up to 24:00"}
	}
	return nil
}

func (l Limits) wrong(pointer string) *Fault {
	for _, of := range []struct {
		name    string
		minutes int
	}{{"shortest_minutes", l.ShortestMinutes}, {"longest_minutes", l.LongestMinutes},
		{"before_minutes", l.BeforeMinutes},
		{"after_minutes", l.AfterMinutes}} {
		if of.minutes%15 != 0 {
			return &Fault{pointer + "/" + of.name, "is not a whole number of quarters of an hour", "15, 30, 45 …"}
		}
	}
	if l.LongestMinutes > 0 && l.LongestMinutes < l.ShortestMinutes {
		return &Fault{pointer + "/longest_minutes", "is less than the shortest", "as much or more"}
	}
	return l.Week.wrong(pointer + "/week")
}

// wrong finds stretches of one day that are empty or touch each other.
func (w Week) wrong(pointer string) *Fault {
	for _, name := range Weekdays {
		for i, stretch := range w[name] {
			here := fmt.Sprintf("%s/%s/%d", pointer, name, i)
			switch {
			case stretch.From == stretch.To || stretch.From == civil.EndOfDay:
				return &Fault{here, "is empty", "hours that end at another time than they begin; all day is 00:00 " +
					"to 24:00"}
			case i > 0 && (w[name][i-1].OverMidnight() || stretch.From <= w[name][i-1].To):
				return &Fault{here, "does not come after the one before it",
					"hours in their order, apart from each other"}
			}
		}
	}
	return nil
}
