package erasure_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake"
	"github.com/iotspot/iotspot/shared/wake/waketest"
)

var monday = time.Date(2026, 11, 23, 7, 59, 0, 0, time.UTC) // 08:59 in Amsterdam

const (
	name    = "Noor Jansen"
	address = "Noor.Jansen@customer.example"
)

// scene is an office in which Noor has all that a person can have, and Sam something on the same spots.
type scene struct {
	*enginetest.Office
	db        *enginetest.Database
	noor, sam identity.Caller
	post      *mailtest.Recorder
	photos    map[identity.Person]bool
	received  map[string]bool // senders whose mail waits at the support address
	published []events.ErasureRequested
	calls     waketest.Calls
	link      string
}

func begin(t *testing.T) *scene {
	t.Helper()
	db := enginetest.New(t, monday)
	s := &scene{Office: db.NewOffice(t, "Europe/Amsterdam", 2), db: db, post: &mailtest.Recorder{},
		photos:   map[identity.Person]bool{},
		received: map[string]bool{address: true, "sam@example.com": true}}
	s.noor, s.sam = s.Person(t), s.Person(t)
	db.Put(t, privacy.Directory, "b#"+s.Business, "account",
		map[string]any{"legal_name": "Customer B.V.", "users": 2})
	person := table.PersonPartition(s.noor.Person)
	db.Put(t, privacy.Directory, person, "user", map[string]any{"business": s.Business, "role": "user", "name": name,
		"email":    address,
		"language": "en", "phone": "+31 6 1234"})
	db.Put(t, privacy.Directory, "address#"+s.addressEntries()[0], "address",
		map[string]any{"business": s.Business, "user": s.noor.User})
	db.Put(t, privacy.Directory, person, "favourite#"+s.Desks[0],
		map[string]any{"spot": s.Desks[0], "location": s.Location.ID})
	db.Put(t, privacy.Directory, person, "colleague#one", map[string]any{"name": "Sam de Vries"})
	for _, item := range []string{"session#one", "session#two", "code", "login", "use", "overview",
		"something-undeclared"} {
		db.Put(t, privacy.Agenda, person, item, map[string]any{"login_name": address,
			"ttl": monday.Add(time.Hour).Unix()})
	}
	db.Put(t, privacy.Agenda, person, "link#old", map[string]any{"language": "en",
		"ttl": monday.Add(-time.Minute).Unix()})
	s.photos[s.noor.Person] = true
	attempts := limit.Counter{Tables: db.Tables(), Key: enginetest.Keys[secret.Attempts], Now: db.Clock.Now}
	_, err := attempts.Mail(t.Context(), limit.SignInMails, address, 0)
	require.NoError(t, err)
	require.NoError(t, attempts.CountBy(t.Context(), limit.Invitations, limit.Person(s.noor.Person), 50))
	require.NoError(t, db.Tables().AskAddress(t.Context(), s.noor.Person,
		table.NewAddress{Email: "Noor.Next@customer.example"}, monday))
	require.NoError(t, attempts.CountBy(t.Context(), limit.NewAddressMails,
		limit.Mailbox("noor.next@customer.example"), 50))
	s.waiting(t, monday.Add(-time.Minute), "nooronceaaaaaaaa", "nooragainaaaaaaa")
	s.reservations(t)
	require.NoError(t, db.Tables().CountSearch(t.Context(), s.noor.Person, s.Location.ID, "2026-11-23",
		monday.Add(15*time.Hour), table.SpotSearch))
	require.NoError(t, db.Tables().CountUse(t.Context(), s.noor.Person, s.Location.ID, "2026-11-23",
		monday.Add(15*time.Hour), "find", "safari"))
	s.link, err = erasure.NewLink(t.Context(), db.Tables(), enginetest.Keys[secret.Links], s.noor.Person, "a request",
		"en",
		"https://api.example/", monday)
	require.NoError(t, err)
	return s
}

// waiting lets a registration and an opening wait for a code mailed to Noor's address: she asked more than once.
func (s *scene) waiting(t *testing.T, at time.Time, registration, opening string) {
	t.Helper()
	r := table.Registration{Person: identity.Person{Business: s.Business, User: registration}, Name: name,
		Email: address, AskedAt: at}
	_, err := s.db.Tables().AskRegistration(t.Context(), r, s.addressEntries())
	require.NoError(t, err)
	o := table.Opening{Person: identity.Person{Business: "elsewhereaaaaaaa", User: opening}, Name: name,
		Email: address, AskedAt: at}
	_, err = s.db.Tables().AskOpening(t.Context(), o, s.addressEntries())
	require.NoError(t, err)
}

