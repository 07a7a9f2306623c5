package statistics_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/statistics"
	"github.com/iotspot/iotspot/shared/table"
)

// A sheetOf is a spot's day with one reservation, of the person and from the hour given, two hours long.
func sheetOf(spot, person string, day civil.Date, zone civil.Zone, hour int,
	change func(*table.Holding)) table.SpotSheet {
	from := civil.QuarterOf(day.Start(zone).Add(time.Duration(hour) * time.Hour))
	held := table.Holding{User: person, From: from, To: from + 8, State: table.CheckedIn,
		CheckedInAt: from.Time().Unix() + 60}
	if change != nil {
		change(&held)
	}
	return table.SpotSheet{Spot: spot, Holdings: map[string]table.Holding{"r" + spot: held}}
}

func noShow(h *table.Holding) {
	h.State, h.CheckedInAt, h.EndedAt = table.NoShow, 0, h.From.Time().Unix()+900
}
func early(h *table.Holding)  { h.State, h.EndedAt = table.Released, h.From.Time().Unix()+1800 }
func walkUp(h *table.Holding) { h.WalkUp = true }

// 5.transactions
func TestTheFiguresOfADayEqualACountByHand(t *testing.T) {
	zone, day := civil.UTC, civil.Date("2026-11-23")
	floors, zones, person := map[string][]table.SpotSheet{}, map[string]string{}, 0
	add := func(n int, floor, zoneID string, hour int, change func(*table.Holding)) {
		for range n {
			person++
			spot := fmt.Sprint("s", person)
			floors[floor] = append(floors[floor], sheetOf(spot, fmt.Sprint("p", person), day, zone, hour, change))
			zones[spot] = zoneID
		}
	}
	add(6, "a", "quiet", 9, nil) // 9 to 11
	add(5, "a", "loud", 13, nil) // 13 to 15
	add(5, "b", "", 9, early)    // 9 to 9:30
	add(2, "b", "", 14, walkUp)  // 14 to 16: too few to be told apart
	add(7, "a", "quiet", 9, noShow)
	add(1, "b", "", 9, noShow)
	figures := statistics.Count(statistics.Day{Date: day, Zone: zone, Sheets: floors,
		ZoneOf: func(spot string) (string, bool) { return zones[spot], true },
		Searches: []table.Searches{{User: "p1", Spots: 3, Colleagues: 1}, {User: "p2", Spots: 1},
			{User: "p3", Spots: 1, Colleagues: 2}, {User: "p4", Spots: 1}, {User: "p9", Spots: 2}}})
	require.Equal(t, table.Figures{
		Places: []table.PlaceFigures{
			// Walk-ups are of two people; releases, the next in number, keep them from being reckoned.
			{Counts: map[string]int{"check_ins": 18, "completed": 11, "not_used": 8, "no_shows": 8,
				"reservations": 26},
				// At 13 five of the seven of 14 were there: the two others would be known.
				Hours: map[string]int{"9": 11, "10": 6, "14": 7}},
			// No-shows of floor b are of one person, and those of floor a would give them away.
			{Floor: "a", Counts: map[string]int{"check_ins": 11, "completed": 11}, Hours: map[string]int{"10": 6}},
			{Floor: "a", Zone: "loud", Counts: map[string]int{"check_ins": 5, "completed": 5}},
			{Floor: "a", Zone: "quiet", Counts: map[string]int{"check_ins": 6, "completed": 6},
				Hours: map[string]int{"10": 6}},
			{Floor: "b", Counts: map[string]int{"check_ins": 7}},
			{Floor: "b", Zone: "none", Counts: map[string]int{"check_ins": 7}},
		},
		Searches: map[string]int{"spots": 8}, Pages: map[string]int{}, Browsers: map[string]int{},
	}, figures)
}

