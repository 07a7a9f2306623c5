package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/web/webtest"
)

// The operation that the tests call: it has a parameter of each kind and a body with a member of each kind.
var plant = api.Operation{
	ID: "plant", Method: "POST", Path: "/gardens/{garden}/plants", Roles: identity.Members, Keyed: true, Status: 201,
	Parameters: []api.Parameter{api.Path("garden", api.ID(), "the garden"),
		api.Query("rows", api.Integer(1, 9), "how many")},
	Body: api.Object(api.Must("name", api.Text(40)), api.May("date", api.Date()), api.May("at", api.Instant()),
		api.May("kind", api.Enum("tree", "shrub")), api.May("height", api.Number(0, 100)),
		api.May("evergreen", api.Boolean()),
		api.May("beds", api.List(api.Text(10), 3)), api.May("note", api.Nullable(api.Text(20)))),
}

type plantInput struct {
	Garden    string   `json:"garden"`
	Rows      int      `json:"rows"`
	Key       string   `json:"idempotency_key"`
	Name      string   `json:"name"`
	Date      string   `json:"date"`
	At        string   `json:"at"`
	Kind      string   `json:"kind"`
	Height    float64  `json:"height"`
	Evergreen bool     `json:"evergreen"`
	Beds      []string `json:"beds"`
	Note      *string  `json:"note"`
}

const garden = "abcdefghij234567"

var gardener = identity.Caller{Person: identity.Person{Business: "business", User: "user"}, Role: identity.User,
	Session: "session", Consent: privacy.StatementVersion}

func echo(_ context.Context, _ identity.Caller, in plantInput) (plantInput, error) { return in, nil }

func requestOf(operation api.Operation, body string) web.Request {
	request := web.Request{RouteKey: operation.RouteKey(), Body: body,
		PathParameters: map[string]string{"garden": garden},
		Headers:        map[string]string{"Idempotency-Key": "a-key-of-mine", "Content-Type": "application/json"}}
	request.RequestContext.RequestID = "request-1"
	return webtest.As(request, gardener)
}

func call(t *testing.T, request web.Request, routes ...web.Route) (web.Response, map[string]any) {
	t.Helper()
	if len(routes) == 0 {
		routes = []web.Route{webtest.On(plant, echo)}
	}
	response, err := webtest.Handler(routes...)(t.Context(), request)
	require.NoError(t, err)
	members := map[string]any{}
	if strings.HasSuffix(response.Headers["Content-Type"], "json") {
		require.NoError(t, json.Unmarshal([]byte(response.Body), &members), response.Body)
	}
	return response, members
}

func TestAUseCaseGetsOneObjectWithParametersKeyAndBody(t *testing.T) {
	request := requestOf(plant, `{"name":"Eik","height":2.5,"evergreen":false,"beds":["a","b"],"note":null}`)
	request.QueryStringParameters = map[string]string{"rows": "3"}
	response, got := call(t, request)
	require.Equal(t, 201, response.StatusCode, response.Body)
	require.Equal(t, garden, got["garden"])
	require.EqualValues(t, 3, got["rows"])
	require.Equal(t, "a-key-of-mine", got["idempotency_key"])
	require.Equal(t, "Eik", got["name"])
	require.Equal(t, []any{"a", "b"}, got["beds"])
	require.Equal(t, "no-store", response.Headers["Cache-Control"], "9.cache")
	require.Equal(t, "no-referrer", response.Headers["Referrer-Policy"], "12.links")
	require.Equal(t, "nosniff", response.Headers["X-Content-Type-Options"])
}

func TestAProblemOfAUseCaseIsAnsweredAsItIs(t *testing.T) {
	refuse := func(context.Context, identity.Caller, plantInput) (struct{}, error) {
		e := problem.New(problem.TooMany, "three a day")
		e.RetryAfter = 60
		return struct{}{}, e.With("free", []string{"x"})
	}
	response, got := call(t, requestOf(plant, `{"name":"Eik"}`), webtest.On(plant, refuse))
	require.Equal(t, 429, response.StatusCode)
	require.Equal(t, "60", response.Headers["Retry-After"])
	require.Equal(t, "application/problem+json", response.Headers["Content-Type"])
	require.Equal(t, web.ProblemBase+"too-many", got["type"])
	require.Equal(t, "three a day", got["detail"])
	require.EqualValues(t, 429, got["status"])
	require.Equal(t, []any{"x"}, got["free"])
}

