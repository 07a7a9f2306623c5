package table

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// ErrDomainTaken says that another business account has proved to have the domain.
var ErrDomainTaken = errors.New("table: a domain is proved to be another business account's")

// A ProvedDomain is written down when it is proved, and names the one account that proved it. What an account claims
// without a proof stands in its own item only, where it is in nobody's way.
type ProvedDomain struct {
	Domain   string     `dynamo:"-"`
	Business string     `dynamo:"business"`
	Record   string     `dynamo:"record,omitempty"`    // that was seen; "" of a domain proved before records were kept
	Missed   int        `dynamo:"missed,omitempty"`    // days in a row on which it was not there
	MissedOn civil.Date `dynamo:"missed_on,omitempty"` // the last of them
}

func domainKey(domain string) key { return soleKey(privacy.Domain, domain) }

// DomainOwner finds the business account that proved to have the domain, given in lower case (3.d). ErrAbsent when
// there is none.
func (t *Tables) DomainOwner(ctx context.Context, domain string) (string, error) {
	var row ProvedDomain
	err := t.get(ctx, domainKey(domain), true, &row)
	return row.Business, err
}

// AtAddress finds who signs in with an address, as PersonAt does, and in the same call which account proved the
// address's domain; "" where none did. The person is in another account where the domain went to a new one since. The
// answer may be a moment behind: read the registration, to which it leads, with User.
func (t *Tables) AtAddress(ctx context.Context, address identity.Entries,
	domain string) (p identity.Person, owner string, err error) {
	keys := []key{domainKey(domain)}
	for _, entry := range address {
		keys = append(keys, addressKey(entry))
	}
	raw, err := batch(ctx, t, privacy.Directory, false, keys)
	if err != nil {
		return p, "", err
	}
	err = ErrAbsent
	for _, item := range raw {
		if text(item[skName]) == privacy.Domain.SortPrefix {
			owner = text(item["business"])
			continue
		}
		p, err = identity.Person{Business: text(item["business"]), User: text(item["user"])}, nil
	}
	return p, owner, err
}

// ProvedDomains are those among domains that the account has proved, with every write that was answered before. It
// tells nothing of other accounts.
func (t *Tables) ProvedDomains(ctx context.Context, business string, domains []string) ([]string, error) {
	keys := make([]key, len(domains))
	for i, domain := range domains {
		keys[i] = domainKey(domain)
	}
	raw, err := batch(ctx, t, privacy.Directory, true, keys)
	var proved []string
	for _, item := range raw {
		if text(item["business"]) == business {
			proved = append(proved, strings.TrimPrefix(text(item[pkName]), privacy.Domain.SortPrefix+"#"))
		}
	}
	return proved, err
}

// HasProvedDomain reports whether the account has proved any of the domains that it claims. ErrAbsent when there is
// none.
func (t *Tables) HasProvedDomain(ctx context.Context, business string) (bool, error) {
	account, err := t.Account(ctx, business)
	if err != nil {
		return false, err
	}
	proved, err := t.ProvedDomains(ctx, business, account.Domains)
	return len(proved) > 0, err
}

// ProveDomain makes a domain that the account claims its own, by the record that was seen; again is the same.
// ErrDomainTaken when another account has proved it before, ErrAbsent when the account does not claim it any more.
func (t *Tables) ProveDomain(ctx context.Context, business, domain, record string) error {
	put, err := t.put(domainKey(domain), privacy.Domain.Stamp(ProvedDomain{Business: business, Record: record},
		privacy.UnderContract.Open()))
	if err != nil {
		return err
	}
	err = t.transaction().Put(put.If("attribute_not_exists($) OR $ = ?", pkName, "business", business)).
		Check(t.check(accountKey(business)).If("contains($, ?)", "domains", domain)).as(accountPart).Run(ctx)
	switch {
	case refusedAt(err, accountPart):
		return ErrAbsent
	case errors.Is(err, ErrRefused):
		return ErrDomainTaken
	}
	return err
}

// giveUpDomains adds an action for each domain that the account claims no longer: its proof goes, and where there is
// none there must still be none when the transaction is made.
func (t *Tables) giveUpDomains(ctx context.Context, tx *transaction, business string, domains []string) error {
	proved, err := t.ProvedDomains(ctx, business, domains)
	for _, domain := range domains {
		if slices.Contains(proved, domain) {
			tx.Delete(t.remove(domainKey(domain)).If("$ = ?", "business", business))
		} else {
			tx.Check(t.check(domainKey(domain)).If("attribute_not_exists($) OR $ <> ?", pkName, "business", business))
		}
	}
	return err
}

// ProvedDomainsIn reads the segment's next page of the directory, at most 1 MB, and moves it on: the proved domains.
func (t *Tables) ProvedDomainsIn(ctx context.Context, s *Segment) ([]ProvedDomain, error) {
	var raw []dynamo.Item
	next, err := t.table(privacy.Directory).Scan().Segment(s.Number, s.Segments).RequestLimit(1).StartFrom(s.from).
		Filter("$ = ?", skName, privacy.Domain.SortPrefix).AllWithLastEvaluatedKey(ctx, &raw)
	if err != nil {
		return nil, wrap(err)
	}
	s.from, s.Done = next, next == nil
	return decodeAll(raw, func(item dynamo.Item) (ProvedDomain, error) {
		return filled(item, ProvedDomain{Domain: strings.TrimPrefix(text(item[pkName]), privacy.Domain.SortPrefix+"#")})
	})
}

// SawRecord notes that a proved domain's record is there. Like the two below it does nothing, and gives false, where
// the domain isn't as given any more: somebody else looked, proved it or gave it up.
func (t *Tables) SawRecord(ctx context.Context, d ProvedDomain, record string) (bool, error) {
	return done(t.asGiven(d).set("record", record).remove("missed").remove("missed_on").run(ctx))
}

// MissedRecord notes that it was not there on a day.
func (t *Tables) MissedRecord(ctx context.Context, d ProvedDomain, on civil.Date) (bool, error) {
	return done(t.asGiven(d).set("missed", d.Missed+1).set("missed_on", on).run(ctx))
}

// LoseDomain ends the proof: the domain is a claim again, and another account can prove it.
func (t *Tables) LoseDomain(ctx context.Context, d ProvedDomain) (bool, error) {
	return done(wrap(t.remove(domainKey(d.Domain)).If("$ = ? AND $ = ?", "business", d.Business, "missed",
		d.Missed).Run(ctx)))
}

func (t *Tables) asGiven(d ProvedDomain) *update {
	change := t.update(domainKey(d.Domain))
	if d.Missed == 0 {
		return change.when("$ = ? AND attribute_not_exists($)", "business", d.Business, "missed")
	}
	return change.when("$ = ? AND $ = ?", "business", d.Business, "missed", d.Missed)
}

func done(err error) (bool, error) {
	if errors.Is(err, ErrRefused) {
		return false, nil
	}
	return err == nil, err
}
