package web

import (
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/web/gate"
)

// admit finds out who is calling and whether they may: an operation that is not for the caller's role is answered as
// one that does not exist, and without consent to the current statement only the operations that need none are open
// (2.consent).
func admit(operation api.Operation, request Request) (identity.Caller, error) {
	if operation.Public() {
		return identity.Caller{IP: request.RequestContext.HTTP.SourceIP}, nil
	}
	var found map[string]any
	if authorizer := request.RequestContext.Authorizer; authorizer != nil {
		found = authorizer.Lambda
	}
	if gate.Busy(found) {
		return identity.Caller{}, problem.New(problem.Unavailable,
			"the store is busy; the same request can safely be sent again")
	}
	caller, ok := gate.Caller(found)
	if !ok {
		return caller, problem.New(problem.Unauthorised, "this needs a session: sign in first")
	}
	if !caller.Is(operation.Roles...) {
		return caller, problem.Unknown()
	}
	if !operation.WithoutConsent && caller.Consent != privacy.StatementVersion {
		return caller, problem.New(problem.Consent, "the current version of the privacy statement has not been "+
			"consented to").
			With("version", privacy.StatementVersion)
	}
	return caller, nil
}