// art. 5
func TestOfFourPeopleThereIsNoFigureHoweverOftenTheyCame(t *testing.T) {
	zone, day := civil.UTC, civil.Date("2026-11-23")
	var sheets []table.SpotSheet
	var searches []table.Searches
	for i := range 40 {
		sheets = append(sheets, sheetOf(fmt.Sprint("s", i), fmt.Sprint("p", i%4), day, zone, i%20, nil))
		searches = append(searches[:0], table.Searches{User: "p0", Spots: 100},
			table.Searches{User: "p1", Colleagues: 100})
	}
	figures := statistics.Count(statistics.Day{Date: day, Zone: zone,
		Sheets: map[string][]table.SpotSheet{"a": sheets},
		ZoneOf: func(string) (string, bool) { return "", true }, Searches: searches})
	require.True(t, figures.Empty())
}

func TestTheHoursOfADayAreThoseThatPassWhereTheClocksChange(t *testing.T) {
	for zoneName, days := range map[string]map[civil.Date]int{
		"Europe/Amsterdam":    {"2026-03-29": 23, "2026-10-25": 25, "2026-11-23": 24},
		"Australia/Lord_Howe": {"2026-04-05": 25, "2026-10-04": 24}, // 24½ and 23½ hours
		"Atlantic/Azores":     {"2026-03-29": 23},
	} {
		zone, err := civil.LoadZone(zoneName)
		require.NoError(t, err)
		for day, hours := range days {
			var sheets []table.SpotSheet
			for i := range 5 {
				sheets = append(sheets, sheetOf(fmt.Sprint("s", i), fmt.Sprint("p", i), day, zone, 0,
					func(h *table.Holding) {
						h.CheckedInAt, h.To = day.Start(zone).Unix(), civil.QuarterOf(day.End(zone))
					}))
			}
			figures := statistics.Count(statistics.Day{Date: day, Zone: zone,
				Sheets: map[string][]table.SpotSheet{"a": sheets},
				ZoneOf: func(string) (string, bool) { return "", true }})
			require.Len(t, figures.Places[0].Hours, hours, "%s %s", zoneName, day)
		}
	}
}

func TestASpotThatChangesHandsWithinAnHourIsInUseOnce(t *testing.T) {
	zone, day := civil.UTC, civil.Date("2026-11-23")
	var sheets []table.SpotSheet
	for i := range 5 {
		sheet := sheetOf(fmt.Sprint("s", i), fmt.Sprint("p", i), day, zone, 9, early)
		next := sheetOf("", fmt.Sprint("q", i), day, zone, 9,
			func(h *table.Holding) { h.From, h.CheckedInAt = h.From+2, h.CheckedInAt+1800 })
		sheet.Holdings["next"] = next.Holdings["r"]
		sheets = append(sheets, sheet)
	}
	figures := statistics.Count(statistics.Day{Date: day, Zone: zone,
		Sheets: map[string][]table.SpotSheet{"a": sheets},
		ZoneOf: func(string) (string, bool) { return "", true }})
	require.Equal(t, 10, figures.Places[0].Counts["check_ins"])
	require.Equal(t, map[string]int{"9": 5, "10": 5}, figures.Places[0].Hours)
}

func opened(user string, pages, browsers map[string]int) table.Searches {
	return table.Searches{User: user, Pages: pages, Browsers: browsers}
}

func TestOpenedPagesAreCountedByPageAndByBrowserOfFivePeopleOrMore(t *testing.T) { // 11.cookies, art. 5
	type n = map[string]int
	var searches []table.Searches
	for i := range 5 {
		searches = append(searches, opened(fmt.Sprint("p", i), n{"find": 3, "agenda": 1}, n{"safari": 4}))
	}
	count := func(searches []table.Searches) table.Figures {
		return statistics.Count(statistics.Day{Date: "2026-11-23", Zone: civil.UTC,
			ZoneOf: func(string) (string, bool) { return "", true }, Searches: searches})
	}
	figures := count(searches)
	require.Equal(t, n{"find": 15, "agenda": 5}, figures.Pages)
	require.Equal(t, n{"safari": 20}, figures.Browsers)
	require.True(t, count(searches[:4]).Empty(), "four people are no figure")

	figures = count(append(searches, opened("p5", n{"find": 1}, n{"firefox": 1})))
	require.Equal(t, n{"find": 16, "agenda": 5}, figures.Pages)
	require.Empty(t, figures.Browsers, "the pages tell the sum, so safari's count would tell the one of firefox")
}
