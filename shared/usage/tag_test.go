package usage_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/gif"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/usage"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/web/webtest"
)

var now = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

const (
	today  = "2026-11-23"
	safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) " +
		"Version/26.1 Mobile/15E148 Safari/604.1"
)

type scene struct {
	*enginetest.Office
	db      *enginetest.Database
	counter usage.Counter
}

func begin(t *testing.T) scene {
	db := enginetest.New(t, now)
	return scene{db.NewOffice(t, "Europe/Amsterdam", 1), db, usage.Counter{Tables: db.Tables(), Now: db.Clock.Now}}
}

// counted is what is kept of a person today.
func (s scene) counted(t *testing.T, p identity.Person) table.Searches {
	found, err := s.db.Tables().SearchesOf(t.Context(), p, s.Location.ID, today)
	if err != nil {
		require.ErrorIs(t, err, table.ErrAbsent)
	}
	return found
}

func Test11Cookies_ATagCountsThePageAndTheBrowsersFamilyAndNothingElse(t *testing.T) {
	s := begin(t)
	ann := s.Person(t)
	ann.IP, ann.Session = "192.0.2.77", secret.Token()
	for _, page := range []string{"find", "find", "agenda"} {
		_, err := s.counter.Count(t.Context(), ann, usage.Input{Page: page, Agent: safari})
		require.NoError(t, err)
	}
	found := s.counted(t, ann.Person)
	require.Equal(t, map[string]int{"find": 2, "agenda": 1}, found.Pages)
	require.Equal(t, map[string]int{"safari": 3}, found.Browsers)
	stored := fmt.Sprint(s.db.Everything(t))
	for _, kept := range []string{"192.0.2", "iPhone", "Mozilla", "26_1", ann.Session} {
		require.NotContains(t, stored, kept)
	}
	item := s.db.Item(t, privacy.Agenda, s.Business+"#"+s.Location.ID+"#"+today, "search#"+ann.User)
	ends := time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC) // midnight in Amsterdam
	require.Equal(t, fmt.Sprint(ends.Unix()), enginetest.Plain(item)["ttl"],
		"it is the person's until the day ends there")
}

func Test11Cookies_WhoObjectsToStatisticsIsNotCountedFromThatMomentOn_7_object(t *testing.T) {
	s := begin(t)
	for _, objection := range []string{"11.cookies", "5.transactions", "a"} {
		ann := s.Person(t)
		require.NoError(t, s.db.Tables().ChangeUser(t.Context(), ann.Person,
			map[privacy.Clause]any{"7.object": []string{objection}}, false))
		_, err := s.counter.Count(t.Context(), ann, usage.Input{Page: "find", Agent: safari})
		require.NoError(t, err, "the tag is answered all the same")
		require.Empty(t, s.counted(t, ann.Person).Pages, objection)
	}
}

func Test11Cookies_ALocationOfAnotherAccountIsUnknown(t *testing.T) {
	s := begin(t)
	theirs := s.db.NewOffice(t, "Europe/Amsterdam", 1)
	for _, location := range []string{theirs.Location.ID, secret.ID()} {
		_, err := s.counter.Count(t.Context(), s.Person(t), usage.Input{Page: "find", Location: location})
		var known *problem.Error
		require.ErrorAs(t, err, &known)
		require.Equal(t, problem.NotFound, known.Kind)
	}
}

// served calls the operation as API Gateway does.
func (s scene) served(t *testing.T, caller *identity.Caller, headers map[string]string,
	cookies ...string) web.Response {
	request := web.Request{RouteKey: api.UsageTag.Operation().RouteKey(), Headers: headers, Cookies: cookies,
		PathParameters: map[string]string{"page": "start"}}
	request.RequestContext.HTTP.SourceIP = "192.0.2.77"
	if caller != nil {
		caller.Session, caller.Consent = secret.Token(), privacy.StatementVersion
		request = webtest.As(request, *caller)
	}
	response, err := webtest.Handler(s.counter.Routes()...)(t.Context(), request)
	require.NoError(t, err)
	return response
}

func Test11Cookies_TheTagIsAnImageOfOnePixelThatWorksWithCookiesRefused(t *testing.T) {
	s := begin(t)
	ann := s.Person(t)
	response := s.served(t, &ann, map[string]string{"User-Agent": safari})
	require.Equal(t, 200, response.StatusCode, response.Body)
	require.Equal(t, "image/gif", response.Headers["Content-Type"])
	require.Equal(t, "no-store", response.Headers["Cache-Control"], "each opened page is counted")
	require.Empty(t, response.Cookies)
	require.NotContains(t, strings.ToLower(fmt.Sprint(response.Headers)), "cookie")
	_, pixel := usage.Tag{}.Content()
	image, err := gif.Decode(bytes.NewReader(pixel))
	require.NoError(t, err)
	require.Equal(t, 1, image.Bounds().Dx()*image.Bounds().Dy())
	_, _, _, alpha := image.At(0, 0).RGBA()
	require.Zero(t, alpha)
	require.Equal(t, map[string]int{"safari": 1}, s.counted(t, ann.Person).Browsers)

	same := s.served(t, &ann, map[string]string{"User-Agent": safari}, "id=1")
	require.Equal(t, response, same, "a cookie makes no difference")
	text, err := json.Marshal(s.db.Everything(t))
	require.NoError(t, err)
	require.NotContains(t, string(text), "192.0.2")
}

func Test11Cookies_OnlyRegisteredUsersAreCounted(t *testing.T) {
	s := begin(t)
	require.Equal(t, 401, s.served(t, nil, nil).StatusCode)
	for _, role := range []identity.Role{identity.Guest, identity.Invited, identity.Staff} {
		other := s.Person(t)
		other.Role = role
		require.Equal(t, 404, s.served(t, &other, nil).StatusCode)
		require.Empty(t, s.counted(t, other.Person).Pages)
	}
}

func TestABrowserIsOneOfAShortListOfFamilies(t *testing.T) {
	const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) " +
		"Chrome/142.0.0.0 Safari/537.36"
	for agent, family := range map[string]string{
		safari: "safari", chrome: "chrome", chrome + " Edg/142.0.0.0": "edge", chrome + " OPR/117.0": "opera",
		"Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0": "firefox",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) " +
			"CriOS/142.0 Mobile/15E148 Safari/604.1": "chrome",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) " +
			"FxiOS/145.0 Mobile/15E148 Safari/605.1": "firefox",
		"Mozilla/5.0 (Linux; Android 16; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 " +
			"Chrome/136.0 Mobile Safari/537.36": "samsung",
		"iotspot/4.2 (iOS 26.1)": "app", "curl/8.9.1": "other", "": "other", strings.Repeat("x", 9000): "other",
		"ann@acme.example 06-12345678": "other",
	} {
		require.Equal(t, family, usage.Family(agent), agent)
	}
}
