package share_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/apigateway"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/share"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

var now = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// doorstep is the gateway with the share function behind it, as it is deployed.
func doorstep(t *testing.T) string {
	function := web.Handler(web.Nobody, share.Routes()...)
	server := httptest.NewServer(apigateway.New(apigateway.Options{Operations: api.Operations(),
		Now: func() time.Time { return now }, Log: func(line string) { t.Error(line) },
		Invoke: func(name string, payload []byte) ([]byte, error) {
			require.Equal(t, "share", name, "nothing else is asked")
			var request web.Request
			require.NoError(t, json.Unmarshal(payload, &request))
			answer, err := function(t.Context(), request)
			require.NoError(t, err)
			return json.Marshal(answer)
		}}))
	t.Cleanup(server.Close)
	return server.URL
}

// A seen page is all that somebody gets who fetches a URL.
type seen struct {
	status int
	header http.Header
	body   string
}

func fetch(t *testing.T, method, url, agent string) seen {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	require.NoError(t, err)
	request.Header.Set("User-Agent", agent)
	answer, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	for _, name := range []string{"Date", "Apigw-Requestid"} { // these differ between any two answers
		answer.Header.Del(name)
	}
	return seen{answer.StatusCode, answer.Header, string(body)}
}

// An office is a customer with a shared spot in the real tables.
func office(t *testing.T, db *enginetest.Database) (*enginetest.Office, string) {
	o := db.NewOffice(t, "Europe/Amsterdam", 1, func(l *table.Location) { l.Name = "Secret headquarters" })
	db.CustomerOf(t, o.Business, "Acme Holdings B.V.")
	return o, o.Desks[0]
}

var robots = []string{"WhatsApp/2.23.20.0", "facebookexternalhit/1.1", "Slackbot-LinkExpanding 1.0",
	"TelegramBot (like TwitterBot)",
	"Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15", ""}

func Test10Share_APreviewFetchedWithoutSigningInShowsNothingAboutTheCustomer(t *testing.T) {
	db := enginetest.New(t, now)
	_, mine := office(t, db)
	_, theirs := office(t, db)
	address := doorstep(t)
	expected := fetch(t, "GET", share.URL(address, mine), "")
	require.Equal(t, 200, expected.status)
	for _, spot := range []string{mine, theirs, secret.ID()} {
		for _, agent := range robots {
			got := fetch(t, "GET", share.URL(address, spot), agent)
			got.body = strings.ReplaceAll(got.body, spot, mine)
			require.Equal(t, "0; url=/#/s/"+spot, got.header.Get("Refresh"), "a browser goes on to the app by itself")
			got.header.Set("Refresh", expected.header.Get("Refresh"))
			require.Equal(t, expected, got, "the same bytes, whosever the spot is and whether or not there is one")
		}
	}
	for _, f := range catalog.Functions {
		if f.Name == api.ShareSpot.Function {
			require.Empty(t, f.Rights, "it can't look anything up")
			require.Empty(t, f.Variables)
		}
	}
	for _, word := range []string{"Acme", "Secret headquarters", "3.00", "Third floor"} {
		require.NotContains(t, expected.body, word)
	}
}

func Test10Share_APreviewIsGenericAndLoadsRunsAndKeepsNothing(t *testing.T) {
	page := fetch(t, "GET", share.URL(doorstep(t), secret.ID()), "WhatsApp/2.23.20.0")
	require.Equal(t, "no-referrer", page.header.Get("Referrer-Policy")) // 12.links
	require.Equal(t, "no-store", page.header.Get("Cache-Control"))      // 9.cache
	require.Contains(t, page.header.Get("Content-Security-Policy"), "default-src 'none'")
	require.NotContains(t, page.header.Get("Content-Security-Policy"), "script-src")
	require.Empty(t, page.header.Values("Set-Cookie")) // 11.cookies
	for _, needed := range []string{"og:title", "og:description", "og:site_name", `content="noindex, nofollow"`,
		`rel="noreferrer noopener"`} {
		require.Contains(t, page.body, needed)
	}
	for _, forbidden := range []string{"<script", "<img", "<iframe", "<link", "http://", "https://", "og:image",
		"og:url"} {
		require.NotContains(t, page.body, forbidden)
	}
}

func Test10Share_AHeadRequestIsAnsweredTheSameForEverySpot(t *testing.T) {
	db := enginetest.New(t, now)
	_, mine := office(t, db)
	address := doorstep(t)
	expected := fetch(t, "HEAD", share.URL(address, mine), robots[0])
	require.Equal(t, 404, expected.status, "the gateway has no such route and asks no function")
	require.Equal(t, expected, fetch(t, "HEAD", share.URL(address, secret.ID()), robots[0]))
}

func Test10Share_TheURLHoldsAnIdentifierOfTheSpotAlone(t *testing.T) {
	db := enginetest.New(t, now)
	o, spot := office(t, db)
	b := building.Building{Tables: db.Tables(), Now: db.Clock.Now, API: "https://api.example"}
	shown, err := b.Spot(t.Context(), o.Person(t), building.SpotID{Spot: spot})
	require.NoError(t, err)
	require.Equal(t, "https://api.example/s/"+spot, shown.Share)
	require.Regexp(t, "^https://api.example/s/[a-z2-7]{16}$", shown.Share)
	for _, malformed := range []string{"short", strings.Repeat("a", 17), "..%2F..%2Fme", "AAAAAAAAAAAAAAAA",
		"aaaaaaaaaaaaaaa%22"} {
		require.Contains(t, []int{400, 404}, fetch(t, "GET", doorstep(t)+"/s/"+malformed, "").status, malformed)
	}
}

func Test10Share_ASharedSpotOpensForUsersOfTheSameBusinessAccountOnly(t *testing.T) {
	db := enginetest.New(t, now)
	mine, spot := office(t, db)
	theirs, _ := office(t, db)
	meter := &enginetest.Meter{}
	b := building.Building{Tables: db.Metered(meter), Now: db.Clock.Now, API: "https://api.example"}
	page := fetch(t, "GET", share.URL(doorstep(t), spot), "")
	id := regexp.MustCompile(`href="/#/s/([a-z2-7]{16})"`).FindStringSubmatch(page.body)
	require.Len(t, id, 2, "the page's link opens the spot in the app")

	opened, err := b.Spot(t.Context(), mine.Person(t), building.SpotID{Spot: id[1]})
	require.NoError(t, err)
	require.Equal(t, "3.00", opened.Name)

	stranger := theirs.Person(t)
	meter.Reset()
	answers := map[string]identity.Person{}
	for _, unknown := range []string{spot, secret.ID()} {
		_, err = b.Spot(t.Context(), stranger, building.SpotID{Spot: unknown})
		var known *problem.Error
		require.ErrorAs(t, err, &known)
		usage := meter.Reset()
		answers[fmt.Sprint(known.Kind, known.Detail, usage.Calls)] = stranger.Person
	}
	require.Len(t, answers, 1, "a foreign spot looks like an unknown one, and costs the same calls")
}
