package contract

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestWhatAStepHadNoTimeForIsLeftToTheNextAndAnyOtherFaultIsAnError(t *testing.T) {
	over, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	refused := errors.New("refused")
	require.NoError(t, leftToTheNext(over, fmt.Errorf("DynamoDB.GetItem: %w", context.DeadlineExceeded)))
	require.ErrorIs(t, leftToTheNext(over, refused), refused)
	require.NoError(t, leftToTheNext(over, nil))
	require.Error(t, leftToTheNext(t.Context(), context.DeadlineExceeded), "a mail's own time was over, not the step's")
}
