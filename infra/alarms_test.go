package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/scripts/measured"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/metric"
)

var (
	writing   = regexp.MustCompile(`(?s)metric\.(Write|WriteOf|WriteAge)\([^"]*"([a-z-]+)"(.*?)\n(?:\t*\}|\t*return)`)
	valueName = regexp.MustCompile(`Name: "([A-Za-z]+)"`)
)

// reported are the metrics that each function writes, as the rooms' sources have them: "erasure Lateness".
func reported(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	require.NoError(t, filepath.WalkDir(filepath.Join("..", "shared"),
		func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			for _, call := range writing.FindAllStringSubmatch(string(source), -1) {
				names := valueName.FindAllStringSubmatch(call[3], -1)
				if call[1] == "WriteAge" {
					names = [][]string{{"", "Lateness"}}
				}
				for _, name := range names {
					found[call[2]+" "+name[1]] = true
				}
			}
			return err
		}))
	return found
}

// watched are the series of an alarm, each as "namespace metric dimension=value …".
func watched(t *testing.T, alarm resource) []string {
	t.Helper()
	of := func(r resource, metric string) string {
		found := []string{text(r.Properties["Namespace"]), text(r.Properties[metric])}
		dimensions, _ := r.Properties["Dimensions"].([]any)
		for _, dimension := range dimensions {
			pair := dimension.(map[string]any)
			found = append(found, text(pair["Name"])+"="+text(pair["Value"]))
		}
		return strings.Join(found, " ")
	}
	queries, several := alarm.Properties["Metrics"].([]any)
	if !several {
		return []string{of(alarm, "MetricName")}
	}
	var all []string
	for _, query := range queries {
		q := resource{Properties: query.(map[string]any)}
		if one, ok := q.at("MetricStat", "Metric").(map[string]any); ok {
			require.Equal(t, false, q.Properties["ReturnData"])
			all = append(all, of(resource{Properties: one}, "MetricName"))
		}
	}
	return all
}

// everySeries are those of all alarms.
func everySeries(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, alarm := range all("alarms", "AWS::CloudWatch::Alarm") {
		found = append(found, watched(t, alarm)...)
	}
	return found
}

// An alarm on a metric that nobody writes never goes off.
func TestEveryAlarmOnAMetricOfOursIsOnOneThatSomethingWrites(t *testing.T) {
	writes, heard := reported(t), map[string]bool{}
	counted := all("service", "AWS::Logs::MetricFilter")["toomanyrequests"]
	transformation := resource{Properties: counted.Properties["MetricTransformations"].([]any)[0].(map[string]any)}
	require.Equal(t, metric.Namespace, transformation.Properties["MetricNamespace"])
	require.Equal(t, "accesslog", text(counted.Properties["LogGroupName"]))
	for _, one := range everySeries(t) {
		name, ours := strings.CutPrefix(one, metric.Namespace+" ")
		if !ours || name == transformation.Properties["MetricName"] {
			continue
		}
		name, function, _ := strings.Cut(name, " Function=")
		require.Contains(t, writes, function+" "+name)
		program, err := os.ReadFile(filepath.Join("..", "functions", function, "main.go"))
		require.NoError(t, err)
		require.Regexp(t, `Metrics:\s+os\.Stdout`, string(program), "%s writes it nowhere", function)
		heard[function+" "+name] = true
	}
	for one := range writes {
		if strings.HasSuffix(one, " Lateness") {
			require.True(t, heard[one], "nobody hears that %s", one)
		}
	}
}

func TestEveryQueueIsWatchedAndAllFunctionsTablesAndIndexesAre(t *testing.T) {
	watch := everySeries(t)
	for id, queue := range all("service", "AWS::SQS::Queue") {
		name := text(queue.Properties["QueueName"])
		if slices.ContainsFunc(catalog.Functions, func(f catalog.Function) bool { return named(string(f.Wake)) == id }) {
			continue // what its calls are late with raises the function's own alarm
		}
		require.True(t, slices.ContainsFunc(watch, func(one string) bool {
			return strings.HasPrefix(one, "AWS/SQS ") && strings.HasSuffix(one, " QueueName="+name)
		}), name)
	}
	for _, name := range []string{"Errors", "Throttles", "ConcurrentExecutions"} {
		require.Contains(t, watch, "AWS/Lambda "+name)
	}
	for _, name := range []string{"Count", "4xx", "5xx"} {
		require.Contains(t, watch, "AWS/ApiGateway "+name+" ApiId=api")
	}
	require.Contains(t, watch, "iotspot TooManyRequests")
	for _, table := range catalog.Tables {
		for _, kind := range []string{"Read", "Write"} {
			of := "AWS/DynamoDB " + kind + "ThrottleEvents TableName=" + string(table.Name)
			require.Contains(t, watch, of)
			for _, index := range table.Indexes {
				require.Contains(t, watch, of+" GlobalSecondaryIndexName="+index.Name)
			}
		}
	}
}

// CloudWatch takes ten cents a month for each metric that an alarm looks at.
func TestTheAlarmsCostLessThanFiveDollarsAMonth(t *testing.T) {
	require.Less(t, len(everySeries(t)), 50)
	kept, err := measured.Kept()
	require.NoError(t, err)
	require.Equal(t, kept.Alarms, len(everySeries(t)), "scripts/cost reckons with this number: put it into "+
		"scripts/measured/measured.json and run go run ./scripts/cost -write")
}

func TestAnAlarmOfSomethingThatMustHappenIsQuietUntilItCanHaveHappened(t *testing.T) {
	for name, alarm := range all("alarms", "AWS::CloudWatch::Alarm") {
		require.NotEmpty(t, alarm.Properties["AlarmActions"], name)
		quiet, _ := alarm.at("WarmUpConfiguration", "WarmUpPeriodDurationInMinutes").(float64)
		if alarm.Properties["TreatMissingData"] != "breaching" {
			require.Zero(t, quiet, name)
			continue
		}
		require.GreaterOrEqual(t, 60*quiet, 2*alarm.Properties["Period"].(float64), name)
	}
	late := all("alarms", "AWS::CloudWatch::Alarm")["auditlatealarm"]
	require.EqualValues(t, 86400, late.Properties["Period"])
	require.Equal(t, "UTC", late.at("EvaluationWindow", "WallClockWindow", "Timezone"), "two runs lie more than 24 "+
		"hours apart at times: only a whole day holds one for certain")
	require.EqualValues(t, 2880, late.at("WarmUpConfiguration", "WarmUpPeriodDurationInMinutes"),
		"the first whole day after a deployment ends within two days")
}

// A template takes 500 resources (CloudFormation quotas). A tenth of them is left free, for what a change makes beside
// the old before that goes.
func TestNoStackComesNearTheMostResourcesThatCloudFormationTakes(t *testing.T) {
	for name, made := range templates {
		require.Less(t, len(made.Resources), 450, name)
	}
}

func TestEverythingCarriesTheTagsByWhichTheBillIsDivided(t *testing.T) {
	for _, kind := range []string{"AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key", "AWS::Lambda::Function",
		"AWS::SQS::Queue", "AWS::Logs::LogGroup", "AWS::CloudWatch::Alarm", "AWS::SNS::Topic"} {
		for stack, made := range templates {
			for name, r := range made.all(kind) {
				tags := text(r.Properties["Tags"])
				require.Contains(t, tags, `"Key":"project"`, "%s %s", stack, name)
				require.Contains(t, tags, `"Key":"stage","Value":"test"`, "%s %s", stack, name)
			}
		}
	}
}
