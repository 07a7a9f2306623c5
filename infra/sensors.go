package main

import (
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiot"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiotwireless"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/shared/catalog"
)

// sensors hands what arrives on the sensors' topics to the queue of readings. What the queue doesn't take goes, with
// the reason, to a queue of its own.
func (s *service) sensors() {
	role := s.serviceRole("topics-role", catalog.IoT, catalog.TheTopics)
	into := func(queue string) *awsiot.CfnTopicRule_ActionProperty {
		return &awsiot.CfnTopicRule_ActionProperty{Sqs: &awsiot.CfnTopicRule_SqsActionProperty{
			QueueUrl: s.queues[queue].QueueUrl(), RoleArn: role.RoleArn(), UseBase64: jsii.Bool(false),
		}}
	}
	for _, rule := range catalog.TopicRules {
		awsiot.NewCfnTopicRule(s.Stack, jsii.String("topic-"+rule.Name), &awsiot.CfnTopicRuleProps{
			RuleName: jsii.String(rule.NameIn(s.config.Stage)),
			TopicRulePayload: &awsiot.CfnTopicRule_TopicRulePayloadProperty{
				Sql:              jsii.String(rule.SQL()),
				AwsIotSqlVersion: jsii.String("2016-03-23"),
				Actions:          []any{into(catalog.Readings)},
				ErrorAction:      into(string(catalog.Undelivered)),
				RuleDisabled:     jsii.Bool(false),
			},
		})
	}
}

// devices lets a sensor that speaks MQTT, once its certificate is tied to a thing of its own name, connect as itself
// and publish on its own topic, also past the broker to the rule alone, which costs less; it can read nothing.
func (s *service) devices() {
	const thing = "${iot:Connection.Thing.ThingName}"
	const reading = "iotspot/" + thing + "/reading"
	may := func(action, resource string) map[string]any {
		return map[string]any{"Effect": "Allow", "Action": action, "Resource": resource}
	}
	connect := may("iot:Connect", s.iot("client", thing))
	connect["Condition"] = map[string]any{"Bool": map[string]any{"iot:Connection.Thing.IsAttached": "true"}}
	awsiot.NewCfnPolicy(s.Stack, jsii.String("device"), &awsiot.CfnPolicyProps{
		PolicyName: jsii.String(s.config.name("device")),
		PolicyDocument: map[string]any{"Version": "2012-10-17", "Statement": []any{
			connect, may("iot:Publish", s.iot("topic", reading)),
			may("iot:Publish", s.iot("topic", catalog.TopicRules[0].Direct(s.config.Stage, reading))),
		}},
	})
	if slices.Contains(loRaWANRegions, s.config.Region) {
		s.loRaWAN()
	}
}

// loRaWANRegions are those of Regions in which AWS IoT Core for LoRaWAN exists: AWS General Reference, "AWS IoT
// Wireless endpoints and quotas". Elsewhere a network of another operator publishes on the same topic.
var loRaWANRegions = []string{"eu-central-1", "eu-west-1"}

// loRaWAN is the one destination through which sensors on LoRaWAN reach the system. The service looks up where the
// account's topics are, which IAM knows no narrower right for, and then publishes.
func (s *service) loRaWAN() {
	role := s.serviceRole("lorawan-role", catalog.IoTWireless, catalog.TheLoRaWAN)
	awsiotwireless.NewCfnDestination(s.Stack, jsii.String("lorawan"), &awsiotwireless.CfnDestinationProps{
		Name: jsii.String(s.config.name("lorawan")), ExpressionType: jsii.String("MqttTopic"),
		Expression: jsii.String(string(catalog.Uplinks)),
		RoleArn:    role.RoleArn(),
	})
}

func (s *service) iot(kind, name string) string {
	return *s.FormatArn(&awscdk.ArnComponents{Service: jsii.String("iot"), Resource: jsii.String(kind),
		ResourceName: jsii.String(name)})
}
