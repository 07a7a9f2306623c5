package table

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A Guest is a person whom somebody invited (4.d.3). Nothing of it says who, and no e-mail address is in it.
type Guest struct {
	Person identity.Person `dynamo:"-"`

	Business string     `dynamo:"business"`
	MemberOf string     `dynamo:"member_of"` // see MembersIndex; the table sets it
	Name     string     `dynamo:"name"`
	Language string     `dynamo:"language"`
	Location string     `dynamo:"location"`
	First    civil.Date `dynamo:"first"`
	Last     civil.Date `dynamo:"last"`
	OpensAt  time.Time  `dynamo:"opens_at"`  // the start of the first day at the location
	ClosesAt time.Time  `dynamo:"closes_at"` // the end of the last one

	Pass string   `dynamo:"pass"`                      // hash of the pass
	Dead []string `dynamo:"dead_passes,set,omitempty"` // hashes of those that were replaced, so that none comes back

	Shield     []string `dynamo:"shield,omitempty"`     // what others don't see; nil is the default
	Objections []string `dynamo:"objections,omitempty"` // items and purposes objected to

	ConsentVersion  string     `dynamo:"consent_version,omitempty"`
	ConsentLanguage string     `dynamo:"consent_language,omitempty"`
	ConsentAt       *time.Time `dynamo:"consent_at,omitempty"`
}

// Shows tells whether others may see an item, named by its clause (7.shield): by default who invited the guest sees
// the name, and nobody where the guest is.
func (g Guest) Shows(item string) bool {
	if g.Shield == nil {
		return item == NameItem
	}
	return !slices.Contains(g.Shield, NameItem) && !slices.Contains(g.Shield, item)
}

// ShownName is the name as others see it, "" when the guest hides it.
func (g Guest) ShownName() string {
	if g.Shows(NameItem) {
		return g.Name
	}
	return ""
}

// ObjectsTo tells whether the guest objects to an item, named by its clause, or to a purpose (7.object).
func (g Guest) ObjectsTo(what string) bool { return slices.Contains(g.Objections, what) }

// Deadline is when all that is kept of the guest goes (4.d.3).
func (g Guest) Deadline() privacy.Deadline { return privacy.SixWeeksAfterPeriod.From(g.ClosesAt) }

// MaxPasses is how often the pass of one guest can be replaced.
const MaxPasses = 20

// ErrNotPermitted says that a guest's pass is not for that day or that location.
var ErrNotPermitted = errors.New("table: the guest's pass is not for that day and location")

func guestKey(p identity.Person) key                   { return personKey(privacy.Guest, p, "") }
func invitedKey(p identity.Person, invited string) key { return personKey(privacy.Invited, p, invited) }

type invitedRow struct {
	Last civil.Date `dynamo:"last"`
}

// Invite stores a guest, and in the inviter's partition that they invited somebody, both or nothing. What stands
// there leads to the guest for who has the deployment's key alone. ErrGone when the inviter is not registered or the
// contract has ended, ErrRefused when the invitation was made before.
func (t *Tables) Invite(ctx context.Context, inviter identity.Person, invited string, g Guest) error {
	g.MemberOf = MemberOf(g.Person)
	link, err1 := t.put(invitedKey(inviter, invited), privacy.Invited.Stamp(invitedRow{g.Last}, g.Deadline()))
	guest, err2 := t.put(guestKey(g.Person), privacy.Guest.Stamp(g, g.Deadline()))
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	err := t.transaction().Check(t.userExists(inviter)).as(inviterPart).
		Check(t.accountExists(inviter.Business)).as(accountPart).
		Put(link.If("attribute_not_exists($)", pkName)).Put(guest.If("attribute_not_exists($)", pkName)).Run(ctx)
	if refusedAt(err, inviterPart, accountPart) {
		return ErrGone
	}
	return err
}

