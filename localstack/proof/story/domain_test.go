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

// losesDomain takes the record of the customer's domain away, and lets days pass until the proof ends: ten, or one
// more for each on which the name server did not answer in time.
func losesDomain(t *testing.T, s *stack.Stack) {
	t.Helper()
	require.NoError(t, s.SetRecords("_iotspot-challenge."+day.Domain))
	owner := func() error {
		_, err := tables(s).DomainOwner(t.Context(), day.Domain)
		return err
	}
	for days := 0; owner() == nil; days++ {
		require.Less(t, days, 20)
		require.NoError(t, s.Move(24*time.Hour))
		_, err := s.Invoke("domain-check", []byte(events.ScheduleInput))
		require.NoError(t, err)
	}
	require.ErrorIs(t, owner(), table.ErrAbsent)
	for _, subject := range []string{"The DNS record of your e-mail domain is missing",
		"Your e-mail domain gives no new access any more"} {
		require.True(t, slices.ContainsFunc(s.Mailbox.To("ann@"+day.Domain), func(m ses.Mail) bool {
			return bytes.Contains(m.Raw, []byte("Subject: "+subject))
		}), subject)
	}
}
