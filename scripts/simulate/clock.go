package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// A clock is the console's address of the local stack's clock.
type clock string

func (c clock) now() (time.Time, error) { return read(http.Get(string(c) + "/clock")) }

// to moves the clock to an instant, where it is not later already.
func (c clock) to(at time.Time) error {
	now, err := c.now()
	if err != nil || !now.Before(at) {
		return err
	}
	body, err := json.Marshal(map[string]string{"to": at.Format(time.RFC3339)})
	if err != nil {
		return err
	}
	_, err = read(http.Post(string(c)+"/clock", "application/json", bytes.NewReader(body)))
	return err
}

func read(answer *http.Response, err error) (time.Time, error) {
	if err != nil {
		return time.Time{}, fmt.Errorf("the local stack's console: %w", err)
	}
	defer answer.Body.Close()
	var said struct{ Now time.Time }
	if answer.StatusCode != http.StatusOK {
		return time.Time{}, fmt.Errorf("the local stack's clock answers %s", answer.Status)
	}
	err = json.NewDecoder(answer.Body).Decode(&said)
	return said.Now, err
}
