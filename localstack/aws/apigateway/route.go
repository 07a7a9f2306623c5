package apigateway

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/iotspot/iotspot/shared/api"
)

type route struct {
	operation api.Operation
	segments  []string
	bucket    *bucket
}

func newRoute(operation api.Operation) *route {
	return &route{operation: operation, segments: strings.Split(operation.Path, "/"),
		bucket: newBucket(operation.Throttle)}
}

// match finds the most specific route: a literal segment goes before a parameter, from the left.
func (g *Gateway) match(r *http.Request) (*route, map[string]string) {
	segments := strings.Split(r.URL.EscapedPath(), "/")
	var best *route
	var found map[string]string
	for _, candidate := range g.routes {
		if candidate.operation.Method != r.Method {
			continue
		}
		if parameters, fits := candidate.fits(segments); fits && (best == nil || candidate.before(best)) {
			best, found = candidate, parameters
		}
	}
	return best, found
}

func (r *route) fits(segments []string) (map[string]string, bool) {
	if len(segments) != len(r.segments) {
		return nil, false
	}
	parameters := map[string]string{}
	for i, segment := range r.segments {
		name, isParameter := parameter(segment)
		switch {
		case isParameter:
			value, err := url.PathUnescape(segments[i])
			if err != nil || value == "" {
				return nil, false
			}
			parameters[name] = value
		case segment != segments[i]:
			return nil, false
		}
	}
	return parameters, true
}

func (r *route) before(other *route) bool {
	for i := range r.segments {
		_, mine := parameter(r.segments[i])
		_, theirs := parameter(other.segments[i])
		if mine != theirs {
			return theirs
		}
	}
	return false
}

func parameter(segment string) (string, bool) {
	if strings.HasPrefix(segment, "{") && strings.HasSuffix(segment, "}") {
		return segment[1 : len(segment)-1], true
	}
	return "", false
}

// A bucket of tokens, by the machine's clock and not the moved one: it protects the machine.
type bucket struct {
	mu     sync.Mutex
	limit  api.Throttle
	tokens float64
	last   time.Time
}

// newBucket is full. A route without a limit of its own has the stage's, as API Gateway gives it: one for each route.
func newBucket(limit api.Throttle) *bucket {
	if limit == (api.Throttle{}) {
		limit = api.DefaultThrottle
	}
	return &bucket{limit: limit, tokens: float64(limit.Burst)}
}

func (b *bucket) take(now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.last.IsZero() {
		b.tokens = min(float64(b.limit.Burst), b.tokens+now.Sub(b.last).Seconds()*b.limit.Rate)
	}
	b.last = now
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}
