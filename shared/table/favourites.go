package table

import (
	"context"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A Favourite is a spot that a person likes, with its location (4.c.1).
type Favourite struct {
	Location string `dynamo:"location"`
	Floor    string `dynamo:"floor"`
	Spot     string `dynamo:"spot"`
}

// A Colleague is a name as the person wrote it, linked to nobody's record (4.c.2).
type Colleague struct {
	ID   string `dynamo:"-"`
	Name string `dynamo:"name"`
}

func favouriteKey(p identity.Person, spot string) key { return personKey(privacy.Favourite, p, spot) }
func colleagueKey(p identity.Person, id string) key   { return personKey(privacy.Colleague, p, id) }

// AddFavourite keeps a favourite while both the person and the spot exist, otherwise ErrRefused. Again is the same.
func (t *Tables) AddFavourite(ctx context.Context, p identity.Person, f Favourite) error {
	put, err := t.put(favouriteKey(p, f.Spot), privacy.Favourite.Stamp(f, privacy.WhileSpecified.Open()))
	if err != nil {
		return err
	}
	return t.transaction().Check(t.userExists(p)).Check(t.check(spotKey(p.Business,
		f.Spot)).IfExists()).Put(put).Run(ctx)
}

// RemoveFavourite forgets a favourite, if there is one.
func (t *Tables) RemoveFavourite(ctx context.Context, p identity.Person, spot string) error {
	return t.forget(ctx, favouriteKey(p, spot), Correction{Person: p, What: favouritesRemoved})
}

// AddColleague keeps a name, and is ErrRefused when its id holds another name already or the person is gone.
func (t *Tables) AddColleague(ctx context.Context, p identity.Person, c Colleague) error {
	put, err := t.put(colleagueKey(p, c.ID), privacy.Colleague.Stamp(c, privacy.WhileSpecified.Open()))
	if err != nil {
		return err
	}
	put.If("attribute_not_exists($) OR $ = ?", pkName, "name", c.Name)
	return t.transaction().Check(t.userExists(p)).Put(put).Run(ctx)
}

// RemoveColleague forgets a name, if it is there.
func (t *Tables) RemoveColleague(ctx context.Context, p identity.Person, id string) error {
	return t.forget(ctx, colleagueKey(p, id), Correction{Person: p, What: privacy.Colleague.SortPrefix + id})
}

// FavouriteSpots lists the spots alone, for a reservation.
func (t *Tables) FavouriteSpots(ctx context.Context, p identity.Person) ([]Favourite, error) {
	spots, err := t.list(ctx, privacy.Directory, PersonPartition(p), privacy.Favourite.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	return decodeAll(spots, decodeFavourite)
}

// Favourites lists both kinds.
func (t *Tables) Favourites(ctx context.Context, p identity.Person) ([]Favourite, []Colleague, error) {
	favourites, err := t.FavouriteSpots(ctx, p)
	if err != nil {
		return nil, nil, err
	}
	colleagues, err := t.FavouriteColleagues(ctx, p)
	return favourites, colleagues, err
}

// FavouriteColleagues lists the names alone, to see whether they are in.
func (t *Tables) FavouriteColleagues(ctx context.Context, p identity.Person) ([]Colleague, error) {
	names, err := t.list(ctx, privacy.Directory, PersonPartition(p), privacy.Colleague.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	return decodeAll(names, decodeColleague)
}

func decodeFavourite(raw dynamo.Item) (f Favourite, err error) {
	err = dynamo.UnmarshalItem(raw, &f)
	return f, err
}

func decodeColleague(raw dynamo.Item) (c Colleague, err error) {
	err = dynamo.UnmarshalItem(raw, &c)
	c.ID = idIn(raw, privacy.Colleague)
	return c, err
}
