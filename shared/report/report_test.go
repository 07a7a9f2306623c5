package report_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/report"
)

func TestAnErrorsClassNeverHoldsItsText(t *testing.T) {
	name := "Els de Vries"
	for _, err := range []error{
		errors.New(name), fmt.Errorf("key %s: %w", name, errors.New(name)),
		errors.Join(errors.New(name), context.Canceled),
		&smithy.OperationError{ServiceID: "DynamoDB", OperationName: "GetItem",
			Err: &smithy.GenericAPIError{Code: "ValidationException", Message: name}},
	} {
		require.NotContains(t, report.Class(err), "Els")
		require.NotContains(t, report.Safe(err).Error(), "Els")
	}
}

func TestAnErrorsClassSaysWhichCallFailedAndHow(t *testing.T) {
	err := fmt.Errorf("reserving: %w", &smithy.OperationError{ServiceID: "DynamoDB", OperationName: "GetItem",
		Err: &smithy.GenericAPIError{Code: "ValidationException"}})
	require.Equal(t, "*fmt.wrapError > DynamoDB.GetItem > ValidationException", report.Class(err))
	require.Equal(t, "deadline exceeded", report.Class(context.DeadlineExceeded))
}

func TestAPanicIsNamedByItsLineAndNotByItsValue(t *testing.T) {
	var err error
	func() {
		defer func() { err = report.Recovered(recover()) }()
		panic("Els de Vries")
	}()
	require.Contains(t, report.Class(err), "report_test.TestAPanicIsNamedByItsLine")
	require.NotContains(t, report.Class(err), "Els")
	require.NoError(t, report.Safe(nil))
}
