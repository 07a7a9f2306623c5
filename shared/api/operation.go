// Package api declares every operation of the HTTP interface as data. From one declaration come the route in API
// Gateway and in the local stack, the validation of requests, and the OpenAPI document. Each file holds one
// function's operations.
package api

import (
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
)

// A Declaration is an operation that is made when it is asked for: each function makes its own and no others, since
// to make all of them took up to a third of its start.
type Declaration struct {
	ID       string           // unique, as "reserve"
	Function string           // the folder in functions/ that serves it
	Make     func() Operation // all the rest
}

// Operation makes it.
func (d Declaration) Operation() Operation {
	made := d.Make()
	made.ID, made.Function = d.ID, d.Function
	return made
}

// An Operation is one method on one path.
type Operation struct {
	ID       string // of its declaration, as its Function
	Function string
	Method   string
	Path     string // as /reservations/{reservation}; each {name} has a Parameter
	Summary  string // one line
	Detail   string // what it promises, units and clause ids, Markdown

	Roles          []identity.Role // who may call it with a session; none: public, without a session
	WithoutConsent bool            // usable before consenting to a new version of the statement (2.consent)
	Keyed          bool            // wants a header Idempotency-Key: 8 to 64 of A-Z a-z 0-9 _ -
	Agent          bool            // wants the header User-Agent
	Encoding       bool            // wants the header Accept-Encoding
	Clears         bool            // its answer lets the browser forget what this origin keeps on the device
	Tagged         bool            // its answer has an ETag, and 304 where the caller has it already
	Parameters     []Parameter     // of the path and the query, and headers
	Body           *Schema         // JSON body; nil when there is none
	MaxBytes       int             // of a JSON body; 0 is MaxBody
	Content        *Content        // a body that is not JSON

	Status  int     // of success
	Answer  *Schema // JSON answer; nil when there is none or it is Media
	Media   string  // media type of an answer that is not JSON
	Cache   string  // Cache-Control; "" is no-store (9.cache)
	Errors  []problem.Kind
	Request any // example of the body
	Example any // example of the answer

	Throttle Throttle // zero: the stage's default
}

// Content is a body that is not JSON: a photo, an import file, a form.
type Content struct {
	Types    []string
	MaxBytes int
}

// Throttle is API Gateway's limit for one route, over all callers.
type Throttle struct {
	Rate  float64 // requests a second
	Burst int
}

// DefaultThrottle is the stage's limit for each route that has none of its own.
var DefaultThrottle = Throttle{Rate: 1000, Burst: 2000}

// A Parameter is part of the path or the query, or a header.
type Parameter struct {
	Name     string
	In       string // path, query or header
	Required bool   // always so in a path
	Schema   *Schema
	Detail   string
}

// MaxBody is the most bytes that a JSON body may have where its operation doesn't say otherwise.
const MaxBody = 16 << 10

// Public reports whether the operation is called without a session.
func (o Operation) Public() bool { return len(o.Roles) == 0 }

// RouteKey is API Gateway's name of the route, as "POST /reservations".
func (o Operation) RouteKey() string { return o.Method + " " + o.Path }

// Path and Query declare parameters.
func Path(name string, schema *Schema, detail string) Parameter {
	return Parameter{Name: name, In: "path", Required: true, Schema: schema, Detail: detail}
}

// Query declares an optional parameter of the query.
func Query(name string, schema *Schema, detail string) Parameter {
	return Parameter{Name: name, In: "query", Schema: schema, Detail: detail}
}

// MustQuery declares a parameter of the query that can't be left out.
func MustQuery(name string, schema *Schema, detail string) Parameter {
	return Parameter{Name: name, In: "query", Required: true, Schema: schema, Detail: detail}
}

// Header declares an optional header.
func Header(name string, schema *Schema, detail string) Parameter {
	return Parameter{Name: name, In: "header", Schema: schema, Detail: detail}
}
