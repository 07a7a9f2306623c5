package main

import (
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsscheduler"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/catalog"
)

// How often and how long a trigger is tried before it goes to the dead letters. The schedule comes again
// in a minute and is not tried for longer than that.
const (
	eventRetries    = 8
	eventAge        = 6 * 3600 // seconds
	functionRetries = 2
	scheduleAge     = 60 // seconds
)

// triggers connects a function to what starts it; its routes are in api.go, and its schedule below.
func (s *service) triggers(f catalog.Function) {
	if f.Asynchronous() {
		s.putAside(f)
	}
	for _, detailType := range f.Events {
		if detailType == events.MailBouncedType {
			s.bounces(f)
		} else {
			s.rule(f, detailType)
		}
	}
	if f.Objects != "" {
		s.arrivals(f)
	}
	if f.Queue != "" {
		s.feed(f, f.Name+"-queue", f.Queue, catalog.BatchSize)
	}
	if f.Wake != "" { // one by one: the parts of a step are done side by side
		s.feed(f, f.Name+"-wake-ups", string(f.Wake), 1)
	}
}

// feed starts the function with what is in a queue.
func (s *service) feed(f catalog.Function, name, queue string, batch int) {
	awslambda.NewCfnEventSourceMapping(s.Stack, jsii.String(name), &awslambda.CfnEventSourceMappingProps{
		FunctionName:          s.functions[f.Name].FunctionName(),
		EventSourceArn:        s.queues[queue].QueueArn(),
		BatchSize:             jsii.Number(batch),
		FunctionResponseTypes: jsii.Strings("ReportBatchItemFailures"),
		Enabled:               jsii.Bool(!s.config.Closed),
		// A storm waits in the queue: what the mapping doesn't ask for can't be refused and counted as a failed
		// receipt.
		ScalingConfig: &awslambda.CfnEventSourceMapping_ScalingConfigProperty{
			MaximumConcurrency: jsii.Number(catalog.AtMost[f.Name])},
	})
}

// putAside sends what a function failed on, with the error, to the dead letters.
func (s *service) putAside(f catalog.Function) {
	age, retries := eventAge, functionRetries
	if f.Schedule == catalog.EveryMinute {
		age, retries = scheduleAge, 0
	}
	awslambda.NewCfnEventInvokeConfig(s.Stack, jsii.String(f.Name+"-invoke"), &awslambda.CfnEventInvokeConfigProps{
		FunctionName:             s.functions[f.Name].FunctionName(),
		Qualifier:                jsii.String("$LATEST"),
		MaximumEventAgeInSeconds: jsii.Number(age),
		MaximumRetryAttempts:     jsii.Number(retries),
		DestinationConfig: &awslambda.CfnEventInvokeConfig_DestinationConfigProperty{
			OnFailure: &awslambda.CfnEventInvokeConfig_OnFailureProperty{Destination: s.deadLetters()},
		},
	})
}

// deadLetters is the queue for what a trigger can't deliver and a function fails on.
func (s *service) deadLetters() *string {
	return s.queues[string(catalog.DeadLetterQueue)].QueueArn()
}

func (s *service) rule(f catalog.Function, detailType string) {
	name := catalog.RuleOf(f.Name, detailType)
	rule := awsevents.NewCfnRule(s.Stack, jsii.String(name), &awsevents.CfnRuleProps{
		EventBusName: s.bus.Ref(),
		EventPattern: map[string]any{"source": []string{events.Source}, "detail-type": []string{detailType}},
		Targets:      []any{s.target(f)},
	})
	s.permitRule(name, rule)
}

// target is a function as a rule starts it.
func (s *service) target(f catalog.Function) *awsevents.CfnRule_TargetProperty {
	return &awsevents.CfnRule_TargetProperty{
		Id: jsii.String(f.Name), Arn: s.functions[f.Name].FunctionArn(),
		RetryPolicy: &awsevents.CfnRule_RetryPolicyProperty{
			MaximumRetryAttempts: jsii.Number(eventRetries), MaximumEventAgeInSeconds: jsii.Number(eventAge),
		},
		DeadLetterConfig: &awsevents.CfnRule_DeadLetterConfigProperty{Arn: s.deadLetters()},
	}
}

