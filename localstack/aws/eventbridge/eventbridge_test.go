package eventbridge_test

import (
	"encoding/json"
	"errors"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	localeventbridge "github.com/iotspot/iotspot/localstack/aws/eventbridge"
	"github.com/iotspot/iotspot/localstack/aws/lambda"
	"github.com/iotspot/iotspot/localstack/protocol/sdk"
	"github.com/iotspot/iotspot/localstack/protocol/shape"
	"github.com/iotspot/iotspot/shared/catalog"
)

type rig struct {
	*localeventbridge.Bus
	client *eventbridge.Client
	mu     sync.Mutex
	got    []string // function and event
	dead   []string // function and reason
	fail   int      // so many invocations
	why    error
}

func newRig(t *testing.T) *rig {
	r := &rig{why: errors.New("no luck")}
	r.Bus = localeventbridge.New(localeventbridge.Options{
		Functions: []catalog.Function{{Name: "overview", Events: []string{"overview.requested"}},
			{Name: "erasure", Events: []string{"erasure.requested"}}},
		Now:     func() time.Time { return time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC) },
		Retries: []time.Duration{0, 0},
		Let:     func(catalog.Edge) error { return nil },
		Invoke: func(function string, payload []byte) ([]byte, error) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.got = append(r.got, function+" "+string(payload))
			if r.fail > 0 {
				r.fail--
				return nil, r.why
			}
			return nil, nil
		},
		Dead: func(function, reason string, _ []byte) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.dead = append(r.dead, function+": "+reason)
		}})
	server := httptest.NewServer(r.Bus)
	t.Cleanup(server.Close)
	r.client = eventbridge.NewFromConfig(sdk.Config(server.URL, "x"),
		func(o *eventbridge.Options) { o.RetryMaxAttempts = 1 })
	return r
}

func (r *rig) put(t *testing.T, change func(*types.PutEventsRequestEntry)) error {
	entry := types.PutEventsRequestEntry{EventBusName: aws.String("bus"), Source: aws.String(events.Source),
		DetailType: aws.String("overview.requested"), Detail: aws.String(`{"user":"u1"}`)}
	if change != nil {
		change(&entry)
	}
	_, err := r.client.PutEvents(t.Context(),
		&eventbridge.PutEventsInput{Entries: []types.PutEventsRequestEntry{entry}})
	r.Wait()
	return err
}

func TestAnEventReachesTheFunctionOfItsRuleAndNoOther(t *testing.T) {
	r := newRig(t)
	require.NoError(t, r.put(t, nil))
	require.Len(t, r.got, 1)
	var event map[string]any
	require.NoError(t, json.Unmarshal([]byte(r.got[0][len("overview "):]), &event))
	require.Equal(t, map[string]any{"user": "u1"}, event["detail"])
	require.Equal(t, "overview.requested", event["detail-type"])
	require.Equal(t, "2026-11-22T08:00:00Z", event["time"])
	shape.Require(t, "overview-requested.json", []byte(r.got[0][len("overview "):]), "detail")
	require.Empty(t, r.dead)
}

func TestAFunctionThatFailsIsTriedThreeTimesAndThenTheEventIsPutAside(t *testing.T) {
	r := newRig(t)
	r.fail = 2
	require.NoError(t, r.put(t, nil))
	require.Len(t, r.got, 3)
	require.Empty(t, r.dead)
	r.fail = 3
	require.NoError(t, r.put(t, nil))
	require.Len(t, r.got, 6)
	require.Equal(t, []string{"overview: no luck"}, r.dead)
}

func TestAnEventThatNoRuleMatchesIsPutAsideAndNotLostInSilence(t *testing.T) {
	r := newRig(t)
	require.NoError(t, r.put(t, func(e *types.PutEventsRequestEntry) { e.DetailType = aws.String("nobody.cares") }))
	require.Equal(t, []string{": no rule matches iotspot nobody.cares"}, r.dead)
}

func TestWhatIsNotImplementedOrNotRightIsRefused(t *testing.T) {
	r := newRig(t)
	for name, change := range map[string]func(*types.PutEventsRequestEntry){
		"another bus":  func(e *types.PutEventsRequestEntry) { e.EventBusName = aws.String("default") },
		"not JSON":     func(e *types.PutEventsRequestEntry) { e.Detail = aws.String("hello") },
		"resources":    func(e *types.PutEventsRequestEntry) { e.Resources = []string{"x"} },
		"a time":       func(e *types.PutEventsRequestEntry) { e.Time = aws.Time(time.Now()) },
		"no type":      func(e *types.PutEventsRequestEntry) { e.DetailType = aws.String("") },
		"trace header": func(e *types.PutEventsRequestEntry) { e.TraceHeader = aws.String("x") },
		"AWS's source": func(e *types.PutEventsRequestEntry) { e.Source = aws.String("aws.s3") },
		"a long type":  func(e *types.PutEventsRequestEntry) { e.DetailType = aws.String(strings.Repeat("t", 129)) },
		"a large detail": func(e *types.PutEventsRequestEntry) {
			e.Detail = aws.String(`{"d":"` + strings.Repeat("d", 256<<10) + `"}`)
		},
	} {
		require.Error(t, r.put(t, change), name)
	}
	require.Empty(t, r.got)
	_, err := r.client.ListRules(t.Context(), &eventbridge.ListRulesInput{})
	require.ErrorContains(t, err, "NotImplemented")
}

func TestAnInvocationThatAMoveOfTheClockEndsCountsAsNoTry(t *testing.T) {
	r := newRig(t)
	r.fail, r.why = 7, lambda.ErrEnded
	require.NoError(t, r.put(t, nil))
	r.Wait()
	require.Len(t, r.got, 8)
	require.Empty(t, r.dead)
}
