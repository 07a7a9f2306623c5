// Package business is a customer's business account: how it opens, with a consent; what art. 3 keeps of it; and who
// administers it. Locations and what is in them are shared/building's.
package business

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// Accounts opens and keeps business accounts.
type Accounts struct {
	Tables    *table.Tables
	Mail      mail.Sender
	Keys      secret.Keys
	Records   Records // to prove domains with
	Now       func() time.Time
	Statement string        // version of the statement in force
	Pace      time.Duration // see signin.AtPace; 0 in tests
}

// Routes are the use cases with the operations that they serve.
func (a Accounts) Routes() []web.Route {
	return []web.Route{
		web.On(api.OpenAccount, a.Open), web.On(api.ConfirmAccount, a.Confirm), web.On(api.GetAccount, a.Account),
		web.On(api.ChangeAccount, a.Change), web.On(api.ProveDomain, a.Prove), web.On(api.AccountLooks, a.Looks),
		web.On(api.NameRole, a.Name), web.On(api.ConfirmOfficer, a.ConfirmOfficer),
		web.On(api.AssignSpot, a.AssignSpot), web.On(api.UnassignSpot, a.UnassignSpot),
		web.On(api.ListGroups, a.Groups), web.On(api.AddGroup, a.AddGroup), web.On(api.RenameGroup, a.RenameGroup),
		web.On(api.RemoveGroup, a.RemoveGroup), web.On(api.SetMember, a.SetMember),
		web.On(api.ListRoles, a.Roles), web.On(api.NameColleague, a.NameColleague),
		web.On(api.ListOfficers, a.Officers), web.On(api.ConfirmColleague, a.ConfirmColleague),
	}
}

// Invoice is the required invoice data (3.j).
type Invoice struct {
	Name      string `json:"name"`
	Address   string `json:"address"`
	Email     string `json:"email"`
	VATNumber string `json:"vat_number,omitempty"`
	Reference string `json:"reference,omitempty"`
}

// An Account is a business account in an answer: art. 3, and nothing of a person.
type Account struct {
	ID        string     `json:"id"`
	LegalName string     `json:"legal_name"` // 3.a
	Addresses []string   `json:"addresses"`  // 3.b
	Domains   []string   `json:"domains"`    // 3.d: as claimed
	Proofs    []Domain   `json:"proofs"`     // of each domain, in the same order
	Invoice   Invoice    `json:"invoice"`    // 3.j
	TimeZone  civil.Zone `json:"time_zone"`  // of days that belong to no location
	Users     int        `json:"users"`      // 3.i
	OpenedAt  time.Time  `json:"opened_at"`
}

func (a Accounts) view(ctx context.Context, id string, account table.Account) (Account, error) {
	proofs, err := a.domains(ctx, id, account.Domains)
	return Account{ID: id, LegalName: account.LegalName, Addresses: account.Addresses, Domains: account.Domains,
		Proofs: proofs, Invoice: Invoice(account.Invoice), TimeZone: account.Zone, Users: account.Users,
		OpenedAt: account.OpenedAt.UTC().Truncate(time.Second)}, err
}

// Account shows the caller's business account.
func (a Accounts) Account(ctx context.Context, caller identity.Caller, _ struct{}) (Account, error) {
	account, err := a.Tables.Account(ctx, caller.Business)
	if err != nil {
		return Account{}, table.Unknown(err)
	}
	return a.view(ctx, caller.Business, account)
}

// A Look is one of the operator's staff at data of the account (6.confidential).
type Look struct {
	Look     string           `json:"look"`
	By       string           `json:"by"`
	LookedAt time.Time        `json:"looked_at"`
	Reason   string           `json:"reason"`
	Kinds    []privacy.Clause `json:"kinds"`
}

// Looks are those of 52 weeks, the latest first.
type Looks struct {
	Looks []Look `json:"looks"`
}

