package table_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestALinkIsKeptForAWeekOfWhoIsRegistered_7_erase(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	require.NoError(t, s.AddLink(t.Context(), ann, "first", table.Link{Language: "nl"}, now))
	require.NoError(t, s.AddLink(t.Context(), ann, "second", table.Link{}, now))
	link, err := s.Link(t.Context(), ann, "first")
	require.NoError(t, err)
	require.Equal(t, "nl", link.Language)
	s.at(now.AddDate(0, 0, 7))
	_, err = s.Link(t.Context(), ann, "first")
	require.ErrorIs(t, err, table.ErrAbsent)
	s.at(now)
	require.NoError(t, s.ForgetLinks(t.Context(), ann))
	_, err = s.Link(t.Context(), ann, "second")
	require.ErrorIs(t, err, table.ErrAbsent)
	nobody := identity.Person{Business: s.office.Business, User: secret.ID()}
	require.ErrorIs(t, s.AddLink(t.Context(), nobody, "hash", table.Link{}, now), table.ErrGone)
}

func TestOneOverviewIsAskedForInAnHour_7_mail(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	ask := func(request string, at time.Time) string {
		stands, err := s.AskOverview(t.Context(), ann, table.OverviewRequest{Request: request, AskedAt: at.Unix()},
			at)
		require.NoError(t, err)
		return stands.Request
	}
	require.Equal(t, "first", ask("first", now))
	require.Equal(t, "first", ask("second", now.Add(59*time.Minute)))
	require.NoError(t, s.OverviewMailed(t.Context(), ann, table.OverviewRequest{Request: "second"}),
		"another one than stands is not marked")
	stands, err := s.AskedOverview(t.Context(), ann)
	require.NoError(t, err)
	require.False(t, stands.Mailed)
	require.NoError(t, s.OverviewMailed(t.Context(), ann, stands))
	s.at(now.Add(time.Hour))
	require.Equal(t, "third", ask("third", now.Add(time.Hour)))

	nobody := identity.Person{Business: s.office.Business, User: secret.ID()}
	_, err = s.AskOverview(t.Context(), nobody, table.OverviewRequest{Request: "r"}, now)
	require.ErrorIs(t, err, table.ErrGone)
}
