package overview_test

import (
	"context"
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

var monday = time.Date(2026, 11, 23, 7, 59, 0, 0, time.UTC) // 08:59 in Amsterdam

const address = "noor.jansen@customer.example"

type published struct {
	kind   string
	detail any
}

type recordedBus struct {
	fail   error
	events []published
}

func (b *recordedBus) Publish(_ context.Context, kind string, detail any) error {
	if b.fail != nil {
		return b.fail
	}
	b.events = append(b.events, published{kind, detail})
	return nil
}

type scene struct {
	*enginetest.Office
	db     *enginetest.Database
	tables *table.Tables
	post   *mailtest.Recorder
	bus    *recordedBus
	desk   overview.Overviews
	noor   identity.Caller
}

func begin(t *testing.T) scene {
	db := enginetest.New(t, monday)
	s := scene{Office: db.NewOffice(t, "Europe/Amsterdam", 2), db: db, tables: db.Tables(),
		post: &mailtest.Recorder{}, bus: &recordedBus{}}
	s.desk = overview.Overviews{Tables: s.tables, Mail: s.post, Bus: s.bus, Received: mailtest.Inbox{},
		Keys:       enginetest.Keys,
		Now:        db.Clock.Now,
		Controller: controllertest.Example}
	db.Put(t, privacy.Directory, "b#"+s.Business, "account", map[string]any{"legal_name": "Customer Holding B.V."})
	s.noor = s.Person(t)
	s.user(t, "en", nil)
	return s
}

func (s scene) user(t *testing.T, language string, more map[string]any) {
	attributes := map[string]any{"business": s.Business, "role": "user", "name": "Noor Jansen", "email": address,
		"language":        language,
		"consent_version": privacy.StatementVersion, "consent_language": "nl", "consent_at": "2026-11-20T09:00:00Z"}
	maps.Copy(attributes, more)
	s.db.Put(t, privacy.Directory, table.PersonPartition(s.noor.Person), "user", attributes)
}

func (s scene) agenda(t *testing.T, sortKey string, until time.Time, attributes map[string]any) {
	attributes["ttl"] = until.Unix()
	s.db.Put(t, privacy.Agenda, table.PersonPartition(s.noor.Person), sortKey, attributes)
}

func (s scene) view(t *testing.T) overview.Overview {
	t.Helper()
	seen, err := s.desk.View(t.Context(), s.noor, struct{}{})
	require.NoError(t, err)
	return seen
}

func section(t *testing.T, o overview.Overview, clause privacy.Clause) overview.Section {
	t.Helper()
	for _, s := range o.Kinds {
		if s.Clause == clause {
			return s
		}
	}
	require.Fail(t, "no section", clause)
	return overview.Section{}
}

// mailed asks for the overview and gives the mail that comes of it.
func (s scene) mailed(t *testing.T) mail.Message {
	t.Helper()
	_, err := s.desk.Ask(t.Context(), s.noor, overview.AskInput{IdempotencyKey: "first-request"})
	require.NoError(t, err)
	require.NoError(t, s.desk.Send(t.Context(), s.event()))
	return s.post.Last(t, address)
}

func (s scene) event() events.OverviewRequested {
	return s.bus.events[len(s.bus.events)-1].detail.(events.OverviewRequested)
}
