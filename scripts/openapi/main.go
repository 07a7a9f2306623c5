// Command openapi holds the document of the HTTP interface against two public linters, which know nothing of each
// other. It fails on anything that either finds. Install them first: npm ci --prefix scripts/openapi
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/iotspot/iotspot/localstack/build"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/api/openapi"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "openapi:", err)
		os.Exit(1)
	}
}

func run() error {
	text, err := json.MarshalIndent(openapi.Document(api.Operations()), "", " ")
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "openapi")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	document := filepath.Join(folder, "openapi.json")
	if err := os.WriteFile(document, text, 0o644); err != nil {
		return err
	}
	return errors.Join(
		lint("redocly", "lint", "--config", "redocly.yaml", "--format", "stylish", document),
		lint("spectral", "lint", "--ruleset", "spectral.yaml", "--fail-severity", "warn", document))
}

// lint runs a linter of this folder's package.json, in this folder.
func lint(tool string, arguments ...string) error {
	folder := filepath.Join(build.Root(), "scripts", "openapi")
	command := exec.Command(filepath.Join(folder, "node_modules", ".bin", tool), arguments...)
	command.Dir, command.Stdout, command.Stderr = folder, os.Stdout, os.Stderr
	command.Env = append(os.Environ(), "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true")
	if err := command.Run(); err != nil {
		return fmt.Errorf("%s: %w", tool, err)
	}
	return nil
}
