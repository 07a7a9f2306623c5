package guard_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	locals3 "github.com/iotspot/iotspot/localstack/aws/s3"
	"github.com/iotspot/iotspot/localstack/guard"
	"github.com/iotspot/iotspot/localstack/protocol/sdk"
	"github.com/iotspot/iotspot/shared/catalog"
)

type rig struct {
	*guard.Guard
	url     string
	refused []string
}

func edges() *guard.Edges { return guard.NewEdges(catalog.Edges(nil, nil), func(string) {}) }

func newRig(t *testing.T, rights ...catalog.Right) *rig {
	t.Helper()
	r := &rig{}
	url := enginetest.URL(t)
	require.NoError(t, engine.CreateTables(t.Context(), engine.Client(url, "guardtest")))
	g, err := guard.New(guard.Options{Engine: url, EngineKey: "guardtest", Edges: edges(),
		Refused:   func(_, why string) { r.refused = append(r.refused, why) },
		Functions: []catalog.Function{{Name: "some-function", Rights: rights}}})
	require.NoError(t, err)
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	r.Guard, r.url = g, server.URL
	return r
}

func (r *rig) as(key string) *dynamodb.Client { return engine.Client(r.url, key) }

func right(on catalog.Resource, index string, actions ...string) catalog.Right {
	return catalog.Right{On: on, Index: index, Actions: actions}
}

func item(name string) map[string]types.AttributeValue {
	return map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: name},
		"sk": &types.AttributeValueMemberS{Value: "a"}}
}

func code(err error) string {
	var api smithy.APIError
	if !errors.As(err, &api) {
		return ""
	}
	return api.ErrorCode()
}

func TestAFunctionReachesOnlyTheTableIndexAndActionThatItsRightsGive(t *testing.T) {
	r := newRig(t, right(catalog.Agenda, "", catalog.Put, catalog.Get),
		right(catalog.Agenda, "expiry", catalog.QueryItems))
	client := r.as("some-function")
	put := func(table string) error {
		_, err := client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: aws.String(table), Item: item("x")})
		return err
	}
	query := func(index *string, key string) error {
		_, err := client.Query(t.Context(), &dynamodb.QueryInput{TableName: aws.String("agenda"), IndexName: index,
			KeyConditionExpression:    aws.String(key + " = :v"),
			ExpressionAttributeValues: map[string]types.AttributeValue{":v": &types.AttributeValueMemberS{Value: "x"}}})
		return err
	}
	require.NoError(t, put("agenda"))
	require.NoError(t, query(aws.String("expiry"), "expiry"))
	require.Equal(t, "AccessDeniedException", code(put("directory")))
	require.Equal(t, "AccessDeniedException", code(query(nil, "pk")))
	_, err := client.Scan(t.Context(), &dynamodb.ScanInput{TableName: aws.String("agenda")})
	require.Equal(t, "AccessDeniedException", code(err))
	require.Len(t, r.refused, 3)
	require.Equal(t, []guard.Call{
		{Function: "some-function", Resource: catalog.Agenda, Action: catalog.Put},
		{Function: "some-function", Resource: catalog.Agenda, Index: "expiry", Action: catalog.QueryItems},
	}, r.Calls())
}

func TestATransactionNeedsTheRightOfEachOfItsItems(t *testing.T) {
	r := newRig(t, right(catalog.Agenda, "", catalog.Put), right(catalog.Directory, "", catalog.Check))
	transact := func(items ...types.TransactWriteItem) error {
		_, err := r.as("some-function").TransactWriteItems(t.Context(),
			&dynamodb.TransactWriteItemsInput{TransactItems: items})
		return err
	}
	put := types.TransactWriteItem{Put: &types.Put{TableName: aws.String("agenda"), Item: item("y")}}
	check := types.TransactWriteItem{ConditionCheck: &types.ConditionCheck{TableName: aws.String("directory"),
		Key: item("none"), ConditionExpression: aws.String("attribute_not_exists(pk)")}}
	remove := types.TransactWriteItem{Delete: &types.Delete{TableName: aws.String("directory"), Key: item("none")}}
	require.NoError(t, transact(put, check))
	require.Equal(t, "AccessDeniedException", code(transact(put, remove)))
	require.Equal(t, 1, r.Count(guard.Call{Function: "some-function", Resource: catalog.Directory,
		Action: catalog.Check}))
}

func TestAnAbsentObjectIsForbiddenToWhoMayNotListItsBucket(t *testing.T) {
	store, err := locals3.Open("", time.Now, string(catalog.Photos), string(catalog.Received))
	require.NoError(t, err)
	g, err := guard.New(guard.Options{Services: map[string]http.Handler{"s3": store.Handler()}, Edges: edges(),
		Functions: []catalog.Function{{Name: "some-function", Rights: []catalog.Right{
			right(catalog.Photos, "", catalog.GetObject, catalog.ListObjects),
			right(catalog.Received, "", catalog.GetObject)}}}})
	require.NoError(t, err)
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	client := s3.NewFromConfig(sdk.Config(server.URL, "some-function"),
		func(o *s3.Options) { o.UsePathStyle = true })
	get := func(bucket catalog.Resource) string {
		_, err := client.GetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String(string(bucket)),
			Key: aws.String("absent")})
		return code(err)
	}
	require.Equal(t, "NoSuchKey", get(catalog.Photos))
	require.Equal(t, "AccessDenied", get(catalog.Received))
	require.Equal(t, 1, g.Count(guard.Call{Function: "some-function", Resource: catalog.Photos,
		Action: catalog.ListObjects}))
}

func TestAnUnknownFunctionAnUnknownServiceAndAnUnknownOperationAreRefused(t *testing.T) {
	r := newRig(t)
	_, err := r.as("stranger").ListTables(t.Context(), &dynamodb.ListTablesInput{})
	require.Equal(t, "UnrecognizedClientException", code(err))
	_, err = r.as("some-function").ListTables(t.Context(), &dynamodb.ListTablesInput{})
	require.Equal(t, "NotImplemented", code(err))
	answer, err := http.Get(r.url)
	require.NoError(t, err)
	require.Equal(t, http.StatusForbidden, answer.StatusCode)
	answer.Body.Close()
}

func TestTheOperatorMayDoEverythingAndIsNotRecorded(t *testing.T) {
	r := newRig(t)
	_, err := r.as(guard.Operator).Scan(t.Context(), &dynamodb.ScanInput{TableName: aws.String("agenda")})
	require.NoError(t, err)
	require.Empty(t, r.Calls())
}

func TestAnInterceptorBreaksACallBeforeItOrAfterItWasDone(t *testing.T) {
	r := newRig(t, right(catalog.Agenda, "", catalog.Put))
	for _, done := range []bool{false, true} {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		r.Intercept(func(c guard.Call) *guard.Fault {
			return &guard.Fault{Status: 400, Code: "ValidationException", Message: "injected", Done: done}
		})
		name := map[bool]string{false: "before", true: "after"}[done]
		_, err := r.as("some-function").PutItem(ctx, &dynamodb.PutItemInput{TableName: aws.String("agenda"),
			Item: item(name)})
		require.ErrorContains(t, err, "injected")
		found, err := r.as(guard.Operator).GetItem(ctx,
			&dynamodb.GetItemInput{TableName: aws.String("agenda"), Key: item(name)})
		require.NoError(t, err)
		require.Equal(t, done, len(found.Item) > 0)
	}
}
