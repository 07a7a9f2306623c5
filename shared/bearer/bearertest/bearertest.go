// Package bearertest finds callers for tests, whatever they call.
package bearertest

import (
	"context"
	"slices"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/identity"
)

// Caller is who bears a token.
func Caller(ctx context.Context, callers bearer.Callers, token string) (identity.Caller, error) {
	claim, err := callers.Claim(token, slices.Concat(identity.Subjects, identity.StaffOnly)...)
	if err != nil {
		return identity.Caller{}, err
	}
	return claim.Prove(ctx)
}
