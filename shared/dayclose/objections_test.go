package dayclose_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/usage"
)

func TestWhoObjectsIsInNoCountOfTheDay_7_object_5_transactions(t *testing.T) {
	s := newScene(t, "Europe/Amsterdam", "2026-11-23", 7)
	for i, who := range s.people {
		require.NoError(t, s.tables.CountSearch(t.Context(), who.Person, s.office.Location.ID, s.day, s.ends,
			table.SpotSearch))
		require.NoError(t, s.tables.CountUse(t.Context(), who.Person, s.office.Location.ID, s.day, s.ends, "find",
			"safari"))
		if i < len(usage.Objections) {
			s.office.Object(t, who.User, usage.Objections[i])
		}
	}
	s.step(t, 0)
	kept := s.figures(t)
	require.NotNil(t, kept)
	require.Equal(t, 5, kept.Searches[string(table.SpotSearch)])
	require.Equal(t, map[string]int{"find": 5}, kept.Pages) // 11.cookies
	require.Equal(t, map[string]int{"safari": 5}, kept.Browsers)
	text, err := json.Marshal(kept.Places)
	require.NoError(t, err)
	require.Contains(t, string(text), `"check_ins":5`)
	require.NotContains(t, string(text), `"check_ins":7`)
	require.Empty(t, s.agenda(t), "their own data goes like everyone's")
}

func TestWhoObjectsToOpenedPagesBeingCountedIsInThatCountNoMore_7_object_11_cookies(t *testing.T) {
	s := newScene(t, "Europe/Amsterdam", "2026-11-23", 6)
	for _, who := range s.people {
		require.NoError(t, s.tables.CountSearch(t.Context(), who.Person, s.office.Location.ID, s.day, s.ends,
			table.SpotSearch))
		require.NoError(t, s.tables.CountUse(t.Context(), who.Person, s.office.Location.ID, s.day, s.ends, "find",
			"safari"))
	}
	s.office.Object(t, s.people[0].User, "11.cookies")
	s.step(t, 0)
	kept := s.figures(t)
	require.Equal(t, map[string]int{"find": 5}, kept.Pages)
	require.Equal(t, map[string]int{"safari": 5}, kept.Browsers)
	require.Equal(t, 6, kept.Searches[string(table.SpotSearch)])
}

func TestGuestsAreInNoFigureAndDoNotCountTowardsTheFive_5_transactions_4_d_3(t *testing.T) {
	for users := 1; users <= 6; users++ {
		figures := func(guests int) *table.Figures {
			s := newScene(t, "Europe/Amsterdam", "2026-11-23", users)
			for range guests {
				s.office.Desks = append(s.office.Desks, secret.ID())
			}
			for i := range guests {
				s.visits(t, s.office.Desks[users+i])
			}
			for _, who := range s.people {
				require.NoError(t, s.tables.CountSearch(t.Context(), who.Person, s.office.Location.ID, s.day, s.ends,
					table.SpotSearch))
			}
			s.step(t, 0)
			return s.figures(t)
		}
		alone, visited := figures(0), figures(4)
		require.Equal(t, []bool{users < 5, users < 5}, []bool{alone == nil, visited == nil})
		if alone != nil {
			require.Equal(t, alone.Searches, visited.Searches)
			for i, place := range alone.Places { // floors and zones have other ids
				require.Equal(t, place.Counts, visited.Places[i].Counts, "whoever invited the guests knows all of them")
				require.Equal(t, place.Hours, visited.Places[i].Hours)
			}
		}
	}
}

// visits lets a guest check in at a desk and search.
func (s *scene) visits(t *testing.T, desk string) {
	t.Helper()
	s.db.Put(t, privacy.Directory, "b#"+s.office.Business, "account",
		map[string]any{"legal_name": "Customer B.V.", "users": 5})
	g := table.Guest{Person: identity.Person{Business: s.office.Business, User: secret.ID()},
		Business: s.office.Business, Name: "Gus",
		Location: s.office.Location.ID, First: s.day, Last: s.day, ClosesAt: s.ends}
	require.NoError(t, s.tables.Invite(t.Context(), s.people[0].Person, secret.ID(), g))
	require.NoError(t, s.tables.ChangeGuest(t.Context(), g.Person, table.GuestChange{Name: &g.Name}, s.db.Clock.Now()))
	s.reserve(t, identity.Caller{Person: g.Person, Role: identity.Guest}, desk, s.day, true)
	require.NoError(t, s.tables.CountSearch(t.Context(), g.Person, s.office.Location.ID, s.day, s.ends,
		table.SpotSearch))
}
