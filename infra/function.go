package main

import (
	"path/filepath"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/shared/catalog"
)

// function makes a function of the list with a log group and a role of its own.
func (s *service) function(f catalog.Function) awslambda.Function {
	name := s.config.name(f.Name)
	logs := awslogs.NewLogGroup(s.Stack, jsii.String(f.Name+"-log"), &awslogs.LogGroupProps{
		LogGroupName:  jsii.String("/aws/lambda/" + name),
		Retention:     awslogs.RetentionDays_ONE_MONTH,
		RemovalPolicy: awscdk.RemovalPolicy_DESTROY,
	})
	return awslambda.NewFunction(s.Stack, jsii.String(f.Name), &awslambda.FunctionProps{
		FunctionName: jsii.String(name),
		Description:  jsii.String(f.Purpose),
		Runtime:      awslambda.Runtime_PROVIDED_AL2023(),
		Architecture: awslambda.Architecture_ARM_64(),
		Handler:      jsii.String("bootstrap"),
		Code:         awslambda.Code_FromAsset(jsii.String(filepath.Join(s.config.Dist, f.Name)), nil),
		Timeout:      awscdk.Duration_Seconds(jsii.Number(f.Timeout.Seconds())),
		MemorySize:   jsii.Number(f.Memory),
		Environment:  s.environment(f),

		EnvironmentEncryption: s.environmentKey(f),
		Role:                  s.role(f, logs),
		LogGroup:              logs,
		Tracing:               awslambda.Tracing_ACTIVE,

		ReservedConcurrentExecutions: s.config.atMost(f),
	})
}

// environment names to a function what it has rights on, and gives it the configuration that it asks for.
func (s *service) environment(f catalog.Function) *map[string]*string {
	given := f.Environment(func(r catalog.Resource) string { return *s.resourceName(r) },
		func(v catalog.Variable) string { return *s.value(v) })
	environment := map[string]*string{}
	for name, value := range given {
		environment[name] = jsii.String(value)
	}
	return &environment
}

// environmentKey encrypts the environment of a function that holds a secret, so that the right to look at a
// function's configuration is not enough to read it. nil is AWS's own key, with which it would be.
func (s *service) environmentKey(f catalog.Function) awskms.IKey {
	if slices.ContainsFunc(f.Variables, catalog.Variable.IsSecret) {
		return s.data.key
	}
	return nil
}

// resourceName is what a function calls a resource by.
func (s *service) resourceName(resource catalog.Resource) *string {
	if table := s.data.tables[resource]; table != nil {
		return table.TableName()
	}
	if queue := s.queues[string(resource)]; queue != nil {
		return queue.QueueUrl()
	}
	if bucket := s.data.buckets[resource]; bucket != nil {
		return bucket.BucketName()
	}
	if resource == catalog.Bus {
		return s.bus.Ref()
	}
	panic("infra: nothing is named " + string(resource))
}

// value is the configuration of this deployment. Keys are put in by CloudFormation and are not in the template.
func (s *service) value(variable catalog.Variable) *string {
	if variable.IsKey() {
		return s.data.keyFor(variable)
	}
	switch variable {
	case catalog.PublicURL:
		return jsii.String(s.publicURL())
	case catalog.MailFrom:
		return jsii.String("iotspot <" + s.config.sender() + ">")
	case catalog.MailSet:
		return jsii.String(s.config.mailSet())
	case catalog.Support:
		return jsii.String(s.config.Controller.Support)
	case catalog.Controller:
		return jsii.String(s.config.Controller.Encode())
	case catalog.Connector:
		return s.connectorSecret()
	case catalog.DNSServer:
		return jsii.String("") // AWS's own resolver
	}
	panic("infra: there is no value for " + string(variable))
}

// connectorSecret is put in by CloudFormation too, from a secret that the operator made; the function takes nothing
// where there is none.
func (s *service) connectorSecret() *string {
	if s.config.Connector == "" {
		return jsii.String("")
	}
	named := awssecretsmanager.Secret_FromSecretNameV2(s.Stack, jsii.String("connector-secret"),
		jsii.String(s.config.Connector))
	return named.SecretValue().UnsafeUnwrap()
}

