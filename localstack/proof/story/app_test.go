package story

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jhillyerd/enmime"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
	"github.com/iotspot/iotspot/localstack/stack"
)

// The person who lives the day in the app, and whom she brings.
const (
	florisName, floris  = "Floris Vertrekt", "floris@voorbeeld.example"
	florisPhone         = "+31 30 765 43 21"
	liked               = "Sanne van de derde"
	visitorName, visits = "Gijs Bezoek", "gijs@visitor.example"
	// The cancelled day at the same desk is told too, until it ends.
	sat = "3.101, Lisboa; checked in at"
)

// TestTheSameDayIsLivedThroughTheAppsScreensAlone tells the story a second time: nothing is asked but by tapping and
// typing in a browser. Behind it stands the adversary, who searches the browsers' profiles too: 2.consent 4.c.2 4.d.2
// 4.d.3 4.d.4 7.view 7.erase 9.cache 10.share.
func TestTheSameDayIsLivedThroughTheAppsScreensAlone(t *testing.T) {
	monday := time.Now().UTC().Truncate(24 * time.Hour).Add(8*time.Hour + 31*time.Minute)
	for monday.Weekday() != time.Monday || monday.Before(time.Now()) {
		monday = monday.AddDate(0, 0, 1)
	}
	s, err := stack.Start(t.Context(), stack.Options{At: monday})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	t.Cleanup(func() { complaints(t, s) })
	office := example.Client{API: s.API, Console: s.Console}
	require.NoError(t, office.Load(context.Background())) // the office's own screens are no part of this

	p := phone.New(t, s, "")
	secrets := map[string]string{"name": florisName, "first name": "Floris", "address": floris, "phone": florisPhone,
		"favourite colleague": liked}
	personal := slices.Collect(maps.Values(secrets))
	secrets["code"] = p.Registers(florisName, floris)
	floor := floorNamed(t, office, "Piso 3")

	t.Run("7.rectify, 4.c.2: a phone number and a favourite colleague's name are given", func(t *testing.T) {
		p.Goes("#/data")
		p.Taps("Add: Your phone number")
		p.Fills("Your phone number", florisPhone)
		p.Taps("Save")
		p.Sees(florisPhone)
		p.Goes("#/people")
		p.Fills("A colleague's name", liked)
		p.Taps("Keep")
		p.Sees(liked)
	})
	t.Run("4.d.2: a desk is reserved on the plan, and who runs late says so", func(t *testing.T) {
		p.Goes("#/floor/" + floor)
		p.Taps("3.101, free")
		p.Taps("Reserve ")
		p.Sees("3.101 is yours")
		p.Goes("#/")
		p.Sees("Desk 3.101")
		p.Taps("Running late")
		p.Sees("waits for you until 9:00")
	})
	t.Run("4.d.4, 10.share: its sensor checks in, as the spot's link shows after signing in", func(t *testing.T) {
		p.Moves(20 * time.Minute)
		sits(t, s, "lisboa-desk-01")
		p.Opens("/s/" + spotNamed(t, office, floor, "3.101"))
		p.Sees("Sign in, and you get to the spot")
		p.SignsIn(floris)
		p.Sees("Give back")
		p.Goes("#/")
		p.Sees("checked in")
	})
	t.Run("5.transactions: a colleague is found by name", func(t *testing.T) {
		p.Goes("#/people")
		p.Fills("Find a colleague", "voorbeeld ada")
		p.Sees("Ada Voorbeeld")
	})
	t.Run("another day is one tap, and undone within five seconds", func(t *testing.T) {
		p.Goes("#/")
		p.Taps("Reserve ")
		p.Sees("is yours")
		p.Taps("Undo")
		p.Sees("is cancelled")
	})
	t.Run("4.d.3: a guest is invited and sees what a guest sees", func(t *testing.T) {
		p.Goes("#/guests")
		p.Taps("Invite a guest")
		p.Fills("Name", visitorName)
		p.Fills("E-mail address", visits)
		p.Taps("Mail the pass")
		p.Sees("The pass is on its way to " + visitorName)
		guest := phone.New(t, s, "")
		pass := passLink(t, s, visits)
		guest.Opens(pass)
		guest.Sees("Welcome as a guest")
		guest.Taps("I explicitly consent")
		guest.Taps("I consent")
		guest.Sees("Reserve")
		require.False(t, guest.Shows("People"), "guests are nobody's colleagues")
		guest.Goes("#/data")
		guest.Sees(visitorName)
		guest.Taps("Erase everything…")
		guest.Taps("Erase everything")
		guest.Sees("Your data is being erased")
		require.Equal(t, []string{"POST /me/erasure 202"}, guest.Cleared())
		guest.Close()
		require.Empty(t, guest.Keeps(visitorName, visits))
		require.NoError(t, s.Settle(t.Context()))
		opensNothing(t, s, strings.TrimPrefix(pass, "/#/pass/"))
	})
	t.Run("7.view, 7.mail: My data shows all of it, and mails it", func(t *testing.T) {
		p.Goes("#/data")
		p.Sees(sat)
		p.Sees("(checked in)")
		p.Until("the search for a colleague is counted, each pause in typing as one", func() bool {
			return p.Run(`String(/[1-9]\d*× for colleagues/.test(document.body.innerText))`) == "true"
		})
		p.Sees(liked)
		p.Taps("Mail me everything")
		p.Sees("The overview is on its way")
		soon(t, func() bool { return strings.Contains(lastMail(t, s, floris), florisPhone) })
	})
	t.Run("9.cache: after a session is ended elsewhere, and after signing out, a device holds nothing personal and "+
		"no token that opens anything", func(t *testing.T) {
		other := phone.New(t, s, "")
		stays := func() (token string) {
			other.SignsIn(floris)
			other.Goes("#/data")
			other.Taps("Stay signed in on this device")
			other.Sees("A key is kept on this device")
			return other.Run(`localStorage.getItem("iotspot.session")`)
		}
		other.Opens("/")
		first := stays()
		p.Goes("#/agenda")
		p.Goes("#/data")
		p.Taps("End: Signed in on")
		p.Sees("That session is over.")
		other.Goes("#/people")
		other.Sees("Your session is over")
		require.Equal(t, "0", other.Run("String(localStorage.length + sessionStorage.length)"))
		require.Regexp(t, `^GET /\S+ 401$`, other.Cleared()[0])
		second := stays()
		other.Taps("Sign out")
		other.Sees("You are signed out. Nothing is kept on this device.")
		require.Contains(t, other.Cleared(), "DELETE /session 204")
		other.Close()
		require.Empty(t, other.Keeps(personal...))
		opensNothing(t, s, first, second)
	})
	t.Run("4.d.2: what one leaves early is given back", func(t *testing.T) {
		p.Goes("#/")
		p.Taps("Give back")
		p.Sees("3.101 is given back")
	})
	t.Run("4.d.4: when the day has ended nothing says any more where one sat", func(t *testing.T) {
		p.Moves(17 * time.Hour)
		soon(t, func() bool { return !strings.Contains(adversary(t, s).tables, "checked_in") })
		p.Goes("#/data")
		p.Until("My data is without it", func() bool { return p.Shows(floris) && !p.Shows(sat) })
		require.False(t, p.Shows("(checked in)"), "nor is the reservation told")
	})
	t.Run("2.consent, 7.erase: with the consent withdrawn neither a store nor the device holds anything of it",
		func(t *testing.T) {
			p.Taps("Stay signed in on this device")
			p.Sees("A key is kept on this device")
			token := p.Run(`localStorage.getItem("iotspot.session")`)
			secrets["token"], secrets["id"] = token[32:], token[16:32]
			p.Sees("Withdrawing your consent and erasing everything is one thing")
			p.Taps("Erase everything…")
			p.Sees("Within a minute your data is gone")
			p.Taps("Erase everything")
			p.Sees("Your data is being erased")
			require.Equal(t, []string{"POST /me/erasure 202"}, p.Cleared())
			p.Close()
			require.Empty(t, p.Keeps(personal...))
			require.NoError(t, s.Move(2*time.Minute))
			soon(t, func() bool { return !strings.Contains(adversary(t, s).tables, "erasure#") })
			for _, hit := range adversary(t, s).search(secrets) {
				require.True(t, hit.needle == "id" && strings.HasPrefix(hit.place, "agenda erased#"), "%+v", hit)
			}
			opensNothing(t, s, token)
		})
}

