package staff

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// Looks shows data to staff and discloses it, once that is recorded.
type Looks struct {
	Tables    *table.Tables
	Keys      secret.Keys
	Now       func() time.Time
	Overviews overview.Overviews // how a person's data is read
}

// Routes are the use cases with the operations that they serve.
func (l Looks) Routes() []web.Route {
	return []web.Route{
		web.On(api.LookAtPerson, l.Look), web.On(api.LookAtAccount, l.LookAtAccount),
		web.On(api.StaffOverview, l.Own), web.On(api.Disclose, l.Disclose),
	}
}

// Looks that one member of staff can ask for in an hour, those at nobody included.
const (
	mostLooks       = 30
	mostDisclosures = 5
)

// LookInput names a person, by address or by registration, the kinds to be seen, and why.
type LookInput struct {
	Email string `json:"email"`
	// the ids of the business account and the person, 32 characters
	Registration string           `json:"registration"`
	Kinds        []privacy.Clause `json:"kinds"`
	Reason       string           `json:"reason"`
	Key          string           `json:"idempotency_key"`
}

// Looked is what was asked for of a person, and the record of the look.
type Looked struct {
	Look     string             `json:"look"`
	LookedAt time.Time          `json:"looked_at"`
	Kinds    []overview.Section `json:"kinds"`
}

// Look shows the kinds that were asked for of one person, after the look was recorded in the person's own partition,
// where they see it. The same request again within the hour is the same record. Somebody who is not there, and a
// caller without an agreement in force, are problem.Unknown alike; problem.TooMany when there were too many looks
// within the hour.
func (l Looks) Look(ctx context.Context, caller identity.Caller, in LookInput) (Looked, error) {
	who := subject{in.Email, in.Registration}
	member, p, err := l.begin(ctx, caller, limit.Looks, mostLooks, who)
	if err != nil {
		return Looked{}, err
	}
	look := table.Look{ID: l.id(caller, "look", in.Key, who, in.Reason, clausesOf(in.Kinds)), By: member.Name,
		Reason: in.Reason, Kinds: inOrder(in.Kinds), LookedAt: l.Now()}
	if err := l.Tables.RecordLook(ctx, caller.Person, p, look); err != nil {
		return Looked{}, table.Unknown(err)
	}
	seen, err := l.Overviews.Of(ctx, p)
	if err != nil {
		return Looked{}, err
	}
	return Looked{Look: look.ID, LookedAt: look.LookedAt.UTC().Truncate(time.Second),
		Kinds: only(seen.Kinds, in.Kinds)}, nil
}

// only leaves the kinds that were asked for.
func only(all []overview.Section, asked []privacy.Clause) []overview.Section {
	return slices.DeleteFunc(all, func(s overview.Section) bool { return !slices.Contains(asked, s.Clause) })
}

// Own is what is kept of the member of staff who asks.
func (l Looks) Own(ctx context.Context, caller identity.Caller, _ struct{}) (overview.Overview, error) {
	return l.Overviews.Of(ctx, caller.Person)
}

// A subject is who is looked at, named in one of two ways.
type subject struct{ email, registration string }

// nobody is in no table: ids have no such form.
var nobody = identity.Person{Business: "nobody", User: "nobody"}

// begin lets a member of staff with an agreement in force ask for data, and finds the person it is about: nobody where
// there is no such person, so that the same calls are made in every case.
func (l Looks) begin(ctx context.Context, caller identity.Caller, what limit.Subject, most int,
	who subject) (table.Staff, identity.Person, error) {
	if (who.email == "") == (who.registration == "") {
		return table.Staff{}, nobody, problem.BadField("/email", "one of email and registration is needed",
			"either an address or a registration")
	}
	member, err := l.member(ctx, caller, what, most)
	if err != nil {
		return member, nobody, err
	}
	if who.registration != "" {
		p := identity.Person{Business: who.registration[:secret.IDLength], User: who.registration[secret.IDLength:]}
		return member, p, nil
	}
	email, err := identity.EmailAt("/email", who.email)
	if err != nil {
		return member, nobody, err
	}
	p, err := l.Tables.PersonAt(ctx, email.Entries(l.Keys[secret.Addresses]))
	if errors.Is(err, table.ErrAbsent) {
		p, err = nobody, nil
	}
	return member, p, err
}

// member is the caller, when their agreement is in force; what they ask for is counted.
func (l Looks) member(ctx context.Context, caller identity.Caller, what limit.Subject,
	most int) (table.Staff, error) {
	member, err := l.Tables.StaffMember(ctx, caller.Person)
	if err == nil && !member.MayLook(civil.DateOf(l.Now(), civil.UTC)) {
		err = table.ErrNotStaff
	}
	if err != nil {
		return member, table.Unknown(err)
	}
	return member, limit.Counter{Tables: l.Tables, Key: l.Keys[secret.Attempts], Now: l.Now}.CountBy(ctx, what,
		limit.Person(caller.Person), most)
}

// id follows from the request and the hour of the clock, so that a repeat at once is the same record, and a later one
// or one for something else is another. It outlives the person it is about in the member's own partition, so it is
// keyed: nobody can search in it for an address.
func (l Looks) id(caller identity.Caller, what, key string, who subject, rest ...string) string {
	hour := strconv.FormatInt(l.Now().Unix()/3600, 10)
	return l.Keys[secret.Looks].ID(append([]string{what, caller.User, key, hour, who.email, who.registration},
		rest...)...)
}

func clausesOf(clauses []privacy.Clause) string { return fmt.Sprint(inOrder(clauses)) }

// inOrder puts clauses in order, each once.
func inOrder(clauses []privacy.Clause) []privacy.Clause {
	sorted := slices.Clone(clauses)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}
