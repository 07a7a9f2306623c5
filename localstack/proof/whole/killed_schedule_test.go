package whole_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/ses"
	"github.com/iotspot/iotspot/localstack/proof/whole"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/mail"
)

// at is a step of a schedule at an instant.
func at(w *whole.World, instant time.Time, step func(context.Context) error) func() error {
	return func() error {
		w.Clock.Set(instant)
		return step(context.Background())
	}
}

// support lets a mail arrive at the support address.
func arrives(t *testing.T, w *whole.World, from string) string {
	t.Helper()
	const name = "mailofbram"
	letter := ses.Incoming{Envelope: from, Recipient: whole.SupportAddress,
		Raw: []byte("From: Bram <" + from + ">\r\nTo: support\r\nSubject: hello\r\n\r\nWhat do you keep of me?\r\n")}
	stored := letter.Stored(name, w.Clock.Now())
	_, err := w.Buckets.PutObject("received-mail", name, nil, bytes.NewReader(stored), int64(len(stored)), nil)
	require.NoError(t, err)
	return name
}

func TestAMailToSupportKilledAnywhereBringsTheOverviewAndIsGone_7_mail(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	bram := w.NewCustomer(t, "acme.example").Join(t, "bram")
	name := arrives(t, w, bram.Email)
	w.Killed(t, whole.Flow{Steps: []func() error{
		func() error { return w.SupportMail().Receive(t.Context(), name) },
		w.Deliver,
	}})
	require.Empty(t, w.Buckets.Versions("received-mail"))
	require.Equal(t, mail.Overview, w.Post.Last(t, bram.Email).Kind)
}

func TestASweepKilledAnywhereLeavesNothingThatIsDue_4_e_2_4_d_3(t *testing.T) { // s.registration, s.confirmation
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	require.NoError(t, w.Ask(whole.Request{Method: "POST", Path: "/sign-ins",
		Body: object{"email": bram.Email}}).Err())
	const address = "b.visser@acme.example"
	w.Done(t, whole.Request{Token: bram.Token, Method: "POST", Path: "/me/email", Body: object{"email": address}})
	require.Contains(t, strings.ToLower(w.Text(t)), address)
	require.NoError(t, at(w, morning, w.Sweep)())
	w.Killed(t, whole.Flow{Steps: []func() error{at(w, morning.Add(62*time.Minute), w.Sweep),
		at(w, morning.Add(63*time.Minute), w.Sweep)}})
	for _, line := range strings.Split(w.Text(t), "\n") {
		require.False(t, strings.HasPrefix(line, "agenda ") &&
			(strings.Contains(line, " code ") || strings.Contains(line, " registration ") ||
				strings.Contains(line, " attempts#") || strings.Contains(line, " waiting#") ||
				strings.Contains(line, " newaddress ")), line)
	}
	w.Clean(t, address)
}

func TestADayClosedAndKilledAnywhereIsGoneAndCountedOnceOrNotAtAll_5_transactions(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	for i, name := range []string{"bram", "chen", "daan", "esra", "femke"} { // five people, in five hours
		who := c.Join(t, name)
		from, to := time.Duration(9+i)*time.Hour, time.Duration(10+i)*time.Hour
		c.Holds(t, who, c.Desks[0], "2026-11-23", clock(from), clock(to))
	}
	ends := time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC)
	steps := []func() error{at(w, ends.Add(time.Second), w.CloseDays),
		at(w, ends.Add(41*time.Second), w.CloseDays), at(w, ends.Add(86*time.Second), w.CloseDays)}
	w.Killed(t, whole.Flow{Steps: steps,
		OrNot: func(line string) bool { // deletion wins over counting; the consents of the five were counted before
			return strings.HasPrefix(line, "insight ") && !strings.Contains(line, "#handled ")
		},
		Except: func(line string) bool { return strings.Contains(line, " uncounted = ") }})
	require.NotContains(t, w.Text(t), "2026-11-23 spot#")
	require.NotContains(t, w.Text(t), " day#2026-11-23#")
}

