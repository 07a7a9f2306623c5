package building

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/spelling"
	"github.com/iotspot/iotspot/shared/table"
)

// Features are what a customer's spots can have, in the order that the customer gave them.
type Features struct {
	Features []table.Feature `json:"features"`
}

func featuresView(f table.Features) Features {
	return Features{Features: append([]table.Feature{}, f.All...)}
}

// Features lists the customer's.
func (b Building) Features(ctx context.Context, caller identity.Caller, _ struct{}) (Features, error) {
	features, err := b.Tables.Features(ctx, caller.Business)
	return featuresView(features), err
}

// SetFeatures replaces the list. One with its number is renamed, one without a number is new, unless it is called as
// one that is there; so the same list again changes nothing. What is left out is no feature of any spot any more.
func (b Building) SetFeatures(ctx context.Context, caller identity.Caller, in Features) (Features, error) {
	return table.RetryFor(func() (Features, error) {
		before, err := b.Tables.Features(ctx, caller.Business)
		if err != nil {
			return Features{}, err
		}
		after, err := listed(before, in.Features)
		if err != nil || reflect.DeepEqual(before, after) {
			return featuresView(after), err
		}
		return featuresView(after), b.Tables.SetFeatures(ctx, caller.Business, after)
	})
}

// between parts the names of features in a cell of an import.
const between = "|"

// listed is the list that is wanted, with a number for each, or says what is wrong with it.
func listed(before table.Features, wanted []table.Feature) (table.Features, error) {
	after := before
	after.All = nil
	for i, feature := range wanted {
		feature.Name = clean(feature.Name)
		pointer := fmt.Sprintf("/features/%d", i)
		switch {
		case strings.Contains(feature.Name, between):
			return before, problem.Impossible(pointer+"/name", "holds a |, which parts names in a file",
				"a name without one")
		case called(after.All, feature.Name) != 0:
			return before, problem.Impossible(pointer+"/name", "is there twice", "each name once")
		case feature.ID != 0 && !before.Has(feature.ID):
			return before, problem.Impossible(pointer+"/id", "is not that of one of your features",
				"the number of one of your features, or none for a new one")
		case feature.ID == 0:
			feature.ID = called(before.All, feature.Name)
		}
		if feature.ID == 0 {
			after.Last++
			feature.ID = after.Last
		}
		if after.Has(feature.ID) {
			return before, problem.Impossible(pointer+"/id", "is there twice", "each number once")
		}
		after.All = append(after.All, feature)
	}
	return after, nil
}

// called is the number of the feature of a name; 0 for none.
func called(all []table.Feature, name string) int {
	for _, feature := range all {
		if spelling.Same(feature.Name, name) {
			return feature.ID
		}
	}
	return 0
}

// namesOf are those of the customer's features, as a cell of an import has them.
func namesOf(features table.Features) string {
	names := make([]string, len(features.All))
	for i, feature := range features.All {
		names[i] = feature.Name
	}
	return strings.Join(names, " "+between+" ")
}

// inOrder are the numbers of features in order, each once.
func inOrder(numbers []int) []int {
	ordered := slices.Clone(numbers)
	slices.Sort(ordered)
	return slices.Compact(ordered)
}

// known refuses numbers that are of no feature of the customer's. It reads nothing where a spot comes to have none.
func (b Building) known(ctx context.Context, business string, old, numbers []int) error {
	if len(numbers) == 0 || slices.Equal(old, numbers) {
		return nil
	}
	features, err := b.Tables.Features(ctx, business)
	if err != nil {
		return err
	}
	for _, number := range numbers {
		if !features.Has(number) && !slices.Contains(old, number) {
			return problem.Impossible("/features", "names one that is not among your features",
				"the numbers of your features")
		}
	}
	return nil
}
