package stack

import (
	"encoding/json"
	"errors"
	"os"

	"github.com/iotspot/iotspot/localstack/aws/sqs"
)

// kept is what lives in memory while the stack runs and is written down when it ends.
type kept struct {
	Queues map[string][]sqs.Message `json:"queues"`
	Dead   []DeadLetter             `json:"dead_letters"`
}

func (s *Stack) keep() error {
	if s.options.Folder == "" || len(s.Queues) == 0 {
		return nil
	}
	k := kept{Queues: map[string][]sqs.Message{}, Dead: s.DeadLetters()}
	for name, q := range s.Queues {
		k.Queues[name] = q.Messages()
	}
	content, err := json.Marshal(k)
	if err != nil {
		return err
	}
	return os.WriteFile(s.path("queues.json"), content, 0o600)
}

// restore takes the file away when it has been read, so that after a crash nothing old comes back that was gone.
func (s *Stack) restore() error {
	if s.options.Folder == "" {
		return nil
	}
	content, err := os.ReadFile(s.path("queues.json"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var k kept
	if err := json.Unmarshal(content, &k); err != nil {
		return err
	}
	s.dead = k.Dead
	for name, messages := range k.Queues {
		if q := s.Queues[name]; q != nil {
			q.Restore(messages)
		}
	}
	return os.Remove(s.path("queues.json"))
}