// reservations: one of today that is checked in, one that was released, one of tomorrow, one that was cancelled; and
// Sam's around them.
func (s *scene) reservations(t *testing.T) {
	t.Helper()
	tables := s.db.Tables()
	s.reserve(t, s.noor, s.Desks[0], "2026-11-23", "09:00", "12:00")
	s.reserve(t, s.sam, s.Desks[0], "2026-11-23", "12:00", "13:00")
	s.reserve(t, s.noor, s.Desks[1], "2026-11-23", "14:00", "16:00")
	s.reserve(t, s.noor, s.Room, "2026-11-24", "10:00", "11:00")
	s.reserve(t, s.noor, s.Room, "2026-11-25", "10:00", "11:00")
	sheet, err := tables.PersonSheet(t.Context(), s.noor.Person, "2026-11-25", s.Location.ID)
	require.NoError(t, err)
	for id := range sheet.Commitments {
		require.NoError(t, tables.Cancel(t.Context(), s.noor.Person, sheet, id))
	}
	s.db.Open(t, table.OpenDays{Location: s.Location.ID, Business: s.Business, Zone: s.Location.Zone,
		OpenFrom: "2026-11-23",
		Floors:   []string{s.Floor}, Retired: map[string]civil.Date{}})
	marks, err := tables.CancelMarks(t.Context(), s.noor.Person)
	require.NoError(t, err)
	require.Len(t, marks, 1)
	for id, held := range s.sheet(t, s.Desks[0], "2026-11-23").Holdings {
		if held.User == s.noor.User {
			require.NoError(t, tables.CheckIn(t.Context(), s.Place(s.Desks[0]), "2026-11-23", id, held,
				monday.Add(time.Minute)))
		}
	}
	for id, held := range s.sheet(t, s.Desks[1], "2026-11-23").Holdings {
		at := time.Date(2026, 11, 23, 13, 30, 0, 0, time.UTC) // 14:30: what came after went to Sam
		require.NoError(t, tables.Release(t.Context(), s.noor.Person, s.Place(s.Desks[1]), "2026-11-23", id, held, at,
			table.Released))
	}
	s.reserve(t, s.sam, s.Desks[1], "2026-11-23", "15:00", "16:00")
}

func (s *scene) reserve(t *testing.T, who identity.Caller, spot string, day civil.Date, from, to civil.ClockTime) {
	t.Helper()
	desk := bookingtest.New(s.db.Tables(), s.db.Clock.Now)
	_, err := desk.Reserve(t.Context(), who, booking.ReserveInput{Spot: spot, Key: string(day) + string(from) +
		"-key",
		Period: booking.Period{Date: day, From: from, To: to}})
	require.NoError(t, err)
}

func (s *scene) sheet(t *testing.T, spot string, day civil.Date) table.SpotSheet {
	t.Helper()
	sheet, err := s.db.Tables().SpotSheetNow(t.Context(), s.Place(spot), day)
	require.NoError(t, err)
	return sheet
}

func (s *scene) addressEntries() identity.Entries {
	return identity.Email(address).Entries(enginetest.Keys[secret.Addresses])
}

func (s *scene) token() string { return s.link[strings.LastIndex(s.link, "/")+1:] }

// counter and worker are the use cases with every call of theirs to AWS through the faults.
func (s *scene) desk(f *enginetest.Faults) erasure.Requests {
	return erasure.Requests{Tables: s.db.Faulty(f), Bus: broken{s, f}, Bell: broken{s, f},
		Keys: enginetest.Keys, Now: s.db.Clock.Now,
		Controller: controllertest.Example}
}

func (s *scene) worker(f *enginetest.Faults) erasure.Worker {
	return erasure.Worker{Tables: s.db.Faulty(f), Mail: broken{s, f}, Photos: broken{s, f}, Received: received{s, f},
		Keys: enginetest.Keys, Now: s.db.Clock.Now}
}

type broken struct {
	s *scene
	f *enginetest.Faults
}

func (b broken) Publish(_ context.Context, _ string, detail any) error {
	return b.f.Call("PutEvents", func() error {
		b.s.published = append(b.s.published,
			detail.(events.ErasureRequested))
		return nil
	})
}

func (b broken) Ring(ctx context.Context, calls ...wake.Call) error {
	return b.f.Call("SendMessage", func() error { return b.s.calls.Ring(ctx, calls...) })
}

