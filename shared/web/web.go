// Package web is the adapter between API Gateway's HTTP API and the use cases. It is the only place that knows HTTP:
// it finds out who is calling, checks role and consent, reads and validates the request against its declaration in
// shared/api, hands a typed input to the use case, and writes its output or its problem.
package web

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"sync"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/report"
)

// Request and Response are API Gateway's, payload format 2.0.
type (
	Request  = events.APIGatewayV2HTTPRequest
	Response = events.APIGatewayV2HTTPResponse
)

// A Route is an operation together with the use case that performs it.
type Route struct {
	Declared  api.Declaration
	Operation func() api.Operation // as declared, made at the first request
	In, Out   reflect.Type         // of the use case

	begin   func(ctx context.Context, claimed identity.Person, input []byte) (finish, error)
	schemas func() (schemas, error) // compiled at the first request for this operation, once per process
}

// A finish is what a use case does once its caller is known.
type finish func(ctx context.Context, caller identity.Caller) (any, error)

// On ties a use case to its operation. In is decoded from one JSON object into which the parameters of the path and
// query, declared headers, the Idempotency-Key (idempotency_key), the User-Agent (user_agent), the members of the
// body or the raw body (content, content_type) are merged by name. Out is the JSON answer; a struct{} is an answer
// without a body, and an Out with the method Content() (mediaType string, body []byte) is written as it is.
func On[In, Out any](declared api.Declaration, use func(context.Context, identity.Caller, In) (Out, error)) Route {
	return route[In, Out](declared, func(_ context.Context, _ identity.Person, in In) finish {
		return func(ctx context.Context, caller identity.Caller) (any, error) { return use(ctx, caller, in) }
	})
}

// Ahead is On for a use case that begins with a read of what belongs to its caller. The read is made on the ids that
// the caller's token claims, beside the one that proves them, so that both are one wait. It must change and count
// nothing. What it found, its errors included, is looked at when the caller is known, and otherwise by nobody.
func Ahead[In, Found, Out any](declared api.Declaration,
	read func(ctx context.Context, claimed identity.Person, in In) (Found, error),
	use func(context.Context, identity.Caller, In, Found) (Out, error)) Route {
	return route[In, Out](declared, func(ctx context.Context, claimed identity.Person, in In) finish {
		found, err := read(ctx, claimed, in)
		return func(ctx context.Context, caller identity.Caller) (any, error) {
			if err != nil {
				return nil, err
			}
			return use(ctx, caller, in, found)
		}
	})
}

func route[In, Out any](declared api.Declaration, begin func(context.Context, identity.Person, In) finish) Route {
	operation := sync.OnceValue(declared.Operation)
	return Route{
		Declared: declared, Operation: operation,
		In: reflect.TypeFor[In](), Out: reflect.TypeFor[Out](),
		schemas: sync.OnceValues(func() (schemas, error) { return compile(operation()) }),
		begin: func(ctx context.Context, claimed identity.Person, input []byte) (finish, error) {
			var in In
			if err := json.Unmarshal(input, &in); err != nil {
				return nil, undecodable(err)
			}
			return begin(ctx, claimed, in), nil
		},
	}
}

// Start serves, as a Lambda, those of the routes that are the function's own. It returns only when the process ends,
// and panics at the start where an operation of the function has no use case.
func Start(function string, callers Callers, routes ...[]Route) {
	lambda.Start(Handler(callers, own(function, routes)...))
}

func own(function string, routes [][]Route) []Route {
	all := slices.Concat(routes...)
	var served []Route
	for _, declared := range api.Declarations() {
		if declared.Function != function {
			continue
		}
		is := func(r Route) bool { return r.Declared.ID == declared.ID }
		i := slices.IndexFunc(all, is)
		if i < 0 {
			panic("web: the function " + function + " has no use case for its operation " + declared.ID)
		}
		served = append(served, all[i])
	}
	return served
}

// Handler is what Start serves, for tests. It never returns an error: a failure is an answer.
func Handler(callers Callers, routes ...Route) func(context.Context, Request) (Response, error) {
	byKey := sync.OnceValue(func() map[string]Route { // not at the start: it makes the operations
		served := map[string]Route{}
		for _, route := range routes {
			served[route.Operation().RouteKey()] = route
		}
		return served
	})
	return func(ctx context.Context, request Request) (Response, error) {
		ctx, cancel := clock.BeforeTheEnd(ctx)
		defer cancel()
		route, ok := byKey()[request.RouteKey]
		if !ok {
			return refuse(problem.Unknown(), languageOf(request)), nil
		}
		return finished(route.Operation(), request, route.answer(ctx, callers, request)), nil
	}
}

func (r Route) answer(ctx context.Context, callers Callers, request Request) Response {
	out, err := r.perform(ctx, callers, request)
	if err == nil {
		var response Response
		if response, err = succeed(r.Operation(), out); err == nil {
			return response
		}
	}
	var known *problem.Error
	if errors.As(err, &known) {
		if known.Kind == problem.Unavailable {
			report.Fault(ctx, r.Declared.ID, request.RequestContext.RequestID, err)
		}
		response := refuse(known, languageOf(request))
		if known.NoSession {
			response.Headers[clearSiteData] = clearing
		}
		return response
	}
	report.Fault(ctx, r.Declared.ID, request.RequestContext.RequestID, err)
	return fail(languageOf(request))
}

// perform proves who is calling while the request is read and validated, and decides nothing before both are done.
// What is wrong with a request is told to known callers alone.
func (r Route) perform(ctx context.Context, callers Callers, request Request) (out any, err error) {
	claim, err := claimed(callers, r.Operation(), request)
	if err != nil {
		return nil, err
	}
	proved := beside(func() (identity.Caller, error) { return claim.Prove(ctx) })
	finish, refusal := guarded(func() (finish, error) { return r.prepare(ctx, claim.Person, request) })
	caller, err := proved()
	if err != nil {
		return nil, err
	}
	if err := consented(r.Operation(), caller); err != nil {
		return nil, err
	}
	if refusal != nil {
		return nil, refusal
	}
	return guarded(func() (any, error) { return finish(ctx, caller) })
}

func (r Route) prepare(ctx context.Context, claimed identity.Person, request Request) (finish, error) {
	schemas, err := r.schemas()
	if err != nil {
		return nil, err
	}
	input, err := read(r.Operation(), schemas, request)
	if err != nil {
		return nil, err
	}
	return r.begin(ctx, claimed, input)
}

// beside starts to do something, and gives what waits for its outcome.
func beside[T any](do func() (T, error)) (wait func() (T, error)) {
	var (
		value T
		err   error
		group sync.WaitGroup
	)
	group.Go(func() { value, err = guarded(do) })
	return func() (T, error) {
		group.Wait()
		return value, err
	}
}

// guarded does something, and makes an error of a panic.
func guarded[T any](do func() (T, error)) (value T, err error) {
	defer func() {
		if thrown := recover(); thrown != nil {
			err = report.Recovered(thrown)
		}
	}()
	return do()
}
