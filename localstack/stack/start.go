package stack

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/apigateway"
	"github.com/iotspot/iotspot/localstack/aws/dns"
	"github.com/iotspot/iotspot/localstack/aws/engine"
	"github.com/iotspot/iotspot/localstack/aws/eventbridge"
	"github.com/iotspot/iotspot/localstack/aws/iotcore"
	"github.com/iotspot/iotspot/localstack/aws/lambda"
	"github.com/iotspot/iotspot/localstack/aws/s3"
	"github.com/iotspot/iotspot/localstack/aws/scheduler"
	"github.com/iotspot/iotspot/localstack/aws/ses"
	"github.com/iotspot/iotspot/localstack/aws/sqs"
	"github.com/iotspot/iotspot/localstack/build"
	"github.com/iotspot/iotspot/localstack/bundle"
	"github.com/iotspot/iotspot/localstack/console"
	"github.com/iotspot/iotspot/localstack/guard"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/wake"
)

// visibleAfter is the readings' visibility time-out: in AWS six times the function's time-out, here sooner, so that a
// message that fails is seen to end in the dead letters while somebody looks.
const visibleAfter = time.Second

func (s *Stack) openFolder(context.Context) error {
	s.EngineKey, s.roots = "stack"+secret.ID(), s.options.Roots
	if s.roots.Step == "" {
		s.roots = secret.NewRoots(secret.Token(), time.Now())
	}
	if s.options.Folder == "" {
		return s.readOffset()
	}
	if err := os.MkdirAll(s.options.Folder, 0o700); err != nil {
		return err
	}
	s.EngineKey = "iotspot"
	if err := s.readRoots(); err != nil {
		return err
	}
	s.options.Progress("data is kept in " + s.options.Folder)
	return s.readOffset()
}

// RootsFile is where the deployment's roots are, in the folder of the data whose hashes they made. scripts/keys takes
// the next step of a change of keys there.
const RootsFile = "hash-key"

