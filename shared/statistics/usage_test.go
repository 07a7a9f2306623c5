package statistics

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/iotspot/iotspot/shared/table"
)

// An opening is a cell of the table of pages by browsers.
type opening struct{ page, browser string }

var (
	somePages    = []string{"agenda", "find", "start"}
	someBrowsers = []string{"chrome", "firefox", "safari"}
)

// drawOpenings gives each person some opened pages, each with one browser, and counts them as they are stored.
func drawOpenings(t *rapid.T) (by map[opening]map[string]int, stored []table.Searches) {
	by = map[opening]map[string]int{}
	for i := range rapid.IntRange(4, 18).Draw(t, "people") {
		s := table.Searches{User: fmt.Sprint(i), Pages: map[string]int{}, Browsers: map[string]int{}}
		for range rapid.IntRange(1, 3).Draw(t, "kinds") {
			at := opening{rapid.SampledFrom(somePages).Draw(t, "page"),
				rapid.SampledFrom(someBrowsers).Draw(t, "browser")}
			n := rapid.IntRange(1, 3).Draw(t, "times")
			if by[at] == nil {
				by[at] = map[string]int{}
			}
			by[at][s.User] += n
			s.Pages[at.page] += n
			s.Browsers[at.browser] += n
		}
		stored = append(stored, s)
	}
	return by, stored
}

// 11.cookies, art. 5: nothing about one to four people can be known from the opened pages, published or reckoned.
func TestWhoKnowsAllOpenedPagesCanReckonNoneOfOneToFourPeople(t *testing.T) {
	asked, published := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		by, stored := drawOpenings(t)
		figures := table.Figures{Pages: countUse(stored, pagesOf), Browsers: countUse(stored, browsersOf)}
		var cells []opening
		for _, page := range somePages {
			for _, browser := range someBrowsers {
				cells = append(cells, opening{page, browser})
			}
		}
		vector := func(in func(opening) bool) []float64 {
			row := make([]float64, len(cells))
			for i, c := range cells {
				if in(c) {
					row[i] = 1
				}
			}
			return row
		}
		var rows [][]float64
		var sums []float64
		for name, n := range figures.Pages {
			rows, sums = append(rows, vector(func(o opening) bool { return o.page == name })),
				append(sums, float64(n))
		}
		for name, n := range figures.Browsers {
			rows, sums = append(rows, vector(func(o opening) bool { return o.browser == name })),
				append(sums, float64(n))
		}
		published += len(rows)
		ask := func(what string, in func(opening) bool) {
			who := map[string]bool{}
			for at, people := range by {
				for user := range people {
					who[user] = who[user] || in(at)
				}
			}
			n := 0
			for _, is := range who {
				if is {
					n++
				}
			}
			if n < 1 || n >= Least {
				return
			}
			asked++
			least, most := bounds(rows, sums, vector(in))
			if math.Floor(most+1e-6) <= math.Ceil(least-1e-6) {
				t.Fatalf("%s is known to be %v, of %d people, from %v %v", what, least, n, figures.Pages,
					figures.Browsers)
			}
		}
		for _, page := range somePages {
			ask(page, func(o opening) bool { return o.page == page })
			ask("not "+page, func(o opening) bool { return o.page != page })
			for _, browser := range someBrowsers {
				ask(page+" with "+browser, func(o opening) bool { return o == opening{page, browser} })
				ask(page+" or with "+browser, func(o opening) bool { return o.page == page || o.browser == browser })
			}
		}
		for _, browser := range someBrowsers {
			ask("with "+browser, func(o opening) bool { return o.browser == browser })
			ask("not with "+browser, func(o opening) bool { return o.browser != browser })
		}
	})
	require.NotZero(t, asked)
	require.Greater(t, published, 100, "the rule must not be kept by publishing nothing")
}
