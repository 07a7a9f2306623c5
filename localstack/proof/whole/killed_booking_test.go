package whole_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/whole"
	"github.com/iotspot/iotspot/shared/mail"
)

func TestAReservationKilledAnywhereIsWholeOrNotThere_4_d_2(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	reserve := func(date, from, until, to string) func() error {
		return does(t, w, func() whole.Request {
			return whole.Request{Token: bram.Token, Method: "POST", Path: "/reservations", Key: "reserving" +
				date,
				Body: object{"spot": c.Desks[0], "date": date, "from": from, "until_date": until, "to": to}}
		}, http.StatusCreated)
	}
	w.Killed(t, whole.Flow{Steps: []func() error{reserve("2026-11-24", "09:00", "2026-11-24", "12:00")}})
	w.Killed(t, whole.Flow{Steps: []func() error{reserve("2026-11-25", "22:00", "2026-11-26",
		"02:00")}}) // over midnight
}

func TestARepetitionKilledAnywhereIsWholeOrNotThereAndPartlyGoesOn_4_d_2(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	c.Holds(t, c.Join(t, "chen"), c.Desks[0], "2026-11-25", "11:00", "15:00")
	repeat := func(partly bool, rule string) whole.Flow {
		return whole.Flow{Steps: []func() error{does(t, w, func() whole.Request {
			return whole.Request{Token: bram.Token, Method: "POST", Path: "/reservations/repeated",
				Key: "again-and-again",
				Body: object{"spot": c.Desks[0], "date": "2026-11-24", "from": "09:00", "to": "12:00",
					"repeat": rule, "partly": partly}}
		}, http.StatusCreated)}}
	}
	w.Killed(t, whole.Flow{Steps: []func() error{does(t, w, func() whole.Request {
		return whole.Request{Token: bram.Token, Method: "POST", Path: "/reservations", Key: "a-meeting",
			Body: object{"spot": c.Room, "date": "2026-11-24", "from": "09:00", "to": "10:00", "title": "Budget"}}
	}, http.StatusCreated)}})
	w.Killed(t, repeat(false, "FREQ=WEEKLY;COUNT=3"))
	w.Killed(t, repeat(true, "FREQ=DAILY;COUNT=4"))
	w.Killed(t, whole.Flow{Steps: []func() error{does(t, w, func() whole.Request {
		return whole.Request{Token: bram.Token, Method: "DELETE",
			Path: "/me/agenda?from=2026-11-23&to=2026-12-31&spot=" + c.Desks[0]}
	}, http.StatusOK)}})
}

func TestAChangeAndACancellationKilledAnywhereAreWholeInTheEnd_4_d_2(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	id := c.Holds(t, bram, c.Desks[0], "2026-11-24", "09:00", "12:00")
	own := func(method string, body any, statuses ...int) func() error {
		return does(t, w, func() whole.Request {
			return whole.Request{Token: bram.Token, Method: method, Path: "/reservations/" + id, Body: body}
		}, statuses...)
	}
	w.Killed(t, whole.Flow{Steps: []func() error{own("PATCH", object{"spot": c.Desks[1], "to": "15:00"},
		http.StatusOK)}})
	w.Killed(t, whole.Flow{Steps: []func() error{own("DELETE", nil, http.StatusNoContent, http.StatusNotFound)}})
}

func TestCheckInReleaseAndWalkUpKilledAnywhereAreWholeInTheEnd_4_d_4(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	id := c.Holds(t, bram, c.Desks[0], "2026-11-23", "09:00", "12:00")
	for _, request := range []whole.Request{
		{Method: "POST", Path: "/reservations/" + id + "/check-in"},
		{Method: "POST", Path: "/reservations/" + id + "/release"},
		{Method: "POST", Path: "/spots/" + c.Desks[1] + "/walk-up", Key: "sitting-down",
			Body: object{"until": "16:00"}},
	} {
		request.Token = bram.Token
		w.Killed(t, whole.Flow{Steps: []func() error{
			does(t, w, func() whole.Request { return request }, http.StatusOK, http.StatusCreated,
				http.StatusNoContent),
		}})
	}
}

func TestComingBackAfterANoShowKilledAnywhereIsWholeInTheEnd_4_d_4(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	id := c.Holds(t, bram, c.Desks[0], "2026-11-23", "09:00", "12:00")
	w.Clock.Move(time.Hour)
	require.NoError(t, w.NoShow(t.Context())) // asks
	require.NoError(t, w.Deliver())
	w.Clock.Move(10 * time.Minute)
	require.NoError(t, w.NoShow(t.Context()))
	w.Killed(t, whole.Flow{Steps: []func() error{does(t, w, func() whole.Request {
		return whole.Request{Token: bram.Token, Method: "POST", Path: "/reservations/" + id + "/check-in"}
	}, http.StatusOK)}})
}

