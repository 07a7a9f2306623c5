package support

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAMailNamesAnAddressAsAWholeAndNotAsTheEndOfALongerOne_7_overview_7_erase(t *testing.T) {
	for field, c := range map[string]struct {
		address string
		named   bool
	}{
		"From: hank@d.example":                                {"k@d.example", false},
		"From: hank@D.example":                                {"Hank@d.EXAMPLE", true},
		"From: Hank <hank@d.example>":                         {"hank@d.example", true},
		"From: k@d.example.org":                               {"k@d.example", false},
		"From: k@d.example-more":                              {"k@d.example", false},
		"From: k@mail.d.example":                              {"k@d.example", false},
		"From: a.k@d.example":                                 {"k@d.example", false},
		"From: a+k@d.example":                                 {"k@d.example", false},
		"From: a-k@d.example":                                 {"k@d.example", false},
		"From: a/k@d.example":                                 {"k@d.example", false},
		"From: o'brien@d.example":                             {"brien@d.example", false},
		"From: \"o'brien@d.example\" <o'brien@d.example>":     {"o'brien@d.example", true},
		"To: \"'k@d.example'\" <other@d.example>":             {"k@d.example", true},
		"From: \"k\"@d.example":                               {"k@d.example", true},
		"From: \"han\\k\"@d.example":                          {"hank@d.example", true},
		"Cc: a@d.example, k@d.example,b@d.example":            {"k@d.example", true},
		"Received: by x for k@d.example; Mon":                 {"k@d.example", true},
		"Received-SPF: pass (x) envelope-from=k@d.example; y": {"k@d.example", true},
		"List-Unsubscribe: <mailto:k@d.example?subject=out>":  {"k@d.example", true},
		"From: =?utf-8?q?k=40d.example?= <hank@d.example>":    {"k@d.example", true},
		"Subject: ask k@d.example.":                           {"k@d.example", true},
		"Subject: folded\r\n and ask k@d.example":             {"k@d.example", true},
	} {
		t.Run(field, func(t *testing.T) {
			raw := []byte(field + "\r\n\r\nthe body\r\n")
			require.Equal(t, c.named, names(raw, c.address))
			require.Equal(t, c.named, names(raw, strings.ToUpper(c.address)))
			require.Equal(t, c.named, names([]byte(field), c.address), "without the end of a head")
		})
	}
}
