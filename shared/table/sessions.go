package table

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// MaxTries is how often whoever asked for a code can try it, and nobody else can; then it is dead.
const MaxTries = 5

// A Session is one device that is signed in.
type Session struct {
	Hash    string        `dynamo:"-"` // of the token, which is stored nowhere
	Role    identity.Role `dynamo:"role"`
	Consent string        `dynamo:"consent"`          // version of the statement
	Used    civil.Date    `dynamo:"used"`             // date in the zone
	Zone    civil.Zone    `dynamo:"zone"`             // the business account's when the session began
	NoUse   bool          `dynamo:"no_use,omitempty"` // the person objects to it (7.object)
	// Counted: the person doesn't object to their searches being counted. A session that is older than this says
	// nothing.
	Counted bool `dynamo:"counted,omitempty"`
	// Calendar: the person wants reservations as invitations by mail; see User.CalendarMails
	Calendar bool  `dynamo:"calendar,omitempty"`
	Until    int64 `dynamo:"-"` // Unix seconds: the fixed end
}

// A Code is what is stored of the sign-in codes of a person. None of them can be had from it: they follow from its
// mark under the deployment's key. A mark that is another, or gone, ends all codes that follow from it.
type Code struct {
	Mark    string    `dynamo:"mark"`
	Uses    int       `dynamo:"uses"` // how many codes were used since the first of these was asked for
	AskedAt time.Time `dynamo:"asked_at"`
	Kept    bool      `dynamo:"-"` // it was read, and is not made anew
}

// A Login is the last login request (4.e.2). LoggedInAt is zero while no session came of it.
type Login struct {
	RequestedAt time.Time  `dynamo:"requested_at"`
	LoggedInAt  *time.Time `dynamo:"logged_in_at,omitempty"`
	IP          string     `dynamo:"ip"`
	LoginName   string     `dynamo:"login_name"`
}

// A Beginning is a session that begins, with what is recorded of it.
type Beginning struct {
	Person      identity.Person
	Hash        string // of the token
	Role        identity.Role
	Consent     string
	RequestedAt time.Time
	At          time.Time
	IP          string
	LoginName   string
	OS          string // "" is not told
	OSRelease   string
	Zone        civil.Zone // the business account's
	Objections  []string   // the person's: what they object to is not recorded
	Calendar    bool       // as the person wishes: see User.CalendarMails
}

func (b Beginning) records(item string) bool { return !slices.Contains(b.Objections, item) }

// What is recorded by itself when somebody signs in or uses a session, by clause.
const (
	deviceItem = "4.d.5"
	useItem    = "4.e.1"
	loginItem  = "4.e.2"
)

var recordedAtSignIn = []string{deviceItem, useItem, loginItem}

const (
	objectionsName = "objections"
	noUseName      = "no_use"
	countedName    = "counted"
	calendarName   = "calendar"
	wishName       = "calendar_mails"
)

type lastUseRow struct {
	Date civil.Date `dynamo:"date"`
}

func codeKey(p identity.Person) key                 { return personKey(privacy.Code, p, "") }
func loginKey(p identity.Person) key                { return personKey(privacy.Login, p, "") }
func lastUseKey(p identity.Person) key              { return personKey(privacy.LastUse, p, "") }
func sessionKey(p identity.Person, hash string) key { return personKey(privacy.Session, p, hash) }

// Code reads what is stored of a person's sign-in codes, consistently; ErrAbsent when nothing is, or what the version
// before wrote, which has no mark.
func (t *Tables) Code(ctx context.Context, p identity.Person) (Code, error) {
	code, err := one(ctx, t, codeKey(p), true, Code{Kept: true})
	if err == nil && code.Mark == "" {
		return Code{}, ErrAbsent
	}
	return code, err
}

