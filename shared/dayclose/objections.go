package dayclose

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/usage"
)

// together is how many registrations one call reads.
const together = 100

// without is the day as it may be counted: without the data of people who, at its end, object to statistics
// (7.object).
func (c Closer) without(ctx context.Context, business string, d day) (day, error) {
	objecting, err := c.objecting(ctx, business, slices.Collect(maps.Keys(d.people())))
	if err != nil {
		return d, err
	}
	counted := day{sheets: map[string][]table.SpotSheet{}, zone: d.zone}
	for floor, sheets := range d.sheets {
		for _, sheet := range sheets {
			sheet.Holdings = maps.Clone(sheet.Holdings)
			maps.DeleteFunc(sheet.Holdings, func(_ string,
				held table.Holding) bool {
				return objecting[held.User].toCounts
			})
			counted.sheets[floor] = append(counted.sheets[floor], sheet)
		}
	}
	for _, s := range d.searches {
		if objecting[s.User].toPages {
			s.Pages, s.Browsers = nil, nil
		}
		if !objecting[s.User].toCounts {
			counted.searches = append(counted.searches, s)
		}
	}
	return counted, nil
}

// An objection is to being counted at all, or only to counting the pages that somebody opened.
type objection struct{ toCounts, toPages bool }

func objectionOf(objectsTo func(string) bool) objection {
	return objection{slices.ContainsFunc(usage.Objections, objectsTo),
		slices.ContainsFunc(usage.PageObjections, objectsTo)}
}

// people are those who reserved or searched on the day.
func (d day) people() map[string]bool {
	people := map[string]bool{}
	for _, s := range d.searches {
		people[s.User] = true
	}
	for _, sheets := range d.sheets {
		for _, sheet := range sheets {
			for _, held := range sheet.Holdings {
				people[held.User] = true
			}
		}
	}
	return people
}

// objecting tells of the people, users and guests, who objects to being counted.
func (c Closer) objecting(ctx context.Context, business string, people []string) (map[string]objection, error) {
	var mu sync.Mutex
	objecting := map[string]objection{}
	err := parallel.Each(ctx, Workers, slices.Collect(slices.Chunk(people, together)),
		func(ctx context.Context, some []string) error {
			users, err := c.Tables.UsersNow(ctx, business, some, "7.object")
			if err != nil {
				return err
			}
			others := slices.DeleteFunc(slices.Clone(some), func(id string) bool { _, there := users[id]; return there })
			guests, err := c.Tables.GuestsNow(ctx, business, others, "7.object")
			mu.Lock()
			defer mu.Unlock()
			for id, user := range users {
				objecting[id] = objectionOf(user.ObjectsTo)
			}
			for id, guest := range guests {
				objecting[id] = objectionOf(guest.ObjectsTo)
			}
			return err
		})
	return objecting, err
}
