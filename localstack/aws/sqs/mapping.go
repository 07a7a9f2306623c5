package sqs

import (
	"encoding/json"
	"strconv"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"github.com/iotspot/iotspot/localstack/protocol"
	"github.com/iotspot/iotspot/shared/catalog"
)

// A Mapping feeds a function from a queue, in batches, and takes partial batch responses.
type Mapping struct {
	Queue  *Queue
	Dead   *Queue // nil: what fails is delivered again until its time is over
	Batch  int    // messages at most
	Invoke func(payload []byte) ([]byte, error)
	Hide   time.Duration // visibility time-out: a message of a batch that failed comes again after it
	Log    func(line string)

	once   sync.Once
	closed chan struct{}
	done   chan struct{}
}

// Start begins to read the queue. Batches go one after another: the order of a sensor's readings then shows.
func (m *Mapping) Start() {
	m.closed, m.done = make(chan struct{}), make(chan struct{})
	go func() {
		defer close(m.done)
		for !m.isClosed() {
			batch, next := m.Queue.receive(m.Batch, m.Hide)
			if len(batch) > 0 {
				m.feed(batch)
				continue
			}
			select {
			case <-m.closed:
				return
			case <-m.Queue.arrived:
			case <-time.After(next):
			}
		}
	}()
}

func (m *Mapping) isClosed() bool {
	select {
	case <-m.closed:
		return true
	default:
		return false
	}
}

// Close ends the reading, after the batch that is on its way.
func (m *Mapping) Close() {
	m.once.Do(func() { close(m.closed) })
	<-m.done
}

func (m *Mapping) feed(batch []Message) {
	payload, err := json.Marshal(m.event(batch))
	if err != nil {
		panic(err) // texts and numbers
	}
	answer, err := m.Invoke(payload)
	failed := map[string]bool{}
	var response events.SQSEventResponse
	if err == nil {
		err = json.Unmarshal(answer, &response)
	}
	for _, failure := range response.BatchItemFailures {
		failed[failure.ItemIdentifier] = true
	}
	if err != nil {
		m.Log("a batch of " + m.Queue.Name + " failed: " + err.Error())
	}
	for _, message := range batch {
		switch {
		case err == nil && !failed[message.ID]:
			m.Queue.remove(message.ID)
		case m.Dead != nil && message.Receipts >= catalog.MaxReceives:
			m.Queue.remove(message.ID)
			m.Dead.Send(message.Body)
		default:
			m.Queue.show(message.ID, m.Hide)
		}
	}
}

// A record is a message as a function gets it.
type record struct {
	MessageID         string            `json:"messageId"`
	ReceiptHandle     string            `json:"receiptHandle"`
	Body              string            `json:"body"`
	Attributes        map[string]string `json:"attributes"`
	MessageAttributes struct{}          `json:"messageAttributes"` // what is read by a function has none here
	MD5OfBody         string            `json:"md5OfBody"`
	EventSource       string            `json:"eventSource"`
	EventSourceARN    string            `json:"eventSourceARN"`
	AWSRegion         string            `json:"awsRegion"`
}

func (m *Mapping) event(batch []Message) any {
	var event struct{ Records []record }
	for _, message := range batch {
		event.Records = append(event.Records, record{
			MessageID: message.ID, ReceiptHandle: protocol.ID(), Body: message.Body, MD5OfBody: digest(message.Body),
			Attributes: map[string]string{
				"ApproximateReceiveCount":          strconv.Itoa(message.Receipts),
				"SentTimestamp":                    strconv.FormatInt(message.Sent.UnixMilli(), 10),
				"ApproximateFirstReceiveTimestamp": strconv.FormatInt(message.first.UnixMilli(), 10),
				"SenderId":                         protocol.Account,
			},
			EventSource: "aws:sqs", EventSourceARN: protocol.ARN("sqs", m.Queue.Name),
			AWSRegion: protocol.Region,
		})
	}
	return event
}
