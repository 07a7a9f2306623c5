package screens_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnAddressThatLeadsNowhereOpensTodayAndThatOfNoSpotSaysSo(t *testing.T) {
	o := office(t)
	p := o.phone(t)
	o.newcomer(t, "Ad Dress", "address@voorbeeld.example")
	p.Opens("/#/s/%")
	p.Sees("Sign in, and you get to the spot")
	p.SignsIn("address@voorbeeld.example")
	p.Sees("This spot is not there")
	for _, nowhere := range []string{"#/nothing", "#/constructor", "#/s", "#/codes", "#/displays", "#/editor/"} {
		p.Goes("#/agenda")
		p.Until("the agenda is there", func() bool { return !p.Shows("Good morning") })
		p.Goes(nowhere)
		p.Sees("Good morning, Ad")
	}
}

func TestALineNeverEndsInTheMiddleOfEMail(t *testing.T) {
	p := office(t).phone(t)
	p.Opens("/")
	p.Sees("Your e-mail address at work")
	// As wide as "Your e-", behind which a browser would begin a line.
	require.Equal(t, "1", p.Run(`(() => {
		const label = document.querySelector(".field label"), word = document.createRange(), text = label.firstChild
		label.style.width = "4em"
		word.setStart(text, text.data.indexOf("e-"))
		word.setEnd(text, text.data.indexOf(" address"))
		return String(new Set([...word.getClientRects()].map(part => part.top)).size)
	})()`))
}
