package retention_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake"
)

// BenchmarkSweep prints how many items a second one step removes. On one machine the engine is the limit.
func BenchmarkSweep(b *testing.B) {
	const items = 2000
	for b.Loop() {
		b.StopTimer()
		s := newStore(b)
		for i := 0; i < items; i += 25 {
			var requests []types.WriteRequest
			for j := i; j < i+25; j++ {
				requests = append(requests,
					types.WriteRequest{PutRequest: &types.PutRequest{Item: map[string]types.AttributeValue{
						"pk":     &types.AttributeValueMemberS{Value: fmt.Sprint("b#u#", j)},
						"sk":     &types.AttributeValueMemberS{Value: fmt.Sprint("session#", j)},
						"ttl":    &types.AttributeValueMemberN{Value: fmt.Sprint(noon.Add(-time.Minute).Unix())},
						"expiry": &types.AttributeValueMemberS{Value: table.Bucket(noon.Unix()/60-1, j%4)},
					}}})
			}
			_, err := s.Client.BatchWriteItem(b.Context(), &dynamodb.BatchWriteItemInput{
				RequestItems: map[string][]types.WriteRequest{"agenda": requests}})
			require.NoError(b, err)
		}
		sweeper := s.sweeper(s.Tables())
		require.NoError(b, s.Tables().MarkSwept(b.Context(), noon.Unix()/60-1))
		b.StartTimer()
		require.NoError(b, sweeper.Step(b.Context(), wake.Part{}))
		b.StopTimer()
		require.Empty(b, s.left(b))
		b.StartTimer()
	}
	b.ReportMetric(items*float64(b.N)/b.Elapsed().Seconds(), "items/s")
}
