package building

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fi"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/lu"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/pt"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/us"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/rules"
)

// publicHolidays are the national ones by country, whose rules reckon each year's.
var publicHolidays = map[string][]*cal.Holiday{"at": at.Holidays, "be": be.Holidays, "ch": ch.Holidays,
	"cz": cz.Holidays, "de": de.Holidays, "dk": dk.Holidays, "es": es.Holidays, "fi": fi.Holidays, "fr": fr.Holidays,
	"gb": gb.Holidays, "ie": ie.Holidays, "it": it.Holidays, "lu": lu.Holidays, "nl": nl.Holidays, "no": no.Holidays,
	"pl": pl.Holidays, "pt": pt.Holidays, "se": se.Holidays, "us": us.Holidays}

// HolidaysInput names a country and a year.
type HolidaysInput struct {
	Country string `json:"country"`
	Year    string `json:"year"`
}

// Holidays are closures that an administrator can take over.
type Holidays struct {
	Closures []rules.Closure `json:"closures"`
}

// Holidays proposes a country's public holidays of a year as closures: each on the day on which it is observed.
func (b Building) Holidays(_ context.Context, _ identity.Caller, in HolidaysInput) (Holidays, error) {
	year, err := strconv.Atoi(in.Year)
	if err != nil {
		return Holidays{}, err
	}
	proposed := Holidays{Closures: []rules.Closure{}}
	for _, holiday := range publicHolidays[in.Country] {
		if _, observed := holiday.Calc(year); observed.Year() == year {
			day := civil.Date(observed.Format(time.DateOnly))
			proposed.Closures = append(proposed.Closures, rules.Closure{Name: holiday.Name, From: day, Until: day})
		}
	}
	slices.SortStableFunc(proposed.Closures, func(a, b rules.Closure) int { return cmp.Compare(a.From, b.From) })
	return proposed, nil
}
