// Command test reports whether the project is sound, from a fresh clone: go run ./scripts/test. It checks the source,
// builds the functions, synthesises the stacks and looks them over, and runs all tests with the real engine. It needs
// Go, Node.js with npm, Java 17 and a C compiler, and fails where one is missing. It ends with the lines of go test.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/iotspot/iotspot/localstack/aws/engine"
	"github.com/iotspot/iotspot/localstack/build"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "test:", err)
		os.Exit(1)
	}
	fmt.Println("test: all is well; known vulnerabilities are asked for by .ci/nightly and not here")
}

func run(ctx context.Context) error {
	if err := atTheRoot(); err != nil {
		return err
	}
	if err := checkTools(ctx); err != nil {
		return err
	}
	shared, err := startEngine(ctx)
	if err != nil {
		return err
	}
	defer shared.Stop()
	if err := os.Setenv(engine.Running, shared.URL); err != nil {
		return err
	}
	failed := runRows(ctx, checks)
	// The app, which is built beside them, was a check.
	if err := build.Functions(ctx, build.Folder(), "./functions/..."); err != nil {
		return err
	}
	if err := os.Setenv(build.Built, build.Folder()); err != nil {
		return err
	}
	failed = append(failed, runRows(ctx, tests)...)
	if ctx.Err() != nil {
		return errors.New("interrupted")
	}
	if len(failed) > 0 {
		return errors.New("failed: " + strings.Join(failed, ", "))
	}
	return nil
}

// runRows runs one row of steps after the other, until interrupted, and returns the names of those that failed.
func runRows(ctx context.Context, rows [][]step) (failed []string) {
	for _, row := range rows {
		if ctx.Err() == nil {
			failed = append(failed, runBesideEachOther(ctx, row)...)
		}
	}
	return failed
}

// port is where the tests' engine listens, the same each time: go test then knows again what it has tested before.
const port = 18555

// startEngine starts the engine of all tests, at another port where the usual one is taken.
func startEngine(ctx context.Context) (*engine.Engine, error) {
	if e, err := engine.Start(ctx, engine.Options{Port: port, Lasting: true}); err == nil {
		return e, nil
	}
	return engine.Start(ctx, engine.Options{Lasting: true})
}

// A step is one command; all are run even if one fails, so that everything that is wrong is seen at once.
type step struct {
	name    string
	command []string
	silent  bool // what it prints is a finding, whatever its exit code
	raced   bool // under the race detector, which needs a C compiler
}

// raced are the tests under the race detector. The CDK app is tested without it: nothing in it runs concurrently, and
// the CDK's library takes minutes to compile for it. So is the app's bundle, since the bundler takes ten times as long
// with it. What is killed at each call, what is lived in a browser, and the year and the campus of scripts/cost, where
// one thing is done after the other, go through the same functions hundreds of times over, of which the race detector
// sees enough in the other tests. All tests were vetted by a step of its own, so go test does not vet them again, and
// they are linked without what a debugger needs, in two thirds of the time. One package more is tested at a time than
// there are processors: a test often waits for the engine.
var raced = "packages=$(go list ./...) && go test -race -vet=off -ldflags=-w -skip Killed -timeout 15m -p " +
	strconv.Itoa(runtime.NumCPU()+1) +
	" $(echo \"$packages\" | grep -v -e /infra$ -e /bundle$ -e /proof/screens$ -e /proof/year$ -e /scripts/cost$)"

// Steps are run one row after the other, the checks first. Those of one row run beside each other: each of them waits
// for long, for the network or for an engine, or uses one processor of several. The browser has a row to itself, since
// what is seen in it has to come about in time.
var checks = [][]step{
	{
		{name: "gofmt", command: shell("gofmt -l $(git ls-files '*.go')"), silent: true},
		{name: "npm ci", command: shell("npm ci --prefix infra --ignore-scripts --no-audit --no-fund && npm ci " +
			"--prefix scripts/openapi --ignore-scripts --no-audit --no-fund")},
		{name: "go vet", command: shell("go vet ./...")},
	},
	{
		{name: "staticcheck", command: shell("go tool staticcheck ./...")},
		// Nobody deploys what it builds, so it is for this machine; .ci/nightly builds what is deployed.
		{name: "cdk synth", command: shell("IOTSPOT_GOARCH=" + runtime.GOARCH +
			" npx --prefix infra cdk synth --quiet --ci")},
	},
	{
		{name: "licences", command: shell("go run ./scripts/licences")},
		{name: "cdk-nag", command: shell("node infra/nag.js cdk.out")},
		{name: "registry", command: shell("node --test infra/registry.test.js && node infra/registry.js cdk.out")},
		{name: "openapi", command: shell("go run ./scripts/openapi")},
		{name: "the app's types", command: shell("go run ./scripts/app .iotspot/functions && npx --prefix " +
			"shared/app/client tsc -p shared/app/client")},
		{name: "go test ./infra", command: shell("go test -vet=off ./infra")},
	},
}

var tests = [][]step{
	{{name: "go test", command: shell(raced), raced: true}},
	{{name: "go test, in a browser", command: shell("go test -vet=off -parallel 4 -timeout 15m " +
		"./localstack/proof/screens")}},
	{{name: "go test, killed", command: shell("go test -vet=off -run Killed -parallel 3 -timeout 15m " +
		"./localstack/proof/whole")}},
	{
		{name: "go test, a year, a campus and the app", command: shell("go test -vet=off -timeout 15m " +
			"./localstack/proof/year ./scripts/cost ./localstack/bundle")},
		{name: "units", command: shell("go run ./scripts/bench -units")},
	},
}

// compiled lets the steps compile as the functions are, so that what they share is compiled once for both.
func compiled(raced bool) []string {
	environment := []string{"GOFLAGS=" + os.Getenv("GOFLAGS") + " -trimpath -tags=lambda.norpc", "CGO_ENABLED=0"}
	if raced {
		environment[1] = "CGO_ENABLED=1"
	}
	return environment
}

func shell(line string) []string { return []string{"sh", "-c", line} }

// runBesideEachOther returns the names of those that failed.
func runBesideEachOther(ctx context.Context, row []step) []string {
	good := make([]bool, len(row))
	var running sync.WaitGroup
	for i, s := range row {
		running.Go(func() { good[i] = s.run(ctx) })
	}
	running.Wait()
	var failed []string
	for i, s := range row {
		if !good[i] {
			failed = append(failed, s.name)
		}
	}
	return failed
}

func (s step) run(ctx context.Context) bool {
	fmt.Printf("test: %s\n", s.command[len(s.command)-1])
	begun := time.Now()
	var printed counter
	command := exec.CommandContext(ctx, s.command[0], s.command[1:]...)
	command.Stdout, command.Stderr = &printed, os.Stderr
	command.Env = append(os.Environ(), "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=1")
	command.Env = append(command.Env, compiled(s.raced)...)
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.WaitDelay = 10 * time.Second
	err := command.Run()
	good := err == nil && !(s.silent && printed > 0)
	verdict := "ok"
	if !good {
		verdict = "FAILED"
	}
	fmt.Printf("test: %s: %s (%.0f s)\n", s.name, verdict, time.Since(begun).Seconds())
	return good
}

// counter passes output on and counts it.
type counter int

func (c *counter) Write(text []byte) (int, error) {
	*c += counter(len(text))
	return os.Stdout.Write(text)
}

func atTheRoot() error {
	if _, err := os.Stat("cdk.json"); err != nil {
		return errors.New("run it in the project's own folder: go run ./scripts/test")
	}
	return nil
}
