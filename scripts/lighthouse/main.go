// Command lighthouse measures the app with Google's Lighthouse, on a mobile and on a desktop: the start, and signed
// in Today, a floor of 200 spots, the agenda and My data. It fails where a category but SEO is under 95 of 100.
// Install it first: npm ci --prefix scripts/lighthouse --ignore-scripts
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/localstack/build"
	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/stack"
)

// least is what each category has to come to.
const least = 0.95

// A page is a screen of the app that is measured.
type page struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

func main() {
	url := flag.String("url", "", "address of an app that runs, of which the start is measured; left out, a local "+
		"stack is started, and the screens are measured too")
	flag.Parse()
	if err := run(context.Background(), *url); err != nil {
		fmt.Fprintln(os.Stderr, "lighthouse:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, url string) error {
	if url != "" {
		return measure(ctx, "", page{"start", url + "/"})
	}
	s, err := stack.Start(ctx, stack.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	token, floor, err := office(ctx, s)
	if err != nil {
		return err
	}
	return errors.Join(measure(ctx, "", page{"start", s.API + "/"}),
		measure(ctx, token, page{"Today", s.API + "/#/"}, page{"a floor of 200 spots", s.API + "/#/floor/" + floor},
			page{"agenda", s.API + "/#/agenda"}, page{"My data", s.API + "/#/data"}))
}

// office loads the example and a floor of 200 desks, and gives its administrator's token and the floor.
func office(ctx context.Context, s *stack.Stack) (token, floor string, err error) {
	client := example.Client{API: s.API, Console: s.Console}
	if err := client.Load(ctx); err != nil {
		return "", "", err
	}
	if err := client.Send(ctx, "POST", "/business-account/import", large(), nil); err != nil {
		return "", "", err
	}
	var access struct {
		Locations []struct {
			Name   string
			Floors []struct{ ID string }
		}
	}
	if err := client.Send(ctx, "GET", "/me/access", nil, &access); err != nil {
		return "", "", err
	}
	for _, location := range access.Locations {
		if location.Name == "Large" {
			return client.Token, location.Floors[0].ID, nil
		}
	}
	return "", "", errors.New("the large floor was not imported")
}

// large is a file of a floor with 200 desks, in rows of 20.
func large() []byte {
	var file bytes.Buffer
	file.WriteString("location,address,latitude,longitude,time_zone,floor,level,spot,category,type,x,y\n")
	where := `"Kade 1, Utrecht",52.1,5.1,Europe/Amsterdam`
	for i := range 200 {
		fmt.Fprintf(&file, "Large,%s,Hall,0,L%d,workplace,desk,%.3f,%.3f\n", where, i, .03+.049*float64(i%20),
			.05+.1*float64(i/20))
		where = ",,,"
	}
	return file.Bytes()
}

// measure prints the categories of pages on each kind of device, and says which are too low and why.
func measure(ctx context.Context, token string, pages ...page) error {
	browser, err := exec.LookPath("chromium")
	if err != nil {
		return err
	}
	asked, err := json.Marshal(map[string]any{"pages": pages, "token": token})
	if err != nil {
		return err
	}
	command := exec.CommandContext(ctx, "node", "measure.mjs")
	command.Dir = filepath.Join(build.Root(), "scripts", "lighthouse")
	command.Env = append(os.Environ(), "CHROME_PATH="+browser)
	command.Stdin, command.Stderr = bytes.NewReader(asked), os.Stderr
	output, err := command.Output()
	if err != nil {
		return err
	}
	var low error
	for lines := json.NewDecoder(bytes.NewReader(output)); ; {
		var found result
		if err := lines.Decode(&found); errors.Is(err, io.EOF) {
			return low
		} else if err != nil {
			return err
		}
		low = errors.Join(low, found.judged())
	}
}

// A result is what one page came to on one kind of device.
type result struct {
	Name, Device, Failed string
	Scores               map[string]float64
	Low                  []string
	// of this machine meanwhile: Lighthouse's benchmark index, of which a free laptop has 1500 or more
	Power int
}

// judged prints it, and says what of it is too low.
func (r result) judged() error {
	fmt.Printf("%s, %s (machine: %d):", r.Name, r.Device, r.Power)
	low := false
	for _, category := range slices.Sorted(maps.Keys(r.Scores)) {
		fmt.Printf("  %s %.0f", category, 100*r.Scores[category])
		low = low || r.Scores[category] < least
	}
	fmt.Println()
	switch {
	case r.Failed != "":
		return fmt.Errorf("%s on a %s could not be measured: %s", r.Name, r.Device, r.Failed)
	case low:
		return fmt.Errorf("%s on a %s is too low: %s", r.Name, r.Device, strings.Join(r.Low, "; "))
	}
	return nil
}
