package main

import (
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/metric"
)

// dashboard shows at a look how the deployment fares. Its figures are counts and times; none is about a person.
func (a *alarms) dashboard() {
	var calls, errors, throttles, slow, waiting, late [][]any
	for _, f := range catalog.Functions {
		name := a.config.name(f.Name)
		calls = append(calls, []any{"AWS/Lambda", "Invocations", "FunctionName", name})
		errors = append(errors, []any{"AWS/Lambda", "Errors", "FunctionName", name})
		throttles = append(throttles, []any{"AWS/Lambda", "Throttles", "FunctionName", name})
		slow = append(slow, []any{"AWS/Lambda", "Duration", "FunctionName", name})
		if f.Promises {
			late = append(late, own("Lateness", f.Name))
		}
	}
	for _, name := range slices.Concat(a.service.feeding, a.service.aside) {
		waiting = append(waiting, []any{"AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName",
			a.config.name(name)})
	}
	api := func(metric string) [][]any { return [][]any{{"AWS/ApiGateway", metric, "ApiId", *a.service.api.Ref()}} }
	var used [][]any
	for _, t := range catalog.Tables {
		name := *a.service.data.tables[t.Name].TableName()
		used = append(used, []any{"AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", name},
			[]any{"AWS/DynamoDB", "ConsumedReadCapacityUnits", "TableName", name})
	}
	body := map[string]any{"widgets": []any{
		a.graph("Requests to the API", "Sum", api("Count")),
		a.graph("API: answers of 500 and over", "Sum", api("5xx")),
		a.graph("API: refusals", "Sum", append(api("4xx"), []any{metric.Namespace, tooMany})),
		a.graph("API: milliseconds, 99th percentile", "p99", api("Latency")),
		a.graph("Functions: invocations", "Sum", calls),
		a.graph("Functions: errors", "Sum", errors), a.graph("Functions: milliseconds, 99th percentile", "p99", slow),
		a.graph("Functions: refused for want of concurrency", "Sum", throttles),
		a.graph("Seconds after its deadline that something was removed", "Maximum", late),
		a.graph("Queues: messages waiting", "Maximum", waiting), a.graph("Tables: request units", "Sum", used),
		a.graph("Sensors: tied to spots, and silent", "Maximum",
			[][]any{own("Sensors", "no-show"), own("SilentSensors", "no-show")}),
		a.graph("Mail: bounces and complaints, as shares", "Maximum",
			[][]any{{"AWS/SES", "Reputation.BounceRate"}, {"AWS/SES", "Reputation.ComplaintRate"}}),
	}}
	awscloudwatch.NewCfnDashboard(a.Stack, jsii.String("dashboard"), &awscloudwatch.CfnDashboardProps{
		DashboardName: jsii.String(a.config.name("overview")), DashboardBody: a.ToJsonString(body, nil),
	})
}

// own is a metric that a function writes itself.
func own(name, function string) []any { return []any{metric.Namespace, name, "Function", function} }

func (a *alarms) graph(title, statistic string, metrics [][]any) map[string]any {
	return map[string]any{"type": "metric", "width": 12, "height": 6, "properties": map[string]any{
		"title": title, "stat": statistic, "period": 60, "region": a.config.Region, "metrics": metrics,
	}}
}
