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

// GroupInput names a group.
type GroupInput struct {
	Group string `json:"group"`
}

// LeaveGroup takes the caller out of a group (4.f.1). Whatever the group, the answer is the same.
func (s Settings) LeaveGroup(ctx context.Context, caller identity.Caller, in GroupInput) (struct{}, error) {
	return struct{}{}, s.Tables.LeaveGroup(ctx, caller.Person, in.Group)
}
