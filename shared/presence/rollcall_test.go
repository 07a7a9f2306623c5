package presence_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// roll calls the roll at a clock time of today and gives the metrics; nil where none are written.
func (s *scene) roll(t *testing.T, clock string) map[string]any {
	t.Helper()
	var out bytes.Buffer
	s.watch.Metrics = &out
	s.clock(clock)
	require.NoError(t, s.watch.RollCall(t.Context()))
	if out.Len() == 0 {
		return nil
	}
	require.NotContains(t, out.String(), desk, "which sensors is in no metric")
	require.NotContains(t, out.String(), s.Business)
	var line map[string]any
	require.NoError(t, json.Unmarshal(out.Bytes(), &line))
	return map[string]any{"tied": line["Sensors"], "silent": line["SilentSensors"], "share": line["SilentShare"]}
}

func TestSilentSensorsAreCountedOnTheHourWithoutSayingWhich(t *testing.T) {
	s := morning(t)
	s.Tie(t, s.Desks[1], "desk-2", "own")
	s.sensed(t, true, "09:10", 1)
	require.Nil(t, s.roll(t, "09:59"), "on the hour")
	require.Equal(t, map[string]any{"tied": 2.0, "silent": 1.0, "share": 50.0}, s.roll(t, "10:00"))
	require.Equal(t, map[string]any{"tied": 2.0, "silent": 2.0, "share": 100.0}, s.roll(t, "13:00"),
		"nothing for three hours and more")
	s.sensed(t, false, "13:30", 2)
	require.Equal(t, map[string]any{"tied": 2.0, "silent": 1.0, "share": 50.0}, s.roll(t, "14:00"))
}

func TestNobodyIsCalledSilentWhenTheDayIsYoung(t *testing.T) {
	s := morning(t)
	require.Nil(t, s.roll(t, "00:00"))
	require.Nil(t, s.roll(t, "02:00"), "the location allows for an hour, and the model for two and a half")
	require.NotNil(t, s.roll(t, "03:00"))
}
