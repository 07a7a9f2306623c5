package screens_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
)

// invites lets somebody invite a guest for today, and gives the guest's id and the address in the app of the pass.
func (o Office) invites(t testing.TB, host example.Client, name, email string) (guest, pass string) {
	t.Helper()
	return o.invitesIn(t, "en", host, name, email)
}

// invitesIn is for a guest who reads a language.
func (o Office) invitesIn(t testing.TB, language string, host example.Client, name, email string) (guest, pass string) {
	t.Helper()
	var access struct{ Locations []struct{ ID string } }
	require.NoError(t, host.Send(t.Context(), "GET", "/me/access", nil, &access))
	day := o.Now().Format(time.DateOnly)
	var invited struct{ ID string }
	require.NoError(t, host.Send(t.Context(), "POST", "/guests", map[string]any{"name": name, "email": email,
		"language": language, "location": access.Locations[0].ID, "first": day, "last": day}, &invited))
	return invited.ID, strings.TrimPrefix(phone.MailedLink(t, o.Stack, email), "/")
}

// answers lets whoever holds a phone answer what it asks from now on, and gives how often that was.
func answers(p *phone.Phone, agrees bool) (asked func() string) {
	p.Run("window.asked = 0; window.confirm = () => { window.asked++; return %t }; ''", agrees)
	return func() string { return p.Run("String(window.asked)") }
}

const kept = `localStorage.getItem("iotspot.session") ?? ""`

func TestALinkNeverChangesUnaskedWhoIsSignedInNorWhatTheDeviceKeeps_8_security_9_cache(t *testing.T) {
	o := office(t)
	p, _ := o.with(t, "Pia Blijft", "pia@voorbeeld.example")
	p.Goes("#/data")
	p.Taps("Stay signed in on this device")
	p.Sees("A key is kept on this device")
	token := p.Run(kept)
	_, pass := o.invites(t, o.admin, "Gus Guest", "gus@visitor.example")
	asked := answers(p, false)
	p.Goes("#/pass/" + o.admin.Token)
	p.Sees("Good morning, Pia")
	require.Equal(t, "0", asked(), "what is no pass is not even asked about")
	p.Goes(pass)
	p.Until("it is asked", func() bool { return asked() == "1" })
	p.Sees("Good morning, Pia")
	require.Equal(t, token, p.Run(kept))
	p.Goes("#/data")
	p.Sees("pia@voorbeeld.example")
}

func TestWhoAgreesToAPassIsSignedOutAtTheServerTooAndOnTheDevice_8_security_9_cache(t *testing.T) {
	o := office(t)
	p, _ := o.with(t, "Ada Akkoord", "akkoord@voorbeeld.example")
	p.Goes("#/data")
	p.Taps("Stay signed in on this device")
	p.Sees("A key is kept on this device")
	before := example.Client{API: o.API, Console: o.Console, Token: p.Run(kept)}
	_, pass := o.invites(t, o.admin, "Gea Gast", "gea@visitor.example")
	answers(p, true)

	p.Meets(phone.Cut)
	p.Goes(pass)
	p.Sees("There is no connection")
	require.NoError(t, before.Send(t.Context(), "GET", "/me", nil, nil))
	require.Equal(t, before.Token, p.Run(kept), "one stays who one is while the server can't be told")
	p.Meets(nil)
	p.Goes("#/agenda")
	p.Goes(pass)
	p.Sees("Welcome as a guest")
	require.ErrorContains(t, before.Send(t.Context(), "GET", "/me", nil, nil), "401")
	require.Empty(t, p.Run(kept))
}

func TestOnesOwnPassOpensAgainUnaskedAndANewOneOfTheSameGuestIsAskedAbout_4_d_3(t *testing.T) {
	o := office(t)
	guest, pass := o.invites(t, o.admin, "Els Eigen", "els@visitor.example")
	p := o.phone(t)
	p.Opens("/" + pass)
	p.Sees("Welcome as a guest")
	asked := answers(p, true)
	p.Goes(pass)
	p.Until("the pass is out of the address", func() bool { return p.Run("location.hash") == "#/" })
	p.Sees("Welcome as a guest")
	require.Equal(t, "0", asked())

	require.NoError(t, o.admin.Send(t.Context(), "POST", "/guests/"+guest+"/pass",
		map[string]any{"email": "els@visitor.example"}, nil))
	renewed := strings.TrimPrefix(p.Link("els@visitor.example"), "/")
	require.Equal(t, pass[:len("#/pass/g")+32], renewed[:len("#/pass/g")+32], "the ids at its front are the guest's")
	p.Goes(renewed)
	p.Until("it is asked", func() bool { return asked() == "1" })
	p.Taps("I explicitly consent")
	p.Taps("I consent")
	p.Sees("Reserve")
}

func TestAGuestsPassIsReplacedAndThenEndedAndTheOldOnesOpenNothing_4_d_3(t *testing.T) {
	o := office(t)
	p, client := o.with(t, "Hanna Host", "hanna@voorbeeld.example")
	_, first := o.invites(t, client, "Gijs Guest", "gijs@visitor.example")
	opens := func(pass string) error {
		guest := example.Client{API: o.API, Console: o.Console, Token: pass[strings.LastIndex(pass, "/")+1:]}
		return guest.Send(t.Context(), "GET", "/me/pass", nil, nil)
	}
	require.NoError(t, opens(first))
	p.Goes("#/guests")
	p.Sees("Gijs Guest")
	p.Sees("gone on ")
	p.Taps("New pass: Gijs Guest")
	p.Sees("The address is not kept")
	p.Fills("E-mail address", "gijs@visitor.example")
	p.Taps("Mail the pass")
	p.Sees("The new pass is on its way")
	second := p.Link("gijs@visitor.example")
	require.ErrorContains(t, opens(first), "401")
	require.NoError(t, opens(second))
	p.Taps("End: Gijs Guest")
	p.Sees("End the access of Gijs Guest?")
	p.Taps("End")
	p.Sees("The access has ended")
	p.Sees("You have no guests now.")
	require.ErrorContains(t, opens(second), "401")
}
