package staff

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// A Registrar keeps the list of staff for the operator. It is for people who may write to the tables themselves, as
// the operator's command, and by no interface of the service.
type Registrar struct {
	Tables *table.Tables
	Now    func() time.Time
}

// An Order is what the operator wants done with one member of staff.
type Order struct {
	// add, agree, withdraw, let-disclose, forbid-disclose, let-enrol, remove-passkeys, remove
	Do       string     `json:"do"`
	Email    string     `json:"email"` // of the member
	Name     string     `json:"name"`  // add: shown to the people who are looked at
	Language string     `json:"language"`
	Document string     `json:"document"` // agree: which paper, in which version
	On       civil.Date `json:"on"`       // agree: when it was signed
	Until    civil.Date `json:"until"`    // agree: the last day on which it holds
	By       string     `json:"by"`       // agree: who saw the paper and records it
}

// Carry carries out an order. What is wrong with it is an error that says what is accepted. Of let-enrol it gives the
// secret with which the member makes a passkey without having one, once and within an hour: it is to be handed over
// in person or by phone, since who has it and the member's mailbox is let in.
func (r Registrar) Carry(ctx context.Context, o Order) (enrolment string, err error) {
	email, ok := identity.ParseEmail(o.Email)
	if !ok {
		return "", errors.New("email is no address; accepted: one bare address such as ann@example.com")
	}
	p := Person(email)
	switch o.Do {
	case "add":
		err = r.add(ctx, p, o)
	case "agree":
		err = r.agree(ctx, p, o)
	case "withdraw":
		err = r.Tables.Withdraw(ctx, p, r.Now())
	case "let-disclose", "forbid-disclose":
		err = r.Tables.LetDisclose(ctx, p, o.Do == "let-disclose")
	case "let-enrol":
		enrolment = secret.ID()
		err = r.Tables.LetEnrol(ctx, p, secret.Hash(enrolment), r.Now())
	case "remove-passkeys":
		err = r.removePasskeys(ctx, p)
	case "remove":
		err = r.Tables.RemoveStaff(ctx, p)
	default:
		return "", fmt.Errorf("%q is not understood; accepted: add, agree, withdraw, let-disclose, forbid-disclose, "+
			"let-enrol, remove-passkeys, remove", o.Do)
	}
	if errors.Is(err, table.ErrAbsent) {
		return "", errors.New("there is no member of staff with this address; add them first")
	}
	return enrolment, err
}

// removePasskeys removes all of a member's, and the sessions that were begun with them.
func (r Registrar) removePasskeys(ctx context.Context, p identity.Person) error {
	held, err := r.Tables.Passkeys(ctx, p)
	for _, one := range held {
		err = errors.Join(err, r.Tables.RemovePasskey(ctx, p, one.ID))
	}
	return err
}

func (r Registrar) add(ctx context.Context, p identity.Person, o Order) error {
	if strings.TrimSpace(o.Name) == "" || len(o.Name) > 200 || o.Language != "nl" && o.Language != "en" {
		return errors.New("name or language is missing; accepted: a name of up to 200 bytes, and nl or en")
	}
	err := r.Tables.AddStaff(ctx, table.Staff{Person: p, Name: strings.TrimSpace(o.Name), Email: o.Email,
		Language: o.Language})
	if errors.Is(err, table.ErrKnown) {
		return errors.New("there is a member of staff with this address already")
	}
	return err
}

// agree records a written agreement. It must have been signed by now, and end.
func (r Registrar) agree(ctx context.Context, p identity.Person, o Order) error {
	today := civil.DateOf(r.Now(), civil.UTC)
	for _, date := range []civil.Date{o.On, o.Until} {
		if _, err := civil.ParseDate(string(date)); err != nil {
			return errors.New("on or until is no date; accepted: dates such as 2026-11-22")
		}
	}
	if o.On > today || o.Until < o.On || strings.TrimSpace(o.Document) == "" || strings.TrimSpace(o.By) == "" {
		return errors.New("an agreement needs its document with the version, the date on which it was signed, " +
			"today " +
			"at the latest, until when it holds, and by whom it is recorded")
	}
	return r.Tables.Agree(ctx, p, table.Agreement{Document: o.Document, On: o.On, Until: o.Until, RecordedBy: o.By},
		r.Now())
}
