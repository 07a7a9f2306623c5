// Package limit counts what may be had without being known, or can be had only so often, for an hour at most and
// under keyed hashes alone, so that neither mailboxes are flooded nor lists drawn up. Hours and windows are those of
// the clock: all that was counted goes an hour after it began, at the latest.
//
// What one person may do can't be used up by another. So neither tries of codes nor sign-ins are counted here: tries
// are bound to the handle that whoever asked for the code holds, and a mailbox that has had the most mails of a
// window gets no more of them, but who asks is still given a handle with which the code in the last mail works. What
// is left: who has a code mailed to each of somebody's own tagged addresses keeps them from the others until the
// window ends; and who has a thousand registrations mailed to invented addresses of one domain keeps those who want
// to register with it waiting until the hour ends. It takes three networks, and nobody who is registered is kept
// from anything.
//
// All that is counted for one mailbox, person or account lies in one partition, so that it can be shown and forgotten
// without knowing what it was counted for.
package limit

import (
	"context"
	"errors"
	"math"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
	"golang.org/x/net/publicsuffix"
)

// A Subject is what is counted. Each has a budget of its own: who uses one up takes nothing of the others.
type Subject string

// The mails that unknown callers cause. Most has their budgets.
const (
	SignInMails       Subject = "sign-in mails"
	RegistrationMails Subject = "registration mails"
	OpeningMails      Subject = "opening mails"
	StaffMails        Subject = "staff mails"
	// for an address that is nobody's, since a request costs all the same
	NoMails       Subject = "no mails"
	StrangerMails Subject = "stranger mails" // to who asked to register and whose domain is no customer's
)

// The subjects of who is signed in, counted by CountBy alone.
const (
	NewAddressMails Subject = "new address mails"
	NamingMails     Subject = "naming mails" // to whom an administrator names
	Namings         Subject = "namings"      // of roles, officers and leavers
	Invitations     Subject = "invitations"
	PeopleSearches  Subject = "searches for colleagues"
	Proofs          Subject = "proofs" // looks into DNS
	Looks           Subject = "looks"  // of staff, as disclosures
	Disclosures     Subject = "disclosures"
	Passkeys        Subject = "passkeys"          // that staff add
	PairingTries    Subject = "codes of displays" // that somebody types
)

// Pairings are the codes that displays ask for, which nobody knows yet; counted by CountFrom alone.
const Pairings Subject = "displays"

// Window is the time in which a mailbox is mailed at most MailsInWindow codes of one kind, and in which all of them
// are the same code. Where two windows meet there can be twice as many at one moment.
const (
	Window        = 10 * time.Minute
	MailsInWindow = 5
)

// A Budget is the most requests in an hour that may cause a mail to an address that isn't known to be anybody's, or of
// which nothing but the network is known. It has no place for sign-ins: they cause mails to registered addresses
// alone, whose mailboxes are counted.
type Budget struct {
	// from one network: the /24 of an IPv4 or the /48 of an IPv6 address, behind which an office may sit
	Network    int
	Pair       int // for one mail domain from one network
	Domain     int // for one mail domain from everywhere
	Deployment int // for all together, roughly
}

// Most has the budgets of Count.
var Most = map[Subject]Budget{
	// An office of some hundred people begins in one hour. Such a mail goes to a customer's domain alone.
	RegistrationMails: {Network: 1000, Pair: 400, Domain: 1000, Deployment: 20_000},
	// These go to whatever address is typed, and few people have a reason to ask for one.
	OpeningMails:  {Network: 50, Pair: 20, Domain: 50, Deployment: 2000},
	StrangerMails: {Network: 20, Pair: 5, Domain: 20, Deployment: 1000},
	// A building is fitted with screens in an afternoon; a code lasts ten minutes, and there are a hundred million.
	Pairings: {Network: 200, Deployment: 20_000},
}

// A Who is somebody, or something, whose attempts are counted.
type Who struct {
	kind, id string
	wide     bool // of whoever it may be, so that it is left to its hour when one of them is erased
}

// Mailbox is whoever has the mailbox of an address, in any spelling and with any tag, registered or not.
func Mailbox(email identity.Email) Who { return Who{kind: "mailbox", id: email.Mailbox()} }

// Person is somebody who is signed in.
func Person(p identity.Person) Who { return Who{kind: "person", id: p.Business + p.User} }

