package overview_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

func listed(o overview.Overview) []privacy.Clause {
	var clauses []privacy.Clause
	for _, s := range o.Kinds {
		clauses = append(clauses, s.Clause)
	}
	return clauses
}

// 7.overview
func TestAGuestReadsWhatCanBeKeptOfGuestsAndAMemberOfStaffWhatCanBeKeptOfStaff(t *testing.T) {
	s := begin(t)
	gus := identity.Person{Business: s.Business, User: "gusgusgusgusgusg"}
	s.db.Put(t, privacy.Agenda, table.PersonPartition(gus), "guest", map[string]any{"business": s.Business,
		"name": "Gus", "location": s.Location.ID, "first": "2026-11-23", "last": "2026-11-24",
		"ttl": monday.AddDate(0, 2, 0).Unix()})
	of, err := s.desk.Of(t.Context(), gus)
	require.NoError(t, err)
	require.Contains(t, listed(of), privacy.Clause("s.pass"))
	read := ""
	for _, value := range section(t, of, "4.d.3").Values {
		read += value.Read.EN + "\n"
	}
	require.Contains(t, read, s.Location.Name)
	require.NotContains(t, read, s.Location.ID, "people are told a name, not an id")
	for _, clause := range []privacy.Clause{"4.a.2", "4.b.1", "4.c.1", "4.e.2", "6.staff", "s.session"} {
		require.NotContains(t, listed(of), clause)
	}

	sam := identity.Person{Business: identity.Operator, User: "samsamsamsamsams"}
	s.db.Put(t, privacy.Agenda, "staff", "staff#samsamsamsamsams", map[string]any{"name": "Sam",
		"email": "sam@iotspot.example", "language": "nl"})
	of, err = s.desk.Of(t.Context(), sam)
	require.NoError(t, err)
	require.Equal(t, []privacy.Clause{"4.f.5", "6.staff", "s.code", "s.confirmation", "s.session", "s.attempts"},
		listed(of))
}
