package table

import (
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/problem"
)

// reasons are an engine's for what it made of each action.
func reasons(codes ...string) *types.TransactionCanceledException {
	cancelled := &types.TransactionCanceledException{}
	for _, code := range codes {
		cancelled.CancellationReasons = append(cancelled.CancellationReasons,
			types.CancellationReason{Code: aws.String(code)})
	}
	return cancelled
}

func TestARefusalIsAskedForByTheNameOfThePart(t *testing.T) {
	x := &transaction{parts: []string{"user", "", "link"}}
	err := x.cancelled(reasons("None", "ConditionalCheckFailed", "ConditionalCheckFailed"))
	require.ErrorIs(t, err, ErrRefused)
	require.True(t, refusedAt(err, "link"))
	require.True(t, refusedAt(err, "user", "link"))
	require.False(t, refusedAt(err, "user"))
	require.False(t, refusedAt(errors.New("another"), "link"))
	require.False(t, refusedAt(nil, "link"))
}

func TestATransactionThatWritesWhatTheRegisterDoesNotKnowIsNotMade(t *testing.T) {
	tables := &Tables{}
	for name, u := range map[string]func() *update{
		"set":    func() *update { return tables.update(accountKey("b")).set("shoe_size", 42) },
		"add":    func() *update { return tables.update(accountKey("b")).add("shoe_size", 42) },
		"remove": func() *update { return tables.update(accountKey("b")).remove("shoe_size") },
	} {
		err := tables.transaction().Update(tables.update(accountKey("b")).set("zone", "UTC")).Update(u()).Run(t.Context())
		require.ErrorContains(t, err, "shoe_size", name)
	}
}

func TestATransactionThatMetAnotherIsNoRefusalWhateverElseFailed(t *testing.T) {
	x := &transaction{parts: []string{"user", "link"}}
	for _, busy := range []string{"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"} {
		err := x.cancelled(reasons(busy, "ConditionalCheckFailed"))
		require.NotErrorIs(t, err, ErrRefused)
		var known *problem.Error
		require.ErrorAs(t, err, &known)
		require.Equal(t, problem.Unavailable, known.Kind)
	}
	other := reasons("ValidationError", "None")
	require.Equal(t, error(other), x.cancelled(other), "what is wrong with the transaction itself passes as it is")
}
