// Package limit counts attempts, for an hour at most and under keyed hashes alone, so that neither codes can be guessed
// nor mailboxes flooded. An hour is one of the clock: all that was counted goes when it ends.
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

// A Subject is what is counted.
type Subject string

// The subjects.
const (
	Mails Subject = "mails" // that an unknown caller makes us send: codes and notices of registration and sign-in
	Codes Subject = "codes" // that are tried to sign in
	// Proofs are looks into DNS that an account asks for; counted by CountBy alone.
	Proofs Subject = "proofs"
	// Looks and Disclosures are made by staff; counted by CountBy alone.
	Looks       Subject = "looks"
	Disclosures Subject = "disclosures"
)

// Most are the attempts that an hour allows for one address, and for one network: the /24 of an IPv4 or the /48 of an
// IPv6 address. An office may sit behind one network, and register on one morning.
var Most = map[Subject]struct{ Address, Network int }{
	Mails: {Address: 10, Network: 1000},
	Codes: {Address: 30, Network: 3000},
}

// A Counter counts.
type Counter struct {
	Tables *table.Tables
	Key    secret.Key
	Now    func() time.Time
}

// Count counts one attempt for an address and the network that it comes from, whether or not anybody has that address.
// For a caller who is signed in their id stands for the network.
// Past the most it gives a problem.TooMany that says when the hour ends.
func (c Counter) Count(ctx context.Context, subject Subject, email identity.Email, ip string) error {
	now := c.Now()
	hour := now.Truncate(time.Hour)
	err := c.Tables.Attempt(ctx, c.network(subject, ip, hour), hour, Most[subject].Network)
	if err == nil {
		err = c.Tables.Attempt(ctx, c.address(subject, email, hour), hour, Most[subject].Address)
	}
	return tooMany(err, now, hour)
}

// CountBy counts one attempt of somebody who is signed in, known by an id, and gives a problem.TooMany past the most.
func (c Counter) CountBy(ctx context.Context, subject Subject, who string, most int) error {
	now := c.Now()
	hour := now.Truncate(time.Hour)
	err := c.Tables.Attempt(ctx, c.Key.Hash("attempts", string(subject), "who", who, strconv.FormatInt(hour.Unix(), 10)), hour, most)
	return tooMany(err, now, hour)
}

func tooMany(err error, now, hour time.Time) error {
	if errors.Is(err, table.ErrRefused) {
		refusal := problem.New(problem.TooMany, "too many attempts; wait until the hour ends")
		refusal.RetryAfter = int(math.Ceil(hour.Add(time.Hour).Sub(now).Seconds()))
		return refusal
	}
	return err
}

// Until tells when what is counted for an address goes, one instant for each subject that is: for an overview.
func (c Counter) Until(ctx context.Context, email identity.Email) ([]time.Time, error) {
	var until []time.Time
	hour := c.Now().Truncate(time.Hour)
	for subject := range Most {
		counted, err := c.Tables.Attempted(ctx, c.address(subject, email, hour))
		if err != nil {
			return nil, err
		}
		if counted {
			until = append(until, hour.Add(time.Hour))
		}
	}
	return until, nil
}

// Forget removes all that is counted for an address: part of an erasure.
func (c Counter) Forget(ctx context.Context, email identity.Email) error {
	var hashes []string
	hour := c.Now().Truncate(time.Hour)
	for subject := range Most {
		hashes = append(hashes, c.address(subject, email, hour), c.address(subject, email, hour.Add(-time.Hour)))
	}
	return c.Tables.ForgetAttempts(ctx, hashes...)
}

func (c Counter) address(subject Subject, email identity.Email, hour time.Time) string {
	return c.Key.Hash("attempts", string(subject), "address", email.Same(), strconv.FormatInt(hour.Unix(), 10))
}

func (c Counter) network(subject Subject, ip string, hour time.Time) string {
	return c.Key.Hash("attempts", string(subject), "network", Network(ip), strconv.FormatInt(hour.Unix(), 10))
}

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
