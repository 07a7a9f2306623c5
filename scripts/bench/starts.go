package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/secret"
)

// starts is how often each function is started to find the median.
const starts = 25

// compare starts a function and an empty one in turns, so that whatever else the machine does is done to both, and
// gives the median of each.
func compare(ctx context.Context, function, empty string) (own, bare time.Duration, err error) {
	var owns, bares []time.Duration
	for range starts {
		for binary, all := range map[string]*[]time.Duration{function: &owns, empty: &bares} {
			one, err := start(ctx, binary)
			if err != nil {
				return 0, 0, err
			}
			*all = append(*all, one)
		}
	}
	slices.Sort(owns)
	slices.Sort(bares)
	return owns[len(owns)/2], bares[len(bares)/2], nil
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
	var given []string
	for _, purpose := range secret.Purposes {
		given = append(given, string(purpose)+"=0123456789abcdef0123456789abcdef")
	}
	for name, value := range catalog.Functions[0].Runtime() {
		given = append(given, name+"="+value)
	}
	return append(given, "AWS_LAMBDA_RUNTIME_API="+runtimeAPI,
		"AWS_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=bench", "AWS_SECRET_ACCESS_KEY=bench",
		"DIRECTORY_TABLE=directory", "AGENDA_TABLE=agenda", "INSIGHT_TABLE=insight",
		"PHOTOS_BUCKET=photos", "EVENT_BUS=bus",
		"UNREADABLE_QUEUE_URL=http://127.0.0.1/unreadable", "READINGS_QUEUE_URL=http://127.0.0.1/readings",
		"CONNECTOR_SECRET=connector",
		"PUBLIC_URL=https://api.example", "MAIL_FROM=office@iotspot.example", "SUPPORT=support@iotspot.example",
		"CONTROLLER="+controllertest.Example.Encode(),
	)
}
