package staff

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

// A Desk is where staff look at data.
type Desk struct {
	Tables    *table.Tables
	Key       secret.Key
	Now       func() time.Time
	Overviews overview.Desk // how a person's data is read
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
func (d Desk) Look(ctx context.Context, caller identity.Caller, in LookInput) (Looked, error) {
	who := subject{in.Email, in.Registration}
	member, p, err := d.begin(ctx, caller, limit.Looks, mostLooks, who)
	if err != nil {
		return Looked{}, err
	}
	look := table.Look{ID: d.id(caller, "look", in.Key, who, in.Reason, clausesOf(in.Kinds)), By: member.Name,
		Reason: in.Reason, Kinds: inOrder(in.Kinds), LookedAt: d.Now()}
	if err := d.Tables.RecordLook(ctx, caller.Person, p, look); err != nil {
		return Looked{}, unknown(err)
	}
	seen, err := d.Overviews.Of(ctx, p)
	if err != nil {
		return Looked{}, err
	}
	seen.Kinds = slices.DeleteFunc(seen.Kinds, func(s overview.Section) bool {
		return !slices.Contains(in.Kinds,
			s.Clause)
	})
	return Looked{Look: look.ID, LookedAt: look.LookedAt.UTC().Truncate(time.Second), Kinds: seen.Kinds}, nil
}

// Own is what is kept of the member of staff who asks.
func (d Desk) Own(ctx context.Context, caller identity.Caller, _ struct{}) (overview.Overview, error) {
	return d.Overviews.Of(ctx, caller.Person)
}

// A subject is who is looked at, named in one of two ways.
type subject struct{ email, registration string }

// nobody is in no table: ids have no such form.
var nobody = identity.Person{Business: "nobody", User: "nobody"}

// begin lets a member of staff with an agreement in force ask for data, and finds of whom: nobody where there is no
// such person, so that the same calls are made for all.
func (d Desk) begin(ctx context.Context, caller identity.Caller, what limit.Subject, most int,
	who subject) (table.Staff, identity.Person, error) {
	if (who.email == "") == (who.registration == "") {
		return table.Staff{}, nobody, problem.BadField("/email", "one of email and registration is needed",
			"either an address or a registration")
	}
	member, err := d.member(ctx, caller, what, most)
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
	p, err := d.Tables.PersonAt(ctx, signin.AddressHash(d.Key, email))
	if errors.Is(err, table.ErrAbsent) {
		p, err = nobody, nil
	}
	return member, p, err
}

// member is the caller, when their agreement is in force; what they ask for is counted.
func (d Desk) member(ctx context.Context, caller identity.Caller, what limit.Subject, most int) (table.Staff, error) {
	member, err := d.Tables.StaffMember(ctx, caller.Person)
	if err == nil && !member.MayLook(civil.DateOf(d.Now(), time.UTC)) {
		err = table.ErrNotStaff
	}
	if err != nil {
		return member, unknown(err)
	}
	return member, limit.Counter{Tables: d.Tables, Key: d.Key, Now: d.Now}.CountBy(ctx, what,
		limit.Person(caller.Person), most)
}

// id follows from the request and the hour of the clock, so that a repeat at once is the same record, and a later one
// or one for something else is another. It outlives whom it is about in the member's own partition, so it is keyed:
// nobody can search in it for an address.
func (d Desk) id(caller identity.Caller, what, key string, who subject, rest ...string) string {
	hour := strconv.FormatInt(d.Now().Unix()/3600, 10)
	return d.Key.ID(append([]string{what, caller.User, key, hour, who.email, who.registration}, rest...)...)
}

func clausesOf(clauses []privacy.Clause) string { return fmt.Sprint(inOrder(clauses)) }

// inOrder puts clauses in order, each once.
func inOrder(clauses []privacy.Clause) []privacy.Clause {
	sorted := slices.Clone(clauses)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}

func unknown(err error) error {
	if errors.Is(err, table.ErrAbsent) || errors.Is(err, table.ErrNotStaff) {
		return problem.Unknown()
	}
	return err
}
