package enginetest

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// Roots are the deployment's in tests, and Keys those that follow from them.
var (
	Roots = secret.NewRoots("a root of thirty-two characters or more", time.Time{})
	Keys  = Roots.Keys()
)

// NewCustomer puts a business account with its e-mail domains, in lower case, straight into the tables, without
// users.
func (d *Database) NewCustomer(t testing.TB, legalName string, domains ...string) (business string) {
	t.Helper()
	business = secret.ID()
	d.CustomerOf(t, business, legalName, domains...)
	return business
}

// CustomerOf makes the business account with this id, as an Office has.
func (d *Database) CustomerOf(t testing.TB, business, legalName string, domains ...string) {
	t.Helper()
	d.write(t, privacy.Directory, "b#"+business, "account", struct {
		Name    string   `dynamo:"legal_name"`
		Domains []string `dynamo:"domains"`
		Users   int      `dynamo:"users"`
		Zone    string   `dynamo:"zone"`
	}{legalName, domains, 0, "Europe/Amsterdam"}, nil)
	for _, domain := range domains {
		d.write(t, privacy.Directory, "domain#"+domain, "domain", struct {
			Business string `dynamo:"business"`
		}{business}, nil)
	}
}

// Count lets an account have so many users more.
func (d *Database) Count(t testing.TB, business string, by int) {
	t.Helper()
	_, err := d.Client.UpdateItem(context.Background(), &dynamodb.UpdateItemInput{
		TableName: aws.String(string(privacy.Directory)),
		Key: dynamo.Item{"pk": &types.AttributeValueMemberS{Value: "b#" + business},
			"sk": &types.AttributeValueMemberS{Value: "account"}},
		UpdateExpression:          aws.String("ADD #users :by"),
		ExpressionAttributeNames:  map[string]string{"#users": "users"},
		ExpressionAttributeValues: dynamo.Item{":by": &types.AttributeValueMemberN{Value: strconv.Itoa(by)}}})
	require.NoError(t, err)
}

// Erased puts a registration into the ledger that a restore would repeat the erasure from.
func (d *Database) Erased(t testing.TB, p identity.Person) {
	t.Helper()
	d.write(t, privacy.Agenda, "erased", "erased#"+p.Business+"#"+p.User, struct {
		Date string `dynamo:"date"`
	}{"2026-11-22"}, nil)
}

// Item reads one raw item; nil when it is not there.
func (d *Database) Item(t testing.TB, store privacy.Store, pk, sk string) dynamo.Item {
	t.Helper()
	for _, item := range d.Dump(t, store) {
		if text(item["pk"]) == pk && text(item["sk"]) == sk {
			return item
		}
	}
	return nil
}

// Users is the number of registered users as the account's item has it (3.i), and as counted from the raw table.
func (d *Database) Users(t testing.TB, business string) (kept, counted int) {
	t.Helper()
	for _, item := range d.Dump(t, privacy.Directory) {
		if text(item["sk"]) == "user" && text(item["business"]) == business {
			counted++
		}
	}
	number, ok := d.Item(t, privacy.Directory, "b#"+business, "account")["users"].(*types.AttributeValueMemberN)
	require.True(t, ok, "the account has a number of users")
	kept, err := strconv.Atoi(number.Value)
	require.NoError(t, err)
	return kept, counted
}

// Everything dumps all three tables, to compare before and after.
func (d *Database) Everything(t testing.TB) map[privacy.Store][]dynamo.Item {
	t.Helper()
	all := map[privacy.Store][]dynamo.Item{}
	for store := range table.Variables {
		all[store] = d.Dump(t, store)
	}
	return all
}

func text(value types.AttributeValue) string {
	s, ok := value.(*types.AttributeValueMemberS)
	if !ok {
		return ""
	}
	return s.Value
}

// Plain are an item's texts and numbers as text, for tests that search them.
func Plain(item dynamo.Item) map[string]string {
	plain := map[string]string{}
	for name, value := range item {
		switch v := value.(type) {
		case *types.AttributeValueMemberS:
			plain[name] = v.Value
		case *types.AttributeValueMemberN:
			plain[name] = v.Value
		}
	}
	return plain
}