func TestAskingBeforeANoShowKilledAnywhereAsksAndTakesTheAnswer_4_d_4(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	id := c.Holds(t, bram, c.Desks[0], "2026-11-23", "09:00", "12:00")
	w.Clock.Set(time.Date(2026, 11, 23, 8, 11, 0, 0, time.UTC)) // 09:11 there
	var link string
	w.Killed(t, whole.Flow{Steps: []func() error{
		func() error { return w.NoShow(t.Context()) },
		func() error {
			w.Clock.Move(31 * time.Second) // as the bus waits before it brings an event again
			return w.Deliver()
		},
		func() error {
			url := w.Post.Last(t, "bram@acme.example").Do.URL
			link = url[strings.Index(url, "/coming/"):]
			return nil
		},
	}})
	answer := func(request whole.Request) {
		w.Killed(t, whole.Flow{Steps: []func() error{does(t, w, func() whole.Request { return request },
			http.StatusOK)}})
	}
	asked := w.Keep(t)
	answer(whole.Request{Token: bram.Token, Method: "POST", Path: "/reservations/" + id + "/coming"})
	w.PutBack(t, asked)
	answer(whole.Request{Method: "POST", Path: link, Body: []byte("coming=yes"),
		Media: "application/x-www-form-urlencoded"})
	w.Clock.Set(time.Date(2026, 11, 23, 8, 18, 0, 0, time.UTC))
	require.NoError(t, w.NoShow(t.Context()))
	require.Equal(t, "reserved", w.Done(t, whole.Request{Token: bram.Token, Method: "GET", Path: "/reservations/" +
		id}).Text("state"), "it would be a no-show without the answer")
}

func TestAReminderKilledAnywhereIsMailedOfTheNextDay_4_f_1(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	w.Done(t, whole.Request{Token: bram.Token, Method: "PATCH", Path: "/me", Body: object{"reminders": true}})
	c.Holds(t, bram, c.Desks[0], "2026-11-24", "09:00", "12:00")
	w.Clock.Set(time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)) // 16:00 there
	w.Killed(t, whole.Flow{Steps: []func() error{
		func() error { return w.NoShow(t.Context()) },
		func() error {
			w.Clock.Move(31 * time.Second) // as the bus waits before it brings an event again
			return w.Deliver()
		},
	}})
	require.Equal(t, mail.Reminder, w.Post.Last(t, bram.Email).Kind)
}

func TestAGuestKilledAnywhereIsInvitedGivenAnotherPassAndEndedOnce_4_d_3(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	const email = "gus@elsewhere.example"
	invite := func() whole.Request {
		return whole.Request{Token: bram.Token, Method: "POST", Path: "/guests", Key: "inviting-gus",
			Body: object{"name": "Gus Visitor",
				"email": email, "language": "en", "location": c.Location, "first": "2026-11-23",
				"last": "2026-11-24"}}
	}
	var guest string
	w.Killed(t, whole.Flow{Steps: []func() error{func() error {
		answer := w.Ask(invite())
		guest = answer.Text("id")
		return answer.Err()
	}}})
	w.Killed(t, whole.Flow{Steps: []func() error{does(t, w, func() whole.Request {
		return whole.Request{Token: bram.Token, Method: "POST", Path: "/guests/" + guest + "/pass",
			Key: "another-pass", Body: object{"email": email}}
	}, http.StatusNoContent, http.StatusAccepted)}})

	pass := regexp.MustCompile(`\bg[a-z2-7]{64}\b`).FindString(w.Post.To(email)[len(w.Post.To(email))-1].Text)
	require.Less(t, w.Ask(whole.Request{Token: pass, Method: "POST", Path: "/me/consents",
		Body: object{"version": whole.Consent["version"], "agreed": true, "language": "en"}}).Status, 300)
	c.Holds(t, whole.Person{Token: pass}, c.Desks[0], "2026-11-24", "09:00", "12:00")
	w.Killed(t, whole.Flow{Steps: []func() error{
		does(t, w, func() whole.Request {
			return whole.Request{Token: bram.Token, Method: "DELETE", Path: "/guests/" + guest}
		}, http.StatusNoContent, http.StatusNotFound),
		w.Deliver,
		func() error { return w.Erasure().Step(t.Context()) },
		func() error { w.Clock.Set(morning.Add(3 * time.Minute)); return w.Erasure().Step(t.Context()) },
	}})
	w.Clean(t, "Gus Visitor", email)
}
