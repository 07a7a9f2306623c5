package lambda

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/iotspot/iotspot/localstack/protocol"
)

// initTimeout is how long Lambda lets a function start.
const initTimeout = 10 * time.Second

// An instance is one process of a function with the runtime endpoint that is its alone.
type instance struct {
	function Function
	process  *exec.Cmd
	server   *http.Server
	work     chan invocation
	outcome  chan outcome

	ready chan struct{} // closed at the first request for work
	gone  chan struct{} // closed when the process has ended
	ended atomic.Bool   // by the pool
	once  sync.Once
	mu    sync.Mutex
	now   string // id of the invocation that runs
}

type invocation struct {
	id       string
	payload  []byte
	deadline time.Time
}

type outcome struct {
	answer []byte
	err    error
	last   bool // the instance is not used again
}

func start(function Function) (*instance, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	i := &instance{function: function, work: make(chan invocation), outcome: make(chan outcome, 1),
		ready: make(chan struct{}), gone: make(chan struct{})}
	i.server = &http.Server{Handler: i.routes()}
	go i.server.Serve(listener)
	process, ended, err := command(function, listener.Addr().String())
	if err != nil {
		i.server.Close()
		return nil, err
	}
	i.process = process
	go func() {
		<-ended
		close(i.gone)
		i.server.Close()
	}()
	return i, nil
}

func (i *instance) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2018-06-01/runtime/invocation/next", i.next)
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/response", i.response)
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/error", i.failure)
	mux.HandleFunc("POST /2018-06-01/runtime/init/error", func(w http.ResponseWriter, r *http.Request) {
		i.function.Log("could not start: " + readError(r.Body).Error())
		w.WriteHeader(http.StatusAccepted)
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		i.function.Log("the runtime API has no " + r.Method + " " + r.URL.Path + " here")
		http.NotFound(w, r)
	})
	return mux
}

func (i *instance) next(w http.ResponseWriter, r *http.Request) {
	i.once.Do(func() { close(i.ready) })
	select {
	case <-r.Context().Done():
	case <-i.gone:
	case v := <-i.work:
		h := w.Header()
		h.Set("Lambda-Runtime-Aws-Request-Id", v.id)
		h.Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(v.deadline.UnixMilli(), 10))
		h.Set("Lambda-Runtime-Invoked-Function-Arn", protocol.ARN("lambda", "function:"+i.function.Name))
		h.Set("Lambda-Runtime-Trace-Id", fmt.Sprintf("Root=1-%08x-%s;Sampled=0", v.deadline.Unix(),
			strings.ReplaceAll(v.id, "-", "")[:24]))
		h.Set("Content-Type", "application/json")
		w.Write(v.payload)
	}
}

func (i *instance) response(w http.ResponseWriter, r *http.Request) {
	answer, err := io.ReadAll(io.LimitReader(r.Body, MaxPayload+1))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if len(answer) > MaxPayload {
		tooLarge := &FunctionError{Type: "Function.ResponseSizeTooLarge", Message: "the answer is larger than 6 MB"}
		i.settle(w, r, outcome{err: tooLarge, last: true}, http.StatusRequestEntityTooLarge)
		return
	}
	i.settle(w, r, outcome{answer: answer}, http.StatusAccepted)
}

func (i *instance) failure(w http.ResponseWriter, r *http.Request) {
	i.settle(w, r, outcome{err: readError(r.Body)}, http.StatusAccepted)
}

// settle passes on the outcome of the running invocation, once; for any other it refuses, as Lambda does.
func (i *instance) settle(w http.ResponseWriter, r *http.Request, o outcome, status int) {
	i.mu.Lock()
	current := i.now == r.PathValue("id")
	if current {
		i.now = ""
	}
	i.mu.Unlock()
	if !current {
		http.Error(w, `{"errorType":"InvalidRequestID","errorMessage":"no such invocation runs here"}`,
			http.StatusBadRequest)
		return
	}
	w.WriteHeader(status)
	i.outcome <- o
}

func readError(body io.Reader) *FunctionError {
	failed := &FunctionError{Type: "Unhandled"}
	if err := json.NewDecoder(body).Decode(failed); err != nil {
		failed.Message = "the function failed and could not say why"
	}
	return failed
}

// await waits until the instance asks for work.
func (i *instance) await() error {
	select {
	case <-i.ready:
		return nil
	case <-i.gone:
		if i.ended.Load() {
			return ErrEnded
		}
		return &FunctionError{Type: Crashed, Message: i.function.Name + " ended before it asked for work"}
	case <-time.After(initTimeout):
		i.stop()
		return &FunctionError{Type: TimedOut, Message: fmt.Sprintf("%s did not start within %s", i.function.Name,
			initTimeout)}
	}
}

func (i *instance) invoke(payload []byte) ([]byte, error) {
	if err := i.await(); err != nil {
		return nil, err
	}
	id := protocol.ID()
	i.mu.Lock()
	i.now = id
	i.mu.Unlock()
	timeout := time.NewTimer(i.function.Timeout)
	defer timeout.Stop()
	work := i.work
	for {
		select {
		case work <- invocation{id: id, payload: payload, deadline: i.function.Now().Add(i.function.Timeout)}:
			work = nil
		case o := <-i.outcome:
			if o.last {
				i.stop()
			}
			return o.answer, o.err
		case <-i.gone:
			select {
			case o := <-i.outcome: // it answered and then ended
				return o.answer, o.err
			default:
				if i.ended.Load() {
					return nil, ErrEnded
				}
				return nil, &FunctionError{Type: Crashed, Message: i.function.Name + " ended while it worked"}
			}
		case <-timeout.C:
			i.stop()
			i.function.Log(fmt.Sprintf("Task timed out after %.2f seconds", i.function.Timeout.Seconds()))
			return nil, &FunctionError{Type: TimedOut,
				Message: fmt.Sprintf("Task timed out after %.2f seconds", i.function.Timeout.Seconds())}
		}
	}
}

func (i *instance) dead() bool {
	select {
	case <-i.gone:
		return true
	default:
		return false
	}
}

// stop ends the process as Lambda ends a sandbox, without a warning, and waits until it is gone.
func (i *instance) stop() {
	_ = i.process.Process.Kill() // already gone is as good
	<-i.gone
}

// lines hands what is written to it on, line by line.
type lines struct {
	log  func(string)
	mu   sync.Mutex
	rest []byte
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rest = append(l.rest, b...)
	for {
		line, rest, found := bytes.Cut(l.rest, []byte("\n"))
		if !found {
			return len(b), nil
		}
		l.log(string(line))
		l.rest = rest
	}
}
