package guard_test

import (
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/guard"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/privacy"
)

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

// 5.purpose
func TestWhichKindsOfDataAFunctionUsesIsSeenFromWhatItIsGivenWritesAndMakesAConditionOf(t *testing.T) {
	r := newRig(t, right(catalog.Directory, "", catalog.Get, catalog.Update),
		right(catalog.Agenda, "", catalog.Put, catalog.QueryItems))
	var mu sync.Mutex
	seen := map[privacy.Clause]bool{}
	r.Observe(func(use guard.Use) {
		mu.Lock()
		defer mu.Unlock()
		require.Equal(t, "some-function", use.Function)
		seen[use.Kind] = true
	})
	uses := func(kinds ...privacy.Clause) {
		t.Helper()
		mu.Lock()
		defer mu.Unlock()
		for _, kind := range kinds {
			require.True(t, seen[kind], kind)
		}
		require.Len(t, seen, len(kinds), "%v", seen)
		clear(seen)
	}
	client, person := r.as("some-function"), map[string]types.AttributeValue{"pk": text("B#u#U"), "sk": text("user")}
	_, err := r.as(guard.Operator).PutItem(t.Context(), &dynamodb.PutItemInput{TableName: aws.String("directory"),
		Item: map[string]types.AttributeValue{"pk": text("B#u#U"), "sk": text("user"), "name": text("Ann"),
			"email": text("ann@acme.example")}})
	require.NoError(t, err)
	uses()

	get := &dynamodb.GetItemInput{TableName: aws.String("directory"), Key: person,
		ProjectionExpression: aws.String("pk, #n"), ExpressionAttributeNames: map[string]string{"#n": "name"}}
	_, err = client.GetItem(t.Context(), get)
	require.NoError(t, err)
	uses("4.a.1")

	get.ProjectionExpression, get.ExpressionAttributeNames = nil, nil
	_, err = client.GetItem(t.Context(), get)
	require.NoError(t, err)
	require.True(t, seen["4.b.1"], "who reads the whole would be given what this person has not")
	clear(seen)

	_, err = client.UpdateItem(t.Context(), &dynamodb.UpdateItemInput{TableName: aws.String("directory"), Key: person,
		UpdateExpression:          aws.String("SET phone = :v"),
		ConditionExpression:       aws.String("email <> :v"),
		ExpressionAttributeValues: map[string]types.AttributeValue{":v": text("1")}})
	require.NoError(t, err)
	uses("4.a.2", "4.b.1")

	for _, sortKey := range []string{"use", "diary"} {
		_, err = client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: aws.String("agenda"),
			Item: map[string]types.AttributeValue{"pk": text("B#u#U"), "sk": text(sortKey),
				"date": text("2026-11-23")}})
		require.NoError(t, err)
	}
	uses("4.e.1", guard.Undeclared)
	_, err = client.Query(t.Context(), &dynamodb.QueryInput{TableName: aws.String("agenda"),
		KeyConditionExpression:    aws.String("pk = :v"),
		ExpressionAttributeValues: map[string]types.AttributeValue{":v": text("B#u#U")}})
	require.NoError(t, err)
	uses("4.e.1", guard.Undeclared)
}
