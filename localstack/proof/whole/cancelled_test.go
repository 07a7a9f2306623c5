package whole_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/whole"
)

func TestTheMarkOfACancelledReservationIsInTheOverviewAndGoesWithItsPerson_s_cancelled_7_erase(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram, chen := c.Join(t, "bram"), c.Join(t, "chen")
	desks := map[string]string{bram.ID: c.Desks[0], chen.ID: c.Desks[1]}
	reserve := func(who whole.Person, date string) whole.Answer {
		return w.Ask(whole.Request{Token: who.Token, Method: "POST", Path: "/reservations", Key: "reserving-" +
			date,
			Body: object{"spot": desks[who.ID], "date": date, "from": "09:00", "to": "12:00"}})
	}
	marks := func() (n int) {
		for _, line := range strings.Split(w.Text(t), "\n") {
			if strings.Contains(line, " cancelled = ") {
				n++
			}
		}
		return n
	}
	overview := func(who whole.Person) string {
		return w.Ask(whole.Request{Token: who.Token, Method: "GET", Path: "/me/overview"}).Body
	}
	for _, date := range []string{"2026-11-23", "2026-11-26"} {
		for _, who := range []whole.Person{bram, chen} {
			answer := reserve(who, date)
			require.Equal(t, http.StatusCreated, answer.Status, answer.Body)
			id := whole.ReservationIn(answer)
			require.Equal(t, http.StatusNoContent, w.Ask(whole.Request{Token: who.Token, Method: "DELETE",
				Path: "/reservations/" + id}).Status)
			require.Equal(t, http.StatusConflict, reserve(who, date).Status,
				"the request that made it does nothing any more")
			require.NotContains(t, w.Text(t), "r#"+id, "nothing of the reservation is left")
			require.NotContains(t, w.Text(t), "day#"+date+"#"+c.Location, "nor of the person's day")
		}
	}
	require.Equal(t, 4, marks())
	require.Contains(t, overview(bram), `"name":"cancel mark","value":{"date":"2026-11-23"`)
	require.Contains(t, overview(bram), `"name":"cancel mark","value":{"date":"2026-11-26"`)
	require.Equal(t, 2, strings.Count(overview(bram), `"cancel mark"`), "nobody else's")

	require.Equal(t, http.StatusAccepted, w.Ask(whole.Request{Token: bram.Token, Method: "POST",
		Path: "/me/erasure", Body: object{"confirm": true}}).Status)
	w.Settle(t)
	require.Equal(t, 2, marks(), "what others cancelled stays")
	require.Equal(t, http.StatusConflict, reserve(chen, "2026-11-26").Status)

	w.Clock.Set(time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC))
	require.NotContains(t, overview(chen), `"date":"2026-11-23"`, "from the day's end on it is shown no more")
	require.NoError(t, at(w, w.Clock.Now().Add(time.Second), w.CloseDays)())
	require.Equal(t, 1, marks(), "and goes with the day")
}
