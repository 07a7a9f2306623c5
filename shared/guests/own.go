package guests

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// Self is where a guest sees and changes, with the pass, what is kept of them: the rights of art. 7, as a user has
// them. The overview and the erasure are those of everybody.
type Self struct {
	Tables    *table.Tables
	Now       func() time.Time
	Statement string // version of the statement in force
}

// Routes are the use cases with the operations that they serve.
func (s Self) Routes() []web.Route {
	return []web.Route{
		web.On(api.ViewPass, s.View), web.On(api.ChangePass, s.Change),
	}
}

// Own is what a guest sees of what is kept of them.
type Own struct {
	Name      string     `json:"name"`
	Language  string     `json:"language"`
	Customer  string     `json:"customer"` // 4.d.1
	Location  string     `json:"location"`
	First     civil.Date `json:"first"`
	Last      civil.Date `json:"last"`
	KeptUntil time.Time  `json:"kept_until"` // when all that is kept of the guest goes

	Shield     []string   `json:"shield"`     // what others don't see
	Objections []string   `json:"objections"` // items and purposes objected to
	Consent    *Consented `json:"consent,omitempty"`
	Current    string     `json:"current_version"` // of the statement
}

// Consented is what the guest agreed to.
type Consented struct {
	Version  string    `json:"version"`
	Language string    `json:"language"`
	At       time.Time `json:"at"`
}

// defaultShield is what others don't see of a guest who chose nothing: where they are (7.shield).
var defaultShield = []string{"4.d.4"}

// View shows what is kept of the caller. A guest who was erased a moment ago gets problem.NotFound.
func (s Self) View(ctx context.Context, caller identity.Caller, _ struct{}) (Own, error) {
	guest, err := s.Tables.Guest(ctx, caller.Person)
	if err != nil {
		return Own{}, table.Unknown(err)
	}
	customer, err := s.Tables.LegalName(ctx, guest.Business)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return Own{}, err
	}
	until, _ := guest.Deadline().At()
	own := Own{Name: guest.Name, Language: guest.Language, Customer: customer, Location: guest.Location,
		First: guest.First, Last: guest.Last,
		KeptUntil: until, Shield: guest.Shield, Objections: guest.Objections, Current: s.Statement}
	if guest.Shield == nil {
		own.Shield = defaultShield
	}
	if guest.Objections == nil {
		own.Objections = []string{}
	}
	if guest.ConsentAt != nil {
		own.Consent = &Consented{guest.ConsentVersion, guest.ConsentLanguage, *guest.ConsentAt}
	}
	return own, nil
}

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

// ChangeInput changes what is kept of a guest. A null shield is the default one, null objections are none.
type ChangeInput struct {
	Name       Change[string]   `json:"name"`
	Language   Change[string]   `json:"language"`
	Shield     Change[[]string] `json:"shield"`
	Objections Change[[]string] `json:"objections"`
}

// Change corrects, hides and objects, all together or none (7.rectify, 7.shield, 7.object). As with users, who has
// not consented to the statement in force can object and nothing more: anything else is a problem.Consent.
func (s Self) Change(ctx context.Context, caller identity.Caller, in ChangeInput) (Own, error) {
	for pointer, needed := range map[string]Change[string]{"/name": in.Name, "/language": in.Language} {
		if needed.Given && needed.Value == nil {
			return Own{}, problem.BadField(pointer, "this can be changed but not cleared", "a value, or leave it out")
		}
	}
	if caller.Consent != s.Statement && (in.Name.Given || in.Language.Given || in.Shield.Given) {
		return Own{}, account.ConsentNeeded(s.Statement)
	}
	change := table.GuestChange{Name: in.Name.Value, Language: in.Language.Value, Shield: listed(in.Shield),
		Objections: listed(in.Objections)}
	if change != (table.GuestChange{}) {
		if err := s.Tables.ChangeGuest(ctx, caller.Person, change, s.Now()); err != nil {
			return Own{}, table.Unknown(err)
		}
	}
	return s.View(ctx, caller, struct{}{})
}

// listed is nil where nothing is given, and points at nil where it is cleared.
func listed(change Change[[]string]) *[]string {
	if change.Given && change.Value == nil {
		return new([]string)
	}
	return change.Value
}
