package story

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/ses"
	"github.com/iotspot/iotspot/localstack/proof/day"
	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/table"
)

// losesDomain takes the record of the customer's domain away, and lets ten days pass.
func losesDomain(t *testing.T, s *stack.Stack) {
	t.Helper()
	require.NoError(t, s.SetRecords("_iotspot-challenge."+day.Domain))
	for range 10 {
		require.NoError(t, s.Move(24*time.Hour))
		_, err := s.Invoke("domain-check", []byte(events.ScheduleInput))
		require.NoError(t, err)
	}
	_, err := tables(s).DomainOwner(t.Context(), day.Domain)
	require.ErrorIs(t, err, table.ErrAbsent)
	for _, subject := range []string{"The DNS record of your mail domain is missing",
		"Your mail domain gives no new access any more"} {
		require.True(t, slices.ContainsFunc(s.Mailbox.To("ann@"+day.Domain), func(m ses.Mail) bool {
			return bytes.Contains(m.Raw, []byte("Subject: "+subject))
		}), subject)
	}
}
