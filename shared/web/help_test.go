package web_test

import (
	"github.com/aws/aws-lambda-go/events"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/web"
)

// as puts a caller into a request as API Gateway does with the authoriser's answer.
func as(request web.Request, caller identity.Caller) web.Request {
	request.RequestContext.Authorizer = &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{Lambda: web.Context(caller)}
	return request
}
