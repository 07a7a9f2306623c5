package shared_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/api/openapi"
	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/share"
	"github.com/iotspot/iotspot/shared/statement"
	"github.com/iotspot/iotspot/shared/web"
)

// pages are all that we make for people to read in a browser or a mail: the templates, whole with every branch of
// theirs, and those that can be made without data.
func pages(t *testing.T) map[string]string {
	t.Helper()
	made := map[string]string{}
	require.NoError(t, filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Name() == "node_modules" {
			return fs.SkipDir
		}
		if err == nil && strings.HasSuffix(path, ".html") {
			text, readErr := os.ReadFile(path)
			made[path], err = string(text), readErr
		}
		return err
	}))
	require.GreaterOrEqual(t, len(made), 5)
	for id, response := range shown(t) {
		made[id] = response.Body
	}
	return made
}

// shown are the public pages that need no data, as API Gateway gets them.
func shown(t *testing.T) map[string]web.Response {
	t.Helper()
	publisher := statement.Publisher{Controller: controllertest.Example}
	handler := web.Handler(web.Nobody, slices.Concat(publisher.Routes(), share.Routes(), openapi.Routes())...)
	answers := map[string]web.Response{}
	for _, declared := range []api.Declaration{api.ShowStatement, api.ShareSpot, api.Reference} {
		for _, language := range []string{"nl", "en"} {
			response, err := handler(t.Context(), web.Request{RouteKey: declared.Operation().RouteKey(),
				PathParameters:        map[string]string{"spot": secret.ID()},
				QueryStringParameters: map[string]string{"language": language}})
			require.NoError(t, err)
			require.Equal(t, 200, response.StatusCode, response.Body)
			answers[declared.ID+" "+language] = response
		}
	}
	return answers
}

// loading are elements and attributes by which a page fetches something by itself.
var loading = map[string][]string{
	"element": {"script", "img", "iframe", "frame", "link", "object", "embed", "video", "audio", "source", "track",
		"picture", "svg", "base", "portal", "applet"},
	"attribute": {"src", "srcset", "data", "background", "poster", "ping", "http-equiv", "formaction", "manifest"},
}

var (
	fetchedByStyle = regexp.MustCompile(`(?i)url\(|@import|image-set|expression\(`)
	// an address of its own, or one that is filled in
	somewhereElse = regexp.MustCompile(`(?i)^(?:[a-z][a-z0-9+.-]*:|//|\{\{)`)
)

// 10.login 11.cookies 12.links
func TestNothingThatWeMakeForAReaderLoadsAnythingFromElsewhere(t *testing.T) {
	for name, text := range pages(t) {
		document, err := html.Parse(strings.NewReader(text))
		require.NoError(t, err, name)
		for node := range document.Descendants() {
			if node.Type == html.TextNode && node.Parent.Data == "style" {
				require.NotRegexp(t, fetchedByStyle, node.Data, name)
			}
			if node.Type != html.ElementNode {
				continue
			}
			require.NotContains(t, loading["element"], node.Data, name)
			for _, attribute := range node.Attr {
				require.NotContains(t, loading["attribute"], attribute.Key, "%s: %s", name, node.Data)
				require.False(t, strings.HasPrefix(attribute.Key, "on"), "%s: %s runs a script", name, attribute.Key)
				if attribute.Key == "style" {
					require.NotRegexp(t, fetchedByStyle, attribute.Val, name)
				}
				if attribute.Key == "action" {
					require.NotRegexp(t, somewhereElse, attribute.Val, "%s: a form goes nowhere else", name)
				}
			}
		}
	}
}

