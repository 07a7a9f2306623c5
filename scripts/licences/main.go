// Command licences lists the modules that the deployed functions are built from, with their licences. It fails when
// one has a licence that is not accepted, or when licences.txt is out of date; -write brings that up to date.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// kept is the list that is compared.
const kept = "scripts/licences/licences.txt"

func main() {
	write := flag.Bool("write", false, "write "+kept+" anew")
	flag.Parse()
	if err := run(*write); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func run(write bool) error {
	found, err := list()
	if err != nil {
		return err
	}
	if write {
		return os.WriteFile(kept, []byte(found), 0o644)
	}
	known, err := os.ReadFile(kept)
	if err != nil {
		return err
	}
	if string(known) != found {
		return errors.New(kept + " is out of date: go run ./scripts/licences -write")
	}
	fmt.Printf("licences: %d modules, all accepted\n", strings.Count(found, "\n"))
	return nil
}

// list is a line for each module: its path and its licence. Versions are in go.mod.
func list() (string, error) {
	command := exec.Command("go", "list", "-deps", "-f",
		"{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", "./functions/...")
	command.Env = append(os.Environ(), "GOOS=linux", "GOARCH=arm64", "CGO_ENABLED=0") // as they are deployed
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		return "", err
	}
	folders := map[string]string{}
	for line := range strings.Lines(string(output)) {
		if path, folder, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			folders[path] = folder
		}
	}
	text := &strings.Builder{}
	for _, path := range slices.Sorted(maps.Keys(folders)) {
		licence, err := licenceIn(folders[path])
		if err != nil {
			return "", fmt.Errorf("%s: %w", path, err)
		}
		fmt.Fprintf(text, "%s\t%s\n", path, licence)
	}
	return text.String(), nil
}

// accepted are words that only the text of each licence has. All let the functions be used and passed on when the
// notice stays with them.
var accepted = []struct{ name, words string }{
	{"Apache-2.0", "Apache License Version 2.0"},
	{"MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy"},
	{"BSD-3-Clause", "Neither the name of"},
	{"BSD-2-Clause", "Redistributions in binary form must reproduce the above copyright"},
	{"ISC", "Permission to use, copy, modify, and/or distribute this software for any purpose"},
}

func licenceIn(folder string) (string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "LICEN[CS]E*"))
	if err != nil {
		return "", err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		plain := bytes.Join(bytes.Fields(text), []byte(" "))
		for _, licence := range accepted {
			if bytes.Contains(plain, []byte(licence.words)) {
				return licence.name, nil
			}
		}
	}
	return "", errors.New("no licence that is accepted")
}
