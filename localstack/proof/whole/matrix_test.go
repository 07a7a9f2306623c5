package whole_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/whole"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
)

// reads are the calls that change nothing.
var reads = []string{"GetItem", "BatchGetItem", "Query", "GetObject", "ListObjectVersions"}

// An outcome is what a request came to: the answer, and the calls to AWS behind it.
type outcome struct {
	status int
	body   string
	calls  string
}

// try sends a request and puts the world back when anything was written. What the calls were for is then in s.shapes,
// with the same name for the ids that the request named, for new ones and for hashes, whatever they are.
func (s *scene) try(t *testing.T, before *whole.Kept, request whole.Request, named ...string) outcome {
	t.Helper()
	var mu sync.Mutex
	s.shapes = nil
	s.w.Faults.Seen = func(name string, parameters any) {
		text, err := json.Marshal(parameters)
		mu.Lock()
		defer mu.Unlock()
		if assert.NoError(t, err) {
			s.shapes = append(s.shapes, name+" "+shape(string(text), before, named))
		}
	}
	s.w.Faults.Arm(0, false, false)
	answer := s.w.Ask(request)
	s.w.Faults.Seen = nil
	slices.Sort(s.shapes) // some are made at the same time
	calls := s.w.Faults.Calls()
	slices.Sort(calls) // some are made at the same time
	if slices.ContainsFunc(calls, func(call string) bool { return !slices.Contains(reads, call) }) {
		s.w.PutBack(t, *before)
	}
	return outcome{answer.Status, answer.Body, strings.Join(calls, " ")}
}

var (
	opaque = regexp.MustCompile(`[a-z2-7]{16,}`)
	// a transaction's token, the shard of a deadline
	random  = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|#[0-9]"`)
	idParts = regexp.MustCompile(`[a-z2-7]{16}`)
)

// shape is a call's parameters without what differs between two requests alike.
func shape(text string, before *whole.Kept, named []string) string {
	text = random.ReplaceAllString(text, "*")
	for _, name := range named {
		text = strings.ReplaceAll(text, strconv.Quote(name), `"<named>"`) // an address, a domain or a sensor
		for _, id := range idParts.FindAllString(name, -1) {
			text = strings.ReplaceAll(text, id, "<named>")
			text = strings.ReplaceAll(text, privacy.Location.SortPrefix+id[:4]+`"`, "<near>") // table.Near
		}
	}
	return opaque.ReplaceAllStringFunc(text, func(id string) string {
		switch {
		case len(id) != secret.IDLength:
			return "<hash>"
		case !before.Has(id):
			return "<new>"
		}
		return id
	})
}

// asks is a request for an operation in which every id has the relation given.
func (s *scene) asks(operation api.Operation, who rune, token string,
	relations map[string]string) (request whole.Request, named bool) {
	path := operation.Path
	body, _ := bodies[operation.ID].(object)
	for ref, target := range relations {
		id := s.id(who, ref, target)
		if id == "" {
			return request, false
		}
		path = strings.ReplaceAll(path, "{"+ref+"}", url.PathEscape(id))
		if !strings.Contains(operation.Path, "{"+ref+"}") {
			body = with(body, ref, id)
		}
	}
	request = whole.Request{Token: token, Method: operation.Method, Path: path + queries[operation.ID]}
	switch {
	case operation.Content != nil:
		request.Body, request.Media = contents[operation.ID], operation.Content.Types[0]
	case body != nil:
		request.Body = body
	}
	if operation.Keyed {
		request.Key = "key-of-the-matrix"
	}
	return request, true
}

func with(body object, name string, value any) object {
	changed := object{}
	for n, v := range body {
		changed[n] = v
	}
	changed[name] = value
	return changed
}

// own names everything of the caller's own.
func own(r rule) map[string]string {
	all := map[string]string{}
	for _, ref := range r.refs {
		all[ref] = "own"
	}
	return all
}

// 8.security: nobody does anything that is not written down in the table; and what is not for somebody is answered,
// for everyone, exactly as what does not exist: by the same body after the same calls.
func TestNobodyMayDoWhatTheTableDoesNotSay_8_security(t *testing.T) {
	t.Parallel()
	s, table := stage(t), rules(t)
	before := s.w.Keep(t)
	for _, operation := range api.Operations() {
		r, ok := table[operation.ID]
		require.True(t, ok, "%s has no line in the table", operation.ID)
		for _, name := range pathRefs(operation) {
			require.Contains(t, r.refs, name, "%s names it in its path", operation.ID)
		}
		for _, who := range everyone {
			if r.public() || strings.ContainsRune(r.who, who) {
				s.mayWhatIsWritten(t, &before, operation, r, who)
			} else {
				s.mayNothing(t, &before, operation, r, who)
			}
		}
	}
	for id := range table {
		require.True(t, slices.ContainsFunc(api.Operations(), func(o api.Operation) bool { return o.ID == id }),
			"%s is no operation", id)
	}
}

func pathRefs(operation api.Operation) []string {
	var names []string
	for _, parameter := range operation.Parameters {
		if parameter.In == "path" {
			names = append(names, parameter.Name)
		}
	}
	return names
}

