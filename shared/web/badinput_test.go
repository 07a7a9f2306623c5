package web_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/web/webtest"
)

// untouched is a use case that must not be reached.
func untouched(t *testing.T) web.Route {
	return webtest.On(plant, func(context.Context, identity.Caller, plantInput) (struct{}, error) {
		require.Fail(t, "the use case was reached")
		return struct{}{}, nil
	})
}

func fieldsOf(t *testing.T, response web.Response) []map[string]string {
	t.Helper()
	var body struct {
		Type   string              `json:"type"`
		Fields []map[string]string `json:"fields"`
	}
	require.NoError(t, json.Unmarshal([]byte(response.Body), &body), response.Body)
	return body.Fields
}

func TestABodyThatIsNotAcceptedReachesNoUseCase(t *testing.T) {
	for name, c := range map[string]struct{ body, pointer, accepted string }{
		"wrong type":         {`{"name":17}`, "/name", "string"},
		"null for text":      {`{"name":null}`, "/name", "string"},
		"text for a number":  {`{"name":"Eik","height":"2"}`, "/height", "number"},
		"text for a boolean": {`{"name":"Eik","evergreen":"true"}`, "/evergreen", "boolean"},
		"object for a list":  {`{"name":"Eik","beds":{}}`, "/beds", "array"},
		"unknown field":      {`{"name":"Eik","nmae":"Eik"}`, "/nmae", ""},
		"other case":         {`{"Name":"Eik"}`, "/Name", ""},
		"missing field":      {`{}`, "/name", ""},
		"blank": {`{"name":"   "}`, "/name",
			"a line of text, not blank and without control characters or others that can't be seen"},
		"empty": {`{"name":""}`, "/name", "at least 1 characters"},
		"a line break": {`{"name":"Eik\nBeuk"}`, "/name",
			"a line of text, not blank and without control characters or others that can't be seen"},
		"a NUL": {`{"name":"Eik\u0000"}`, "/name",
			"a line of text, not blank and without control characters or others that can't be seen"},
		"DEL": {`{"name":"Eik\u007f"}`, "/name",
			"a line of text, not blank and without control characters or others that can't be seen"},
		"a C1 control": {`{"name":"Eik\u0085"}`, "/name",
			"a line of text, not blank and without control characters or others that can't be seen"},
		"one that turns text": {`{"name":"Eik\u202e"}`, "/name",
			"a line of text, not blank and without control characters or others that can't be seen"},
		"too long": {`{"name":"` + strings.Repeat("é", 41) + `"}`, "/name", "at most 40 characters"},
		"a day that is not": {`{"name":"Eik","date":"2026-02-30"}`, "/date",
			"a date that the calendar has, as 2026-11-22"},
		"a date with time": {`{"name":"Eik","date":"2026-02-03T00:00:00Z"}`, "/date",
			"a date that the calendar has, as 2026-11-22"},
		"an instant that isnt": {`{"name":"Eik","at":"2026-02-03T25:00:00Z"}`, "/at",
			"an instant of RFC 3339, as 2026-11-22T08:15:00Z"},
		"no word of the list": {`{"name":"Eik","kind":"herb"}`, "/kind", "tree, shrub"},
		"below the least":     {`{"name":"Eik","height":-1}`, "/height", "at least 0"},
		"above the most":      {`{"name":"Eik","height":101}`, "/height", "at most 100"},
		"an enormous number":  {`{"name":"Eik","height":1e999999999}`, "/height", "a number of common size"},
		"too many items":      {`{"name":"Eik","beds":["a","b","c","d"]}`, "/beds", "at most 3"},
		"a bad item":          {`{"name":"Eik","beds":["a",2]}`, "/beds/1", "string"},
		"a bad nullable":      {`{"name":"Eik","note":2}`, "/note", "string"},
		"a name twice":        {`{"name":"Eik","name":"Beuk"}`, "/name", "each name once"},
		"an escaped pointer":  {`{"name":"Eik","a/b~c":1}`, "/a~1b~0c", ""},
	} {
		t.Run(name, func(t *testing.T) {
			response, _ := call(t, requestOf(plant, c.body), untouched(t))
			require.Equal(t, 400, response.StatusCode, response.Body)
			fields := fieldsOf(t, response)
			require.NotEmpty(t, fields, response.Body)
			found := false
			for _, field := range fields {
				_, accepted, _ := strings.Cut(field["hint"], "; accepted: ")
				found = found || field["pointer"] == c.pointer && accepted == c.accepted
			}
			require.True(t, found, response.Body)
		})
	}
}