// askCode keeps the mark of a code for ten minutes from now on. Another mark that lives is in its way: two asked for
// their first code at one moment. One that was read and has ended since does not come back with all its codes.
func (t *Tables) askCode(p identity.Person, code Code) *update {
	ask := t.update(codeKey(p)).set("mark", code.Mark).set("uses", code.Uses).set("asked_at", code.AskedAt).
		keep(privacy.TenMinutes.From(code.AskedAt))
	if code.Kept {
		return ask.when("$ = ?", "mark", code.Mark)
	}
	return ask.when("attribute_not_exists($) OR $ = ? OR $ <= ?", "mark", "mark", code.Mark, ttlName, t.now().Unix())
}

// useCode makes all codes with the mark used, once.
func (t *Tables) useCode(p identity.Person, mark, next string) *update {
	return t.update(codeKey(p)).set("mark", next).add("uses", 1).
		when("$ = ? AND $ > ?", "mark", mark, ttlName, t.now().Unix())
}

// ErrAsked says that another mark of the person's codes lives, or that theirs has ended.
var ErrAsked = errors.New("table: a code was asked for, or all were ended, at the same moment")

// codePart is askCode in a transaction.
const codePart = "code"

// asked tells its refusal from those of the other parts.
func asked(err error) error {
	if refusedAt(err, codePart) {
		return ErrAsked
	}
	return err
}

// AskCode stores the mark of a sign-in code, and the request as the last one (4.e.2), nil for none, while the person
// is registered and doesn't object to that: otherwise ErrRefused, and ErrAsked as with askCode. That the contract
// stands is to be read before: what a request stores that was under way when it ended goes with the rest of the
// account.
func (t *Tables) AskCode(ctx context.Context, p identity.Person, code Code, login *Login) error {
	ask := t.askCode(p, code)
	tx := t.transaction().Update(ask).as(codePart)
	if login == nil {
		return asked(tx.Check(t.userExists(p)).Run(ctx))
	}
	putLogin, err := t.put(loginKey(p), privacy.Login.Stamp(*login,
		privacy.SixWeeksAfterLogin.From(login.RequestedAt)))
	if err != nil {
		return err
	}
	accepts := t.check(userKey(p)).If("attribute_exists($) AND NOT contains($, ?)", pkName, objectionsName, loginItem)
	return asked(tx.Check(accepts).Put(putLogin).Run(ctx))
}

// try counts a try of a code and gives what waits for it. ErrAbsent when nothing does, it is past its deadline, or
// its tries are used up: tries at the same moment are counted one by one.
func (t *Tables) try(ctx context.Context, k key, out any) error {
	err := t.update(k).add("tries", 1).
		when("attribute_exists($) AND $ > ? AND $ < ?", pkName, ttlName, t.now().Unix(), "tries", MaxTries).
		Update.Value(ctx, out)
	return absentWhenRefused(wrap(err))
}

// Begin turns a code with a mark into a session, once: in one transaction the mark becomes the next one, the
// session, the login and the date of last use are stored, and the device's system is noted (4.d.5). It is ErrRefused
// when the code is used or ended already, or the user is gone or has got another role, consent, objection or wish
// meanwhile. That the contract stands is to be read before, consistently (AccountZoneNow): its end ends the mark of
// each code, so what was under way either finds none or began a session that is ended after it.
func (t *Tables) Begin(ctx context.Context, b Beginning, mark, next string) error {
	device := t.update(userKey(b.Person)).when("$ = ? AND $ = ?", "role", b.Role, "consent_version", b.Consent)
	setOrRemove(device, "os", b.OS)
	setOrRemove(device, "os_release", b.OSRelease)
	for _, word := range slices.Concat(recordedAtSignIn, countedUnless) {
		if b.records(word) {
			device.when("NOT contains($, ?)", objectionsName, word)
		} else {
			device.when("contains($, ?)", objectionsName, word)
		}
	}
	if b.Calendar {
		device.when("$ = ?", wishName, true)
	} else {
		device.when("attribute_not_exists($)", wishName)
	}
	used := t.useCode(b.Person, mark, next)
	tx := t.transaction().Update(device).Update(used)
	if err := errors.Join(t.begin(tx, b), t.noteDevice(tx, b)); err != nil {
		return err
	}
	return tx.Run(ctx)
}

