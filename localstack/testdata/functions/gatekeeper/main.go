// Command gatekeeper is an authoriser for the tests of the local stack: the token "Bearer fine" is let in.
package main

import (
	"context"
	"errors"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func main() { lambda.Start(authorise) }

func authorise(_ context.Context,
	r events.APIGatewayV2CustomAuthorizerV2Request) (events.APIGatewayV2CustomAuthorizerSimpleResponse, error) {
	if r.IdentitySource[0] == "Bearer broken" {
		return events.APIGatewayV2CustomAuthorizerSimpleResponse{}, errors.New("broken")
	}
	return events.APIGatewayV2CustomAuthorizerSimpleResponse{IsAuthorized: r.IdentitySource[0] == "Bearer fine",
		Context: map[string]interface{}{"business": "b1", "user": "u1"}}, nil
}
