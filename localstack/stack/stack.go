// Package stack is the whole system on one machine: the functions of the catalog, built as they are deployed, and a
// stand-in for every service that they use. Tests live in it and `go run ./localstack` shows it.
package stack

import (
	"context"
	"errors"
	"net"
	"net/http"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"github.com/iotspot/iotspot/localstack/aws/dns"
	"github.com/iotspot/iotspot/localstack/aws/engine"
	"github.com/iotspot/iotspot/localstack/aws/eventbridge"
	"github.com/iotspot/iotspot/localstack/aws/iotcore"
	"github.com/iotspot/iotspot/localstack/aws/lambda"
	"github.com/iotspot/iotspot/localstack/aws/s3"
	"github.com/iotspot/iotspot/localstack/aws/scheduler"
	"github.com/iotspot/iotspot/localstack/aws/ses"
	"github.com/iotspot/iotspot/localstack/aws/sqs"
	"github.com/iotspot/iotspot/localstack/console"
	"github.com/iotspot/iotspot/localstack/guard"
	"github.com/iotspot/iotspot/localstack/protocol/sdk"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/staff"
	"github.com/iotspot/iotspot/shared/table"
)

// Options say how the stack is run. The zero value keeps everything in memory, on free ports, with the schedules
// running.
type Options struct {
	Folder   string    // where data is kept between runs; "": nothing is kept
	Ports    Ports     // zero ones are free ones
	At       time.Time // the clock begins here, or at the machine's time where that is later
	Manual   bool      // the schedules are started by Tick alone
	Engine   string    // address of an engine that runs already, in which the stack gets a database of its own
	Binaries string    // folder of functions that are built already; "": they are built, in build.Folder
	// Lasting: this process does nothing else, for long. Its engine is one that stays up; and its stand-ins, which wait
	// most of their time, run on one processor, since looking for work on another costs them up to a fifth.
	Lasting  bool
	Progress func(step string)
	Roots    secret.Roots // of the deployment's keys, where the folder has none; zero: new ones

	Functions  []catalog.Function // nil: the catalog's
	Operations []api.Operation    // nil: those of shared/api
	Edges      []catalog.Edge     // what services may do to each other's things; nil: those of the two above
}

// Ports are the fixed ones of `go run ./localstack`.
type Ports struct{ API, Console, AWS, MQTT, DNS, Engine int }

// A Line is one that a process wrote.
type Line = console.Line

// A DeadLetter is an event that was given up.
type DeadLetter = console.DeadLetter

// A Stack runs. Its parts are there to be looked into.
type Stack struct {
	API, Console, AWS, Engine string // addresses
	MQTT, DNS                 string // host and port of the broker and of the name server
	EngineKey                 string // the access key of the stack's database in the engine
	Mailbox                   *ses.Mailbox
	Buckets                   *s3.Store
	Queues                    map[string]*sqs.Queue // by name, the dead-letter queue of readings included

	options   Options
	roots     secret.Roots
	engine    *engine.Engine // nil where it was running already
	guard     *guard.Guard
	edges     *guard.Edges
	pools     map[string]*lambda.Pool
	bus       *eventbridge.Bus
	mappings  []*sqs.Mapping
	scheduler *scheduler.Scheduler
	broker    *iotcore.Broker
	names     *dns.Server
	servers   []*http.Server

	moving sync.Mutex // one move at a time
	mu     sync.Mutex
	offset time.Duration
	lines  []Line
	dead   []DeadLetter
}

// Start starts everything and returns when all answers. What fails on the way has been ended again.
func Start(ctx context.Context, options Options) (*Stack, error) {
	if options.Progress == nil {
		options.Progress = func(string) {}
	}
	if options.Functions == nil {
		options.Functions, options.Operations = catalog.Functions, api.Operations()
	}
	if options.Edges == nil {
		options.Edges = catalog.Edges(options.Functions, options.Operations)
	}
	s := &Stack{options: options, pools: map[string]*lambda.Pool{}, Queues: map[string]*sqs.Queue{}}
	s.edges = guard.NewEdges(options.Edges, func(why string) { s.log("", "refused: "+why) })
	for _, step := range []func(context.Context) error{s.openFolder, s.startEngine, s.startNames, s.build,
		s.openServices, s.serve, s.startTriggers, s.openConsole} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	if options.Lasting {
		runtime.GOMAXPROCS(1)
	}
	return s, nil
}

// Close ends everything that was started.
func (s *Stack) Close() error {
	grace, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	var errs []error
	for _, server := range slices.Backward(s.servers) { // the API first, the services last
		if server != s.servers[0] {
			_ = server.Shutdown(grace) // a request that takes longer is cut off
		}
	}
	if s.broker != nil {
		errs = append(errs, s.broker.Close())
	}
	for _, pool := range s.pools {
		pool.Close()
	}
	for _, mapping := range s.mappings {
		mapping.Close()
	}
	if s.scheduler != nil {
		s.scheduler.Close()
	}
	if s.bus != nil {
		s.bus.Close()
		s.bus.Wait()
	}
	for _, server := range s.servers {
		errs = append(errs, server.Close())
	}
	if s.names != nil {
		errs = append(errs, s.names.Close())
	}
	errs = append(errs, s.keep())
	if s.engine != nil {
		s.engine.Stop()
	}
	return errors.Join(errs...)
}

// Calls are the calls to services that functions were seen to make and were allowed.
func (s *Stack) Calls() []guard.Call { return s.guard.Calls() }

