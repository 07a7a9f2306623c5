package statistics

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// Reports shows statistics.
type Reports struct {
	Tables *table.Tables
	Now    func() time.Time
}

// Routes are the use cases with the operations that they serve.
func (r Reports) Routes() []web.Route {
	return []web.Route{web.On(api.Statistics, r.Show), web.On(api.ShowUse, r.ShowUse),
		web.On(api.RequestsHandled, r.RequestsHandled)}
}

// ShowInput says what to show. Both dates are included.
type ShowInput struct {
	Location string `json:"location"`
	From     string `json:"from"`
	To       string `json:"to"`
	By       string `json:"by"`     // location (if left out), floor or zone
	Format   string `json:"format"` // json (if left out) or csv
}

// Limits of one answer: a year, and as many figures as an answer can carry.
const (
	MaxDays    = 366
	maxFigures = 25_000
)

// A Report is the statistics of a location over some days. Days without figures are left out, and so is everything
// that the rule of five hides.
type Report struct {
	Location string      `json:"location"`
	TimeZone civil.Zone  `json:"time_zone"`
	From     civil.Date  `json:"from"`
	To       civil.Date  `json:"to"`
	Least    int         `json:"fewest_people"`
	Days     []ReportDay `json:"days"`
}

// A ReportDay is one day of it.
type ReportDay struct {
	Date     civil.Date     `json:"date"`
	Places   []ReportPlace  `json:"places"`
	Searches map[string]int `json:"searches,omitempty"`
	Pages    map[string]int `json:"pages,omitempty"`    // opened, by page
	Browsers map[string]int `json:"browsers,omitempty"` // the same, by the browser's family
}

// A ReportPlace is the location (no floor), a floor (no zone) or a zone. Names are those of today; what is removed
// has none.
type ReportPlace struct {
	Floor     string         `json:"floor,omitempty"`
	FloorName string         `json:"floor_name,omitempty"`
	Zone      string         `json:"zone,omitempty"`
	ZoneName  string         `json:"zone_name,omitempty"`
	Counts    map[string]int `json:"counts"`
	Hours     []ReportHour   `json:"hours,omitempty"`
}

// A ReportHour is how many spots were in use at some time in an hour.
type ReportHour struct {
	StartsAt time.Time `json:"starts_at"`
	// the same in the location's zone; twice the same where the clocks go back
	Clock      civil.ClockTime `json:"clock"`
	SpotsInUse int             `json:"spots_in_use"`
}

// Show answers the statistics of one of the caller's locations, as a Report or as a Sheet. A foreign location is
// unknown.
func (r Reports) Show(ctx context.Context, caller identity.Caller, in ShowInput) (any, error) {
	from, to, err := period(in.From, in.To)
	if err != nil {
		return nil, err
	}
	location, days, err := r.days(ctx, caller, in.Location, from, to)
	if err != nil {
		return nil, err
	}
	names, err := r.names(ctx, caller.Business, in)
	if err != nil {
		return nil, err
	}
	report := Report{Location: in.Location, TimeZone: location.Zone, From: from, To: to, Least: Least,
		Days: []ReportDay{}}
	n := 0
	for _, day := range days {
		report.Days = append(report.Days, in.day(day, location.Zone, names))
		if n += size(report.Days[len(report.Days)-1]); n > maxFigures {
			return nil, problem.Impossible("to", "that is more than one answer holds", "fewer days, or by=location")
		}
	}
	if in.Format == "csv" {
		return report.sheet()
	}
	return report, nil
}

// period reads the two dates, which are both included.
func period(first, last string) (from, to civil.Date, err error) {
	if from, err = civil.ParseDate(first); err != nil {
		return "", "", problem.BadField("from", "is not a date", "YYYY-MM-DD")
	}
	if to, err = civil.ParseDate(last); err != nil {
		return "", "", problem.BadField("to", "is not a date", "YYYY-MM-DD")
	}
	if n := from.DaysUntil(to); n < 0 || n >= MaxDays {
		return "", "", problem.Impossible("to", "the period is not possible",
			"from the date in from up to 366 days, both included")
	}
	return from, to, nil
}

// days are a location of the caller's and its figures. A foreign location is unknown.
func (r Reports) days(ctx context.Context, caller identity.Caller, id string,
	from, to civil.Date) (table.Location, []table.DayFigures, error) {
	location, err := r.Tables.Location(ctx, caller.Business, id)
	if errors.Is(err, table.ErrAbsent) {
		return location, nil, problem.Unknown()
	}
	if err != nil {
		return location, nil, err
	}
	days, err := r.Tables.FiguresBetween(ctx, caller.Business, id, from, to)
	return location, days, err
}

