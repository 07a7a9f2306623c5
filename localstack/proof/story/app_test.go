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
	secrets["code"] = p.Registers(florisName, floris)

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
	t.Run("4.d.2, 4.d.4: a desk is reserved on the plan, and its sensor checks in", func(t *testing.T) {
		floor := floorNamed(t, office, "Piso 3")
		p.Goes("#/floor/" + floor)
		p.Taps("3.101, free")
		p.Taps("Reserve ")
		p.Sees("3.101 is yours")
		p.Goes("#/")
		p.Sees("Desk 3.101")
		sits(t, s, "lisboa-desk-01")
		p.Opens("/")
		p.SignsIn(floris)
		p.Sees("checked in")
	})
	t.Run("another day is one tap, and undone within five seconds", func(t *testing.T) {
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
		guest.Opens(passLink(t, s, visits))
		guest.Sees("Welcome as a guest")
		guest.Taps("I explicitly consent")
		guest.Taps("I consent")
		guest.Sees("Reserve")
		require.False(t, guest.Shows("People"), "guests are nobody's colleagues")
		guest.Goes("#/data")
		guest.Sees(visitorName)
	})
	t.Run("7.view, 7.mail: My data shows all of it, and mails it", func(t *testing.T) {
		p.Goes("#/data")
		p.Sees(sat)
		p.Sees("(checked in)")
		p.Sees(liked)
		p.Taps("Mail me everything")
		p.Sees("The overview is on its way")
		soon(t, func() bool { return strings.Contains(lastMail(t, s, floris), florisPhone) })
	})
	t.Run("9.cache: after signing out the device holds nothing personal and no token", func(t *testing.T) {
		other := phone.New(t, s, "")
		other.Opens("/")
		other.SignsIn(floris)
		other.Goes("#/data")
		other.Taps("Stay signed in on this device")
		other.Sees("A key is kept on this device")
		token := other.Run(`localStorage.getItem("iotspot.session")`)
		other.Taps("Sign out")
		other.Sees("You are signed out. Nothing is kept on this device.")
		other.Close()
		require.Empty(t, other.Keeps(append(slices.Collect(maps.Values(secrets)), token, token[32:])...))
	})
	t.Run("4.d.4: when the day has ended nothing says any more where one sat", func(t *testing.T) {
		p.Moves(17 * time.Hour)
		soon(t, func() bool { return !strings.Contains(adversary(t, s).tables, "checked_in") })
		p.Goes("#/agenda")
		p.Goes("#/data")
		p.Until("My data is without it", func() bool { return p.Shows(floris) && !p.Shows(sat) })
		require.False(t, p.Shows("(checked in)"), "nor is the reservation told")
	})
	t.Run("7.erase: after the erasure neither any store nor the device holds anything of it", func(t *testing.T) {
		p.Taps("Stay signed in on this device")
		p.Sees("A key is kept on this device")
		token := p.Run(`localStorage.getItem("iotspot.session")`)
		secrets["token"], secrets["id"] = token[32:], token[16:32]
		p.Taps("Erase everything…")
		p.Sees("Within a minute your data is gone")
		p.Taps("Erase everything")
		p.Sees("Your data is being erased")
		p.Close()
		require.Empty(t, p.Keeps(append(slices.Collect(maps.Values(secrets)), token)...))
		require.NoError(t, s.Move(2*time.Minute))
		soon(t, func() bool { return !strings.Contains(adversary(t, s).tables, "erasure#") })
		for _, hit := range adversary(t, s).search(secrets) {
			require.True(t, hit.needle == "id" && strings.HasPrefix(hit.place, "agenda erased#"), "%+v", hit)
		}
	})
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
