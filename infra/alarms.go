package main

import (
	"strconv"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/metric"
)

// alarms is the stack of what watches the others. It holds nothing, and can be made anew at any time. Functions and
// queues are watched by the names that the configuration gives them, so that the other stacks export nothing for it.
type alarms struct {
	awscdk.Stack
	config  Config
	service *service
	topic   awssns.Topic
}

func newAlarms(app awscdk.App, config Config, service *service, props *awscdk.StackProps) {
	a := &alarms{Stack: awscdk.NewStack(app, jsii.String("alarms"), props), config: config, service: service}
	a.topic = a.newTopic()
	a.functions()
	for _, f := range catalog.Functions {
		a.schedule(f)
	}
	a.queues()
	a.api()
	a.tables()
	a.mail()
	a.sensors()
	a.budget()
	a.dashboard()
}

// A series is one metric of one thing, in steps of some minutes. CloudWatch's price of an alarm is by its series.
type series struct {
	namespace, metric string
	of                [][2]string // dimensions and their values; none: of the account in this region
	statistic         string
	minutes           float64
}

func (s series) dimensions() []any {
	var all []any
	for _, one := range s.of {
		all = append(all, &awscloudwatch.CfnAlarm_DimensionProperty{Name: jsii.String(one[0]),
			Value: jsii.String(one[1])})
	}
	return all
}

// An alarm goes off when a figure is over its limit: the one series, or what the expression makes of all of them,
// which it knows as m1, m2 and so on.
type alarm struct {
	name, says string
	series     []series
	expression string
	over       float64
	under      bool // goes off below the limit instead, and where nothing is measured
	always     bool // is of something that is always written, and goes off where it isn't
	// settle is for how many minutes after it was made the alarm is quiet, since nothing can have been measured yet.
	settle int
	// daily alarms look at whole days of UTC: something that is done once a day is at times more than 24 hours after
	// the one before.
	daily bool
}

func (a *alarms) alarm(one alarm) {
	comparison, missing := "GreaterThanThreshold", "notBreaching"
	if one.always {
		missing = "breaching"
	}
	if one.under {
		comparison, missing = "LessThanThreshold", "breaching"
	}
	props := &awscloudwatch.CfnAlarmProps{
		AlarmName: jsii.String(a.config.name(one.name)), AlarmDescription: jsii.String(one.says),
		EvaluationPeriods: jsii.Number(1), Threshold: jsii.Number(one.over),
		ComparisonOperator: jsii.String(comparison), TreatMissingData: jsii.String(missing),
		AlarmActions: &[]*string{a.topic.TopicArn()}, OkActions: &[]*string{a.topic.TopicArn()},
	}
	if one.expression == "" {
		only := one.series[0]
		props.Namespace, props.MetricName = jsii.String(only.namespace), jsii.String(only.metric)
		props.Statistic, props.Period = jsii.String(only.statistic), jsii.Number(60*only.minutes)
		if dimensions := only.dimensions(); dimensions != nil {
			props.Dimensions = dimensions
		}
	} else {
		props.Metrics = one.queries()
	}
	made := awscloudwatch.NewCfnAlarm(a.Stack, jsii.String(one.name+"-alarm"), props)
	// What this version of the CDK has no names for; registry.js holds both against CloudFormation's own.
	if one.settle > 0 {
		made.AddPropertyOverride(jsii.String("WarmUpConfiguration"), map[string]any{
			"WarmUpPeriodDurationInMinutes": one.settle, "OnlyStartEvaluatingAfterWarmUpPeriodEnds": true})
	}
	if one.daily {
		made.AddPropertyOverride(jsii.String("EvaluationWindow"),
			map[string]any{"WallClockWindow": map[string]any{"Timezone": "UTC"}})
	}
}

