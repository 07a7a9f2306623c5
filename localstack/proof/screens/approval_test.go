package screens_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
)

// withApproval makes two desks need approval: the first that of a group in which somebody is, the second that of the
// administrator.
func (o Office) withApproval(t *testing.T, member string) (ofGroup, ofAdmin string) {
	t.Helper()
	ofGroup, ofAdmin = o.desk(t, "0.01"), o.desk(t, "0.02")
	var group struct{ ID string }
	var access struct{ Locations []struct{ ID string } }
	for _, each := range []struct {
		method, path string
		body, answer any
	}{
		{"POST", "/groups", map[string]any{"name": "Reception"}, &group},
		{"GET", "/me/access", nil, &access},
	} {
		require.NoError(t, o.admin.Send(t.Context(), each.method, each.path, each.body, each.answer))
	}
	require.NoError(t, o.admin.Send(t.Context(), "PUT", "/groups/"+group.ID+"/members",
		map[string]any{"email": member, "member": true}, nil))
	require.NoError(t, o.admin.Send(t.Context(), "PUT", "/locations/"+access.Locations[0].ID+"/rules",
		map[string]any{"approvals": []map[string]any{{"floor": o.floor(t), "spot": ofGroup, "group": group.ID},
			{"floor": o.floor(t), "spot": ofAdmin}}}, nil))
	return ofGroup, ofAdmin
}

func TestWhatNeedsApprovalSaysSoBeforeTheTapAndWaitsUntilItIsDecidedInTheApp_4_f_3(t *testing.T) {
	o := ownOffice(t)
	o.newcomer(t, "Iris Decides", "iris@voorbeeld.example")
	spot, _ := o.withApproval(t, "iris@voorbeeld.example")
	p, _ := o.with(t, "Ann Asks", "ann@voorbeeld.example")
	p.Goes("#/s/" + spot)
	p.Sees("This spot is only yours once somebody approves.")
	require.Empty(t, audit(p))
	require.False(t, p.Shows("Sit here"))
	p.Goes("#/floor/" + o.floor(t))
	p.Taps("0.01, ")
	p.Sees("with approval")
	p.Sees("This spot is only yours once somebody approves.")
	require.Empty(t, audit(p))
	p.Taps("Ask for it, ")
	p.Sees("and waits for approval")
	p.Until("the floor says so", func() bool { return p.Has(`[aria-label^="0.01, asked for, "]`) })
	require.False(t, p.Shows("yours"))
	require.Empty(t, audit(p))
	p.Goes("#/s/" + spot)
	p.Sees("you asked for it, ")
	p.Sees("Waits for approval until")
	require.False(t, p.Shows("You can check in"))
	require.Empty(t, audit(p))
	p.Goes("#/today")
	p.Sees("Waits for approval until")
	require.Empty(t, audit(p))
	p.Goes("#/agenda")
	p.Sees("Waits for approval until")
	require.Empty(t, audit(p))
	require.False(t, p.Has(`[aria-label^="Change: "]`))

	q := o.phone(t)
	q.Opens("/")
	before := len(q.Asked())
	q.SignsIn("iris@voorbeeld.example")
	q.Sees("One request waits for your decision")
	require.Equal(t, []string{"POST /sign-ins", "POST /sessions", "GET /me/today"}, q.Since(before),
		"one request paints it")
	require.Empty(t, audit(q))
	q.Taps("One request waits for your decision")
	q.Sees("asks for 0.01")
	require.Empty(t, audit(q))
	q.Taps("Approve: ")
	q.Sees("Approved; who asked gets an e-mail.")
	q.Goes("#/today")
	q.Sees("Your next days")
	require.False(t, q.Shows("waits for your decision"))

	p.Goes("#/s/" + spot)
	p.Sees("yours, ")
	p.Sees("You can check in from")
}

func TestAMailsLinkShowsWhatIsAskedForAndDecidesWhenItsFormIsSent_4_f_3(t *testing.T) {
	o := ownOffice(t)
	o.newcomer(t, "Iris Decides", "iris@voorbeeld.example")
	spot, _ := o.withApproval(t, "iris@voorbeeld.example")
	ann := o.newcomer(t, "Ann Asks", "ann@voorbeeld.example")
	tomorrow := o.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	for _, decision := range []struct{ button, title, state string }{{"Decline", "Declined", ""},
		{"Approve", "Approved", "reserved"}} {
		require.NoError(t, ann.Send(t.Context(), "POST", "/reservations", map[string]any{"spot": spot, "date": tomorrow,
			"from": "10:00", "to": "12:00"}, nil))
		require.NoError(t, o.Move(time.Minute))
		q := o.phone(t)
		q.Opens(q.Link("iris@voorbeeld.example"))
		q.Sees("Is this all right?")
		q.Sees("asks for approval of 0.01")
		require.Empty(t, audit(q))
		require.Equal(t, "asked", o.stateOf(t, ann), "opening it decides nothing")
		q.Taps(decision.button)
		q.Sees(decision.title)
		q.Sees("Who asked gets an e-mail.")
		require.Equal(t, decision.state, o.stateOf(t, ann))
	}
}

// stateOf is that of somebody's first reservation; "" where there is none.
func (o Office) stateOf(t *testing.T, who example.Client) string {
	t.Helper()
	var agenda struct{ Reservations []struct{ State string } }
	require.NoError(t, who.Send(t.Context(), "GET", "/me/agenda", nil, &agenda))
	if len(agenda.Reservations) == 0 {
		return ""
	}
	return agenda.Reservations[0].State
}

func TestWhatNobodyDecidesIsGoneFromTheAgendaAndFreeAgain_4_f_3(t *testing.T) {
	o := ownOffice(t)
	_, spot := o.withApproval(t, "ada@voorbeeld.example")
	p, _ := o.with(t, "Ann Asks", "ann@voorbeeld.example")
	p.Goes("#/s/" + spot)
	p.Taps("Ask for it, ")
	p.Sees("and waits for approval")
	p.Moves(time.Hour)
	p.Until("it is free again", func() bool {
		p.Goes("#/today")
		p.Goes("#/s/" + spot)
		p.Settles()
		return p.Shows("Ask for it, ")
	})
	p.Goes("#/agenda")
	p.Sees("You have nothing reserved.")
}
