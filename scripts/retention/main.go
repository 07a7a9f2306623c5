// retention writes the register's table into the README, between its two marks. Run it after a change of the register:
//
//	go run ./scripts/retention
package main

import (
	"log"
	"os"
	"strings"

	"github.com/iotspot/iotspot/shared/privacy"
)

const (
	readme = "README.md"
	begins = "<!-- retention -->\n"
	ends   = "<!-- /retention -->"
)

func main() {
	text, err := os.ReadFile(readme)
	if err != nil {
		log.Fatal(err)
	}
	before, rest, opened := strings.Cut(string(text), begins)
	_, after, closed := strings.Cut(rest, ends)
	if !opened || !closed {
		log.Fatal(readme + " has no marks " + strings.TrimSpace(begins) + " and " + ends)
	}
	if err := os.WriteFile(readme, []byte(before+begins+privacy.RetentionTable()+ends+after), 0o644); err != nil {
		log.Fatal(err)
	}
}
