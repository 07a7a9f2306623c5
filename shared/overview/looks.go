package overview

import (
	"fmt"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// look shows a look of the operator's staff as one value (6.confidential).
func (g *gathering) look(kept table.Kept) Value {
	at, by, reason := g.read(kept, "looked_at"), text(kept.Values["by"]), text(kept.Values["reason"])
	list, _ := kept.Values["kinds"].([]any)
	what := g.listed("kinds", list)
	return Value{Name: privacy.Look.Name, Value: kept.Values, Read: words.Text{
		NL: fmt.Sprintf("%s keek op %s naar %s. Reden: %s", by, at.NL, what.NL, reason),
		EN: fmt.Sprintf("%s looked on %s at %s. Reason: %s", by, at.EN, what.EN, reason)}}
}

// short are the words for a kind up to where they go into it.
func short(clause privacy.Clause) words.Text {
	kind, _ := privacy.KindOf(clause)
	nl, _, _ := strings.Cut(kind.NL, ":")
	en, _, _ := strings.Cut(kind.EN, ":")
	return words.Text{NL: nl, EN: en}
}

// disclosure shows a disclosure that the law required as one value (5.disclosure).
func (g *gathering) disclosure(kept table.Kept) Value {
	at := g.read(kept, "disclosed_at")
	by, recipient, ground := text(kept.Values["by"]), text(kept.Values["recipient"]), text(kept.Values["ground"])
	what := words.Text{NL: "al je gegevens", EN: "all your data"} // of one that was made before kinds were named
	if given, ok := kept.Values["kinds"].([]any); ok {
		what = g.listed("kinds", given)
	}
	return Value{Name: privacy.Disclosed.Name, Value: kept.Values, Read: words.Text{
		NL: fmt.Sprintf("%s verstrekte op %s aan %s: %s. Grond: %s", by, at.NL, recipient, what.NL, ground),
		EN: fmt.Sprintf("%s disclosed on %s to %s: %s. Ground: %s", by, at.EN, recipient, what.EN, ground)}}
}

// told reports whether the law lets a disclosure be told by now.
func told(kept table.Kept, now time.Time) bool {
	until, err := time.Parse(time.RFC3339Nano, text(kept.Values["hidden_until"]))
	return err != nil || !now.Before(until)
}

func (g *gathering) read(kept table.Kept, name string) words.Text {
	return g.readable(name, stored(name, kept.Values[name]))
}
