package account

import (
	"context"
	"errors"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// MaxFavourites are how many of each kind a person can keep.
const MaxFavourites = 200

// Favourites are a person's favourite spots and colleagues (4.c).
type Favourites struct {
	Spots      []FavouriteSpot `json:"spots"`
	Colleagues []Colleague     `json:"colleagues"`
}

// A FavouriteSpot is a workplace or room with its location.
type FavouriteSpot struct {
	Spot     string `json:"spot"`
	Location string `json:"location"`
	Floor    string `json:"floor"`
}

// A Colleague is a name as the person wrote it: free text, linked to nobody.
type Colleague struct {
	ID   string `json:"colleague"`
	Name string `json:"name"`
}

// SpotInput names a spot.
type SpotInput struct {
	Spot string `json:"spot"`
}

// ColleagueInput adds a name.
type ColleagueInput struct {
	Name string `json:"name"`
	Key  string `json:"idempotency_key"`
}

// ColleagueID names one that was added.
type ColleagueID struct {
	Colleague string `json:"colleague"`
}

// Favourites lists both kinds.
func (s Settings) Favourites(ctx context.Context, caller identity.Caller, _ struct{}) (Favourites, error) {
	spots, colleagues, err := s.Tables.Favourites(ctx, caller.Person)
	listed := Favourites{Spots: []FavouriteSpot{}, Colleagues: []Colleague{}}
	for _, f := range spots {
		listed.Spots = append(listed.Spots, FavouriteSpot{f.Spot, f.Location, f.Floor})
	}
	for _, c := range colleagues {
		listed.Colleagues = append(listed.Colleagues, Colleague{c.ID, c.Name})
	}
	return listed, err
}

// AddSpot keeps a spot of the caller's business account as a favourite (4.c.1); any other is problem.NotFound.
func (s Settings) AddSpot(ctx context.Context, caller identity.Caller, in SpotInput) (struct{}, error) {
	spot, err := s.Tables.Spot(ctx, caller.Business, in.Spot)
	if err != nil {
		return struct{}{}, table.Unknown(err)
	}
	kept, _, err := s.Tables.Favourites(ctx, caller.Person)
	if err == nil && len(kept) >= MaxFavourites {
		err = tooMany()
	}
	if err != nil {
		return struct{}{}, err
	}
	err = s.Tables.AddFavourite(ctx, caller.Person, table.Favourite{Spot: in.Spot, Location: spot.Location,
		Floor: spot.Floor})
	if errors.Is(err, table.ErrRefused) {
		err = problem.Unknown()
	}
	return struct{}{}, err
}

// RemoveSpot forgets a favourite. A repeat does nothing.
func (s Settings) RemoveSpot(ctx context.Context, caller identity.Caller, in SpotInput) (struct{}, error) {
	return struct{}{}, s.Tables.RemoveFavourite(ctx, caller.Person, in.Spot)
}

// AddColleague keeps a name (4.c.2). A repeat with the same Idempotency-Key is the same name; with another name it is
// a problem.Conflict.
func (s Settings) AddColleague(ctx context.Context, caller identity.Caller, in ColleagueInput) (Colleague, error) {
	_, kept, err := s.Tables.Favourites(ctx, caller.Person)
	if err == nil && len(kept) >= MaxFavourites {
		err = tooMany()
	}
	if err != nil {
		return Colleague{}, err
	}
	added := Colleague{ID: secret.DerivedID(caller.Business, caller.User, in.Key, "colleague"), Name: in.Name}
	err = s.Tables.AddColleague(ctx, caller.Person, table.Colleague{ID: added.ID, Name: added.Name})
	if errors.Is(err, table.ErrRefused) {
		err = problem.New(problem.Conflict, "this Idempotency-Key was used for another name")
	}
	return added, err
}

// RemoveColleague forgets a name. A repeat does nothing.
func (s Settings) RemoveColleague(ctx context.Context, caller identity.Caller, in ColleagueID) (struct{}, error) {
	return struct{}{}, s.Tables.RemoveColleague(ctx, caller.Person, in.Colleague)
}

func tooMany() error {
	return problem.New(problem.TooMany, "%d favourites of a kind are the most", MaxFavourites)
}
