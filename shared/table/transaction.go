package table

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"
)

// A transaction is writes and checks that are made all together or not at all. A part whose refusal means something of
// its own is named where it is added, and asked for by that name; see refusedAt.
type transaction struct {
	tx    *dynamo.WriteTx
	err   error    // of updates that name what the register doesn't know
	parts []string // names, "" for none, in the order of the actions
}

// The parts that several transactions have, and those of one that are asked for beside it.
const (
	whoPart     = "who"  // that the person it is done for is there
	userPart    = "user" // the registration that it changes or rests on
	inviterPart = "inviter"
	staffPart   = "staff"
	whosePart   = "whose" // that the person that staff look at is there

	accountPart = "account"
	countPart   = "count" // of the account's users and administrators
	domainPart  = "domain"
	groupPart   = "group"
	endedPart   = "ended" // that the account's contract has not ended

	openingPart      = "opening"      // the code with which an account is opened, which works once
	registrationPart = "registration" // the same of a registration
	linkPart         = "link"
	erasedPart       = "erased" // that no restore would erase the person again

	spotPart   = "spot"   // a reservation's place on the spot's sheet
	personPart = "person" // and on the person's
)

func (t *Tables) transaction() *transaction { return &transaction{tx: t.db.WriteTx()} }

func (x *transaction) Put(put *dynamo.Put) *transaction {
	x.tx.Put(put)
	return x.added()
}

func (x *transaction) Update(u *update) *transaction {
	x.tx.Update(u.Update)
	x.err = errors.Join(x.err, u.err)
	return x.added()
}

func (x *transaction) Delete(remove *dynamo.Delete) *transaction {
	x.tx.Delete(remove)
	return x.added()
}

func (x *transaction) Check(check *dynamo.ConditionCheck) *transaction {
	x.tx.Check(check)
	return x.added()
}

func (x *transaction) added() *transaction {
	x.parts = append(x.parts, "")
	return x
}

// as names the part that was added last.
func (x *transaction) as(part string) *transaction {
	x.parts[len(x.parts)-1] = part
	return x
}

// withItems lets a refusal bring the items that stood in the way.
func (x *transaction) withItems() *transaction {
	x.tx.IncludeAllItemsInCondCheckFail(true)
	return x
}

// Run makes the transaction. Where conditions don't hold the error is a *Refused, and then nothing was written.
func (x *transaction) Run(ctx context.Context) error {
	if x.err != nil {
		return x.err
	}
	err := x.tx.Run(ctx)
	var cancelled *types.TransactionCanceledException
	if errors.As(err, &cancelled) {
		return x.cancelled(cancelled)
	}
	return wrap(err)
}

func (x *transaction) cancelled(err *types.TransactionCanceledException) error {
	refused := &Refused{items: map[string]dynamo.Item{}}
	for i, reason := range err.CancellationReasons {
		if reason.Code == nil {
			continue
		}
		switch *reason.Code {
		case "ConditionalCheckFailed":
			refused.parts = append(refused.parts, x.parts[i])
			refused.items[x.parts[i]] = reason.Item
		case "ThrottlingError", "ProvisionedThroughputExceeded", "TransactionConflict":
			return unavailable(err)
		}
	}
	if len(refused.parts) == 0 {
		return err
	}
	return refused
}

// Refused is the error of a transaction whose conditions did not hold. It matches ErrRefused.
type Refused struct {
	parts []string               // the names of those that failed
	items map[string]dynamo.Item // what stood there by part, where the transaction asked for it
}

func (r *Refused) Error() string {
	return fmt.Sprintf("%v: %s", ErrRefused, strings.Join(r.parts, ", "))
}

// Unwrap makes errors.Is(err, ErrRefused) true.
func (r *Refused) Unwrap() error { return ErrRefused }

// refusedAt reports whether a transaction was refused at one of these parts, perhaps among others.
func refusedAt(err error, parts ...string) bool {
	var refused *Refused
	return errors.As(err, &refused) &&
		slices.ContainsFunc(parts, func(part string) bool { return slices.Contains(refused.parts, part) })
}
