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
)

// An order says what to do.
type order struct {
	Print string `json:"print"`
	Fail  string `json:"fail"`
	Exit  bool   `json:"exit"`
	Sleep string `json:"sleep"`
	Large int    `json:"large"`
	Body  string `json:"body"` // of an HTTP request: the order itself, as JSON
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
	deadline, _ := ctx.Deadline()
	call, _ := lambdacontext.FromContext(ctx)
	did := map[string]any{"pid": os.Getpid(), "deadline": deadline.UnixMilli(), "request": call.AwsRequestID,
		"offset": os.Getenv("CLOCK_OFFSET"), "event": event, "large": strings.Repeat("x", o.Large)}
	if !overHTTP {
		return did, nil
	}
	body, err := json.Marshal(did)
	return map[string]any{"statusCode": 200, "headers": map[string]string{"content-type": "application/json"}, "body": string(body)}, err
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
