package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// A fixed amount of what the functions spend a processor on, so that two machines can be compared, and one with itself
// while others use it.
const (
	hashed = 64 << 20 // bytes
	parsed = 200      // times 200 spots
)

// calibrated says how long one processor takes for it.
func calibrated() string {
	hashing, parsing := timed(hash), timed(parse)
	return fmt.Sprintf("calibration: hashing %d MB takes %d ms, and JSON of 200 spots read and written %d times %d ms\n",
		hashed>>20, hashing.Milliseconds(), parsed, parsing.Milliseconds())
}

func timed(work func()) time.Duration {
	began := time.Now()
	work()
	return time.Since(began)
}

func hash() {
	block, sum := make([]byte, 1<<20), sha256.New()
	for range hashed / len(block) {
		sum.Write(block)
	}
	sum.Sum(nil)
}

func parse() {
	const spot = `{"spot":"orsxg5baon2w4zdb","available":false,"free":[{"from":"07:00","to":"09:00"}],"now":"occupied"}`
	text := []byte("[" + strings.Repeat(spot+",", 199) + spot + "]")
	for range parsed {
		var spots []map[string]any
		if err := json.Unmarshal(text, &spots); err != nil {
			panic(err) // it is written above
		}
		if _, err := json.Marshal(spots); err != nil {
			panic(err)
		}
	}
}
