package year

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	lambdaevents "github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/aws/sqs"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/trigger"
)

// held is what is kept outside of the tables and buckets, beside what the world holds: the queue of readings with its
// dead letters, and the addresses on SES's suppression list.
type held struct {
	readings, failed *sqs.Queue
	suppressed       []string
}

func newHeld(now func() time.Time) held {
	dead := catalog.DeadLetters(catalog.Readings)
	return held{readings: sqs.New(catalog.Readings, time.Hour, now), failed: sqs.New(dead, 24*time.Hour, now)}
}

// heldParts are what is held now, and the events and messages put aside that the world holds.
func (s *simulation) heldParts() []part {
	parts := []part{{store: "events and messages put aside", content: s.Held()}}
	for _, q := range []*sqs.Queue{s.readings, s.failed} {
		for _, m := range q.Messages() {
			parts = append(parts, part{store: q.Name, pk: m.ID, content: m.Body})
		}
	}
	for _, address := range s.onList() {
		parts = append(parts, part{store: "suppression list", content: address})
	}
	return parts
}

// hear gives what is in the queue of readings to its function, in a batch. What fails stays in the queue, or goes to
// the dead letters when it was its last delivery.
func (s *simulation) hear() {
	batch := s.readings.Take()
	if len(batch) == 0 {
		return
	}
	var event lambdaevents.SQSEvent
	last := map[string]bool{}
	for _, m := range batch {
		received := 1
		if last[m.ID] = s.rng.IntN(2) == 0; last[m.ID] {
			received = catalog.MaxReceives
		}
		event.Records = append(event.Records, lambdaevents.SQSMessage{MessageId: m.ID, Body: m.Body,
			EventSource: "aws:sqs",
			Attributes:  map[string]string{"ApproximateReceiveCount": fmt.Sprint(received)}})
	}
	start, err := json.Marshal(event)
	require.NoError(s.t, err)
	answer, err := trigger.Handle(s.Listener().Starts())(s.t.Context(), start)
	require.NoError(s.t, err)
	response := answer.(lambdaevents.SQSEventResponse)
	for _, m := range batch {
		again := slices.ContainsFunc(response.BatchItemFailures,
			func(f lambdaevents.SQSBatchItemFailure) bool { return f.ItemIdentifier == m.ID })
		switch {
		case again && last[m.ID]:
			s.failed.Send(m.Body)
		case again:
			s.readings.Restore([]sqs.Message{m})
		}
	}
}

// onList is the suppression list, without what was taken off it.
func (s *simulation) onList() []string {
	forgotten := s.Post.Forgotten()
	return slices.DeleteFunc(slices.Clone(s.suppressed),
		func(address string) bool { return slices.Contains(forgotten, address) })
}

// newMail begins a mailbox anew; the suppression list stays.
func (s *simulation) newMail() {
	s.suppressed = s.onList()
	s.Post = &mailtest.Recorder{On: slices.Clone(s.suppressed)}
}

// bounces puts somebody's address on the suppression list: our own mail puts none there, the account's other mail and
// its operator may. They don't move to another address from there on.
func (s *simulation) bounces(_ *tenant, p *person, _ string) {
	if address := strings.ToLower(p.email); !slices.Contains(s.suppressed, address) {
		s.suppressed = append(s.suppressed, address)
		s.Post.On = slices.Clone(s.suppressed)
		s.figures.Done["bounce"]++
	}
}

// attempts are the mailboxes and ids of those who went a while ago, by the partitions in which their attempts were
// counted until the hour's end, as who has the deployment's key reckons them: restated from shared/limit.
func (s *simulation) attempts() map[string]*mark {
	under := map[string]*mark{}
	now := s.Clock.Now()
	for _, m := range s.marks.plain {
		if m.of == nil || m.gone.IsZero() || m.gone.After(now) || now.Sub(m.gone) > 2*time.Hour {
			continue
		}
		if strings.Contains(m.text, "@") {
			mailbox := identity.Email(m.text).Mailbox()
			under["attempts#"+enginetest.Keys[secret.Attempts].Hash("attempts", "mailbox", mailbox)] = m
		}
		if m.id {
			under["attempts#"+enginetest.Keys[secret.Attempts].Hash("attempts", "person", m.of.business+m.text)] = m
		}
	}
	return under
}