func TestABodyThatIsNotOneJSONObjectIsRefused(t *testing.T) {
	for name, body := range map[string]string{
		"nothing":         "",
		"not JSON":        "name=Eik",
		"cut short":       `{"name":"Ei`,
		"an array":        `[{"name":"Eik"}]`,
		"a text":          `"Eik"`,
		"null":            `null`,
		"two objects":     `{"name":"Eik"}{"name":"Beuk"}`,
		"a comma more":    `{"name":"Eik",}`,
		"a comment":       `{"name":"Eik" /* tree */}`,
		"wrong brackets":  `{"name":["Eik"}`,
		"single quotes":   `{'name':'Eik'}`,
		"NaN":             `{"name":"Eik","height":NaN}`,
		"not UTF-8":       "{\"name\":\"Eik\xff\"}",
		"half a pair":     `{"name":"Eik\ud800"}`,
		"the other half":  `{"name":"\udc00Eik"}`,
		"two halves":      `{"name":"\udc00\ud800"}`,
		"lost on the way": "{\"name\":\"Eik\ufffd\"}", // as API Gateway hands on what is not UTF-8
		"a mark in front": "\ufeff" + `{"name":"Eik"}`,
		"very deep":       strings.Repeat(`{"a":`, 2000) + "1" + strings.Repeat("}", 2000),
		"very deep array": `{"name":` + strings.Repeat("[", 4000) + strings.Repeat("]", 4000) + "}",
	} {
		t.Run(name, func(t *testing.T) {
			response, got := call(t, requestOf(plant, body), untouched(t))
			require.Equal(t, 400, response.StatusCode, response.Body)
			require.NotEmpty(t, got["detail"])
		})
	}
}

func TestABodyOfTenMegabytesIsRefusedBeforeItIsRead(t *testing.T) {
	body := `{"name":"` + strings.Repeat("E", 10<<20) + `"}`
	response, got := call(t, requestOf(plant, body), untouched(t))
	require.Equal(t, 413, response.StatusCode)
	require.Equal(t, web.ProblemBase+"too-large", got["type"])

	encoded := requestOf(plant, base64.StdEncoding.EncodeToString([]byte(body)))
	encoded.IsBase64Encoded = true
	response, _ = call(t, encoded, untouched(t))
	require.Equal(t, 413, response.StatusCode)
}

func TestTheLargestBodyIsAcceptedAndOneByteMoreIsNot(t *testing.T) {
	fill := func(size int) string { return `{"name":"Eik"` + strings.Repeat(" ", size-len(`{"name":"Eik"}`)) + "}" }
	for _, encoded := range []bool{false, true} {
		for size, status := range map[int]int{api.MaxBody: 201, api.MaxBody + 1: 413, api.MaxBody + 2: 413,
			api.MaxBody + 3: 413} {
			request := requestOf(plant, fill(size))
			if encoded {
				request.Body, request.IsBase64Encoded = base64.StdEncoding.EncodeToString([]byte(request.Body)), true
			}
			response, _ := call(t, request)
			require.Equal(t, status, response.StatusCode, "%d bytes, base64 %v", size, encoded)
		}
	}
}

func TestABodyInBase64ThatIsNoneIsRefused(t *testing.T) {
	request := requestOf(plant, "!!!")
	request.IsBase64Encoded = true
	response, _ := call(t, request, untouched(t))
	require.Equal(t, 400, response.StatusCode)
}

