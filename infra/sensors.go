package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiot"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiotwireless"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/shared/catalog"
)

// sensors hands what arrives on the sensors' topics to the queue of readings. What the queue doesn't take goes, with
// the reason, to a queue of its own.
func (s *service) sensors() {
	const lost = "undelivered-readings"
	s.queues[lost] = s.newQueue(lost, catalog.LongestReading.Hours(), nil, 0) // IoT Core puts the message in whole
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

// devices lets a sensor that speaks MQTT, once its certificate is tied to a thing of its own name, connect as itself
// and publish on its own topic; it can read nothing. Sensors on LoRaWAN reach the system through one destination.
func (s *service) devices() {
	const thing = "${iot:Connection.Thing.ThingName}"
	iot := func(kind, name string) string {
		return *s.FormatArn(&awscdk.ArnComponents{Service: jsii.String("iot"), Resource: jsii.String(kind),
			ResourceName: jsii.String(name)})
	}
	may := func(action, resource string) map[string]any {
		return map[string]any{"Effect": "Allow", "Action": action, "Resource": resource}
	}
	connect := may("iot:Connect", iot("client", thing))
	connect["Condition"] = map[string]any{"Bool": map[string]any{"iot:Connection.Thing.IsAttached": "true"}}
	awsiot.NewCfnPolicy(s.Stack, jsii.String("device"), &awsiot.CfnPolicyProps{
		PolicyName: jsii.String(s.config.name("device")),
		PolicyDocument: map[string]any{"Version": "2012-10-17", "Statement": []any{
			connect, may("iot:Publish", iot("topic", "iotspot/"+thing+"/reading")),
		}},
	})
	const uplink = "lorawan/uplink"
	role := s.serviceRole("lorawan-role", "iotwireless.amazonaws.com",
		allow([]string{"iot:Publish"}, jsii.String(iot("topic", uplink))))
	awsiotwireless.NewCfnDestination(s.Stack, jsii.String("lorawan"), &awsiotwireless.CfnDestinationProps{
		Name: jsii.String(s.config.name("lorawan")), ExpressionType: jsii.String("MqttTopic"),
		Expression: jsii.String(uplink),
		RoleArn:    role.RoleArn(),
	})
}
