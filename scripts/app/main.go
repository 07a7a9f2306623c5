// Command app makes the files of the app in a folder, beside the binary of the function that serves them.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/iotspot/iotspot/localstack/bundle"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "app: say in which folder: go run ./scripts/app dist/app")
		os.Exit(1)
	}
	if err := bundle.App(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "app:", err)
		os.Exit(1)
	}
}
