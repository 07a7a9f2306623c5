package web

import (
	"context"
	"errors"
	"strings"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
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
	members := map[string]any{contextBusiness: caller.Business, contextUser: caller.User, contextRole: string(caller.Role),
		contextSession: caller.Session, contextConsent: caller.Consent}
	if caller.Location != "" {
		members[contextLocation] = caller.Location
	}
	return members
}

// admit finds out who is calling and whether they may: an operation that is not for the caller's role is answered as
// one that does not exist, and without consent to the current statement only the operations that need none are open
// (2.consent).
func admit(operation api.Operation, request Request) (identity.Caller, error) {
	if operation.Public() {
		return identity.Caller{IP: request.RequestContext.HTTP.SourceIP}, nil
	}
	if busy(request) {
		return identity.Caller{}, problem.New(problem.Unavailable, "the store is busy; the same request can safely be sent again")
	}
	caller, ok := callerOf(request)
	if !ok {
		return caller, problem.New(problem.Unauthorised, "this needs a session: sign in first")
	}
	if !caller.Is(operation.Roles...) {
		return caller, problem.Unknown()
	}
	if !operation.WithoutConsent && caller.Consent != privacy.StatementVersion {
		return caller, problem.New(problem.Consent, "the current version of the privacy statement has not been consented to").
			With("version", privacy.StatementVersion)
	}
	return caller, nil
}

// busy tells that the authoriser could not look. Nobody is let in by that: there is no caller beside it.
func busy(request Request) bool {
	authorizer := request.RequestContext.Authorizer
	return authorizer != nil && authorizer.Lambda[contextBusy] != nil
}

func callerOf(request Request) (identity.Caller, bool) {
	authorizer := request.RequestContext.Authorizer
	if authorizer == nil {
		return identity.Caller{}, false
	}
	text := func(name string) string {
		value, _ := authorizer.Lambda[name].(string)
		return value
	}
	caller := identity.Caller{
		Person: identity.Person{Business: text(contextBusiness), User: text(contextUser)},
		Role:   identity.Role(text(contextRole)), Session: text(contextSession), Consent: text(contextConsent),
		Location: text(contextLocation),
	}
	return caller, caller.Business != "" && caller.User != "" && caller.Session != ""
}

// AuthorizerRequest and AuthorizerResponse are API Gateway's, payload format 2.0 with the simple response.
type (
	AuthorizerRequest  = events.APIGatewayV2CustomAuthorizerV2Request
	AuthorizerResponse = events.APIGatewayV2CustomAuthorizerSimpleResponse
)

// StartAuthorizer serves the HTTP API's authoriser. Resolve finds the caller of a session's token; its answer for a
// token that opens nothing is a problem.Unauthorised or problem.NotFound, and any other error is a fault.
func StartAuthorizer(resolve func(ctx context.Context, token string) (identity.Caller, error)) {
	lambda.Start(Authorizer(resolve))
}

// Authorizer is what StartAuthorizer serves, for tests. A token that opens nothing is "not authorised", which API
// Gateway answers with 403; a fault is an error, which it answers with 500: nobody is let in by a fault. Where the store is
// too busy to look, the request goes on to its function without a caller, to be answered with 503 and when to try again,
// which API Gateway itself can't say.
func Authorizer(resolve func(ctx context.Context, token string) (identity.Caller, error)) func(context.Context, AuthorizerRequest) (AuthorizerResponse, error) {
	return func(ctx context.Context, request AuthorizerRequest) (response AuthorizerResponse, err error) {
		ctx, cancel := clock.BeforeTheEnd(ctx)
		defer cancel()
		defer func() {
			if value := recover(); value != nil {
				err = report.Recovered(value)
			}
			if err != nil {
				report.Fault(ctx, "authorise", request.RequestContext.RequestID, err)
				response, err = AuthorizerResponse{}, report.Safe(err)
			}
		}()
		token, ok := bearer(request)
		if !ok {
			return AuthorizerResponse{}, nil
		}
		caller, err := resolve(ctx, token)
		var known *problem.Error
		if errors.As(err, &known) && (known.Kind == problem.Unauthorised || known.Kind == problem.NotFound) {
			return AuthorizerResponse{}, nil
		}
		if known != nil && known.Kind == problem.Unavailable {
			report.Fault(ctx, "authorise", request.RequestContext.RequestID, err)
			return AuthorizerResponse{IsAuthorized: true, Context: map[string]any{contextBusy: true}}, nil
		}
		if err != nil {
			return AuthorizerResponse{}, err
		}
		return AuthorizerResponse{IsAuthorized: true, Context: Context(caller)}, nil
	}
}

func bearer(request AuthorizerRequest) (string, bool) {
	header := lowered(request.Headers)["authorization"]
	if len(request.IdentitySource) > 0 {
		header = request.IdentitySource[0]
	}
	scheme, token, ok := strings.Cut(header, " ")
	return strings.TrimSpace(token), ok && strings.EqualFold(scheme, "Bearer")
}
