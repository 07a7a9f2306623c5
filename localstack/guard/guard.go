// Package guard stands before the services and lets a function do what the catalog's rights say and nothing else, as
// IAM would. It knows a function by its access key, which is the function's name. It records each call that it sees.
package guard

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/iotspot/iotspot/localstack/protocol"
	"github.com/iotspot/iotspot/shared/catalog"
)

// Operator is the access key of the stack itself and of its tests: it may do everything and is not recorded.
const Operator = "operator"

// A Call is one action on one resource, as IAM sees it: a transaction is as many calls as it has items.
type Call struct {
	Function string           `json:"function"`
	Resource catalog.Resource `json:"resource"`
	Index    string           `json:"index,omitempty"`
	Action   string           `json:"action"`
}

func (c Call) String() string {
	if c.Index != "" {
		return fmt.Sprintf("%s %s on %s/index/%s", c.Function, c.Action, c.Resource, c.Index)
	}
	return fmt.Sprintf("%s %s on %s", c.Function, c.Action, c.Resource)
}

// A Fault is what a service answers instead.
type Fault struct {
	Status        int
	Code, Message string
	Done          bool // the call is made first, and its answer is lost
	Hang          bool // no answer comes for as long as the function waits
}

// A Span is one request of a function to a service.
type Span struct {
	Function, Service string
	Trace             string // of the invocation that made it, as the function's environment has it; "" without one
	Began, Ended      time.Time
}

// An Interceptor may break a call; nil lets it through.
type Interceptor func(Call) *Fault

// Options say what is guarded.
type Options struct {
	Functions []catalog.Function
	Edges     *Edges
	Engine    string                  // address of DynamoDB Local
	EngineKey string                  // the access key whose database there is the stack's
	Services  map[string]http.Handler // by the service's name in signatures: s3, sqs, events, ses
	Refused   func(function, why string)
}

// A Guard is the one endpoint that functions call.
type Guard struct {
	rights   map[string][]catalog.Right
	services map[string]http.Handler
	refused  func(function, why string)
	edges    *Edges

	mu        sync.Mutex
	seen      map[Call]int
	intercept Interceptor
	watch     func(Span)
	observe   func(Use)
}

// New makes a guard. A malformed address of the engine is an error.
func New(options Options) (*Guard, error) {
	address, err := url.Parse(options.Engine)
	if err != nil {
		return nil, err
	}
	g := &Guard{rights: map[string][]catalog.Right{}, services: map[string]http.Handler{}, seen: map[Call]int{},
		refused: options.Refused, edges: options.Edges}
	for _, function := range options.Functions {
		g.rights[function.Name] = function.Rights
	}
	for name, service := range options.Services {
		g.services[name] = service
	}
	g.services["dynamodb"] = newEngine(address, options.EngineKey, g.engineFailed)
	return g, nil
}

// engineFailed answers for the engine, unless it was the function that was ended in the middle of a call.
func (g *Guard) engineFailed(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() == nil {
		g.refuse(w, r, "", "dynamodb", refusal{http.StatusServiceUnavailable, "ServiceUnavailable",
			"the engine does not answer: " + err.Error()})
	}
}

// Calls are all that were let through, sorted.
func (g *Guard) Calls() []Call {
	g.mu.Lock()
	defer g.mu.Unlock()
	calls := make([]Call, 0, len(g.seen))
	for call := range g.seen {
		calls = append(calls, call)
	}
	slices.SortFunc(calls, func(a, b Call) int { return cmp.Compare(a.String(), b.String()) })
	return calls
}

// Count is how often a call was let through.
func (g *Guard) Count(call Call) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.seen[call]
}

// Intercept puts an interceptor in place; nil takes it away.
func (g *Guard) Intercept(with Interceptor) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.intercept = with
}

// Watch lets somebody see every call that was allowed when it has ended; nil ends that.
func (g *Guard) Watch(with func(Span)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.watch = with
}

// Observe lets somebody see which kinds of data each function uses, call by call; nil ends that.
func (g *Guard) Observe(with func(Use)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.observe = with
}

// maxBody is over the largest request of the services here: a photo of S3.
const maxBody = 32 << 20

func (g *Guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key, name, err := protocol.Signer(r)
	service := g.services[name]
	switch {
	case err != nil:
		g.refuse(w, r, "", name, refusal{http.StatusForbidden, "MissingAuthenticationToken", err.Error()})
		return
	case service == nil:
		g.refuse(w, r, key, name, refusal{http.StatusNotImplemented, "NotImplemented",
			"the local stack has no service " + name})
		return
	case key == Operator:
		service.ServeHTTP(w, r)
		return
	}
	body, calls, no := g.allowed(r, key, name)
	if no != nil {
		g.refuse(w, r, key, name, *no)
		return
	}
	g.mu.Lock()
	observe := g.observe
	g.mu.Unlock()
	if observe == nil {
		g.pass(w, r, service, calls)
		return
	}
	heard := &overheard{ResponseWriter: w}
	g.pass(heard, r, service, calls)
	for _, kind := range kindsIn(name, r, body, heard.body) {
		observe(Use{key, kind})
	}
}

// A refusal is what a service answers to a request that it does not let through.
type refusal struct {
	status        int
	code, message string
}

