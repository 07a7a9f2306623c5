package apigateway

import (
	"net/http"
	"path"
	"regexp"

	"golang.org/x/time/rate"

	"github.com/iotspot/iotspot/shared/api"
)

// A route is an operation with the tokens of its throttle, by the machine's clock and not the moved one: a throttle
// protects the machine.
type route struct {
	operation api.Operation
	limiter   *rate.Limiter
}

// newRoute has all its tokens. A route without a limit of its own has the stage's, as API Gateway gives it: one for
// each route.
func newRoute(operation api.Operation) *route {
	limit := operation.Throttle
	if limit == (api.Throttle{}) {
		limit = api.DefaultThrottle
	}
	return &route{operation: operation, limiter: rate.NewLimiter(rate.Limit(limit.Rate), limit.Burst)}
}

// routed is a mux over the operations, of which the most specific serves: a literal segment goes before a parameter.
// Unlike ServeMux, API Gateway has no HEAD beside a GET, no redirect to a cleaner path, and says 404 where another
// method would be served.
func (g *Gateway) routed(operations []api.Operation) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", notFound)
	for _, operation := range operations {
		route := newRoute(operation)
		mux.HandleFunc(operation.RouteKey(), func(w http.ResponseWriter, r *http.Request) {
			if r.Method != operation.Method {
				notFound(w, r)
				return
			}
			g.request(w, r, route)
		})
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if clean := path.Clean(r.URL.Path); clean != r.URL.Path && clean+"/" != r.URL.Path {
			notFound(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

func notFound(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusNotFound, "Not Found") }

var parameter = regexp.MustCompile(`\{(\w+)\}`)

// parameters are those of the path, by name.
func (r *route) parameters(request *http.Request) map[string]string {
	found := map[string]string{}
	for _, name := range parameter.FindAllStringSubmatch(r.operation.Path, -1) {
		found[name[1]] = request.PathValue(name[1])
	}
	return found
}
