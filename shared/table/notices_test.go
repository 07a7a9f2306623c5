package table_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func (s scene) outdated(t testing.TB, p identity.Person, version string) bool {
	t.Helper()
	var all []table.User
	for segment := (table.Segment{Store: privacy.Directory, Segments: 1}); !segment.Done; {
		page, err := s.Outdated(t.Context(), &segment, version)
		require.NoError(t, err)
		all = append(all, page...)
	}
	return slices.ContainsFunc(all, func(u table.User) bool { return u.Person == p })
}

func TestSomebodyIsToldOfAVersionOnceUnlessTheyAgreedToIt_13_versions(t *testing.T) {
	s, version := newScene(t), secret.ID()
	ann := s.ann(t)
	require.True(t, s.outdated(t, ann.Person, version))
	require.False(t, s.outdated(t, ann.Person, ann.ConsentVersion))
	tell := func(at time.Time) bool {
		s.at(at)
		mine, err := s.TellVersion(t.Context(), ann.Person, version, time.Minute)
		require.NoError(t, err)
		return mine
	}
	require.True(t, tell(now))
	require.False(t, tell(now.Add(time.Second)), "another caller does")
	require.True(t, tell(now.Add(time.Minute)), "who claimed it ended")
	require.NoError(t, s.VersionTold(t.Context(), ann.Person, version))
	require.False(t, tell(now.Add(time.Hour)))
	require.False(t, s.outdated(t, ann.Person, version))

	require.NoError(t, s.Consented(t.Context(), ann.Person, "2", "en", now))
	require.NoError(t, s.VersionTold(t.Context(), ann.Person, "2"))
	user, err := s.User(t.Context(), ann.Person)
	require.NoError(t, err)
	require.Empty(t, user.ToldVersion, "nobody needs to be told of what they agreed to")
}

func TestHowFarEverybodyWasToldIsKnownOfOneVersionAtATime_13_versions(t *testing.T) {
	s, version := newScene(t), secret.ID()
	for _, part := range []int{1, 2} {
		require.NoError(t, s.MarkNotices(t.Context(), version, part))
		until, err := s.NoticesUntil(t.Context(), version)
		require.NoError(t, err)
		require.Equal(t, part, until)
	}
	until, err := s.NoticesUntil(t.Context(), "another")
	require.NoError(t, err)
	require.Zero(t, until)
}
