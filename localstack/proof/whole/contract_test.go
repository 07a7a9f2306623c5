package whole_test

import (
	"bytes"
	encoding "encoding/base64"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/proof/whole"
	"github.com/iotspot/iotspot/shared/contract"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/problem"
)

// firm is a customer with all that one can have: people, guests, somebody who waits for a code, reservations,
// presence, sensors, searches, a photo, figures and a building that was given up.
type firm struct {
	*whole.Customer
	w     *whole.World
	bram  whole.Person
	pass  string
	asked string // the handle and the code with which Bram could sign in
	code  string
	depot string
}

func newFirm(t *testing.T, w *whole.World, domain string) *firm {
	t.Helper()
	f := &firm{Customer: w.NewCustomer(t, domain), w: w}
	f.bram = f.Join(t, "bram")
	f.ask(t, f.bram.Token, "PATCH", "/me", object{"phone": "+31 30 765 43 21", "job_title": "Gardener of " + domain,
		"shield": []string{"4.a.1"}})
	f.ask(t, f.bram.Token, "PUT", "/me/photo", portrait(t))
	f.ask(t, f.bram.Token, "PUT", "/me/favourites/spots/"+f.Desks[0], nil)
	f.ask(t, f.bram.Token, "POST", "/me/favourites/colleagues", object{"name": "Ann of " + domain})
	f.Allot(t, f.hardware())
	f.ask(t, f.Admin.Token, "PUT", "/spots/"+f.Desks[0]+"/sensors/"+f.hardware(), object{"model": "own"})
	f.depot = f.ask(t, f.Admin.Token, "POST", "/locations",
		object{"name": "Depot", "address": "Kade 2", "latitude": 52.1, "longitude": 5.1,
			"time_zone": "Asia/Tokyo"}).Text("id")
	f.ask(t, f.Admin.Token, "DELETE", "/locations/"+f.depot, nil)
	w.Put(t, "insight", f.Business+"#"+f.depot, "day#2026-11-20", map[string]any{"figures": map[string]any{}})
	w.Put(t, "insight", f.Business+"#"+f.Location, "day#2026-11-20", map[string]any{"figures": map[string]any{}})
	today := morning.Format(time.DateOnly)
	f.Holds(t, f.bram, f.Desks[0], today, "09:00", "17:00")
	f.Holds(t, f.Admin, f.Desks[1], morning.AddDate(0, 0, 20).Format(time.DateOnly), "09:00", "17:00")
	f.sense(t)
	f.ask(t, f.bram.Token, "GET", "/floors/"+f.Floor+"/availability?date="+today, nil)
	f.ask(t, f.Admin.Token, "POST", "/guests", object{"name": "Gus of " + domain, "email": "gus@visitor.example",
		"language": "en", "location": f.Location,
		"first": today, "last": today})
	f.pass = guestPass.FindString(w.Post.Last(t, "gus@visitor.example").Text)
	f.ask(t, f.pass, "POST", "/me/consents", object{"version": whole.Consent["version"], "agreed": true,
		"language": "en"})
	f.ask(t, f.pass, "POST", "/reservations", object{"spot": f.Room, "date": today, "from": "10:00", "to": "11:00"})
	f.ask(t, "", "POST", "/registrations", whole.Registering("Wim of "+domain, "wim@"+domain).Body)
	f.asked = f.ask(t, "", "POST", "/sign-ins", object{"email": f.bram.Email}).Text("sign_in")
	f.code = w.Code(f.bram.Email)
	f.ask(t, f.bram.Token, "POST", "/me/overview", nil)
	require.NoError(t, w.Deliver())
	return f
}

func (f *firm) hardware() string { return "desk-" + f.Domain[:4] }

// hangs gives the room a display, and gives its token.
func (f *firm) hangs(t *testing.T) string {
	t.Helper()
	begun := f.ask(t, "", "POST", "/display/pairings", nil)
	f.ask(t, f.Admin.Token, "POST", "/spots/"+f.Room+"/displays", object{"code": begun.Text("code")})
	return f.ask(t, "", "POST", "/display/token", object{"code": begun.Text("code"),
		"secret": begun.Text("secret")}).Text("token")
}

