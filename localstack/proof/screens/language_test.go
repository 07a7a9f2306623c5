package screens_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
)

// reads lets somebody be written to in a language.
func reads(t testing.TB, who example.Client, language string) {
	t.Helper()
	require.NoError(t, who.Send(t.Context(), "PATCH", "/me", map[string]any{"language": language}, nil))
}

func TestTheAppSpeaksTheLanguageOfWhoIsSignedInWhateverTheBrowserSpeaks(t *testing.T) {
	o := office(t)
	client := o.newcomer(t, "Dirk Duits", "dirk@voorbeeld.example")
	reads(t, client, "nl")
	p := o.phone(t)
	p.Opens("/s/" + o.desk(t, "0.01"))
	before := len(p.Asked())
	p.SignsIn("dirk@voorbeeld.example")
	p.Sees("Delen")
	require.NotContains(t, p.Since(before), "GET /me/today", "the answer to signing in has told it")
	require.Equal(t, "nl", p.Run("document.documentElement.lang"))

	p.Goes("#/data")
	p.Taps("Aangemeld blijven op dit apparaat")
	p.Sees("Op dit apparaat staan een sleutel waarmee je aangemeld blijft en je taal")
	p.Goes("#/")
	p.Sees("Goedemorgen, Dirk")
	keepsTheProgram(p)
	p.Meets(phone.Cut)
	p.Opens("/")
	p.Sees("Geen verbinding")
	p.Sees("Mijn gegevens") // without an answer
	p.Meets(nil)

	reads(t, client, "en")
	p.Opens("/")
	p.Sees("Good morning, Dirk")
	p.Goes("#/data")
	p.Taps("Stay signed in on this device")
	p.Sees("Nothing is kept on this device")
	require.Equal(t, "0", p.Run("String(localStorage.length)"))
}

func TestAGuestIsWelcomedInTheLanguageInWhichTheyWereInvited_4_d_3(t *testing.T) {
	o := office(t)
	_, pass := o.invitesIn(t, "nl", o.admin, "Gijs Gast", "gijs@visitor.example")
	p := o.phone(t)
	p.Opens("/" + pass)
	p.Taps("Ik geef uitdrukkelijk toestemming")
	p.Taps("Ik geef toestemming")
	p.Sees("Reserveer")
}

func TestALanguageThatCouldNotBeKeptIsTakenBack(t *testing.T) {
	o := office(t)
	p, _ := o.with(t, "Tara Taal", "tara@voorbeeld.example")
	p.Goes("#/data")
	p.Sees("tara@voorbeeld.example")
	p.Meets(phone.Cut)
	p.Chooses("Language", "nl")
	p.Sees("Geen verbinding")
	p.Sees("kinds of data about you are kept")
	p.Meets(nil)
	p.Chooses("Language", "nl")
	p.Sees("Opgeslagen")
}
