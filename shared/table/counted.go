package table

import (
	"maps"
	"slices"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
)

// Counted are a person's days at one location as they were read to count what is on them, those included on which
// there is nothing.
type Counted []PersonSheet

// With adds days that are not among them yet.
func (c Counted) With(more Counted) Counted {
	for _, sheet := range more {
		if !slices.ContainsFunc(c, func(s PersonSheet) bool { return s.Day == sheet.Day }) {
			c = append(c, sheet)
		}
	}
	return c
}

// Fits tells whether one transaction can hold bookings and the days that are counted beside theirs.
func (c Counted) Fits(bookings ...Booking) bool {
	actions := 1 + 2*len(byDay(bookings)) // one for the person
	if first := bookings[0]; first.Asking != nil || first.Calendar {
		actions++ // what asks for approval, or the mail for the calendar
	}
	for _, sheet := range c {
		if onDay(sheet.Day, bookings) == 0 {
			actions++
		}
	}
	return actions <= MaxActions
}

// countedPart is the name of the parts of a transaction that hold days to that.
const countedPart = "counted"

// still is the condition that a day is as it was counted.
func (s PersonSheet) still() (condition string, args []any) {
	if s.Count == 0 {
		return "attribute_not_exists($)", []any{countName}
	}
	condition, args = "$ = ?", []any{countName, s.Count}
	for _, id := range slices.Sorted(maps.Keys(s.Commitments)) {
		condition += " AND $ = ?"
		args = append(args, reservationPrefix+id, s.Commitments[id])
	}
	return condition, args
}

// on makes it a condition of a change of a day's sheet.
func (c Counted) on(u *update, day civil.Date) {
	for _, sheet := range c {
		if sheet.Day == day {
			condition, args := sheet.still()
			u.when(condition, args...)
		}
	}
}

// checkCounted makes it a condition of a transaction for the days that it doesn't change itself.
func (t *Tables) checkCounted(tx *transaction, p identity.Person, counted Counted, changed ...Booking) {
	for _, sheet := range counted {
		if onDay(sheet.Day, changed) > 0 {
			continue
		}
		condition, args := sheet.still()
		tx.Check(t.check(personSheetKey(p, sheet.Day, sheet.Location)).If(condition, args...)).as(countedPart)
	}
}
