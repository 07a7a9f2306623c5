package guard

import (
	"net/http"
	"net/url"
	"time"

	"github.com/valyala/fasthttp"

	"github.com/iotspot/iotspot/localstack/protocol"
)

// engineWaits is longer than a function waits for the database.
const engineWaits = 60 * time.Second

// An engine passes requests on to DynamoDB Local, each once, over connections that it keeps. The stand-ins do nothing
// more often, so it is done without goroutines for the two directions, which take a seventh of what they all take.
type engine struct {
	client *fasthttp.HostClient
	key    string // the access key whose database is the stack's
	failed func(w http.ResponseWriter, r *http.Request, err error)
}

func newEngine(address *url.URL, key string, failed func(http.ResponseWriter, *http.Request, error)) *engine {
	return &engine{key: key, failed: failed, client: &fasthttp.HostClient{Addr: address.Host, MaxConns: 1024,
		NoDefaultUserAgentHeader: true, ReadTimeout: engineWaits, WriteTimeout: engineWaits}}
}

func (e *engine) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	request, response := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(request)
	defer fasthttp.ReleaseResponse(response)
	protocol.Resign(r, e.key)
	request.Header.SetMethod(r.Method)
	request.SetRequestURI(r.RequestURI)
	request.SetHost(e.client.Addr)
	for name, values := range r.Header {
		for _, value := range values {
			request.Header.Add(name, value)
		}
	}
	request.SetBodyStream(r.Body, int(r.ContentLength))
	if err := e.client.Do(request, response); err != nil {
		e.failed(w, r, err)
		return
	}
	for name, value := range response.Header.All() {
		if name := string(name); name != "Connection" && name != "Transfer-Encoding" {
			w.Header().Set(name, string(value))
		}
	}
	w.WriteHeader(response.StatusCode())
	w.Write(response.Body()) // the function may have gone
}
