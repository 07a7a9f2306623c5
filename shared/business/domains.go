package business

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/resolver"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// A Records looks up the TXT records of a name, as resolver.Resolver does and with its errors.
type Records interface {
	TXT(ctx context.Context, name string) ([]string, error)
}

// A Domain is one that the account claims (3.d). It gives access when it is proved: the record was seen in DNS.
type Domain struct {
	Domain string `json:"domain"`
	Proved bool   `json:"proved"`
	Record Record `json:"record"`
}

// A Record is the one that its administrator sets.
type Record struct {
	Name  string `json:"name"`
	Type  string `json:"type"`
	Value string `json:"value"`
}

// record follows from the account and the domain, so that nothing needs to be kept of it before it is seen, and
// nobody can know another account's.
func (a Accounts) record(business, domain string) Record {
	return Record{Name: recordName(domain), Type: "TXT", Value: a.accepted(business, domain)[0]}
}

// accepted are the values of a record, the one that is shown first: while keys are changed, also that of before.
func (a Accounts) accepted(business, domain string) []string {
	return values(a.Keys[secret.Domains], business, domain)
}

func recordName(domain string) string { return "_iotspot-challenge." + domain }

func values(keys secret.Ring, business, domain string) []string {
	all := keys.Hashes("domain", business, domain)
	for i, hash := range all {
		all[i] = "iotspot-domain=" + hash
	}
	return all
}

// domains shows what is claimed, and what of it is proved.
func (a Accounts) domains(ctx context.Context, business string, claimed []string) ([]Domain, error) {
	proved, err := a.Tables.ProvedDomains(ctx, business, claimed)
	shown := make([]Domain, len(claimed))
	for i, domain := range claimed {
		shown[i] = Domain{Domain: domain, Proved: slices.Contains(proved, domain), Record: a.record(business, domain)}
	}
	return shown, err
}

// ProofInput names a domain that the account claims.
type ProofInput struct {
	Domain string `json:"domain"`
}

const (
	// mostProofs are the looks into DNS that an account may ask for in an hour.
	mostProofs = 60
	// mostRecords are the TXT records of one name that are looked at.
	mostRecords = 100
)

// Prove looks into DNS for the record of a domain that the account claims. From when it is seen the domain gives
// access, and to this account alone, as long as Checker finds it; a repeat doesn't look again. It gives
// problem.Unknown for a domain that the account does not claim, problem.Unacceptable when the record is not there,
// problem.Unavailable when DNS does not answer, and problem.TooMany. Only who has set the record hears that another
// account proved the domain before: problem.Conflict.
func (a Accounts) Prove(ctx context.Context, caller identity.Caller, in ProofInput) (Domain, error) {
	domain := strings.ToLower(in.Domain)
	account, err := a.Tables.Account(ctx, caller.Business)
	if err != nil {
		return Domain{}, table.Unknown(err)
	}
	if !slices.Contains(account.Domains, domain) {
		return Domain{}, problem.Unknown()
	}
	shown, err := a.domains(ctx, caller.Business, []string{domain})
	if err != nil || shown[0].Proved {
		return shown[0], err
	}
	counter := limit.Counter{Tables: a.Tables, Key: a.Keys[secret.Attempts], Now: a.Now}
	if err := counter.CountBy(ctx, limit.Proofs, limit.Account(caller.Business), mostProofs); err != nil {
		return Domain{}, err
	}
	seen, err := a.seen(ctx, shown[0].Record, a.accepted(caller.Business, domain))
	if err != nil {
		return Domain{}, err
	}
	err = a.Tables.ProveDomain(ctx, caller.Business, domain, seen)
	if errors.Is(err, table.ErrDomainTaken) {
		err = problem.New(problem.Conflict, "the record is there, but another business account proved this domain "+
			"before: ask us at the support address")
	}
	shown[0].Proved = true
	return shown[0], table.Unknown(err)
}

// seen gives which of the values is in DNS, or an error that says why none is.
func (a Accounts) seen(ctx context.Context, record Record, accepted []string) (string, error) {
	found, err := a.Records.TXT(ctx, record.Name)
	switch {
	case errors.Is(err, resolver.ErrNone):
		return "", notSeen(record, "DNS has no TXT record of this name yet")
	case errors.Is(err, resolver.ErrUnanswered):
		p := problem.New(problem.Unavailable, "the name servers of this domain did not answer: try later")
		p.RetryAfter = 60
		return "", p
	case err != nil:
		return "", err
	}
	if value := among(found, accepted); value != "" {
		return value, nil
	}
	return "", notSeen(record, "DNS has TXT records of this name, but not this one")
}

// among gives the accepted value that is among the records, or "".
func among(found, accepted []string) string {
	for _, text := range found[:min(len(found), mostRecords)] {
		for _, value := range accepted {
			if strings.EqualFold(strings.TrimSpace(text), value) {
				return value
			}
		}
	}
	return ""
}

func notSeen(record Record, detail string) error {
	return problem.Impossible("domain", detail+"; a new record can take an hour to be seen",
		"a TXT record "+record.Name+" with the value "+record.Value)
}
