package booking

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/iotspot/iotspot/shared/table"
)

// Wanted is what a spot must have to be of use to the caller: features by their numbers, parted by commas, and a
// capacity. It can tell of somebody's health, so it is used in the request that has it, and kept nowhere.
type Wanted struct {
	Features string `json:"features"`
	Capacity int    `json:"capacity"`
}

func (w Wanted) met(spot table.FloorSpot) bool {
	var numbers []int
	for text := range strings.SplitSeq(w.Features, ",") {
		if number, err := strconv.Atoi(text); err == nil { // the operation lets nothing else in
			numbers = append(numbers, number)
		}
	}
	return spot.Offers(numbers, w.Capacity)
}

// featureNames are what a spot has, by the customer's names. It reads nothing where it has nothing.
func (b Bookings) featureNames(ctx context.Context, business string, spot table.FloorSpot) ([]string, error) {
	if len(spot.Features) == 0 {
		return nil, nil
	}
	features, err := b.Tables.Features(ctx, business)
	var names []string
	for _, feature := range features.All {
		if slices.Contains(spot.Features, feature.ID) {
			names = append(names, feature.Name)
		}
	}
	return names, err
}

// likest orders the ids of spots by what they have of one: first those with all of it, which may be why that one was
// asked for.
func likest(of table.FloorSpot, spots map[string]table.FloorSpot, ids []string) {
	rank := func(id string) int {
		if spots[id].Offers(of.Features, of.Capacity) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(ids, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
}
