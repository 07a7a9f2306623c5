package screens_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
)

// inDutch is an administrator's browser in Dutch, at the list of what they look after.
func (o Office) inDutch(t testing.TB) *phone.Phone {
	t.Helper()
	reads(t, o.admin, "nl")
	p := o.phone(t)
	p.Speaks("nl")
	p.Opens("/")
	p.SignsIn(example.Administrator)
	p.Settles()
	p.Goes("#/admin")
	p.Sees("De organisatie")
	return p
}

// enters comes to what has the name by Tab and presses Enter.
func enters(p *phone.Phone, name string) {
	p.TabsTo(name)
	p.Presses(kb.Enter)
}

func TestTheRulesOfALocationAreChangedByKeyboardAloneInDutch(t *testing.T) {
	o := ownOffice(t)
	p := o.inDutch(t)
	enters(p, "Locaties en regels")
	p.Sees("Uren per weekdag")
	gone := func(opener string) {
		p.Until("the sheet is gone and one is where one was",
			func() bool { return !p.Has("dialog[open]") && p.Focused() == opener })
	}

	enters(p, "Wijzig: Uren per weekdag")
	p.TabsTo("Vrijdag")
	p.Types("negen tot vijf")
	p.Presses(kb.Enter)
	p.Until("the field says so", func() bool { return p.Has("dialog input[aria-invalid=true]") })
	require.Equal(t, "Vrijdag", p.Focused())
	p.Sees("Deze uren lezen we niet")
	p.Presses(strings.Repeat(kb.Backspace, len("negen tot vijf")))
	p.Types("9-12, 13-17")
	p.TabsTo("Opslaan")
	p.Presses(kb.Enter)
	gone("Wijzig: Uren per weekdag")
	p.Sees("09:00-12:00, 13:00-17:00")

	enters(p, "Wijzig: Sluitingen")
	p.TabsTo("Naam")
	p.Types("Verhuizing")
	enters(p, "Zet erbij")
	p.Sees("Haal weg")
	enters(p, "Opslaan")
	gone("Wijzig: Sluitingen")
	p.Sees("Verhuizing")

	for _, sheet := range []string{"Uren per weekdag", "Sluitingen", "Grenzen", "Tijden met één tik",
		"Met toestemming", "Wat vanzelf gebeurt"} {
		enters(p, "Wijzig: "+sheet)
		p.Until("it is open", func() bool { return p.Has("dialog[open]") })
		require.Empty(t, unkeyed(p), sheet)
		p.Presses(kb.Escape)
		gone("Wijzig: " + sheet)
	}
}

func TestAFileIsLoadedByKeyboardAloneInDutchOnceItsFaultsAreMended(t *testing.T) {
	o := ownOffice(t)
	there := o.locations(t)
	p := o.inDutch(t)
	enters(p, "Uit een bestand")
	p.TabsTo("Kies een bestand")
	file := filepath.Join(t.TempDir(), "depot.csv")
	chooses := func(place string) { // the window in which that is done is the system's
		require.NoError(t, os.WriteFile(file, []byte(depot(place)), 0o600))
		p.Uploads(file)
	}
	chooses("bureau;3,0;0,5")
	p.Sees("het bestand heeft 2 fouten")
	p.Sees("Regel 3")
	p.Sees("Ontbreekt of is onbekend")
	require.Empty(t, unkeyed(p))
	chooses("seat;0,3;0,5")
	p.Sees("Dit zou veranderen")
	require.Empty(t, unkeyed(p))
	require.Equal(t, there, o.locations(t))
	enters(p, "Laad het bestand")
	p.Sees("Geladen: 1 locatie, 1 verdieping, 1 zone, 2 plekken.")
	require.Equal(t, there+1, o.locations(t))
}