func (s *Stack) readRoots() error {
	content, err := os.ReadFile(s.path(RootsFile))
	if err == nil {
		s.roots, err = secret.ReadRoots(string(content), time.Now())
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	text, err := s.roots.Text()
	if err != nil {
		return err
	}
	return os.WriteFile(s.path(RootsFile), []byte(text), 0o600)
}

func (s *Stack) startEngine(ctx context.Context) error {
	s.Engine = s.options.Engine
	if s.Engine == "" {
		// The engine listens itself; a taken port is found before Java starts.
		probe, err := listen("the engine", s.options.Ports.Engine)
		if err != nil {
			return err
		}
		probe.Close()
		options := engine.Options{Port: s.options.Ports.Engine, Shared: true, Lasting: s.options.Lasting}
		if s.options.Folder != "" {
			options.Folder = s.path("engine")
			if err := os.MkdirAll(options.Folder, 0o700); err != nil {
				return err
			}
		}
		if s.engine, err = engine.Start(ctx, options); err != nil {
			return err
		}
		s.Engine = s.engine.URL
	}
	if err := engine.CreateTables(ctx, s.Tables()); err != nil {
		return err
	}
	s.options.Progress(fmt.Sprintf("engine answers, with %d tables", len(catalog.Tables)))
	return nil
}

func (s *Stack) startNames(context.Context) error {
	var err error
	if s.names, err = dns.Start(s.options.Ports.DNS); err != nil {
		return fmt.Errorf("port %d, for DNS, is taken: end what listens there or choose another port",
			s.options.Ports.DNS)
	}
	s.DNS = s.names.Address
	s.options.Progress("name server answers")
	return nil
}

func (s *Stack) build(ctx context.Context) error {
	if s.options.Binaries == "" {
		if err := s.compile(ctx); err != nil {
			return err
		}
	}
	for _, function := range s.options.Functions {
		binary := filepath.Join(s.options.Binaries, function.Name)
		if _, err := os.Stat(binary); err != nil {
			return fmt.Errorf("the catalog names the function %s, and functions/ does not have it", function.Name)
		}
		if err := s.startable(function); err != nil {
			return err
		}
		s.pools[function.Name] = lambda.New(lambda.Function{Name: function.Name, Binary: binary,
			Memory:  function.Memory,
			Timeout: function.Timeout, Environment: func() []string { return s.environment(function) }, Now: time.Now,
			Log: func(line string) { s.log(function.Name, line) }})
	}
	return nil
}

// startable refuses a function that Lambda would not start: with too large an environment, or with one that its role
// may not decrypt.
func (s *Stack) startable(function catalog.Function) error {
	if slices.ContainsFunc(function.Variables, catalog.Variable.IsSecret) {
		if err := s.edges.Let(catalog.Edge{By: catalog.Lambda, For: function.Name, Action: catalog.Decrypt,
			On: catalog.DataKey}); err != nil {
			return err
		}
	}
	return function.CheckEnvironment(function.Environment(s.resource, s.value))
}

func (s *Stack) compile(ctx context.Context) error {
	began := time.Now()
	if err := Build(ctx); err != nil {
		return err
	}
	s.options.Binaries = build.Folder()
	s.options.Progress(fmt.Sprintf("functions and the app are built: %d in %.1f s", len(s.options.Functions),
		time.Since(began).Seconds()))
	return nil
}

// Build makes the functions and the app's files in build.Folder. Who starts many stacks does it once, and names the
// folder in their Options.
func Build(ctx context.Context) error {
	if os.Getenv(build.Built) == build.Folder() {
		return nil
	}
	if err := build.Functions(ctx, build.Folder(), "./functions/..."); err != nil {
		return err
	}
	return bundle.App(ctx, build.Folder())
}

func (s *Stack) openServices(context.Context) error {
	var err error
	if s.Mailbox, err = ses.Open(s.path("mail"), sender, mailSet, s.Now); err != nil {
		return err
	}
	var buckets []string
	for _, name := range catalog.Buckets {
		buckets = append(buckets, string(name))
	}
	if s.Buckets, err = s3.Open(s.path("buckets"), s.Now, buckets...); err != nil {
		return err
	}
	if err := s.openQueues(); err != nil {
		return err
	}
	s.bus = eventbridge.New(eventbridge.Options{Functions: s.options.Functions, Invoke: s.Invoke, Dead: s.putAside,
		Now: s.Now, Retries: eventbridge.DefaultRetries, Let: s.edges.Let})
	s.guard, err = guard.New(guard.Options{Functions: s.options.Functions, Edges: s.edges, Engine: s.Engine,
		EngineKey: s.EngineKey,
		Services: map[string]http.Handler{"s3": s.Buckets.Handler(), "sqs": sqs.Service(s.Queues), "events": s.bus,
			"ses": s.Mailbox},
		Refused: func(function, why string) { s.log(function, "refused: "+why) }})
	if err != nil {
		return err
	}
	listener, err := listen("the AWS services", s.options.Ports.AWS)
	if err != nil {
		return err
	}
	s.AWS = "http://" + listener.Addr().String()
	s.servers = append(s.servers, serveOn(listener, s.guard))
	s.options.Progress("services answer: S3, SQS, EventBridge, SES, and DynamoDB by way of the rights")
	return nil
}

func (s *Stack) openQueues() error {
	for _, q := range catalog.Queues {
		s.Queues[q.Name] = sqs.New(q.Name, q.Keep, s.Now)
	}
	for _, function := range s.options.Functions {
		if function.Queue != "" {
			name := catalog.DeadLetters(function.Queue)
			s.Queues[name] = sqs.New(name, catalog.LongestReading, s.Now)
		}
	}
	return s.restore()
}

func (s *Stack) startTriggers(context.Context) error {
	schedules := &scheduler.Scheduler{Input: events.ScheduleInput, DailyAt: catalog.DailyAt, Invoke: s.Invoke,
		Dead: s.putAside, Now: s.Now, Let: s.edges.Let}
	for _, function := range s.options.Functions {
		switch function.Schedule {
		case catalog.EveryMinute:
			schedules.Functions = append(schedules.Functions, function.Name)
		case catalog.Daily:
			schedules.Daily = append(schedules.Daily, function.Name)
		}
		if err := s.feed(function, function.Queue, catalog.BatchSize, visibleAfter); err != nil {
			return err
		}
		if err := s.feed(function, string(function.Wake), 1, wake.Slot); err != nil {
			return err
		}
	}
	s.scheduler = schedules
	if s.scheduler.Start(); !s.options.Manual {
		s.scheduler.Fire()
	}
	listener, err := listen("MQTT", s.options.Ports.MQTT)
	if err != nil {
		return err
	}
	s.MQTT = listener.Addr().String()
	s.broker, err = iotcore.Start(listener, iotcore.Options{Queues: map[catalog.Resource]func(string){
		catalog.ReadingsQueue: func(body string) { s.Queues[catalog.Readings].Send(body) },
		catalog.Undelivered:   func(body string) { s.Queues[string(catalog.Undelivered)].Send(body) },
	}, Now: s.Now, Let: s.edges.Let})
	s.options.Progress(fmt.Sprintf("triggers run: %d schedules, %d topic rules",
		len(s.scheduler.Functions)+len(s.scheduler.Daily), len(catalog.TopicRules)))
	return err
}

// feed starts a function with what is in a queue; "" is none. A mapping whose function may not read its queue is
// refused when it is made.
func (s *Stack) feed(function catalog.Function, queue string, batch int, hide time.Duration) error {
	if queue == "" {
		return nil
	}
	for _, action := range catalog.ReadQueue {
		if err := s.edges.Let(catalog.Edge{By: catalog.Lambda, For: function.Name, Action: action,
			On: catalog.Resource(queue)}); err != nil {
			return err
		}
	}
	mapping := &sqs.Mapping{Queue: s.Queues[queue], Dead: s.Queues[catalog.DeadLetters(queue)], Batch: batch,
		Hide:   hide,
		Invoke: func(payload []byte) ([]byte, error) { return s.Invoke(function.Name, payload) },
		Log:    func(line string) { s.log(function.Name, line) }}
	mapping.Start()
	s.mappings = append(s.mappings, mapping)
	return nil
}

func (s *Stack) serve(context.Context) error {
	listener, err := listen("the API", s.options.Ports.API)
	if err != nil {
		return err
	}
	// by its name, since a passkey is made for a name and never for an IP address (WebAuthn, 5.1.2)
	s.API = "http://localhost:" + strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	s.servers = append(s.servers, serveOn(listener,
		apigateway.New(apigateway.Options{Operations: s.options.Operations,
			Invoke: s.invokeForAPI, Now: s.Now, Log: func(line string) { s.log("gateway", line) }})))
	s.options.Progress(fmt.Sprintf("API answers: %d operations", len(s.options.Operations)))
	return nil
}

// invokeForAPI starts a function if API Gateway may, which otherwise answers 500.
func (s *Stack) invokeForAPI(function string, payload []byte) ([]byte, error) {
	if err := s.edges.Let(catalog.Edge{By: catalog.APIGateway, For: catalog.TheAPI, Action: catalog.InvokeFunction,
		On: catalog.Resource(function)}); err != nil {
		return nil, err
	}
	return s.Invoke(function, payload)
}

func (s *Stack) openConsole(context.Context) error {
	listener, err := listen("the console", s.options.Ports.Console)
	if err != nil {
		return err
	}
	s.Console = "http://" + listener.Addr().String()
	s.servers = append(s.servers, serveOn(listener, console.New(s, s.Mailbox, map[string]string{
		"app": s.API, "API": s.API, "AWS services": s.AWS, "MQTT": "mqtt://" + s.MQTT, "DNS": s.DNS,
		"engine": s.Engine})))
	s.options.Progress("console answers")
	return nil
}

// listen takes a port of this machine alone; 0 is a free one.
func listen(what string, port int) (net.Listener, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(port))
	if err != nil {
		return nil, fmt.Errorf("port %d, for %s, is taken: end what listens there or choose another port", port, what)
	}
	return listener, nil
}