func TestAnotherMediaTypeThanJSONIsRefused(t *testing.T) {
	for _, contentType := range []string{"", "text/plain", "application/x-www-form-urlencoded",
		"application/json; charset=latin1", ";;"} {
		request := requestOf(plant, `{"name":"Eik"}`)
		request.Headers["Content-Type"] = contentType
		response, _ := call(t, request, untouched(t))
		require.Equal(t, 400, response.StatusCode, contentType)
		require.Equal(t, "application/json", fieldsOf(t, response)[0]["accepted"])
	}
	request := requestOf(plant, `{"name":"Eik"}`)
	request.Headers["Content-Type"] = "Application/JSON; charset=UTF-8"
	response, _ := call(t, request)
	require.Equal(t, 201, response.StatusCode)
}

func TestCreatingNeedsAnIdempotencyKey(t *testing.T) {
	for _, key := range []string{"", "short", strings.Repeat("k", 65), "with space", "naïve-key", "key-key-\n"} {
		request := requestOf(plant, `{"name":"Eik"}`)
		request.Headers["Idempotency-Key"] = key
		response, _ := call(t, request, untouched(t))
		require.Equal(t, 400, response.StatusCode, "%q", key)
		require.Equal(t, "Idempotency-Key", fieldsOf(t, response)[0]["pointer"])
	}
}

func TestMalformedParametersAreRefusedByName(t *testing.T) {
	for name, c := range map[string]struct {
		path, query map[string]string
		pointer     string
	}{
		"no path":         {nil, nil, "garden"},
		"a malformed id":  {map[string]string{"garden": "1; DROP TABLE"}, nil, "garden"},
		"an id too long":  {map[string]string{"garden": strings.Repeat("a", 5000)}, nil, "garden"},
		"not UTF-8":       {map[string]string{"garden": "\xff"}, nil, "garden"},
		"lost on the way": {map[string]string{"garden": "\ufffd"}, nil, "garden"},
		"no number":       {map[string]string{"garden": garden}, map[string]string{"rows": "three"}, "rows"},
		"too many":        {map[string]string{"garden": garden}, map[string]string{"rows": "10"}, "rows"},
		"given twice":     {map[string]string{"garden": garden}, map[string]string{"rows": "1,2"}, "rows"},
		"empty":           {map[string]string{"garden": garden}, map[string]string{"rows": ""}, "rows"},
		"unknown":         {map[string]string{"garden": garden}, map[string]string{"row": "1"}, "row"},
		"path over query": {nil, map[string]string{"garden": garden}, "garden"},
	} {
		t.Run(name, func(t *testing.T) {
			request := requestOf(plant, `{"name":"Eik"}`)
			request.PathParameters, request.QueryStringParameters = c.path, c.query
			response, _ := call(t, request, untouched(t))
			require.Equal(t, 400, response.StatusCode)
			fields := fieldsOf(t, response)
			require.NotEmpty(t, fields)
			require.Equal(t, c.pointer, fields[0]["pointer"])
		})
	}
}

func TestABodyWhereNoneIsDeclaredIsRefused(t *testing.T) {
	bare := api.Operation{ID: "look", Method: "GET", Path: "/look", Roles: identity.Members}
	request := requestOf(bare, `{}`)
	nothing := func(context.Context, identity.Caller, struct{}) (struct{}, error) { return struct{}{}, nil }
	response, _ := call(t, request, webtest.On(bare, nothing))
	require.Equal(t, 400, response.StatusCode)
}

