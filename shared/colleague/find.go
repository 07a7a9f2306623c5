package colleague

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/spelling"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/usage"
)

// mostSearches is how many of one person are answered in a window (limit.Window): more than anybody types, and fewer
// than a list of all takes.
const mostSearches = 60

// Most is how many colleagues one search answers.
const Most = 20

// SearchInput is a part of a name. Location is the office where the caller is, whose statistics count the search;
// left out it is the account's first.
type SearchInput struct {
	Name     string `json:"name"`
	Location string `json:"location"`
}

// Found are colleagues by name. More says that there are others too.
type Found struct {
	Colleagues []Colleague `json:"colleagues"`
	More       bool        `json:"more"`
}

// Search finds colleagues whose name has the text in it, in any case and without accents: first those with a name that
// begins with it, last those with its words in another order or spelling (spelling.Near). It answers what each
// shows, without where they are. It gives problem.TooMany to a caller who draws up a list.
func (f Finder) Search(ctx context.Context, caller identity.Caller, in SearchInput) (Found, error) {
	wanted := spelling.Fold(in.Name)
	if !spelling.Enough(wanted) {
		return Found{}, problem.BadField("/name", "is too short to search by",
			"two letters or more, or one character that is a word or a syllable")
	}
	counter := limit.Counter{Tables: f.Tables, Key: f.Keys[secret.Attempts], Now: f.Now}
	if err := counter.CountSoon(ctx, limit.PeopleSearches, limit.Person(caller.Person), mostSearches); err != nil {
		return Found{}, err
	}
	counted, roster := func() {}, table.Roster{}
	err := parallel.Together(ctx,
		func() (err error) { counted, err = f.count(ctx, caller, in.Location); return err },
		func() (err error) { roster, err = f.Tables.Roster(ctx, caller.Business); return table.Unknown(err) })
	defer counted()
	if err != nil {
		return Found{}, err
	}
	best, more := matching(roster.Members, wanted, caller.User)
	users, err := f.registrations(ctx, caller.Business, roster, best)
	if err != nil {
		return Found{}, err
	}
	found := Found{Colleagues: []Colleague{}, More: more}
	for _, m := range best {
		one, _, shows := seen(roster, m, users)
		if shows && rank(spelling.Fold(one.Name), wanted) < nowhere {
			found.Colleagues = append(found.Colleagues, one)
		}
	}
	return found, nil
}

// count begins to count a search at a location of the account. An account without any has no day to count in.
func (f Finder) count(ctx context.Context, caller identity.Caller, id string) (wait func(), err error) {
	counter := usage.Counter{Tables: f.Tables, Now: f.Now}
	location, err := counter.At(ctx, caller.Business, id)
	if errors.Is(err, table.ErrAbsent) && id == "" {
		return func() {}, nil
	}
	if err != nil {
		return func() {}, table.Unknown(err)
	}
	return counter.Begin(ctx, caller, location.Location, location.Zone, table.ColleagueSearch), nil
}

// matching are the members that match best, and whether there are more.
func matching(members []table.Member, wanted, caller string) (best []table.Member, more bool) {
	type match struct {
		table.Member
		name string
		rank int
	}
	var matches []match
	for _, m := range members {
		name := spelling.Fold(m.Name)
		if r := rank(name, wanted); r < nowhere && m.Person.User != caller {
			matches = append(matches, match{m, name, r})
		}
	}
	slices.SortFunc(matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), strings.Compare(a.name, b.name),
			strings.Compare(a.Person.User, b.Person.User))
	})
	for _, m := range matches[:min(len(matches), Most)] {
		best = append(best, m.Member)
	}
	return best, len(matches) > Most
}

// nowhere is the rank of a name that does not have the text.
const nowhere = 4

func rank(name, wanted string) int {
	switch {
	case strings.HasPrefix(name, wanted):
		return 0
	case strings.Contains(name, " "+wanted):
		return 1
	case strings.Contains(name, wanted):
		return 2
	case spelling.Near(name, wanted):
		return 3
	}
	return nowhere
}
