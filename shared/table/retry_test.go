package table_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
)

func TestAChangeIsMadeAnewWhileItsWriteIsRefusedAndNoOtherErrorRepeatsIt(t *testing.T) {
	unread := errors.New("unread")
	for _, refusal := range []error{table.ErrRefused, table.ErrChanged} {
		answers := []error{refusal, refusal, nil, nil}
		tries := 0
		made, err := table.RetryFor(func() (string, error) { tries++; return "made", answers[tries-1] })
		require.NoError(t, err)
		require.Equal(t, "made", made)
		require.Equal(t, 3, tries)

		answers, tries = []error{refusal, unread, nil}, 0
		require.ErrorIs(t, table.Retry(func() error { tries++; return answers[tries-1] }), unread)
		require.Equal(t, 2, tries)
	}
}

func TestWhoseWriteIsRefusedEachTimeIsAskedToComeAgain(t *testing.T) {
	err := table.Retry(func() error { return table.ErrRefused })
	require.Equal(t, problem.Busy("others keep changing the same thing"), err)
}
