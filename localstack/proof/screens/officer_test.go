package screens_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
)

// confirmedOfficer is an emergency officer whom the administrator has confirmed, and who shows all of theirs.
func (o Office) confirmedOfficer(t testing.TB, name, email string) example.Client {
	t.Helper()
	who := o.newcomer(t, name, email)
	require.NoError(t, who.Send(t.Context(), "PATCH", "/me",
		map[string]any{"emergency_officer": true, "shield": []string{}}, nil))
	require.NoError(t, o.admin.Send(t.Context(), "PUT", "/business-account/officers",
		map[string]any{"email": email, "confirmed": true}, nil))
	return who
}

// comes lets somebody take what is suggested today, and check in.
func (o Office) comes(t testing.TB, who example.Client) {
	t.Helper()
	takes(t, who, o.Now().Format(time.DateOnly))
	var mine struct{ Reservations []struct{ ID string } }
	require.NoError(t, who.Send(t.Context(), "GET", "/me/today", nil, &mine))
	require.NoError(t, who.Send(t.Context(), "POST", "/reservations/"+mine.Reservations[0].ID+"/check-in", nil, nil))
}

func TestAnOfficerTicksOffWhoIsInsideAndGoesOnWithoutAConnection_4_b_4(t *testing.T) {
	o := ownOffice(t)
	o.comes(t, o.confirmedOfficer(t, "Bea Hulp", "bea@voorbeeld.example"))
	o.comes(t, o.newcomer(t, "Hy Der", "hy@voorbeeld.example"))
	p := o.phone(t)
	p.Opens("/")
	p.SignsIn("bea@voorbeeld.example")
	p.Goes("#/people")
	p.Taps("Emergency list")
	p.Sees("0 of 2 accounted for")
	p.Sees("name not shown")
	require.False(t, p.Shows("Hy Der"), "who hides where they are is a spot, and no name")
	p.Taps("1.101Bea Hulp")
	p.Sees("1 of 2 accounted for")
	p.Taps("Show only who is not accounted for")
	p.Until("whoever is ticked off is out of the list", func() bool { return !p.Shows("Bea Hulp") })

	p.Meets(phone.Cut)
	p.Taps("Refresh now")
	p.Sees("No connection: this is the list of")
	p.Sees("1 of 2 accounted for")
	p.Taps("Show only who is not accounted for")
	p.Taps("1.102")
	p.Sees("2 of 2 accounted for")
	require.Equal(t, "0", p.Run("String(localStorage.length + sessionStorage.length)"), "the ticks are in memory alone")

	p.Meets(nil)
	p.Taps("Refresh now")
	p.Until("the list is a fresh one", func() bool { return !p.Shows("No connection") })
	p.Sees("2 of 2 accounted for")
}

func TestWhoIsNoConfirmedOfficerSeesNobodyOnTheList_4_b_4_7_shield(t *testing.T) {
	o := office(t)
	p, client := o.with(t, "Own Word", "word@voorbeeld.example")
	require.NoError(t, client.Send(t.Context(), "PATCH", "/me", map[string]any{"emergency_officer": true}, nil))
	p.Goes("#/people")
	p.Settles()
	require.False(t, p.Shows("Emergency list"), "their own word is not enough")
	p.Goes("#/emergency")
	p.Sees("This list is for emergency response officers whom an administrator has confirmed")
}
