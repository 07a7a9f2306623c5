package statistics

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// UseInput says of which place to show the use, and of which days. Both dates are included.
type UseInput struct {
	Location string `json:"location"`
	From     string `json:"from"`
	To       string `json:"to"`
	Floor    string `json:"floor"` // left out, the whole location
	Zone     string `json:"zone"`  // of the floor; left out, all of it
	CSV      string `json:"csv"`   // the part that is wanted as CSV: hours, days or places; left out, all as JSON
}

// A Use is how a place was used over some days, to be looked at. Every number in it is one of the figures that were
// kept of a day, or a sum of some of them: whoever has them all, which a Report shows, learns nothing more from it,
// whatever periods and places they compare. So what is missing is about fewer than five people or would give such a
// figure away, or it is about nobody; these look the same on purpose.
type Use struct {
	Location string     `json:"location"`
	TimeZone civil.Zone `json:"time_zone"`
	From     civil.Date `json:"from"`
	To       civil.Date `json:"to"`
	Floor    string     `json:"floor,omitempty"`
	Zone     string     `json:"zone,omitempty"`
	Least    int        `json:"fewest_people"`
	Spots    int        `json:"spots"` // that the place has today
	Hours    []HourUse  `json:"hours"`
	Days     []DayUse   `json:"days"`
	Places   []PlaceUse `json:"places"`
}

// An HourUse is an hour of the clock on a weekday. Where the clocks go back, the busier of two hours with the same
// time counts.
type HourUse struct {
	Weekday int             `json:"weekday"` // 1 is Monday, 7 Sunday (ISO 8601)
	Clock   civil.ClockTime `json:"clock"`   // when it begins
	Days    int             `json:"days"`    // on which there is a figure for it
	Of      int             `json:"of"`      // such weekdays in the period
	Sum     int             `json:"spots_in_use"`
}

// A DayUse is a day on which the place has figures.
type DayUse struct {
	Date         civil.Date `json:"date"`
	Reservations *int       `json:"reservations,omitempty"`
	CheckIns     *int       `json:"check_ins,omitempty"`
	NoShows      *int       `json:"no_shows,omitempty"`
	Peak         *Peak      `json:"peak,omitempty"`
}

// A Peak is the busiest of the hours that are shown, the first of several.
type Peak struct {
	Clock      civil.ClockTime `json:"clock"`
	SpotsInUse int             `json:"spots_in_use"`
}

// A PlaceUse is a floor (no zone) or a zone of the location. Names and spots are those of today; what was removed
// since has neither.
type PlaceUse struct {
	Floor     string `json:"floor"`
	FloorName string `json:"floor_name,omitempty"`
	Zone      string `json:"zone,omitempty"`
	ZoneName  string `json:"zone_name,omitempty"`
	Spots     int    `json:"spots,omitempty"`
	Days      int    `json:"days"` // on which there is a figure for it
	CheckIns  int    `json:"check_ins"`
}

// ShowUse answers how a place of the caller's was used, as a Use or as a Sheet of one of its parts. A foreign
// location is unknown; a floor or zone without figures has none, whether it exists or not, since removed ones keep
// theirs.
func (r Reports) ShowUse(ctx context.Context, caller identity.Caller, in UseInput) (any, error) {
	from, to, err := period(in.From, in.To)
	if err != nil {
		return nil, err
	}
	if in.Zone != "" && in.Floor == "" {
		return nil, problem.BadField("floor", "is missing", "the floor that the zone is on")
	}
	location, days, err := r.days(ctx, caller, in.Location, from, to)
	if err != nil {
		return nil, err
	}
	floors, err := r.floors(ctx, caller.Business)
	if err != nil {
		return nil, err
	}
	use := useOf(days, place{in.Floor, in.Zone}, floors,
		Use{Location: in.Location, TimeZone: location.Zone, From: from, To: to})
	switch in.CSV {
	case "hours":
		return use.hoursSheet()
	case "days":
		return use.daysSheet()
	case "places":
		return use.placesSheet()
	}
	return use, nil
}

// useOf fills in the use of a place, of which the location and the period are known.
func useOf(days []table.DayFigures, at place, floors map[string]table.Floor, use Use) Use {
	use.Floor, use.Zone, use.Least = at.floor, at.zone, Least
	use.Hours = hoursOfUse(days, at, use.TimeZone, use.From, use.To)
	use.Days = daysOfUse(days, at, use.TimeZone)
	use.Places = placesOfUse(days, floors)
	for id, floor := range floors {
		if floor.Location == use.Location && (at.floor == "" || at.floor == id) {
			use.Spots += spotsIn(floor, at.zone)
		}
	}
	return use
}

// of are a place's figures on a day, if it has any.
func of(day table.DayFigures, at place) (table.PlaceFigures, bool) {
	for _, p := range day.Figures.Places {
		if p.Floor == at.floor && p.Zone == at.zone {
			return p, true
		}
	}
	return table.PlaceFigures{}, false
}

