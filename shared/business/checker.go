package business

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/resolver"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

// A Checker looks once a day whether the record of each proved domain is still there (3.d). A record that is gone for
// some days ends the proof: the domain gives nobody new access, and whoever has it now can prove it. Who is
// registered stays, and signs in as before. Only what DNS says counts as gone: where no server answers, nothing is
// known.
//
// On the way it mends the roster of the account, which tells colleagues who its people are; see table.MendRoster.
type Checker struct {
	Tables  *table.Tables
	Mail    mail.Sender
	Keys    secret.Keys
	Records Records
	Now     func() time.Time
}

const (
	// warnAfter and loseAfter are on which day in a row without its record the administrators are warned, and on
	// which the proof ends and they are told so. Mistakes in DNS are mended within days.
	warnAfter = 3
	loseAfter = 10

	looksAtOnce = 16
)

// Starts says what starts the check.
func (c Checker) Starts() trigger.Starts { return trigger.OnSchedule(c.Step) }

// Step looks at every proved domain. On one day it counts a missing record once, however often it runs; a domain that
// fails doesn't keep the others from their look.
func (c Checker) Step(ctx context.Context) error {
	pages := &table.Segment{Store: privacy.Directory, Segments: 1}
	var errs []error
	for !pages.Done {
		domains, err := c.Tables.ProvedDomainsIn(ctx, pages)
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		errs = append(errs, parallel.Each(ctx, looksAtOnce, domains, c.look),
			parallel.Each(ctx, looksAtOnce, accountsOf(domains), c.Tables.MendRoster))
	}
	return errors.Join(errs...)
}

// accountsOf are the business accounts that proved the domains, each once.
func accountsOf(domains []table.ProvedDomain) []string {
	var accounts []string
	for _, d := range domains {
		accounts = append(accounts, d.Business)
	}
	slices.Sort(accounts)
	return slices.Compact(accounts)
}

func (c Checker) look(ctx context.Context, d table.ProvedDomain) error {
	found, err := c.Records.TXT(ctx, recordName(d.Domain))
	if errors.Is(err, resolver.ErrUnanswered) {
		return nil
	}
	if err != nil && !errors.Is(err, resolver.ErrNone) {
		return err
	}
	accepted := values(c.Keys[secret.Domains], d.Business, d.Domain)
	if d.Record != "" {
		accepted = append([]string{d.Record}, accepted...)
	}
	seen, today := among(found, accepted), civil.DateOf(c.Now(), civil.UTC)
	switch {
	case seen != "" && d.Missed == 0 && d.Record != "":
		return nil
	case seen != "":
		_, err := c.Tables.SawRecord(ctx, d, seen)
		return err
	case d.Missed >= loseAfter:
		return c.lose(ctx, d)
	case d.MissedOn == today:
		return nil
	}
	return c.miss(ctx, d, today)
}

// miss counts a day. The warning comes with the count, at most once; what it warns of is told again.
func (c Checker) miss(ctx context.Context, d table.ProvedDomain, today civil.Date) error {
	counted, err := c.Tables.MissedRecord(ctx, d, today)
	if err != nil || !counted {
		return err
	}
	switch d.Missed++; d.Missed {
	case warnAfter:
		return c.tell(ctx, d, missingMail)
	case loseAfter:
		return c.lose(ctx, d)
	}
	return nil
}

// lose tells the administrators, then ends the proof: a run that was killed between the two tells them once more, and
// one after the other finds nothing to do.
func (c Checker) lose(ctx context.Context, d table.ProvedDomain) error {
	if err := c.tell(ctx, d, lostMail); err != nil {
		return err
	}
	_, err := c.Tables.LoseDomain(ctx, d)
	return err
}

// tell mails the administrators of an account.
func (c Checker) tell(ctx context.Context, d table.ProvedDomain, letter domainMail) error {
	people, err := c.Tables.Registered(ctx, d.Business)
	if err != nil {
		return err
	}
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = p.User
	}
	users, err := c.Tables.UsersNow(ctx, d.Business, ids, "4.a.2", "4.d.1", "4.language")
	for _, user := range users {
		if user.Role == identity.Administrator {
			err = errors.Join(err, c.Mail.Send(ctx, letter.to(user, d.Domain, values(c.Keys[secret.Domains],
				d.Business, d.Domain)[0])))
		}
	}
	return err
}