// opensNothing sees that tokens are dead. Browsers write over what was removed from their storage when they like, so
// one may still lie on the disk; so may the code of a sign-in, which they offer to fill in and which worked once.
func opensNothing(t *testing.T, s *stack.Stack, tokens ...string) {
	t.Helper()
	for _, token := range tokens {
		holder := example.Client{API: s.API, Token: token}
		require.ErrorContains(t, holder.Send(t.Context(), "GET", "/me/overview", nil, nil), "401")
	}
}

// floorNamed is the id of a floor of the example's.
func floorNamed(t *testing.T, office example.Client, name string) string {
	t.Helper()
	var access struct {
		Locations []struct {
			Floors []struct{ ID, Name string }
		}
	}
	require.NoError(t, office.Send(t.Context(), "GET", "/me/access", nil, &access))
	for _, location := range access.Locations {
		for _, floor := range location.Floors {
			if floor.Name == name {
				return floor.ID
			}
		}
	}
	t.Fatalf("there is no floor %s", name)
	return ""
}

// spotNamed is the id of a spot of a floor.
func spotNamed(t *testing.T, office example.Client, floor, name string) string {
	t.Helper()
	var plan struct{ Spots []struct{ ID, Name string } }
	require.NoError(t, office.Send(t.Context(), "GET", "/floors/"+floor, nil, &plan))
	for _, spot := range plan.Spots {
		if spot.Name == name {
			return spot.ID
		}
	}
	t.Fatalf("there is no spot %s", name)
	return ""
}

// sits lets a desk's own sensor say that somebody sits there, and waits until that has come through.
func sits(t *testing.T, s *stack.Stack, sensor string) {
	t.Helper()
	reading, err := json.Marshal(map[string]any{"occupied": true, "seq": 1, "battery": 87,
		"at": s.Now().Format(time.RFC3339)})
	require.NoError(t, err)
	require.NoError(t, s.Publish(fmt.Sprintf("iotspot/%s/reading", sensor), reading))
	require.NoError(t, s.Settle(t.Context()))
}

func lastMail(t *testing.T, s *stack.Stack, to string) string {
	t.Helper()
	mails := s.Mailbox.To(to)
	if len(mails) == 0 {
		return ""
	}
	letter, err := enmime.ReadEnvelope(strings.NewReader(string(mails[len(mails)-1].Raw)))
	require.NoError(t, err)
	return letter.Text
}

var toPass = regexp.MustCompile(`/#/pass/g[a-z2-7]{64}`)

// passLink is the path of the link that an invitation carries.
func passLink(t *testing.T, s *stack.Stack, to string) string {
	t.Helper()
	soon(t, func() bool { return toPass.MatchString(lastMail(t, s, to)) })
	return toPass.FindString(lastMail(t, s, to))
}
