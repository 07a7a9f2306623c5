package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsses"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/catalog"
)

// tellBounces lets SES tell the account's own bus, the only one that it knows, which mails came back for good and which
// were complained about. It needs no right for that.
func (d *data) tellBounces(set awsses.CfnConfigurationSet) {
	bus := d.FormatArn(&awscdk.ArnComponents{Service: jsii.String("events"), Resource: jsii.String("event-bus"),
		ResourceName: jsii.String("default")})
	awsses.NewCfnConfigurationSetEventDestination(d.Stack, jsii.String("bounces"),
		&awsses.CfnConfigurationSetEventDestinationProps{
			ConfigurationSetName: set.Ref(),
			EventDestination: &awsses.CfnConfigurationSetEventDestination_EventDestinationProperty{
				Name: jsii.String(d.config.name("bounces")), Enabled: jsii.Bool(true),
				MatchingEventTypes:     jsii.Strings("BOUNCE", "COMPLAINT"),
				EventBridgeDestination: map[string]any{"eventBusArn": bus},
			},
		}).ApplyRemovalPolicy(kept, nil)
}

// bounces starts a function for each mail with a mark that came back. What SES tells names the receiver and the
// subject; the rule makes of it an event of ours with the mark alone, so that nothing else reaches the function, its
// log or the dead letters. What the rule can't deliver within a minute is dropped, since EventBridge would put it aside
// as SES wrote it: the next mail comes back too.
func (s *service) bounces(f catalog.Function) {
	name := catalog.RuleOf(f.Name, events.MailBouncedType)
	rule := awsevents.NewCfnRule(s.Stack, jsii.String(name), &awsevents.CfnRuleProps{
		EventPattern: map[string]any{"source": []string{"aws.ses"},
			"detail-type": []string{"Email Bounced", "Email Complaint Received"},
			"detail": map[string]any{"mail": map[string]any{"tags": map[string]any{
				"mark":                  []any{map[string]any{"exists": true}},
				"ses:configuration-set": []string{s.config.mailSet()},
			}},
				"$or": []any{
					map[string]any{"bounce": map[string]any{"bounceType": []string{"Permanent"}}},
					map[string]any{"complaint": map[string]any{"timestamp": []any{map[string]any{"exists": true}}}},
				}}},
		Targets: []any{&awsevents.CfnRule_TargetProperty{
			Id: jsii.String(f.Name), Arn: s.functions[f.Name].FunctionArn(),
			InputTransformer: &awsevents.CfnRule_InputTransformerProperty{
				InputPathsMap: map[string]string{"mark": "$.detail.mail.tags.mark[0]"},
				InputTemplate: jsii.String(`{"source":"` + events.Source + `","detail-type":"` + events.MailBouncedType +
					`","detail":{"mark":<mark>}}`),
			},
			RetryPolicy: &awsevents.CfnRule_RetryPolicyProperty{MaximumRetryAttempts: jsii.Number(2),
				MaximumEventAgeInSeconds: jsii.Number(60)},
		}},
	})
	s.permitRule(name, rule)
}
