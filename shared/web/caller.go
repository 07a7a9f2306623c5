package web

import (
	"context"
	"strings"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
)

// Callers finds out who is calling: it takes a bearer's token apart, for an operation that is for some roles. Its
// errors are those of identity.Claim's Prove; of a token that can't be one, or is of a kind for which the operation is
// not, it gives them itself.
type Callers func(token string, roles ...identity.Role) (identity.Claim, error)

// Nobody knows no caller: it serves functions whose operations are all public.
func Nobody(string, ...identity.Role) (identity.Claim, error) {
	return identity.Claim{}, problem.NotSignedIn()
}

// claimed is who says to be calling. Of the caller of a public operation nothing is known but the address.
func claimed(callers Callers, operation api.Operation, request Request) (identity.Claim, error) {
	if operation.Public() {
		anybody := identity.Caller{IP: request.RequestContext.HTTP.SourceIP}
		return identity.Claim{Prove: func(context.Context) (identity.Caller, error) { return anybody, nil }}, nil
	}
	return callers(bearer(request), operation.Roles...)
}

// bearer is the token that the request bears (RFC 6750, section 2.1), "" where it has none.
func bearer(request Request) string {
	scheme, token, _ := strings.Cut(lowered(request.Headers)["authorization"], " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// consented refuses who has not consented to the current statement what is not open without it (2.consent).
func consented(operation api.Operation, caller identity.Caller) error {
	if operation.Public() || operation.WithoutConsent || caller.Consent == privacy.StatementVersion {
		return nil
	}
	return problem.New(problem.Consent, "the current version of the privacy statement has not been consented to").
		With("version", privacy.StatementVersion)
}