// Intercept lets a test break calls; nil ends that.
func (s *Stack) Intercept(with guard.Interceptor) { s.guard.Intercept(with) }

// Watch lets somebody see every call of a function to a service when it has ended; nil ends that.
func (s *Stack) Watch(with func(guard.Span)) { s.guard.Watch(with) }

// Observe lets somebody see which kinds of data each function uses, call by call; nil ends that.
func (s *Stack) Observe(with func(guard.Use)) { s.guard.Observe(with) }

// Withdraw takes a permission between two services away until restore is called.
func (s *Stack) Withdraw(edge catalog.Edge) (restore func()) { return s.edges.Withdraw(edge) }

// Unused are the permissions between services by which nothing was done so far.
func (s *Stack) Unused() []catalog.Edge { return s.edges.Unused() }

// Tables is a client of the raw tables.
func (s *Stack) Tables() *dynamodb.Client { return engine.Client(s.Engine, s.EngineKey) }

// Keys are the deployment's for all purposes, of which each function has its own.
func (s *Stack) Keys() secret.Keys { return s.roots.Keys() }

// HasData tells whether anything is in the directory.
func (s *Stack) HasData(ctx context.Context) (bool, error) {
	found, err := s.Tables().Scan(ctx, &dynamodb.ScanInput{TableName: aws.String(string(catalog.Directory)),
		Limit: aws.Int32(1)})
	return err == nil && len(found.Items) > 0, err
}

// Config makes SDK clients that may do everything, past the rights and the record.
func (s *Stack) Config() aws.Config { return sdk.Config(s.AWS, guard.Operator) }

// SetRecords gives a name its TXT records in DNS, as who administers its domain does.
func (s *Stack) SetRecords(name string, texts ...string) error { return s.names.Set(name, texts...) }

// Records are the TXT records that were set, by name.
func (s *Stack) Records() map[string][]string { return s.names.Records() }

// Staff keeps the list of the operator's staff, as scripts/staff does, and gives the secret of an enrolment.
func (s *Stack) Staff(ctx context.Context, order staff.Order) (enrolment string, err error) {
	return staff.Registrar{Tables: table.New(s.Tables(), engine.Names(), s.Now), Now: s.Now}.Carry(ctx, order)
}

// Allot lets an account tie devices, as scripts/devices does.
func (s *Stack) Allot(ctx context.Context, business string, devices ...string) error {
	return building.Devices{Tables: table.New(s.Tables(), engine.Names(), s.Now)}.Allot(ctx, business, devices)
}

// Publish publishes an MQTT message as a device would.
func (s *Stack) Publish(topic string, payload []byte) error { return s.broker.Publish(topic, payload) }

// Invoke starts a function and waits for its answer.
func (s *Stack) Invoke(function string, payload []byte) ([]byte, error) {
	pool := s.pools[function]
	if pool == nil {
		return nil, errors.New("there is no function " + function)
	}
	return pool.Invoke(payload)
}

// Tick starts every scheduled function, all at once, and waits until they have ended.
func (s *Stack) Tick() error { return s.scheduler.Tick() }

// Settle waits until no event, no reading and no call is on its way.
func (s *Stack) Settle(ctx context.Context) error {
	for {
		s.bus.Wait()
		waiting := 0
		for _, mapping := range s.mappings {
			waiting += mapping.Queue.Pending()
		}
		if waiting == 0 {
			s.bus.Wait() // a reading may have started an event
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// Logs are the last lines that functions wrote and what the stack says about them, oldest first.
func (s *Stack) Logs() []Line {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.lines)
}

// DeadLetters are the events that were given up; readings are in their own queue.
func (s *Stack) DeadLetters() []DeadLetter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.dead)
}

// PutAside are the messages of the queues that no function reads: what could not be handled.
func (s *Stack) PutAside() map[string][]sqs.Message {
	aside := map[string][]sqs.Message{}
	for name, q := range s.Queues {
		if !slices.ContainsFunc(s.mappings, func(m *sqs.Mapping) bool { return m.Queue == q }) {
			aside[name] = append([]sqs.Message{}, q.Messages()...)
		}
	}
	return aside
}

// maxLines is how many lines are kept.
const maxLines = 50_000

func (s *Stack) log(function, text string) {
	line := Line{At: s.Now(), Function: function, Text: text}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.lines) >= maxLines {
		s.lines = slices.Delete(s.lines, 0, maxLines/10)
	}
	s.lines = append(s.lines, line)
}

// putAside keeps what a function failed on, as Lambda's record of it if the function may send that; or, without a
// function, what EventBridge or its Scheduler gave up.
func (s *Stack) putAside(function, reason string, event []byte) {
	at := s.Now()
	if function != "" {
		if s.edges.Let(catalog.Edge{By: catalog.Lambda, For: function, Action: catalog.SendMsg,
			On: catalog.DeadLetterQueue}) != nil {
			return // lost, as in AWS: the log says so
		}
		event = lambda.FailureRecord(function, event, reason, at)
	}
	letter := DeadLetter{At: at, Function: function, Reason: reason, Event: string(event)}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dead = append(s.dead, letter)
}

func (s *Stack) path(name string) string {
	if s.options.Folder == "" {
		return ""
	}
	return filepath.Join(s.options.Folder, name)
}

func serveOn(listener net.Listener, handler http.Handler) *http.Server {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go server.Serve(listener)
	return server
}
