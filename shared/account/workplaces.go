package account

import (
	"context"
	"errors"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/table"
)

// WorkplaceInput names a spot that is the caller's own.
type WorkplaceInput struct {
	Workplace string `json:"workplace"`
}

// EndWorkplace gives a workplace up that is the caller's own (4.f.1): it is nobody's then. Of one that is not theirs it
// has no effect.
func (s Settings) EndWorkplace(ctx context.Context, caller identity.Caller, in WorkplaceInput) (struct{}, error) {
	own, err := s.Tables.Assignment(ctx, caller.Person, in.Workplace)
	if errors.Is(err, table.ErrAbsent) {
		return struct{}{}, nil
	}
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, s.Tables.GiveUp(ctx, caller.Person, own)
}