// MailDomain is all who have a mailbox in a domain that somebody registered, with whatever is under it, according to
// the public suffix list.
func MailDomain(email identity.Email) Who {
	domain, err := publicsuffix.EffectiveTLDPlusOne(email.Domain())
	if err != nil {
		domain = email.Domain() // a public suffix itself
	}
	return Who{kind: "registered domain", id: domain, wide: true}
}

// Account is a business account.
func Account(business string) Who { return Who{kind: "account", id: business} }

// A Counter counts.
type Counter struct {
	Tables *table.Tables
	Key    secret.Ring // for attempts
	Now    func() time.Time
}

// Count counts one request from the network of a caller that may cause a mail to an address, whether or not anybody
// has it. What is wider comes last, so that a network that has used up its part takes nothing more of it. Past the
// most it gives a problem.TooMany that says when the hour ends.
func (c Counter) Count(ctx context.Context, subject Subject, email identity.Email, ip string) error {
	most, network := Most[subject], c.under(Who{kind: "network", id: Network(ip), wide: true})
	domain := c.under(Who{kind: "domain", id: email.Domain(), wide: true})
	share := c.Key.Hash("share", email.Mailbox())[:1] // of the 32 characters of base32
	for _, part := range []struct {
		of   string
		most int
		what string
	}{
		{network, most.Network, "all"},
		{network, most.Pair, email.Domain()},
		{domain, most.Domain, "all"},
		{c.under(Who{kind: "deployment", id: share, wide: true}), most.Deployment / shares, "all"},
	} {
		if err := c.count(ctx, part.of, part.most, string(subject), part.what); err != nil {
			return err
		}
	}
	return nil
}

// CountFrom counts one request of a caller about whom nothing is known but the network.
func (c Counter) CountFrom(ctx context.Context, subject Subject, ip string) error {
	most, from := Most[subject], Network(ip)
	if err := c.count(ctx, c.under(Who{kind: "network", id: from, wide: true}), most.Network, string(subject),
		"all"); err != nil {
		return err
	}
	share := c.Key.Hash("share", from)[:1]
	return c.count(ctx, c.under(Who{kind: "deployment", id: share, wide: true}), most.Deployment/shares,
		string(subject), "all")
}

// shares is into how many items the count of the whole deployment is divided, by mailbox, so that none is hot.
const shares = 32

// Mark names an address in a mail that may bounce, to nobody but Bounced. It is of the very address: to one with a
// tag that its server doesn't know, anybody may have a mail sent, and it must not cost the one without.
func (c Counter) Mark(email identity.Email) string {
	return c.under(Mailbox(email)) + markEnds + c.bounced(email)
}

// markEnds parts the halves of a mark, which are base32.
const markEnds = "-"

func (c Counter) bounced(email identity.Email) string { return c.Key.Hash("bounced", email.Same()) }

// Starts says what starts the counting of what came back.
func (c Counter) Starts() trigger.Starts { return trigger.Event(c.Bounced) }

// Bounced counts a mail with a mark that came back. For an hour no code is mailed to its address.
func (c Counter) Bounced(ctx context.Context, event events.MailBounced) error {
	of, what, ok := strings.Cut(event.Mark, markEnds)
	if !ok {
		return errors.New("limit: a mark has two halves")
	}
	err := c.Tables.Attempt(ctx, of, what, c.Now(), 1)
	if errors.Is(err, table.ErrRefused) {
		return nil // another one came back within the hour
	}
	return err
}

// Bounces reports whether mail to an address came back within the hour. It is told to nobody: who asks for a code
// hears what everybody hears.
func (c Counter) Bounces(ctx context.Context, email identity.Email) (bool, error) {
	for _, one := range c.each() {
		bounced, err := one.Tables.Attempted(ctx, one.under(Mailbox(email)), one.bounced(email))
		if err != nil || bounced {
			return bounced, err
		}
	}
	return false, nil
}

// each are counters that know one key each: while keys are changed the hour has counts under both, and what is
// counted under the new one begins anew.
func (c Counter) each() []Counter {
	var all []Counter
	for _, key := range c.Key {
		all = append(all, Counter{c.Tables, secret.Ring{key}, c.Now})
	}
	return all
}

