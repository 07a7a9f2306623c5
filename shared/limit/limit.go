// Package limit counts attempts, for an hour at most and under keyed hashes alone, so that neither codes can be
// guessed nor mailboxes flooded, and nobody can use up what another needs to get in. An hour is one of the clock: all
// that was counted goes when it ends.
//
// All that is counted for one address, person or account lies in one partition, so that it can be shown and forgotten
// without knowing what it was counted for.
package limit

import (
	"context"
	"errors"
	"math"
	"net/netip"
	"strconv"
	"time"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// A Subject is what is counted. Each has a budget of its own: who uses one up takes nothing of the others.
type Subject string

// The subjects that unknown callers cause: mails, and codes that are tried. Most has their budgets.
const (
	SignInMails       Subject = "sign-in mails"
	RegistrationMails Subject = "registration mails"
	OpeningMails      Subject = "opening mails"
	StaffMails        Subject = "staff mails"
	SignInCodes       Subject = "sign-in codes"
	StaffCodes        Subject = "staff codes"
	// RegistrationCodes and OpeningCodes name no address, so they are counted by CountFrom alone.
	RegistrationCodes Subject = "registration codes"
	OpeningCodes      Subject = "opening codes"
)

// The subjects of who is signed in, counted by CountBy alone.
const (
	NewAddressMails Subject = "new address mails"
	Invitations     Subject = "invitations"
	Proofs          Subject = "proofs" // looks into DNS
	Looks           Subject = "looks"  // of staff, as disclosures
	Disclosures     Subject = "disclosures"
)

// A Budget is the most attempts in an hour.
type Budget struct {
	Network int // from one network: the /24 of an IPv4 or the /48 of an IPv6 address, behind which an office may sit
	Pair    int // for one address from one network
	Address int // for one address from everywhere
}

var (
	// mails: one network can have an address mailed ten times, and still leaves the others their part. It takes four
	// networks to keep mails from somebody for the hour; without that end a mailbox could be flooded.
	mails = Budget{Network: 1000, Pair: 10, Address: 40}
	// codes: whoever asks for one code after the other can guess 30 an hour of an address, among 10^8: in a year
	// without a pause the chance is 0.3 %. One network has 10 of them, and can't use up the table.MaxSignInTries of
	// one code either.
	codes = Budget{Network: 3000, Pair: 10, Address: 30}
)

// Most has the budgets of Count and CountFrom.
var Most = map[Subject]Budget{
	SignInMails: mails, RegistrationMails: mails, OpeningMails: mails, StaffMails: mails,
	SignInCodes: codes, StaffCodes: codes,
	// Each registration and each opening has five tries of its own, which whoever asked for it alone can use up.
	RegistrationCodes: {Network: 3000}, OpeningCodes: {Network: 3000},
}

// A Who is of whom attempts are counted.
type Who struct{ kind, id string }

// Address is whoever has an address, in any spelling, registered or not.
func Address(email identity.Email) Who { return Who{"address", email.Same()} }

// Person is somebody who is signed in.
func Person(p identity.Person) Who { return Who{"person", p.Business + p.User} }

// Account is a business account.
func Account(business string) Who { return Who{"account", business} }

// A Counter counts.
type Counter struct {
	Tables *table.Tables
	Key    secret.Key
	Now    func() time.Time
}

// Count counts one attempt for an address from the network of a caller, whether or not anybody has that address. The
// address's own total comes last, so that a network that has used up its part takes nothing more of it. Past the most
// it gives a problem.TooMany that says when the hour ends.
func (c Counter) Count(ctx context.Context, subject Subject, email identity.Email, ip string) error {
	most, of := Most[subject], c.under(Address(email))
	if err := c.CountFrom(ctx, subject, ip); err != nil {
		return err
	}
	if err := c.count(ctx, of, most.Pair, "attempt from", Network(ip), string(subject)); err != nil {
		return err
	}
	return c.count(ctx, of, most.Address, "attempt", string(subject))
}

// CountFrom counts one attempt for the network of a caller alone. It gives a problem.TooMany as Count does.
func (c Counter) CountFrom(ctx context.Context, subject Subject, ip string) error {
	return c.count(ctx, "network#"+c.under(Who{"network", Network(ip)}), Most[subject].Network, "attempt",
		string(subject))
}

// CountBy counts one attempt of somebody or an account, and gives a problem.TooMany past the most.
func (c Counter) CountBy(ctx context.Context, subject Subject, who Who, most int) error {
	return c.count(ctx, c.under(who), most, "attempt", string(subject))
}

func (c Counter) count(ctx context.Context, of string, most int, what ...string) error {
	now := c.Now()
	hour := now.Truncate(time.Hour)
	err := c.Tables.Attempt(ctx, of, c.Key.Hash(append(what, strconv.FormatInt(hour.Unix(), 10))...), hour, most)
	if errors.Is(err, table.ErrRefused) {
		refusal := problem.New(problem.TooMany, "too many attempts; wait until the hour ends")
		refusal.RetryAfter = int(math.Ceil(hour.Add(time.Hour).Sub(now).Seconds()))
		return refusal
	}
	return err
}

// Of is everybody as whom attempts of a person may be counted: by their id, their address if they have one, and the
// new address that waits for its code.
func (c Counter) Of(ctx context.Context, p identity.Person, email identity.Email) ([]Who, error) {
	all := []Who{Person(p)}
	if email != "" {
		all = append(all, Address(email))
	}
	waiting, err := c.Tables.AddressWaiting(ctx, p)
	if errors.Is(err, table.ErrAbsent) {
		return all, nil
	}
	return append(all, Address(identity.Email(waiting))), err
}

// Until is when each counter of somebody ends, one instant for each number that is kept: for an overview.
func (c Counter) Until(ctx context.Context, who ...Who) ([]time.Time, error) {
	var until []time.Time
	for _, one := range who {
		counted, err := c.Tables.Attempts(ctx, c.under(one))
		if err != nil {
			return nil, err
		}
		until = append(until, counted...)
	}
	return until, nil
}

// Forget removes all that is counted of somebody: part of an erasure.
func (c Counter) Forget(ctx context.Context, who ...Who) error {
	for _, one := range who {
		if err := c.Tables.ForgetAttempts(ctx, c.under(one)); err != nil {
			return err
		}
	}
	return nil
}

// under names the partition.
func (c Counter) under(who Who) string { return c.Key.Hash("attempts", who.kind, who.id) }

// Network is the /24 or /48 that an address lies in; what is no address is a network of its own.
func Network(ip string) string {
	address, err := netip.ParseAddr(ip)
	if err != nil {
		return ip
	}
	address = address.Unmap()
	bits := 48
	if address.Is4() {
		bits = 24
	}
	return netip.PrefixFrom(address, bits).Masked().Addr().String()
}
