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
	counted, err := c.counting(ctx, business, slices.Collect(maps.Keys(d.people())))
	if err != nil {
		return d, err
	}
	rest := day{sheets: map[string][]table.SpotSheet{}, zone: d.zone}
	for floor, sheets := range d.sheets {
		for _, sheet := range sheets {
			sheet.Holdings = maps.Clone(sheet.Holdings)
			maps.DeleteFunc(sheet.Holdings, func(_ string,
				held table.Holding) bool {
				return !counted[held.User].atAll
			})
			rest.sheets[floor] = append(rest.sheets[floor], sheet)
		}
	}
	for _, s := range d.searches {
		if !counted[s.User].pages {
			s.Pages, s.Browsers = nil, nil
		}
		if counted[s.User].atAll {
			rest.searches = append(rest.searches, s)
		}
	}
	return rest, nil
}

// A consent is to being counted at all, and to counting the pages that somebody opened.
type consent struct{ atAll, pages bool }

func consentOf(objectsTo func(string) bool) consent {
	return consent{atAll: !slices.ContainsFunc(usage.Objections, objectsTo),
		pages: !slices.ContainsFunc(usage.PageObjections, objectsTo)}
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

// counting tells of the people who of them is counted: who is registered and doesn't object. A guest isn't: whoever
// invited them knows their hours, and would take them off a figure about five.
func (c Closer) counting(ctx context.Context, business string, people []string) (map[string]consent, error) {
	var mu sync.Mutex
	counting := map[string]consent{}
	err := parallel.Each(ctx, Workers, slices.Collect(slices.Chunk(people, together)),
		func(ctx context.Context, some []string) error {
			users, err := c.Tables.UsersNow(ctx, business, some, "7.object")
			mu.Lock()
			defer mu.Unlock()
			for id, user := range users {
				counting[id] = consentOf(user.ObjectsTo)
			}
			return err
		})
	return counting, err
}
