package s3

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/iotspot/iotspot/localstack/protocol"
)

// Created is the notification that S3 sends to EventBridge, on the account's own bus, when an object has come into a
// bucket.
func (s *Store) Created(bucket, key string) ([]byte, error) {
	made, err := s.find(bucket, key, "")
	if err != nil {
		return nil, err
	}
	return json.Marshal(map[string]any{
		"version": "0", "id": protocol.ID(), "detail-type": "Object Created", "source": "aws.s3",
		"account": protocol.Account, "time": made.At.Format(time.RFC3339), "region": protocol.Region,
		"resources": []string{"arn:aws:s3:::" + bucket},
		"detail": map[string]any{"version": "0", "bucket": map[string]string{"name": bucket},
			"object": map[string]any{"key": key, "size": len(made.Body), "etag": hex.EncodeToString(made.hash()),
				"version-id": made.ID, "sequencer": fmt.Sprintf("%016X", made.Order)},
			"request-id": protocol.ID(), "requester": protocol.Account, "source-ip-address": "192.0.2.1",
			"reason": "PutObject"},
	})
}
