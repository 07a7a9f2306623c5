package stack

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"github.com/iotspot/iotspot/localstack/aws/engine"
	"github.com/iotspot/iotspot/shared/catalog"
)

// What breaks in the world can be broken here. Calls to services are broken with Intercept.

// Crash ends all instances of a function at once, in the middle of what they do.
func (s *Stack) Crash(function string) error {
	pool := s.pools[function]
	if pool == nil {
		return errors.New("there is no function " + function)
	}
	pool.Crash()
	return nil
}

// DropDevices ends the MQTT connections of all devices.
func (s *Stack) DropDevices() { s.broker.Drop() }

// Redrive puts what a queue's function gave up into the queue again, and reports how much that was.
func (s *Stack) Redrive(queue string) int {
	dead := s.Queues[catalog.DeadLetters(queue)].Take()
	for _, message := range dead {
		s.Queues[queue].Send(message.Body)
	}
	return len(dead)
}

// RestartEngine ends the engine, and starts it again where it was. Data is there again if it is kept in a folder.
func (s *Stack) RestartEngine(ctx context.Context) error {
	if s.engine == nil || s.options.Folder == "" {
		return errors.New("only an engine of the stack's own that keeps its data in a folder can be restarted")
	}
	at, err := url.Parse(s.Engine)
	if err != nil {
		return err
	}
	port, err := strconv.Atoi(at.Port())
	if err != nil {
		return err
	}
	s.engine.Stop()
	if s.engine, err = engine.Start(ctx, engine.Options{Port: port, Shared: true,
		Folder: s.path("engine"), Lasting: s.options.Lasting}); err != nil {
		return fmt.Errorf("the engine does not come back: %w", err)
	}
	return nil
}
