package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/controller/controllertest"
)

// templates are what CloudFormation would be handed, by stack. They are read as JSON: a failed assertion of the CDK's
// own library would end the whole package's tests.
var templates = map[string]template{}

type template struct {
	Resources map[string]resource
	Outputs   map[string]struct {
		Value  any
		Export struct{ Name string }
	}
}

type resource struct {
	Type                string
	Properties          map[string]any
	DeletionPolicy      string
	UpdateReplacePolicy string
	DependsOn           []string
}

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "iotspot-infra")
	if err != nil {
		log.Fatal(err)
	}
	if err := synthesise(folder); err != nil {
		log.Fatal(err)
	}
	code := m.Run()
	jsii.Close()
	os.RemoveAll(folder)
	os.Exit(code)
}

// testConfig stands empty files in for the functions: what is in them does not change the template.
func testConfig(folder string) (Config, error) {
	answers := controllertest.Example
	answers.Support = "support@iotspot.example"
	config := Config{Stage: "test", Region: "eu-west-1", Domain: "iotspot.example",
		Controller: answers, Alarms: "operator@iotspot.example", Budget: 50, Concurrency: 1000,
		Dist: filepath.Join(folder, "dist")}
	for _, f := range catalog.Functions {
		if err := os.MkdirAll(filepath.Join(config.Dist, f.Name), 0o755); err != nil {
			return config, err
		}
		if err := os.WriteFile(filepath.Join(config.Dist, f.Name, "bootstrap"), []byte(f.Name), 0o755); err != nil {
			return config, err
		}
	}
	return config, nil
}

func synthesise(folder string) error {
	config, err := testConfig(folder)
	if err != nil {
		return err
	}
	templates, err = synthesised(config, filepath.Join(folder, "out"))
	return err
}

// synthesised are the templates of a configuration, by stack.
func synthesised(config Config, folder string) (map[string]template, error) {
	app := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(folder)})
	if err := build(app, config); err != nil {
		return nil, err
	}
	app.Synth(nil)
	made := map[string]template{}
	for _, stack := range []string{"data", "service", "alarms"} {
		text, err := os.ReadFile(filepath.Join(folder, stack+".template.json"))
		if err != nil {
			return nil, err
		}
		var read template
		if err := json.Unmarshal(text, &read); err != nil {
			return nil, err
		}
		made[stack] = read
	}
	return made, nil
}

// all gives the resources of a type in a stack by plain name: their id in the CDK app without its signs and hash.
func all(stack, kind string) map[string]resource { return templates[stack].all(kind) }

func (t template) all(kind string) map[string]resource {
	found := map[string]resource{}
	for id, r := range t.Resources {
		if r.Type == kind && !strings.HasPrefix(id, activator) {
			found[plain(id)] = r
		}
	}
	return found
}

var hashed = regexp.MustCompile(`^(.+)[0-9A-F]{8}$`)

// plain takes the CDK's hash off a logical id.
func plain(id string) string {
	if match := hashed.FindStringSubmatch(id); match != nil {
		return match[1]
	}
	return id
}

// named is the plain name that the CDK makes of an id.
func named(id string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_.", r) {
			return -1
		}
		return r
	}, id)
}

// text writes a value of a template out as one readable text, as "directory.Arn/index/expiry", going through the
// exports of the other stacks.
func text(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case []any:
		parts := make([]string, len(v))
		for i, part := range v {
			parts[i] = text(part)
		}
		return strings.Join(parts, ",")
	case map[string]any:
		return intrinsic(v)
	}
	return fmt.Sprint(value)
}

func intrinsic(v map[string]any) string {
	if id, ok := v["Ref"].(string); ok {
		return plain(id)
	}
	if parts, ok := v["Fn::GetAtt"].([]any); ok {
		return plain(text(parts[0])) + "." + text(parts[1])
	}
	if join, ok := v["Fn::Join"].([]any); ok {
		joined := ""
		for _, part := range join[1].([]any) {
			joined += text(part)
		}
		return joined
	}
	if name, ok := v["Fn::ImportValue"].(string); ok {
		for _, made := range templates {
			for _, output := range made.Outputs {
				if output.Export.Name == name {
					return text(output.Value)
				}
			}
		}
	}
	whole, _ := json.Marshal(v)
	return string(whole)
}

// at goes down a path of a resource's properties.
func (r resource) at(path ...string) any {
	var value any = r.Properties
	for _, name := range path {
		members, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = members[name]
	}
	return value
}

// A statement is one of a policy, written out.
type statement struct {
	Effect     string
	Principal  any
	Actions    []string
	Resources  []string
	Conditions map[string]any
}

func statements(t *testing.T, document any) []statement {
	t.Helper()
	listed, ok := document.(map[string]any)["Statement"].([]any)
	require.True(t, ok, "a policy without statements")
	var found []statement
	for _, one := range listed {
		raw := one.(map[string]any)
		conditions, _ := raw["Condition"].(map[string]any)
		found = append(found, statement{Effect: text(raw["Effect"]), Principal: raw["Principal"],
			Actions: texts(raw["Action"]), Resources: texts(raw["Resource"]),
			Conditions: conditions})
	}
	return found
}

// texts takes one text or a list of them.
func texts(value any) []string {
	listed, ok := value.([]any)
	if !ok {
		return []string{text(value)}
	}
	found := make([]string, len(listed))
	for i, one := range listed {
		found[i] = text(one)
	}
	return found
}
