// Package sqs is SQS on one machine: queues that keep messages until their time is over, a dead-letter queue behind
// one that is read, and the mapping that feeds a function in batches. Over HTTP it takes SendMessage and
// SendMessageBatch alone, and of their parameters the body, a delay and attributes that are texts: functions only put
// messages in. What it does not do: order, groups, attributes of other kinds. Its time is the stack's.
package sqs

import (
	"slices"
	"sync"
	"time"

	"github.com/iotspot/iotspot/localstack/protocol"
)

// A Message is one in a queue.
type Message struct {
	ID       string    `json:"id"`
	Body     string    `json:"body"`
	Sent     time.Time `json:"sent"`
	Receipts int       `json:"receipts"`

	Attributes map[string]string `json:"attributes,omitempty"`

	Visible time.Time `json:"visible"` // from when it can be received

	first time.Time // when it was first received
}

// A Queue keeps messages.
type Queue struct {
	Name string
	Keep time.Duration // after which a message that nobody took is gone, by the moved clock
	now  func() time.Time

	mu       sync.Mutex
	messages []*Message
	arrived  chan struct{}
	gone     func(body string)
}

// New makes an empty queue.
func New(name string, keep time.Duration, now func() time.Time) *Queue {
	return &Queue{Name: name, Keep: keep, now: now, arrived: make(chan struct{}, 1)}
}

// Send puts a message in and gives its id.
func (q *Queue) Send(body string) string { return q.send(body, nil, 0) }

func (q *Queue) send(body string, attributes map[string]string, delay time.Duration) string {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := q.now().UTC()
	m := &Message{ID: protocol.ID(), Body: body, Sent: now, Visible: now.Add(delay), Attributes: attributes}
	q.messages = append(q.messages, m)
	q.wake()
	return m.ID
}

// Moved says that the stack's clock was moved: what was delayed may be due.
func (q *Queue) Moved() { q.wake() }

func (q *Queue) wake() {
	select {
	case q.arrived <- struct{}{}:
	default: // it is awake already
	}
}

// Messages are all that are in the queue, those on their way included, oldest first.
func (q *Queue) Messages() []Message {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.forget()
	var all []Message
	for _, m := range q.messages {
		all = append(all, *m)
	}
	return all
}

// Pending is how many messages are on their way or could be received; one that is delayed is not.
func (q *Queue) Pending() int {
	pending := 0
	for _, m := range q.Messages() {
		if m.Receipts > 0 || !m.Visible.After(q.now()) {
			pending++
		}
	}
	return pending
}

// Take takes all messages out.
func (q *Queue) Take() []Message {
	all := q.Messages()
	for _, m := range all {
		q.remove(m.ID)
	}
	return all
}

// Restore puts messages back that were there before.
func (q *Queue) Restore(messages []Message) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, m := range messages {
		q.messages = append(q.messages, &m)
	}
	q.wake()
}

// receive takes up to max visible messages and hides them for a while; the second answer is when the next can be
// seen.
func (q *Queue) receive(max int, hide time.Duration) ([]Message, time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.forget()
	now, next := q.now(), time.Minute
	var taken []Message
	for _, m := range q.messages {
		if wait := m.Visible.Sub(now); wait > 0 {
			next = min(next, wait)
			continue
		}
		if len(taken) == max {
			break
		}
		m.Visible = now.Add(hide)
		if m.Receipts++; m.Receipts == 1 {
			m.first = q.now()
		}
		taken = append(taken, *m)
	}
	return taken, next
}

// show makes a message visible again after a pause.
func (q *Queue) show(id string, after time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, m := range q.messages {
		if m.ID == id {
			m.Visible = q.now().Add(after)
		}
	}
	q.wake()
}

func (q *Queue) remove(id string) {
	q.mu.Lock()
	gone := q.gone
	i := slices.IndexFunc(q.messages, func(m *Message) bool { return m.ID == id })
	if i < 0 {
		q.mu.Unlock()
		return
	}
	body := q.messages[i].Body
	q.messages = slices.Delete(q.messages, i, i+1)
	q.mu.Unlock()
	if gone != nil {
		gone(body)
	}
}

// WhenGone lets somebody see each message that has left the queue; nil ends that.
func (q *Queue) WhenGone(see func(body string)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.gone = see
}

// forget drops what is past its time; the caller holds the lock.
func (q *Queue) forget() {
	q.messages = slices.DeleteFunc(q.messages, func(m *Message) bool { return q.now().Sub(m.Sent) >= q.Keep })
}
