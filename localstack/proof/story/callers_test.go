package story

import (
	"net/http"
	"regexp"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/day"
	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// firstCalls lets somebody with a session and a guest call each function that serves them, the former as the first of
// that session's day. What they ask for is of no matter: who is calling is found out before that.
func firstCalls(t *testing.T, s *stack.Stack, lived *day.Day) {
	t.Helper()
	for _, f := range catalog.Functions {
		member, guest := lived.People[0].Token, lived.Guest
		if f.Name == "sign-in" {
			member = lived.People[2].Token // it signs out who calls
		}
		if operation, serves := serving(f, identity.Administrator); serves {
			forgetUse(t, s, member)
			require.NotContains(t, []int{401, 403, 500, 503}, ask(t, s, member, operation), f.Name)
		}
		if operation, serves := serving(f, identity.Guest); serves {
			require.NotContains(t, []int{401, 403, 500, 503}, ask(t, s, guest, operation), f.Name)
		}
	}
}

// serving is the first operation of a function for somebody of a role.
func serving(f catalog.Function, role identity.Role) (api.Operation, bool) {
	operations := f.Operations()
	at := slices.IndexFunc(operations, func(o api.Operation) bool { return slices.Contains(o.Roles, role) })
	if at < 0 {
		return api.Operation{}, false
	}
	return operations[at], true
}

// forgetUse takes the date of last use from a session.
func forgetUse(t *testing.T, s *stack.Stack, token string) {
	t.Helper()
	text := func(value string) types.AttributeValue { return &types.AttributeValueMemberS{Value: value} }
	_, err := s.Tables().UpdateItem(t.Context(), &dynamodb.UpdateItemInput{
		TableName: aws.String(string(catalog.Agenda)),
		Key: map[string]types.AttributeValue{
			"pk": text(table.PersonPartition(identity.Person{Business: token[:16], User: token[16:32]})),
			"sk": text(privacy.Session.SortPrefix + secret.Hash(token))},
		UpdateExpression:    aws.String("REMOVE used"),
		ConditionExpression: aws.String("attribute_exists(pk)")})
	require.NoError(t, err)
}

var parameter = regexp.MustCompile(`\{\w+\}`)

// ask calls an operation without what it asks for, and tells the status.
func ask(t *testing.T, s *stack.Stack, token string, operation api.Operation) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), operation.Method,
		s.API+parameter.ReplaceAllString(operation.Path, "aaaaaaaaaaaaaaaa"), nil)
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	return answer.StatusCode
}
