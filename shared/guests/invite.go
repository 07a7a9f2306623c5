package guests

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

const (
	// ahead is how far off the last day of a pass may be: nobody who leaves has invited themselves for longer.
	ahead = 92
	// mailsOfOne and mailsOfAll are how many invitations one person and a whole business account can send in an hour,
	// and mailsToDomain how many all accounts together can send to one registered domain.
	mailsOfOne    = 50
	mailsOfAll    = 200
	mailsToDomain = 1000
)

// InviteInput invites a guest. The days are civil dates at the location, both included.
type InviteInput struct {
	Name     string     `json:"name"`
	Email    string     `json:"email"`
	Language string     `json:"language"`
	Location string     `json:"location"`
	First    civil.Date `json:"first"`
	Last     civil.Date `json:"last"`
	Key      string     `json:"idempotency_key"`
}

// Invite stores a guest and mails the pass. The pass follows from the guest and the Idempotency-Key and is stored as
// a hash alone: where the mail could not be sent, a problem.Unavailable, the same request again sends the same pass
// and stores nothing. The address is not compared, since it is not kept: a repeat goes where it says. The same key
// for somebody else, or for a guest who has gone or has another pass by now, is a problem.Conflict, as is an account
// without a proved domain; too many invitations are problem.TooMany.
func (i Invitations) Invite(ctx context.Context, caller identity.Caller, in InviteInput) (Guest, error) {
	guest, err := i.prepare(ctx, caller, in)
	if err != nil {
		return Guest{}, err
	}
	email, err := i.mayMail(ctx, caller, in.Email)
	if err != nil {
		return Guest{}, err
	}
	invited := i.Keys[secret.Guests].ID("invited", caller.Business, caller.User, in.Key)
	guest.Person = Person(i.Keys[secret.Guests], caller.Person, invited)
	pass := i.pass(guest.Person, in.Key)
	guest.Pass = secret.Hash(pass)
	err = i.Tables.Invite(ctx, caller.Person, invited, guest)
	if errors.Is(err, table.ErrRefused) {
		err = i.repeated(ctx, guest)
	}
	if err != nil {
		return Guest{}, table.Unknown(err)
	}
	return shown(invited, guest), i.send(ctx, guest, email, pass)
}

// prepare checks the period at the location and gives the guest without ids.
func (i Invitations) prepare(ctx context.Context, caller identity.Caller, in InviteInput) (table.Guest, error) {
	location, err := i.Tables.Location(ctx, caller.Business, in.Location)
	if err != nil {
		return table.Guest{}, table.Unknown(err)
	}
	if err := cmp.Or(problem.CheckDate("/first", in.First), problem.CheckDate("/last", in.Last)); err != nil {
		return table.Guest{}, err
	}
	today := civil.DateOf(i.Now(), location.Zone)
	if days := today.DaysUntil(in.First); days < 0 || days > ahead {
		return table.Guest{}, problem.Impossible("/first", fmt.Sprintf("is past, or more than %d days ahead", ahead),
			fmt.Sprintf("%s to %s", today, today.AddDays(ahead)))
	}
	if in.Last < in.First || today.DaysUntil(in.Last) > ahead {
		return table.Guest{}, problem.Impossible("/last",
			fmt.Sprintf("is before the first day, or more than %d days ahead", ahead),
			fmt.Sprintf("%s to %s", in.First, today.AddDays(ahead)))
	}
	return table.Guest{Business: caller.Business, Name: in.Name, Language: in.Language, Location: in.Location,
		First: in.First, Last: in.Last,
		OpensAt: in.First.Start(location.Zone), ClosesAt: in.Last.End(location.Zone)}, nil
}

// mayMail checks an address and that the account is known to be somebody's, which a proved domain says, and counts a
// mail for who asks for it, for the account and for the registered domain to which it goes: nothing else of the
// address is counted, and nothing of it kept. Whoever can make up accounts and addresses can thus not have strangers
// mailed by us.
func (i Invitations) mayMail(ctx context.Context, caller identity.Caller, address string) (identity.Email, error) {
	email, err := identity.EmailAt("/email", address)
	if err != nil {
		return "", err
	}
	proved, err := i.Tables.HasProvedDomain(ctx, caller.Business)
	if err != nil {
		return "", table.Unknown(err)
	}
	if !proved {
		return "", problem.New(problem.Conflict, "the business account has not proved any of its e-mail domains "+
			"yet; guests can be invited once it has")
	}
	counter := limit.Counter{Tables: i.Tables, Key: i.Keys[secret.Attempts], Now: i.Now}
	if err := counter.CountBy(ctx, limit.Invitations, limit.Person(caller.Person), mailsOfOne); err != nil {
		return "", err
	}
	if err := counter.CountBy(ctx, limit.Invitations, limit.Account(caller.Business), mailsOfAll); err != nil {
		return "", err
	}
	return email, counter.CountBy(ctx, limit.Invitations, limit.MailDomain(email), mailsToDomain)
}

func (i Invitations) pass(p identity.Person, idempotencyKey string) string {
	return bearer.Pass(p, i.Keys[secret.Guests].Hash("pass", p.Business, p.User, idempotencyKey))
}

// repeated compares with what the same Idempotency-Key made before.
func (i Invitations) repeated(ctx context.Context, guest table.Guest) error {
	made, err := i.Tables.Guest(ctx, guest.Person)
	if err != nil && !errors.Is(err, table.ErrAbsent) {
		return err
	}
	same := err == nil && made.Name == guest.Name && made.Language == guest.Language &&
		made.Location == guest.Location &&
		made.First == guest.First && made.Last == guest.Last && secret.Equal(made.Pass, guest.Pass)
	if !same {
		return problem.New(problem.Conflict, "this Idempotency-Key was used to invite somebody else, or a guest who "+
			"has gone or has another pass by now; use a new one")
	}
	return nil
}