func TestAFaultTellsTheCallerNothing(t *testing.T) {
	for name, use := range map[string]func(context.Context, identity.Caller, plantInput) (struct{}, error){
		"an error": func(context.Context, identity.Caller, plantInput) (struct{}, error) {
			return struct{}{}, errors.New("table directory: key secret")
		},
		"a panic": func(context.Context, identity.Caller, plantInput) (struct{}, error) { panic("secret") },
	} {
		t.Run(name, func(t *testing.T) {
			response, got := call(t, requestOf(plant, `{"name":"Eik"}`), webtest.On(plant, use))
			require.Equal(t, 500, response.StatusCode)
			require.NotContains(t, response.Body, "secret")
			require.Equal(t, web.ProblemBase+"internal", got["type"])
		})
	}
}

func TestAnOperationForAnotherRoleLooksLikeOneThatDoesNotExist(t *testing.T) {
	operation := plant
	operation.Roles = identity.Administrators
	forbidden, _ := call(t, requestOf(operation, `{"name":"Eik"}`), webtest.On(operation, echo))
	unknown, _ := call(t, web.Request{RouteKey: "GET /nothing"}, webtest.On(operation, echo))
	require.Equal(t, 404, forbidden.StatusCode)
	require.Equal(t, unknown, forbidden)
}

func TestWithoutConsentToTheCurrentStatementOnlyTheFewOpenOperationsWork(t *testing.T) { // 2.consent
	outdated := gardener
	outdated.Consent = "2020-01-01"
	request := webtest.As(requestOf(plant, `{"name":"Eik"}`), outdated)
	response, got := call(t, request)
	require.Equal(t, 403, response.StatusCode)
	require.Equal(t, web.ProblemBase+"consent", got["type"])
	require.Equal(t, privacy.StatementVersion, got["version"])

	open := plant
	open.WithoutConsent = true
	response, _ = call(t, request, webtest.On(open, echo))
	require.Equal(t, 201, response.StatusCode)
}

func TestWithoutACallerNothingOpens(t *testing.T) {
	request := requestOf(plant, `{"name":"Eik"}`)
	for _, header := range []string{"", "Basic abc", "Bearer", "abcdefghijklmnopqrstuvwxyz234567"} {
		request.Headers["Authorization"] = header
		response, got := call(t, request, webtest.On(plant, unreached(t)))
		require.Equal(t, 401, response.StatusCode, header)
		require.Equal(t, "Bearer", response.Headers["WWW-Authenticate"])
		require.Equal(t, web.ProblemBase+"unauthorised", got["type"])
	}
}

func unreached(t *testing.T) func(context.Context, identity.Caller, plantInput) (struct{}, error) {
	return func(context.Context, identity.Caller, plantInput) (struct{}, error) {
		t.Error("the use case was reached")
		return struct{}{}, nil
	}
}

// 8.security: whatever keeps a claim from being proved, the use case isn't reached, and of a request that isn't
// accepted an unknown caller hears nothing.
func TestNobodyIsLetInByAFault_8_security(t *testing.T) {
	fault := errors.New("Els de Vries")
	for name, c := range map[string]struct {
		prove  func(context.Context) (identity.Caller, error)
		status int
	}{
		"a token that opens nothing": {func(context.Context) (identity.Caller, error) {
			return gardener, problem.NotSignedIn()
		}, 401},
		"a store that is busy": {func(context.Context) (identity.Caller, error) {
			return gardener, problem.New(problem.Unavailable, "the store is busy")
		}, 503},
		"a fault": {func(context.Context) (identity.Caller, error) { return gardener, fault }, 500},
		"a panic": {func(context.Context) (identity.Caller, error) { panic(fault) }, 500},
	} {
		for _, body := range []string{`{"name":"Eik"}`, `{"name":7}`} {
			t.Run(name+" "+body, func(t *testing.T) {
				claims := func(string, ...identity.Role) (identity.Claim, error) {
					return identity.Claim{Person: gardener.Person, Prove: c.prove}, nil
				}
				response, err := web.Handler(claims, webtest.On(plant, unreached(t)))(t.Context(),
					requestOf(plant, body))
				require.NoError(t, err)
				require.Equal(t, c.status, response.StatusCode)
				require.NotContains(t, response.Body, "Els")
				require.NotContains(t, response.Body, "name")
				require.Equal(t, map[bool]string{true: "1"}[c.status == 503], response.Headers["Retry-After"])
			})
		}
	}
}

