package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/statistics"
	"github.com/iotspot/iotspot/shared/table"
)

// accountability is how the rights of people were kept, of all business accounts together.
func (d deployment) accountability() part {
	p := part{Title: "Requests of people that were handled (GDPR art. 5(2))", Text: []string{
		"Consents, overviews that were mailed, erasures, objections, and disclosures that the law required are " +
			"counted by business account and month, in the transaction that handles them, so that each counts once. " +
			"Whose they were is not kept, under no id and no pseudonym. What somebody looks up in the app is no " +
			"request and not counted. The counts stay until the contract ends.",
		"A month is shown once it is over, so that nobody sees a number move, and a number from five on; a " +
			"disclosure counts in the month from which the person may be told. An administrator sees the account's " +
			"own with `GET /business-account/requests-handled`, where it has five people or more.",
	}}
	if len(d.handled) == 0 {
		p.Text = append(p.Text,
			blank+"the deployment's numbers, which `INSIGHT_TABLE=… go run ./scripts/dossier -html …` puts here for "+
				"who may read that table.")
		return p
	}
	p.Head = []string{"month", "requests", "handled", "within"}
	for _, month := range d.handled {
		for _, r := range month.Requests {
			p.Rows = append(p.Rows, []string{month.Month, string(r.Request), strconv.Itoa(r.Handled), timesOf(r)})
		}
	}
	return p
}

func timesOf(r statistics.HandledRequest) string {
	if r.Within == nil {
		return "not told: one of the times is of few"
	}
	text := ""
	for _, within := range table.Within {
		if n := r.Within[within.Name]; n > 0 {
			text += fmt.Sprintf("a %s: %d; ", within.Name, n)
		}
	}
	return text + fmt.Sprintf("later: %d", r.Within[table.Later])
}

// handled reads what may be shown of the deployment that the environment names; nothing where it names none.
func handled(ctx context.Context, now func() time.Time) ([]statistics.HandledMonth, error) {
	if os.Getenv(table.Variables[privacy.Insight]) == "" {
		return nil, nil
	}
	tables, err := table.Open(ctx, now)
	if err != nil {
		return nil, err
	}
	all, err := tables.AllHandled(ctx)
	return statistics.HandledMonths(all, now()), err
}