// noteDevice notes for a restore that the device has changed, which it otherwise knows from the login.
func (t *Tables) noteDevice(tx *transaction, b Beginning) error {
	if b.records(loginItem) {
		return nil
	}
	for name, value := range map[string]string{"os": b.OS, "os_release": b.OSRelease} {
		note := Correction{Person: b.Person, What: name}
		if value != "" {
			note.Now = value
		}
		put, err := t.correction(note)
		if err != nil {
			return err
		}
		tx.Put(put)
	}
	return nil
}

func setOrRemove(u *update, name, value string) {
	if value == "" {
		u.remove(name)
		return
	}
	u.set(name, value)
}

// begin adds the three items with which every session begins, without those that the person objects to.
func (t *Tables) begin(tx *transaction, b Beginning) error {
	today := civil.DateOf(b.At, b.Zone)
	begun := Session{Role: b.Role, Consent: b.Consent, Used: today, Zone: b.Zone, Counted: counted(b.Objections),
		Calendar: b.Calendar}
	if !b.records(useItem) {
		begun.Used, begun.NoUse = "", true
	}
	session, err1 := t.put(sessionKey(b.Person, b.Hash), privacy.Session.Stamp(begun, privacy.ThirtyDays.From(b.At)))
	login, err2 := t.put(loginKey(b.Person), privacy.Login.Stamp(
		Login{RequestedAt: b.RequestedAt, LoggedInAt: &b.At, IP: b.IP, LoginName: b.LoginName},
		privacy.SixWeeksAfterLogin.From(b.At)))
	use, err3 := t.lastUse(b.Person, today, b.Zone)
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	tx.Put(session.If("attribute_not_exists($)", pkName))
	if b.records(loginItem) {
		tx.Put(login)
	}
	if b.records(useItem) {
		tx.Put(use)
	}
	return nil
}

func (t *Tables) lastUse(p identity.Person, day civil.Date, zone civil.Zone) (*dynamo.Put, error) {
	return t.put(lastUseKey(p), privacy.LastUse.Stamp(lastUseRow{day}, privacy.FiftyTwoWeeks.From(day.Start(zone))))
}

// Session reads the session that somebody calls with: half a read unit, which may miss a write of the last moments.
func (t *Tables) Session(ctx context.Context, p identity.Person, hash string) (Session, error) {
	return t.session(ctx, p, hash, false)
}

func (t *Tables) session(ctx context.Context, p identity.Person, hash string, consistent bool) (Session, error) {
	raw := dynamo.Item{}
	if err := t.get(ctx, sessionKey(p, hash), consistent, &raw); err != nil {
		return Session{}, err
	}
	return sessionOf(raw)
}

// Sessions lists a person's open sessions, with every write that was answered before.
func (t *Tables) Sessions(ctx context.Context, p identity.Person) ([]Session, error) {
	found, err := t.list(ctx, privacy.Agenda, PersonPartition(p), privacy.Session.SortPrefix, true)
	if err != nil {
		return nil, err
	}
	sessions := make([]Session, len(found))
	for i, raw := range found {
		if sessions[i], err = sessionOf(raw); err != nil {
			return nil, err
		}
	}
	return sessions, nil
}

func sessionOf(raw dynamo.Item) (Session, error) {
	var row struct {
		Session
		SK  string `dynamo:"sk"`
		TTL int64  `dynamo:"ttl"`
	}
	err := dynamo.UnmarshalItem(raw, &row)
	row.Session.Hash = strings.TrimPrefix(row.SK, privacy.Session.SortPrefix)
	row.Session.Until = row.TTL
	return row.Session, err
}

