package example_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/stack"
)

func TestTheExampleOfficeLoadsThroughThePublicInterfacesAndEachFunctionStaysWithinItsRights(t *testing.T) {
	s, err := stack.Start(t.Context(), stack.Options{Engine: enginetest.URL(t), Manual: true})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	client := example.Client{API: s.API, Console: s.Console}
	require.NoError(t, client.Load(t.Context()))
	var found struct {
		Locations []struct {
			Name       string
			TimeZone   string `json:"time_zone"`
			Workplaces int
			Rooms      int
		}
	}
	require.NoError(t, client.Send(t.Context(), "GET", "/locations", nil, &found))
	require.Len(t, found.Locations, 2)
	listed, err := example.Locations()
	require.NoError(t, err)
	for i, location := range found.Locations {
		require.Equal(t, location.Name, listed[i].Name)
		require.Equal(t, location.TimeZone, listed[i].TimeZone)
		require.NotEmpty(t, listed[i].Sensors)
	}
	workplaces, rooms := 0, 0
	for _, location := range found.Locations {
		workplaces, rooms = workplaces+location.Workplaces, rooms+location.Rooms
	}
	require.Equal(t, []int{53, 5}, []int{workplaces, rooms})
	has, err := s.HasData(t.Context())
	require.NoError(t, err)
	require.True(t, has)
	require.NoError(t, s.Tick())
	for _, line := range s.Logs() {
		require.NotContains(t, line.Text, "refused:")
	}
	require.Empty(t, s.DeadLetters())
}
