package story

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/proof/day"
	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/table"
)

// late is the reservation that is written while its spot is removed.
const late = "lateaaaaaaaaaaaa"

// tables are the stack's tables, past all rights.
func tables(s *stack.Stack) *table.Tables { return table.New(s.Tables(), engine.Names(), s.Now) }

// reserveLate writes what a function does that read the spot before it was removed and wrote its reservation after.
func reserveLate(t *testing.T, s *stack.Stack, lived *day.Day) {
	t.Helper()
	zone, err := civil.LoadZone("Europe/Amsterdam")
	require.NoError(t, err)
	tomorrow := civil.DateOf(s.Now(), zone).AddDays(1)
	from, err := civil.ClockTime("09:00").Begins(tomorrow, zone)
	require.NoError(t, err)
	esra := lived.People[4].Token
	person := identity.Person{Business: esra[:16], User: esra[16:32]}
	require.NoError(t, tables(s).Reserve(t.Context(), 4,
		nil, table.Booking{ID: late, Person: person, Name: "D2", Day: tomorrow, DayEnds: tomorrow.End(zone),
			Place:    table.Place{Business: person.Business, Location: lived.Depot, Floor: lived.Hall, Spot: lived.Gone},
			Interval: civil.Interval{From: from, To: from + 4}, Workplace: true, State: table.Reserved}))
}

// items are all items of a table as they lie there.
func items(t *testing.T, s *stack.Stack, of catalog.Resource) []map[string]types.AttributeValue {
	t.Helper()
	var all []map[string]types.AttributeValue
	pages := dynamodb.NewScanPaginator(s.Tables(), &dynamodb.ScanInput{TableName: aws.String(string(of))})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		require.NoError(t, err)
		all = append(all, page.Items...)
	}
	return all
}

// restore puts the directory back to what a backup holds, as a restore to a point in time does.
func restore(t *testing.T, s *stack.Stack, backup []map[string]types.AttributeValue) {
	t.Helper()
	name := aws.String(string(catalog.Directory))
	for _, item := range items(t, s, catalog.Directory) {
		_, err := s.Tables().DeleteItem(t.Context(), &dynamodb.DeleteItemInput{TableName: name,
			Key: map[string]types.AttributeValue{"pk": item["pk"], "sk": item["sk"]}})
		require.NoError(t, err)
	}
	for _, item := range backup {
		_, err := s.Tables().PutItem(t.Context(), &dynamodb.PutItemInput{TableName: name, Item: item})
		require.NoError(t, err)
	}
}

// unlist takes an account's roster away, as a release before there was one left the directory.
func unlist(t *testing.T, s *stack.Stack, business string) {
	t.Helper()
	name := aws.String(string(catalog.Directory))
	for _, item := range items(t, s, catalog.Directory) {
		key := map[string]types.AttributeValue{"pk": item["pk"], "sk": item["sk"]}
		plain := enginetest.Plain(key)
		switch {
		case strings.HasPrefix(plain["pk"], "roster#"+business):
			_, err := s.Tables().DeleteItem(t.Context(), &dynamodb.DeleteItemInput{TableName: name, Key: key})
			require.NoError(t, err)
		case plain["pk"] == "b#"+business && plain["sk"] == "account":
			_, err := s.Tables().UpdateItem(t.Context(), &dynamodb.UpdateItemInput{TableName: name, Key: key,
				UpdateExpression: aws.String("REMOVE listed")})
			require.NoError(t, err)
		}
	}
}

// outdate makes somebody one who agreed to an earlier version of the statement, before anybody was told of this one.
func outdate(t *testing.T, s *stack.Stack, p *day.Person) {
	t.Helper()
	text := func(value string) types.AttributeValue { return &types.AttributeValueMemberS{Value: value} }
	_, err := s.Tables().UpdateItem(t.Context(),
		&dynamodb.UpdateItemInput{TableName: aws.String(string(catalog.Directory)),
			Key: map[string]types.AttributeValue{"pk": text(p.Token[:16] + "#u#" + p.Token[16:32]),
				"sk": text("user")},
			UpdateExpression:          aws.String("SET consent_version = :v"),
			ExpressionAttributeValues: map[string]types.AttributeValue{":v": text("2026-01-01")}})
	require.NoError(t, err)
	_, err = s.Tables().DeleteItem(t.Context(),
		&dynamodb.DeleteItemInput{TableName: aws.String(string(catalog.Agenda)),
			Key: map[string]types.AttributeValue{"pk": text("mark#statement"), "sk": text("mark")}})
	require.NoError(t, err)
}
