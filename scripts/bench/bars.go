package main

import (
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/iotspot/iotspot/scripts/measured"
)

// A bar is the most that a flow is meant to cost, with finding out who is calling. Where that isn't reached, Why says
// so.
type bar struct {
	flow                string
	read, write, inARow float64
	why                 string
}

var bars = []bar{
	{flow: "Reserve", read: 1.5, write: 4, inARow: 2},
	{flow: "AvailabilityOfTwoHundredSpots", read: 5, write: 1, inARow: 2},
	{flow: "StateOfTwoHundredSpots", read: 5, write: 0, inARow: 2},
	{flow: "StateOfAThousandBusySpots", read: 5.5 * 9, write: 0, inARow: 2},
	{flow: "AgendaOfAMonth", read: 1.5, write: 0, inARow: 1},
	{flow: "SensorMessageThatIsHeardAgain", read: 0.5, write: 2, inARow: 3},
	{flow: "SensorMessageThatChangesNothing", read: 0.5, write: 0, inARow: 1},
	{flow: "WhoIsInOfTwoHundred", read: 20, write: 1, inARow: 4},
	{flow: "SearchAmongFiveHundred", read: 5, write: 3, inARow: 3},
	{flow: "SignIn", read: 3, write: 12, inARow: 6,
		why: "16 of the units are two transactions, which count twice: without them one code could begin two " +
			"sessions, and something be written for who is erased or objects"},
}

// held prints each bar beside what the flow costs, and gives an error for one that isn't kept and has no reason.
func held(flows map[string]measured.Flow) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "\nbar\tread\twrite\tin a row\t")
	var over error
	for _, b := range bars {
		flow, measured := flows[b.flow]
		kept := measured && flow.Read <= b.read && flow.Write <= b.write && flow.InARow <= b.inARow
		verdict := "kept"
		switch {
		case kept:
		case b.why != "":
			verdict = "not reached: " + b.why
		default:
			verdict = "OVER"
			over = fmt.Errorf("%s is over its bar", b.flow)
		}
		fmt.Fprintf(w, "%s\t%g of %g\t%g of %g\t%g of %g\t%s\n", b.flow, flow.Read, b.read, flow.Write, b.write,
			flow.InARow, b.inARow, verdict)
	}
	w.Flush()
	return over
}
