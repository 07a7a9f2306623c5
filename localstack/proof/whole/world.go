// Package whole is the whole system in one process: the real rooms behind the real adapters, with API Gateway's
// requests, on the real engine and S3's protocol. Mail and events are recorded. Each call to AWS, whichever service
// it is to, is counted and can be broken.
package whole

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	lambdaevents "github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/apigateway"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	locals3 "github.com/iotspot/iotspot/localstack/aws/s3"
	"github.com/iotspot/iotspot/localstack/proof/exchange"
	"github.com/iotspot/iotspot/localstack/protocol/sdk"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/app"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/photo"
	"github.com/iotspot/iotspot/shared/resolver"
	"github.com/iotspot/iotspot/shared/support"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake"
	"github.com/iotspot/iotspot/shared/web"
)

// The buckets.
const (
	photos   = "photos"
	received = "received-mail"
)

// A World is one deployment.
type World struct {
	*enginetest.Database
	Faults   *enginetest.Faults // what breaks its calls to AWS
	Tables   *table.Tables
	Photos   *photo.Store
	Received *support.Bucket
	Post     *mailtest.Recorder
	Bell     wake.Bell // of steps that are asked for
	Buckets  *locals3.Store
	Log      io.Writer // what CloudWatch would get of the gateway and of metrics; New discards it

	ctx     context.Context
	handler func(context.Context, web.Request) (web.Response, error)
	gateway *apigateway.Gateway
	app     app.Site
	dns     map[string]string // TXT records by name
	judge   *exchange.Judge   // of every exchange
	sending sync.Mutex        // over the two below: a function may send several at a time
	pending []Event           // published and not delivered yet
	aside   []string          // messages of sensors that could not be read
}

// An Event is one on the bus.
type Event struct {
	Type   string
	Detail any
}

func (e Event) payload() lambdaevents.EventBridgeEvent {
	detail, err := json.Marshal(e.Detail)
	if err != nil {
		panic(err) // contracts are texts
	}
	return lambdaevents.EventBridgeEvent{Source: events.Source, DetailType: e.Type, Detail: detail}
}

// New is an empty world at an instant.
func New(t testing.TB, now time.Time) *World {
	t.Helper()
	w := &World{Database: enginetest.New(t, now), Faults: &enginetest.Faults{}, Post: &mailtest.Recorder{},
		ctx: t.Context(), dns: map[string]string{}, Log: io.Discard}
	w.Tables = w.Faulty(w.Faults)
	var err error
	w.Buckets, err = locals3.Open("", w.Clock.Now, photos, received)
	require.NoError(t, err)
	server := httptest.NewServer(w.Buckets.Handler())
	t.Cleanup(server.Close)
	client := s3.NewFromConfig(sdk.Config(server.URL, "x"),
		func(o *s3.Options) { o.APIOptions = append(o.APIOptions, w.Faults.Break) })
	w.Photos, w.Received = photo.New(client, photos), support.New(client, received)
	w.judge, err = exchange.NewJudge()
	require.NoError(t, err)
	t.Cleanup(func() { require.Empty(t, w.judge.Faults(), "exchanges that the OpenAPI document does not describe") })
	w.app, err = app.Open(fstest.MapFS{app.ShellFile: {Data: []byte("<!doctype html>")},
		app.WorkerFile: {Data: []byte("{}")}, "main-own.js": {Data: []byte("{}")}})
	require.NoError(t, err)
	w.handler = web.Handler(bearer.Callers{Tables: w.Tables, Now: w.Clock.Now}.Claim, w.routes()...)
	w.gateway = apigateway.New(apigateway.Options{Operations: untroubled(api.Operations()),
		Invoke: w.invoke, Now: w.Clock.Now, Log: func(line string) { fmt.Fprintln(w.Log, line) }})
	return w
}

// untroubled takes the limits off the routes: a test asks more of one than people do.
func untroubled(operations []api.Operation) []api.Operation {
	for i := range operations {
		operations[i].Throttle = api.Throttle{}
	}
	return operations
}

// Send is a mail.Sender over SES.
func (w *World) Send(ctx context.Context, m mail.Message) error {
	return w.Faults.Call("SendEmail", func() error { return w.Post.Send(ctx, m) })
}

// Forget takes an address off the suppression list.
func (w *World) Forget(ctx context.Context, address string) error {
	return w.Faults.Call("DeleteSuppressedDestination", func() error { return w.Post.Forget(ctx, address) })
}

