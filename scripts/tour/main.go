// tour lives a working day against the running local stack with an ordinary HTTP client, and prints each step.
//
//	go run ./localstack -fresh     in one terminal
//	go run ./scripts/tour          in another
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/iotspot/iotspot/localstack/proof/day"
)

func main() {
	client := day.Client{HTTP: http.Client{Timeout: 40 * time.Second},
		Say: func(format string, args ...any) { fmt.Printf(format+"\n", args...) }}
	flag.StringVar(&client.API, "api", "http://localhost:8080", "address of the API")
	flag.StringVar(&client.Console, "console", "http://127.0.0.1:8081", "address of the local stack's console")
	flag.StringVar(&client.MQTT, "mqtt", "127.0.0.1:1883", "address of the MQTT broker")
	flag.Parse()
	if err := run(context.Background(), &client); err != nil {
		fmt.Fprintln(os.Stderr, "tour:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, client *day.Client) error {
	now, err := clock(ctx, client.Console)
	if err != nil {
		return fmt.Errorf("is the local stack running? %w", err)
	}
	lived, err := client.Live(ctx, now)
	if err != nil {
		return err
	}
	if now, err = clock(ctx, client.Console); err != nil {
		return err
	}
	return lived.EndContract(ctx, now)
}

func clock(ctx context.Context, console string) (time.Time, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, console+"/clock", nil)
	if err != nil {
		return time.Time{}, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return time.Time{}, err
	}
	defer response.Body.Close()
	var answer struct{ Now time.Time }
	return answer.Now, json.NewDecoder(response.Body).Decode(&answer)
}
