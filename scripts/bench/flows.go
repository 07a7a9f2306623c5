package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/iotspot/iotspot/localstack/build"
	"github.com/iotspot/iotspot/scripts/measured"
)

// uses is how often each flow is run. It is even: some take turns.
const uses = "10x"

// flows runs each flow's benchmark, which fails when the flow is over its budget, and compares the results with the
// checked-in file or rewrites it. The sweep's benchmark is about speed: go test -run ^$ -bench Sweep
// ./shared/retention
func flows(ctx context.Context, write bool) error {
	packages, err := benchmarked(ctx)
	if err != nil {
		return err
	}
	command := exec.CommandContext(ctx, "go", append([]string{"test", "-vet=off", "-run", "^$", "-bench", ".",
		"-skip", "Sweep", "-benchtime", uses, "-p", "4"}, packages...)...) // each waits for most of its time
	printed := &benchmarks{to: os.Stdout, flows: map[string]measured.Flow{}}
	command.Dir, command.Stdout, command.Stderr = build.Root(), printed, os.Stderr
	fmt.Println("What each flow costs, on a floor of 200 desks of which half are reserved:")
	if err := command.Run(); err != nil {
		return fmt.Errorf("a flow is over its budget: %w", err)
	}
	if err := held(printed.flows); err != nil {
		return err
	}
	if write {
		return measured.Write(func(m *measured.Measured) { m.Flows = printed.flows })
	}
	kept, err := measured.Kept()
	if err != nil {
		return err
	}
	if differ := kept.Differences(printed.flows); len(differ) > 0 {
		return errors.New(strings.Join(differ, "\n") +
			"\nscripts/measured/measured.json is not current: go run ./scripts/bench -write")
	}
	return nil
}

// benchmarked are the packages that have a benchmark: to link the tests of all others takes a minute.
func benchmarked(ctx context.Context) ([]string, error) {
	command := exec.CommandContext(ctx, "git", "grep", "--untracked", "-l", "^func Benchmark", "--",
		"shared/*_test.go")
	command.Dir = build.Root()
	files, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("git grep: %w", err)
	}
	var packages []string
	for file := range strings.Lines(string(files)) {
		packages = append(packages, "./"+path.Dir(file))
	}
	return slices.Compact(packages), nil
}

// benchmarks passes on the lines with results, which it reads, and those that tell of a failure.
type benchmarks struct {
	to    io.Writer
	flows map[string]measured.Flow
	rest  []byte
}

func (b *benchmarks) Write(p []byte) (int, error) {
	b.rest = append(b.rest, p...)
	for {
		line, rest, whole := bytes.Cut(b.rest, []byte("\n"))
		if !whole {
			return len(p), nil
		}
		b.rest = rest
		for _, start := range []string{"Benchmark", "---", "    ", "FAIL", "panic"} {
			if bytes.HasPrefix(line, []byte(start)) {
				fmt.Fprintf(b.to, "%s\n", line)
			}
		}
		b.read(string(line))
	}
}

// read takes a line as "BenchmarkReserve-2  10  14404440 ns/op  1.000 read-units/op  3.000 round-trips/op …".
func (b *benchmarks) read(line string) {
	fields := strings.Fields(line)
	name, is := strings.CutPrefix(first(fields), "Benchmark")
	if !is || len(fields) < 4 {
		return
	}
	name, _, _ = strings.Cut(name, "-")
	var flow measured.Flow
	for i := 2; i+1 < len(fields); i += 2 {
		value, err := strconv.ParseFloat(fields[i], 64)
		if err != nil {
			return
		}
		switch fields[i+1] {
		case "read-units/op":
			flow.Read = value
		case "write-units/op":
			flow.Write = value
		case "round-trips/op":
			flow.Trips = value
		case "in-a-row":
			flow.InARow = value
		}
	}
	b.flows[name] = flow
}

func first(fields []string) string {
	if len(fields) == 0 {
		return ""
	}
	return fields[0]
}
