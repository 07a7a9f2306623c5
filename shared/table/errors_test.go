package table

import (
	"context"
	"errors"
	"net"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/problem"
)

func TestWhatTheEngineAnswersIsARefusalAPassingTroubleOrAMistake(t *testing.T) {
	require.NoError(t, wrap(nil))
	require.ErrorIs(t, wrap(&types.ConditionalCheckFailedException{}), ErrRefused)
	for _, passing := range []error{&types.ProvisionedThroughputExceededException{}, &types.InternalServerError{},
		&types.TransactionConflictException{}, &types.RequestLimitExceeded{}, context.DeadlineExceeded,
		&net.OpError{Op: "dial", Err: errors.New("connection refused")}} {
		var told *problem.Error
		require.ErrorAs(t, wrap(passing), &told)
		require.Equal(t, problem.Busy("the store is busy"), told)
		require.ErrorIs(t, wrap(passing), passing)
	}
	mistake := &smithy.GenericAPIError{Code: "ValidationException"}
	require.Equal(t, error(mistake), wrap(mistake))
}

func TestWhatIsNotThereIsUnknownToACallerAndNothingElseIs(t *testing.T) {
	for _, absent := range []error{ErrAbsent, ErrGone, ErrNotStaff} {
		require.Equal(t, problem.Unknown(), Unknown(absent))
	}
	require.Equal(t, ErrRefused, Unknown(ErrRefused))
	require.NoError(t, Unknown(nil))
}
