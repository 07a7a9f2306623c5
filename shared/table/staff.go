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

// A Staff member is one of the operator's own people (6.confidential). They may look while a written agreement on
// confidentiality is on record, in force and not withdrawn.
type Staff struct {
	Person identity.Person `dynamo:"-"`

	Name      string `dynamo:"name"`
	Email     string `dynamo:"email"`
	Language  string `dynamo:"language"`
	Discloses bool   `dynamo:"discloses,omitempty"` // may make disclosures that the law requires (5.disclosure)

	Agreement
	RecordedAt  *time.Time `dynamo:"recorded_at,omitempty"`
	WithdrawnAt *time.Time `dynamo:"withdrawn_at,omitempty"`
}

// An Agreement on confidentiality is a paper that was signed: which one, from when until when it holds, and who saw
// it.
type Agreement struct {
	Document   string     `dynamo:"agreement,omitempty"`
	On         civil.Date `dynamo:"agreed_on,omitempty"`
	Until      civil.Date `dynamo:"agreed_until,omitempty"` // the last day
	RecordedBy string     `dynamo:"recorded_by,omitempty"`
}

// MayLook reports whether the agreement is in force on a day.
func (s Staff) MayLook(today civil.Date) bool {
	return s.On != "" && s.On <= today && today <= s.Until && s.WithdrawnAt == nil
}

const staffPartition = "staff"

func staffKey(p identity.Person) key {
	return key{privacy.Staff, staffPartition, privacy.Staff.SortPrefix + p.User}
}

// AddStaff adds a member; ErrKnown when there is one of this id.
func (t *Tables) AddStaff(ctx context.Context, s Staff) error {
	put, err := t.put(staffKey(s.Person), privacy.Staff.Stamp(s, privacy.WhileStaff.Open()))
	if err != nil {
		return err
	}
	if err = wrap(put.If("attribute_not_exists($)", pkName).Run(ctx)); errors.Is(err, ErrRefused) {
		return ErrKnown
	}
	return err
}

// Agree records an agreement in place of any older one; it ends a withdrawal. ErrAbsent when there is no such member.
func (t *Tables) Agree(ctx context.Context, p identity.Person, a Agreement, at time.Time) error {
	return t.changeStaff(ctx, t.update(staffKey(p)).set("agreement", a.Document).set("agreed_on",
		a.On).set("agreed_until", a.Until).
		set("recorded_by", a.RecordedBy).set("recorded_at", at).remove("withdrawn_at"))
}

// Withdraw ends the agreement at once. ErrAbsent as with Agree.
func (t *Tables) Withdraw(ctx context.Context, p identity.Person, at time.Time) error {
	return t.changeStaff(ctx, t.update(staffKey(p)).set("withdrawn_at", at))
}

// LetDisclose grants a member to make disclosures, or takes that back. ErrAbsent as with Agree.
func (t *Tables) LetDisclose(ctx context.Context, p identity.Person, may bool) error {
	return t.changeStaff(ctx, t.update(staffKey(p)).set("discloses", may))
}

func (t *Tables) changeStaff(ctx context.Context, change *update) error {
	return absentWhenRefused(change.when("attribute_exists($)", pkName).run(ctx))
}

// RemoveStaff removes a member and everything in their partition. The member goes first: from then on nothing of
// theirs can be written. A repeat does nothing. Their name stays in the records of the looks that they made.
func (t *Tables) RemoveStaff(ctx context.Context, p identity.Person) error {
	if err := wrap(t.remove(staffKey(p)).Run(ctx)); err != nil {
		return err
	}
	return t.emptyIn(ctx, p, privacy.Agenda) // nothing of staff is in the directory
}

// StaffMember reads a member consistently; ErrAbsent when there is none.
func (t *Tables) StaffMember(ctx context.Context, p identity.Person) (Staff, error) {
	s := Staff{}
	err := t.get(ctx, staffKey(p), true, &s)
	s.Person = p
	return s, err
}

// AllStaff lists the members.
func (t *Tables) AllStaff(ctx context.Context) ([]Staff, error) {
	items, err := t.list(ctx, privacy.Agenda, staffPartition, privacy.Staff.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	return decodeAll(items, func(raw dynamo.Item) (Staff, error) {
		return filled(raw, Staff{Person: identity.Person{Business: identity.Operator, User: idIn(raw, privacy.Staff)}})
	})
}

// AskStaffCode stores the mark of a sign-in code while the member is one: otherwise ErrRefused,
// and ErrAsked while another mark lives.
func (t *Tables) AskStaffCode(ctx context.Context, p identity.Person, code Code) error {
	ask := t.askCode(p, code)
	return asked(t.transaction().Update(ask).as(codePart).Check(t.check(staffKey(p)).IfExists()).Run(ctx))
}
