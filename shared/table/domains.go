package table

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/privacy"
)

// ErrDomainTaken says that another business account has proved to have the domain.
var ErrDomainTaken = errors.New("table: a domain is proved to be another business account's")

// A domain is written down when it is proved, and names the one account that proved it. What an account claims
// without a proof stands in its own item only, where it is in nobody's way.
type domainRow struct {
	Business string `dynamo:"business"`
}

func domainKey(domain string) key { return soleKey(privacy.Domain, domain) }

// DomainOwner finds the business account that proved to have the domain, given in lower case (3.d). ErrAbsent when
// there is none.
func (t *Tables) DomainOwner(ctx context.Context, domain string) (string, error) {
	var row domainRow
	err := t.get(ctx, domainKey(domain), true, &row)
	return row.Business, err
}

// ProvedDomains are those among domains that the account has proved, with every write that was answered before. It
// tells nothing of other accounts.
func (t *Tables) ProvedDomains(ctx context.Context, business string, domains []string) ([]string, error) {
	if len(domains) == 0 {
		return nil, nil
	}
	keys := make([]dynamo.Keyed, len(domains))
	for i, domain := range domains {
		k := domainKey(domain)
		keys[i] = dynamo.Keys{k.pk, k.sk}
	}
	var raw []dynamo.Item
	err := t.table(privacy.Directory).Batch(pkName, skName).Get(keys...).Consistent(true).All(ctx, &raw)
	if err != nil && !errors.Is(err, dynamo.ErrNotFound) {
		return nil, wrap(err)
	}
	var proved []string
	for _, item := range raw {
		if text(item["business"]) == business {
			proved = append(proved, strings.TrimPrefix(text(item[pkName]), privacy.Domain.SortPrefix+"#"))
		}
	}
	return proved, nil
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

// ProveDomain makes a domain that the account claims its own; again is the same. ErrDomainTaken when another account
// has proved it before, ErrAbsent when the account does not claim it any more.
func (t *Tables) ProveDomain(ctx context.Context, business, domain string) error {
	put, err := t.put(domainKey(domain), privacy.Domain.Stamp(domainRow{business}, privacy.UnderContract.Open()))
	if err != nil {
		return err
	}
	err = t.transaction().Put(put.If("attribute_not_exists($) OR $ = ?", pkName, "business", business)).
		Check(t.check(accountKey(business)).If("contains($, ?)", "domains", domain)).as("account").Run(ctx)
	switch {
	case refusedAt(err, "account"):
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