func TestNoAnswerQuotesAValueThatWasSent(t *testing.T) {
	secret := "Els-de-Vries-1961"
	for _, body := range []string{
		`{"name":"%s\n"}`, `{"name":"Eik","date":"%s"}`, `{"name":"Eik","kind":"%s"}`, `{"name":"Eik","height":"%s"}`,
		`{"name":"Eik","beds":"%s"}`, `{"name":["%s"]}`, `{"name":"%s`, `%s`, `{"name":"Eik","note":{"x":"%s"}}`,
	} {
		response, _ := call(t, requestOf(plant, fmt.Sprintf(body, secret)), untouched(t))
		require.Equal(t, 400, response.StatusCode)
		require.NotContains(t, response.Body, secret, body)
	}
	request := requestOf(plant, `{"name":"Eik"}`)
	request.PathParameters["garden"] = secret
	response, _ := call(t, request, untouched(t))
	require.NotContains(t, response.Body, secret)
}

func TestOneProblemNamesAllFieldsThatAreWrongButNeverThousands(t *testing.T) {
	response, _ := call(t, requestOf(plant, `{"name":"","height":-1,"kind":"herb"}`), untouched(t))
	require.Len(t, fieldsOf(t, response), 3)

	var many strings.Builder
	for i := range 500 {
		fmt.Fprintf(&many, `,"unknown%d":1`, i)
	}
	response, _ = call(t, requestOf(plant, `{"name":"Eik"`+many.String()+"}"), untouched(t))
	require.Len(t, fieldsOf(t, response), 20)
}

func TestARawBodyArrivesAsContentWithItsMediaType(t *testing.T) {
	picture := api.Operation{ID: "picture", Method: "PUT", Path: "/picture", Roles: identity.Members,
		Content: &api.Content{Types: []string{"image/png", "image/jpeg"}, MaxBytes: 8}}
	var got struct {
		Content     []byte `json:"content"`
		ContentType string `json:"content_type"`
	}
	route := webtest.On(picture, func(_ context.Context, _ identity.Caller, in struct {
		Content     []byte `json:"content"`
		ContentType string `json:"content_type"`
	}) (struct{}, error) {
		got = in
		return struct{}{}, nil
	})
	request := requestOf(picture, base64.StdEncoding.EncodeToString([]byte("\x89PNG\x00\xff")))
	request.IsBase64Encoded, request.Headers["Content-Type"] = true, "image/png"
	response, _ := call(t, request, route)
	require.Equal(t, 204, response.StatusCode, response.Body)
	require.Equal(t, []byte("\x89PNG\x00\xff"), got.Content)
	require.Equal(t, "image/png", got.ContentType)

	request.Headers["Content-Type"] = "image/svg+xml"
	response, _ = call(t, request, route)
	require.Equal(t, 400, response.StatusCode)

	request.Headers["Content-Type"] = "image/png"
	request.Body = base64.StdEncoding.EncodeToString([]byte("123456789"))
	response, _ = call(t, request, route)
	require.Equal(t, 413, response.StatusCode)
}

func TestNamesOfPeopleStreetsAndCompaniesAreAcceptedThoughTheyLookLikeLinks(t *testing.T) { // 3.a, 3.b, 4.d.3
	for member, all := range map[string][]api.Declaration{
		"name":       {api.InviteGuest, api.ChangePass, api.AddLocation, api.ChangeLocation},
		"address":    {api.AddLocation, api.ChangeLocation},
		"legal_name": {api.OpenAccount, api.ChangeAccount},
	} {
		for _, declared := range all {
			operation := declared.Operation()
			for _, text := range []string{"M.Kumar/IT", "Str.des 17.Juni/Ecke 5", "booking.com B.V.",
				"c/o Acme.Co/Ltd."} {
				sent := maps.Clone(operation.Request.(map[string]any))
				sent[member] = text
				body, err := json.Marshal(sent)
				require.NoError(t, err)
				var got any
				_, err = webtest.Handler(web.On(declared,
					func(_ context.Context, _ identity.Caller, in map[string]any) (struct{}, error) {
						got = in[member]
						return struct{}{}, nil
					}))(t.Context(), valid(operation, body))
				require.NoError(t, err)
				require.Equal(t, text, got, operation.ID)
			}
		}
	}
}
