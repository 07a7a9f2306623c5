package display_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/display"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
)

func (s *scene) draws(t *testing.T, in display.ImageInput) display.Panel {
	t.Helper()
	panel, err := s.walls.Image(t.Context(), s.door, in)
	require.NoError(t, err)
	return panel
}

func TestAPanelIsAPlainImageOfTwoColoursUnderFiftyKilobytes(t *testing.T) {
	s := morning(t)
	for _, size := range []image.Point{{400, 300}, {800, 480}, {200, 120}, {1600, 1600}, {300, 1200}} {
		panel := s.draws(t, display.ImageInput{Width: size.X, Height: size.Y, Language: "en"})
		require.Less(t, len(panel), 50_000, size)
		drawn, err := png.Decode(bytes.NewReader(panel))
		require.NoError(t, err)
		require.Equal(t, size, drawn.Bounds().Max)
		paletted, ok := drawn.(*image.Paletted)
		require.True(t, ok)
		require.Len(t, paletted.Palette, 2)
	}
}

func TestAPanelIsTheSameUntilWhatItSaysChanges(t *testing.T) {
	s := morning(t)
	in := display.ImageInput{Width: 400, Height: 300}
	free := s.draws(t, in)
	s.clock("08:40")
	require.Equal(t, free, s.draws(t, in))
	s.meets(t, s.Person(t), "09:00", "10:00", booking.Titled{})
	until := s.draws(t, in)
	require.NotEqual(t, free, until)
	s.clock("09:10")
	require.NotEqual(t, until, s.draws(t, in))
	require.NotEqual(t, s.draws(t, in), s.draws(t, display.ImageInput{Width: 400, Height: 300, Language: "en"}))
}

func TestAPanelBearsNeitherNamesNorTitles_4_f_1_4_f_4(t *testing.T) {
	in := display.ImageInput{Width: 800, Height: 480}
	draws := func(titled booking.Titled, changes map[privacy.Clause]any, want display.Coming) display.Panel {
		s := morning(t)
		open := s.Named(t, "Bob Open")
		s.chooses(t, open, changes)
		s.meets(t, open, "08:00", "10:00", titled)
		want.Stretch = display.Stretch{From: "08:00", To: "10:00"}
		require.Equal(t, []display.Coming{want}, s.shows(t, s.door).Spot.Coming)
		return s.draws(t, in)
	}
	plain := draws(booking.Titled{}, map[privacy.Clause]any{"name_at_room": false}, display.Coming{})
	require.Equal(t, plain, draws(booking.Titled{Title: "Budget", Shown: true},
		map[privacy.Clause]any{"name_at_room": true}, display.Coming{Title: "Budget", Name: "Bob Open"}))
}

func TestALongNameStaysOnThePanel(t *testing.T) {
	s := morning(t)
	desk := s.hangs(t, s.Desks[0])
	s.door = s.caller(t, desk)
	s.db.Put(t, privacy.Directory, "b#"+s.Business, "spot#"+s.Desks[0], map[string]any{"location": s.Location.ID,
		"floor": s.Floor, "name": strings.Repeat("Zaal ", 20), "category": "workplace", "type": "desk"})
	require.Less(t, len(s.draws(t, display.ImageInput{})), 50_000)
}

func TestALobbyHasNoPanel(t *testing.T) {
	s := morning(t)
	s.door.Spot = ""
	_, err := s.walls.Image(t.Context(), s.door, display.ImageInput{})
	requireKind(t, problem.NotFound, err)
}
