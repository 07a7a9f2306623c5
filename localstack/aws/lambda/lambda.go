// Package lambda is AWS Lambda on one machine: it runs the built bootstrap binaries behind the Lambda Runtime API,
// one invocation at a time in each instance, and more instances under load. What it does not do: freeze an instance
// between invocations, limit memory, or answer streams.
package lambda

import (
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"sync"
	"time"

	"github.com/iotspot/iotspot/localstack/child"
)

// MaxPayload is the most bytes that Lambda takes or gives in one invocation.
const MaxPayload = 6 << 20

// instances is how many of one function live at once: so many that their waiting keeps the processors busy, since more
// wait for one another at the database and push one another out of the processors' caches. The limit is this machine's
// and not AWS's, so an invocation over it waits instead of being throttled.
var instances = 4 * max(2, runtime.NumCPU())

// Errors of Invoke.
var (
	ErrTooLarge = errors.New("the payload is larger than 6 MB")
	ErrClosed   = errors.New("the runtime is closed")
	ErrEnded    = errors.New("the invocation was ended by Pause or Close")
)

// A FunctionError is what a function failed with: its own error, a crash, or its time-out.
type FunctionError struct {
	Type    string `json:"errorType"`
	Message string `json:"errorMessage"`
}

func (e *FunctionError) Error() string { return e.Type + ": " + e.Message }

// The types of error that are Lambda's own.
const (
	Crashed  = "Runtime.ExitError"
	TimedOut = "Sandbox.Timedout"
)

// A Function is one binary and how it is run.
type Function struct {
	Name        string
	Binary      string
	Memory      int // MB; told to the function, not enforced
	Timeout     time.Duration
	Environment func() []string  // asked at each start, beside what every Lambda has
	Now         func() time.Time // the clock by which deadlines are told: the machine's
	Log         func(line string)
}

// A Pool runs one function.
type Pool struct {
	function Function
	slots    chan struct{}
	gate     sync.RWMutex // held for reading by invocations, for writing while instances are replaced

	mu     sync.Mutex
	idle   []*instance
	all    map[*instance]bool
	closed bool
}

// New makes a pool without instances.
func New(function Function) *Pool {
	return &Pool{function: function, slots: make(chan struct{}, instances), all: map[*instance]bool{}}
}

// Invoke runs the function once and gives its answer. An error is ErrTooLarge, ErrClosed, ErrEnded, a *FunctionError,
// or that the binary does not start.
func (p *Pool) Invoke(payload []byte) ([]byte, error) {
	if len(payload) > MaxPayload {
		return nil, ErrTooLarge
	}
	p.slots <- struct{}{}
	defer func() { <-p.slots }()
	p.gate.RLock()
	defer p.gate.RUnlock()
	i, err := p.take()
	if err != nil {
		return nil, err
	}
	answer, err := i.invoke(payload)
	if i.dead() {
		p.forget(i)
	} else {
		p.giveBack(i)
	}
	return answer, err
}

// Pause waits until no invocation runs, ends all instances, and holds new invocations back until resume is called.
// What still runs after patience fails with ErrEnded.
func (p *Pool) Pause(patience time.Duration) (resume func()) {
	impatient := time.AfterFunc(patience, p.kill)
	p.gate.Lock()
	impatient.Stop()
	p.kill()
	return p.gate.Unlock
}

// Crash ends all instances at once, as where the machine under them is lost. What runs fails as Crashed.
func (p *Pool) Crash() {
	p.mu.Lock()
	doomed := p.all
	p.all, p.idle = map[*instance]bool{}, nil
	p.mu.Unlock()
	for i := range doomed {
		i.stop()
	}
}

// Close ends all instances at once and refuses further invocations.
func (p *Pool) Close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.kill()
}

func (p *Pool) take() (*instance, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.idle) > 0 {
		i := p.idle[len(p.idle)-1]
		p.idle = p.idle[:len(p.idle)-1]
		if !i.dead() {
			return i, nil
		}
		delete(p.all, i)
	}
	if p.closed {
		return nil, ErrClosed
	}
	i, err := start(p.function)
	if err != nil {
		return nil, err
	}
	p.all[i] = true
	return i, nil
}

func (p *Pool) giveBack(i *instance) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, i)
}

func (p *Pool) forget(i *instance) {
	i.stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.all, i)
}

func (p *Pool) kill() {
	p.mu.Lock()
	doomed := p.all
	p.all, p.idle = map[*instance]bool{}, nil
	p.mu.Unlock()
	for i := range doomed {
		i.ended.Store(true)
		i.stop()
	}
}

func command(function Function, address string) (*exec.Cmd, <-chan error, error) {
	cmd := exec.Command(function.Binary)
	cmd.Dir = "/"
	cmd.Env = append(function.Environment(),
		"AWS_LAMBDA_RUNTIME_API="+address,
		"AWS_LAMBDA_FUNCTION_NAME="+function.Name,
		"AWS_LAMBDA_FUNCTION_VERSION=$LATEST",
		fmt.Sprintf("AWS_LAMBDA_FUNCTION_MEMORY_SIZE=%d", function.Memory),
		"AWS_LAMBDA_INITIALIZATION_TYPE=on-demand",
		"AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/"+function.Name,
		"AWS_LAMBDA_LOG_STREAM_NAME=local",
		"AWS_EXECUTION_ENV=AWS_Lambda_provided.al2023",
		"_HANDLER=bootstrap", "LAMBDA_TASK_ROOT=/var/task", "TZ=:UTC", "PATH=/usr/bin:/bin", "LANG=en_US.UTF-8")
	output := &lines{log: function.Log}
	cmd.Stdout, cmd.Stderr = output, output
	ended, err := child.Start(cmd)
	return cmd, ended, err
}