func TestWhatIsReadAheadIsReadOnTheClaimAndUsedForTheProvedCaller(t *testing.T) {
	var claimed identity.Person
	asked := make(chan struct{})
	read := func(_ context.Context, of identity.Person, in plantInput) (string, error) {
		claimed = of
		close(asked)
		return in.Name + " of the garden", nil
	}
	use := func(_ context.Context, caller identity.Caller, in plantInput, found string) (plantInput, error) {
		require.Equal(t, gardener, caller)
		in.Name = found
		return in, nil
	}
	slow := func(string, ...identity.Role) (identity.Claim, error) {
		return identity.Claim{Person: gardener.Person, Prove: func(context.Context) (identity.Caller, error) {
			<-asked // the read was begun before the proof has come
			return gardener, nil
		}}, nil
	}
	handle := web.Handler(slow, web.Ahead(webtest.Declared(plant), read, use))
	response, err := handle(t.Context(), requestOf(plant, `{"name":"Eik"}`))
	require.NoError(t, err)
	require.Equal(t, 201, response.StatusCode, response.Body)
	require.Contains(t, response.Body, `"name":"Eik of the garden"`)
	require.Equal(t, gardener.Person, claimed)
}

func TestWhatWasReadAheadInVainIsToldToAKnownCallerAlone_8_security(t *testing.T) {
	absent := func(context.Context, identity.Person, plantInput) (string, error) { return "", problem.Unknown() }
	route := web.Ahead(webtest.Declared(plant), absent, func(context.Context, identity.Caller, plantInput,
		string) (struct{}, error) {
		t.Error("the use case was reached")
		return struct{}{}, nil
	})
	response, _ := call(t, requestOf(plant, `{"name":"Eik"}`), route)
	require.Equal(t, 404, response.StatusCode)
	closed := func(string, ...identity.Role) (identity.Claim, error) {
		return identity.Claim{Prove: func(context.Context) (identity.Caller, error) {
			return identity.Caller{}, problem.NotSignedIn()
		}}, nil
	}
	response, err := web.Handler(closed, route)(t.Context(), requestOf(plant, `{"name":"Eik"}`))
	require.NoError(t, err)
	require.Equal(t, 401, response.StatusCode)
}

func TestAPublicOperationKnowsOnlyTheSourceAddress(t *testing.T) { // 4.e.2
	public := api.Operation{ID: "hello", Method: "GET", Path: "/hello"}
	request := web.Request{RouteKey: "GET /hello"}
	request = webtest.As(request, gardener)
	request.RequestContext.HTTP.SourceIP = "192.0.2.1"
	var seen identity.Caller
	response, _ := call(t, request, webtest.On(public, func(_ context.Context, caller identity.Caller,
		_ struct{}) (struct{}, error) {
		seen = caller
		return struct{}{}, nil
	}))
	require.Equal(t, 204, response.StatusCode)
	require.Empty(t, response.Body)
	require.Equal(t, identity.Caller{IP: "192.0.2.1"}, seen)
}

func TestAUseCaseIsCutOffInTimeToAnswerWithWhenToTryAgain(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), clock.Margin+time.Millisecond)
	defer cancel()
	handle := webtest.Handler(webtest.On(plant, func(ctx context.Context, _ identity.Caller,
		_ plantInput) (plantInput, error) {
		<-ctx.Done()
		return plantInput{}, problem.New(problem.Unavailable, "busy")
	}))
	response, err := handle(ctx, requestOf(plant, `{"name":"Eik"}`))
	require.NoError(t, err)
	require.NoError(t, ctx.Err(), "the function itself has not ended yet")
	require.Equal(t, 503, response.StatusCode)
	require.Equal(t, "1", response.Headers["Retry-After"])
}
