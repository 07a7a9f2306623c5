package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"github.com/iotspot/iotspot/localstack/build"
)

// service is where the SDK's clients are.
const service = "github.com/aws/aws-sdk-go-v2/service/"

// inConfig are those that come with the SDK's configuration, of every function that has a client.
var inConfig = []string{"sso", "ssooidc", "sts", "signin"}

// clients are those of the SDK that each function links, by its name.
func clients(ctx context.Context) (map[string][]string, error) {
	command := exec.CommandContext(ctx, "go", "list", "-f", `{{.ImportPath}} {{join .Deps " "}}`, "./functions/...")
	command.Dir = build.Root()
	listed, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	linked := map[string][]string{}
	for line := range strings.Lines(string(listed)) {
		packages := strings.Fields(line)
		function := filepath.Base(packages[0])
		linked[function] = nil
		for _, name := range packages[1:] {
			client, is := strings.CutPrefix(name, service)
			if is && !strings.Contains(client, "/") && !slices.Contains(inConfig, client) {
				linked[function] = append(linked[function], client)
			}
		}
	}
	return linked, nil
}

// empty is a function that does nothing, to hold the start of the others against: it has Lambda's runtime and clients.
var empty = template.Must(template.New("empty").Parse(`package main

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"
{{- if .}}
	"github.com/aws/aws-sdk-go-v2/config"
{{- end}}
{{- range .}}
	"github.com/aws/aws-sdk-go-v2/service/{{.}}"
{{- end}}
)

func main() {
{{- if .}}
	cfg, err := config.LoadDefaultConfig(context.Background())
	if err != nil {
		panic(err)
	}
{{- end}}
{{- range .}}
	{{.}}.NewFromConfig(cfg)
{{- end}}
	lambda.Start(func(context.Context) error { return nil })
}
`))

// buildEmpty builds an empty function for each set of clients, and gives the one to hold each function against.
func buildEmpty(ctx context.Context, folder string, linked map[string][]string) (map[string]string, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	built := map[string]string{}
	for function, clients := range linked {
		binary := filepath.Join(folder, strings.Join(append([]string{"empty"}, clients...), "-"))
		built[function] = binary
		if _, err := os.Stat(binary); err == nil {
			continue
		}
		var source strings.Builder
		if err := empty.Execute(&source, clients); err != nil {
			return nil, err
		}
		if err := os.WriteFile(binary+".go", []byte(source.String()), 0o644); err != nil {
			return nil, err
		}
		if err := build.Functions(ctx, folder, binary+".go"); err != nil {
			return nil, err
		}
	}
	return built, nil
}
