package statistics

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

// handledYears is how far back the months go that one answer shows.
const handledYears = 2

// afterMonth is how long after its end a month is shown: by then no count of it moves any more.
const afterMonth = 24 * time.Hour

// A HandledReport is how many requests of a business account's people were handled.
type HandledReport struct {
	Least  int            `json:"fewest"`
	Months []HandledMonth `json:"months"`
}

// A HandledMonth is one month of UTC, with what may be shown of it.
type HandledMonth struct {
	Month    string           `json:"month"`
	Requests []HandledRequest `json:"requests"`
}

// A HandledRequest is how often something was asked for and done.
type HandledRequest struct {
	Request table.Request  `json:"request"`
	Handled int            `json:"handled"`
	Within  map[string]int `json:"within,omitempty"` // by the times of table.Within; none where one of them is of few
}

// RequestsHandled answers how many requests of the caller's account were handled, by month (GDPR, art. 5(2)).
func (r Reports) RequestsHandled(ctx context.Context, caller identity.Caller, _ struct{}) (HandledReport, error) {
	shown := HandledReport{Least: Least, Months: []HandledMonth{}}
	account, err := r.Tables.Account(ctx, caller.Business)
	if err != nil {
		return shown, table.Unknown(err)
	}
	months, err := r.Tables.HandledOf(ctx, caller.Business, r.Now().AddDate(-handledYears, 0, 0))
	if err != nil || account.Users < Least {
		return shown, err
	}
	shown.Months = HandledMonths(months, r.Now())
	return shown, nil
}

// HandledMonths are the months that may be shown, in order, of one account or added up of all: those that are over,
// of them what happened five times or more. The times are shown where each number in them is nobody's or of five or
// more, since what is left out could be reckoned from the rest.
//
// A number says that something was done so often and not for whom. Who watches it can't see it move, as a month is
// over when it is shown. What is left is that four who tell each other of their requests learn of a fifth, as with
// all figures here.
func HandledMonths(all []table.Handled, now time.Time) []HandledMonth {
	months := []HandledMonth{}
	for month, counts := range added(all) {
		begins, err := time.Parse("2006-01", month)
		if err != nil || now.Before(begins.AddDate(0, 1, 0).Add(afterMonth)) {
			continue
		}
		if shown := handledRequests(counts); len(shown) > 0 {
			months = append(months, HandledMonth{month, shown})
		}
	}
	slices.SortFunc(months, func(a, b HandledMonth) int { return strings.Compare(a.Month, b.Month) })
	return months
}

// added are the counts of all accounts together, by month.
func added(all []table.Handled) map[string]map[table.Request]map[string]int {
	sums := map[string]map[table.Request]map[string]int{}
	for _, one := range all {
		if sums[one.Month] == nil {
			sums[one.Month] = map[table.Request]map[string]int{}
		}
		sum := sums[one.Month]
		for what, counts := range one.Counts {
			if sum[what] == nil {
				sum[what] = map[string]int{}
			}
			for within, n := range counts {
				sum[what][within] += n
			}
		}
	}
	return sums
}

func handledRequests(counts map[table.Request]map[string]int) []HandledRequest {
	var shown []HandledRequest
	for _, what := range table.Requests {
		one := HandledRequest{Request: what, Within: counts[what]}
		for _, n := range counts[what] {
			one.Handled += n
			if privacy.Few(n) {
				one.Within = nil
			}
		}
		if one.Handled >= Least {
			shown = append(shown, one)
		}
	}
	return shown
}
