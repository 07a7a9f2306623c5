package building

import (
	"strings"
	"testing"
)

// FuzzRows: whatever a file holds, it is read to an end, each row has a line of the file, no fault repeats what the
// file holds, and a file without faults has rows with known columns only.
func FuzzRows(f *testing.F) {
	f.Add("text/csv", "location,floor\nA,B\n")
	f.Add("text/csv", "location;x\n\"A\";0,5\n")
	f.Add("text/csv", "\xef\xbb\xbflocation\n\"")
	f.Add("application/json", `[{"location":"A","x":0.5},{"location":null}]`)
	f.Add("application/json", `[{"location":{}}`)
	f.Fuzz(func(t *testing.T, mediaType, text string) {
		var wrong faults
		found := rows(mediaType, []byte(text), &wrong)
		if len(found) == 0 && len(wrong.fields) == 0 {
			t.Fatal("neither rows nor a fault")
		}
		p := &plan{business: "b", sensors: map[string]int{}}
		for _, r := range found {
			if r.line < 1 || r.line > 1+strings.Count(text, "\n") {
				t.Fatalf("line %d of a file of %d", r.line, 1+strings.Count(text, "\n"))
			}
			p.row(r, nil, nil)
		}
		for _, l := range p.locations {
			p.settle(l)
		}
		for _, field := range append(wrong.fields, p.wrong.fields...) {
			if field.Accepted == "" || field.Detail == "" {
				t.Fatalf("a fault that doesn't say what is accepted: %+v", field)
			}
		}
	})
}
