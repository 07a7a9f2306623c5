package catalog

import (
	"slices"
	"strings"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/api"
)

// A Service is one of AWS's, by the name that policies know it by.
type Service string

// The services that act on behalf of the deployment.
const (
	APIGateway  Service = "apigateway.amazonaws.com"
	Budgets     Service = "budgets.amazonaws.com"
	CloudWatch  Service = "cloudwatch.amazonaws.com"
	DynamoDB    Service = "dynamodb.amazonaws.com"
	EventBridge Service = "events.amazonaws.com"
	IoT         Service = "iot.amazonaws.com"
	IoTWireless Service = "iotwireless.amazonaws.com"
	Lambda      Service = "lambda.amazonaws.com"
	S3          Service = "s3.amazonaws.com"
	Scheduler   Service = "scheduler.amazonaws.com"
	SES         Service = "ses.amazonaws.com"
)

// What services act on beside the resources and the functions.
const (
	AlarmTopic Resource = "alarms"
	DataKey    Resource = "key"         // of tables, buckets, the alarms' topic and environments with keys
	DefaultBus Resource = "default-bus" // the account's own, the only one that S3 and SES know
	// DeadLetterQueue is the queue of what functions failed on that nobody waits for: ids and no personal data. Which
	// function it was stands in each message, as the service that gave it up has it.
	DeadLetterQueue Resource = "dead-letters"
	// Undelivered is the queue of what sensors said that the queue of readings didn't take, with the reason.
	Undelivered Resource = "undelivered-readings"
	// Uplinks is the topic on which LoRaWAN's network publishes.
	Uplinks Resource = "lorawan/uplink"
	// Everything is for actions whose resources have no names in IAM.
	Everything Resource = "*"
)

// Actions of services.
const (
	InvokeFunction   = "lambda:InvokeFunction"
	PublishAlarm     = "sns:Publish"
	PublishMessage   = "iot:Publish"
	DescribeEndpoint = "iot:DescribeEndpoint"
	Decrypt          = "kms:Decrypt"
	GenerateDataKey  = "kms:GenerateDataKey*"
)

// ReadQueue is what Lambda does with a queue that feeds a function.
var ReadQueue = []string{"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}

// An Edge lets a service of AWS do something on behalf of a part of the deployment. AWS refuses what no policy of a
// topic, queue, bucket, key, function or role gives; infra writes these policies from the edges, and the local stack
// refuses what is not one of them.
type Edge struct {
	By     Service
	For    string // a rule, schedule, function, bucket, …; "" is the whole account
	Action string
	On     Resource // or a function, by its name
}

// On whose behalf services act, where it is neither a function nor a resource.
const (
	TheAPI       = "api"
	TheSchedules = "schedules"
	TheTopics    = "topics"
	TheReceipt   = "receipt"
	TheLoRaWAN   = "lorawan"
)

// RuleOf names the rule by which an event starts a function, and ArrivalsOf the one for objects in its bucket.
func RuleOf(function, detailType string) string {
	if detailType == events.MailBouncedType {
		return function + "-bounces"
	}
	return function + "-" + strings.ReplaceAll(detailType, ".", "-")
}

// ArrivalsOf names the rule by which an object that arrives starts a function.
func ArrivalsOf(function string) string { return function + "-arrivals" }

// Edges are all that services may do in a deployment of these functions and operations.
func Edges(functions []Function, operations []api.Operation) []Edge {
	all := slices.Concat(alarmEdges(), storeEdges(), sensorEdges(), mailEdges())
	for _, f := range functions {
		all = append(all, f.edges()...)
		if slices.ContainsFunc(operations, func(o api.Operation) bool { return o.Function == f.Name }) {
			all = append(all, Edge{APIGateway, TheAPI, InvokeFunction, Resource(f.Name)})
		}
	}
	return append(all, Edge{Scheduler, TheSchedules, SendMsg, DeadLetterQueue})
}

// Asynchronous reports whether nobody waits for the function's answer, so that what fails must be put aside.
func (f Function) Asynchronous() bool {
	return f.Schedule != "" || len(f.Events) > 0 || f.Objects != ""
}

// edges are those by which a function is started, given its environment, and rid of what it failed on.
func (f Function) edges() (all []Edge) {
	rules := []string{}
	for _, detailType := range f.Events {
		rules = append(rules, RuleOf(f.Name, detailType))
	}
	if f.Objects != "" {
		rules = append(rules, ArrivalsOf(f.Name))
	}
	for _, rule := range rules {
		all = append(all, Edge{EventBridge, rule, InvokeFunction, Resource(f.Name)})
		if rule != RuleOf(f.Name, events.MailBouncedType) { // EventBridge would put aside what SES wrote
			all = append(all, Edge{EventBridge, rule, SendMsg, DeadLetterQueue})
		}
	}
	if f.Schedule != "" {
		all = append(all, Edge{Scheduler, TheSchedules, InvokeFunction, Resource(f.Name)})
	}
	if f.Asynchronous() {
		all = append(all, Edge{Lambda, f.Name, SendMsg, DeadLetterQueue})
	}
	for _, queue := range []Resource{Resource(f.Queue), f.Wake} {
		for _, action := range ReadQueue {
			if queue != "" {
				all = append(all, Edge{Lambda, f.Name, action, queue})
			}
		}
	}
	if slices.ContainsFunc(f.Variables, Variable.IsSecret) {
		all = append(all, Edge{Lambda, f.Name, Decrypt, DataKey})
	}
	return all
}

// alarmEdges are those of the services that tell the operator something: the topic's own policy replaces SNS's default.
func alarmEdges() (all []Edge) {
	for _, by := range []Service{CloudWatch, Budgets} {
		all = append(all, Edge{By: by, Action: PublishAlarm, On: AlarmTopic}, Edge{By: by, Action: Decrypt, On: DataKey},
			Edge{By: by, Action: GenerateDataKey, On: DataKey})
	}
	return all
}

// storeEdges let whoever may use a store use its key, through the store alone.
func storeEdges() (all []Edge) {
	use := func(by Service, store Resource) {
		all = append(all, Edge{by, string(store), Decrypt, DataKey}, Edge{by, string(store), GenerateDataKey, DataKey})
	}
	for _, t := range Tables {
		use(DynamoDB, t.Name)
	}
	for _, bucket := range Buckets {
		use(S3, bucket)
	}
	return all
}

// sensorEdges bring a sensor's message from its network over the topic into the queue.
func sensorEdges() []Edge {
	return []Edge{{IoT, TheTopics, SendMsg, ReadingsQueue}, {IoT, TheTopics, SendMsg, Undelivered},
		{IoTWireless, TheLoRaWAN, DescribeEndpoint, Everything}, {IoTWireless, TheLoRaWAN, PublishMessage, Uplinks}}
}

// mailEdges put a mail that arrives into its bucket, and its arrival and a mail's return onto the account's bus.
func mailEdges() []Edge {
	return []Edge{{SES, TheReceipt, PutObject, Received}, {S3, string(Received), PutEvents, DefaultBus},
		{SES, string(Mail), PutEvents, DefaultBus}}
}
