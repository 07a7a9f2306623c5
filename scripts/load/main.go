// load holds clients on each flow of the local stack for a while, and reports throughput, latencies and errors, with
// the engine's own share of the time apart; then it looks into the raw tables: nothing that was acknowledged may be
// lost, and nothing may be there twice. Everything is started for it and ended again.
//
//	go run ./scripts/load                          all flows for 60 s to warm up, then one client and
//	                                               32, 60 s on each flow
//	go run ./scripts/load -for 10s -clients 8
//	go run ./scripts/load -faults -for 10s         breaks what the system stands on meanwhile
//	go run ./scripts/load -write                   writes what a call takes of a processor, into
//	                                               scripts/measured/measured.json
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/iotspot/iotspot/localstack/proof/load"
	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/scripts/measured"
	"github.com/iotspot/iotspot/shared/catalog"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	run := measure
	if load.IsClients() {
		run = func(ctx context.Context) error { return load.RunClients(ctx, os.Stdin, os.Stdout) }
	}
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func measure(ctx context.Context) (err error) {
	warm := flag.Duration("warm", 60*time.Second, "how long all flows run first, while the engine compiles itself")
	lasting := flag.Duration("for", 60*time.Second, "how long each flow is held under load")
	clients := flag.Int("clients", 32, "clients at once, each with a sensor, after one alone")
	binaries := flag.String("binaries", "", "folder of functions that are built already")
	faults := flag.Bool("faults", false, "break what the system stands on meanwhile, one thing after the other")
	write := flag.Bool("write", false, "write what a call takes of a processor into scripts/measured/measured.json")
	flag.Parse()
	folder := "" // in memory: a disk is none of what is measured
	if *faults { // an engine that is restarted finds its data again
		if folder, err = os.MkdirTemp("", "iotspot-load"); err != nil {
			return err
		}
		defer os.RemoveAll(folder)
	}
	s, err := stack.Start(ctx, stack.Options{Folder: folder, Manual: true, Binaries: *binaries,
		Functions: catalog.Functions, Operations: load.Operations(), Lasting: true,
		Progress: func(step string) { fmt.Println(step) }})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	l, err := load.New(ctx, s, *clients)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	if *faults {
		if err := broken(ctx, s, l, *lasting); err != nil {
			return err
		}
		return verify(ctx, l)
	}
	results, err := whole(ctx, l, *warm, *lasting)
	if err != nil {
		return err
	}
	if err := verify(ctx, l); err != nil || !*write {
		return err
	}
	return keep(results)
}

// verify looks through the raw tables.
func verify(ctx context.Context, l *load.Load) error {
	wrong, err := l.Verify(ctx)
	if err != nil {
		return err
	}
	if len(wrong) > 0 {
		return errors.New("the tables are wrong:\n" + strings.Join(wrong, "\n"))
	}
	fmt.Println("\nthe raw tables: nothing that was acknowledged is lost, no quarter of an hour is taken twice, " +
		"both sheets agree, the counts are right")
	return nil
}

// whole puts a load on each flow, with nothing broken.
func whole(ctx context.Context, l *load.Load, warm, lasting time.Duration) ([]load.Result, error) {
	if _, err := l.Run(ctx, load.Mixed, l.Clients, warm); err != nil {
		return nil, err
	}
	fmt.Printf("warm after %s of all flows; %s on each now\n%s\n", warm, lasting, calibrated())
	var results []load.Result
	for _, flow := range load.Flows {
		for _, clients := range slices.Compact([]int{1, l.Clients}) {
			result, err := l.Run(ctx, flow, clients, lasting)
			if err != nil {
				return nil, err
			}
			results = append(results, result)
			fmt.Printf("%s, %d at once: %d in %s; answers %s\n", flow, clients, result.Count(),
				result.Lasted.Round(time.Second), statuses(result))
		}
	}
	print(results)
	fmt.Print(calibrated())
	return results, nil
}

// broken puts a load on the flows while one thing after the other is broken.
func broken(ctx context.Context, s *stack.Stack, l *load.Load, lasting time.Duration) error {
	for _, fault := range load.Faults {
		end := fault.Begin(ctx, s)
		result, err := l.Run(ctx, fault.Flow, l.Clients, lasting)
		if err := errors.Join(err, end()); err != nil {
			return fmt.Errorf("%s: %w", fault.Name, err)
		}
		fmt.Printf("%s: %d in %s; answers %s; %d said when to try again\n", fault.Name, result.Count(),
			result.Lasted.Round(time.Second), statuses(result), result.Honest)
	}
	return nil
}

func statuses(r load.Result) string {
	var all []string
	for _, status := range slices.Sorted(maps.Keys(r.Statuses)) {
		all = append(all, fmt.Sprintf("%d×%d", r.Statuses[status], status))
	}
	return strings.Join(all, " ")
}

func print(results []load.Result) {
	ms := func(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d.Microseconds())/1000) }
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\n\t\t\tlatency, ms\t\t\t\tprocessor, ms of each\t\t\t\t")
	fmt.Fprintln(w, "flow\tclients\ta second\tp50\tp95\tp99\tmean, of it engine\tfunctions\tengine\tstand-ins\t"+
		"clients\t")
	for _, r := range results {
		n := time.Duration(max(1, r.Count()))
		fmt.Fprintf(w, "%s\t%d\t%.0f\t%s\t%s\t%s\t%s, %s\t%s\t%s\t%s\t%s\t\n", r.Flow, r.Clients,
			float64(r.Count())/r.Lasted.Seconds(), ms(r.Percentile(50)), ms(r.Percentile(95)), ms(r.Percentile(99)),
			ms(r.Mean()), ms(r.Engine/n), ms(r.CPU.AllFunctions()/n), ms(r.CPU.Engine/n), ms(r.CPU.StandIns/n),
			ms(r.CPU.Clients/n))
	}
	w.Flush()
}

// keep writes the processor's time of one call of each function that a flow calls once.
func keep(results []load.Result) error {
	once := map[load.Flow]string{load.Availability: "availability", load.Agenda: "booking",
		load.Sensing: "sensor-reading"}
	return measured.Write(func(m *measured.Measured) {
		m.Functions = map[string]measured.Function{}
		for _, r := range results {
			name := once[r.Flow]
			if spent, there := r.CPU.Functions[name]; there && r.Count() > 0 {
				m.Functions[name] = measured.Function{CPU: float64(spent.Microseconds()/int64(r.Count())) / 1000,
					Calls: r.Count()}
			}
		}
	})
}
