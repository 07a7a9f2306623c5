package privacy

import (
	"fmt"
	"slices"
	"strings"
)

// RetentionTable is the register as a Markdown table: what is kept, until when, for which purposes, in which stores,
// and what an erasure does with it.
func RetentionTable() string {
	var out strings.Builder
	out.WriteString("| clause | what | kept | purposes | where | at an erasure |\n| --- | --- | --- | --- | --- | " +
		"--- |\n")
	for _, kind := range Kinds {
		var purposes []string
		for _, purpose := range kind.Purposes {
			purposes = append(purposes, string(purpose))
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s | %s |\n", kind.Clause, kind.EN, kind.Rule.EN,
			strings.Join(purposes, ", "),
			strings.Join(whereIs(kind.Clause), "; "), kind.Fate)
	}
	return out.String()
}

// whereIs lists the items that hold a clause.
func whereIs(clause Clause) []string {
	var items []string
	for _, item := range Items {
		for _, of := range item.Attributes {
			if of == clause {
				items = append(items, string(item.Store)+": "+item.Name)
				break
			}
		}
	}
	if len(items) == 0 {
		return []string{"nowhere yet"}
	}
	slices.Sort(items)
	return items
}
