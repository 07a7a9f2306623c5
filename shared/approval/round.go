package approval

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

// Mails tells those who decide of what is asked, and who asked of what became of it, and ends what nobody decided.
type Mails struct {
	Tables    *table.Tables
	Mail      mail.Sender
	Now       func() time.Time
	PublicURL string // where it is decided
}

// Starts are what starts them: the minute.
func (m Mails) Starts() trigger.Starts { return trigger.OnSchedule(m.Round) }

const atOnce = 8

// Round does what is due with everything that waits. One that fails keeps no other waiting, and is tried again the
// next minute. Two may run at once: each write is conditional.
func (m Mails) Round(ctx context.Context) error {
	all, err := m.Tables.Askings(ctx, identity.Person{})
	if err != nil {
		return err
	}
	return parallel.Each(ctx, atOnce, all, m.due)
}

func (m Mails) due(ctx context.Context, q table.Asking) error {
	if q.Decided != "" {
		return m.tellOutcome(ctx, q)
	}
	days, err := m.Tables.AskedDays(ctx, q)
	if err != nil {
		return err
	}
	if len(days) == 0 { // who asked took it back, or the office did
		return m.Tables.EndAsking(ctx, q)
	}
	now := m.Now()
	switch {
	case now.Unix() >= q.Until:
		err = m.Tables.Decide(ctx, q, days, table.Lapsed, now)
	case !q.Mailed:
		err = m.ask(ctx, q, now)
	}
	if errors.Is(err, table.ErrRefused) {
		return nil // it was decided or mailed a moment ago
	}
	return err
}

// tellOutcome tells who asked, and forgets it. Who has gone is told nothing.
func (m Mails) tellOutcome(ctx context.Context, q table.Asking) error {
	user, err := m.Tables.User(ctx, q.Person, "4.a.2", "4.language")
	var location table.Location
	if err == nil {
		location, err = m.Tables.Location(ctx, q.Business, q.Location)
	}
	if err == nil {
		err = m.Mail.Send(ctx, outcome(user, location, q))
	}
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return err
	}
	return m.Tables.EndAsking(ctx, q)
}

// ask mails everybody who can decide, each with a link of their own. Once one of them has it nobody is mailed again,
// so that an address that can't be reached brings the others no second one.
func (m Mails) ask(ctx context.Context, q table.Asking, now time.Time) error {
	request, err := requestOf(ctx, m.Tables, q)
	if errors.Is(err, table.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	users, err := m.deciders(ctx, q)
	if err != nil || len(users) == 0 {
		return err
	}
	tokens, hashes := make([]string, len(users)), make([]string, len(users))
	for i, user := range users {
		tokens[i] = bearer.Token(user.Person, secret.Token())
		hashes[i] = secret.Hash(tokens[i])
	}
	if err := m.Tables.BeginAsking(ctx, q, hashes, now); err != nil {
		return err
	}
	var failed []error
	for i, user := range users {
		url := m.PublicURL + DecisionPath + q.ID + linkMark + tokens[i]
		if err := m.Mail.Send(ctx, question(user, request, url)); err != nil {
			failed = append(failed, err)
		}
	}
	if err := errors.Join(failed...); len(failed) == len(users) {
		return err
	}
	return errors.Join(append(failed, m.Tables.AskingMailed(ctx, q))...)
}

// deciders are the members of the group that is asked, or the administrators where it has none who can decide.
func (m Mails) deciders(ctx context.Context, q table.Asking) ([]table.User, error) {
	if q.Group != "" {
		members, err := m.Tables.Members(ctx, q.Business, q.Group)
		if err != nil {
			return nil, err
		}
		users, err := m.users(ctx, q, members, func(u table.User) bool { return u.Person != q.Person })
		if err != nil || len(users) > 0 {
			return users, err
		}
	}
	all, err := m.Tables.Registered(ctx, q.Business)
	if err != nil {
		return nil, err
	}
	return m.users(ctx, q, all, func(u table.User) bool { return u.Role == identity.Administrator })
}

// users are those of some people who agreed to the statement in force and are meant.
func (m Mails) users(ctx context.Context, q table.Asking, people []identity.Person,
	meant func(table.User) bool) ([]table.User, error) {
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = p.User
	}
	found, err := m.Tables.UsersNow(ctx, q.Business, ids, "2.consent", "4.a.2", "4.d.1", "4.language")
	if err != nil {
		return nil, err
	}
	var users []table.User
	for _, id := range slices.Sorted(maps.Keys(found)) {
		if user := found[id]; agreed(user) && meant(user) {
			users = append(users, user)
		}
	}
	return users, nil
}

func agreed(user table.User) bool { return user.ConsentVersion == privacy.StatementVersion }
