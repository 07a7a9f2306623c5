package table_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// rows are all of a store, read page by page in so many segments.
func (s scene) rows(t testing.TB, store privacy.Store, segments int) (all []table.Row) {
	t.Helper()
	for number := range segments {
		for segment := (table.Segment{Store: store, Number: number, Segments: segments}); !segment.Done; {
			page, err := s.AuditPage(t.Context(), &segment)
			require.NoError(t, err)
			all = append(all, page...)
		}
	}
	return all
}

func TestAnAuditSeesEveryItemOnceInHoweverManySegments(t *testing.T) {
	s := newScene(t)
	s.ann(t)
	whole := len(s.db.Dump(t, privacy.Directory))
	for _, segments := range []int{1, 7} {
		require.Len(t, s.rows(t, privacy.Directory, segments), whole)
	}
}

func TestAnAuditTellsWhatIsWrongWithAnItemByItself(t *testing.T) {
	s := newScene(t)
	p := s.somebody(t)
	for fault, put := range map[table.Fault]func(){
		table.UnknownItem: func() {
			s.db.Put(t, privacy.Agenda, table.PersonPartition(p), "shoes", map[string]any{"size": 46})
		},
		table.UnknownAttribute: func() {
			s.db.Put(t, privacy.Agenda, table.PersonPartition(p), "code", map[string]any{"size": 46})
		},
		table.WrongDeadline: func() {
			s.db.Put(t, privacy.Agenda, table.PersonPartition(p), "link#x", map[string]any{"language": "nl"})
		},
		table.NotIndexed: func() {
			s.db.Put(t, privacy.Agenda, table.PersonPartition(p), "link#y", map[string]any{"language": "nl",
				"ttl": now.Unix() + 60})
		},
	} {
		with := func(row table.Row) bool { return row.Fault == fault }
		before := slices.ContainsFunc(s.rows(t, privacy.Agenda, 1), with)
		require.False(t, before, fault)
		put()
		rows := s.rows(t, privacy.Agenda, 1)
		at := slices.IndexFunc(rows, with)
		require.GreaterOrEqual(t, at, 0, fault)
		require.NoError(t, s.Empty(t.Context(), p))
		again, err := s.AuditAgain(t.Context(), rows[at:at+1])
		require.NoError(t, err)
		require.Empty(t, again, "it is gone")
	}
}

func TestWhatIsOfNobodyIsFoundUnlessItsRemovalIsUnderWay_7_erase(t *testing.T) {
	s := newScene(t)
	p := identity.Person{Business: s.office.Business, User: secret.ID()}
	s.db.Put(t, privacy.Agenda, table.PersonPartition(p), "use", map[string]any{"date": string(today)})
	stray := func() bool {
		strays, err := s.Strays(t.Context())
		require.NoError(t, err)
		return slices.Contains(strays, p)
	}
	require.True(t, stray())
	require.NoError(t, s.RepeatErasure(t.Context(), p, now))
	require.False(t, stray())
	require.NoError(t, s.Empty(t.Context(), p))
	require.NoError(t, s.EndErasure(t.Context(), table.Erasure{Person: p, Repeated: true}))
}
