package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
)

// A tool is a program that the tests need.
type tool struct {
	name    string
	version []string // arguments that make it print its version
	form    *regexp.Regexp
	least   int // major version
	advice  string
}

var tools = []tool{
	{name: "go", advice: "install Go 1.26 or newer from go.dev/dl"},
	{name: "git", advice: "install git"},
	{name: "cc", advice: "install a C compiler, which Go's race detector needs (Debian: apt-get install gcc " +
		"libc6-dev)"},
	{name: "node", version: []string{"--version"}, form: regexp.MustCompile(`v(\d+)`), least: 20,
		advice: "install Node.js 20 or newer"},
	{name: "npm", advice: "install npm, which comes with Node.js"},
	{name: "chromium", advice: "install Chromium, in which the app's screens are tried (Debian: apt-get install " +
		"chromium)"},
	{name: "java", version: []string{"-version"}, form: regexp.MustCompile(`version "(\d+)`), least: 17,
		advice: "install Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless)"},
}

// checkTools says everything that is missing at once, one line each.
func checkTools(ctx context.Context) error {
	var missing []error
	for _, t := range tools {
		if err := t.check(ctx); err != nil {
			missing = append(missing, fmt.Errorf("%w: %s", err, t.advice))
		}
	}
	return errors.Join(missing...)
}

func (t tool) check(ctx context.Context) error {
	path, err := exec.LookPath(t.name)
	if err != nil {
		return errors.New(t.name + " is missing")
	}
	if t.version == nil {
		return nil
	}
	output, err := exec.CommandContext(ctx, path, t.version...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s does not run: %w", t.name, err)
	}
	match := t.form.FindSubmatch(output)
	if match == nil {
		return fmt.Errorf("%s does not tell its version", t.name)
	}
	if major, _ := strconv.Atoi(string(match[1])); major < t.least {
		return fmt.Errorf("%s %s is too old", t.name, match[1])
	}
	return nil
}
