package main

import (
	"maps"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/metric"
)

// dashboard shows at a look how the deployment fares. Its figures are counts and times; none is about a person.
func (s *service) dashboard() {
	var calls, errors, throttles, slow, waiting, late [][]any
	s.each(func(f catalog.Function, function awslambda.Function) {
		name := *function.FunctionName()
		calls = append(calls, []any{"AWS/Lambda", "Invocations", "FunctionName", name})
		errors = append(errors, []any{"AWS/Lambda", "Errors", "FunctionName", name})
		throttles = append(throttles, []any{"AWS/Lambda", "Throttles", "FunctionName", name})
		slow = append(slow, []any{"AWS/Lambda", "Duration", "FunctionName", name})
		if f.Promises {
			late = append(late, own("Lateness", f.Name))
		}
	})
	for _, name := range slices.Sorted(maps.Keys(s.queues)) {
		waiting = append(waiting, []any{"AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName",
			*s.queues[name].QueueName()})
	}
	api := func(metric string) [][]any { return [][]any{{"AWS/ApiGateway", metric, "ApiId", *s.api.Ref()}} }
	var used [][]any
	for _, t := range catalog.Tables {
		name := *s.data.tables[t.Name].TableName()
		used = append(used, []any{"AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", name},
			[]any{"AWS/DynamoDB", "ConsumedReadCapacityUnits", "TableName", name})
	}
	body := map[string]any{"widgets": []any{
		s.graph("Requests to the API", "Sum", api("Count")),
		s.graph("API: answers of 500 and over", "Sum", api("5xx")),
		s.graph("API: milliseconds, 99th percentile", "p99", api("Latency")),
		s.graph("Functions: invocations", "Sum", calls),
		s.graph("Functions: errors", "Sum", errors), s.graph("Functions: milliseconds, 99th percentile", "p99", slow),
		s.graph("Functions: refused for want of concurrency", "Sum", throttles),
		s.graph("Seconds after its deadline that something was removed", "Maximum", late),
		s.graph("Queues: messages waiting", "Maximum", waiting), s.graph("Tables: request units", "Sum", used),
		s.graph("Sensors: tied to spots, and silent", "Maximum",
			[][]any{own("Sensors", "no-show"), own("SilentSensors", "no-show")}),
		s.graph("Mail: bounces and complaints, as shares", "Maximum",
			[][]any{{"AWS/SES", "Reputation.BounceRate"}, {"AWS/SES", "Reputation.ComplaintRate"}}),
	}}
	awscloudwatch.NewCfnDashboard(s.Stack, jsii.String("dashboard"), &awscloudwatch.CfnDashboardProps{
		DashboardName: jsii.String(s.config.name("overview")), DashboardBody: s.ToJsonString(body, nil),
	})
}

// own is a metric that a function writes itself.
func own(name, function string) []any { return []any{metric.Namespace, name, "Function", function} }

func (s *service) graph(title, statistic string, metrics [][]any) map[string]any {
	return map[string]any{"type": "metric", "width": 12, "height": 6, "properties": map[string]any{
		"title": title, "stat": statistic, "period": 60, "region": s.config.Region, "metrics": metrics,
	}}
}