// allowed reads a function's request and the calls that it makes, and refuses one of which any is not its right.
func (g *Guard) allowed(r *http.Request, key, name string) (body []byte, calls []Call, no *refusal) {
	rights, known := g.rights[key]
	if !known {
		return nil, nil, &refusal{http.StatusForbidden, "UnrecognizedClientException",
			"no function has this access key"}
	}
	body, err := protocol.Body(r, maxBody)
	if err != nil {
		return nil, nil, &refusal{http.StatusRequestEntityTooLarge, "RequestTooLarge", err.Error()}
	}
	calls, err = readers[name](r, body)
	if err != nil {
		return nil, nil, &refusal{http.StatusNotImplemented, "NotImplemented", err.Error()}
	}
	for i := range calls {
		calls[i].Function = key
		if !allows(rights, calls[i]) {
			return nil, nil, &refusal{denied(name), "AccessDeniedException",
				calls[i].String() + " is not allowed: the catalog gives no such right"}
		}
	}
	if err := g.edges.throughTheStore(name, calls); err != nil {
		return nil, nil, &refusal{http.StatusBadRequest, "AccessDeniedException", err.Error()}
	}
	// S3 looks at the right to list too, to answer for an absent object.
	if g.lists(key, calls) && calls[0].Action == catalog.GetObject {
		calls = append(calls, Call{Function: key, Resource: calls[0].Resource, Action: catalog.ListObjects})
	}
	return body, calls, nil
}

// pass makes the calls of a request, unless an interceptor breaks one.
func (g *Guard) pass(w http.ResponseWriter, r *http.Request, service http.Handler, calls []Call) {
	g.mu.Lock()
	intercept, watch := g.intercept, g.watch
	for _, call := range calls {
		g.seen[call]++
	}
	g.mu.Unlock()
	key, name, _ := protocol.Signer(r)
	if watch != nil {
		began := time.Now()
		defer func() {
			watch(Span{Function: key, Service: name, Trace: r.Header.Get("X-Amzn-Trace-Id"), Began: began,
				Ended: time.Now()})
		}()
	}
	if intercept != nil && broken(w, r, service, name, calls, intercept) {
		return
	}
	if name == "s3" && !g.lists(key, calls) {
		w = &blind{ResponseWriter: w}
	}
	service.ServeHTTP(w, r)
}

// lists reports whether a function may list the bucket that it calls.
func (g *Guard) lists(key string, calls []Call) bool {
	return len(calls) > 0 && allows(g.rights[key], Call{Resource: calls[0].Resource, Action: catalog.ListObjects})
}

// broken answers in the service's place with the first fault that the interceptor has for a call, if it has one.
func broken(w http.ResponseWriter, r *http.Request, service http.Handler, name string, calls []Call,
	intercept Interceptor) bool {
	for _, call := range calls {
		fault := intercept(call)
		if fault == nil {
			continue
		}
		if fault.Done {
			service.ServeHTTP(&lost{header: http.Header{}}, r)
		}
		if fault.Hang {
			<-r.Context().Done()
			return true
		}
		write(w, r, name, refusal{fault.Status, fault.Code, fault.Message})
		return true
	}
	return false
}

func (g *Guard) refuse(w http.ResponseWriter, r *http.Request, function, service string, no refusal) {
	if g.refused != nil &&
		r.Context().Err() == nil { // a function that was ended in the middle of a call is not refused
		g.refused(function, no.message)
	}
	write(w, r, service, no)
}

func write(w http.ResponseWriter, r *http.Request, service string, no refusal) {
	if service == "s3" {
		if no.code == "AccessDeniedException" {
			no.code = "AccessDenied"
		}
		protocol.RefuseXML(w, no.status, no.code, no.message)
		return
	}
	protocol.Refuse(w, r, no.status, no.code, no.message)
}

// denied is the status of a denial, which differs by service.
func denied(service string) int {
	if service == "dynamodb" || service == "events" {
		return http.StatusBadRequest
	}
	return http.StatusForbidden
}

func allows(rights []catalog.Right, call Call) bool {
	return slices.ContainsFunc(rights, func(right catalog.Right) bool {
		return right.On == call.Resource && right.Index == call.Index && slices.Contains(right.Actions, call.Action)
	})
}

// overheard keeps a copy of an answer.
type overheard struct {
	http.ResponseWriter
	body []byte
}

func (o *overheard) Write(body []byte) (int, error) {
	o.body = append(o.body, body...)
	return o.ResponseWriter.Write(body)
}

// lost takes an answer that nobody gets.
type lost struct{ header http.Header }

func (l *lost) Header() http.Header         { return l.header }
func (l *lost) Write(b []byte) (int, error) { return len(b), nil }
func (l *lost) WriteHeader(int)             {}

// blind turns S3's 404 into 403, as S3 does for callers that may not list the bucket.
type blind struct {
	http.ResponseWriter
	hidden bool
}

func (b *blind) WriteHeader(status int) {
	if status == http.StatusNotFound {
		b.hidden = true
		b.Header().Del("Content-Length")
		protocol.RefuseXML(b.ResponseWriter, http.StatusForbidden, "AccessDenied",
			"Access Denied: without s3:ListBucket an absent object looks like a forbidden one")
		return
	}
	b.ResponseWriter.WriteHeader(status)
}

func (b *blind) Write(body []byte) (int, error) {
	if b.hidden {
		return len(body), nil
	}
	return b.ResponseWriter.Write(body)
}

var errUnknown = errors.New("the local stack does not implement this operation")