// Mail counts one mail to a mailbox in this window and reports whether it may be sent, which it may not where mail
// comes back. All tagged addresses together have as many as the one without a tag, so that whoever makes up tags takes
// nothing of it. Each code that was used, of which used is the number, makes room for those of the next.
func (c Counter) Mail(ctx context.Context, subject Subject, email identity.Email, used int) (bool, error) {
	tagged, full, bounces := email.Mailbox() != email.Same(), false, false
	err := parallel.Together(ctx,
		func() error {
			err := c.in(ctx, Window, c.under(Mailbox(email)), MailsInWindow, string(subject), strconv.FormatBool(tagged),
				strconv.Itoa(used))
			if full = errors.Is(err, table.ErrRefused); full {
				return nil
			}
			return err
		},
		func() (err error) { bounces, err = c.Bounces(ctx, email); return })
	return err == nil && !full && !bounces, err
}

// WindowOf names the window of an instant.
func WindowOf(at time.Time) string { return strconv.FormatInt(at.Truncate(Window).Unix(), 10) }

// CountSoon is CountBy within a window in place of an hour, for what may come in a row but not by the hundred.
func (c Counter) CountSoon(ctx context.Context, subject Subject, who Who, most int) error {
	return c.refuse(Window, "wait some minutes", c.in(ctx, Window, c.under(who), most, string(subject)))
}

// CountBy counts one attempt of somebody or an account, and gives a problem.TooMany past the most.
func (c Counter) CountBy(ctx context.Context, subject Subject, who Who, most int) error {
	return c.count(ctx, c.under(who), most, string(subject))
}

func (c Counter) count(ctx context.Context, of string, most int, what ...string) error {
	return c.refuse(time.Hour, "wait until the hour ends", c.in(ctx, time.Hour, of, most, what...))
}

// refuse says when a period ends in which there were too many.
func (c Counter) refuse(period time.Duration, wait string, err error) error {
	if !errors.Is(err, table.ErrRefused) {
		return err
	}
	refusal, now := problem.New(problem.TooMany, "too many attempts; %s", wait), c.Now()
	refusal.RetryAfter = int(math.Ceil(now.Truncate(period).Add(period).Sub(now).Seconds()))
	return refusal
}

// in counts within the part of the clock that a period is.
func (c Counter) in(ctx context.Context, period time.Duration, of string, most int, what ...string) error {
	began := c.Now().Truncate(period)
	name := append([]string{"attempt", period.String(), strconv.FormatInt(began.Unix(), 10)}, what...)
	return c.Tables.Attempt(ctx, of, c.Key.Hash(name...), began, most)
}

// Of is everybody as whom attempts of a person may be counted: by their id, their mailbox if they have one, and that
// of the new address that waits for its code.
func (c Counter) Of(ctx context.Context, p identity.Person, email identity.Email) ([]Who, error) {
	all := []Who{Person(p)}
	if email != "" {
		all = append(all, Mailbox(email))
	}
	waiting, err := c.Tables.AddressWaiting(ctx, p)
	if errors.Is(err, table.ErrAbsent) {
		return all, nil
	}
	return append(all, Mailbox(identity.Email(waiting))), err
}

// Until is when each counter of somebody ends, one instant for each number that is kept: for an overview.
func (c Counter) Until(ctx context.Context, who ...Who) ([]time.Time, error) {
	var until []time.Time
	for _, under := range c.everywhere(who) {
		counted, err := c.Tables.Attempts(ctx, under)
		if err != nil {
			return nil, err
		}
		until = append(until, counted...)
	}
	return until, nil
}

// Forget removes all that is counted of somebody: part of an erasure.
func (c Counter) Forget(ctx context.Context, who ...Who) error {
	for _, under := range c.everywhere(who) {
		if err := c.Tables.ForgetAttempts(ctx, under); err != nil {
			return err
		}
	}
	return nil
}

// everywhere names the partitions of somebody under every key.
func (c Counter) everywhere(who []Who) (all []string) {
	for _, one := range c.each() {
		for _, w := range who {
			all = append(all, one.under(w))
		}
	}
	return all
}

// under names the partition.
func (c Counter) under(who Who) string {
	hash := c.Key.Hash("attempts", who.kind, who.id)
	if who.wide {
		return "wide#" + hash
	}
	return hash
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
