package trigger_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/trigger"
)

func TestTheArrivalOfAnObjectIsToldFromTheSchedule(t *testing.T) {
	var names []string
	steps := 0
	handler := trigger.ObjectAndMinuteHandler(
		func(_ context.Context, name string) error { names = append(names, name); return nil },
		func(context.Context) error { steps++; return nil })
	for _, file := range []string{"received-mail.json", "minute.json"} {
		require.NoError(t, handler(t.Context(), payload(t, file, &struct{}{})))
	}
	require.Equal(t, []string{"2qfrqm9ddvgbmpt7gl6vfs8bgm8dh0vkdqlqr6o1"}, names)
	require.Equal(t, 1, steps)
}

func TestWhatIsNotTheArrivalOfAnObjectIsRefused(t *testing.T) {
	handler := trigger.ObjectAndMinuteHandler(
		func(context.Context, string) error { return errors.New("the use case was reached") },
		func(context.Context) error { return nil })
	for _, event := range []string{
		`{"source":"iotspot","detail-type":"Object Created","detail":{"object":{"key":"k"}}}`,
		`{"source":"aws.s3","detail-type":"Object Deleted","detail":{"object":{"key":"k"}}}`,
		`{"source":"aws.s3","detail-type":"Object Created","detail":{"object":{}}}`,
		`{"source":"aws.s3","detail-type":"Object Created","detail":[]}`,
	} {
		require.Error(t, handler(t.Context(), json.RawMessage(event)))
	}
}
