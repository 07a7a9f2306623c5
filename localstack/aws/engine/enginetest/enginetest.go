// Package enginetest gives tests the real engine. A test without it fails; none is skipped.
package enginetest

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

var shared struct {
	once sync.Once
	url  string
	err  error
}

// URL is the address of the engine: of the one that runs for all tests together, where engine.Running names it, and
// else of this process's own, which ends with it.
func URL(t testing.TB) string {
	t.Helper()
	shared.once.Do(func() {
		if shared.url = os.Getenv(engine.Running); shared.url != "" {
			return
		}
		var e *engine.Engine
		if e, shared.err = engine.Start(context.Background(), engine.Options{}); shared.err == nil {
			shared.url = e.URL
		}
	})
	require.NoError(t, shared.err, "the tests need the real engine")
	return shared.url
}

// A Database is a set of the three tables of a test's own.
type Database struct {
	Client *dynamodb.Client
	Clock  *Clock
}

// New makes an empty database, which is gone when the test ends: each access key has its own in the engine.
func New(t testing.TB, now time.Time) *Database {
	t.Helper()
	key := keys.take()
	client := engine.Client(URL(t), key)
	require.NoError(t, engine.CreateTables(t.Context(), client))
	t.Cleanup(func() {
		require.NoError(t, engine.DeleteTables(context.Background(), client))
		keys.give(key)
	})
	return &Database{Client: client, Clock: &Clock{at: now}}
}

// keys are the access keys of databases that no test has any more. They are used again: the engine keeps the threads
// of each key for ever, and with those of some thousands of tests it takes twice as long for everything.
var keys freeKeys

type freeKeys struct {
	mu   sync.Mutex
	free []string
}

func (k *freeKeys) take() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.free) == 0 {
		return "test" + secret.ID()
	}
	last := len(k.free) - 1
	key := k.free[last]
	k.free = k.free[:last]
	return key
}

func (k *freeKeys) give(key string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.free = append(k.free, key)
}

// Tables opens the database as a function would.
func (d *Database) Tables() *table.Tables {
	return table.New(d.Client, engine.Names(), d.Clock.Now)
}

// A Clock is moved by the test.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// Now is what rooms are handed.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Move sets the clock forward.
func (c *Clock) Move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(by)
}

// Set puts the clock at an instant.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at.UTC()
}
