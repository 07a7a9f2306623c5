package stack_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/build"
	"github.com/iotspot/iotspot/localstack/guard"
	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/catalog"
)

var binaries struct {
	once   sync.Once
	folder string
	err    error
}

func TestMain(m *testing.M) {
	code := m.Run()
	os.RemoveAll(binaries.folder)
	os.Exit(code)
}

// built gives the test functions: "probe" does what it is told, under several names.
func built(t *testing.T) string {
	binaries.once.Do(func() {
		if binaries.folder, binaries.err = os.MkdirTemp("", "stack-test-"); binaries.err != nil {
			return
		}
		binaries.err = build.Functions(context.Background(), binaries.folder, "./localstack/testdata/functions/...")
		if binaries.err == nil {
			binaries.err = os.WriteFile(binaries.folder+"/faulty", []byte("#!/bin/sh\nexit 3\n"), 0o700)
		}
		for _, name := range []string{"listener", "minute", "reader", "receiver"} {
			if binaries.err == nil {
				binaries.err = os.Link(binaries.folder+"/probe", binaries.folder+"/"+name)
			}
		}
	})
	require.NoError(t, binaries.err)
	return binaries.folder
}

var functions = []catalog.Function{
	{Name: "probe", Timeout: 5 * time.Second, Variables: []catalog.Variable{catalog.AttemptKey, catalog.PublicURL},
		Rights: []catalog.Right{{On: catalog.Agenda, Actions: []string{catalog.Put}},
			{On: catalog.Bus, Actions: []string{catalog.PutEvents}}}},
	{Name: "listener", Timeout: 5 * time.Second, Events: []string{"overview.requested"}},
	{Name: "minute", Timeout: 5 * time.Second, Schedule: catalog.EveryMinute, Wake: catalog.SweepWake},
	{Name: "reader", Timeout: 5 * time.Second, Queue: catalog.Readings},
}

var operations = []api.Operation{
	{ID: "do", Function: "probe", Method: "POST", Path: "/do"},
}

