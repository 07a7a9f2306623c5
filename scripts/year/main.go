// year simulates months of several offices, on the real engine with a moved clock, and searches everything that is
// stored at every midnight. It prints what happened, and what it found with the seed that reproduces it:
//
//	go run ./scripts/year -days 365 -tenants 20 -people 12
//	go run ./scripts/year -write       keeps the record of the life in scripts/year/lived.json, if nothing was found
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/iotspot/iotspot/localstack/proof/year"
)

// kept is the record of the last life that was kept.
const kept = "scripts/year/lived.json"

func main() {
	seed := flag.Uint64("seed", uint64(time.Now().UnixNano()), "what is lived follows from it")
	days := flag.Int("days", 365, "how many are lived")
	from := flag.String("from", "2027-09-15", "the first of them; a year from there has all changes of the clocks "+
		"and 29 February")
	tenants := flag.Int("tenants", 20, "business accounts, in three zones in turn")
	people := flag.Int("people", 12, "people of each at a time")
	actions := flag.Int("actions", 2, "things done by each business account in each of the five parts of a day, on "+
		"average")
	contract := flag.Int("contract", 120, "days that a contract lasts, on average")
	write := flag.Bool("write", false, "keep the record in "+kept)
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	record, err := filepath.Abs(kept)
	if !*write {
		record = filepath.Join(os.TempDir(), fmt.Sprintf("lived-%d.json", *seed))
		defer os.Remove(record)
	}
	if err != nil {
		log.Fatal(err)
	}
	life := exec.CommandContext(ctx, "go", "test", "./localstack/proof/year", "-run", "Midnight", "-timeout", "24h",
		"-count", "1", "-v", "-args",
		"-seed", fmt.Sprint(*seed), "-days", fmt.Sprint(*days), "-from", *from, "-tenants", fmt.Sprint(*tenants),
		"-people", fmt.Sprint(*people),
		"-actions", fmt.Sprint(*actions), "-contract", fmt.Sprint(*contract), "-record", record)
	life.Stdout, life.Stderr = os.Stdout, os.Stderr
	if err := life.Run(); err != nil {
		log.Fatalf("something was found or went wrong: -seed %d shows it again", *seed)
	}
	lived, err := read(record)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("nothing was found in %d minutes: %s\n", lived.Minutes, lived.Figures)
}

func read(record string) (lived year.Lived, err error) {
	content, err := os.ReadFile(record)
	if err != nil {
		return lived, err
	}
	err = json.Unmarshal(content, &lived)
	return lived, err
}
