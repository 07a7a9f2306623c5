// Package apigateway is API Gateway's HTTP API on one machine: routes, throttles per route, payload format 2.0, and
// API Gateway's own answers when there is nobody behind it to answer. What it does not do: CORS, TLS, stages other
// than $default, and quotas per account.
package apigateway

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/iotspot/iotspot/localstack/aws/lambda"
	"github.com/iotspot/iotspot/localstack/protocol"
	"github.com/iotspot/iotspot/shared/api"
)

// What API Gateway takes ("Quotas for configuring and running an HTTP API"), in bytes.
const (
	MaxBody = 10 << 20
	MaxHead = 10_240 // of the request line and the headers
)

// patience is how long API Gateway waits for a function.
const patience = 30 * time.Second

// Options say what is served.
type Options struct {
	Operations []api.Operation
	Invoke     func(function string, payload []byte) ([]byte, error)
	Now        func() time.Time
	Log        func(line string) // what API Gateway would put into its access log for the operator, without persons
}

// A Gateway serves the operations.
type Gateway struct {
	Options
	routes http.Handler
}

// New makes a gateway.
func New(options Options) *Gateway {
	g := &Gateway{Options: options}
	g.routes = g.routed(options.Operations)
	return g
}

// An answer of API Gateway itself has a message and nothing else.
func say(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]string{"message": message})
}

func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Apigw-Requestid", protocol.ID())
	if head(r) > MaxHead {
		say(w, http.StatusRequestHeaderFieldsTooLarge, "Request Header Fields Too Large")
		return
	}
	g.routes.ServeHTTP(w, r)
}

// head is the size of the request line and the headers.
func head(r *http.Request) int {
	size := len(r.Method) + len(r.RequestURI) + len(r.Proto)
	for name, values := range r.Header {
		for _, value := range values {
			size += len(name) + len(value)
		}
	}
	return size
}

// request serves a request of a route.
func (g *Gateway) request(w http.ResponseWriter, r *http.Request, route *route) {
	if !route.limiter.Allow() {
		say(w, http.StatusTooManyRequests, "Too Many Requests")
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, MaxBody+1))
	if err != nil {
		say(w, http.StatusBadRequest, "Bad Request")
		return
	}
	if len(body) > MaxBody {
		say(w, http.StatusRequestEntityTooLarge, "Request Entity Too Large")
		return
	}
	g.serve(w, route.operation.Function, g.event(r, route, body, w.Header().Get("Apigw-Requestid")))
}

func (g *Gateway) serve(w http.ResponseWriter, function string, event request) {
	payload, err := json.Marshal(event)
	if err != nil {
		say(w, http.StatusInternalServerError, "Internal Server Error")
		return
	}
	answer, err := g.invoke(function, payload)
	switch {
	case errors.Is(err, lambda.ErrTooLarge):
		say(w, http.StatusRequestEntityTooLarge, "Request Entity Too Large")
	case errors.Is(err, errSlow), errors.Is(err, lambda.ErrClosed):
		say(w, http.StatusServiceUnavailable, "Service Unavailable")
	case err != nil:
		g.Log(function + ": " + err.Error())
		say(w, http.StatusInternalServerError, "Internal Server Error")
	default:
		if err := write(w, answer); err != nil {
			g.Log(function + ": " + err.Error())
			say(w, http.StatusInternalServerError, "Internal Server Error")
		}
	}
}

var errSlow = errors.New("the function took longer than API Gateway waits")

// invoke waits for a function as long as API Gateway does; the function itself goes on.
func (g *Gateway) invoke(function string, payload []byte) ([]byte, error) {
	type outcome struct {
		answer []byte
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		answer, err := g.Invoke(function, payload)
		done <- outcome{answer, err}
	}()
	select {
	case o := <-done:
		return o.answer, o.err
	case <-time.After(patience):
		return nil, errSlow
	}
}

func sourceIP(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
