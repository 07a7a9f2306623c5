package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/metric"
)

var (
	writing   = regexp.MustCompile(`(?s)metric\.(Write|WriteOf|WriteAge)\([^"]*"([a-z-]+)"(.*?)\n(?:\t*\}|\t*return)`)
	valueName = regexp.MustCompile(`Name: "([A-Za-z]+)"`)
)

// written are the metrics that each function writes, as the rooms' sources have them: "erasure Lateness".
func written(t *testing.T) map[string]bool {
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

// An alarm on a metric that nobody writes never goes off.
func TestEveryAlarmOnAMetricOfOursIsOnOneThatItsFunctionWrites(t *testing.T) {
	writes, watched := written(t), map[string]bool{}
	for name, alarm := range all("service", "AWS::CloudWatch::Alarm") {
		if alarm.Properties["Namespace"] != metric.Namespace {
			continue
		}
		dimension := alarm.Properties["Dimensions"].([]any)[0].(map[string]any)
		function := text(dimension["Value"])
		require.Equal(t, "Function", dimension["Name"])
		require.Contains(t, writes, function+" "+text(alarm.Properties["MetricName"]), name)
		program, err := os.ReadFile(filepath.Join("..", "functions", function, "main.go"))
		require.NoError(t, err)
		require.Contains(t, string(program), "Metrics: os.Stdout", "%s writes it nowhere", function)
		watched[function+" "+text(alarm.Properties["MetricName"])] = true
	}
	for one := range writes {
		if strings.HasSuffix(one, " Lateness") {
			require.True(t, watched[one], "nobody hears that %s", one)
		}
	}
}
