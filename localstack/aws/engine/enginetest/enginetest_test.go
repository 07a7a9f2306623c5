package enginetest_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
)

func TestADatabaseOfATestHasTheThreeTablesAndNothingOfAnotherTest(t *testing.T) {
	db := enginetest.New(t, time.Date(2026, 11, 22, 8, 59, 0, 0, time.UTC))
	tables, err := db.Client.ListTables(t.Context(), &dynamodb.ListTablesInput{})
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"directory", "agenda", "insight"}, tables.TableNames)
}
