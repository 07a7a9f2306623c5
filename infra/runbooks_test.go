package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	quotedName = regexp.MustCompile("`([a-z<>-]+)`")
	blank      = regexp.MustCompile(`<[a-z]+>`)
)

// alarmRows are the names in the first column of the runbooks' table of alarms, as patterns.
func alarmRows(t *testing.T) []*regexp.Regexp {
	t.Helper()
	text, err := os.ReadFile("runbooks.md")
	require.NoError(t, err)
	_, table, found := strings.Cut(string(text), "| --- | --- | --- | --- |\n")
	require.True(t, found)
	var rows []*regexp.Regexp
	for line := range strings.Lines(table) {
		for _, name := range quotedName.FindAllStringSubmatch(strings.Split(line, "|")[1], -1) {
			rows = append(rows, regexp.MustCompile("^"+blank.ReplaceAllString(name[1], "[a-z-]+")+"$"))
		}
	}
	return rows
}

func TestEveryAlarmIsInTheRunbooksAndTheyNameNoOther(t *testing.T) {
	rows := alarmRows(t)
	var names []string
	for _, alarm := range all("alarms", "AWS::CloudWatch::Alarm") {
		names = append(names, strings.TrimPrefix(text(alarm.Properties["AlarmName"]), "iotspot-test-"))
	}
	for _, name := range names {
		require.True(t, slices.ContainsFunc(rows, func(row *regexp.Regexp) bool { return row.MatchString(name) }),
			name)
	}
	for _, row := range rows {
		require.True(t, slices.ContainsFunc(names, row.MatchString), row)
	}
}

var (
	output  = regexp.MustCompile(`\(out (data|service|alarms) ([A-Za-z]+)\)`)
	command = regexp.MustCompile(`go run \./(scripts/[a-z]+)`)
	anchor  = regexp.MustCompile(`\]\(#([a-z-]+)\)`)
	heading = regexp.MustCompile(`(?m)^## (.+)$`)
	queue   = regexp.MustCompile(`\(dead\s+([a-z-]+)\)`)
)

func TestWhatTheRunbooksSpeakOfExists(t *testing.T) {
	content, err := os.ReadFile("runbooks.md")
	require.NoError(t, err)
	book := string(content)
	for _, found := range output.FindAllStringSubmatch(book, -1) {
		require.Contains(t, templates[found[1]].Outputs, found[2])
	}
	for _, found := range command.FindAllStringSubmatch(book, -1) {
		require.DirExists(t, filepath.Join("..", found[1]))
	}
	for _, found := range queue.FindAllStringSubmatch(book, -1) {
		require.Contains(t, all("service", "AWS::SQS::Queue"), named(found[1]))
	}
	var sections []string
	for _, found := range heading.FindAllStringSubmatch(book, -1) {
		plain := strings.NewReplacer(",", "", " ", "-").Replace(strings.ToLower(found[1]))
		sections = append(sections, plain)
	}
	for _, found := range anchor.FindAllStringSubmatch(book, -1) {
		require.Contains(t, sections, found[1])
	}
	for _, rule := range all("service", "AWS::IoT::TopicRule") {
		name := strings.TrimPrefix(text(rule.Properties["RuleName"]), "iotspot_test")
		require.Contains(t, book, name)
	}
}

// The shell reads what is in the runbooks' blocks of commands.
func TestTheRunbooksCommandsAreWellFormed(t *testing.T) {
	content, err := os.ReadFile("runbooks.md")
	require.NoError(t, err)
	for i, block := range strings.Split(string(content), "```\n") {
		if i%2 == 1 {
			check := exec.Command("sh", "-n")
			check.Stdin = strings.NewReader(block)
			said, err := check.CombinedOutput()
			require.NoError(t, err, "%s\n%s", said, block)
		}
	}
}
