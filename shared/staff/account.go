package staff

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// AccountInput names a customer by its account or by a domain that it proved, the kinds of art. 3 to be seen, and
// why.
type AccountInput struct {
	Account string           `json:"account"`
	Domain  string           `json:"domain"`
	Kinds   []privacy.Clause `json:"kinds"`
	Reason  string           `json:"reason"`
	Key     string           `json:"idempotency_key"`
}

// LookedAtAccount is what was asked for of a customer, and the record of the look.
type LookedAtAccount struct {
	Look     string        `json:"look"`
	LookedAt time.Time     `json:"looked_at"`
	Account  string        `json:"account"`
	Kinds    []AccountKind `json:"kinds"`
}

// AccountKind is one kind of a customer's data.
type AccountKind struct {
	Clause privacy.Clause `json:"clause"`
	What   words.Text     `json:"what"`
	Values []any          `json:"values"`
}

// LookAtAccount shows the kinds of art. 3 that were asked for of one customer, after the look was recorded where the
// customer's administrators see it. It gives the problems that Look gives.
func (l Looks) LookAtAccount(ctx context.Context, caller identity.Caller, in AccountInput) (LookedAtAccount, error) {
	if (in.Account == "") == (in.Domain == "") {
		return LookedAtAccount{}, problem.BadField("/account", "one of account and domain is needed",
			"either an account's id or a domain")
	}
	member, err := l.member(ctx, caller, limit.Looks, mostLooks)
	if err != nil {
		return LookedAtAccount{}, err
	}
	business, err := l.account(ctx, in)
	if err != nil {
		return LookedAtAccount{}, err
	}
	id := l.id(caller, "account look", in.Key, subject{in.Account, in.Domain}, in.Reason, clausesOf(in.Kinds))
	look := table.Look{ID: id, By: member.Name, Reason: in.Reason, Kinds: inOrder(in.Kinds), LookedAt: l.Now()}
	if err := l.Tables.RecordAccountLook(ctx, caller.Person, business, look); err != nil {
		return LookedAtAccount{}, table.Unknown(err)
	}
	shown, err := l.art3(ctx, business, look.Kinds)
	return LookedAtAccount{Look: look.ID, LookedAt: look.LookedAt.UTC().Truncate(time.Second), Account: business,
		Kinds: shown}, err
}

// account finds which one is meant: nobody's where there is none, so that the same calls are made for all.
func (l Looks) account(ctx context.Context, in AccountInput) (string, error) {
	if in.Account != "" {
		return in.Account, nil
	}
	business, err := l.Tables.DomainOwner(ctx, strings.ToLower(in.Domain))
	if errors.Is(err, table.ErrAbsent) {
		return nobody.Business, nil
	}
	return business, err
}

// art3 gathers kinds of a customer's data.
func (l Looks) art3(ctx context.Context, business string, clauses []privacy.Clause) ([]AccountKind, error) {
	account, err := l.Tables.Account(ctx, business)
	if err != nil {
		return nil, table.Unknown(err)
	}
	locations, err := l.Tables.Locations(ctx, business)
	if err != nil {
		return nil, err
	}
	floors, err := l.Tables.Floors(ctx, business)
	if err != nil {
		return nil, err
	}
	var shown []AccountKind
	for _, clause := range clauses {
		kind, _ := privacy.KindOf(clause)
		values := append([]any{}, ofAccount(account, clause)...)
		for _, location := range locations {
			values = append(values, ofLocation(location, clause)...)
		}
		for _, floor := range floors {
			values = append(values, ofFloor(floor, clause)...)
		}
		shown = append(shown, AccountKind{Clause: clause, What: kind.Text, Values: values})
	}
	return shown, nil
}

func ofAccount(a table.Account, clause privacy.Clause) []any {
	switch clause {
	case "3.a":
		return []any{a.LegalName}
	case "3.b":
		return anys(a.Addresses)
	case "3.d":
		return anys(a.Domains)
	case "3.i":
		return []any{a.Users}
	case "3.j":
		return []any{map[string]any{"name": a.Invoice.Name, "address": a.Invoice.Address, "email": a.Invoice.Email,
			"vat_number": a.Invoice.VATNumber, "reference": a.Invoice.Reference}}
	}
	return nil
}

func ofLocation(l table.Location, clause privacy.Clause) []any {
	switch clause {
	case "3.b":
		return []any{l.Address}
	case "3.c":
		return []any{map[string]any{"location": l.Name, "latitude": l.Latitude, "longitude": l.Longitude}}
	case "3.e":
		return []any{map[string]any{"location": l.Name}}
	case "3.g":
		return []any{map[string]any{"location": l.Name, "workplaces": l.Workplaces}}
	case "3.h":
		return []any{map[string]any{"location": l.Name, "rooms": l.Rooms}}
	}
	return nil
}

func ofFloor(f table.Floor, clause privacy.Clause) []any {
	switch clause {
	case "3.e":
		zones := []string{}
		for _, zone := range f.Zones {
			zones = append(zones, zone.Name)
		}
		slices.Sort(zones)
		return []any{map[string]any{"floor": f.Name, "level": f.Level, "zones": zones}}
	case "3.f":
		types := map[string]int{}
		for _, spot := range f.Spots {
			types[string(spot.Category)+", "+spot.Type]++
		}
		return []any{map[string]any{"floor": f.Name, "types": types}}
	}
	return nil
}

func anys(texts []string) []any {
	values := make([]any, len(texts))
	for i, text := range texts {
		values[i] = text
	}
	return values
}
