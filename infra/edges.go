package main

import (
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/catalog"
)

// edges are what services of AWS may do to each other's things. Each policy here is written from them.
var edges = catalog.Edges(catalog.Functions, api.Operations())

// over are the edges that a service goes over on behalf of one thing.
func (s *service) over(by catalog.Service, whose string) []catalog.Edge {
	var found []catalog.Edge
	for _, edge := range edges {
		if edge.By == by && edge.For == whose {
			found = append(found, edge)
		}
	}
	return found
}

// leadingTo are the edges that lead to a thing.
func leadingTo(on catalog.Resource) []catalog.Edge {
	return slices.DeleteFunc(slices.Clone(edges), func(e catalog.Edge) bool { return e.On != on })
}

// granted are these edges as statements of a role, by which the service acts for the thing.
func (s *service) granted(by catalog.Service, whose string) []awsiam.PolicyStatement {
	var statements []awsiam.PolicyStatement
	for _, edge := range s.over(by, whose) {
		if edge.On == catalog.Everything {
			statements = append(statements, s.inRegion([]string{edge.Action}))
			continue
		}
		statements = append(statements, allow([]string{edge.Action}, s.arn(edge.On)))
	}
	return statements
}

// arn is what an edge leads to.
func (s *service) arn(on catalog.Resource) *string {
	if queue := s.queues[string(on)]; queue != nil {
		return queue.QueueArn()
	}
	if function := s.functions[string(on)]; function != nil {
		return function.FunctionArn()
	}
	switch on {
	case catalog.DataKey:
		return s.data.key.KeyArn()
	case catalog.Received:
		return s.data.buckets[on].ArnForObjects(jsii.String("*"))
	case catalog.Uplinks:
		return jsii.String(s.iot("topic", string(on)))
	}
	panic("infra: no edge leads to " + string(on))
}

// permit lets a service start a function on behalf of one thing of this account.
func (s *service) permit(name string, edge catalog.Edge, source *string) {
	awslambda.NewCfnPermission(s.Stack, jsii.String(name+"-permission"), &awslambda.CfnPermissionProps{
		Action: jsii.String(edge.Action), FunctionName: s.functions[string(edge.On)].FunctionName(),
		Principal: jsii.String(string(edge.By)), SourceArn: source,
	})
}

// serviceRole is a role for a service of AWS, when it acts for one thing of this account.
func (s *service) serviceRole(name string, by catalog.Service, whose string) awsiam.Role {
	statements := s.granted(by, whose)
	return awsiam.NewRole(s.Stack, jsii.String(name), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String(string(by)), &awsiam.ServicePrincipalOpts{
			Conditions: &map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": s.Account()}},
		}),
		InlinePolicies: &map[string]awsiam.PolicyDocument{
			"rights": awsiam.NewPolicyDocument(&awsiam.PolicyDocumentProps{Statements: &statements}),
		},
	})
}
