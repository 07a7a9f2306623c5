package web_test

import (
	"github.com/aws/aws-lambda-go/events"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/web/gate"
)

// as puts a caller into a request as API Gateway does with the authoriser's answer.
func as(request web.Request, caller identity.Caller) web.Request {
	request.RequestContext.Authorizer = &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{Lambda: gate.Context(caller)}
	return request
}
