package mailtest_test

import (
	"testing"

	"github.com/iotspot/iotspot/shared/mail/mailtest"
)

func TestARecorderKeepsWhatASenderPromises(t *testing.T) {
	recorder := &mailtest.Recorder{}
	mailtest.Conforms(t, recorder, func() int { return len(recorder.Sent()) })
}