// permitRule lets a rule start the function, and put aside what it can't deliver.
func (s *service) permitRule(name string, rule awsevents.CfnRule) {
	for _, edge := range s.over(catalog.EventBridge, name) {
		if edge.Action == catalog.InvokeFunction {
			s.permit(name, edge, rule.AttrArn())
			continue
		}
		s.queues[string(edge.On)].AddToResourcePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
			Principals: &[]awsiam.IPrincipal{awsiam.NewServicePrincipal(jsii.String(string(edge.By)), nil)},
			Actions:    jsii.Strings(edge.Action),
			Resources:  &[]*string{s.queues[string(edge.On)].QueueArn()},
			Conditions: &map[string]any{"ArnEquals": map[string]any{"aws:SourceArn": rule.AttrArn()}},
		}))
	}
}

// schedules start functions by one role, since a template takes only so many resources.
func (s *service) schedules() {
	role := s.serviceRole("schedules-role", catalog.Scheduler, catalog.TheSchedules)
	for _, f := range catalog.Functions {
		if f.Schedule != "" {
			s.schedule(f, role)
		}
	}
}

func (s *service) schedule(f catalog.Function, role awsiam.Role) {
	awsscheduler.NewCfnSchedule(s.Stack, jsii.String(f.Name+"-schedule"), &awsscheduler.CfnScheduleProps{
		Name:               jsii.String(s.config.name(f.Name)),
		Description:        jsii.String(f.Purpose),
		ScheduleExpression: jsii.String(string(f.Schedule)),
		FlexibleTimeWindow: &awsscheduler.CfnSchedule_FlexibleTimeWindowProperty{Mode: jsii.String("OFF")},
		Target: &awsscheduler.CfnSchedule_TargetProperty{
			Arn: s.functions[f.Name].FunctionArn(), RoleArn: role.RoleArn(), Input: jsii.String(events.ScheduleInput),
			RetryPolicy: &awsscheduler.CfnSchedule_RetryPolicyProperty{
				MaximumRetryAttempts: jsii.Number(2), MaximumEventAgeInSeconds: jsii.Number(scheduleAge),
			},
			DeadLetterConfig: &awsscheduler.CfnSchedule_DeadLetterConfigProperty{Arn: s.deadLetters()},
		},
	})
}

// putAsideIn makes a queue for what somebody is to look at.
func (s *service) putAsideIn(name string, keep time.Duration) awssqs.Queue {
	s.queues[name] = s.newQueue(name, keep, nil, 0)
	s.aside = append(s.aside, name)
	return s.queues[name]
}

// queue makes a queue of the list. One that feeds a function has a dead-letter queue of its own, but for calls to
// wake it, which the next look makes anew; the others are for people to look at.
func (s *service) queue(q catalog.Queue) {
	for _, f := range catalog.Functions {
		if string(f.Wake) == q.Name { // a call whose step is killed comes again when the step would have ended
			s.queues[q.Name] = s.newQueue(q.Name, q.Keep, nil, f.Timeout)
			return
		}
		if f.Queue == q.Name {
			dead := s.putAsideIn(catalog.DeadLetters(q.Name), catalog.LongestReading)
			s.redrive(dead, q.Name)
			s.queues[q.Name] = s.newQueue(q.Name, q.Keep, dead, 6*f.Timeout)
			s.feeding = append(s.feeding, q.Name)
			return
		}
	}
	s.putAsideIn(q.Name, q.Keep)
}

// redrive lets what failed be sent again from the dead letters into its queue, and only there.
func (s *service) redrive(dead awssqs.Queue, queue string) {
	source := s.FormatArn(&awscdk.ArnComponents{Service: jsii.String("sqs"),
		Resource: jsii.String(s.config.name(queue))})
	dead.Node().DefaultChild().(awssqs.CfnQueue).SetRedriveAllowPolicy(map[string]any{
		"redrivePermission": "byQueue", "sourceQueueArns": []*string{source}})
}

func (s *service) newQueue(name string, keep time.Duration, dead awssqs.IQueue,
	visibleAfter time.Duration) awssqs.Queue {
	props := &awssqs.QueueProps{
		QueueName:       jsii.String(s.config.name(name)),
		Encryption:      awssqs.QueueEncryption_SQS_MANAGED,
		EnforceSSL:      jsii.Bool(true),
		RetentionPeriod: awscdk.Duration_Seconds(jsii.Number(keep.Seconds())),
	}
	if dead != nil {
		props.DeadLetterQueue = &awssqs.DeadLetterQueue{Queue: dead, MaxReceiveCount: jsii.Number(catalog.MaxReceives)}
	}
	if visibleAfter > 0 {
		props.VisibilityTimeout = awscdk.Duration_Seconds(jsii.Number(visibleAfter.Seconds()))
	}
	return awssqs.NewQueue(s.Stack, jsii.String(name), props)
}
