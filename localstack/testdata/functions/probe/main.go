// Command probe is a Lambda for the tests of the local stack: it does what its event says.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	bustypes "github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
)

// An order says what to do.
type order struct {
	Print string `json:"print"`
	Fail  string `json:"fail"`
	Exit  bool   `json:"exit"`
	Sleep string `json:"sleep"`
	Large int    `json:"large"`
	Write string `json:"write"` // key of an item that is put into the agenda
	Event string `json:"event"` // detail of an overview.requested
	Body  string `json:"body"`  // of an HTTP request: the order itself, as JSON
}

func main() { lambda.Start(handle) }

func handle(ctx context.Context, event json.RawMessage) (map[string]any, error) {
	var o order
	if err := json.Unmarshal(event, &o); err != nil {
		return nil, err
	}
	overHTTP := strings.Contains(string(event), `"routeKey"`)
	if overHTTP && o.Body != "" {
		if err := json.Unmarshal([]byte(o.Body), &o); err != nil {
			return nil, err
		}
	}
	if err := obey(o); err != nil {
		return nil, err
	}
	if err := call(ctx, o); err != nil {
		return nil, err
	}
	fmt.Println("done: " + string(event))
	deadline, _ := ctx.Deadline()
	invocation, _ := lambdacontext.FromContext(ctx)
	did := map[string]any{"pid": os.Getpid(), "deadline": deadline.UnixMilli(), "request": invocation.AwsRequestID,
		"offset": os.Getenv("CLOCK_OFFSET"), "event": event, "large": strings.Repeat("x", o.Large)}
	if !overHTTP {
		return did, nil
	}
	body, err := json.Marshal(did)
	return map[string]any{"statusCode": 200, "headers": map[string]string{"content-type": "application/json"},
		"body": string(body)}, err
}

func obey(o order) error {
	if o.Print != "" {
		fmt.Println(o.Print)
	}
	if o.Sleep != "" {
		pause, err := time.ParseDuration(o.Sleep)
		if err != nil {
			return err
		}
		time.Sleep(pause)
	}
	if o.Exit {
		os.Exit(3)
	}
	if o.Fail != "" {
		return errors.New(o.Fail)
	}
	return nil
}

// call calls the services that the order names.
func call(ctx context.Context, o order) error {
	if o.Write == "" && o.Event == "" {
		return nil
	}
	cfg, err := config.LoadDefaultConfig(ctx, config.WithRetryMaxAttempts(1))
	if err != nil {
		return err
	}
	if o.Write != "" {
		text := func(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }
		_, err := dynamodb.NewFromConfig(cfg).PutItem(ctx,
			&dynamodb.PutItemInput{TableName: aws.String(os.Getenv("AGENDA_TABLE")),
				Item: map[string]types.AttributeValue{"pk": text(o.Write), "sk": text("a")}})
		if err != nil {
			return err
		}
	}
	if o.Event != "" {
		_, err := eventbridge.NewFromConfig(cfg).PutEvents(ctx,
			&eventbridge.PutEventsInput{Entries: []bustypes.PutEventsRequestEntry{{
				EventBusName: aws.String(os.Getenv("EVENT_BUS")), Source: aws.String("iotspot"),
				DetailType: aws.String("overview.requested"), Detail: aws.String(o.Event)}}})
		return err
	}
	return nil
}
