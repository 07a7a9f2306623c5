package account

import (
	"context"
	"errors"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/usage"
)

// RecordInput names something that the system recorded of the caller by itself.
type RecordInput struct {
	Record string `json:"record"`
}

// RemoveRecord removes it (7.rectify): what is wrong need not wait for its deadline. A repeat does nothing. It gives
// problem.Unknown for anything else, and problem.Conflict to the last administrator who gives up the role.
func (s Settings) RemoveRecord(ctx context.Context, caller identity.Caller, in RecordInput) (struct{}, error) {
	p := caller.Person
	switch in.Record {
	case "device":
		return struct{}{}, table.Unknown(s.Tables.ChangeUser(ctx, p, nil, true))
	case "last-login":
		return struct{}{}, s.Tables.ForgetLogin(ctx, p)
	case "last-use":
		return struct{}{}, s.Tables.ForgetUse(ctx, p, caller.Session)
	case "searches":
		return struct{}{}, usage.Counter{Tables: s.Tables, Now: s.Now}.Forget(ctx, p)
	case "officer":
		return struct{}{}, table.Unknown(s.Tables.ConfirmOfficer(ctx, p, false))
	case "role":
		return struct{}{}, s.stepDown(ctx, p)
	case "codes":
		return struct{}{}, s.Tables.ForgetCodes(ctx, p)
	case "new-address":
		return struct{}{}, s.Tables.ForgetNewAddress(ctx, p)
	case "links":
		return struct{}{}, s.Tables.ForgetLinks(ctx, p)
	}
	return struct{}{}, problem.Unknown()
}

// stepDown makes the person a user, in all of their sessions at once.
func (s Settings) stepDown(ctx context.Context, p identity.Person) error {
	err := table.Retry(func() error {
		user, err := s.Tables.User(ctx, p)
		if err == nil && user.Role != identity.User {
			err = s.Tables.ChangeRole(ctx, user, identity.User)
		}
		return err
	})
	switch {
	case err == nil:
		return s.Tables.UpdateSessions(ctx, p)
	case errors.Is(err, table.ErrLastAdministrator):
		return problem.New(problem.Conflict, "this is the last administrator: name another one first")
	}
	return table.Unknown(err)
}