// Invited lists what a person's invitations are known by, those whose guests have gone included.
func (t *Tables) Invited(ctx context.Context, inviter identity.Person) ([]string, error) {
	items, err := t.list(ctx, privacy.Agenda, PersonPartition(inviter), privacy.Invited.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	return decodeAll(items, func(raw dynamo.Item) (string, error) { return idIn(raw, privacy.Invited), nil })
}

// HasInvited is ErrAbsent when the person made no such invitation.
func (t *Tables) HasInvited(ctx context.Context, inviter identity.Person, invited string) error {
	return t.get(ctx, invitedKey(inviter, invited), true, &invitedRow{})
}

// Guest reads of a guest the kinds that are named, or without any the whole, with every write that was answered before.
// ErrAbsent when there is none.
func (t *Tables) Guest(ctx context.Context, p identity.Person, kinds ...privacy.Clause) (Guest, error) {
	return t.guest(ctx, p, true, kinds...)
}

// GuestAtDoor reads of a guest who calls what tells that they may: half a read unit, which may miss a write of the
// last moments.
func (t *Tables) GuestAtDoor(ctx context.Context, p identity.Person) (Guest, error) {
	return t.guest(ctx, p, false, "2.consent", "4.d.3", "s.pass")
}

func (t *Tables) guest(ctx context.Context, p identity.Person, consistent bool,
	kinds ...privacy.Clause) (Guest, error) {
	guest := Guest{}
	err := t.get(ctx, guestKey(p), consistent, &guest, kinds...)
	guest.Person = p
	return guest, err
}

// ReplacePass gives a guest another pass, with which the one that they had is dead. ErrRefused when the pass given
// was replaced before, the guest has gone or got another one meanwhile, or there were too many.
func (t *Tables) ReplacePass(ctx context.Context, g Guest, pass string) error {
	if slices.Contains(g.Dead, pass) || len(g.Dead) >= MaxPasses {
		return ErrRefused
	}
	return t.update(guestKey(g.Person)).set("pass", pass).addTexts("dead_passes", g.Pass).
		when("$ = ? AND NOT contains($, ?)", "pass", g.Pass, "dead_passes", pass).run(ctx)
}

// GuestConsented records a guest's consent to a version of the statement (2.consent). ErrAbsent when the guest has
// gone.
func (t *Tables) GuestConsented(ctx context.Context, p identity.Person, version, language string,
	at time.Time) error {
	change := func() *update {
		return t.update(guestKey(p)).when("attribute_exists($) AND $ > ?", pkName, ttlName, at.Unix()).
			set("consent_version", version).set("consent_language", language).set("consent_at", at)
	}
	return t.changeGuestFor(ctx, p, Consents, change, "consent_version", version)
}

// changeGuestFor changes a guest as they asked for under the statement. It counts as handled where the attribute that
// is named gets another value than it had.
func (t *Tables) changeGuestFor(ctx context.Context, p identity.Person, what Request, change func() *update,
	attribute string, value any) error {
	count := t.handled(p.Business, what, t.now(), 0)
	other := change().when("attribute_not_exists($) OR $ <> ?", attribute, attribute, value)
	err := t.transaction().Update(other).Update(count).Run(ctx)
	if errors.Is(err, ErrRefused) { // the guest has gone, or it has that value already
		return absentWhenRefused(change().run(ctx))
	}
	return err
}

// GuestsNow reads guests of one account, by their ids, with every write that was answered before, of them the kinds
// that are named, or without any the whole; those that are gone are missing.
func (t *Tables) GuestsNow(ctx context.Context, business string, ids []string,
	kinds ...privacy.Clause) (map[string]Guest, error) {
	keys := make([]key, len(ids))
	for i, id := range ids {
		keys[i] = guestKey(identity.Person{Business: business, User: id})
	}
	raw, err := batch(ctx, t, privacy.Agenda, true, keys, projection(privacy.Guest, kinds)...)
	found := map[string]Guest{}
	for _, item := range raw {
		if !t.alive(item) {
			continue
		}
		guest, fault := filled(item, Guest{Person: personOf(text(item[pkName]))})
		found[guest.Person.User], err = guest, errors.Join(err, fault)
	}
	return found, err
}

// A GuestChange is what a guest changes of what is kept of them; nil stays as it is.
type GuestChange struct {
	Name       *string
	Language   *string
	Shield     *[]string // of nil: the default
	Objections *[]string
}

// ChangeGuest changes items of a guest, all together or none (7.rectify, 7.shield, 7.object). ErrAbsent when the
// guest has gone.
func (t *Tables) ChangeGuest(ctx context.Context, p identity.Person, c GuestChange, now time.Time) error {
	change := func() *update { return t.guestChange(p, c, now) }
	if c.Objections != nil && len(*c.Objections) > 0 {
		return t.changeGuestFor(ctx, p, Objections, change, "objections", *c.Objections)
	}
	return absentWhenRefused(change().run(ctx))
}

func (t *Tables) guestChange(p identity.Person, c GuestChange, now time.Time) *update {
	u := t.update(guestKey(p)).when("attribute_exists($) AND $ > ?", pkName, ttlName, now.Unix())
	if c.Name != nil {
		u.set("name", *c.Name)
	}
	if c.Language != nil {
		u.set("language", *c.Language)
	}
	for name, list := range map[string]*[]string{"shield": c.Shield, "objections": c.Objections} {
		switch {
		case list == nil:
		case *list == nil:
			u.remove(name)
		default:
			u.set(name, *list)
		}
	}
	return u
}

// EndGuest accepts a guest's erasure in one transaction: the pass is dead, nothing can be reserved with it, and the
// job stands that takes the rest away, without a mail, since there is no address. ErrGone when there is no such
// guest.
func (t *Tables) EndGuest(ctx context.Context, p identity.Person, now time.Time) error {
	job, err := t.put(jobKey(p), privacy.ErasureJob.Stamp(Erasure{AskedAt: now.Unix(), Mailed: true},
		privacy.WhileAccount.Open()))
	if err != nil {
		return err
	}
	err = t.transaction().Delete(t.remove(guestKey(p)).If("attribute_exists($)", pkName)).Put(job).Run(ctx)
	if errors.Is(err, ErrRefused) {
		return ErrGone
	}
	return err
}

// mayReserve adds the check that the person exists, and of a guest that the pass is for all of the days and the
// location. Where a person asks for themselves nothing is checked: their session, read for this request, shows that
// they were there a moment ago, and whoever ends a registration looks once more for what such a request wrote, when
// every request that can have read the session has ended (see WindDown). What is asked for in another's name, or
// later than in a request of 10 seconds, outlives that look, and is checked.
func (t *Tables) mayReserve(tx *transaction, bookings ...Booking) {
	first, last := bookings[0], bookings[len(bookings)-1]
	switch {
	case first.Guest:
		tx.Check(t.check(guestKey(first.Person)).
			If("$ = ? AND $ <= ? AND $ >= ?", "location", first.Place.Location, "first", first.Day, "last",
				last.Day)).as(whoPart)
	case first.Line != nil:
		tx.Check(t.consented(first.Person)).as(whoPart)
	case !first.Own && first.By == "": // see actFor
		tx.Check(t.userExists(first.Person)).as(whoPart)
	}
}
