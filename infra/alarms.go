package main

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/metric"
)

// newTopic is where alarms go; the configuration can name an address that they are mailed to.
func (s *service) newTopic() awssns.Topic {
	topic := awssns.NewTopic(s.Stack, jsii.String("alarms"), &awssns.TopicProps{
		TopicName: jsii.String(s.config.name("alarms")), MasterKey: s.data.key, EnforceSSL: jsii.Bool(true),
	})
	if s.config.Alarms != "" {
		awssns.NewCfnSubscription(s.Stack, jsii.String("alarms-mail"), &awssns.CfnSubscriptionProps{
			TopicArn: topic.TopicArn(), Protocol: jsii.String("email"), Endpoint: jsii.String(s.config.Alarms),
		})
	}
	return topic
}

// An alarm goes off when a metric of one thing, over some minutes, is over its limit.
type alarm struct {
	name, says        string
	namespace, metric string
	of, is            string // dimension and its value
	statistic         string
	minutes           float64
	over              float64
	under             bool // goes off below the limit instead, and where nothing is measured
}

func (s *service) alarm(a alarm) {
	comparison, missing := "GreaterThanThreshold", "notBreaching"
	if a.under {
		comparison, missing = "LessThanThreshold", "breaching"
	}
	var dimensions []any // none: of the account
	if a.of != "" {
		dimensions = append(dimensions, &awscloudwatch.CfnAlarm_DimensionProperty{Name: jsii.String(a.of),
			Value: jsii.String(a.is)})
	}
	awscloudwatch.NewCfnAlarm(s.Stack, jsii.String(a.name+"-alarm"), &awscloudwatch.CfnAlarmProps{
		AlarmName: jsii.String(s.config.name(a.name)), AlarmDescription: jsii.String(a.says),
		Namespace: jsii.String(a.namespace), MetricName: jsii.String(a.metric), Statistic: jsii.String(a.statistic),
		Dimensions: dimensions,
		Period:     jsii.Number(60 * a.minutes), EvaluationPeriods: jsii.Number(1), Threshold: jsii.Number(a.over),
		ComparisonOperator: jsii.String(comparison), TreatMissingData: jsii.String(missing),
		AlarmActions: &[]*string{s.alarms.TopicArn()}, OkActions: &[]*string{s.alarms.TopicArn()},
	})
}

func (s *service) alarmFunction(f catalog.Function, function awslambda.Function) {
	common := alarm{namespace: "AWS/Lambda", of: "FunctionName", is: *function.FunctionName(), statistic: "Sum",
		minutes: 5}
	errors, throttles := common, common
	errors.name, errors.metric, errors.says = f.Name+"-errors", "Errors",
		"the function crashed, timed out or gave an error"
	throttles.name, throttles.metric, throttles.says = f.Name+"-throttles", "Throttles",
		"more calls than the account's concurrency allows"
	s.alarm(errors)
	s.alarm(throttles)
}

// alarmSchedule: a schedule that does not run makes deadlines late.
func (s *service) alarmSchedule(f catalog.Function) {
	s.alarm(alarm{name: f.Name + "-late", says: "the schedule has started the function less than four times in " +
		"five minutes",
		namespace: "AWS/Lambda", metric: "Invocations", of: "FunctionName", is: *s.functions[f.Name].FunctionName(),
		statistic: "Sum", minutes: 5, over: 4, under: true})
}

// alarmLateness: something was removed later than promised. The function reports it itself; see shared/metric.
func (s *service) alarmLateness(f catalog.Function) {
	s.alarm(alarm{name: f.Name + "-overdue", says: "something was removed more than 60 seconds after its deadline",
		namespace: metric.Namespace, metric: "Lateness", of: "Function", is: f.Name, statistic: "Maximum", minutes: 1,
		over: 60})
}

// alarmFindings: something is in a store that should not be, or nobody has looked. The function reports it itself,
// and its log says where; see shared/audit.
func (s *service) alarmFindings(f catalog.Function) {
	common := alarm{namespace: metric.Namespace, of: "Function", is: f.Name, statistic: "Sum", minutes: 24 * 60}
	findings, unfinished := common, common
	findings.name, findings.metric, findings.says = f.Name+"-findings", "Findings",
		"something is overdue, undeclared or about nobody; the function's log says where"
	unfinished.name, unfinished.metric, unfinished.says = f.Name+"-late", "Finished",
		"in a day not every store was read whole"
	unfinished.over, unfinished.under = 1, true
	s.alarm(findings)
	s.alarm(unfinished)
}

// alarmSensors: of a sensor that says nothing its spot's presence is unknown.
func (s *service) alarmSensors() {
	s.alarm(alarm{name: "sensors-silent", says: "more than a tenth of all sensors have said nothing for as long as " +
		"their location allows",
		namespace: metric.Namespace, metric: "SilentShare", of: "Function", is: "no-show", statistic: "Minimum",
		minutes: 180, over: 10})
}

// alarmTables: an on-demand table throttles for a moment when its traffic doubles; what goes on is a hot key or a
// limit.
func (s *service) alarmTables() {
	for _, t := range catalog.Tables {
		for _, kind := range []string{"Read", "Write"} {
			s.alarm(alarm{name: string(t.Name) + "-throttled-" + strings.ToLower(kind) + "s",
				says:      "the table refuses requests for want of throughput",
				namespace: "AWS/DynamoDB", metric: kind + "ThrottleEvents", of: "TableName",
				is:        *s.data.tables[t.Name].TableName(),
				statistic: "Sum", minutes: 5, over: 100})
		}
	}
}

// alarmConcurrency goes off while there is still room: over the limit people are refused.
func (s *service) alarmConcurrency() {
	s.alarm(alarm{name: "concurrency", says: "four fifths of the functions that the account lets run at once are " +
		"running",
		namespace: "AWS/Lambda", metric: "ConcurrentExecutions", statistic: "Maximum", minutes: 5,
		over: 0.8 * float64(s.config.Concurrency)})
}

// alarmQueue is for queues in which nothing should be.
func (s *service) alarmQueue(name string) {
	s.alarm(alarm{name: name, says: "something was put aside for someone to look at",
		namespace: "AWS/SQS", metric: "ApproximateNumberOfMessagesVisible", of: "QueueName",
		is:        *s.queues[name].QueueName(),
		statistic: "Maximum", minutes: 1, over: 0})
}

func (s *service) alarmAge(name string, queue awssqs.Queue) {
	s.alarm(alarm{name: name + "-age", says: "readings wait longer than five minutes",
		namespace: "AWS/SQS", metric: "ApproximateAgeOfOldestMessage", of: "QueueName", is: *queue.QueueName(),
		statistic: "Maximum", minutes: 5, over: 300})
}

func (s *service) alarmAPI() {
	s.alarm(alarm{name: "api-errors", says: "the API answered with a status of 500 or more",
		namespace: "AWS/ApiGateway", metric: "5xx", of: "ApiId", is: *s.api.Ref(), statistic: "Sum", minutes: 5,
		over: 0})
}

// alarmMail goes off well before AWS would stop an account's mail: at 10 % bounces or 0.5 % complaints it may.
func (s *service) alarmMail() {
	s.alarm(alarm{name: "mail-bounces", says: "more than 3 % of the mail bounces",
		namespace: "AWS/SES", metric: "Reputation.BounceRate", statistic: "Maximum", minutes: 60, over: 0.03})
	s.alarm(alarm{name: "mail-complaints", says: "more than 0.1 % of the mail is complained about",
		namespace: "AWS/SES", metric: "Reputation.ComplaintRate", statistic: "Maximum", minutes: 60, over: 0.001})
}
