package erasure

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/secret"
)

// A List is SES's list of addresses to which mail bounced.
type List interface {
	// Suppressed are the addresses on the list, in lower case.
	Suppressed(ctx context.Context) ([]string, error)
	// Forget takes an address off the list. A repeat does nothing. CloudTrail keeps the address that it is asked with
	// for 90 days, so it is asked for those alone that are on the list.
	Forget(ctx context.Context, address string) error
}

// Received is the mail that came to the support address and isn't handled yet.
type Received interface {
	// Forget removes every mail whose head names the address. A repeat does nothing.
	Forget(ctx context.Context, address string) error
}

// Known is what may be known under somebody's address outside of their partitions.
type Known struct {
	Addresses secret.Ring
	Attempts  limit.Counter
	Received  Received
	List      List
}

// Forget removes it. A failure is an error while there is time to try again; later it is only logged, since the
// address must go and without it nobody can try again. What is then left ends by itself: attempts within an hour, a
// mail within ten minutes. On SES's list there is only what bounces put there.
//
// Of what waits for a code mailed to the address, only requests made before the given instant are removed: a later
// request is a new beginning.
func (k Known) Forget(ctx context.Context, address string, until time.Time, inTime bool) error {
	try, cancel := context.WithTimeout(ctx, oneTry)
	defer cancel()
	email := identity.Email(address)
	err := errors.Join(k.Attempts.Forget(try, limit.Mailbox(email)),
		k.Attempts.Tables.ForgetWaiting(try, email.Entries(k.Addresses), until),
		k.Received.Forget(try, address), k.unlist(try, address))
	if err == nil || inTime {
		return err
	}
	report.Fault(ctx, "what is known under an address", "", err)
	return nil
}

// unlist takes an address off the list where it is on it.
func (k Known) unlist(ctx context.Context, address string) error {
	listed, err := k.List.Suppressed(ctx)
	if err != nil || !slices.Contains(listed, strings.ToLower(address)) {
		return err
	}
	return k.List.Forget(ctx, address)
}
