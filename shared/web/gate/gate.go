// Package gate is the adapter of the HTTP API's authoriser, and what it hands on to the functions behind it. It
// stands apart from shared/web since every request passes it: it links nothing that validates or answers.
package gate

import (
	"context"
	"errors"
	"strings"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/report"
)

// The members of the authoriser's context, which API Gateway passes from the authoriser to the functions.
const (
	contextBusiness = "business"
	contextUser     = "user"
	contextRole     = "role"
	contextSession  = "session"
	contextConsent  = "consent"
	contextLocation = "location"
	contextBusy     = "busy" // instead of all others: who is calling could not be found out now
)

// Context is the authoriser's context for a caller.
func Context(caller identity.Caller) map[string]any {
	members := map[string]any{contextBusiness: caller.Business, contextUser: caller.User,
		contextRole:    string(caller.Role),
		contextSession: caller.Session, contextConsent: caller.Consent}
	if caller.Location != "" {
		members[contextLocation] = caller.Location
	}
	return members
}

// Busy says that the authoriser could not look the session up. It lets nobody in, since no caller comes with it.
func Busy(found map[string]any) bool { return found[contextBusy] != nil }

// Caller is who the authoriser found, and false where it found nobody.
func Caller(found map[string]any) (identity.Caller, bool) {
	text := func(name string) string {
		value, _ := found[name].(string)
		return value
	}
	caller := identity.Caller{
		Person: identity.Person{Business: text(contextBusiness), User: text(contextUser)},
		Role:   identity.Role(text(contextRole)), Session: text(contextSession), Consent: text(contextConsent),
		Location: text(contextLocation),
	}
	return caller, caller.Business != "" && caller.User != "" && caller.Session != ""
}

// Request and Response are API Gateway's, payload format 2.0 with the simple response.
type (
	Request  = events.APIGatewayV2CustomAuthorizerV2Request
	Response = events.APIGatewayV2CustomAuthorizerSimpleResponse
)

// Start serves the HTTP API's authoriser. Resolve finds the caller of a session's token; its answer for a
// token that opens nothing is a problem.Unauthorised or problem.NotFound, and any other error is a fault.
func Start(resolve func(ctx context.Context, token string) (identity.Caller, error)) {
	lambda.Start(Handler(resolve))
}

// Handler is what Start serves, for tests. A token that opens nothing is "not authorised", which API
// Gateway answers with 403; a fault is an error, which it answers with 500: nobody is let in by a fault. Where the
// store is too busy to look, the request goes on to its function without a caller, to be answered with 503 and when
// to try again, which API Gateway itself can't say.
func Handler(resolve func(ctx context.Context, token string) (identity.Caller, error)) func(context.Context,
	Request) (Response, error) {
	return func(ctx context.Context, request Request) (response Response, err error) {
		ctx, cancel := clock.BeforeTheEnd(ctx)
		defer cancel()
		defer func() {
			if value := recover(); value != nil {
				err = report.Recovered(value)
			}
			if err != nil {
				report.Fault(ctx, "authorise", request.RequestContext.RequestID, err)
				response, err = Response{}, report.Safe(err)
			}
		}()
		token, ok := bearer(request)
		if !ok {
			return Response{}, nil
		}
		caller, err := resolve(ctx, token)
		var known *problem.Error
		if errors.As(err, &known) && (known.Kind == problem.Unauthorised || known.Kind == problem.NotFound) {
			return Response{}, nil
		}
		if known != nil && known.Kind == problem.Unavailable {
			report.Fault(ctx, "authorise", request.RequestContext.RequestID, err)
			return Response{IsAuthorized: true, Context: map[string]any{contextBusy: true}}, nil
		}
		if err != nil {
			return Response{}, err
		}
		return Response{IsAuthorized: true, Context: Context(caller)}, nil
	}
}

func bearer(request Request) (string, bool) {
	header := ""
	for name, value := range request.Headers {
		if strings.EqualFold(name, "Authorization") {
			header = value
		}
	}
	if len(request.IdentitySource) > 0 {
		header = request.IdentitySource[0]
	}
	scheme, token, ok := strings.Cut(header, " ")
	return strings.TrimSpace(token), ok && strings.EqualFold(scheme, "Bearer")
}
