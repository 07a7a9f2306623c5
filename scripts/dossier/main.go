// Command dossier writes what a privacy officer puts on the table: the record of processing, the data map, the
// retention schedule, the sub-processors, the annexes of a processing agreement, what a DPIA can take from facts,
// what an employer can see, and the draft of a breach's notification. All of it is made from the register, the
// catalog and the deployment's configuration in cdk.json; what only people can decide is a marked blank.
//
//	go run ./scripts/dossier                  writes scripts/dossier/DOSSIER.md, which a test holds against the code
//	go run ./scripts/dossier -html out.html   writes the same to print, from a cdk.json with your values
//
// With INSIGHT_TABLE, and AWS's own variables, the page has the numbers of requests that your deployment handled.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"
)

func main() {
	html := flag.String("html", "", "file for the page to print; \"\" writes Markdown to scripts/dossier/DOSSIER.md")
	flag.Parse()
	if err := write(*html); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(html string) error {
	d, err := configured("cdk.json")
	if err != nil {
		return err
	}
	if html != "" {
		if d.handled, err = handled(context.Background(), time.Now); err != nil {
			return err
		}
		return os.WriteFile(html, []byte(d.page()), 0o644)
	}
	return os.WriteFile("scripts/dossier/DOSSIER.md", []byte(d.markdown()), 0o644)
}