func hoursOfUse(days []table.DayFigures, at place, zone civil.Zone, from, to civil.Date) []HourUse {
	type cell struct {
		weekday int
		clock   civil.ClockTime
	}
	cells := map[cell]HourUse{}
	for _, day := range days {
		shown, _ := of(day, at)
		busier := map[cell]int{}
		for _, hour := range hours(shown.Hours, day.Day.Start(zone), zone) {
			c := cell{weekdayOf(day.Day), hour.Clock}
			busier[c] = max(busier[c], hour.SpotsInUse)
		}
		for c, n := range busier {
			found := cells[c]
			found.Days, found.Sum = found.Days+1, found.Sum+n
			cells[c] = found
		}
	}
	each := weekdaysBetween(from, to)
	use := []HourUse{}
	for c, found := range cells {
		found.Weekday, found.Clock, found.Of = c.weekday, c.clock, each[c.weekday]
		use = append(use, found)
	}
	slices.SortFunc(use, func(a, b HourUse) int {
		return cmp.Or(cmp.Compare(a.Weekday, b.Weekday), cmp.Compare(a.Clock, b.Clock))
	})
	return use
}

// weekdayOf is a date's, by ISO 8601.
func weekdayOf(day civil.Date) int { return (int(day.Weekday())+6)%7 + 1 }

func weekdaysBetween(from, to civil.Date) map[int]int {
	n := map[int]int{}
	for day := from; day <= to; day = day.AddDays(1) {
		n[weekdayOf(day)]++
	}
	return n
}

func daysOfUse(days []table.DayFigures, at place, zone civil.Zone) []DayUse {
	use := []DayUse{}
	for _, day := range days {
		shown, ok := of(day, at)
		if !ok {
			continue
		}
		use = append(use, DayUse{Date: day.Day, Reservations: figure(shown.Counts, Reservations),
			CheckIns: figure(shown.Counts, CheckIns), NoShows: figure(shown.Counts, NoShows),
			Peak: peakOf(shown, day.Day.Start(zone), zone)})
	}
	return use
}

// figure is the count of that name, nil where there is none: that is not nought.
func figure(counts map[string]int, name string) *int {
	if n, ok := counts[name]; ok {
		return &n
	}
	return nil
}

func peakOf(shown table.PlaceFigures, begins time.Time, zone civil.Zone) *Peak {
	var peak *Peak
	for _, hour := range hours(shown.Hours, begins, zone) {
		if peak == nil || hour.SpotsInUse > peak.SpotsInUse {
			peak = &Peak{hour.Clock, hour.SpotsInUse}
		}
	}
	return peak
}

// placesOfUse are the floors and zones that have check-ins on some day, each floor before its zones.
func placesOfUse(days []table.DayFigures, floors map[string]table.Floor) []PlaceUse {
	found := map[place]PlaceUse{}
	for _, day := range days {
		for _, p := range day.Figures.Places {
			n, ok := p.Counts[CheckIns]
			if p.Floor == "" || !ok {
				continue
			}
			sum := found[place{p.Floor, p.Zone}]
			sum.Days, sum.CheckIns = sum.Days+1, sum.CheckIns+n
			found[place{p.Floor, p.Zone}] = sum
		}
	}
	use := []PlaceUse{}
	for at, sum := range found {
		floor := floors[at.floor]
		sum.Floor, sum.FloorName, sum.Zone, sum.ZoneName = at.floor, floor.Name, at.zone, floor.Zones[at.zone].Name
		sum.Spots = spotsIn(floor, at.zone)
		use = append(use, sum)
	}
	slices.SortFunc(use, func(a, b PlaceUse) int {
		return cmp.Or(cmp.Compare(floors[a.Floor].Level, floors[b.Floor].Level), cmp.Compare(a.Floor, b.Floor),
			cmp.Compare(min(len(a.Zone), 1), min(len(b.Zone), 1)), cmp.Compare(a.ZoneName, b.ZoneName),
			cmp.Compare(a.Zone, b.Zone))
	})
	return use
}

func spotsIn(floor table.Floor, zone string) (n int) {
	for _, spot := range floor.Spots {
		if zone == "" || zone == spot.Zone || zone == NoZone && spot.Zone == "" {
			n++
		}
	}
	return n
}

func (u Use) hoursSheet() (Sheet, error) {
	lines := [][]string{{"weekday", "clock", "days_with_a_figure", "days", "spots_in_use"}}
	for _, h := range u.Hours {
		lines = append(lines, []string{strconv.Itoa(h.Weekday), string(h.Clock), strconv.Itoa(h.Days),
			strconv.Itoa(h.Of), strconv.Itoa(h.Sum)})
	}
	return sheetOf(lines)
}

func (u Use) daysSheet() (Sheet, error) {
	lines := [][]string{{"date", "reservations", "check_ins", "no_shows", "peak_clock", "peak_spots_in_use"}}
	for _, d := range u.Days {
		line := []string{string(d.Date), written(d.Reservations), written(d.CheckIns), written(d.NoShows), "", ""}
		if d.Peak != nil {
			line[4], line[5] = string(d.Peak.Clock), strconv.Itoa(d.Peak.SpotsInUse)
		}
		lines = append(lines, line)
	}
	return sheetOf(lines)
}

func written(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func (u Use) placesSheet() (Sheet, error) {
	lines := [][]string{{"floor", "floor_name", "zone", "zone_name", "spots", "days_with_a_figure", "check_ins"}}
	for _, p := range u.Places {
		lines = append(lines, []string{p.Floor, plain(p.FloorName), p.Zone, plain(p.ZoneName), strconv.Itoa(p.Spots),
			strconv.Itoa(p.Days), strconv.Itoa(p.CheckIns)})
	}
	return sheetOf(lines)
}
