package bundle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// licences are the terms of all that the app is made of beside our own: of the packages that are bundled their own
// file, else the one in the folder licences, in which that of copied icons lies too. A package without is an error.
func licences(source string) ([]byte, error) {
	found, err := lyingBeside(filepath.Join(source, "licences"))
	if err != nil {
		return nil, err
	}
	packages, err := bundled(source)
	if err != nil {
		return nil, err
	}
	for _, name := range packages {
		own, err := os.ReadFile(filepath.Join(source, "node_modules", name, "LICENSE"))
		if err == nil {
			found[name] = own
		}
		if found[name] == nil {
			return nil, fmt.Errorf("the app has no licence of %s: put one into client/licences", name)
		}
	}
	var out bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(found)) {
		fmt.Fprintf(&out, "%s\n\n%s\n\n\n", name, bytes.TrimSpace(found[name]))
	}
	return out.Bytes(), nil
}

func lyingBeside(folder string) (map[string][]byte, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	found := map[string][]byte{}
	for _, entry := range entries {
		if found[strings.TrimSuffix(entry.Name(), ".txt")],
			err = os.ReadFile(filepath.Join(folder, entry.Name())); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// bundled are the packages of the lock file that are neither for development alone nor optional: those are not
// installed.
func bundled(source string) (names []string, err error) {
	content, err := os.ReadFile(filepath.Join(source, "package-lock.json"))
	if err != nil {
		return nil, err
	}
	var lock struct {
		Packages map[string]struct{ Dev, Optional bool }
	}
	if err := json.Unmarshal(content, &lock); err != nil {
		return nil, err
	}
	for path, about := range lock.Packages {
		if name, isPackage := strings.CutPrefix(path, "node_modules/"); isPackage && !about.Dev && !about.Optional {
			names = append(names, name)
		}
	}
	return names, nil
}