func (f *firm) sense(t *testing.T) {
	t.Helper()
	payload := fmt.Sprintf(`{"at":%q,"occupied":true,"seq":1}`, f.w.Clock.Now().Format(time.RFC3339))
	body := fmt.Sprintf(`{"topic":"iotspot/%s/reading","received":%d,"payload":%q}`, f.hardware(),
		f.w.Clock.Now().UnixMilli(), base64(payload))
	require.NoError(t, f.w.Listener().Take(t.Context(), []byte(body), false))
}

var requested atomic.Int64 // by all tests, which run at the same time

func (f *firm) ask(t *testing.T, token, method, path string, body any) whole.Answer {
	t.Helper()
	r := whole.Request{Token: token, Method: method, Path: path, Body: body,
		Key: fmt.Sprintf("asking-%06d", requested.Add(1))}
	if _, image := body.([]byte); image {
		r.Media = "image/png"
	}
	answer := f.w.Ask(r)
	require.Less(t, answer.Status, 300, "%s %s: %s", method, path, answer.Body)
	return answer
}

func (f *firm) ends() whole.Request {
	return whole.Request{Token: f.Admin.Token, Method: http.MethodPost, Path: "/business-account/end",
		Key:  "ending-it",
		Body: object{"legal_name": "Customer of " + f.Domain}}
}

// traces are what must not be found of the firm.
func (f *firm) traces() []string {
	return []string{f.Business, f.Location, f.Floor, f.Desks[0], f.Room, f.Zone, f.depot, f.Domain, "Customer of " +
		f.Domain, f.bram.ID, f.Admin.ID,
		f.hardware(), f.bram.Token[32:], f.pass[33:]}
}

// dump is all stores as text, but for the ledger and what is counted of whoever it may be: of networks, mail domains
// and the deployment.
func dump(t *testing.T, w *whole.World) string {
	t.Helper()
	var lines []string
	for _, line := range strings.Split(w.Text(t), "\n") {
		if !strings.HasPrefix(line, "agenda ended ") && !strings.HasPrefix(line, "agenda attempts#wide#") {
			lines = append(lines, line)
		}
	}
	for _, bucket := range []string{"photos", "received-mail"} {
		for _, version := range w.Buckets.Versions(bucket) {
			lines = append(lines, version.Key+" "+string(version.Body))
		}
	}
	return strings.ToLower(strings.Join(lines, "\n"))
}

// over lets the minute pass in which everything goes.
func over(t *testing.T, w *whole.World) {
	t.Helper()
	require.NoError(t, w.Deliver())
	for range 3 {
		w.Clock.Move(20 * time.Second)
		require.NoError(t, w.ContractEnd().Step(t.Context()))
	}
	coming, err := w.ContractEnd().Look(t.Context())
	require.NoError(t, err)
	require.Empty(t, coming)
}

func (f *firm) gone(t *testing.T) {
	t.Helper()
	found := dump(t, f.w)
	for _, trace := range f.traces() {
		require.NotContains(t, found, strings.ToLower(trace))
	}
}

func TestWithinAMinuteOfAContractsEndNothingOfTheAccountIsLeftAndAnothersIsUntouched_3(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	other := newFirm(t, w, "else.example")
	kept := dump(t, w)
	f := newFirm(t, w, "acme.example")
	w.Post = &mailtest.Recorder{On: []string{f.bram.Email}}
	require.Equal(t, http.StatusAccepted, w.Ask(f.ends()).Status)
	over(t, w)
	f.gone(t)
	require.Equal(t, kept, dump(t, w), "of the other customer every byte is as it was")
	require.Equal(t, []string{f.bram.Email}, w.Post.Forgotten(), "off the suppression list")
	other.ask(t, other.bram.Token, "GET", "/me", nil)
	again := whole.Opening("acme.example")
	again.Key = "another-opening"
	opening := w.Ask(again).Text("opening")
	opened := w.Ask(whole.Confirming("/business-accounts/"+opening, w.Code("ann@acme.example")))
	require.Equal(t, http.StatusCreated, opened.Status, "the address is free")
	require.NoError(t, w.Tables.ProveDomain(t.Context(), opened.Text("business"), "acme.example", ""), "and the domain")
}

