package account

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
)

// A Change is a member of a JSON merge patch (RFC 7396): left out it changes nothing, null clears, a value sets.
type Change[T any] struct {
	Given bool
	Value *T
}

// UnmarshalJSON is called for null as well.
func (c *Change[T]) UnmarshalJSON(text []byte) error {
	c.Given = true
	return json.Unmarshal(text, &c.Value)
}

// ChangeInput changes items of a registration, each alone.
type ChangeInput struct {
	Name             Change[string]   `json:"name"`
	Language         Change[string]   `json:"language"`
	Phone            Change[string]   `json:"phone"`
	JobTitle         Change[string]   `json:"job_title"`
	LinkedIn         Change[string]   `json:"linkedin"` // public profile identifier, never a URL
	EmergencyOfficer Change[bool]     `json:"emergency_officer"`
	Department       Change[string]   `json:"department"`
	Shield           Change[[]string] `json:"shield"`
	Objections       Change[[]string] `json:"objections"`
}

// Change gives items another value or clears them (4.b, 7.rectify, 7.shield, 7.object), all together or none. A
// person who has not consented to the statement in force can only object: anything else is a problem.Consent. An
// objection has taken effect when this answers: nothing is recorded against it after that, and of 4.d.5, 4.e.1 and
// 4.e.2 nothing is left.
func (s Settings) Change(ctx context.Context, caller identity.Caller, in ChangeInput) (Profile, error) {
	changes, err := in.changes()
	if err != nil {
		return Profile{}, err
	}
	if caller.Consent != s.Statement && !slices.Equal(slices.Collect(maps.Keys(changes)),
		[]privacy.Clause{"7.object"}) {
		return Profile{}, ConsentNeeded(s.Statement)
	}
	if len(changes) > 0 {
		if err := s.Tables.ChangeUser(ctx, caller.Person, changes, false); err != nil {
			return Profile{}, unknownWhenAbsent(err)
		}
	}
	if in.Objections.Given {
		if err := s.objected(ctx, caller.Person, in.Objections.Value); err != nil {
			return Profile{}, err
		}
	}
	return s.Read(ctx, caller, struct{}{})
}

// objected applies an objection to the date of last use (4.e.1), or its end, to the sessions, since they record that
// date. Only then is the date removed: before, a session could write it again. A repeat completes what was left.
func (s Settings) objected(ctx context.Context, p identity.Person, to *[]string) error {
	if err := s.Tables.UpdateSessions(ctx, p); err != nil {
		return err
	}
	if to == nil || !slices.Contains(*to, "4.e.1") {
		return nil
	}
	return s.Tables.ForgetUse(ctx, p, "")
}

// changes names what changes by its clause; a nil value clears.
func (in ChangeInput) changes() (map[privacy.Clause]any, error) {
	changes := map[privacy.Clause]any{}
	for _, one := range []struct {
		pointer string
		clause  privacy.Clause
		needed  bool
		given   bool
		value   any
		cleared bool
	}{
		{"/name", "4.a.1", true, in.Name.Given, in.Name.Value, in.Name.Value == nil},
		{"/language", "4.language", true, in.Language.Given, in.Language.Value, in.Language.Value == nil},
		{"/phone", "4.b.1", false, in.Phone.Given, in.Phone.Value, in.Phone.Value == nil},
		{"/job_title", "4.b.2", false, in.JobTitle.Given, in.JobTitle.Value, in.JobTitle.Value == nil},
		{"/linkedin", "4.b.3", false, in.LinkedIn.Given, in.LinkedIn.Value, in.LinkedIn.Value == nil},
		{"/emergency_officer", "4.b.4", false, in.EmergencyOfficer.Given, in.EmergencyOfficer.Value,
			in.EmergencyOfficer.Value == nil},
		{"/department", "4.b.5", false, in.Department.Given, in.Department.Value, in.Department.Value == nil},
		{"/shield", "7.shield", false, in.Shield.Given, in.Shield.Value, in.Shield.Value == nil},
		{"/objections", "7.object", false, in.Objections.Given, in.Objections.Value, in.Objections.Value == nil},
	} {
		switch {
		case !one.given:
		case one.cleared && one.needed:
			return nil, problem.BadField(one.pointer, "this can be changed but not cleared",
				"a value, or leave it out")
		case one.cleared:
			changes[one.clause] = nil
		default:
			changes[one.clause] = one.value
		}
	}
	return changes, nil
}
