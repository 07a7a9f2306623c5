package quarantine_test

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/quarantine"
)

func TestWhatIsNotedOfAMessageIsKept(t *testing.T) {
	var sent struct{ QueueUrl, MessageBody string }
	sqs := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Amz-Target") != "AmazonSQS.SendMessage" || json.NewDecoder(r.Body).Decode(&sent) != nil {
			http.Error(w, "{}", http.StatusBadRequest)
			return
		}
		sum := md5.Sum([]byte(sent.MessageBody))
		_ = json.NewEncoder(w).Encode(map[string]string{"MessageId": "1",
			"MD5OfMessageBody": hex.EncodeToString(sum[:])})
	}))
	defer sqs.Close()
	for name, value := range map[string]string{"AWS_ENDPOINT_URL_SQS": sqs.URL, "AWS_REGION": "eu-west-1",
		"AWS_ACCESS_KEY_ID":     "test",
		"AWS_SECRET_ACCESS_KEY": "test", quarantine.Variable: sqs.URL + "/000000000000/unreadable-readings"} {
		t.Setenv(name, value)
	}
	queue, err := quarantine.Open(t.Context())
	require.NoError(t, err)
	for _, topic := range []string{"iotspot/a/reading", "", "\x00\"\n"} {
		note := events.Quarantined{Reason: "not JSON", Topic: topic, Hardware: "a", Model: "own", Received: 1, Bytes: 2}
		require.NoError(t, queue.Put(t.Context(), note))
		var kept events.Quarantined
		require.NoError(t, json.Unmarshal([]byte(sent.MessageBody), &kept))
		require.Equal(t, note, kept)
	}
}