// 3: its age is what an alarm looks at.
func TestTheAgeOfTheOldestContractsEndIsReportedWhileItStands(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	f := newFirm(t, w, "acme.example")
	var out bytes.Buffer
	worker := w.ContractEnd()
	worker.Metrics = &out
	err := worker.Step(t.Context())
	require.NoError(t, err)
	require.Contains(t, out.String(), `"Function":"contract-end","Lateness":0`, "nothing stands, and it runs")
	out.Reset()
	require.Equal(t, http.StatusAccepted, w.Ask(f.ends()).Status)
	w.Clock.Move(12 * time.Second)
	err = worker.Step(t.Context())
	require.NoError(t, err)
	require.Contains(t, out.String(), `"Function":"contract-end","Lateness":12`)
	require.NotContains(t, out.String(), f.Business)
}

func TestEveryRegisteredPersonIsMailedALastOverviewFirst_3(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	f := newFirm(t, w, "acme.example")
	w.Post = &mailtest.Recorder{}
	require.Equal(t, http.StatusAccepted, w.Ask(f.ends()).Status)
	over(t, w)
	require.Len(t, w.Post.Sent(), 2, "nobody else: of a guest there is no address")
	last := w.Post.Last(t, f.bram.Email)
	require.Equal(t, mail.LastOverview, last.Kind)
	for _, told := range []string{"The contract of Customer of acme. example with iotspot has ended", "Gardener",
		"Ann of acme.example", "23 November 2026", "iOS"} {
		require.Contains(t, last.Text, told)
	}
	require.NotContains(t, last.Text+last.HTML, "/erasure/", "there is nothing left to ask for")
	var files []string
	for _, attached := range last.Attachments {
		files = append(files, attached.Name)
	}
	require.Equal(t, []string{"overview.json", "photo.jpg"}, files)
	require.Len(t, w.Post.To(f.Admin.Email), 1)
}

func TestAMailThatFailsDelaysNothing_3(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	f := newFirm(t, w, "acme.example")
	w.Post = &mailtest.Recorder{Fail: problem.New(problem.Unavailable, "SES is away")}
	require.Equal(t, http.StatusAccepted, w.Ask(f.ends()).Status)
	over(t, w)
	f.gone(t)
	require.Empty(t, w.Post.Sent())
}

func TestAMailThatFailedIsTriedAgainWhileThereIsTime_3(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	f := newFirm(t, w, "acme.example")
	w.Post = &mailtest.Recorder{Fail: problem.New(problem.Unavailable, "SES is busy")}
	require.Equal(t, http.StatusAccepted, w.Ask(f.ends()).Status)
	require.NoError(t, w.Deliver())
	w.Post = &mailtest.Recorder{}
	w.Clock.Move(contract.MailUntil - 10*time.Second)
	require.NoError(t, w.ContractEnd().Step(t.Context()))
	require.Len(t, w.Post.Sent(), 2)
	over(t, w)
	require.Len(t, w.Post.Sent(), 2)
	f.gone(t)
}

func TestFromTheAnswerOnNobodyOfTheAccountCanReadOrDoAnything_3(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	f := newFirm(t, w, "acme.example")
	door := f.hangs(t)
	w.Post = &mailtest.Recorder{}
	require.Equal(t, http.StatusAccepted, w.Ask(f.ends()).Status)
	require.NotContains(t, dump(t, w), "agenda pairing#", "nor does the code stay by which it was hung")
	for _, token := range []string{f.bram.Token, f.Admin.Token, f.pass} {
		require.Equal(t, http.StatusUnauthorized, w.Ask(whole.Request{Token: token, Method: "GET",
			Path: "/me/overview"}).Status)
	}
	require.Equal(t, http.StatusUnauthorized, w.Ask(whole.Request{Token: door, Method: "GET", Path: "/display"}).Status,
		"nor does a display show any more what the office is called, or take its room")
	// What a stranger asks for with an address is counted under it for an hour, whether or not it was anybody's.
	uncounted := func() string {
		lines := strings.Split(dump(t, w), "\n")
		return strings.Join(slices.DeleteFunc(lines, func(line string) bool {
			return strings.HasPrefix(line,
				"agenda attempts#")
		}), "\n")
	}
	before := uncounted()
	late := func(want int, r whole.Request) {
		t.Helper()
		r.Key = "late-request"
		answer := w.Ask(r)
		require.Equal(t, want, answer.Status, answer.Body)
	}
	late(http.StatusAccepted, whole.Registering("Late Larry", "larry@acme.example"))
	late(http.StatusAccepted, whole.Request{Method: "POST", Path: "/sign-ins",
		Body: object{"email": f.bram.Email}})
	late(http.StatusUnauthorized, whole.Request{Method: "POST", Path: "/sessions",
		Body: object{"sign_in": f.asked, "code": f.code}})
	require.Equal(t, before, uncounted())
	require.Len(t, w.Post.Sent(), 1)
	require.Equal(t, mail.NoAccess, w.Post.Sent()[0].Kind)
}

