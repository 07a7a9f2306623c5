package phone

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/stack"
)

// A connection is all that a phone asks of the stack. It can be cut, and things can come between.
type connection struct {
	address string
	mu      sync.Mutex
	asked   []string // method and path, in order
	cleared []string // of these, what was answered with the word that the device is to forget
	between Between
}

// Between stands between a phone and the stack, and answers in its place, or not at all.
type Between func(stack http.Handler) http.Handler

// Cut is a connection that breaks at each request.
func Cut(http.Handler) http.Handler {
	return http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
}

// Losing lets a request come to the stack, and its answer get lost.
func Losing(asked string) Between {
	return func(stack http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method+" "+r.URL.Path != asked {
				stack.ServeHTTP(w, r)
				return
			}
			stack.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		})
	}
}

// Refusing answers requests of the API with a status, as API Gateway does by itself: without a problem in it.
func Refusing(status int) Between {
	return func(stack http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if ofTheProgram(r) {
				stack.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			fmt.Fprintf(w, `{"message":%q}`, http.StatusText(status))
		})
	}
}

// Unknown answers a path as the stack does when what is asked for is there no more.
func Unknown(path string) Between {
	return func(stack http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != path {
				stack.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, `{"type":"/problems/not-found","status":404}`)
		})
	}
}

// Holding lets the answers of paths that end so wait for a moment that the test chooses.
func Holding(ending string, until <-chan struct{}) Between {
	return func(stack http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, ending) {
				<-until
			}
			stack.ServeHTTP(w, r)
		})
	}
}

// Slow3G is the connection of a phone in a lift: two seconds until an answer begins, and 400 kbit/s for all of them.
// It stands here since Chromium's own emulation leaves the requests of the app's worker as fast as they were.
func Slow3G() Between {
	line := &sync.Mutex{}
	return func(stack http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(2 * time.Second)
			stack.ServeHTTP(narrow{w, line}, r)
		})
	}
}

// narrow lets the answers share one line.
type narrow struct {
	http.ResponseWriter
	line *sync.Mutex
}

func (n narrow) Write(content []byte) (int, error) {
	const bytesInASecond = 50_000
	n.line.Lock()
	defer n.line.Unlock()
	time.Sleep(time.Duration(len(content)) * time.Second / bytesInASecond)
	return n.ResponseWriter.Write(content)
}

// Deployed is the stack after a deployment: the files that the page named before are there no more.
func Deployed(stack http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/app/") {
			http.NotFound(w, r)
			return
		}
		stack.ServeHTTP(w, r)
	})
}

func ofTheProgram(r *http.Request) bool {
	return r.URL.Path == "/" || r.URL.Path == "/worker.js" || strings.HasPrefix(r.URL.Path, "/app/")
}

func connect(t testing.TB, s *stack.Stack) *connection {
	target, err := url.Parse(s.API)
	require.NoError(t, err)
	c, proxy := &connection{}, httputil.NewSingleHostReverseProxy(target)
	proxy.ModifyResponse = func(r *http.Response) error {
		if r.Header.Get("Clear-Site-Data") == `"cache", "storage"` {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.cleared = append(c.cleared, fmt.Sprint(r.Request.Method, " ", r.Request.URL.Path, " ", r.StatusCode))
		}
		return nil
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		between := c.between
		if !ofTheProgram(r) && !strings.HasPrefix(r.URL.Path, "/usage/") {
			c.asked = append(c.asked, r.Method+" "+r.URL.Path)
		}
		c.mu.Unlock()
		var answering http.Handler = proxy
		if between != nil {
			answering = between(proxy)
		}
		answering.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	c.address = server.URL
	return c
}

// Asked is what the phone asked so far, but for the program, which it fetches and keeps when it comes to it, and the
// usage tag.
func (c *connection) Asked() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.asked)
}

// Cleared is what was answered so that the browser forgets what it keeps of this origin: method, path and status.
func (c *connection) Cleared() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.cleared)
}

// Since is what was asked after the first n requests.
func (c *connection) Since(n int) []string { return c.Asked()[n:] }

// Meets puts something between the phone and the stack; nil takes it away.
func (c *connection) Meets(between Between) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.between = between
}

// Address is where the phone reaches the app.
func (c *connection) Address() string { return c.address }
