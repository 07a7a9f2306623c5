package year

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	lambdaevents "github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/queue"
	"github.com/iotspot/iotspot/shared/aside"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/trigger"
)

// held is what is kept outside of the tables and buckets: the queue of readings with its dead letters, the messages that
// could not be read, and the addresses on SES's suppression list.
type held struct {
	readings, failed *queue.Queue
	unreadable       unreadable
	suppressed       []string
}

func newHeld(now func() time.Time) held {
	made := map[string]*queue.Queue{}
	for _, q := range catalog.Queues {
		made[q.Name] = queue.New(q.Name, q.Keep, now)
	}
	dead := catalog.DeadLetters(catalog.Readings)
	return held{readings: made[catalog.Readings], failed: queue.New(dead, 24*time.Hour, now), unreadable: unreadable{made[string(catalog.Unreadable)]}}
}

// An unreadable is the queue of messages that can't be read.
type unreadable struct{ *queue.Queue }

// Put keeps one as shared/aside does.
func (u unreadable) Put(_ context.Context, body []byte, reason string) error {
	kept, err := json.Marshal(aside.Message{Reason: reason, Message: string(body)})
	u.Send(string(kept))
	return err
}

// parts are what is held now, and the events that wait.
func (s *simulation) heldParts() []part {
	parts := []part{{store: "events", content: s.Held()}}
	for _, q := range []*queue.Queue{s.readings, s.failed, s.unreadable.Queue} {
		for _, m := range q.Messages() {
			parts = append(parts, part{store: q.Name, pk: m.ID, content: m.Body})
		}
	}
	for _, address := range s.onList() {
		parts = append(parts, part{store: "suppression list", content: address})
	}
	return parts
}

// hear gives what is in the queue of readings to its function, in a batch. What fails stays in the queue; some of it has
// had its tries and goes to the dead letters.
func (s *simulation) hear() {
	batch := s.readings.Take()
	if len(batch) == 0 {
		return
	}
	var event lambdaevents.SQSEvent
	for _, m := range batch {
		event.Records = append(event.Records, lambdaevents.SQSMessage{MessageId: m.ID, Body: m.Body})
	}
	listener := s.Listener()
	listener.Aside = s.unreadable
	response, err := trigger.QueueHandler(listener.Take)(s.t.Context(), event)
	require.NoError(s.t, err)
	for _, m := range batch {
		again := slices.ContainsFunc(response.BatchItemFailures, func(f lambdaevents.SQSBatchItemFailure) bool { return f.ItemIdentifier == m.ID })
		switch {
		case again && s.rng.IntN(2) == 0:
			s.failed.Send(m.Body)
		case again:
			s.readings.Restore([]queue.Message{m})
		}
	}
}

// onList is the suppression list, without what was taken off it.
func (s *simulation) onList() []string {
	forgotten := s.Post.Forgotten()
	return slices.DeleteFunc(slices.Clone(s.suppressed), func(address string) bool { return slices.Contains(forgotten, address) })
}

// newMail begins a mailbox anew; the suppression list stays.
func (s *simulation) newMail() {
	s.suppressed = s.onList()
	s.Post = &mailtest.Recorder{On: slices.Clone(s.suppressed)}
}

// bounces puts somebody's address on the suppression list: our own mail puts none there, the account's other mail and its
// operator may. They don't move to another address from there on.
func (s *simulation) bounces(_ *tenant, p *person, _ string) {
	if address := strings.ToLower(p.email); !slices.Contains(s.suppressed, address) {
		s.suppressed = append(s.suppressed, address)
		s.Post.On = slices.Clone(s.suppressed)
		s.figures.Done["bounce"]++
	}
}

// attempts are the marks of those who went a while ago, by the partitions in which their attempts were counted until the
// hour's end, as who has the deployment's key reckons them.
func (s *simulation) attempts() map[string]*mark {
	under := map[string]*mark{}
	now := s.Clock.Now()
	for _, m := range s.marks.plain {
		if m.of == nil || m.gone.IsZero() || m.gone.After(now) || now.Sub(m.gone) > 2*time.Hour || !strings.Contains(m.text, "@") {
			continue
		}
		for _, hour := range []time.Time{now.Truncate(time.Hour), now.Add(-time.Hour).Truncate(time.Hour)} {
			for _, subject := range []string{"mails", "codes"} {
				under["attempts#"+attempted(subject, "address", m.text, hour)] = m
			}
		}
	}
	return under
}

// attempted is how shared/limit counts, restated here.
func attempted(subject, kind, who string, hour time.Time) string {
	return enginetest.Key.Hash("attempts", subject, kind, strings.ToLower(who), fmt.Sprint(hour.Unix()))
}
