package signin

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// Codes are those of one kind of sign-in, people's or staff's. Who asks for a code is given a handle, which holds
// whose code it is and is sealed: to a stranger it looks like that of an address which is nobody's. A code is tried
// with its handle alone, so nobody can use up another's tries, and of who asked in vain nothing is stored.
//
// All codes of a person that are asked for in one window are the same. So when strangers have had a mailbox mailed
// the most that it gets in a window, its owner's own handle still takes the code in the last mail.
type Codes struct {
	Tables   *table.Tables
	Mail     mail.Sender
	Keys     secret.Ring // of the codes
	Attempts secret.Ring // under which mails are counted
	Now      func() time.Time
	Name     string // what the codes are for: one for one thing is none for another
	Counts   limit.Subject
}

// CodeLife is how long a code works, by the clock of whoever asked for it.
var CodeLife = privacy.Code.Rule.Lasts()

// A Request is one for a code, as its handle holds it.
type Request struct {
	Person  identity.Person
	AskedAt time.Time // to the second
	Mark    string    // of the person's codes: see table.Code

	id  string     // of the handle
	key secret.Key // under which it was made
}

// nobody's partition is empty for ever: ids are random.
var nobody = identity.Person{Business: "nobodynobodynobo", User: "nobodynobodynobo"}

// An Asker is one request for a code: who is at the address, where the code's mark is kept, and how it is mailed.
type Asker interface {
	// Find reads who asks, and reports whether they can sign in. It comes first.
	Find(context.Context) (known bool, err error)
	// Keep stores the code's mark. It is table.ErrRefused for somebody who isn't registered, as for the nobody whom it
	// is given in place of who isn't known, and table.ErrAsked while an earlier mark lives.
	Keep(context.Context, identity.Person, table.Code) error
	// Letter is the mail to who was found.
	Letter(handle, digits string) mail.Message
}

// Ask returns a handle to sign in with, and mails the code that belongs to it if the asker is known and the code's
// mark was kept. Known and unknown addresses cost the same calls to the engine, and a mail that can't be sent is no
// error, so that no answer tells them apart.
func (c Codes) Ask(ctx context.Context, p identity.Person, email identity.Email, asker Asker) (string, error) {
	var known bool
	var code table.Code
	err := parallel.Together(ctx,
		func() (err error) { known, err = asker.Find(ctx); return },
		func() (err error) { code, err = c.next(ctx, p); return })
	if err != nil {
		return "", err
	}
	counts, whom := c.Counts, p
	if !known {
		counts, whom = limit.NoMails, nobody
	}
	counter := limit.Counter{Tables: c.Tables, Key: c.Attempts, Now: c.Now}
	may, err := counter.Mail(ctx, counts, email, code.Uses)
	if err != nil || !may {
		return c.handle(p, code), err
	}
	switch err = asker.Keep(ctx, whom, code); {
	case err == nil:
		handle := c.handle(p, code)
		message := asker.Letter(handle, c.digits(p, code.Mark, code.AskedAt))
		message.Mark = counter.Mark(email)
		c.send(ctx, message)
		return handle, nil
	case errors.Is(err, table.ErrAsked): // at the same moment: that code is being mailed
		code, err = c.next(ctx, p)
	case errors.Is(err, table.ErrRefused):
		err = nil
	}
	return c.handle(p, code), err
}

// send mails a code; that it can't is for the log alone.
func (c Codes) send(ctx context.Context, message mail.Message) {
	if err := c.Mail.Send(ctx, message); err != nil {
		report.Fault(ctx, "code for a "+c.Name, "", err)
	}
}

// next is the mark of the codes that a person asks for now: the same while it lives.
func (c Codes) next(ctx context.Context, p identity.Person) (table.Code, error) {
	code, err := c.Tables.Code(ctx, p)
	if errors.Is(err, table.ErrAbsent) {
		code, err = table.Code{Mark: secret.ID()}, nil
	}
	code.AskedAt = c.Now()
	return code, err
}

// handle seals a new request for a code.
func (c Codes) handle(p identity.Person, code table.Code) string {
	return c.Keys.Seal(c.Name, p.Business+p.User+code.Mark+secret.ID()+strconv.FormatInt(code.AskedAt.Unix(), 10))
}

// HandleLength is how long a handle is.
var HandleLength = secret.SealedLength(4*secret.IDLength + len("1800000000"))

// digits are the code of a person who asked with a mark at a moment.
func (c Codes) digits(p identity.Person, mark string, askedAt time.Time) string {
	return c.digitsUnder(c.Keys, p, mark, askedAt)
}

func (c Codes) digitsUnder(keys secret.Ring, p identity.Person, mark string, askedAt time.Time) string {
	return keys.Code(c.Name+" code", p.Business, p.User, mark, limit.WindowOf(askedAt))
}

// Try counts a try of a handle's code. Whatever is wrong, unknown, too late or out of tries is WrongCode, after the
// same calls to the engine. Meanwhile the person whose code it is may be read, which may be nil.
func (c Codes) Try(ctx context.Context, handle, code string, meanwhile func(identity.Person)) (Request, error) {
	r, ok := c.open(handle)
	if !ok || !c.Now().Before(r.AskedAt.Add(CodeLife)) {
		return Request{}, WrongCode()
	}
	tries := r.key.Hash("tries", c.Name, r.id)
	err := parallel.Together(ctx,
		func() error { return c.Tables.Attempt(ctx, tries, tries, r.AskedAt, table.MaxTries) },
		func() error {
			if meanwhile != nil {
				meanwhile(r.Person)
			}
			return nil
		})
	if errors.Is(err, table.ErrRefused) || err == nil && !c.is(r, code) {
		err = WrongCode()
	}
	return r, err
}

// is accepts a code made under any current key: the last mail that a mailbox got in this window may be of the key
// before.
func (c Codes) is(r Request, code string) bool {
	right := false
	for _, key := range c.Keys {
		digits := c.digitsUnder(secret.Ring{key}, r.Person, r.Mark, r.AskedAt)
		right = secret.Equal(secret.Typed(digits), secret.Typed(code)) || right
	}
	return right
}

func (c Codes) open(handle string) (Request, bool) {
	text, key, ok := c.Keys.Unseal(c.Name, handle)
	if !ok {
		return Request{}, false
	}
	part := func(i int) string { return text[i*secret.IDLength : (i+1)*secret.IDLength] }
	at, err := strconv.ParseInt(text[4*secret.IDLength:], 10, 64)
	return Request{Person: identity.Person{Business: part(0), User: part(1)}, Mark: part(2), id: part(3), key: key,
		AskedAt: time.Unix(at, 0).UTC()}, err == nil
}

// Bits are the secret bits of the session that a request with an Idempotency-Key begins, the same each time.
func (c Codes) Bits(r Request, key string) string {
	return r.key.Hash(c.Name+" session", r.Person.Business, r.Person.User, r.id, key)
}
