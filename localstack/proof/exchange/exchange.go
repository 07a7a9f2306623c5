// Package exchange holds what passes between clients and the HTTP interface against the published document, by a
// validator that knows nothing of ours.
package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/errors"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/api/openapi"
)

// A Judge collects where exchanges and document disagree. It may be used by many at once.
type Judge struct {
	rules *rules

	mu     sync.Mutex
	faults []string
	held   int
}

// rules are the document of all operations, made ready to judge by once for all judges of a process: that takes a
// while, and so does the first use of each schema.
type rules struct {
	mu    sync.Mutex
	valid validator.Validator
}

var ready = sync.OnceValues(func() (*rules, error) {
	text, err := json.Marshal(openapi.Document(api.Operations()))
	if err != nil {
		return nil, err
	}
	document, err := libopenapi.NewDocument(text)
	if err != nil {
		return nil, err
	}
	valid, faults := validator.NewValidator(document)
	if len(faults) > 0 {
		return nil, fmt.Errorf("the document can't be judged by: %v", faults)
	}
	return &rules{valid: valid}, nil
})

// NewJudge judges by the document of all operations.
func NewJudge() (*Judge, error) {
	rules, err := ready()
	return &Judge{rules: rules}, err
}

// request are the faults of a request that was taken.
func (r *rules) request(request *http.Request) []*errors.ValidationError {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, faults := r.valid.ValidateHttpRequestSync(request)
	return faults
}

// answer are the faults of an answer.
func (r *rules) answer(request *http.Request, response *http.Response) []*errors.ValidationError {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, faults := r.valid.ValidateHttpResponse(request, response)
	return faults
}

// Hold judges an answer, and its request where that was taken: what the interface refuses may differ from the document.
// The request's body is given apart, since it has been read.
func (j *Judge) Hold(request *http.Request, sent []byte, response *http.Response) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.held++
	if response.StatusCode < 300 {
		request.Body = io.NopCloser(bytes.NewReader(sent))
		j.note("request", request, response, j.rules.request(request))
	}
	j.note("answer", request, response, j.rules.answer(request, response))
}

func (j *Judge) note(what string, request *http.Request, response *http.Response, faults []*errors.ValidationError) {
	for _, fault := range faults {
		line := fmt.Sprintf("%s of %s %s → %d: %s: %s", what, request.Method, request.URL.Path, response.StatusCode,
			fault.Message, fault.Reason)
		for _, detail := range fault.SchemaValidationErrors {
			line += fmt.Sprintf("; %s: %s", detail.KeywordLocation, detail.Reason)
		}
		j.faults = append(j.faults, line)
	}
}

// Faults are the disagreements so far.
func (j *Judge) Faults() []string { j.mu.Lock(); defer j.mu.Unlock(); return j.faults }

// Held is how many exchanges were judged.
func (j *Judge) Held() int { j.mu.Lock(); defer j.mu.Unlock(); return j.held }

// Over is a transport whose exchanges with the interface at an address, as http://localhost:8080, are judged.
func (j *Judge) Over(next http.RoundTripper, address string) http.RoundTripper {
	return judged{j, strings.TrimPrefix(address, "http://"), next}
}

type judged struct {
	judge *Judge
	host  string
	next  http.RoundTripper
}

// RoundTrip passes the exchange on, with bodies that can be read again.
func (t judged) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.URL.Host != t.host {
		return t.next.RoundTrip(request)
	}
	sent, err := drained(&request.Body)
	if err != nil {
		return nil, err
	}
	response, err := t.next.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	received, err := drained(&response.Body)
	if err != nil {
		return nil, err
	}
	t.judge.Hold(request.Clone(request.Context()), sent, response)
	response.Body = io.NopCloser(bytes.NewReader(received))
	return response, nil
}

// drained reads a body and puts an equal one in its place.
func drained(body *io.ReadCloser) ([]byte, error) {
	if *body == nil {
		return nil, nil
	}
	content, err := io.ReadAll(*body)
	if err != nil {
		return nil, err
	}
	(*body).Close()
	*body = io.NopCloser(bytes.NewReader(content))
	return content, nil
}
