package table_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestAllOfAPersonIsEveryItemWithItsKindsAndItsDeadline_7_overview(t *testing.T) {
	s := newScene(t)
	ann := s.ann(t)
	require.NoError(t, s.AddLink(t.Context(), ann.Person, "hash", table.Link{Language: "nl"}, now))
	kept, err := s.AllOf(t.Context(), ann.Person)
	require.NoError(t, err)
	found := map[string]table.Kept{}
	for _, one := range kept {
		found[one.Item.Name] = one
	}
	require.Equal(t, ann.Email, found[privacy.User.Name].Values["email"])
	require.Zero(t, found[privacy.User.Name].GoneAt)
	require.Equal(t, now.AddDate(0, 0, 7), found[privacy.Link.Name].GoneAt)
	require.NotContains(t, found[privacy.User.Name].Values, "pk")
}

func TestWhatNobodyDeclaredIsAnErrorAndIsNotLeftOutOfAnOverview_7_overview(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	s.db.Put(t, "agenda", table.PersonPartition(ann), "login", map[string]any{"shoe_size": json.Number("46")})
	_, err := s.AllOf(t.Context(), ann)
	require.ErrorContains(t, err, "shoe_size")
}

// DynamoDB answers with 1 MB at a time.
func TestMoreThanOnePageOfAPersonsItemsIsReadToItsEnd_7_overview(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	wide := strings.Repeat("x", 100_000)
	for i := range 12 {
		require.NoError(t, s.AddColleague(t.Context(), ann,
			table.Colleague{ID: secret.ID(), Name: fmt.Sprint(i, wide)}))
	}
	_, names, err := s.Favourites(t.Context(), ann)
	require.NoError(t, err)
	require.Len(t, names, 12)
	require.NoError(t, s.Empty(t.Context(), ann))
	_, names, err = s.Favourites(t.Context(), ann)
	require.NoError(t, err)
	require.Empty(t, names)
}

func TestTheNameOfTheCustomerIsToldWhileTheAccountIsThere_4_d_1(t *testing.T) {
	s := newScene(t)
	name, err := s.LegalName(t.Context(), s.office.Business)
	require.NoError(t, err)
	require.Equal(t, "Acme B.V.", name)
	_, err = s.LegalName(t.Context(), secret.ID())
	require.ErrorIs(t, err, table.ErrAbsent)
}
