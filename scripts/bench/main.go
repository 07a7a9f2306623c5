// bench prints what each flow costs, in request units and round trips as the engine reports them, beside the bars
// that are set for it, and fails when one is over its budget or its bar, or costs otherwise than scripts/measured
// says; then each function's size as it is deployed and its time from process start to the first /next, beside that of
// an empty one with the same clients, and fails when one for which somebody waits takes much longer than that.
//
//	go run ./scripts/bench          all of it
//	go run ./scripts/bench -units   the flows alone
//	go run ./scripts/bench -write   writes what the flows cost into scripts/measured/measured.json
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
)

func main() {
	write := flag.Bool("write", false, "write what the flows cost into scripts/measured/measured.json")
	units := flag.Bool("units", false, "the flows alone, and not the functions' size and start")
	flag.Parse()
	if err := run(context.Background(), *write, *units); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, write, units bool) error {
	if err := flows(ctx, write); err != nil || units {
		return err
	}
	return functions(ctx)
}
