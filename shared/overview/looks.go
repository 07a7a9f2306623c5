package overview

import (
	"fmt"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// lookValue shows a look of the operator's staff as one value (6.confidential).
func lookValue(kept table.Kept) Value {
	at := read(kept, "looked_at")
	kinds := make([]string, 0, len(kept.Values))
	if list, ok := kept.Values["kinds"].([]any); ok {
		for _, kind := range list {
			kinds = append(kinds, text(kind))
		}
	}
	shown := strings.Join(kinds, ", ")
	return Value{Name: privacy.Look.Name, Value: kept.Values, Read: words.Text{
		NL: fmt.Sprintf("%s: %s keek naar %s, omdat: %s", at.NL, text(kept.Values["by"]), shown,
			text(kept.Values["reason"])),
		EN: fmt.Sprintf("%s: %s looked at %s, because: %s", at.EN, text(kept.Values["by"]), shown,
			text(kept.Values["reason"]))}}
}

// disclosureValue shows a disclosure that the law required as one value (5.disclosure).
func disclosureValue(kept table.Kept) Value {
	at := read(kept, "disclosed_at")
	by, recipient, ground := text(kept.Values["by"]), text(kept.Values["recipient"]), text(kept.Values["ground"])
	return Value{Name: privacy.Disclosed.Name, Value: kept.Values, Read: words.Text{
		NL: fmt.Sprintf("%s: door %s verstrekt aan %s, op grond van: %s", at.NL, by, recipient, ground),
		EN: fmt.Sprintf("%s: disclosed by %s to %s, on the ground of: %s", at.EN, by, recipient, ground)}}
}

// told reports whether the law lets a disclosure be told by now.
func told(kept table.Kept, now time.Time) bool {
	until, err := time.Parse(time.RFC3339Nano, text(kept.Values["hidden_until"]))
	return err != nil || !now.Before(until)
}

func read(kept table.Kept, name string) words.Text {
	return readable(name, stored(name, kept.Values[name]))
}