// names are the floors that there are, read only where they are shown.
func (r Reports) names(ctx context.Context, business string, in ShowInput) (map[string]table.Floor, error) {
	if in.By != "floor" && in.By != "zone" {
		return nil, nil
	}
	return r.floors(ctx, business)
}

func (r Reports) floors(ctx context.Context, business string) (map[string]table.Floor, error) {
	byID := map[string]table.Floor{}
	floors, err := r.Tables.Floors(ctx, business)
	for _, floor := range floors {
		byID[floor.ID] = floor
	}
	return byID, err
}

func (in ShowInput) shows(p table.PlaceFigures) bool {
	switch in.By {
	case "zone":
		return true
	case "floor":
		return p.Zone == ""
	}
	return p.Floor == ""
}

func (in ShowInput) day(day table.DayFigures, zone civil.Zone, names map[string]table.Floor) ReportDay {
	shown := ReportDay{Date: day.Day, Places: []ReportPlace{}, Searches: day.Figures.Searches,
		Pages: day.Figures.Pages, Browsers: day.Figures.Browsers}
	for _, p := range day.Figures.Places {
		if in.shows(p) {
			shown.Places = append(shown.Places, ReportPlace{
				Floor: p.Floor, FloorName: names[p.Floor].Name, Zone: p.Zone,
				ZoneName: names[p.Floor].Zones[p.Zone].Name,
				Counts:   p.Counts, Hours: hours(p.Hours, day.Day.Start(zone), zone),
			})
		}
	}
	return shown
}

func hours(counts map[string]int, begins time.Time, zone civil.Zone) []ReportHour {
	var shown []ReportHour
	for name, n := range counts {
		hour, err := strconv.Atoi(name)
		if err != nil {
			continue
		}
		at := begins.Add(time.Duration(hour) * time.Hour)
		shown = append(shown, ReportHour{StartsAt: at, Clock: civil.QuarterOf(at).Clock(zone), SpotsInUse: n})
	}
	slices.SortFunc(shown, func(a, b ReportHour) int { return a.StartsAt.Compare(b.StartsAt) })
	return shown
}

func size(day ReportDay) int {
	n := len(day.Searches) + len(day.Pages) + len(day.Browsers)
	for _, p := range day.Places {
		n += len(p.Counts) + len(p.Hours)
	}
	return n
}

// A Sheet is a Report as CSV: a line for each figure.
type Sheet []byte

// Content makes it the answer as it is.
func (s Sheet) Content() (mediaType string, body []byte) {
	return "text/csv; charset=utf-8; header=present", s
}

func sheetOf(lines [][]string) (Sheet, error) {
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	w.UseCRLF = true // RFC 4180
	err := w.WriteAll(lines)
	return text.Bytes(), err
}

func (r Report) sheet() (Sheet, error) {
	lines := [][]string{{"date", "floor", "floor_name", "zone", "zone_name", "figure", "starts_at", "clock", "value"}}
	for _, day := range r.Days {
		for _, p := range day.Places {
			place := []string{string(day.Date), p.Floor, plain(p.FloorName), p.Zone, plain(p.ZoneName)}
			for _, name := range slices.Sorted(maps.Keys(p.Counts)) {
				lines = append(lines, slices.Concat(place, []string{name, "", "", strconv.Itoa(p.Counts[name])}))
			}
			for _, h := range p.Hours {
				lines = append(lines, slices.Concat(place,
					[]string{"spots_in_use", h.StartsAt.Format(time.RFC3339), string(h.Clock),
						strconv.Itoa(h.SpotsInUse)}))
			}
		}
		for _, of := range []struct {
			figure string
			counts map[string]int
		}{{"searches_for_", day.Searches}, {"opened_page_", day.Pages}, {"opened_with_", day.Browsers}} {
			for _, kind := range slices.Sorted(maps.Keys(of.counts)) {
				lines = append(lines, []string{string(day.Date), "", "", "", "", of.figure + kind, "", "",
					strconv.Itoa(of.counts[kind])})
			}
		}
	}
	return sheetOf(lines)
}

// plain keeps a spreadsheet from taking a name for a formula.
func plain(name string) string {
	if strings.ContainsAny(name[:min(1, len(name))], "=+-@\t\r") {
		return "'" + name
	}
	return name
}