// Use records a day of use (4.e.1), in the business account's zone, with the session that was used, while both the
// person and the session exist, and is ErrRefused otherwise: nothing of an erased person comes back. With a session
// whose person objects it records nothing.
func (t *Tables) Use(ctx context.Context, p identity.Person, hash string, day civil.Date, zone civil.Zone) error {
	use, err := t.lastUse(p, day, zone)
	if err != nil {
		return err
	}
	session := t.update(sessionKey(p, hash)).set("used", day).
		when("attribute_exists($) AND attribute_not_exists($)", pkName, noUseName)
	err = t.transaction().Check(t.userExists(p)).as(userPart).Update(session).Put(use).Run(ctx)
	if !errors.Is(err, ErrRefused) || refusedAt(err, userPart) {
		return err
	}
	_, gone := t.session(ctx, p, hash, true)
	if errors.Is(gone, ErrAbsent) {
		return err
	}
	return gone // nil: they object since the session was read
}

// EndSession ends a session at once. Ending one that has ended is no error.
func (t *Tables) EndSession(ctx context.Context, p identity.Person, hash string) error {
	return wrap(t.remove(sessionKey(p, hash)).Run(ctx))
}

// EndSessions ends all of a person's sessions at once, and first the code with which another could begin meanwhile. A
// repeat is no error.
func (t *Tables) EndSessions(ctx context.Context, p identity.Person) error {
	return t.EndOtherSessions(ctx, p, "")
}

// EndOtherSessions is EndSessions but for the session that keeps going.
func (t *Tables) EndOtherSessions(ctx context.Context, p identity.Person, keeps string) error {
	if err := t.remove(codeKey(p)).Run(ctx); err != nil {
		return wrap(err)
	}
	sessions, err := t.Sessions(ctx, p)
	for _, s := range sessions {
		if s.Hash != keeps {
			err = errors.Join(err, t.EndSession(ctx, p, s.Hash))
		}
	}
	return err
}

// ForgetLogin removes the last login request (4.e.2). A repeat does nothing.
func (t *Tables) ForgetLogin(ctx context.Context, p identity.Person) error {
	return wrap(t.remove(loginKey(p)).Run(ctx))
}

// ForgetUse removes the date of last use (4.e.1), and that of every session but the one that keeps it, which is in
// use. A repeat does nothing.
func (t *Tables) ForgetUse(ctx context.Context, p identity.Person, keeps string) error {
	sessions, err := t.Sessions(ctx, p)
	for _, s := range sessions {
		if s.Hash == keeps || s.Used == "" {
			continue
		}
		change := t.update(sessionKey(p, s.Hash)).remove("used").when("attribute_exists($)", pkName)
		if ended := change.run(ctx); !errors.Is(ended, ErrRefused) {
			err = errors.Join(err, ended)
		}
	}
	return errors.Join(err, wrap(t.remove(lastUseKey(p)).Run(ctx)))
}

// ForgetCodes removes sign-in codes, and what is left of the code with which the registration was confirmed. A
// repeat does nothing.
func (t *Tables) ForgetCodes(ctx context.Context, p identity.Person) error {
	var err error
	for _, k := range []key{codeKey(p), registrationKey(p), openingKey(p)} {
		err = errors.Join(err, wrap(t.remove(k).Run(ctx)))
	}
	return err
}

// LastLogin is the last login request (4.e.2). ErrAbsent when none is kept.
func (t *Tables) LastLogin(ctx context.Context, p identity.Person) (Login, error) {
	var login Login
	err := t.get(ctx, loginKey(p), true, &login)
	return login, err
}

// LastUse is the date of last use (4.e.1). ErrAbsent when none is kept.
func (t *Tables) LastUse(ctx context.Context, p identity.Person) (civil.Date, error) {
	var row lastUseRow
	err := t.get(ctx, lastUseKey(p), true, &row)
	return row.Date, err
}
