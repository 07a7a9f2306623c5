// Command infra is the CDK app: it builds the stacks from the list in shared/catalog and the routes in shared/api, so
// that what is deployed is what runs locally. Type "npx cdk synth" in this folder's parent after "npm ci" here, or
// see scripts/synth.
package main

import (
	"fmt"
	"os"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	config, err := configuration(app)
	if err == nil {
		err = build(app, config)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "infra:", err)
		os.Exit(1)
	}
	app.Synth(nil)
}

// build makes the three stacks: what holds data, which is hardly ever touched and is protected, and what may be
// replaced at any time, with what watches it.
func build(app awscdk.App, config Config) error {
	if err := config.check(); err != nil {
		return err
	}
	environment := &awscdk.Environment{Region: jsii.String(config.Region)}
	if config.Account != "" {
		environment.Account = jsii.String(config.Account)
	}
	data := newData(app, config, &awscdk.StackProps{
		StackName:             jsii.String(config.name("data")),
		Description:           jsii.String("iotspot: tables, photos, key, secret and sender identity"),
		Env:                   environment,
		TerminationProtection: jsii.Bool(true),
	})
	service := newService(app, config, data, &awscdk.StackProps{
		StackName:   jsii.String(config.name("service")),
		Description: jsii.String("iotspot: functions, HTTP API, bus, schedules and queues"),
		Env:         environment,
	})
	newAlarms(app, config, service, &awscdk.StackProps{
		StackName:   jsii.String(config.name("alarms")),
		Description: jsii.String("iotspot: alarms, budget and dashboard"),
		Env:         environment,
	})
	// by which the bill can be divided, once they are activated there
	awscdk.Tags_Of(app).Add(jsii.String("project"), jsii.String("iotspot"), nil)
	awscdk.Tags_Of(app).Add(jsii.String("stage"), jsii.String(config.Stage), nil)
	return nil
}
