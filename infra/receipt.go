package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsses"
	"github.com/aws/aws-cdk-go/awscdk/v2/customresources"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/shared/catalog"
)

// setActive makes one set of receipt rules the account's; SES knows no narrower right.
const setActive = "ses:SetActiveReceiptRuleSet"

// receipt lets SES put what arrives at the support address into its bucket (7.mail). The bucket announces each mail
// on the account's default bus. What goes over that bus, and into the dead letters, is the mail's id and nothing from
// the mail.
func (s *service) receipt() {
	role := s.serviceRole("receipt-role", catalog.SES, catalog.TheReceipt) // it may use the key through the bucket
	rules := awsses.NewCfnReceiptRuleSet(s.Stack, jsii.String("receipt"), &awsses.CfnReceiptRuleSetProps{
		RuleSetName: jsii.String(s.config.name("receipt")),
	})
	rule := awsses.NewCfnReceiptRule(s.Stack, jsii.String("receipt-support"), &awsses.CfnReceiptRuleProps{
		RuleSetName: rules.Ref(),
		Rule: &awsses.CfnReceiptRule_RuleProperty{
			Name: jsii.String("support"), Enabled: jsii.Bool(true),
			Recipients:  jsii.Strings(s.config.Controller.Support),
			ScanEnabled: jsii.Bool(true), TlsPolicy: jsii.String("Require"),
			Actions: []any{&awsses.CfnReceiptRule_ActionProperty{S3Action: &awsses.CfnReceiptRule_S3ActionProperty{
				BucketName: s.data.buckets[catalog.Received].BucketName(), IamRoleArn: role.RoleArn(),
			}}},
		},
	})
	rule.Node().AddDependency(role)
	s.activate(rules, rule)
	s.output("supportMX", "DNS record",
		jsii.String(s.config.Domain+" MX 10 inbound-smtp."+s.config.Region+".amazonaws.com"))
}

// activate makes the set the one by which the account receives mail, which CloudFormation itself can't.
func (s *service) activate(rules awsses.CfnReceiptRuleSet, rule awsses.CfnReceiptRule) {
	call := func(parameters map[string]any) *customresources.AwsSdkCall {
		return &customresources.AwsSdkCall{Service: jsii.String("SES"),
			Action: jsii.String("setActiveReceiptRuleSet"), Parameters: parameters,
			PhysicalResourceId: customresources.PhysicalResourceId_Of(jsii.String("active-receipt-rules"))}
	}
	logs := awslogs.NewLogGroup(s.Stack, jsii.String("activate-receipt-log"), &awslogs.LogGroupProps{
		LogGroupName:  jsii.String("/aws/lambda/" + s.config.name("activate-receipt")),
		Retention:     awslogs.RetentionDays_ONE_MONTH,
		RemovalPolicy: awscdk.RemovalPolicy_DESTROY,
	})
	rights := awsiam.NewPolicyDocument(&awsiam.PolicyDocumentProps{Statements: &[]awsiam.PolicyStatement{
		s.inRegion([]string{setActive}),
		allow([]string{"logs:CreateLogStream", "logs:PutLogEvents"}, logs.LogGroupArn()),
	}})
	role := awsiam.NewRole(s.Stack, jsii.String("activate-receipt-role"), &awsiam.RoleProps{
		AssumedBy:      awsiam.NewServicePrincipal(jsii.String("lambda.amazonaws.com"), nil),
		InlinePolicies: &map[string]awsiam.PolicyDocument{"rights": rights},
	})
	active := customresources.NewAwsCustomResource(s.Stack, jsii.String("activate-receipt"),
		&customresources.AwsCustomResourceProps{
			FunctionName:        jsii.String(s.config.name("activate-receipt")),
			InstallLatestAwsSdk: jsii.Bool(false),
			OnUpdate:            call(map[string]any{"RuleSetName": rules.Ref()}), // on creation too
			OnDelete:            call(map[string]any{}),                           // an active set can't be deleted
			Role:                role.WithoutPolicyUpdates(nil),
			LogGroup:            logs,
		})
	active.Node().AddDependency(rule)
	// The CDK's function asks for the Node that was the newest when this version of the CDK was made; its handler is
	// one that newer ones run.
	provider := s.Stack.Node().FindChild(jsii.String(activator)).Node().DefaultChild().(awslambda.CfnFunction)
	provider.SetRuntime(jsii.String("nodejs24.x"))
}

// activator is how the CDK calls its function that activates the receipt rules.
const activator = "AWS679f53fac002430cb0da5b7982bd2287"

// arrivals starts a function for each object that arrives in a bucket.
func (s *service) arrivals(f catalog.Function) {
	name := catalog.ArrivalsOf(f.Name)
	bucket := map[string]any{"name": []*string{s.data.buckets[f.Objects].BucketName()}}
	rule := awsevents.NewCfnRule(s.Stack, jsii.String(name), &awsevents.CfnRuleProps{
		EventPattern: map[string]any{"source": []string{"aws.s3"}, "detail-type": []string{"Object Created"},
			"detail": map[string]any{"bucket": bucket}},
		Targets: []any{s.target(f)},
	})
	s.permitRule(name, rule)
}
