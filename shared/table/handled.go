package table

import (
	"context"
	"strings"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/privacy"
)

// A Request is something that people ask for under the statement. How many were handled is counted.
type Request string

// The requests. A consent is one to the statement, a disclosure one that the law requires.
const (
	Consents    Request = "consents"
	Overviews   Request = "overviews"
	Erasures    Request = "erasures"
	Objections  Request = "objections"
	Disclosures Request = "disclosures"
)

// Requests is the list.
var Requests = []Request{Consents, Overviews, Erasures, Objections, Disclosures}

// Within are the times within which requests are handled, the shortest first. What took longer than the last one
// counts as Later.
var Within = []struct {
	Name string
	Time time.Duration
}{{"minute", time.Minute}, {"hour", time.Hour}, {"day", 24 * time.Hour}, {"month", 30 * 24 * time.Hour}}

// Later is what took longer than each of Within.
const Later = "later"

// Handled is how many requests of a business account were handled in a month of UTC: by request, and by the time that
// it took. It says nothing about whose they were.
type Handled struct {
	Month  string // 2026-11
	Counts map[Request]map[string]int
}

const handledMark = "#handled"

func handledKey(business string, at time.Time) key {
	return key{privacy.Handled, business + handledMark, privacy.Handled.SortPrefix + at.UTC().Format("2006-01")}
}

// handled counts a request as handled. It belongs into the transaction that handles it, so that it counts once; of
// what is handled as soon as it is asked for took is 0.
func (t *Tables) handled(business string, what Request, at time.Time, took time.Duration) *update {
	name := Later
	for _, within := range Within {
		if took <= within.Time {
			name = within.Name
			break
		}
	}
	return t.update(handledKey(business, at)).add(string(what)+"#"+name, 1)
}

// HandledOf reads what was handled for an account, month by month, from a month on.
func (t *Tables) HandledOf(ctx context.Context, business string, from time.Time) ([]Handled, error) {
	k := handledKey(business, from)
	items, err := t.all(ctx, t.table(privacy.Insight).Get(pkName, k.pk).Range(skName, dynamo.GreaterOrEqual, k.sk))
	if err != nil {
		return nil, err
	}
	return handledIn(items), nil
}

// AllHandled reads what was handled for all accounts that there are. It reads the whole of insight, at half a read
// unit for each 4 KB: it is for the operator, and no function calls it.
func (t *Tables) AllHandled(ctx context.Context) ([]Handled, error) {
	var raw []dynamo.Item
	err := t.table(privacy.Insight).Scan().Filter("begins_with($, ?)", skName, privacy.Handled.SortPrefix).All(ctx,
		&raw)
	if err != nil {
		return nil, wrap(err)
	}
	return handledIn(raw), nil
}

func handledIn(items []dynamo.Item) []Handled {
	all := make([]Handled, len(items))
	for i, raw := range items {
		counts := map[Request]map[string]int{}
		for name, value := range raw {
			what, within, ok := strings.Cut(name, "#")
			if !ok {
				continue
			}
			if counts[Request(what)] == nil {
				counts[Request(what)] = map[string]int{}
			}
			counts[Request(what)][within] = int(number(value))
		}
		all[i] = Handled{Month: idIn(raw, privacy.Handled), Counts: counts}
	}
	return all
}
