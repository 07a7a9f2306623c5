// Command smoke lives the short story in a deployment, and removes what it made: it opens a business account, proves
// its domain, registers somebody, reserves, lets a sensor find them there, shows the overview, erases them, sees them
// gone within 60 seconds, and ends the account.
//
// In the local stack it does all by itself:
//
//	go run ./scripts/smoke -url http://localhost:8080 -console http://127.0.0.1:8081 -mqtt 127.0.0.1:1883
//
// In an account it asks you for what only you have, the codes that are mailed to two addresses of the domain and a
// record in its DNS, and publishes the sensor's message with AWS's own variables:
//
//	go run ./scripts/smoke -url https://iotspot.example.org -domain smoke.example.org
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
)

func main() {
	url := flag.String("url", "", "address of the API")
	domain := flag.String("domain", "smoke.example", "e-mail domain of the account; its mail must reach you")
	console := flag.String("console", "", "address of the local stack's console, which then has codes and DNS")
	mqtt := flag.String("mqtt", "127.0.0.1:1883", "the local stack's broker, with -console")
	flag.Parse()
	if *url == "" || flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "usage: smoke -url URL [-domain DOMAIN | -console URL [-mqtt HOST:PORT]]")
		os.Exit(2)
	}
	var hands hands = operator{in: bufio.NewReader(os.Stdin), out: os.Stdout}
	if *console != "" {
		hands = machine{console: *console, mqtt: *mqtt}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := smoke(ctx, *url, *domain, hands, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "smoke:", err)
		os.Exit(1)
	}
}
