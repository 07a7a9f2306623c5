package account

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// ChangeInput is a JSON merge patch (RFC 7396) of a registration's items, each by its name: left out it stays, null
// clears it.
type ChangeInput map[string]json.RawMessage

// A changeable item is one that its owner changes by its name.
type changeable struct {
	clause privacy.Clause // or the attribute, see table.ChangeUser
	needed bool           // it can be changed but not cleared
	value  func(json.RawMessage) (any, error)
}

// changeables are those of a registration, by their names.
func changeables() map[string]changeable {
	items := map[string]changeable{
		"name":       {clause: "4.a.1", needed: true, value: decoded[string]},
		"language":   {clause: "4.language", needed: true, value: decoded[string]},
		"shield":     {clause: "7.shield", value: decoded[[]string]},
		"objections": {clause: "7.object", value: decoded[[]string]},
		"reminders":  {clause: "reminders", value: wished},

		"calendar_mails": {clause: "calendar_mails", value: wished},
		"name_at_room":   {clause: "name_at_room", value: wished},
	}
	for _, item := range privacy.OptionalItems {
		items[item.Name] = changeable{clause: item.Clause, value: decoded[any]}
	}
	return items
}

// wished is a wish; where there is none nothing is kept.
func wished(text json.RawMessage) (any, error) {
	var value bool
	if err := json.Unmarshal(text, &value); err != nil || !value {
		return nil, err
	}
	return true, nil
}

func decoded[T any](text json.RawMessage) (any, error) {
	var value T
	err := json.Unmarshal(text, &value)
	return value, err
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
			return Profile{}, table.Unknown(err)
		}
	}
	if _, given := changes["calendar_mails"]; given {
		if err := s.Tables.UpdateSessions(ctx, caller.Person); err != nil {
			return Profile{}, err
		}
	}
	if to, given := changes["7.object"]; given {
		if err := s.objected(ctx, caller.Person, to); err != nil {
			return Profile{}, err
		}
	}
	return s.Read(ctx, caller, struct{}{})
}

// objected applies an objection to the date of last use (4.e.1), or its end, to the sessions, since they record that
// date. Only then is the date removed: before, a session could write it again. A repeat completes what was left.
func (s Settings) objected(ctx context.Context, p identity.Person, to any) error {
	if err := s.Tables.UpdateSessions(ctx, p); err != nil {
		return err
	}
	if items, _ := to.([]string); !slices.Contains(items, "4.e.1") {
		return nil
	}
	return s.Tables.ForgetUse(ctx, p, "")
}

// changes names what changes by its clause; a nil value clears. A name that is no item's is the caller's mistake, which
// the interface doesn't let through.
func (in ChangeInput) changes() (map[privacy.Clause]any, error) {
	items, changes := changeables(), map[privacy.Clause]any{}
	for name, text := range in {
		item, known := items[name]
		switch {
		case !known:
			return nil, errors.New("account: this is no item's name")
		case string(text) != "null":
			value, err := item.value(text)
			if err != nil {
				return nil, fmt.Errorf("account: decoding %s: %w", name, err)
			}
			changes[item.clause] = value
		case item.needed:
			return nil, problem.BadField("/"+name, "this can be changed but not cleared",
				"a value, or leave it out")
		default:
			changes[item.clause] = nil
		}
	}
	return changes, nil
}