// role lets a function do what the list says, write its own log, and what its trigger needs; nothing else.
func (s *service) role(f catalog.Function, logs awslogs.LogGroup) awsiam.IRole {
	statements := []awsiam.PolicyStatement{
		allow([]string{"logs:CreateLogStream", "logs:PutLogEvents"}, logs.LogGroupArn()), // ends in :*, its streams
		s.inRegion(trace), // what Lambda itself writes down: a function's name, times, and errors as the log has them
	}
	for _, right := range f.Rights {
		statements = append(statements, s.statements(right)...)
	}
	statements = append(statements, s.granted(catalog.Lambda, f.Name)...)
	role := awsiam.NewRole(s.Stack, jsii.String(f.Name+"-role"), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("lambda.amazonaws.com"), nil),
		InlinePolicies: &map[string]awsiam.PolicyDocument{
			"rights": awsiam.NewPolicyDocument(&awsiam.PolicyDocumentProps{Statements: &statements}),
		},
	})
	return role.WithoutPolicyUpdates(nil)
}

// statements are a right in IAM's words.
func (s *service) statements(right catalog.Right) []awsiam.PolicyStatement {
	switch right.On {
	case catalog.Photos, catalog.Received:
		return s.objectStatements(right)
	case catalog.Mail:
		return s.mailStatements(right)
	case catalog.Bus:
		return []awsiam.PolicyStatement{allow(right.Actions, s.bus.AttrArn())}
	}
	if queue := s.queues[string(right.On)]; queue != nil {
		return []awsiam.PolicyStatement{allow(right.Actions, queue.QueueArn())}
	}
	arn := s.data.tables[right.On].TableArn()
	if right.Index != "" {
		arn = jsii.String(*arn + "/index/" + right.Index)
	}
	return []awsiam.PolicyStatement{allow(right.Actions, arn)}
}

// objectStatements: listing is a right on the bucket, the rest on what is in it.
func (s *service) objectStatements(right catalog.Right) []awsiam.PolicyStatement {
	var statements []awsiam.PolicyStatement
	for _, action := range right.Actions {
		resource := s.data.buckets[right.On].ArnForObjects(jsii.String("*"))
		if action == catalog.ListVers || action == catalog.ListObjects {
			resource = s.data.buckets[right.On].BucketArn()
		}
		statements = append(statements, allow([]string{action}, resource))
	}
	return statements
}

// mailStatements: mail is sent as the sender alone, and by its configuration set. The suppression list has no
// resource of its own in IAM, so the right on it is bound to this region.
func (s *service) mailStatements(right catalog.Right) []awsiam.PolicyStatement {
	var statements []awsiam.PolicyStatement
	for _, action := range right.Actions {
		var statement awsiam.PolicyStatement
		if action == catalog.SendEmail {
			statement = allow([]string{action}, s.ses("identity", s.config.identities()),
				s.ses("configuration-set", s.config.mailSet()))
			statement.AddCondition(jsii.String("StringEquals"),
				map[string]string{"ses:FromAddress": s.config.sender()})
		} else {
			statement = s.inRegion([]string{action})
		}
		statements = append(statements, statement)
	}
	return statements
}

func (s *service) ses(kind, name string) *string {
	return s.FormatArn(&awscdk.ArnComponents{Service: jsii.String("ses"), Resource: jsii.String(kind),
		ResourceName: jsii.String(name)})
}

// trace are the rights that AWS X-Ray asks for.
var trace = []string{"xray:PutTraceSegments", "xray:PutTelemetryRecords"}

// inRegion is for actions whose resources have no names in IAM: they are bound to this region.
func (s *service) inRegion(actions []string) awsiam.PolicyStatement {
	statement := allow(actions, jsii.String("*"))
	statement.AddCondition(jsii.String("StringEquals"), map[string]string{"aws:RequestedRegion": s.config.Region})
	return statement
}

func allow(actions []string, resources ...*string) awsiam.PolicyStatement {
	return awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Actions: jsii.Strings(actions...), Resources: &resources,
	})
}