func start(t *testing.T, options stack.Options) *stack.Stack {
	t.Helper()
	options.Functions, options.Operations, options.Binaries = functions, operations, built(t)
	if options.Folder == "" {
		options.Engine = enginetest.URL(t)
	}
	s, err := stack.Start(t.Context(), options)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func do(t *testing.T, s *stack.Stack, order string) (int, map[string]any) {
	t.Helper()
	answer, err := http.Post(s.API+"/do", "application/json", strings.NewReader(order))
	require.NoError(t, err)
	defer answer.Body.Close()
	var did map[string]any
	require.NoError(t, json.NewDecoder(answer.Body).Decode(&did))
	return answer.StatusCode, did
}

func logged(s *stack.Stack, function, text string) func() bool {
	return func() bool {
		for _, line := range s.Logs() {
			if line.Function == function && strings.Contains(line.Text, text) {
				return true
			}
		}
		return false
	}
}

func TestARequestRunsThroughAFunctionToTheTablesAndIsSeenInTheRecord(t *testing.T) {
	s := start(t, stack.Options{Manual: true})
	status, _ := do(t, s, `{"write":"x"}`)
	require.Equal(t, 200, status)
	items, err := s.Tables().Scan(t.Context(), &dynamodb.ScanInput{TableName: aws.String("agenda")})
	require.NoError(t, err)
	require.Len(t, items.Items, 1)
	require.Equal(t, []guard.Call{{Function: "probe", Resource: catalog.Agenda, Action: catalog.Put}}, s.Calls())
	objects, err := s3.NewFromConfig(s.Config()).ListObjectVersions(t.Context(),
		&s3.ListObjectVersionsInput{Bucket: aws.String("photos")})
	require.NoError(t, err)
	require.Empty(t, objects.Versions)
}

func TestAnEventReachesItsFunction(t *testing.T) {
	s := start(t, stack.Options{Manual: true})
	status, _ := do(t, s, `{"event":"{\"a\":1}"}`)
	require.Equal(t, 200, status)
	require.NoError(t, s.Settle(t.Context()))
	require.Eventually(t, logged(s, "listener", `"detail":{"a":1}`), 5*time.Second, 5*time.Millisecond)
	require.Empty(t, s.DeadLetters())
}

func TestAReadingReachesItsFunctionByWayOfTheTopicRuleAndTheQueue(t *testing.T) {
	s := start(t, stack.Options{Manual: true})
	require.NoError(t, s.Publish("iotspot/s1/reading", []byte(`{}`)))
	require.NoError(t, s.Settle(t.Context()))
	require.Eventually(t, logged(s, "reader", `\"topic\":\"iotspot/s1/reading\"`), 5*time.Second, 5*time.Millisecond)
	require.Empty(t, s.Queues[catalog.DeadLetters(catalog.Readings)].Messages())
}

func TestTheClockBeginsWhereItIsToldMovesForwardAndEveryFunctionLivesInIt(t *testing.T) {
	at := time.Now().Add(100 * time.Hour).Truncate(time.Second)
	s := start(t, stack.Options{Manual: true, At: at})
	require.WithinDuration(t, at, s.Now(), 10*time.Second)
	_, before := do(t, s, `{}`)
	require.NoError(t, s.Move(15*time.Hour))
	_, after := do(t, s, `{}`)
	require.NotEqual(t, before["pid"], after["pid"])
	offset, err := time.ParseDuration(after["offset"].(string))
	require.NoError(t, err)
	require.InDelta(t, time.Until(at)+15*time.Hour, offset, float64(15*time.Second))
	require.InDelta(t, time.Now().UnixMilli(), after["deadline"], 10_000,
		"deadlines are the platform's, in the machine's own time")
	require.ErrorContains(t, s.Move(-time.Second), "forward")
}

func TestTheClockOfKeptDataDoesNotGoBackAtTheNextStart(t *testing.T) {
	folder := t.TempDir()
	first, err := stack.Start(t.Context(), stack.Options{Folder: folder, Manual: true, Functions: functions,
		Operations: operations, Binaries: built(t)})
	require.NoError(t, err)
	require.NoError(t, first.Move(30*time.Hour))
	do(t, first, `{"write":"kept"}`)
	first.Queues[string(catalog.Unreadable)].Send("aside")
	moved := first.Now()
	require.NoError(t, first.Close())
	second := start(t, stack.Options{Folder: folder, Manual: true})
	require.False(t, second.Now().Before(moved))
	require.Equal(t, "aside", second.Queues[string(catalog.Unreadable)].Messages()[0].Body)
	items, err := second.Tables().Scan(t.Context(), &dynamodb.ScanInput{TableName: aws.String("agenda")})
	require.NoError(t, err)
	require.Len(t, items.Items, 1)
}

func TestAScheduledFunctionRunsAtOnceWhenTheClockIsMovedAndWhenItIsTicked(t *testing.T) {
	s := start(t, stack.Options{Manual: true})
	require.NoError(t, s.Move(time.Hour))
	require.False(t, logged(s, "minute", "done")(), "by hand it runs by Tick alone")
	require.NoError(t, s.Tick())
	require.Eventually(t, logged(s, "minute", "done"), 5*time.Second, 5*time.Millisecond)
	own := start(t, stack.Options{})
	require.Eventually(t, logged(own, "minute", "done"), 5*time.Second, 5*time.Millisecond)
	runs := len(own.Logs())
	require.NoError(t, own.Move(time.Hour))
	require.Eventually(t, func() bool { return len(own.Logs()) > runs }, 5*time.Second, 5*time.Millisecond)
}

func TestAFunctionThatReachesForWhatItsRightsDontGiveFailsAndTheLogSaysWhat(t *testing.T) {
	s := start(t, stack.Options{Manual: true})
	_, err := s.Invoke("listener", []byte(`{"write":"x"}`))
	require.Error(t, err)
	require.True(t, logged(s, "listener", "refused: listener dynamodb:PutItem")())
}

func TestAPortThatIsTakenIsOneClearLineAndNothingIsLeftRunning(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	_, err = stack.Start(t.Context(), stack.Options{Engine: enginetest.URL(t), Functions: functions,
		Operations: operations, Binaries: built(t), Ports: stack.Ports{Console: port}})
	require.EqualError(t, err, fmt.Sprintf("port %d, for the console, is taken: end what listens there or choose "+
		"another port", port))
}

func TestNoProcessAndNoPortIsLeftAfterClose(t *testing.T) {
	s, err := stack.Start(t.Context(), stack.Options{Functions: functions, Operations: operations,
		Binaries: built(t)})
	require.NoError(t, err)
	_, did := do(t, s, `{}`)
	require.NoError(t, s.Close())
	require.ErrorIs(t, syscall.Kill(int(did["pid"].(float64)), 0), syscall.ESRCH)
	for _, address := range []string{s.API, s.Console, s.AWS, s.MQTT, s.Engine} {
		_, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
		require.Error(t, err, address)
	}
}

func TestTheConsoleShowsTheMailboxAndMovesTheClock(t *testing.T) {
	s := start(t, stack.Options{Manual: true})
	get := func(path string) string {
		answer, err := http.Get(s.Console + path)
		require.NoError(t, err)
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		require.Equal(t, 200, answer.StatusCode, path)
		return string(body)
	}
	for _, path := range []string{"/mailbox", "/logs", "/calls"} {
		require.JSONEq(t, "[]", get(path), path)
	}
	require.Contains(t, get("/"), s.API)
	before := s.Now()
	answer, err := http.Post(s.Console+"/clock", "application/json", strings.NewReader(`{"by":"2h"}`))
	require.NoError(t, err)
	answer.Body.Close()
	require.Equal(t, 200, answer.StatusCode)
	require.GreaterOrEqual(t, s.Now().Sub(before), 2*time.Hour)
	for _, wrong := range []string{`{}`, `{"by":"-1h"}`, `{"by":"1h","to":"x"}`, `{"at":"1h"}`} {
		answer, err := http.Post(s.Console+"/clock", "application/json", strings.NewReader(wrong))
		require.NoError(t, err)
		answer.Body.Close()
		require.Equal(t, 400, answer.StatusCode, wrong)
	}
}
