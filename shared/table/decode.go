package table

import (
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
)

// The shapes of which a floor or its day has hundreds are decoded here by hand: reflection took more of a request's
// processor than all else. What has a member that isn't taken here, or one of another type, is left to reflection.

// A reader takes members out of an attribute that is a map.
type reader struct {
	value   types.AttributeValue
	members map[string]types.AttributeValue
	taken   int
}

func read(value types.AttributeValue) *reader {
	r := &reader{value: value}
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

func (r *reader) whole(name string) int64 {
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

// all is what was taken, where that was everything.
func all[T any](r *reader, taken T) (T, error) {
	if r.members != nil && r.taken == len(r.members) {
		return taken, nil
	}
	return reflected[T](r.value)
}

func reflected[T any](value types.AttributeValue) (one T, err error) {
	err = dynamo.Unmarshal(value, &one)
	return one, err
}

func decodeHolding(value types.AttributeValue) (Holding, error) {
	r := read(value)
	return all(r, Holding{User: r.text("u"), From: civil.Quarter(r.whole("f")), To: civil.Quarter(r.whole("t")),
		State: State(r.text("s")), CheckedInAt: r.whole("i"), EndedAt: r.whole("e"), WalkUp: r.is("w"),
		BookedAt: r.whole("b"), ByHand: r.is("h"), AskedAt: r.whole("g"), ComingAt: r.whole("c"),
		Question: r.text("k"), Until: r.whole("x")})
}

func decodeOccupancy(value types.AttributeValue) (Occupancy, error) {
	r := read(value)
	return all(r, Occupancy{Occupied: r.is("o"), Since: r.whole("s"), Heard: r.whole("h"), Every: r.whole("e"),
		Counter: r.whole("n")})
}

func decodeCommitment(value types.AttributeValue) (Commitment, error) {
	r := read(value)
	return all(r, Commitment{Floor: r.text("l"), Spot: r.text("p"), Name: r.text("m"),
		From: civil.Quarter(r.whole("f")), To: civil.Quarter(r.whole("t")), State: State(r.text("s")),
		Workplace: r.is("w"), Until: r.whole("x")})
}

func decodeFloorSpot(value types.AttributeValue) (FloorSpot, error) {
	r := read(value)
	return all(r, FloorSpot{Name: r.text("name"), Category: Category(r.text("category")), Type: r.text("type"),
		Zone: r.text("zone"), X: r.number("x"), Y: r.number("y"), Sensors: r.texts("sensors"),
		ZoneBefore: r.text("zone_before"), ZoneSince: civil.Date(r.text("zone_since")),
		Capacity: int(r.whole("capacity")), Features: r.numbers("features"),
		Assigned: r.text("assigned")})
}