func (one alarm) queries() []any {
	queries := []any{&awscloudwatch.CfnAlarm_MetricDataQueryProperty{Id: jsii.String("figure"),
		Expression: jsii.String(one.expression), ReturnData: jsii.Bool(true)}}
	for i, s := range one.series {
		of := &awscloudwatch.CfnAlarm_MetricProperty{Namespace: jsii.String(s.namespace),
			MetricName: jsii.String(s.metric), Dimensions: s.dimensions()}
		queries = append(queries, &awscloudwatch.CfnAlarm_MetricDataQueryProperty{
			Id: jsii.String("m" + strconv.Itoa(i+1)), ReturnData: jsii.Bool(false),
			MetricStat: &awscloudwatch.CfnAlarm_MetricStatProperty{Metric: of, Stat: jsii.String(s.statistic),
				Period: jsii.Number(60 * s.minutes)},
		})
	}
	return queries
}

// functions watches all functions at once, by the sums that Lambda itself makes of an account's: which one it is, the
// dashboard shows, and a command of the runbooks.
func (a *alarms) functions() {
	of := func(name, statistic string) []series {
		return []series{{namespace: "AWS/Lambda", metric: name, statistic: statistic, minutes: 5}}
	}
	a.alarm(alarm{name: "function-errors", says: "a function crashed, timed out or gave an error",
		series: of("Errors", "Sum")})
	a.alarm(alarm{name: "function-throttles", says: "more calls of a function than may run at once",
		series: of("Throttles", "Sum")})
	// goes off while there is still room: over the limit people are refused
	a.alarm(alarm{name: "concurrency", says: "four fifths of the functions that the account lets run at once are " +
		"running",
		series: of("ConcurrentExecutions", "Maximum"), over: 0.8 * float64(a.config.Concurrency)})
}

// auditor is the function that says itself whether it came to an end, and what it found.
const auditor = "audit"

// schedule watches what the clock starts: a schedule that does not run makes deadlines late.
func (a *alarms) schedule(f catalog.Function) {
	started := func(minutes float64) []series {
		return []series{{namespace: "AWS/Lambda", metric: "Invocations", statistic: "Sum", minutes: minutes,
			of: [][2]string{{"FunctionName", a.config.name(f.Name)}}}}
	}
	switch {
	case f.Name == auditor:
		a.audit(f)
	case f.Schedule == catalog.Daily:
		a.alarm(alarm{name: f.Name + "-late", says: "the function was not started for a day", series: started(day),
			over: 1, under: true, daily: true, settle: 2 * day})
	case f.Schedule == catalog.EveryMinute:
		a.alarm(alarm{name: f.Name + "-late", says: "the function was started less than four times in five minutes",
			series: started(5), over: 4, under: true, settle: 15})
	}
	if f.Promises { // the function reports it itself; see shared/metric
		a.alarm(alarm{name: f.Name + "-overdue", says: "something was removed more than 60 seconds after its deadline, " +
			"or for three minutes nobody has looked",
			series: written("Lateness", f.Name, "Maximum", 3), over: 60, always: true, settle: 15})
	}
}

// written is a series that a function writes itself.
func written(name, function, statistic string, minutes float64) []series {
	return []series{{namespace: metric.Namespace, metric: name, of: [][2]string{{"Function", function}},
		statistic: statistic, minutes: minutes}}
}

const day = 24 * 60 // minutes

// audit watches what the daily look reports, and that there was one: something is in a store that should not be, or
// nobody has looked. The function reports both, and its log says where; see shared/audit. A day is looked at once it
// is over, and the first whole day after a deployment ends within two days.
func (a *alarms) audit(f catalog.Function) {
	a.alarm(alarm{name: f.Name + "-findings", says: "something is overdue, undeclared or about nobody; the " +
		"function's log says where",
		series: written("Findings", f.Name, "Sum", day)})
	a.alarm(alarm{name: f.Name + "-late", says: "in a day not every store was read whole",
		series: written("Finished", f.Name, "Sum", day), over: 1, under: true, daily: true, settle: 2 * day})
}

