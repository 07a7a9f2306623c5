package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/shared/catalog"
)

// service is the stack of what may be replaced at any time.
type service struct {
	awscdk.Stack
	config    Config
	data      *data
	bus       awsevents.CfnEventBus
	queues    map[string]awssqs.Queue
	api       awsapigatewayv2.CfnApi
	functions map[string]awslambda.Function
	aside     []string // queues in which nothing should be: what is put aside is for somebody to look at
	feeding   []string // queues that functions are started by
}

func newService(app awscdk.App, config Config, data *data, props *awscdk.StackProps) *service {
	s := &service{Stack: awscdk.NewStack(app, jsii.String("service"), props), config: config, data: data,
		queues: map[string]awssqs.Queue{}, functions: map[string]awslambda.Function{}}
	s.bus = awsevents.NewCfnEventBus(s.Stack, jsii.String("bus"),
		&awsevents.CfnEventBusProps{Name: jsii.String(config.name("bus"))})
	s.api = awsapigatewayv2.NewCfnApi(s.Stack, jsii.String("api"), &awsapigatewayv2.CfnApiProps{
		Name: jsii.String(config.name("api")), ProtocolType: jsii.String("HTTP"),
		DisableExecuteApiEndpoint: jsii.Bool(config.Certificate != ""), // one way in
	})
	s.putAsideIn(string(catalog.DeadLetterQueue), catalog.LongestEvent)
	for _, q := range catalog.Queues {
		s.queue(q)
	}
	for _, f := range catalog.Functions {
		s.functions[f.Name] = s.function(f)
		s.triggers(f)
	}
	s.schedules()
	s.receipt()
	s.sensors()
	s.devices()
	s.routes()
	s.output("address", "the API", jsii.String(s.publicURL()))
	s.output("eventBus", "event bus", s.bus.Ref())
	return s
}

// publicURL is where the API is reached.
func (s *service) publicURL() string {
	if s.config.PublicURL != "" {
		return s.config.PublicURL
	}
	return *s.api.AttrApiEndpoint()
}

// each goes over the functions in the order of the list, so that the template is the same every time.
func (s *service) each(do func(catalog.Function, awslambda.Function)) {
	for _, f := range catalog.Functions {
		do(f, s.functions[f.Name])
	}
}
