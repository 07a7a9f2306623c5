package metric_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/metric"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestANumberThatIsAboutOneToFourPeopleIsNotLogged(t *testing.T) { // art. 5
	var log bytes.Buffer
	metric.Count(&log, noon, map[string]int{"no-show": 5, "arrival": 120, "vacant": 4, "silent": 1, "kept": 0})
	var line map[string]any
	require.NoError(t, json.Unmarshal(log.Bytes(), &line))
	delete(line, "_aws")
	require.Equal(t, map[string]any{"no-show": 5.0, "arrival": 120.0}, line)

	log.Reset()
	metric.Count(&log, noon, map[string]int{"vacant": 4})
	require.Empty(t, log.String(), "and where nothing is left there is no line")
}

func TestWhatHappensToADeviceIsCountedOneByOneForTheWholeSystem(t *testing.T) {
	var log bytes.Buffer
	metric.Happened(&log, noon, "reading_late")
	require.JSONEq(t, `{"reading_late":1,"_aws":{"Timestamp":1795435200000,"CloudWatchMetrics":[{"Namespace":"iotspot",
		"Dimensions":[[]],"Metrics":[{"Name":"reading_late","Unit":"Count"}]}]}}`, log.String())
}
