package table

import (
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
)

// The shapes that come by the hundred, for a floor or its day, are decoded here by hand: reflection took more of a
// request's processor than all else. What has a member that isn't taken here, or one of another type, is left to
// reflection.

// A reader takes members out of an attribute that is a map.
type reader struct {
	members map[string]types.AttributeValue
	taken   int
}

func read(value types.AttributeValue) *reader {
	r := &reader{}
	if m, ok := value.(*types.AttributeValueMemberM); ok {
		r.members = m.Value
	}
	return r
}

func (r *reader) text(name string) string {
	s, ok := r.members[name].(*types.AttributeValueMemberS)
	if !ok {
		return ""
	}
	r.taken++
	return s.Value
}

func (r *reader) integer(name string) int64 {
	n, ok := r.members[name].(*types.AttributeValueMemberN)
	if !ok {
		return 0
	}
	number, err := strconv.ParseInt(n.Value, 10, 64)
	if err == nil {
		r.taken++
	}
	return number
}

func (r *reader) quarter(name string) civil.Quarter { return civil.Quarter(r.integer(name)) }

func (r *reader) number(name string) float64 {
	n, ok := r.members[name].(*types.AttributeValueMemberN)
	if !ok {
		return 0
	}
	number, err := strconv.ParseFloat(n.Value, 64)
	if err == nil {
		r.taken++
	}
	return number
}

func (r *reader) is(name string) bool {
	b, ok := r.members[name].(*types.AttributeValueMemberBOOL)
	if !ok {
		return false
	}
	r.taken++
	return b.Value
}

func (r *reader) texts(name string) []string {
	set, ok := r.members[name].(*types.AttributeValueMemberSS)
	if !ok {
		return nil
	}
	r.taken++
	return set.Value
}

// numbers are those of a set, in order.
func (r *reader) numbers(name string) []int {
	set, ok := r.members[name].(*types.AttributeValueMemberNS)
	if !ok {
		return nil
	}
	numbers := make([]int, len(set.Value))
	for i, text := range set.Value {
		number, err := strconv.Atoi(text)
		if err != nil {
			return nil
		}
		numbers[i] = number
	}
	slices.Sort(numbers)
	r.taken++
	return numbers
}

// byHand is how a shape is decoded whose members take names: where that were not all, by reflection.
func byHand[T any](take func(*reader) T) func(types.AttributeValue) (T, error) {
	return func(value types.AttributeValue) (T, error) {
		r := read(value)
		if taken := take(r); r.whole() {
			return taken, nil
		}
		return reflected[T](value)
	}
}

// whole tells that the attribute was a map, and that each member of it was taken.
func (r *reader) whole() bool { return r.members != nil && r.taken == len(r.members) }

func reflected[T any](value types.AttributeValue) (one T, err error) {
	err = dynamo.Unmarshal(value, &one)
	return one, err
}

var (
	decodeHolding    = byHand(takeHolding)
	decodeOccupancy  = byHand(takeOccupancy)
	decodeCommitment = byHand(takeCommitment)
	decodeFloorSpot  = byHand(takeFloorSpot)
)

// The members of what is on a sheet, as they are written: a letter each, since every one is paid for by its length.
// Those of a Holding and of a Commitment with one name mean the same.
const (
	userMember      = "u"
	floorMember     = "l"
	spotMember      = "p"
	nameMember      = "m"
	typeMember      = "y"
	fromMember      = "f"
	toMember        = "t"
	keptFromMember  = "kf"
	keptToMember    = "kt"
	stateMember     = "s"
	workplaceMember = "w"
	walkUpMember    = "w"
	bookedMember    = "b"
	checkedInMember = "i"
	byHandMember    = "h"
	endedMember     = "e"
	changesMember   = "q"
	byMember        = "a"
	calendarMember  = "v"
	askingMember    = "j"
	untilMember     = "x"

	// Of an Occupancy.
	occupiedMember = "o"
	sinceMember    = "s"
	heardMember    = "h"
	everyMember    = "e"
	counterMember  = "n"
)

func takeHolding(r *reader) Holding {
	return Holding{
		User: r.text(userMember), From: r.quarter(fromMember), To: r.quarter(toMember),
		KeptFrom: r.quarter(keptFromMember), KeptTo: r.quarter(keptToMember),
		State: State(r.text(stateMember)), Until: r.integer(untilMember), BookedAt: r.integer(bookedMember),
		CheckedInAt: r.integer(checkedInMember), WalkUp: r.is(walkUpMember), ByHand: r.is(byHandMember),
		EndedAt: r.integer(endedMember), AskedAt: r.integer(askedMember), ComingAt: r.integer(comingMember),
		Question: r.text(questionMember), Calendar: r.is(calendarMember),
	}
}

func takeOccupancy(r *reader) Occupancy {
	return Occupancy{
		Occupied: r.is(occupiedMember), Since: r.integer(sinceMember), Heard: r.integer(heardMember),
		Every: r.integer(everyMember), Counter: r.integer(counterMember),
	}
}

func takeCommitment(r *reader) Commitment {
	return Commitment{
		Floor: r.text(floorMember), Spot: r.text(spotMember), Name: r.text(nameMember), Type: r.text(typeMember),
		Workplace: r.is(workplaceMember), From: r.quarter(fromMember), To: r.quarter(toMember),
		KeptFrom: r.quarter(keptFromMember), KeptTo: r.quarter(keptToMember),
		State: State(r.text(stateMember)), Until: r.integer(untilMember), Changes: int(r.integer(changesMember)),
		By: r.text(byMember), Calendar: r.is(calendarMember), Asking: r.text(askingMember),
	}
}

func takeFloorSpot(r *reader) FloorSpot {
	return FloorSpot{Name: r.text("name"), Category: Category(r.text("category")), Type: r.text("type"),
		Zone: r.text("zone"), X: r.number("x"), Y: r.number("y"), Sensors: r.texts("sensors"),
		ZoneBefore: r.text("zone_before"), ZoneSince: civil.Date(r.text("zone_since")),
		Capacity: int(r.integer("capacity")), Features: r.numbers("features"), Assigned: r.text("assigned")}
}