func clock(since time.Duration) string {
	return time.Time{}.Add(since).Format("15:04")
}

func TestAnErasureKilledAnywhereErasesAllAndMailsAtMostOnce_7_erase(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	require.NoError(t, w.Ask(whole.Request{Token: bram.Token, Method: "PUT", Path: "/me/photo", Body: picture(9),
		Media: "image/png"}).Err())
	c.Holds(t, bram, c.Desks[0], "2026-11-23", "09:00", "12:00")
	c.Holds(t, bram, c.Room, "2026-11-26", "09:00", "12:00")
	require.NoError(t, w.Ask(whole.Request{Token: bram.Token, Method: "GET",
		Path: "/floors/" + c.Floor + "/availability?date=2026-11-23&from=09:00&to=12:00"}).Err())
	arrives(t, w, bram.Email)
	worker := w.Erasure()
	w.Killed(t, whole.Flow{Steps: []func() error{
		does(t, w, func() whole.Request {
			return whole.Request{Token: bram.Token, Method: "POST", Path: "/me/erasure",
				Body: object{"confirm": true}}
		}, http.StatusAccepted, http.StatusUnauthorized, http.StatusNotFound), // who has gone has no session
		w.Deliver,
		at(w, morning.Add(5*time.Second), worker.Step),
		at(w, morning.Add(erasure.Settle), worker.Step),
	}})
	w.Clean(t, bram.Email, "bram")
	require.Empty(t, w.Buckets.Versions("photos"))
	for _, line := range strings.Split(w.Text(t), "\n") {
		require.True(t, strings.HasPrefix(line, "agenda erased ") || !strings.Contains(line, bram.ID), line)
	}
}

func TestAnErasureFromTheMailKilledAnywhereErasesAll_7_erase(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	bram := w.NewCustomer(t, "acme.example").Join(t, "bram")
	require.NoError(t, w.Ask(whole.Request{Token: bram.Token, Method: "POST", Path: "/me/overview",
		Key: "overview-please"}).Err())
	require.NoError(t, w.Deliver())
	link := regexp.MustCompile(`/erasure/[a-z2-7]{64}`).FindString(w.Post.Last(t, bram.Email).Text)
	require.NotEmpty(t, link)
	w.Killed(t, whole.Flow{Steps: []func() error{
		does(t, w, func() whole.Request {
			return whole.Request{Method: "POST", Path: link, Body: []byte("confirm=yes"),
				Media: "application/x-www-form-urlencoded"}
		}, http.StatusOK, http.StatusAccepted, http.StatusNotFound), // 404: the first sending had arrived
		w.Deliver,
		at(w, morning.Add(erasure.Settle), w.Erasure().Step),
	}})
	w.Clean(t, bram.Email, "bram")
}

func TestAMessageOfASensorKilledAnywhereChecksInOnce_4_d_4(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning.Add(2*time.Minute))
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	c.Holds(t, bram, c.Desks[0], "2026-11-23", "09:00", "12:00")
	c.Allot(t, "abcdef0123")
	require.NoError(t, manages(t, w, c, "PUT", "/spots/"+c.Desks[0]+"/sensors/abcdef0123", object{"model": "own"})())
	say := func(at time.Time, payload string) func() error {
		body, err := json.Marshal(events.Delivery{Topic: "iotspot/abcdef0123/reading", Received: at.UnixMilli(),
			Payload: []byte(payload)})
		require.NoError(t, err)
		return func() error { return w.Listener().Take(t.Context(), body, false) }
	}
	w.Killed(t, whole.Flow{Steps: []func() error{say(w.Clock.Now(), `{"occupied":true,"seq":1}`)}})
	require.Contains(t, w.Text(t), "checked_in")
	leaves := morning.Add(40 * time.Minute)
	w.Killed(t, whole.Flow{Steps: []func() error{at(w, leaves, w.NoShow), say(leaves, `{"occupied":false,"seq":2}`)}})
}
