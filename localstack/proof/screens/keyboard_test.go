package screens_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/phone"
)

func TestTheKeyboardAloneSignsInReservesAndErases(t *testing.T) {
	o := office(t)
	o.newcomer(t, "Key Board", "key@voorbeeld.example")
	p := o.phone(t)
	p.Opens("/")
	p.Sees("Your e-mail address at work")
	p.TabsTo("Your e-mail address at work")
	p.Types("key@voorbeeld.example")
	p.Presses(kb.Enter)
	p.Sees("Look in your mail")
	p.TabsTo("Code")
	p.Types(p.Code("key@voorbeeld.example"))
	p.Presses(kb.Enter)
	p.Sees("Reserve, ")
	p.TabsTo("Reserve, ")
	p.Presses(kb.Enter)
	p.Sees("is yours")
	p.Goes("#/floor")
	p.Sees(" free")
	p.TabsTo("0.01, ")
	p.Presses(kb.ArrowRight)
	require.Contains(t, p.Focused(), "0.02")
	p.Presses(kb.Enter)
	p.Sees("Open this spot")
	p.Goes("#/data")
	p.Settles()
	p.TabsTo("Erase everything…")
	p.Presses(kb.Enter)
	p.Sees("Within a minute your data is gone")
	p.TabsTo("Erase everything")
	require.Equal(t, "true", p.Run("String(!!document.activeElement.closest('dialog'))"))
	p.Presses(kb.Enter)
	p.Sees("Your data is being erased")
}

// walk is a program that watches where Tab goes, and tells for how many presses to wait. It is due to come to all
// that can be pressed or filled in, of which the browser itself knows how that is done by key; of a plan to one spot,
// from which the arrows go on. A day is three fields and a button for a browser, and what scrolls in a frame is a
// stop too.
const walk = `(() => {
	const native = "a[href], button, input, select, textarea, summary"
	const within = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body
	const all = [...within.querySelectorAll(native)]
		.filter(e => !e.disabled && e.checkVisibility({ visibilityProperty: true }))
	const due = new Set(all.filter(e => e.tabIndex >= 0)), about = e => e.outerHTML.slice(0, 160)
	const wrong = all.filter(e => e.tabIndex < 0 && !e.closest(".plan-layer")).map(e => "Tab passes by " + about(e))
	for (const e of within.querySelectorAll("[role=button], [role=link], [role=checkbox], [tabindex='0']"))
		if (!e.matches(native) && e.role !== "region") wrong.push("no key presses " + about(e))
	const outlined = e => [e, e.parentElement, e.parentElement?.parentElement].some(at => {
		const style = at && getComputedStyle(at)
		return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
	})
	const lies = e => {
		const box = e.getBoundingClientRect()
		const over = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2)
		return over && (e.contains(over) || over.contains(e) || over.closest("label")?.control === e)
	}
	const look = () => {
		const e = document.activeElement
		if (!due.delete(e)) return
		if (!outlined(e)) wrong.push("nothing shows the focus of " + about(e))
		if (!lies(e)) wrong.push("out of sight with the focus: " + about(e))
	}
	addEventListener("keydown", look, true)
	globalThis.walked = () => {
		look()
		removeEventListener("keydown", look, true)
		return [...wrong, ...[...due].map(e => "Tab never comes to " + about(e))].join("\n")
	}
	return String(due.size + 4 * within.querySelectorAll("[type=date]").length + 12)
})()`

// unkeyed is what of the screen, or of the sheet that lies over it, can't be come to by Tab or isn't seen to have the
// focus.
func unkeyed(p *phone.Phone) string {
	presses, err := strconv.Atoi(p.Run(walk))
	if err != nil {
		return err.Error()
	}
	p.Presses(strings.Repeat(kb.Tab, presses))
	return p.Run("walked()")
}
