package load

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/iotspot/iotspot/localstack/aws/sqs"
	"github.com/iotspot/iotspot/localstack/child"
	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/catalog"
)

// clientsProcess is the environment variable that makes a process the clients' own.
const clientsProcess = "IOTSPOT_LOAD_CLIENTS"

// What the clients' process reads, one after the other: where it begins, and then orders, between which it is told
// which topics have no message left in the readings' queue.
type (
	begin struct {
		Hall   hall
		Tokens []string
	}
	order struct {
		Flow    Flow
		Clients int // the first so many
		Lasting time.Duration
	}
	message struct {
		Order *order `json:",omitempty"`
		Taken string `json:",omitempty"` // a topic
	}
)

// A report is what it writes after each order.
type report struct {
	Lasted    time.Duration
	Statuses  map[int]int
	Honest    int
	Latencies []time.Duration // of all tries, as they came
	Told      []told          // since the beginning, by client
}

// A process is the clients', as the stack's sees it.
type process struct {
	ended    <-chan error
	readings *sqs.Queue
	reports  *json.Decoder

	mu     sync.Mutex
	in     io.WriteCloser
	orders *json.Encoder
}

// startClients starts this binary once more, whose main or TestMain asks IsClients first.
func startClients(s *stack.Stack, with begin) (*process, error) {
	binary, err := os.Executable()
	if err != nil {
		return nil, err
	}
	command := exec.Command(binary)
	command.Env = append(os.Environ(), clientsProcess+"=yes")
	command.Stderr = os.Stderr
	in, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p := &process{in: in, orders: json.NewEncoder(in), reports: json.NewDecoder(out)}
	if p.ended, err = child.Start(command); err != nil {
		return nil, err
	}
	if err := p.orders.Encode(with); err != nil {
		return nil, err
	}
	p.readings = s.Queues[catalog.Readings]
	p.readings.WhenGone(p.tell)
	return p, nil
}

// tell says that a reading has left its queue, unless there are others of its sensor.
func (p *process) tell(body string) {
	topic := topicOf(body)
	others := func(m sqs.Message) bool { return strings.Contains(m.Body, topic) }
	if !slices.ContainsFunc(p.readings.Messages(), others) {
		_ = p.send(message{Taken: topic}) // clients that have ended wait for nothing
	}
}

func topicOf(body string) string {
	var delivery struct{ Topic string }
	if json.Unmarshal([]byte(body), &delivery) != nil {
		return "" // what is no delivery is nobody's
	}
	return delivery.Topic
}

func (p *process) send(m message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.orders.Encode(m)
}

// run has the clients do as they are ordered. When ctx is done they end.
func (p *process) run(ctx context.Context, what order) (report, error) {
	defer context.AfterFunc(ctx, func() { p.in.Close() })()
	var done report
	err := p.send(message{Order: &what})
	if err == nil {
		err = p.reports.Decode(&done)
	}
	if err = errors.Join(ctx.Err(), err); err != nil {
		return done, fmt.Errorf("the clients' process: %w", err)
	}
	return done, nil
}

// close ends the process, by the end of what it reads.
func (p *process) close() error {
	p.readings.WhenGone(nil)
	p.in.Close() // or it is closed already
	return <-p.ended
}
