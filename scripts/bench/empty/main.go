// empty is a function that does nothing, to hold the start of the others against: it has Lambda's runtime and the
// client of DynamoDB.
package main

import (
	"context"
	"time"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/table"
)

func main() {
	must.Have(table.Open(context.Background(), time.Now))
	lambda.Start(func(context.Context) error { return nil })
}