func TestOnlyAnAdministratorEndsAContractAndOnlyByItsExactName_3(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	f := newFirm(t, w, "acme.example")
	before := dump(t, w)
	for name, want := range map[string]int{"": 400, "customer of acme.example": 422,
		"Customer of else.example": 422} {
		r := f.ends()
		r.Body = object{"legal_name": name}
		require.Equal(t, want, w.Ask(r).Status, name)
	}
	for _, token := range []string{f.bram.Token, f.pass} {
		r := f.ends()
		r.Token = token
		require.Equal(t, http.StatusNotFound, w.Ask(r).Status)
	}
	require.Equal(t, before, dump(t, w))
	refused := w.Ask(whole.Request{Token: f.Admin.Token, Method: "POST", Path: "/me/erasure",
		Body: object{"confirm": true}, Key: "erase-me-please"})
	require.Equal(t, http.StatusConflict, refused.Status, "the last administrator does not just leave")
	require.Contains(t, refused.Body, "/business-account/end")
}

func TestWhatWasUnderWayAtTheEndLeavesNothing_3(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	f := newFirm(t, w, "acme.example")
	before := w.Everything(t)
	require.Equal(t, http.StatusAccepted, w.Ask(f.ends()).Status)
	require.NoError(t, w.Deliver())
	// A request that read before the end writes after it, whatever it writes: here all that there was but what is
	// under the address of who is registered. Nothing waits there, and what is counted goes within the hour.
	for store, items := range before {
		for _, item := range items {
			if pk := fmt.Sprint(item["pk"]); store == "agenda" && !strings.Contains(pk, "attempts#") &&
				!strings.Contains(pk, "waiting#") {
				w.Restore(t, store, item)
			}
		}
	}
	require.NoError(t, w.Photos.Put(t.Context(), f.person(f.bram), []byte("a late upload")))
	over(t, w)
	f.gone(t)
	w.Clock.Move(time.Minute)
	f.sense(t)
	f.gone(t)
	require.NoError(t, w.Erasure().Begin(t.Context(), events.ErasureRequested{Business: f.Business, User: f.bram.ID}))
	f.gone(t)
}

func TestAContractsEndKilledAnywhereIsTheSameEnd_3(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	f := newFirm(t, w, "acme.example")
	w.Killed(t, whole.Flow{Steps: []func() error{
		does(t, w, f.ends, http.StatusAccepted, http.StatusUnauthorized, http.StatusNotFound),
		w.Deliver,
		func() error {
			w.Clock.Set(morning.Add(contract.Settle + time.Second))
			return w.ContractEnd().Step(t.Context())
		},
	}})
	f.gone(t)
}

func TestARestoreBringsNoEndedContractBack_3(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	other := newFirm(t, w, "else.example")
	f := newFirm(t, w, "acme.example")
	backup := w.Everything(t)["directory"]
	require.Equal(t, http.StatusAccepted, w.Ask(f.ends()).Status)
	over(t, w)
	w.Return(t, "directory", backup)
	w.Post = &mailtest.Recorder{}
	repeated, err := w.ContractEnd().Replay(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{f.Business}, repeated)
	for _, line := range strings.Split(w.Text(t), "\n") {
		if strings.HasPrefix(line, "directory ") {
			require.NotContains(t, line, f.Business, "before anybody reads the directory")
		}
	}
	over(t, w)
	f.gone(t)
	require.Empty(t, w.Post.Sent())
	other.ask(t, other.bram.Token, "GET", "/me", nil)
	w.Clock.Move(25 * time.Hour)
	require.NoError(t, w.Sweep(t.Context()))
	require.NotContains(t, w.Text(t), f.Business, "when no backup can hold the account any more, not even its "+
		"random id is left")
}

var guestPass = regexp.MustCompile(`\bg[a-z2-7]{64}\b`)

func base64(text string) string { return encoding.StdEncoding.EncodeToString([]byte(text)) }

func (f *firm) person(p whole.Person) identity.Person {
	return identity.Person{Business: f.Business, User: p.ID}
}

func portrait(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, image.NewRGBA(image.Rect(0, 0, 64, 64))))
	return out.Bytes()
}
