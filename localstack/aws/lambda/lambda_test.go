package lambda_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/lambda"
	"github.com/iotspot/iotspot/localstack/build"
)

var binary string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "runtime")
	if err != nil {
		panic(err)
	}
	if err := build.Functions(context.Background(), folder, "./localstack/testdata/functions/probe"); err != nil {
		panic(err)
	}
	binary = filepath.Join(folder, "probe")
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}

type probe struct {
	*lambda.Pool
	mu  sync.Mutex
	log []string
	now time.Time
}

func newProbe(t *testing.T, timeout time.Duration) *probe {
	p := &probe{now: time.Now().Add(15 * time.Hour)}
	p.Pool = lambda.New(lambda.Function{Name: "probe", Binary: binary, Memory: 128, Timeout: timeout,
		Environment: func() []string { return []string{"CLOCK_OFFSET=15h"} },
		Now:         func() time.Time { return p.now },
		Log: func(line string) {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.log = append(p.log, line)
		}})
	t.Cleanup(p.Close)
	return p
}

type did struct {
	PID      int
	Deadline int64
	Request  string
	Offset   string
}

func (p *probe) do(t *testing.T, order string) did {
	t.Helper()
	answer, err := p.Invoke([]byte(order))
	require.NoError(t, err)
	var d did
	require.NoError(t, json.Unmarshal(answer, &d))
	return d
}

func (p *probe) lines() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.log, "\n")
}

func TestAnInstanceIsUsedAgainAndGivenANewRequestIdAndADeadlineOfTheMovedClock(t *testing.T) {
	p := newProbe(t, 5*time.Second)
	first, second := p.do(t, `{"print":"hello"}`), p.do(t, `{}`)
	require.Equal(t, first.PID, second.PID)
	require.NotEqual(t, first.Request, second.Request)
	require.Equal(t, p.now.Add(5*time.Second).UnixMilli(), first.Deadline)
	require.Equal(t, "15h", first.Offset)
	require.Eventually(t, func() bool { return strings.Contains(p.lines(), "hello") }, time.Second, time.Millisecond)
}

func TestInvocationsAtOneTimeRunInInstancesOfTheirOwn(t *testing.T) {
	p := newProbe(t, 5*time.Second)
	pids := make(chan int, 4)
	for range 4 {
		go func() { pids <- p.do(t, `{"sleep":"300ms"}`).PID }()
	}
	seen := map[int]bool{}
	for range 4 {
		seen[<-pids] = true
	}
	require.Len(t, seen, 4)
}

func TestAFunctionsErrorItsCrashAndItsTimeOutAreToldApart(t *testing.T) {
	p := newProbe(t, 300*time.Millisecond)
	for order, kind := range map[string]string{
		`{"fail":"no"}`: "errorString", `{"exit":true}`: lambda.Crashed, `{"sleep":"5s"}`: lambda.TimedOut,
	} {
		_, err := p.Invoke([]byte(order))
		var failed *lambda.FunctionError
		require.ErrorAs(t, err, &failed, order)
		require.Equal(t, kind, failed.Type, order)
	}
	p.do(t, `{}`) // and the next one is served
}

func TestAPayloadOrAnAnswerOverSixMegabytesIsRefused(t *testing.T) {
	p := newProbe(t, 5*time.Second)
	_, err := p.Invoke(make([]byte, lambda.MaxPayload+1))
	require.ErrorIs(t, err, lambda.ErrTooLarge)
	_, err = p.Invoke([]byte(`{"large":6300000}`))
	require.ErrorContains(t, err, "ResponseSizeTooLarge")
	p.do(t, `{}`)
}

func TestAPauseWaitsForWhatRunsEndsTheInstancesAndHoldsBackTheNext(t *testing.T) {
	p := newProbe(t, 5*time.Second)
	before := p.do(t, `{}`)
	running := make(chan did, 1)
	go func() { running <- p.do(t, `{"sleep":"200ms"}`) }()
	time.Sleep(50 * time.Millisecond) // lets it begin; the test holds either way
	resume := p.Pause(5 * time.Second)
	require.Equal(t, before.PID, (<-running).PID)
	require.ErrorIs(t, syscall.Kill(before.PID, 0), syscall.ESRCH)
	after := make(chan did, 1)
	go func() { after <- p.do(t, `{}`) }()
	select {
	case <-after:
		t.Fatal("an invocation ran during the pause")
	case <-time.After(50 * time.Millisecond):
	}
	resume()
	require.NotEqual(t, before.PID, (<-after).PID)
}

func TestNoProcessIsLeftAfterClose(t *testing.T) {
	p := newProbe(t, 5*time.Second)
	pid := p.do(t, `{}`).PID
	p.Close()
	require.ErrorIs(t, syscall.Kill(pid, 0), syscall.ESRCH)
	_, err := p.Invoke([]byte(`{}`))
	require.ErrorIs(t, err, lambda.ErrClosed)
}
