package screens_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
)

// between is where what a selector finds begins and ends in the window, from above and from the left, in px.
func between(t testing.TB, p *phone.Phone, selector string) (top, bottom, left, right float64) {
	t.Helper()
	_, err := fmt.Sscan(p.Run(`{ const b = document.querySelector(%q).getBoundingClientRect();
		[b.top, b.bottom, b.left, b.right].join(" ") }`, selector), &top, &bottom, &left, &right)
	require.NoError(t, err)
	return top, bottom, left, right
}

func TestAFloorIsDrawnOnAPhoneWithEachToolInSightAndThePlanBesideWhatIsDoneWithIt(t *testing.T) {
	o := office(t)
	p := o.phone(t)
	p.Resize(390, 844)
	p.Opens("/")
	p.SignsIn(example.Administrator)
	p.Sees("Good morning")
	id := newFloor(p, "Floor on a phone")
	p.Settles()
	p.Run("scrollTo(0, 0); ''")
	for _, last := range []string{".tools .button:last-child", ".sections .button:last-child"} {
		_, bottom, _, right := between(t, p, last)
		require.LessOrEqual(t, right, 390.0, last)
		require.LessOrEqual(t, bottom, 780.0, "%s is above the tabs without scrolling", last)
	}
	require.False(t, p.Shows("Pick spots, with an outline"), "one part at a time")

	p.Taps("Place them")
	p.Sees("12 spots")
	p.Chooses("Zone", "new")
	p.Fills("Name of the zone", "Quiet")
	p.Taps("Add")
	p.Taps("Flatter") // which is far down
	top, bottom, _, _ := between(t, p, ".drawing .plan-frame")
	require.GreaterOrEqual(t, top, 0.0, "the plan is in sight meanwhile")
	require.Greater(t, bottom-top, 250.0)
	p.Taps("Done")

	p.Taps("Zones")
	top, bottom, _, right := between(t, p, `[aria-label="Edit: Quiet"]`)
	_, plan, _, _ := between(t, p, ".drawing .plan-frame")
	require.Greater(t, top, plan, "the list of zones is beside the plan")
	require.LessOrEqual(t, bottom, 780.0)
	require.LessOrEqual(t, right, 390.0)
	p.Taps("Edit: Quiet")
	p.Taps("Pick its spots")
	p.Sees("12 spots")
	require.Empty(t, audit(p))
	require.Equal(t, "0", p.Run("String(document.scrollingElement.scrollWidth - innerWidth)"))
	p.Taps("Save")
	p.Sees("12 spots, saved")
	require.Len(t, o.drawn(t, id).Zones, 1)
}
