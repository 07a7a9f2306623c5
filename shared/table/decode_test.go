package table

import (
	"cmp"
	"slices"
	"testing"
	"testing/quick"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"
	"github.com/stretchr/testify/require"
)

// asReflected holds what is decoded by hand against reflection, for values of all kinds with and without a member that
// it doesn't know, and with each member missing or of another type; and that reflection isn't asked for a whole one.
func asReflected[T any](t *testing.T, take func(*reader) T, sound func(*T)) {
	t.Helper()
	decode := byHand(take)
	same := func(value types.AttributeValue) {
		want, wrong := reflected[T](value)
		got, err := decode(value)
		require.Equal(t, wrong == nil, err == nil, "%v %v", wrong, err)
		require.Equal(t, want, got)
	}
	require.NoError(t, quick.Check(func(one T) bool {
		sound(&one)
		value, err := dynamo.Marshal(one)
		require.NoError(t, err)
		same(value)
		r := read(value)
		take(r)
		require.True(t, r.whole(), "%v has a member that is left to reflection", one)
		members := value.(*types.AttributeValueMemberM).Value
		for name, member := range members {
			delete(members, name)
			same(value)
			for _, other := range []types.AttributeValue{&types.AttributeValueMemberS{Value: "x"},
				&types.AttributeValueMemberN{Value: "1.5"}, &types.AttributeValueMemberNULL{Value: true}} {
				members[name] = other
				same(value)
			}
			members[name] = member
		}
		members["unknown"] = &types.AttributeValueMemberS{Value: "x"}
		same(value)
		return true
	}, &quick.Config{MaxCount: 50}))
	same(&types.AttributeValueMemberS{Value: "no map"})
}

func TestWhatIsDecodedByHandIsAsReflectionHasIt(t *testing.T) {
	asReflected(t, takeHolding, func(*Holding) {})
	asReflected(t, takeOccupancy, func(*Occupancy) {})
	asReflected(t, takeCommitment, func(*Commitment) {})
	asReflected(t, takeFloorSpot, func(s *FloorSpot) {
		s.Sensors, s.Features = asSet(s.Sensors), asSet(s.Features)
	})
}

// asSet is what DynamoDB can keep of values as a set: each once, in order, and no set is empty.
func asSet[T cmp.Ordered](values []T) []T {
	slices.Sort(values)
	if values = slices.Compact(values); len(values) == 0 {
		return nil
	}
	return values
}
