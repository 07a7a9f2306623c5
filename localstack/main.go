// Command localstack runs the whole system on this machine, without Docker, an account or a token. Ctrl-C ends it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/iotspot/iotspot/localstack/build"
	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/civil"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "localstack:", err)
		os.Exit(1)
	}
}

func run() error {
	options := stack.Options{Progress: progress(time.Now()), Lasting: true}
	flag.StringVar(&options.Folder, "folder", filepath.Join(build.Root(), ".iotspot", "data"),
		"where data is kept between runs")
	fresh := flag.Bool("fresh", false, "keep nothing: begin empty, in memory, and leave what is kept alone")
	empty := flag.Bool("empty", false, "don't load the example office")
	flag.IntVar(&options.Ports.API, "api", 8080, "port of the API")
	flag.IntVar(&options.Ports.Console, "console", 8081, "port of the console and mailbox")
	flag.IntVar(&options.Ports.AWS, "aws", 4566, "port of the AWS services")
	flag.IntVar(&options.Ports.MQTT, "mqtt", 1883, "port of the MQTT broker")
	flag.IntVar(&options.Ports.DNS, "dns", 8053, "port of the name server")
	flag.IntVar(&options.Ports.Engine, "engine", 8000, "port of DynamoDB Local")
	flag.Parse()
	if flag.NArg() > 0 {
		return fmt.Errorf("%q is not understood: see -help", flag.Arg(0))
	}
	if *fresh {
		options.Folder = ""
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go endWithParent(stop)
	s, err := stack.Start(ctx, options)
	if ctx.Err() != nil {
		return nil // Ctrl-C before it was up
	}
	if err != nil {
		return err
	}
	if !*empty {
		if err := load(ctx, s, options.Progress); err != nil {
			fmt.Fprintln(os.Stderr, "the example office is not loaded:", err)
		}
	}
	fmt.Printf(addresses, s.API, s.API, s.API, s.Console, s.MQTT, s.DNS, s.AWS, s.Engine, s.Now().Format(time.RFC3339),
		civil.ZoneDataVersion())
	<-ctx.Done()
	stop() // a second Ctrl-C ends at once
	fmt.Println("\nending everything that was started")
	return s.Close()
}

func load(ctx context.Context, s *stack.Stack, say func(string)) error {
	has, err := s.HasData(ctx)
	if err != nil || has {
		return err
	}
	client := example.Client{API: s.API, Console: s.Console}
	if err := client.Load(ctx); err != nil {
		return err
	}
	say("example office is loaded; sign in as " + example.Administrator)
	return nil
}

// endWithParent ends the stack when who started it is gone: a signal to `go run` does not reach what it runs.
func endWithParent(stop func()) {
	for parent := os.Getppid(); os.Getppid() == parent; time.Sleep(time.Second) {
	}
	stop()
}

const addresses = `
  app       %s   sign in with the code from the mailbox, or register
  API       %s   (the reference: %s/reference)
  console   %s   mailbox, clock, logs
  MQTT      mqtt://%s
  DNS       %s   the domains' records; set them at the console
  AWS       %s   S3, SQS, EventBridge, SES, DynamoDB; access key "operator"
  engine    %s   DynamoDB Local, for people with an AWS account
  clock     %s   (time zones: IANA %s)

Ctrl-C ends it.
`

// progress prints a line for each step with the time since the beginning.
func progress(began time.Time) func(string) {
	return func(step string) { fmt.Printf("%6.1fs  %s\n", time.Since(began).Seconds(), step) }
}
