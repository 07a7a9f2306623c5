// cost prints what the system costs a month at AWS's list prices, calculated from measurements (scripts/measured),
// and where its first limits are.
//
//	go run ./scripts/cost           the tables, with the prices and where they are from
//	go run ./scripts/cost -write    writes the tables into README.md beside this file
package main

import (
	"cmp"
	"flag"
	"fmt"
	"log"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/iotspot/iotspot/scripts/measured"
)

const (
	page   = "scripts/cost/README.md"
	begins = "<!-- cost -->\n"
	ends   = "<!-- /cost -->"
)

// sizes are the deployments that are reckoned.
var sizes = []float64{200, 20_000, 2_000_000}

func main() {
	write := flag.Bool("write", false, "write the tables into scripts/cost/README.md")
	flag.Parse()
	kept, err := measured.Kept()
	if err != nil {
		log.Fatal(err)
	}
	tables, err := Tables(kept)
	if err != nil {
		log.Fatal(err)
	}
	if *write {
		err = refresh(tables)
	} else {
		_, err = fmt.Print(tables, "\n", Prices())
	}
	if err != nil {
		log.Fatal(err)
	}
}

func refresh(tables string) error {
	text, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	before, rest, opened := strings.Cut(string(text), begins)
	_, after, closed := strings.Cut(rest, ends)
	if !opened || !closed {
		return fmt.Errorf("%s has no marks %s and %s", page, strings.TrimSpace(begins), ends)
	}
	return os.WriteFile(page, []byte(before+begins+tables+ends+after), 0o644)
}

// A line is a part of the bill.
type line struct {
	what    string
	dollars func(q Quantities) float64
}

var bill = []line{
	{"DynamoDB", func(q Quantities) float64 { return q.Read*readUnit.Dollars + q.Write*writeUnit.Dollars }},
	{"Lambda", func(q Quantities) float64 { return q.GBSeconds*gbSecond.Dollars + q.Calls*invocation.Dollars }},
	{"API Gateway and traffic", func(q Quantities) float64 {
		return q.Requests*apiRequest.Dollars +
			q.GBOut*gigabyteOut.Dollars
	}},
	// What speaks MQTT does so past the broker to the rule, without a price of a message.
	{"sensors: IoT Core", func(q Quantities) float64 {
		return q.SensorMessages*iotRule.Dollars + q.OverLoRaWAN*(loRaWAN.Dollars+iotMessage.Dollars) +
			q.Connected*connection.Dollars
	}},
	{"queues", func(q Quantities) float64 { return q.QueueRequests * queueCall.Dollars }},
	{"mail, logs, traces, schedules", func(q Quantities) float64 {
		return q.Mails*mail.Dollars + q.LogGB*logGigabyte.Dollars + q.traces()*trace.Dollars +
			q.Starts*schedule.Dollars + q.Listings*listing.Dollars
	}},
	{"alarms, metrics, dashboard, keys", func(q Quantities) float64 {
		return q.Alarms*alarm.Dollars + q.Metrics*ownMetric.Dollars + dashboard.Dollars + key.Dollars +
			aSecret.Dollars + q.KeyCalls*keyCall.Dollars
	}},
}

// Together is the whole bill of a month, in dollars.
func Together(q Quantities) (all float64) {
	for _, line := range bill {
		all += line.dollars(q)
	}
	return all
}

// Tables are what a month costs, and the limits, as Markdown.
func Tables(m measured.Measured) (string, error) {
	var text strings.Builder
	quantities := make([]Quantities, len(sizes))
	head, rule := "| dollars a month |", "| --- |"
	for i, people := range sizes {
		var err error
		if quantities[i], err = Month(m, people); err != nil {
			return "", err
		}
		head, rule = head+" "+number(people)+" people |", rule+" ---: |"
	}
	fmt.Fprintln(&text, head+"\n"+rule)
	row := func(what string, dollars func(q Quantities) float64) {
		fmt.Fprintf(&text, "| %s |", what)
		for _, q := range quantities {
			fmt.Fprintf(&text, " %s |", number(roughly(dollars(q))))
		}
		fmt.Fprintln(&text)
	}
	for _, line := range bill {
		row(line.what, line.dollars)
	}
	row("**together**", Together)
	fmt.Fprintf(&text, "| a person, in cents |")
	for i, people := range sizes {
		fmt.Fprintf(&text, " %.1f |", 100*Together(quantities[i])/people)
	}
	fmt.Fprintln(&text)
	fmt.Fprintln(&text, "\n| people | where it ends | what happens there |\n| ---: | --- | --- |")
	for _, limit := range sorted(Limits(m)) {
		fmt.Fprintf(&text, "| %s | %s %s (%s) | %s |\n", number(roughly(limit.People())), number(roughly(limit.Is)),
			limit.What, limit.Source, limit.Then)
	}
	fmt.Fprintf(&text, "\n| people | what AWS gives unasked | for %s people ask for | what happens there |\n"+
		"| ---: | --- | ---: | --- |\n", number(asked))
	for _, quota := range sorted(Quotas(m)) {
		fmt.Fprintf(&text, "| %s | %s %s (%s) | %s | %s |\n", number(roughly(quota.People())),
			number(roughly(quota.Is)),
			quota.What, quota.Source, number(roughly(max(quota.Is, 1.5*asked*quota.Each))), quota.Then)
	}
	return text.String(), nil
}

// asked is for how many people of one zone the second table says what to ask for, half as much again for a busier
// day.
const asked = 2_000_000

func sorted(limits []Limit) []Limit {
	return slices.SortedStableFunc(slices.Values(limits), func(a, b Limit) int {
		return cmp.Compare(a.People(), b.People())
	})
}

// Prices are the list that was reckoned with.
func Prices() string {
	var text strings.Builder
	fmt.Fprintf(&text, "List prices in eu-west-1, looked up on %s; %q is as remembered, to be looked up before a "+
		"budget rests on it:\n", pricesOf, recalled)
	for _, p := range prices {
		fmt.Fprintf(&text, "  %-16s %-26s $%.10g  (%s)\n", p.Service, p.Unit, p.Dollars, p.Source)
	}
	return text.String()
}

// roughly is a number with two digits that mean something.
func roughly(n float64) float64 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 2, 64), 64)
	if err != nil {
		return n
	}
	return short
}

// number groups the digits by thousands.
func number(n float64) string {
	digits := strconv.FormatFloat(n, 'f', 0, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
