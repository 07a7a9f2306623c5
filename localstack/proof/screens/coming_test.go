package screens_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestWhoHasNotComeIsAskedInTheAppAndAnswersWithOneTap_4_d_4(t *testing.T) {
	o := ownOffice(t)
	p, client := o.with(t, "Carla Comes", "carla@voorbeeld.example")
	p.Taps("Reserve, ")
	p.Sees("is yours")
	var mine struct {
		Now          time.Time
		Reservations []struct {
			Starts time.Time `json:"starts_at"`
		}
	}
	require.NoError(t, client.Send(t.Context(), "GET", "/me/today", nil, &mine))
	p.Moves(max(0, mine.Reservations[0].Starts.Sub(mine.Now)) + 11*time.Minute)
	const question = "Are you coming? Without an answer"
	p.Until("the question is there", func() bool { // once the minute's look has asked
		p.Goes("#/today")
		p.Goes("#/agenda")
		p.Settles()
		return p.Shows(question)
	})
	require.Empty(t, audit(p))
	p.Goes("#/today")
	p.Sees(question)
	require.Empty(t, audit(p))
	p.Taps("I'm coming")
	p.Sees("waits for you a little longer")
	p.Until("nobody asks any more", func() bool { return !p.Shows(question) })
}

func TestSomebodyWantsRemindersAndSeesThatTheyDo_4_f_1(t *testing.T) {
	o := office(t)
	p, _ := o.with(t, "Remy Minder", "remy@voorbeeld.example")
	p.Goes("#/data")
	p.Taps("Mail me, the afternoon before")
	p.Sees("Saved.")
	p.Sees("you want reminders by e-mail")
}
