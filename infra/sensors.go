package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiot"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/shared/catalog"
)

// sensors hands what arrives on the sensors' topics to the queue of readings. What the queue doesn't take goes, with the
// reason, to a queue of its own.
func (s *service) sensors() {
	const lost = "undelivered-readings"
	s.queues[lost] = s.newQueue(lost, 24, nil, 0)
	s.alarmQueue(lost)
	role := s.serviceRole("topics-role", "iot.amazonaws.com",
		allow([]string{catalog.SendMsg}, s.queues[catalog.Readings].QueueArn()),
		allow([]string{catalog.SendMsg}, s.queues[lost].QueueArn()))
	into := func(queue string) *awsiot.CfnTopicRule_ActionProperty {
		return &awsiot.CfnTopicRule_ActionProperty{Sqs: &awsiot.CfnTopicRule_SqsActionProperty{
			QueueUrl: s.queues[queue].QueueUrl(), RoleArn: role.RoleArn(), UseBase64: jsii.Bool(false),
		}}
	}
	for _, rule := range catalog.TopicRules {
		awsiot.NewCfnTopicRule(s.Stack, jsii.String("topic-"+rule.Name), &awsiot.CfnTopicRuleProps{
			RuleName: jsii.String("iotspot_" + s.config.Stage + "_" + rule.Name),
			TopicRulePayload: &awsiot.CfnTopicRule_TopicRulePayloadProperty{
				Sql:              jsii.String(rule.SQL()),
				AwsIotSqlVersion: jsii.String("2016-03-23"),
				Actions:          []any{into(catalog.Readings)},
				ErrorAction:      into(lost),
				RuleDisabled:     jsii.Bool(false),
			},
		})
	}
}