const unknownBody = `{"detail":"there is nothing here for you","hint":"there is nothing here for you","status":404,"title":"Not found","type":"https://iotspot.example/problems/not-found"}`

// mayWhatIsWritten: every combination with one id that is not the caller's own.
func (s *scene) mayWhatIsWritten(t *testing.T, before *whole.Kept, operation api.Operation, r rule, who rune) {
	t.Helper()
	token := s.tokens[who]
	if r.public() {
		token = ""
	}
	if request, named := s.asks(operation, who, token, own(r)); named {
		got := s.try(t, before, request)
		assert.Equal(t, success(operation, who, ""), got.status, "%s as %c of one's own: %s", operation.ID, who,
			got.body)
	}
	for _, ref := range r.refs {
		relations := own(r)
		relations[ref] = "never"
		request, named := s.asks(operation, who, token, relations)
		require.True(t, named, "%s %s", operation.ID, ref)
		unknown := s.try(t, before, request, s.id(who, ref, "never"))
		shapes := s.shapes
		for _, target := range targets {
			relations[ref] = target
			request, named := s.asks(operation, who, token, relations)
			if !named {
				continue
			}
			got, what := s.try(t, before, request, s.id(who, ref, target)),
				fmt.Sprintf("%s as %c, %s %s", operation.ID, who, ref, target)
			if r.lets(who, ref, target) {
				assert.Equal(t, success(operation, who, ref+" "+target), got.status, "%s: %s", what, got.body)
				continue
			}
			if target == "elsewhere" && who != 'g' { // theirs too, but not together with the other ids
				got.calls = unknown.calls
			}
			if target == "foreign" {
				assert.Equal(t, shapes, s.shapes, "%s: the calls are for the same", what)
			}
			assert.Equal(t, unknown, got, what)
			if !r.public() {
				assert.Equal(t, 404, got.status, what)
				assert.Equal(t, unknownBody, got.body, what)
			}
		}
	}
}

// mayNothing: whatever ids are named, the answer and its calls are those for an id that never was.
func (s *scene) mayNothing(t *testing.T, before *whole.Kept, operation api.Operation, r rule, who rune) {
	t.Helper()
	for _, target := range targets {
		relations := map[string]string{}
		for _, ref := range r.refs {
			relations[ref] = target
		}
		request, named := s.asks(operation, who, s.tokens[who], relations)
		if !named {
			continue
		}
		got := s.try(t, before, request)
		assert.Equal(t, outcome{404, unknownBody, r.looks(operation, who)}, got,
			"%s as %c: it was only looked who calls",
			operation.ID, who)
	}
}

const closedBody = `{"detail":"sign in to go on","hint":"this needs an open session: sign in","session":"over","status":401,"title":"Not signed in, or the code or link is not valid","type":"https://iotspot.example/problems/unauthorised"}`

// 8.security: for a token that opens nothing nothing is answered, counted or written, and nobody learns why.
func TestATokenThatOpensNothingReachesNoOperation_8_security_7_erase(t *testing.T) { // s.session
	t.Parallel()
	s, table := stage(t), rules(t)
	before := s.w.Keep(t)
	for _, operation := range api.Operations() {
		r := table[operation.ID]
		if r.public() {
			continue
		}
		request, named := s.asks(operation, rune(r.who[0]), "", own(r))
		require.True(t, named)
		assert.Equal(t, outcome{401, closedBody, ""}, s.try(t, &before, request), "%s without a token", operation.ID)
		for why, token := range s.dead {
			request.Token = token
			want := outcome{401, closedBody, r.looks(operation, bearerOf(token))}
			switch {
			case why == "malformed":
				want.calls = ""
			case want.calls == "":
				want = outcome{404, unknownBody, ""} // it is of a kind for which the operation is not, open or not
			}
			assert.Equal(t, want, s.try(t, &before, request), "%s with a token that is %s", operation.ID, why)
		}
	}
}

// 2.consent, 13.versions: until they consent to a new version of the statement, people can view, export, object,
// erase, consent and sign out.
func TestConsentToAnEarlierVersionOpensWhatTheTableSays_2_consent_13_versions(t *testing.T) {
	t.Parallel()
	s, table := stage(t), rules(t)
	before := s.w.Keep(t)
	for _, operation := range api.Operations() {
		r := table[operation.ID]
		for who, token := range s.earlier {
			if r.public() || !strings.ContainsRune(r.who, who) {
				continue
			}
			request, named := s.asks(operation, who, token, own(r))
			require.True(t, named)
			got := s.try(t, &before, request)
			if r.earlier {
				assert.NotContains(t, []int{401, 403}, got.status, "%s as %c: %s", operation.ID, who, got.body)
				continue
			}
			assert.Equal(t, 403, got.status, "%s as %c: %s", operation.ID, who, got.body)
			assert.Contains(t, got.body, `"version":"`+privacy.StatementVersion+`"`, "%s as %c", operation.ID, who)
		}
	}
}