// Looks lists who of the operator's staff looked at data of the account, when and why.
func (a Accounts) Looks(ctx context.Context, caller identity.Caller, _ struct{}) (Looks, error) {
	found, err := a.Tables.AccountLooks(ctx, caller.Business)
	slices.SortFunc(found, func(x, y table.Look) int { return y.LookedAt.Compare(x.LookedAt) })
	shown := Looks{Looks: make([]Look, len(found))}
	for i, l := range found {
		shown.Looks[i] = Look{Look: l.ID, By: l.By, LookedAt: l.LookedAt.UTC().Truncate(time.Second),
			Reason: l.Reason, Kinds: l.Kinds}
	}
	return shown, err
}

// ChangeInput is what is changed of an account; what is left out stays.
type ChangeInput struct {
	LegalName *string   `json:"legal_name"`
	Addresses *[]string `json:"addresses"`
	Domains   *[]string `json:"domains"`
	Invoice   *Invoice  `json:"invoice"`
	TimeZone  *string   `json:"time_zone"` // counts for sessions that begin from then on
}

// Change changes the account. A new domain is a claim that gives no access before it is proved, see Prove. One that
// is given up gives no access to new registrations from then on; the domain of the caller's own address can't be
// given up. That of a public mail provider is refused.
func (a Accounts) Change(ctx context.Context, caller identity.Caller, in ChangeInput) (Account, error) {
	return table.RetryFor(func() (Account, error) {
		account, err := a.Tables.Account(ctx, caller.Business)
		if err != nil {
			return Account{}, table.Unknown(err)
		}
		changed, err := a.over(ctx, caller, account, in)
		if err != nil {
			return Account{}, err
		}
		if err := a.Tables.ChangeAccount(ctx, caller.Business, account, changed); err != nil {
			return Account{}, err
		}
		return a.view(ctx, caller.Business, changed)
	})
}

func (a Accounts) over(ctx context.Context, caller identity.Caller, account table.Account,
	in ChangeInput) (table.Account, error) {
	if in.LegalName != nil {
		account.LegalName = strings.TrimSpace(*in.LegalName)
	}
	if in.Addresses != nil {
		account.Addresses = trimmed(*in.Addresses)
	}
	if in.Invoice != nil {
		account.Invoice = table.Invoice(*in.Invoice)
	}
	if in.TimeZone != nil {
		zone, err := zoneOf(*in.TimeZone)
		if err != nil {
			return account, err
		}
		account.Zone = zone
	}
	if in.Domains == nil {
		return account, nil
	}
	domains, err := accessible(*in.Domains)
	if err != nil {
		return account, err
	}
	user, err := a.Tables.User(ctx, caller.Person, "4.a.2")
	if err != nil {
		return account, table.Unknown(err)
	}
	if own := identity.Email(user.Email).Domain(); !slices.Contains(domains, own) {
		return account, problem.Impossible("/domains", "the domain of your own address is not among them",
			"domains with your own among them")
	}
	account.Domains = domains
	return account, nil
}

// defaultZone is the account's where none is given.
const defaultZone = "Europe/Amsterdam"

func zoneOf(name string) (civil.Zone, error) {
	zone, err := civil.LoadZone(cmp.Or(name, defaultZone))
	if err != nil {
		return zone, problem.Impossible("/time_zone", "is not an IANA time zone", "a name such as Europe/Amsterdam")
	}
	return zone, nil
}

func trimmed(lines []string) []string {
	clean := make([]string, len(lines))
	for i, line := range lines {
		clean[i] = strings.TrimSpace(line)
	}
	return clean
}

// accessible puts domains in lower case and order, each once, and refuses those where anybody can have a mailbox
// (3.d).
func accessible(domains []string) ([]string, error) {
	var all []string
	for _, domain := range domains {
		domain = strings.ToLower(domain)
		if Public(domain) {
			return nil, problem.Impossible("/domains",
				"one of them is of a public mail provider, where anybody can have an address",
				"domains of which the organisation itself gives out the addresses")
		}
		all = append(all, domain)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}
