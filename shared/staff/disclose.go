package staff

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

// longestHidden is how many days a disclosure can be kept from the person at most.
const longestHidden = 5 * 365

// DiscloseInput names a person, and who requires their data on which legal ground.
type DiscloseInput struct {
	Email        string `json:"email"`
	Registration string `json:"registration"`
	Ground       string `json:"ground"`
	Recipient    string `json:"recipient"`
	// those that the order names
	Kinds []privacy.Clause `json:"kinds"`
	// until this date the law forbids telling the person; nil: it is told at once
	HiddenUntil *civil.Date `json:"hidden_until"`
	Key         string      `json:"idempotency_key"`
}

// Disclosure is what is kept of the person of the kinds that were named.
type Disclosure struct {
	Disclosure  string            `json:"disclosure"`
	DisclosedAt time.Time         `json:"disclosed_at"`
	Overview    overview.Overview `json:"overview"`
	Photo       []byte            `json:"photo,omitempty"` // JPEG
}

// Disclose gives out of one person the kinds that an order names, as the law requires, after it was recorded in the
// person's own partition with its ground (5.disclosure). They see it in their overview: at once, or from the date on
// until which the law forbids to tell them. It needs a grant of its own beside the agreement. It gives the problems
// that Look gives, and problem.Unacceptable about the date.
func (l Looks) Disclose(ctx context.Context, caller identity.Caller, in DiscloseInput) (Disclosure, error) {
	who := subject{in.Email, in.Registration}
	hidden, err := l.hidden(in.HiddenUntil)
	if err != nil {
		return Disclosure{}, err
	}
	member, p, err := l.begin(ctx, caller, limit.Disclosures, mostDisclosures, who)
	if err != nil {
		return Disclosure{}, err
	}
	id := l.id(caller, "disclosure", in.Key, who, in.Ground, in.Recipient, fmt.Sprint(hidden), clausesOf(in.Kinds))
	made := table.Disclosure{ID: id, By: member.Name, Ground: in.Ground, Recipient: in.Recipient,
		Kinds: inOrder(in.Kinds), DisclosedAt: l.Now(), HiddenUntil: hidden}
	if err := l.Tables.RecordDisclosure(ctx, caller.Person, p, made); err != nil {
		return Disclosure{}, table.Unknown(err)
	}
	seen, err := l.Overviews.Of(ctx, p)
	if err != nil {
		return Disclosure{}, err
	}
	disclosedAt := made.DisclosedAt.UTC().Truncate(time.Second)
	given := Disclosure{Disclosure: made.ID, DisclosedAt: disclosedAt, Overview: seen}
	given.Overview.Kinds = only(seen.Kinds, in.Kinds)
	if slices.Contains(in.Kinds, "4.b.6") {
		given.Photo = seen.Photo()
	}
	return given, nil
}

// hidden is the start of the date from which the person is told, nil when that is now.
func (l Looks) hidden(until *civil.Date) (*time.Time, error) {
	if until == nil {
		return nil, nil
	}
	today := civil.DateOf(l.Now(), civil.UTC)
	if *until <= today || *until > today.AddDays(longestHidden) {
		return nil, problem.Impossible("/hidden_until", "this is not a date on which the person can be told",
			"a date after today, within five years")
	}
	start := until.Start(civil.UTC)
	return &start, nil
}
