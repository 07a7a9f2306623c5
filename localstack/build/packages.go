package build

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Packages installs the npm packages that a folder's lock file names, unless they are there. They are checked against
// that file and run nothing on their way in. Processes that come at the same time wait for each other.
func Packages(ctx context.Context, folder string) error {
	wanted := filepath.Join(folder, "package-lock.json")
	release, err := Lock(wanted)
	if err != nil {
		return err
	}
	defer release()
	if newer(filepath.Join(folder, "node_modules", ".package-lock.json"), wanted) {
		return nil
	}
	npm, err := exec.LookPath("npm")
	if err != nil {
		return errors.New("npm is missing: install Node.js 20 or newer with npm")
	}
	command := exec.CommandContext(ctx, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	command.Dir = folder
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci in %s: %w: %s", folder, err, output)
	}
	return nil
}

// newer tells whether a file is there and was written after another.
func newer(file, than string) bool {
	have, err := os.Stat(file)
	if err != nil {
		return false
	}
	need, err := os.Stat(than)
	return err == nil && !have.ModTime().Before(need.ModTime())
}
