package main

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/metric"
)

// accessLog is all that is kept of a request: no address and no path, since a path holds ids.
const accessLog = `{"requestId":"$context.requestId","routeKey":"$context.routeKey",` +
	`"status":"$context.status","latency":"$context.responseLatency"}`

// routes builds the HTTP API from the declared operations.
func (s *service) routes() {
	var routes []awsapigatewayv2.CfnRoute
	throttles := map[string]any{}
	s.each(func(f catalog.Function, function awslambda.Function) {
		operations := f.Operations()
		if len(operations) == 0 {
			return
		}
		integration := awsapigatewayv2.NewCfnIntegration(s.Stack, jsii.String(f.Name+"-integration"),
			&awsapigatewayv2.CfnIntegrationProps{
				ApiId: s.api.Ref(), IntegrationType: jsii.String("AWS_PROXY"), IntegrationUri: function.FunctionArn(),
				PayloadFormatVersion: jsii.String("2.0"),
			})
		for _, edge := range s.over(catalog.APIGateway, catalog.TheAPI) {
			if string(edge.On) == f.Name {
				s.permit(f.Name+"-api", edge, s.arnOfAPI("*/*"))
			}
		}
		for _, operation := range operations {
			routes = append(routes, s.route(operation, integration))
			if operation.Throttle != (api.Throttle{}) {
				throttles[operation.RouteKey()] = throttle(operation.Throttle)
			}
		}
	})
	s.stage(routes, throttles)
}

func (s *service) arnOfAPI(rest string) *string {
	return s.FormatArn(&awscdk.ArnComponents{Service: jsii.String("execute-api"), Resource: s.api.Ref(),
		ResourceName: jsii.String(rest)})
}

// route leaves it to the function to find out who is calling: one hop, one start, and a session that ends at once.
func (s *service) route(o api.Operation, integration awsapigatewayv2.CfnIntegration) awsapigatewayv2.CfnRoute {
	return awsapigatewayv2.NewCfnRoute(s.Stack, jsii.String("route-"+strings.ReplaceAll(o.ID, " ", "-")),
		&awsapigatewayv2.CfnRouteProps{
			ApiId: s.api.Ref(), RouteKey: jsii.String(o.RouteKey()), OperationName: jsii.String(o.ID),
			Target: jsii.String("integrations/" + *integration.Ref()), AuthorizationType: jsii.String("NONE"),
		})
}

func (s *service) stage(routes []awsapigatewayv2.CfnRoute, throttles map[string]any) {
	log := awslogs.NewLogGroup(s.Stack, jsii.String("access-log"), &awslogs.LogGroupProps{
		LogGroupName:  jsii.String("/aws/vendedlogs/" + s.config.name("api")),
		Retention:     awslogs.RetentionDays_ONE_MONTH,
		RemovalPolicy: awscdk.RemovalPolicy_DESTROY,
	})
	stage := awsapigatewayv2.NewCfnStage(s.Stack, jsii.String("stage"), &awsapigatewayv2.CfnStageProps{
		ApiId: s.api.Ref(), StageName: jsii.String("$default"), AutoDeploy: jsii.Bool(true),
		DefaultRouteSettings: &awsapigatewayv2.CfnStage_RouteSettingsProperty{
			ThrottlingRateLimit:  jsii.Number(api.DefaultThrottle.Rate),
			ThrottlingBurstLimit: jsii.Number(api.DefaultThrottle.Burst),
		},
		RouteSettings: throttles,
		AccessLogSettings: &awsapigatewayv2.CfnStage_AccessLogSettingsProperty{
			DestinationArn: log.LogGroupArn(), Format: jsii.String(accessLog),
		},
	})
	for _, route := range routes {
		stage.AddDependency(route) // a throttle names its route
	}
	s.countTooMany(log)
	if s.config.Certificate != "" {
		s.ownDomain(stage)
	}
}

// tooMany is the metric of requests that API Gateway or a function answered with 429. API Gateway itself counts them
// among all that it refused.
const tooMany = "TooManyRequests"

func (s *service) countTooMany(log awslogs.LogGroup) {
	awslogs.NewCfnMetricFilter(s.Stack, jsii.String("too-many-requests"), &awslogs.CfnMetricFilterProps{
		LogGroupName: log.LogGroupName(), FilterPattern: jsii.String(`{ $.status = "429" }`),
		MetricTransformations: []any{&awslogs.CfnMetricFilter_MetricTransformationProperty{
			MetricNamespace: jsii.String(metric.Namespace), MetricName: jsii.String(tooMany),
			MetricValue: jsii.String("1"), Unit: jsii.String("Count")}},
	})
}

// ownDomain serves the API under the deployment's own host, over TLS 1.2 and newer alone.
func (s *service) ownDomain(stage awsapigatewayv2.CfnStage) {
	domain := awsapigatewayv2.NewCfnDomainName(s.Stack, jsii.String("domain"), &awsapigatewayv2.CfnDomainNameProps{
		DomainName: jsii.String(s.config.host()),
		DomainNameConfigurations: []any{&awsapigatewayv2.CfnDomainName_DomainNameConfigurationProperty{
			CertificateArn: jsii.String(s.config.Certificate), EndpointType: jsii.String("REGIONAL"),
			SecurityPolicy: jsii.String("TLS_1_2"),
		}},
	})
	awsapigatewayv2.NewCfnApiMapping(s.Stack, jsii.String("mapping"), &awsapigatewayv2.CfnApiMappingProps{
		ApiId: s.api.Ref(), DomainName: domain.Ref(), Stage: stage.Ref(),
	})
	s.output("domainCNAME", "DNS record", jsii.String(s.config.host()+" CNAME "+*domain.AttrRegionalDomainName()))
}

func (s *service) output(name, what string, value *string) {
	awscdk.NewCfnOutput(s.Stack, jsii.String(name), &awscdk.CfnOutputProps{Value: value,
		Description: jsii.String(what)})
}

func throttle(t api.Throttle) map[string]any {
	return map[string]any{"ThrottlingRateLimit": t.Rate, "ThrottlingBurstLimit": t.Burst}
}