func (b broken) Send(ctx context.Context, m mail.Message) error {
	return b.f.Call("SendEmail", func() error { return b.s.post.Send(ctx, m) })
}

func (b broken) Suppressed(ctx context.Context) (addresses []string, err error) {
	err = b.f.Call("ListSuppressedDestinations", func() error {
		addresses, err = b.s.post.Suppressed(ctx)
		return err
	})
	return addresses, err
}

func (b broken) Forget(ctx context.Context, address string) error {
	return b.f.Call("DeleteSuppressedDestination", func() error { return b.s.post.Forget(ctx, address) })
}

func (b broken) Remove(_ context.Context, p identity.Person) error {
	return b.f.Call("DeleteObject", func() error { delete(b.s.photos, p); return nil })
}

// received is what waits at the support address, by the address that each names.
type received struct {
	s *scene
	f *enginetest.Faults
}

func (r received) Forget(_ context.Context, address string) error {
	return r.f.Call("DeleteReceived", func() error { delete(r.s.received, address); return nil })
}

// complete lets the schedule do what is left.
func (s *scene) complete(t *testing.T) {
	t.Helper()
	s.steps(t, s.worker(&enginetest.Faults{}), erasure.Settle)
}

// steps lets a worker take a step every five seconds, up to one at the end of a time.
func (s *scene) steps(t *testing.T, worker erasure.Worker, lasting time.Duration) {
	t.Helper()
	for until := s.db.Clock.Now().Add(lasting); ; s.db.Clock.Move(5 * time.Second) {
		require.NoError(t, worker.Step(t.Context()))
		if !s.db.Clock.Now().Before(until) {
			return
		}
	}
}

// erased checks that nothing is left of Noor but the random id that a restore needs, and all of Sam.
func (s *scene) erased(t *testing.T) {
	t.Helper()
	for _, line := range strings.Split(s.db.Text(t), "\n") {
		if strings.HasPrefix(line, "agenda erased ") {
			require.NotContains(t, strings.ToLower(line), "noor.")
			continue
		}
		low := strings.ToLower(line)
		for _, trace := range []string{"noor.", strings.ToLower(name), s.noor.User, s.addressEntries()[0], "6 1234",
			"sam de vries"} {
			require.NotContains(t, low, trace)
		}
	}
	for _, line := range strings.Split(s.db.Text(t), "\n") {
		require.False(t, strings.HasPrefix(line, "agenda attempts#") &&
			!strings.HasPrefix(line, "agenda attempts#wide#"), "what is counted of whoever it may be alone stays: %s",
			line)
		require.NotContains(t, line, "waiting#")
	}
	marks, err := s.db.Tables().CancelMarks(t.Context(), s.noor.Person)
	require.NoError(t, err)
	require.Empty(t, marks) // s.cancelled
	require.Empty(t, s.photos)
	require.Equal(t, map[string]bool{"sam@example.com": true}, s.received)
	require.Equal(t, civil.Quarters(nil), without(s.sheet(t, s.Desks[0], "2026-11-23").Taken, s.sam,
		s.sheet(t, s.Desks[0], "2026-11-23")))
	require.Equal(t, civil.Quarters(nil), without(s.sheet(t, s.Desks[1], "2026-11-23").Taken, s.sam,
		s.sheet(t, s.Desks[1], "2026-11-23")))
	require.Empty(t, s.sheet(t, s.Room, "2026-11-24").Taken)
	require.Len(t, s.sheet(t, s.Desks[0], "2026-11-23").Holdings, 1)
	kept, counted := s.db.Users(t, s.Business)
	require.Equal(t, []int{1, 1}, []int{kept, counted}) // 3.i
	require.LessOrEqual(t, len(s.post.Sent()), 1)
	for _, m := range s.post.Sent() {
		require.Equal(t, address, m.To)
	}
}

// without gives what is taken beside one person's own, and fails on theirs missing by being shorter than nothing.
func without(taken civil.Quarters, who identity.Caller, sheet table.SpotSheet) civil.Quarters {
	var rest civil.Quarters
	for _, q := range taken {
		mine := false
		for _, held := range sheet.Holdings {
			mine = mine || held.User == who.User && held.Interval().Has(q)
		}
		if !mine {
			rest = append(rest, q)
		}
	}
	return rest
}

func (f photosOf) Remove(_ context.Context, p identity.Person) error { return f(p) }
