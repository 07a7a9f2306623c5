package stack

import (
	"encoding/json"
	"errors"
	"os"
	"sync"
	"time"

	"github.com/iotspot/iotspot/shared/clock"
)

// impatience is how long a move of the clock waits for a scheduled function, which can be ended at any moment and
// whose next run does its work. For the others it waits as long as they may take.
const impatience = 300 * time.Millisecond

// Now is the moved clock, in UTC.
func (s *Stack) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Now().Add(s.offset).UTC()
}

// Move moves the clock forward: what runs is waited for, every instance is replaced by one of the new time, and the
// schedules are started at once.
func (s *Stack) Move(by time.Duration) error {
	if by < 0 {
		return errors.New("the clock can only be moved forward")
	}
	s.moving.Lock()
	defer s.moving.Unlock()
	resume := s.pause()
	s.mu.Lock()
	s.offset += by
	offset := s.offset
	s.mu.Unlock()
	err := s.keepOffset(offset)
	resume()
	for _, queue := range s.Queues {
		queue.Moved()
	}
	if !s.options.Manual {
		s.scheduler.Moved()
	}
	return err
}

// MoveTo moves the clock to an instant that is still to come.
func (s *Stack) MoveTo(at time.Time) error { return s.Move(at.Sub(s.Now())) }

// pause holds all functions back at one moment, so that no two of them live at different times.
func (s *Stack) pause() (resume func()) {
	var mu sync.Mutex
	var resumes []func()
	var all sync.WaitGroup
	for _, function := range s.options.Functions {
		patience := function.Timeout
		if function.Schedule != "" {
			patience = impatience
		}
		all.Go(func() {
			resume := s.pools[function.Name].Pause(patience)
			mu.Lock()
			defer mu.Unlock()
			resumes = append(resumes, resume)
		})
	}
	all.Wait()
	return func() {
		for _, resume := range resumes {
			resume()
		}
	}
}

type keptClock struct {
	Offset string `json:"offset"`
}

// keepOffset writes the offset down: data that was kept must not find itself in the past at the next start.
func (s *Stack) keepOffset(offset time.Duration) error {
	if s.options.Folder == "" {
		return nil
	}
	content, err := json.Marshal(keptClock{Offset: offset.String()})
	if err != nil {
		return err
	}
	return os.WriteFile(s.path("clock.json"), content, 0o600)
}

func (s *Stack) readOffset() error {
	s.offset = max(0, time.Until(s.options.At))
	if s.options.At.IsZero() {
		s.offset = 0
	}
	if s.options.Folder == "" {
		return nil
	}
	content, err := os.ReadFile(s.path("clock.json"))
	if errors.Is(err, os.ErrNotExist) {
		return s.keepOffset(s.offset)
	}
	if err != nil {
		return err
	}
	var kept keptClock
	if err := json.Unmarshal(content, &kept); err != nil {
		return err
	}
	offset, err := time.ParseDuration(kept.Offset)
	s.offset = max(s.offset, offset)
	return err
}

// offsetVariable is how a function is told, as the shared clock reads it.
func (s *Stack) offsetVariable() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.offset == 0 {
		return nil
	}
	return []string{clock.OffsetVariable + "=" + s.offset.String()}
}
