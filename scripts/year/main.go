// year lives months of offices in one go, on the real engine with the clock moved, and looks through everything that is
// stored at every midnight. It prints what was lived, and what was found with the seed that shows it again:
//
//	go run ./scripts/year -days 365 -tenants 20 -people 12
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"time"
)

func main() {
	seed := flag.Uint64("seed", uint64(time.Now().UnixNano()), "what is lived follows from it")
	days := flag.Int("days", 365, "how many are lived")
	from := flag.String("from", "2027-09-15", "the first of them; a year from there has four changes of the clocks and 29 February")
	tenants := flag.Int("tenants", 20, "business accounts, in three zones in turn")
	people := flag.Int("people", 12, "people of each at a time")
	actions := flag.Int("actions", 2, "things done by each business account in each of the five parts of a day, on average")
	contract := flag.Int("contract", 120, "days that a contract lasts, on average")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	life := exec.CommandContext(ctx, "go", "test", "./localstack/year", "-run", "Midnight", "-timeout", "24h", "-count", "1", "-v", "-args",
		"-seed", fmt.Sprint(*seed), "-days", fmt.Sprint(*days), "-from", *from, "-tenants", fmt.Sprint(*tenants), "-people", fmt.Sprint(*people),
		"-actions", fmt.Sprint(*actions), "-contract", fmt.Sprint(*contract))
	life.Stdout, life.Stderr = os.Stdout, os.Stderr
	if err := life.Run(); err != nil {
		os.Exit(1)
	}
}
