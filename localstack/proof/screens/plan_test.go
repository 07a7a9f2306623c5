package screens_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/phone"
)

// fingers is a program that puts fingers on the plan and moves them, each from where to where in CSS pixels.
const fingers = `{
	const frame = document.querySelector(".plan-frame"), at = frame.getBoundingClientRect()
	frame.setPointerCapture = () => {}
	const to = (type, finger, [x, y]) => frame.dispatchEvent(new PointerEvent(type,
		{ pointerId: finger, clientX: at.left + x, clientY: at.top + y, bubbles: true }))
	const ways = %s
	ways.forEach(([from], finger) => to("pointerdown", finger, from))
	ways.forEach(([, until], finger) => to("pointermove", finger, until))
	ways.forEach(([, until], finger) => to("pointerup", finger, until))
	"" }`

// scaled is by how much the plan is larger than it was drawn, and how far it is moved to the right.
func scaled(t *testing.T, p *phone.Phone) (scale, x float64) {
	t.Helper()
	read := func(of string) float64 {
		found, err := strconv.ParseFloat(p.Run(`String(new DOMMatrix(getComputedStyle(
			document.querySelector(".plan-layer")).transform).`+of+`)`), 64)
		require.NoError(t, err)
		return found
	}
	return read("a"), read("e")
}

func TestThePlanIsMovedByAFingerAndScaledByTwoByWheelAndByKeys(t *testing.T) {
	o := office(t)
	p, _ := o.with(t, "Pim Plan", "pim@voorbeeld.example")
	p.Goes("#/floor/" + o.floor(t))
	p.Sees(" free")
	p.Settles()
	began, left := scaled(t, p)

	p.Run(fingers, `[[[100, 100], [160, 100]]]`)
	scale, x := scaled(t, p)
	require.InDelta(t, began, scale, 1e-3, "one finger scales nothing")
	require.InDelta(t, left+60, x, 1e-3)
	p.Run(fingers, `[[[100, 100], [50, 100]], [[150, 100], [200, 100]]]`)
	pinched, _ := scaled(t, p)
	require.InDelta(t, 3*began, pinched, .01*began, "as the fingers parted")
	p.Run(`document.querySelector(".plan-frame").dispatchEvent(new WheelEvent("wheel", { deltaY: 200, bubbles: true,
		cancelable: true })); ""`)
	wheeled, _ := scaled(t, p)
	require.Less(t, wheeled, pinched)
	p.TabsTo("0.01, ")
	p.Presses("+")
	larger, _ := scaled(t, p)
	require.Greater(t, larger, wheeled)
	p.Presses("-")
	smaller, _ := scaled(t, p)
	require.InDelta(t, wheeled, smaller, 1e-3)
	p.Taps("Fit it all")
	fitted, x := scaled(t, p)
	require.InDelta(t, began, fitted, 1e-3)
	require.InDelta(t, left, x, 1e-3)
}

func TestTheLocationsClockIsNamedWhereItIsNotThePhones(t *testing.T) {
	o := office(t)
	p, _ := o.with(t, "Zoe Zone", "zone@voorbeeld.example")
	p.LivesIn("Asia/Tokyo")
	p.Goes("#/floor/" + o.floor(t))
	p.Sees("Times are those of Amsterdam: it is ")
	p.LivesIn("Europe/Amsterdam")
	p.Goes("#/")
	p.Goes("#/floor/" + o.floor(t))
	p.Sees(" free")
	require.False(t, p.Shows("Times are those of"))
}
