package s3_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/protocol/shape"
)

func TestTheArrivalOfAnObjectIsToldAsS3Does(t *testing.T) {
	r := open(t, "")
	r.put(t, "a mail", "hello")
	event, err := r.store.Created("photos", "a mail")
	require.NoError(t, err)
	shape.Require(t, "received-mail.json", event)
	_, err = r.store.Created("photos", "another")
	require.Error(t, err)
}
