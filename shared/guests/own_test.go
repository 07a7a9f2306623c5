package guests_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/colleague"
	"github.com/iotspot/iotspot/shared/guests"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
)

func (s *scene) self() guests.Self {
	return guests.Self{Tables: s.tables, Now: s.db.Clock.Now, Statement: privacy.StatementVersion}
}

// change is what the app sends.
func (s *scene) change(t *testing.T, who identity.Caller, patch string) (guests.Own, error) {
	t.Helper()
	var in guests.ChangeInput
	require.NoError(t, json.Unmarshal([]byte(patch), &in))
	return s.self().Change(t.Context(), who, in)
}

func (s *scene) listed(t *testing.T) guests.Guest {
	t.Helper()
	list, err := s.desk.List(t.Context(), s.noor, struct{}{})
	require.NoError(t, err)
	require.Len(t, list.Guests, 1)
	return list.Guests[0]
}

func TestAGuestSeesWhatIsKeptOfThemAndCorrectsIt(t *testing.T) { // 4.d.3, 7.view, 7.rectify
	s := begin(t)
	_, _, gus := s.gus(t)
	own, err := s.self().View(t.Context(), gus, struct{}{})
	require.NoError(t, err)
	require.Equal(t, guests.Own{Name: gusName, Language: "en", Customer: "Customer B.V.", Location: s.Location.ID,
		First: "2026-11-23", Last: "2026-11-24",
		KeptUntil: time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC).AddDate(0, 0, 42), Shield: []string{"4.d.4"},
		Objections: []string{},
		Consent:    &guests.Consented{Version: privacy.StatementVersion, Language: "en", At: s.db.Clock.Now()},
		Current:    privacy.StatementVersion}, own)

	own, err = s.change(t, gus, `{"name":"Gustaaf Bezoeker","language":"nl"}`)
	require.NoError(t, err)
	require.Equal(t, []string{"Gustaaf Bezoeker", "nl"}, []string{own.Name, own.Language})
	require.Equal(t, "Gustaaf Bezoeker", s.listed(t).Name)
	told, err := json.Marshal(values(s.view(t, gus), "4.d.3"))
	require.NoError(t, err)
	require.Contains(t, string(told), "Gustaaf Bezoeker")
	s.db.Clean(t, gusName)
	for _, impossible := range []string{`{"name":null}`, `{"language":null}`} {
		_, err = s.change(t, gus, impossible)
		requireKind(t, problem.Malformed, err)
	}
}

func TestAGuestHidesTheNameFromWhoInvitedThem(t *testing.T) { // 4.d.3, 7.shield
	s := begin(t)
	_, _, gus := s.gus(t)
	_, err := s.change(t, gus, `{"shield":["4.a.1","4.d.4"]}`)
	require.NoError(t, err)
	require.Empty(t, s.listed(t).Name)
	text, err := json.Marshal(s.view(t, s.noor))
	require.NoError(t, err)
	require.NotContains(t, string(text), gusName)
	text, err = json.Marshal(s.view(t, gus))
	require.NoError(t, err)
	require.Contains(t, string(text), gusName, "their own overview tells everything")
	own, err := s.change(t, gus, `{"shield":null}`)
	require.NoError(t, err)
	require.Equal(t, []string{"4.d.4"}, own.Shield)
	require.Equal(t, gusName, s.listed(t).Name)
}

func TestTheEmergencyListNamesAGuestWhoShowsItAndNoOther(t *testing.T) { // 4.d.3, 4.d.4, 7.shield
	s := begin(t)
	_, _, gus := s.gus(t)
	reserved, err := s.reserve(t, gus, s.Desks[0], "2026-11-23", "09:00", "12:00")
	require.NoError(t, err)
	_, err = s.door().CheckIn(t.Context(), gus, presence.OwnInput{Reservation: reserved.Reservations[0].ID})
	require.NoError(t, err)
	require.NoError(t, s.tables.ChangeUser(t.Context(), s.noor.Person, map[privacy.Clause]any{"4.b.4": true}, false))
	require.NoError(t, s.tables.ConfirmOfficer(t.Context(), s.noor.Person, true))
	finder := colleague.Finder{Tables: s.tables, Keys: enginetest.Keys, Now: s.db.Clock.Now}
	for patch, name := range map[string]string{`{}`: "", `{"shield":[]}`: gusName, `{"shield":["4.a.1"]}`: "",
		`{"shield":["4.d.4"]}`: ""} {
		_, err := s.change(t, gus, patch)
		require.NoError(t, err)
		list, err := finder.EmergencyList(t.Context(), s.noor, colleague.EmergencyInput{Location: s.Location.ID})
		require.NoError(t, err)
		require.Len(t, list.Occupied, 1, "that somebody is there is what anyone can see")
		require.Equal(t, name, list.Occupied[0].Person, patch)
		found, err := finder.Search(t.Context(), s.noor, colleague.SearchInput{Name: "Gus"})
		require.NoError(t, err)
		require.Empty(t, found.Colleagues, "guests are no colleagues")
	}
}

func TestBeforeConsentingAGuestCanObjectAndNothingMore(t *testing.T) { // 2.consent, 7.object
	s := begin(t)
	_, pass := s.invite(t)
	gus := s.resolve(t, pass)
	require.Equal(t, identity.Invited, gus.Role, "the rights hold outside of the permitted days too")
	own, err := s.change(t, gus, `{"objections":["5.transactions","a"]}`)
	require.NoError(t, err)
	require.Equal(t, []string{"5.transactions", "a"}, own.Objections)
	for _, more := range []string{`{"name":"Gustaaf"}`, `{"language":"nl"}`, `{"shield":[]}`,
		`{"name":"Gustaaf","objections":[]}`} {
		_, err = s.change(t, gus, more)
		requireKind(t, problem.Consent, err)
	}
	own, err = s.change(t, gus, `{"objections":null}`)
	require.NoError(t, err)
	require.Empty(t, own.Objections)
}

func TestAGuestWhoHasGoneCanChangeNothingAndComesBackByNothing(t *testing.T) { // 7.erase
	s := begin(t)
	guest, _, gus := s.gus(t)
	_, err := s.desk.End(t.Context(), s.noor, guests.OwnInput{Guest: guest.ID})
	require.NoError(t, err)
	_, err = s.change(t, gus, `{"name":"Back Again"}`)
	requireKind(t, problem.NotFound, err)
	_, err = s.self().View(t.Context(), gus, struct{}{})
	requireKind(t, problem.NotFound, err)
	s.complete(t)
	s.db.Clean(t, gusName, "Back Again", gus.User)
}
