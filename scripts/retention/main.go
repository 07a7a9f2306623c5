// retention writes the tables that are made from the register and from the tests, on the pages beside the register.
// Run it after a change of the register or of the promises:
//
//	go run ./scripts/retention
//	go run ./scripts/retention -tests # lists all tests of each clause
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
)

const (
	proved = "shared/privacy/RETENTION.md"
	page   = "shared/privacy/REGISTER.md"
	opens  = "<!-- retention -->\n"
	closes = "<!-- /retention -->"
)

func main() {
	list := flag.Bool("tests", false, "list all tests of each clause, and write nothing")
	flag.Parse()
	if *list {
		found, err := proofs(".")
		if err != nil {
			log.Fatal(err)
		}
		fmt.Print(all(found))
		return
	}
	pages, err := tables(".")
	if err != nil {
		log.Fatal(err)
	}
	for name, text := range pages {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// tables gives the files below the repository's root as they should be.
func tables(root string) (map[string]string, error) {
	found, err := proofs(root)
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(root, proved))
	if err != nil {
		return nil, err
	}
	before, rest, opened := strings.Cut(string(text), opens)
	_, after, closed := strings.Cut(rest, closes)
	if !opened || !closed {
		return nil, fmt.Errorf("%s has no marks %s and %s", proved, strings.TrimSpace(opens), closes)
	}
	return map[string]string{proved: before + opens + short(found) + closes + after, page: long()}, nil
}
