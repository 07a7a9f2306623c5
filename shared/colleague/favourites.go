package colleague

import (
	"cmp"
	"context"
	"slices"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/spelling"
	"github.com/iotspot/iotspot/shared/table"
)

// MostFavourites is how many people one's favourites are looked for among.
const MostFavourites = 50

// A Favourite is a colleague who has a name that somebody likes to see, with where they are today.
type Favourite struct {
	ID    string     `json:"colleague"`
	Name  string     `json:"name"`
	Today []Presence `json:"today"`
}

// FavouritesIn answers which colleagues with a name that the caller keeps (4.c.2) have a spot at this moment or later
// today, by name, of those who show both name and presence: the first MostFavourites with such a name. A name may be
// several people's, and is linked to none of them. It is no search, since nothing is looked for that the caller
// didn't name before, and is counted as none. Guests keep no names.
//
// Who keeps a name costs the account's roster, the day of each who has it and where that is; nobody else's is read,
// and no plan of a floor, so a zone is not told.
func (f Finder) FavouritesIn(ctx context.Context, caller identity.Caller) ([]Favourite, error) {
	in := []Favourite{}
	if !caller.Is(identity.Members...) {
		return in, nil
	}
	kept, err := f.Tables.FavouriteColleagues(ctx, caller.Person)
	if err != nil || len(kept) == 0 {
		return in, err
	}
	roster, err := f.Tables.Roster(ctx, caller.Business)
	if err != nil {
		return in, table.Unknown(err)
	}
	liked := called(kept, showing(roster))
	if roster.Current {
		for _, m := range liked {
			in = append(in, Favourite{ID: m.Person.User, Name: m.Name})
		}
	} else if in, err = f.asRegistered(ctx, caller.Business, liked); err != nil {
		return in, err
	}
	where := &guide{Finder: f}
	err = parallel.Each(ctx, 8, pointers(in), func(ctx context.Context, one *Favourite) (err error) {
		one.Today, err = where.today(ctx, identity.Person{Business: caller.Business, User: one.ID})
		return err
	})
	in = slices.DeleteFunc(in, func(one Favourite) bool { return len(one.Today) == 0 })
	slices.SortFunc(in, func(a, b Favourite) int {
		return cmp.Or(cmp.Compare(spelling.Fold(a.Name), spelling.Fold(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return in, err
}

// asRegistered are those of the members who show both name and presence at this moment, whatever a roster said that
// was behind.
func (f Finder) asRegistered(ctx context.Context, business string, members []table.Member) ([]Favourite, error) {
	ids := make([]string, len(members))
	for i, m := range members {
		ids[i] = m.Person.User
	}
	users, err := f.Tables.UsersNow(ctx, business, ids, table.NameItem, presenceItem, "7.shield")
	showing := []Favourite{}
	for id, user := range users {
		if user.Shows(table.NameItem) && user.Shows(presenceItem) {
			showing = append(showing, Favourite{ID: id, Name: user.Name})
		}
	}
	return showing, err
}

// called are those with one of the names.
func called(kept []table.Colleague, members []table.Member) []table.Member {
	liked := map[string]bool{}
	for _, one := range kept {
		liked[spelling.Fold(one.Name)] = true
	}
	members = slices.DeleteFunc(members, func(m table.Member) bool { return !liked[spelling.Fold(m.Name)] })
	return members[:min(len(members), MostFavourites)]
}

func pointers[T any](all []T) []*T {
	each := make([]*T, len(all))
	for i := range all {
		each[i] = &all[i]
	}
	return each
}
