// Package build compiles functions as they are deployed, for this machine's architecture.
package build

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Built is the environment variable with the folder in which the functions and the app are built for all tests, as
// scripts/test builds them before: to look whether all of it is up to date costs each process seconds of a processor,
// and one under the race detector a minute for the app.
const Built = "IOTSPOT_BUILT"

// Functions builds the main packages that the patterns name into a folder, one binary each, named as its folder. What
// is there and up to date is left as it is.
func Functions(ctx context.Context, folder string, patterns ...string) error {
	tool, err := exec.LookPath("go")
	if err != nil {
		return errors.New("go is missing: install Go 1.26 or newer")
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	release, err := Lock(folder)
	if err != nil {
		return err
	}
	defer release()
	arguments := append(
		[]string{"build", "-tags", "lambda.norpc", "-trimpath", "-ldflags=-s -w", "-o", folder + "/"},
		patterns...)
	command := exec.CommandContext(ctx, tool, arguments...)
	command.Dir = Root()
	command.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-buildvcs=false")
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("the functions do not build: %w\n%s", err, strings.TrimSpace(string(output)))
	}
	return nil
}

// Folder is where the checkout's functions are built: not kept in git, and quick the second time.
func Folder() string { return filepath.Join(Root(), ".iotspot", "functions") }

// Root is the checkout: the nearest folder with a go.mod, from the working directory upwards. It panics where there
// is none, since the local stack and its tests are run from a checkout.
func Root() string {
	folder, err := os.Getwd()
	for err == nil {
		if _, absent := os.Stat(filepath.Join(folder, "go.mod")); absent == nil {
			return folder
		}
		if folder == filepath.Dir(folder) {
			err = errors.New("no folder from here upwards holds a go.mod: run it in a checkout")
		}
		folder = filepath.Dir(folder)
	}
	panic(err)
}