// queues watches the queues in which nothing should be, each by itself, and those that should be empty soon.
func (a *alarms) queues() {
	of := func(name, queue string, minutes float64) []series {
		return []series{{namespace: "AWS/SQS", metric: name, of: [][2]string{{"QueueName", a.config.name(queue)}},
			statistic: "Maximum", minutes: minutes}}
	}
	for _, queue := range a.service.aside {
		a.alarm(alarm{name: queue, says: "something was put aside for someone to look at",
			series: of("ApproximateNumberOfMessagesVisible", queue, 1)})
	}
	for _, queue := range a.service.feeding {
		a.alarm(alarm{name: queue + "-age", says: "messages wait longer than five minutes",
			series: of("ApproximateAgeOfOldestMessage", queue, 5), over: 300})
	}
}

// api watches what people get: answers that are the system's fault, more refusals than people make mistakes, and
// requests that were too many.
func (a *alarms) api() {
	of := func(name string) series {
		return series{namespace: "AWS/ApiGateway", metric: name, of: [][2]string{{"ApiId", *a.service.api.Ref()}},
			statistic: "Sum", minutes: 5}
	}
	a.alarm(alarm{name: "api-errors", says: "the API answered with a status of 500 or more",
		series: []series{of("5xx")}})
	a.alarm(alarm{name: "api-refusals", says: "of more than 200 requests in five minutes half were refused",
		series:     []series{of("Count"), of("4xx")},
		expression: "IF(m1 > 200, 100 * m2 / m1, 0)", over: 50})
	a.alarm(alarm{name: "api-throttled", says: "a hundred requests in five minutes were told to come back later",
		series: []series{{namespace: metric.Namespace, metric: tooMany, statistic: "Sum", minutes: 5}}, over: 100})
}

// tables: an on-demand table throttles for a moment when its traffic doubles; what goes on is a hot key or a limit. An
// index is throttled for itself, and with it the writes of its table.
func (a *alarms) tables() {
	for _, t := range catalog.Tables {
		table := [2]string{"TableName", *a.service.data.tables[t.Name].TableName()}
		things := [][][2]string{{table}}
		for _, index := range t.Indexes {
			things = append(things, [][2]string{table, {"GlobalSecondaryIndexName", index.Name}})
		}
		var all []series
		var names []string
		for _, of := range things {
			for _, kind := range []string{"Read", "Write"} {
				all = append(all, series{namespace: "AWS/DynamoDB", metric: kind + "ThrottleEvents", of: of,
					statistic: "Sum", minutes: 5})
				names = append(names, "m"+strconv.Itoa(len(all)))
			}
		}
		a.alarm(alarm{name: string(t.Name) + "-throttled", says: "the table or one of its indexes refuses requests " +
			"for want of throughput",
			series: all, expression: "SUM([" + strings.Join(names, ", ") + "])", over: 100})
	}
}

// mail goes off well before AWS would stop an account's mail: at 10 % bounces or 0.5 % complaints it may.
func (a *alarms) mail() {
	of := func(name string) []series {
		return []series{{namespace: "AWS/SES", metric: name, statistic: "Maximum", minutes: 60}}
	}
	a.alarm(alarm{name: "mail-bounces", says: "more than 3 % of the mail bounces",
		series: of("Reputation.BounceRate"), over: 0.03})
	a.alarm(alarm{name: "mail-complaints", says: "more than 0.1 % of the mail is complained about",
		series: of("Reputation.ComplaintRate"), over: 0.001})
}

// sensors: of a sensor that says nothing its spot's presence is unknown.
func (a *alarms) sensors() {
	a.alarm(alarm{name: "sensors-silent", says: "more than a tenth of all sensors have said nothing for as long as " +
		"their model and location allow",
		series: written("SilentShare", "no-show", "Minimum", 180), over: 10})
}
