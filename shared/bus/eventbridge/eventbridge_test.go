package eventbridge_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/bus/eventbridge"
	"github.com/iotspot/iotspot/shared/problem"
)

type entry struct{ EventBusName, Source, DetailType, Detail string }

// bus is one whose service answers as given, and what it was sent.
func bus(t *testing.T, answer string) (*eventbridge.Bus, *[]entry) {
	t.Helper()
	var sent struct{ Entries []entry }
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Amz-Target") != "AWSEvents.PutEvents" || json.NewDecoder(r.Body).Decode(&sent) != nil {
			http.Error(w, "{}", http.StatusBadRequest)
			return
		}
		_, _ = w.Write([]byte(answer))
	}))
	t.Cleanup(server.Close)
	for name, value := range map[string]string{"AWS_ENDPOINT_URL_EVENTBRIDGE": server.URL, "AWS_REGION": "eu-west-1",
		"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", eventbridge.Variable: "the-bus"} {
		t.Setenv(name, value)
	}
	opened, err := eventbridge.Open(t.Context())
	require.NoError(t, err)
	return opened, &sent.Entries
}

func TestAnEventIsPublishedOnOurBusAsOursWithItsContractAlone(t *testing.T) {
	b, sent := bus(t, `{"FailedEntryCount":0,"Entries":[{"EventId":"1"}]}`)
	asked := events.ErasureRequested{Business: "b", User: "u"}
	require.NoError(t, b.Publish(t.Context(), asked.DetailType(), asked))
	require.Equal(t, []entry{{"the-bus", events.Source, events.ErasureRequestedType, `{"business":"b","user":"u"}`}},
		*sent)
}

func TestAnEventThatTheBusDoesNotTakeCanBePublishedAgain(t *testing.T) {
	b, _ := bus(t, `{"FailedEntryCount":1,"Entries":[{"ErrorCode":"InternalFailure"}]}`)
	var told *problem.Error
	require.ErrorAs(t, b.Publish(t.Context(), events.ErasureRequestedType, events.ErasureRequested{}), &told)
	require.Equal(t, problem.Unavailable, told.Kind)
}
