// bench prints what each flow costs, in request units and round trips as the engine reports them, beside the bars
// that are set for it, and fails when one is over its budget or its bar, or costs otherwise than scripts/measured
// says; then each function's size as it is deployed and its time from process start to the first /next.
//
//	go run ./scripts/bench          all of it
//	go run ./scripts/bench -units   the flows alone
//	go run ./scripts/bench -write   writes what the flows cost into scripts/measured/measured.json
package main

import (
	"archive/zip"
	"bytes"
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/iotspot/iotspot/localstack/build"
	"github.com/iotspot/iotspot/localstack/bundle"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/secret"
)

// starts is how often each function is started to find the median.
const starts = 20

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

func functions(ctx context.Context) error {
	folder, err := os.MkdirTemp("", "iotspot-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	here, deployed := filepath.Join(folder, "here"), filepath.Join(folder, "arm64")
	if err := build.Functions(ctx, here, "./functions/..."); err != nil {
		return err
	}
	idle := filepath.Join(folder, "idle")
	if err := build.Functions(ctx, idle, "./scripts/bench/empty"); err != nil {
		return err
	}
	bare, err := median(ctx, filepath.Join(idle, "empty"))
	if err != nil {
		return err
	}
	os.Setenv("GOOS", "linux")
	os.Setenv("GOARCH", "arm64")
	if err := build.Functions(ctx, deployed, "./functions/..."); err != nil {
		return err
	}
	files, err := os.ReadDir(here)
	if err != nil {
		return err
	}
	if err := bundle.App(ctx, here); err != nil { // without which the function of the app does not start
		return err
	}
	fmt.Printf("\nEach function, linux/arm64 as deployed; start to first /next on this machine, median of %d, and "+
		"how many times that of an empty one with the same client, which is %.1f ms:\n", starts,
		float64(bare.Microseconds())/1000)
	table := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "function\tbinary MB\tzipped MB\tstart ms\ttimes\t")
	for _, file := range files {
		size, zipped, err := sizes(filepath.Join(deployed, file.Name()))
		if err != nil {
			return err
		}
		start, err := median(ctx, filepath.Join(here, file.Name()))
		if err != nil {
			return fmt.Errorf("%s: %w", file.Name(), err)
		}
		fmt.Fprintf(table, "%s\t%.1f\t%.1f\t%.1f\t%.2f\t\n", file.Name(), size, zipped,
			float64(start.Microseconds())/1000, float64(start)/float64(bare))
	}
	return table.Flush()
}

func sizes(path string) (size, zipped float64, err error) {
	binary, err := os.ReadFile(path)
	if err != nil {
		return 0, 0, err
	}
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	entry, err := w.Create("bootstrap")
	if err != nil {
		return 0, 0, err
	}
	if _, err := entry.Write(binary); err != nil {
		return 0, 0, err
	}
	const mega = 1 << 20
	return float64(len(binary)) / mega, float64(archive.Len()) / mega, w.Close()
}

func median(ctx context.Context, binary string) (time.Duration, error) {
	var all []time.Duration
	for range starts {
		one, err := start(ctx, binary)
		if err != nil {
			return 0, err
		}
		all = append(all, one)
	}
	slices.Sort(all)
	return all[len(all)/2], nil
}

// start measures from the start of the process to its first request for work.
func start(ctx context.Context, binary string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	asked := make(chan time.Time, 1)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	server := &http.Server{ReadHeaderTimeout: time.Second,
		Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			select {
			case asked <- time.Now():
			default:
			}
			<-r.Context().Done() // there is no work
		})}
	go server.Serve(listener)
	defer server.Close()

	command := exec.CommandContext(ctx, binary)
	command.Env = environment(listener.Addr().String())
	begun := time.Now()
	if err := command.Start(); err != nil {
		return 0, err
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	select {
	case at := <-asked:
		_ = command.Process.Kill()
		<-ended
		return at.Sub(begun), nil
	case err := <-ended:
		return 0, fmt.Errorf("it ended before it asked for work: %w", err)
	}
}

func environment(runtimeAPI string) []string {
	var keys []string
	for _, purpose := range secret.Purposes {
		keys = append(keys, string(purpose)+"=0123456789abcdef0123456789abcdef")
	}
	return append(keys, "GOGC="+catalog.Functions[0].Collector()["GOGC"],
		"AWS_LAMBDA_RUNTIME_API="+runtimeAPI, "AWS_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=bench",
		"AWS_SECRET_ACCESS_KEY=bench",
		"DIRECTORY_TABLE=directory", "AGENDA_TABLE=agenda", "INSIGHT_TABLE=insight", "PHOTOS_BUCKET=photos",
		"EVENT_BUS=bus",
		"UNREADABLE_QUEUE_URL=http://127.0.0.1/unreadable", "READINGS_QUEUE_URL=http://127.0.0.1/readings",
		"CONNECTOR_SECRET=connector",
		"PUBLIC_URL=https://api.example", "MAIL_FROM=office@iotspot.example", "SUPPORT=support@iotspot.example",
		"CONTROLLER="+controllertest.Example.Encode(),
	)
}
