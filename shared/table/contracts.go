package table

import (
	"context"
	"errors"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

const (
	contractsPartition = "contracts"
	endedPartition     = "ended"
)

func contractKey(business string) key {
	return key{privacy.ContractEnd, contractsPartition, privacy.ContractEnd.SortPrefix + business}
}

func endedKey(business string) key {
	return key{privacy.Ended, endedPartition, privacy.Ended.SortPrefix + business}
}

// A ContractEnd is a contract that has ended, with something perhaps left of it.
type ContractEnd struct {
	Business  string `dynamo:"-"`
	AskedAt   int64  `dynamo:"asked_at"`             // Unix seconds
	LegalName string `dynamo:"legal_name,omitempty"` // for the last mails; it goes when all of them are sent
	// of the account, in which the last mails tell moments; UTC where an earlier release wrote the end
	Zone    civil.Zone `dynamo:"zone"`
	Silent  bool       `dynamo:"silent,omitempty"`  // no mail: it is repeated after a restore
	Emptied bool       `dynamo:"emptied,omitempty"` // everything was removed once; the last look is still to come
	// when all sessions and passes had been ended, in Unix seconds; 0 before
	ShutAt int64 `dynamo:"shut_at,omitempty"`
}

// EndContract ends a contract in one transaction: the account and its domains go, so that from here on nobody can
// register, sign in or be invited, and the job stands with the entry that a restore would repeat it from. The account
// is as it was read. ErrChanged when it is no longer, ErrGone when who asks is not an administrator of it any more.
func (t *Tables) EndContract(ctx context.Context, who identity.Person, read Account, now time.Time) error {
	job, err1 := t.contractEnd(who.Business, ContractEnd{AskedAt: now.Unix(), LegalName: read.LegalName,
		Zone: read.Zone})
	ledger, err2 := t.put(endedKey(who.Business), privacy.Ended.Stamp(datedRow{civil.DateOf(now, civil.UTC)},
		privacy.OneDay.From(now)))
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	tx := t.transaction().Check(t.check(userKey(who)).If("$ = ?", "role",
		identity.Administrator)).as(whoPart).Put(job).Put(ledger)
	account := t.remove(accountKey(who.Business)).If("$ = ? AND $ = ?", "domains", read.Domains, "legal_name",
		read.LegalName)
	err := t.closeAccount(ctx, tx.Delete(account), who.Business, read)
	switch {
	case refusedAt(err, whoPart):
		return ErrGone
	case errors.Is(err, ErrRefused):
		return ErrChanged
	}
	return err
}

// closeAccount adds the domains to what a transaction takes away, and makes it.
func (t *Tables) closeAccount(ctx context.Context, tx *transaction, business string, read Account) error {
	if err := t.giveUpDomains(ctx, tx, business, read.Domains); err != nil {
		return err
	}
	return tx.Run(ctx)
}

func (t *Tables) contractEnd(business string, end ContractEnd) (*dynamo.Put, error) {
	return t.put(contractKey(business), privacy.ContractEnd.Stamp(end, privacy.UnderContract.Open()))
}

// ContractEnds lists the contracts that have ended, with something perhaps left of them, consistently.
func (t *Tables) ContractEnds(ctx context.Context) ([]ContractEnd, error) {
	items, err := t.list(ctx, privacy.Agenda, contractsPartition, privacy.ContractEnd.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	return decodeAll(items, func(raw dynamo.Item) (ContractEnd, error) {
		return filled(raw, ContractEnd{Business: idIn(raw, privacy.ContractEnd)})
	})
}

// Ended lists the business accounts whose contract ended within the window of the directory's backup.
func (t *Tables) Ended(ctx context.Context) ([]string, error) {
	items, err := t.list(ctx, privacy.Agenda, endedPartition, privacy.Ended.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	return decodeAll(items, func(raw dynamo.Item) (string, error) { return idIn(raw, privacy.Ended), nil })
}

// RepeatContractEnd ends a contract again, silently, whose account a restore brought back or not, and gives its job.
func (t *Tables) RepeatContractEnd(ctx context.Context, business string, now time.Time) (ContractEnd, error) {
	end := ContractEnd{Business: business, AskedAt: now.Unix(), Silent: true}
	put, err := t.contractEnd(business, end)
	if err == nil {
		err = wrap(put.Run(ctx))
	}
	if err != nil {
		return end, err
	}
	account, err := t.Account(ctx, business)
	if err == nil {
		err = t.closeAccount(ctx, t.transaction().Delete(t.remove(accountKey(business))), business, account)
	}
	return end, ignoreAbsent(err)
}

// ContractEmptied notes that everything was removed once; the customer's name goes from the job. It is no error that
// the job has ended.
func (t *Tables) ContractEmptied(ctx context.Context, business string) error {
	err := t.update(contractKey(business)).set("emptied", true).remove("legal_name").when("attribute_exists($)",
		pkName).run(ctx)
	if errors.Is(err, ErrRefused) {
		return nil
	}
	return err
}

// ContractShut notes when all sessions and passes had been ended. It is no error that this was noted before, or that
// the job has ended.
func (t *Tables) ContractShut(ctx context.Context, business string, now time.Time) error {
	err := t.update(contractKey(business)).set("shut_at", now.Unix()).
		when("attribute_exists($) AND attribute_not_exists($)", pkName, "shut_at").run(ctx)
	if errors.Is(err, ErrRefused) {
		return nil
	}
	return err
}

// ContractOver removes the job, when nothing is left of the business account.
func (t *Tables) ContractOver(ctx context.Context, business string) error {
	return wrap(t.remove(contractKey(business)).Run(ctx))
}
