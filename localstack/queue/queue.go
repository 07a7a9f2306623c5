// Package queue is SQS on one machine: queues that keep messages until their time is over, a dead-letter queue behind one
// that is read, and the mapping that feeds a function in batches. Over HTTP it takes SendMessage alone, and of its
// parameters the body: functions only put messages in. What it does not do: delay, order, groups, attributes.
package queue

import (
	"crypto/md5"
	"encoding/hex"
	"net/http"
	"path"
	"slices"
	"sync"
	"time"

	"github.com/iotspot/iotspot/localstack/protocol"
)

// MaxBody is the most bytes of a message.
const MaxBody = 1 << 20

// A Message is one in a queue.
type Message struct {
	ID       string    `json:"id"`
	Body     string    `json:"body"`
	Sent     time.Time `json:"sent"`
	Receipts int       `json:"receipts"`

	first   time.Time // when it was first received
	visible time.Time // by the machine's clock, from when it can be received
}

// A Queue keeps messages.
type Queue struct {
	Name string
	Keep time.Duration // after which a message that nobody took is gone, by the moved clock
	now  func() time.Time

	mu       sync.Mutex
	messages []*Message
	arrived  chan struct{}
}

// New makes an empty queue.
func New(name string, keep time.Duration, now func() time.Time) *Queue {
	return &Queue{Name: name, Keep: keep, now: now, arrived: make(chan struct{}, 1)}
}

// Send puts a message in and gives its id.
func (q *Queue) Send(body string) string {
	q.mu.Lock()
	defer q.mu.Unlock()
	m := &Message{ID: protocol.ID(), Body: body, Sent: q.now().UTC()}
	q.messages = append(q.messages, m)
	q.wake()
	return m.ID
}

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

// Restore puts messages back that were there before.
func (q *Queue) Restore(messages []Message) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, m := range messages {
		q.messages = append(q.messages, &m)
	}
	q.wake()
}

// receive takes up to max visible messages and hides them for a while; the second answer is when the next can be seen.
func (q *Queue) receive(max int, hide time.Duration) ([]Message, time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.forget()
	now, next := time.Now(), time.Minute
	var taken []Message
	for _, m := range q.messages {
		if wait := m.visible.Sub(now); wait > 0 {
			next = min(next, wait)
			continue
		}
		if len(taken) == max {
			break
		}
		m.visible = now.Add(hide)
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
			m.visible = time.Now().Add(after)
		}
	}
	q.wake()
}

func (q *Queue) remove(id string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.messages = slices.DeleteFunc(q.messages, func(m *Message) bool { return m.ID == id })
}

// forget drops what is past its time; the caller holds the lock.
func (q *Queue) forget() {
	q.messages = slices.DeleteFunc(q.messages, func(m *Message) bool { return q.now().Sub(m.Sent) >= q.Keep })
}

// A Service serves queues over SQS's JSON protocol.
type Service map[string]*Queue

func (s Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if operation := protocol.Operation(r); operation != "SendMessage" {
		protocol.Refuse(w, r, http.StatusNotImplemented, "NotImplemented", "the queues have no "+operation)
		return
	}
	var request struct{ QueueUrl, MessageBody string }
	if err := protocol.Decode(r, &request); err != nil {
		protocol.Refuse(w, r, http.StatusBadRequest, "InvalidParameterValue", err.Error())
		return
	}
	queue := s[path.Base(request.QueueUrl)]
	switch {
	case queue == nil:
		protocol.Refuse(w, r, http.StatusBadRequest, "QueueDoesNotExist", "there is no such queue")
	case len(request.MessageBody) == 0 || len(request.MessageBody) > MaxBody:
		protocol.Refuse(w, r, http.StatusBadRequest, "InvalidParameterValue", "a message has 1 byte to 1 MB")
	default:
		id := queue.Send(request.MessageBody)
		protocol.Answer(w, r, map[string]string{"MessageId": id, "MD5OfMessageBody": digest(request.MessageBody)})
	}
}

func digest(body string) string {
	sum := md5.Sum([]byte(body))
	return hex.EncodeToString(sum[:])
}
