package load

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// The hall in which it happens: floors with as many desks as the benchmarks' floor, each with a sensor.
const (
	hallName = "Hall"
	floors   = 4
	desks    = 200
	zone     = "Europe/Amsterdam"
)

// A hall is the office as its clients know it.
type hall struct {
	API, MQTT string
	Floors    []string
	Desks     []desk
	Day       string // the first day that is reserved
}

type desk struct{ Floor, Spot, Sensor string }

// topic is where the desk's sensor says what it sees.
func (d desk) topic() string { return "iotspot/" + d.Sensor + "/reading" }

// A caller makes requests, with a session or without.
type caller struct {
	api   string
	token string
	http  *http.Client
}

// connections are kept as many as so many clients use at once.
func connections(clients int) *http.Client {
	return &http.Client{Timeout: 45 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 4 * clients}}
}

func (c caller) request(ctx context.Context, method, path, key string, in any) (*http.Response, []byte, error) {
	var content io.Reader
	if in != nil {
		text, err := json.Marshal(in)
		if err != nil {
			return nil, nil, err
		}
		content = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, c.api+path, content)
	if err != nil {
		return nil, nil, err
	}
	if in != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if method == http.MethodPost {
		request.Header.Set("Idempotency-Key", key)
	}
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return answer, body, err
}

// must makes a request that is answered with what out takes.
func (c caller) must(ctx context.Context, method, path, key string, in, out any) error {
	answer, body, err := c.request(ctx, method, path, key, in)
	if err != nil {
		return err
	}
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("%s %s: %d %s", method, path, answer.StatusCode, body)
	}
	return json.Unmarshal(body, out)
}

// hallSensors are the ids of all sensors.
func hallSensors() (all []string) {
	for floor := range floors {
		for i := range desks {
			all = append(all, fmt.Sprintf("load-%d-%d", floor, i))
		}
	}
	return all
}

// plan is the hall as a file: all of the horizon, and the widest quota.
func plan() []byte {
	var file bytes.Buffer
	fmt.Fprintln(&file, "location,address,latitude,longitude,time_zone,opens,closes,horizon_days,daily_quota,"+
		"floor,level,zone,sector,spot,category,type,x,y,sensor,model")
	for floor := range floors {
		for i := range desks {
			fmt.Fprintf(&file, "%s,Kade 1,52.1,5.1,%s,00:00,24:00,366,20,Floor "+
				"%d,%d,Open,,%d.%03d,workplace,desk,%.3f,%.3f,load-%d-%d,own\n",
				hallName, zone, floor, floor, floor, i, float64(i%20)/20, float64(i/20)/10, floor, i)
		}
	}
	return file.Bytes()
}
