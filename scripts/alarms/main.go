// Command alarms raises each alarm of a deployment on purpose and sees it arrive: CloudWatch is told that the alarm is
// on, and its history then says whether the alarm's topic took the message. Afterwards each is put back; CloudWatch
// looks at the figures themselves at the next evaluation. It uses AWS's own variables.
//
//	go run ./scripts/alarms -prefix iotspot-prod-
//
// What it can't see is the last step, that SNS's mail is in somebody's mailbox: there must be two for each alarm.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
)

func main() {
	prefix := flag.String("prefix", "", "how the names of the deployment's alarms begin")
	flag.Parse()
	if *prefix == "" || flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "usage: alarms -prefix iotspot-STAGE-")
		os.Exit(2)
	}
	if err := run(context.Background(), *prefix); err != nil {
		fmt.Fprintln(os.Stderr, "alarms:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, prefix string) error {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return err
	}
	return raise(ctx, cloudwatch.NewFromConfig(cfg), prefix, os.Stdout, time.Second)
}

// watch are the calls to CloudWatch.
type watch interface {
	cloudwatch.DescribeAlarmsAPIClient
	cloudwatch.DescribeAlarmHistoryAPIClient
	SetAlarmState(context.Context, *cloudwatch.SetAlarmStateInput,
		...func(*cloudwatch.Options)) (*cloudwatch.SetAlarmStateOutput, error)
}

const reason = "raised on purpose, to see that it arrives"

// raise raises the alarms one after another. Every one that doesn't arrive is an error.
func raise(ctx context.Context, w watch, prefix string, out io.Writer, pause time.Duration) error {
	var names []string
	pages := cloudwatch.NewDescribeAlarmsPaginator(w, &cloudwatch.DescribeAlarmsInput{AlarmNamePrefix: &prefix,
		AlarmTypes: []types.AlarmType{types.AlarmTypeMetricAlarm, types.AlarmTypeCompositeAlarm}})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return err
		}
		for _, alarm := range page.MetricAlarms {
			names = append(names, aws.ToString(alarm.AlarmName))
		}
		for _, alarm := range page.CompositeAlarms {
			names = append(names, aws.ToString(alarm.AlarmName))
		}
	}
	if len(names) == 0 {
		return fmt.Errorf("no alarm's name begins with %s", prefix)
	}
	var missing []error
	for _, name := range names {
		if err := one(ctx, w, name, pause); err != nil {
			missing = append(missing, fmt.Errorf("%s: %w", name, err))
			continue
		}
		fmt.Fprintln(out, "arrived:", name)
	}
	return errors.Join(missing...)
}

// one raises an alarm, looks for its message, and puts it back in any case.
func one(ctx context.Context, w watch, name string, pause time.Duration) (err error) {
	set := func(state types.StateValue) error {
		_, err := w.SetAlarmState(ctx, &cloudwatch.SetAlarmStateInput{AlarmName: &name, StateValue: state,
			StateReason: aws.String(reason)})
		return err
	}
	since := time.Now()
	if err := set(types.StateValueAlarm); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, set(types.StateValueOk)) }()
	for range 30 {
		history, err := w.DescribeAlarmHistory(ctx, &cloudwatch.DescribeAlarmHistoryInput{AlarmName: &name,
			HistoryItemType: types.HistoryItemTypeAction, StartDate: &since})
		if err != nil {
			return err
		}
		for _, item := range history.AlarmHistoryItems {
			summary := aws.ToString(item.HistorySummary)
			if strings.HasPrefix(summary, "Successfully executed action") {
				return nil
			}
			if strings.HasPrefix(summary, "Failed to execute action") {
				return errors.New(summary)
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
	return errors.New("its history names no action: has it one, and are its actions enabled?")
}