// Suppressed is the suppression list.
func (w *World) Suppressed(ctx context.Context) (addresses []string, err error) {
	err = w.Faults.Call("ListSuppressedDestinations", func() error {
		addresses, err = w.Post.Suppressed(ctx)
		return err
	})
	return addresses, err
}

// Publish is a bus.Publisher.
func (w *World) Publish(_ context.Context, detailType string, detail any) error {
	return w.Faults.Call("PutEvents", func() error {
		w.sending.Lock()
		defer w.sending.Unlock()
		w.pending = append(w.pending, Event{detailType, detail})
		return nil
	})
}

// unreadable is the queue of messages of sensors that can't be read.
type unreadable struct{ w *World }

func (u unreadable) Put(_ context.Context, note events.Quarantined) error {
	return u.w.Faults.Call("SendMessage", func() error {
		u.w.sending.Lock()
		defer u.w.sending.Unlock()
		u.w.aside = append(u.w.aside, fmt.Sprint(note))
		return nil
	})
}

// TXT answers as DNS does.
func (w *World) TXT(_ context.Context, name string) ([]string, error) {
	record, ok := w.dns[name]
	if !ok {
		return nil, resolver.ErrNone
	}
	return []string{record}, nil
}

// Deliver hands every event that waits to its function. One whose function fails goes on waiting, as on the bus.
func (w *World) Deliver() error {
	for len(w.pending) > 0 {
		if err := w.use(w.pending[0]); err != nil {
			return err
		}
		w.pending = w.pending[1:]
	}
	return nil
}

// Held is what is held outside of the stores: events that wait for delivery, and messages of sensors that were put
// aside.
func (w *World) Held() string { return fmt.Sprintf("%v %v", w.pending, w.aside) }

// A Request is one to the HTTP API.
type Request struct {
	Token  string
	Method string
	Path   string // with its query
	Body   any    // a JSON body, or bytes of the media type
	Media  string // application/json when there is a body and none is said
	Key    string // Idempotency-Key
	IP     string // of who asks; "" is one for all
}

// An Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	Body   string
}

// Err is a failure that a client would try again: no answer, or one of the service's fault.
func (a Answer) Err() error {
	if a.Status >= 500 || a.Status == http.StatusTooManyRequests {
		return fmt.Errorf("%d %s", a.Status, a.Body)
	}
	return nil
}

// Text finds a text in a JSON answer by its name at the top.
func (a Answer) Text(name string) string {
	var members map[string]any
	_ = json.Unmarshal([]byte(a.Body), &members) // what is no JSON has no texts
	text, _ := members[name].(string)
	return text
}

// Ask sends a request through API Gateway.
func (w *World) Ask(r Request) Answer {
	var body []byte
	switch content := r.Body.(type) {
	case nil:
	case []byte:
		body = content
	default:
		var err error
		if body, err = json.Marshal(content); err != nil {
			panic(err) // a test's own value
		}
		if r.Media == "" {
			r.Media = "application/json"
		}
	}
	request := httptest.NewRequest(r.Method, "http://api.example"+r.Path, bytes.NewReader(body)).WithContext(w.ctx)
	for name, value := range map[string]string{"Content-Type": r.Media, "Idempotency-Key": r.Key} {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	if r.IP != "" {
		request.RemoteAddr = r.IP + ":50000"
	}
	if r.Token != "" {
		request.Header.Set("Authorization", "Bearer "+r.Token)
	}
	recorder := httptest.NewRecorder()
	w.gateway.ServeHTTP(recorder, request)
	w.judge.Hold(request, body, recorder.Result())
	return Answer{recorder.Code, recorder.Header(), recorder.Body.String()}
}

var digits = regexp.MustCompile(`\b[0-9]{4}( [0-9]{4})+\b`)

// Code is the one in the last mail to an address, "" where there is none.
func (w *World) Code(address string) string {
	sent := w.Post.To(address)
	if len(sent) == 0 {
		return ""
	}
	return digits.FindString(sent[len(sent)-1].Text)
}

var reservationID = regexp.MustCompile(`"id":"([0-9]{8}-[a-z2-7]{16}-[a-z2-7]{16})"`)

// ReservationIn is the first reservation that an answer tells of.
func ReservationIn(a Answer) string {
	found := reservationID.FindStringSubmatch(a.Body)
	if found == nil {
		return ""
	}
	return found[1]
}
