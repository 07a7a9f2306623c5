package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsbudgets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/shared/catalog"
)

// newTopic is where alarms go; the configuration can name an address that they are mailed to. Its policy must let
// those tell it something that have something to tell, since one of our own replaces SNS's default, and so must the
// policy of the key that it is encrypted with.
func (a *alarms) newTopic() awssns.Topic {
	topic := awssns.NewTopic(a.Stack, jsii.String("alarms"), &awssns.TopicProps{
		TopicName: jsii.String(a.config.name("alarms")), MasterKey: a.service.data.key, EnforceSSL: jsii.Bool(true),
	})
	for _, edge := range leadingTo(catalog.AlarmTopic) {
		topic.AddToResourcePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
			Principals: &[]awsiam.IPrincipal{awsiam.NewServicePrincipal(jsii.String(string(edge.By)), nil)},
			Actions:    jsii.Strings(edge.Action),
			Resources:  &[]*string{topic.TopicArn()},
			Conditions: &map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": a.Account()}},
		}))
	}
	if a.config.Alarms != "" {
		awssns.NewCfnSubscription(a.Stack, jsii.String("alarms-mail"), &awssns.CfnSubscriptionProps{
			TopicArn: topic.TopicArn(), Protocol: jsii.String("email"), Endpoint: jsii.String(a.config.Alarms),
		})
	}
	return topic
}

// budget tells when the account's bill of the month is about to be over what the configuration expects.
func (a *alarms) budget() {
	told := func(kind string, percent float64) *awsbudgets.CfnBudget_NotificationWithSubscribersProperty {
		return &awsbudgets.CfnBudget_NotificationWithSubscribersProperty{
			Notification: &awsbudgets.CfnBudget_NotificationProperty{NotificationType: jsii.String(kind),
				ComparisonOperator: jsii.String("GREATER_THAN"), Threshold: jsii.Number(percent),
				ThresholdType: jsii.String("PERCENTAGE")},
			Subscribers: []any{&awsbudgets.CfnBudget_SubscriberProperty{SubscriptionType: jsii.String("SNS"),
				Address: a.topic.TopicArn()}},
		}
	}
	awsbudgets.NewCfnBudget(a.Stack, jsii.String("budget"), &awsbudgets.CfnBudgetProps{
		Budget: &awsbudgets.CfnBudget_BudgetDataProperty{BudgetName: jsii.String(a.config.name("budget")),
			BudgetType: jsii.String("COST"), TimeUnit: jsii.String("MONTHLY"),
			BudgetLimit: &awsbudgets.CfnBudget_SpendProperty{Amount: jsii.Number(a.config.Budget),
				Unit: jsii.String("USD")}},
		NotificationsWithSubscribers: []any{told("ACTUAL", 80), told("FORECASTED", 100)},
	})
}
