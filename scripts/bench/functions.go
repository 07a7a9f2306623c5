package main

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"text/tabwriter"

	"github.com/iotspot/iotspot/localstack/build"
	"github.com/iotspot/iotspot/localstack/bundle"
	"github.com/iotspot/iotspot/shared/api"
)

// How long a function for which somebody waits may take to start, in starts of an empty one with the same clients.
const (
	startBar  = 1.5 // is meant to
	startMost = 2.5 // fails
)

// functions prints each function's size as it is deployed and how long it takes to start here, beside the bar, and
// fails for one that takes more than the most.
func functions(ctx context.Context) error {
	folder, err := os.MkdirTemp("", "iotspot-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	built, err := buildAll(ctx, folder)
	if err != nil {
		return err
	}
	fmt.Printf("\nEach function, linux/arm64 as deployed; start to first /next on this machine, median of %d, and that "+
		"of an empty one with the same clients of the SDK, started in turns with it; the bar where somebody waits "+
		"is %g times, the most %g:\n",
		starts, startBar, startMost)
	table := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "function\tbinary MB\tzipped MB\tstart ms\tempty ms\ttimes\t\t")
	var over error
	for _, name := range slices.Sorted(maps.Keys(built.empty)) {
		size, zipped, err := sizes(filepath.Join(built.deployed, name))
		if err != nil {
			return err
		}
		own, bare, err := compare(ctx, filepath.Join(built.here, name), built.empty[name])
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		times := float64(own) / float64(bare)
		if times > startMost && awaited(name) {
			over = errors.Join(over, fmt.Errorf("%s takes %.2f times an empty function to start", name, times))
		}
		verdict := ""
		if times > startBar && awaited(name) {
			verdict = "over the bar"
		}
		fmt.Fprintf(table, "%s\t%.1f\t%.1f\t%.1f\t%.1f\t%.2f\t%s\t\n", name, size, zipped,
			float64(own.Microseconds())/1000, float64(bare.Microseconds())/1000, times, verdict)
	}
	return errors.Join(table.Flush(), over)
}

// binaries are every function, built once for each thing that is measured.
type binaries struct {
	here, deployed string            // the folders of those for this machine, and of those as they are deployed
	empty          map[string]string // by function, an empty one with the same clients, for this machine
}

func buildAll(ctx context.Context, folder string) (binaries, error) {
	built := binaries{here: filepath.Join(folder, "here"), deployed: filepath.Join(folder, "arm64")}
	if err := build.Functions(ctx, built.here, "./functions/..."); err != nil {
		return built, err
	}
	linked, err := clients(ctx)
	if err != nil {
		return built, err
	}
	built.empty, err = buildEmpty(ctx, filepath.Join(folder, "empty"), linked)
	if err != nil {
		return built, err
	}
	os.Setenv("GOOS", "linux")
	os.Setenv("GOARCH", "arm64")
	if err := build.Functions(ctx, built.deployed, "./functions/..."); err != nil {
		return built, err
	}
	return built, bundle.App(ctx, built.here) // without which the function of the app does not start
}

// awaited tells whether somebody waits for a function.
func awaited(function string) bool {
	return slices.ContainsFunc(api.Operations(), func(o api.Operation) bool { return o.Function == function })
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
