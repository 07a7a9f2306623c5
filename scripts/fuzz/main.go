// Command fuzz tries every fuzz target, one after the other, and keeps the small inputs that led somewhere new beside
// it:
//
//	go run ./scripts/fuzz -for 30s [FuzzFrame ./shared/sensor ...]
//
// go test runs what is kept in testdata/fuzz each time. An input that fails a target is written there by go test
// itself; the command then goes on with the others, and exits with 1.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	each := flag.Duration("for", 30*time.Second, "how long each target is fuzzed")
	parallel := flag.Int("parallel", 2, "how many inputs are tried at a time")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, *each, *parallel, flag.Args())
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "fuzz:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, each time.Duration, parallel int, only []string) error {
	all, err := targets(".")
	if err != nil {
		return err
	}
	cache, err := output(ctx, "go", "env", "GOCACHE")
	if err != nil {
		return err
	}
	tried := 0
	var failed []string
	for _, one := range all {
		if !one.among(only) {
			continue
		}
		tried++
		if err := one.fuzz(ctx, each, parallel); err != nil {
			failed = append(failed, one.name)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		kept, err := one.keep(ctx, cache)
		if err != nil {
			return err
		}
		fmt.Printf("fuzz: %s in %s: %d inputs more are kept\n", one.name, one.folder, kept)
	}
	switch {
	case tried == 0:
		return fmt.Errorf("there is no target %s", strings.Join(only, " "))
	case len(failed) > 0:
		return fmt.Errorf("failed: %s", strings.Join(failed, ", "))
	}
	return nil
}

// fuzz prints what go test does.
func (t target) fuzz(ctx context.Context, each time.Duration, parallel int) error {
	command := exec.CommandContext(ctx, "go", "test", t.folder, "-run", "^$", "-fuzz", "^"+t.name+"$",
		"-fuzztime", each.String(), "-fuzzminimizetime", "2s", "-parallel", strconv.Itoa(parallel))
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	return command.Run()
}

func output(ctx context.Context, name string, arguments ...string) (string, error) {
	text, err := exec.CommandContext(ctx, name, arguments...).Output()
	return strings.TrimSpace(string(text)), err
}
