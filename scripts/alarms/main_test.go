package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/stretchr/testify/require"
)

// account is a CloudWatch with alarms, by name and by what comes of their action.
type account struct {
	alarms map[string]string
	states map[string][]types.StateValue
}

func (a *account) DescribeAlarms(_ context.Context, in *cloudwatch.DescribeAlarmsInput,
	_ ...func(*cloudwatch.Options)) (*cloudwatch.DescribeAlarmsOutput, error) {
	found := &cloudwatch.DescribeAlarmsOutput{}
	for name := range a.alarms {
		if strings.HasPrefix(name, *in.AlarmNamePrefix) {
			found.MetricAlarms = append(found.MetricAlarms, types.MetricAlarm{AlarmName: aws.String(name)})
		}
	}
	return found, nil
}

func (a *account) DescribeAlarmHistory(_ context.Context, in *cloudwatch.DescribeAlarmHistoryInput,
	_ ...func(*cloudwatch.Options)) (*cloudwatch.DescribeAlarmHistoryOutput, error) {
	found := &cloudwatch.DescribeAlarmHistoryOutput{}
	if summary := a.alarms[*in.AlarmName]; summary != "" && len(a.states[*in.AlarmName]) > 0 {
		found.AlarmHistoryItems = []types.AlarmHistoryItem{{HistorySummary: aws.String(summary)}}
	}
	return found, nil
}

func (a *account) SetAlarmState(_ context.Context, in *cloudwatch.SetAlarmStateInput,
	_ ...func(*cloudwatch.Options)) (*cloudwatch.SetAlarmStateOutput, error) {
	a.states[*in.AlarmName] = append(a.states[*in.AlarmName], in.StateValue)
	return &cloudwatch.SetAlarmStateOutput{}, nil
}

func TestEachAlarmIsRaisedSeenToArriveAndPutBack(t *testing.T) {
	a := &account{states: map[string][]types.StateValue{}, alarms: map[string]string{
		"iotspot-prod-arrives": "Successfully executed action arn:aws:sns:eu-west-1:123456789012:alarms",
		"iotspot-prod-refused": "Failed to execute action arn:aws:sns:eu-west-1:123456789012:alarms. Received error: " +
			"\"CloudWatch Alarms is not authorized to perform: SNS:Publish\"",
		"iotspot-prod-silent": "", "another-deployment's": ""}}
	out := &bytes.Buffer{}
	err := raise(t.Context(), a, "iotspot-prod-", out, time.Microsecond)
	require.ErrorContains(t, err, "iotspot-prod-refused: Failed to execute action")
	require.ErrorContains(t, err, "iotspot-prod-silent: its history names no action")
	require.Equal(t, "arrived: iotspot-prod-arrives\n", out.String())
	require.Len(t, a.states, 3, "no other's")
	for name, states := range a.states {
		require.Equal(t, []types.StateValue{types.StateValueAlarm, types.StateValueOk}, states, name)
	}
	require.ErrorContains(t, raise(t.Context(), a, "iotspot-test-", out, 0), "no alarm")
}