func TestALinkThatLeavesTakesNoReferrerAlong(t *testing.T) { // 12.links
	leaving := 0
	for name, text := range pages(t) {
		document, err := html.Parse(strings.NewReader(text))
		require.NoError(t, err, name)
		for node := range document.Descendants() {
			if node.Type != html.ElementNode || node.Data != "a" {
				continue
			}
			at := map[string]string{}
			for _, attribute := range node.Attr {
				at[attribute.Key] = attribute.Val
			}
			if own := at["href"] == "#{{.ID}}" || !somewhereElse.MatchString(at["href"]); own {
				continue
			}
			leaving++
			require.Subset(t, strings.Fields(at["rel"]), []string{"noreferrer", "noopener"}, "%s: %s", name,
				at["href"])
		}
	}
	require.Positive(t, leaving)
	for name, response := range shown(t) {
		require.Equal(t, "no-referrer", response.Headers["Referrer-Policy"], name)
		require.Contains(t, response.Headers["Content-Security-Policy"], "default-src 'none'", name)
		require.Empty(t, response.Cookies, name) // 11.cookies
		require.NotContains(t, response.Headers, "Set-Cookie", name)
	}
}

func TestEveryPageOfTheInterfaceIsAmongThoseThatAreLookedAt(t *testing.T) {
	var operations []string
	for _, operation := range api.Operations() {
		if operation.Media == "text/html" && operation.Function != "app" { // a program, which loads its own files
			operations = append(operations, operation.Function)
		}
	}
	slices.Sort(operations)
	require.Equal(t, []string{"booking", "check-in", "erasure-request", "reference", "share", "statement"},
		slices.Compact(operations),
		"a function that makes pages has its template in shared/, where the tests above find it")
	for _, s := range sources(t) {
		if s.in("shared") && !s.test() {
			source, err := os.ReadFile(filepath.Join("..", s.Path))
			require.NoError(t, err)
			require.NotRegexp(t, `(?i)<!doctype|<html|<body`, string(source),
				"%s: a page is a template in a file of its own", s.Path)
		}
	}
}

var socialMedia = regexp.MustCompile(`(?i)oauth|openid|saml|social|google|facebook|linkedin|microsoft|apple|github|twitter`)

func TestNobodyRegistersOrSignsInThroughSocialMedia(t *testing.T) { // 10.login
	document := openapi.Document(api.Operations())
	components := document["components"].(map[string]any)
	for name, scheme := range components["securitySchemes"].(map[string]any) {
		require.Equal(t, "http", scheme.(map[string]any)["type"], "%s: neither oauth2 nor openIdConnect", name)
		require.Equal(t, "bearer", scheme.(map[string]any)["scheme"], name)
	}
	for _, operation := range api.Operations() {
		require.NotRegexp(t, socialMedia, operation.ID+" "+operation.Path+" "+operation.Summary)
		if operation.Public() && operation.Answer != nil {
			if operation.Answer.Field("token") != nil {
				require.Contains(t, operation.Body.Required(), "code",
					"%s: a session begins with a code that was mailed", operation.ID)
			}
		}
	}
	for name, part := range parts(t) {
		require.Empty(t, under(part.linked, "golang.org/x/oauth2"), name)
		require.Empty(t, under(part.linked, "github.com/coreos/go-oidc"), name)
	}
}

func TestALinkedInProfileIsAPlainLinkMadeFromACheckedIdentifier(t *testing.T) { // 10.login
	require.Equal(t, "https://www.linkedin.com/in/femke-jansen-7", identity.LinkedInURL("femke-jansen-7"))
	for _, bad := range []string{"", "ab", "femke jansen", "../evil", "a/b", "femke?x=1", "https://evil.example",
		"javascript:alert(1)", "fémke", "femke\n", strings.Repeat("a", 101)} {
		require.Empty(t, identity.LinkedInURL(bad), "%q", bad)
	}
	for _, declared := range []api.Declaration{api.ReadProfile, api.ChangeProfile} {
		operation := declared.Operation()
		require.Equal(t, identity.LinkedIn, operation.Answer.Field("linkedin").Pattern)
		require.Equal(t, "uri", operation.Answer.Field("linkedin_url").Format)
	}
}
