package table_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestWhatIsPastItsDeadlineIsNotReadThoughItIsThere(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	require.NoError(t, s.AddLink(t.Context(), ann, "hash", table.Link{}, now))
	deadline := now.AddDate(0, 0, 7)
	s.at(deadline)
	_, err := s.Link(t.Context(), ann, "hash")
	require.ErrorIs(t, err, table.ErrAbsent)
	require.NotEmpty(t, s.raw(t, "agenda", table.PersonPartition(ann), "link#hash")["expiry"])
}

// A transaction that is made again after its answer was lost is the same one: the SDK gives each a token.
func TestATransactionWhoseAnswerIsLostCountsOnce(t *testing.T) {
	s := newScene(t)
	var lose losing
	s.Tables = lose.tables(s.db)
	ann := s.somebody(t)
	b := s.reserved(t, ann, s.office.Desks[0], 9, 12)
	require.Equal(t, 2, lose.attempts, "the first one's answer was lost")
	require.Equal(t, 1, s.personSheet(t, ann).Count)
	require.Contains(t, s.sheet(t, s.office.Desks[0]).Holdings, b.ID)
}

func TestConflictsAndThrottlesAreTriedAgainUntilTheWriteComesThrough(t *testing.T) {
	s := newScene(t)
	for _, trouble := range []error{enginetest.Conflict(), enginetest.Throttled()} {
		s.Tables = s.db.Stumbling(2, trouble)
		s.reserved(t, s.somebody(t), s.office.Desks[0], 9, 10)
		s.reserved(t, s.somebody(t), s.office.Desks[0], 10, 11)
		require.Len(t, s.sheet(t, s.office.Desks[0]).Holdings, 2)
		s.db.Delete(t, "agenda", s.office.Business+"#"+s.office.Location.ID+"#"+s.office.Floor+"#"+string(today),
			"spot#"+s.office.Desks[0])
	}
}

// A losing client loses the answer of its first transaction, beneath the SDK's own retries.
type losing struct{ attempts int }

func (l *losing) tables(db *enginetest.Database) *table.Tables {
	options := db.Client.Options()
	options.APIOptions = append(slices.Clone(options.APIOptions), func(stack *middleware.Stack) error {
		return stack.Finalize.Insert(middleware.FinalizeMiddlewareFunc("lose", func(ctx context.Context,
			in middleware.FinalizeInput, next middleware.FinalizeHandler,
		) (middleware.FinalizeOutput, middleware.Metadata, error) {
			out, metadata, err := next.HandleFinalize(ctx, in)
			if middleware.GetOperationName(ctx) != "TransactWriteItems" {
				return out, metadata, err
			}
			l.attempts++
			if l.attempts == 1 {
				err = errors.Join(err, &smithyhttp.RequestSendError{Err: errors.New("the connection was reset")})
				return middleware.FinalizeOutput{}, middleware.Metadata{}, err
			}
			return out, metadata, err
		}), "Retry", middleware.After)
	})
	return table.New(dynamodb.New(options), engine.Names(), db.Clock.Now)
}

// DynamoDB takes items of at most 400 KB.
func TestAnItemThatIsTooLargeIsAnErrorOfTheProgramAndNothingIsWritten(t *testing.T) {
	s := newScene(t)
	ann := s.somebody(t)
	wide := table.Colleague{ID: secret.ID(), Name: strings.Repeat("x", 400<<10)}
	err := s.AddColleague(t.Context(), ann, wide)
	require.ErrorContains(t, err, "size")
	require.NotErrorIs(t, err, table.ErrRefused)
	require.Nil(t, s.raw(t, "directory", table.PersonPartition(ann), "colleague#"+wide.ID))
}

func TestARoundQuarterHasMoreShardsForWhatEndsThen(t *testing.T) {
	noon := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC).Unix() / 60
	require.Equal(t, 32, table.ExpiryShards(noon))
	require.Equal(t, 4, table.ExpiryShards(noon+1))
}
