// Command lighthouse measures the app with Google's Lighthouse, on a mobile and on a desktop, and fails where a
// category but SEO is under 95 of 100. Install it first: npm ci --prefix scripts/lighthouse --ignore-scripts
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/iotspot/iotspot/localstack/build"
	"github.com/iotspot/iotspot/localstack/stack"
)

// least is what each category has to come to.
const least = 0.95

func main() {
	url := flag.String("url", "", "address of an app that runs; left out, a local stack is started for it")
	flag.Parse()
	if err := run(context.Background(), *url); err != nil {
		fmt.Fprintln(os.Stderr, "lighthouse:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, url string) error {
	if url == "" {
		s, err := stack.Start(ctx, stack.Options{})
		if err != nil {
			return err
		}
		defer s.Close()
		url = s.API
	}
	return errors.Join(measure(ctx, url, "mobile"), measure(ctx, url, "desktop", "--preset=desktop"))
}

// measure prints the categories of one kind of device, and says which are too low.
func measure(ctx context.Context, url, device string, options ...string) error {
	browser, err := exec.LookPath("chromium")
	if err != nil {
		return err
	}
	command := exec.CommandContext(ctx, filepath.Join("node_modules", ".bin", "lighthouse"),
		append([]string{url + "/",
			"--quiet", "--output=json", "--only-categories=performance,accessibility,best-practices",
			"--chrome-flags=--headless=new --no-sandbox --disable-gpu"}, options...)...)
	command.Dir = filepath.Join(build.Root(), "scripts", "lighthouse")
	command.Env = append(os.Environ(), "CHROME_PATH="+browser)
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		return fmt.Errorf("on a %s: %w", device, err)
	}
	var report struct {
		Categories map[string]struct {
			Title string
			Score float64
		}
	}
	if err := json.Unmarshal(output, &report); err != nil {
		return err
	}
	var low error
	for _, category := range report.Categories {
		fmt.Printf("%s: %s %.0f\n", device, category.Title, 100*category.Score)
		if category.Score < least {
			low = errors.Join(low, fmt.Errorf("on a %s %s is %.0f", device, category.Title, 100*category.Score))
		}
	}
	return low
}
