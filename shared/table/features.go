package table

import (
	"context"
	"errors"
	"slices"

	"github.com/iotspot/iotspot/shared/privacy"
)

// A Feature is something that spots can have, as a hearing loop, by the customer's own name for it. Its number is
// never given to another one, so that a spot which still has the number of one that is gone has nothing by it.
type Feature struct {
	ID   int    `dynamo:"i" json:"id"`
	Name string `dynamo:"n" json:"name"`
}

// Features are all that a customer tells apart (3.e).
type Features struct {
	All      []Feature `dynamo:"all,omitempty"`
	Last     int       `dynamo:"last"` // the highest number that was ever given
	Revision int       `dynamo:"revision"`
}

// Has tells whether a number is that of one of them.
func (f Features) Has(id int) bool {
	return slices.ContainsFunc(f.All, func(one Feature) bool { return one.ID == id })
}

// Features reads the customer's, consistently; none where nothing was said yet.
func (t *Tables) Features(ctx context.Context, business string) (Features, error) {
	var features Features
	err := t.get(ctx, businessKey(privacy.Features, business, ""), true, &features)
	if errors.Is(err, ErrAbsent) {
		err = nil
	}
	return features, err
}

// SetFeatures replaces those that were read. ErrChanged when somebody else did so since, or the account has ended.
func (t *Tables) SetFeatures(ctx context.Context, business string, features Features) error {
	read := features.Revision
	features.Revision++
	put, err := t.put(businessKey(privacy.Features, business, ""),
		privacy.Features.Stamp(features, privacy.UnderContract.Open()))
	if err != nil {
		return err
	}
	if read == 0 {
		put.If("attribute_not_exists($)", pkName)
	} else {
		put.If("$ = ?", "revision", read)
	}
	return changed(t.transaction().Put(put).
		Check(t.check(businessKey(privacy.Account, business, "")).IfExists()).Run(ctx))
}

// Offers tells whether a spot has all of some features, and a capacity of at least so many people; 0 is any.
func (s FloorSpot) Offers(features []int, capacity int) bool {
	for _, wanted := range features {
		if !slices.Contains(s.Features, wanted) {
			return false
		}
	}
	return s.Capacity >= capacity
}
