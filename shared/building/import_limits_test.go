package building_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/problem"
)

func (o *office) refused(t *testing.T, contentType, content string) *problem.Error {
	t.Helper()
	_, err := o.b.Import(t.Context(), o.manager, building.Import{IdempotencyKey: key(), Content: []byte(content),
		ContentType: contentType})
	return requireProblem(t, problem.Malformed, err)
}

// 8.security
func TestAFileThatIsWrongThroughoutGetsAShortAnswer(t *testing.T) {
	o := newOffice(t)
	const size = 4 << 20
	for name, file := range map[string]struct{ contentType, content string }{
		"quotation marks out of place": {"text/csv", "location\n" + strings.Repeat("a\"\n", size/3)},
		"too many cells":               {"text/csv", "location\n" + strings.Repeat("a,b\n", size/4)},
		"columns":                      {"text/csv", strings.Repeat("a,", size/2)},
		"no objects":                   {"application/json", "[" + strings.Repeat("1,\n", size/3) + "1]"},
		"unknown members":              {"application/json", "[" + strings.Repeat(`{"a":1},`, size/8) + "{}]"},
	} {
		refused := o.refused(t, file.contentType, file.content)
		require.Len(t, refused.Fields, 100, name)
		require.Equal(t, "nothing was changed: these are the first 100 faults of the file", refused.Detail, name)
		answer, err := json.Marshal(refused.Fields)
		require.NoError(t, err)
		require.Less(t, len(answer), 64<<10, name)
	}
}

func TestEveryRowCountsBlankOnesToo(t *testing.T) {
	o := newOffice(t)
	for _, file := range []struct{ contentType, content string }{
		{"text/csv", "location,floor\n" + strings.Repeat(",\n", building.MaxRows+1)},
		{"application/json", "[" + strings.Repeat("{},\n", building.MaxRows) + "{}]"},
	} {
		refused := o.refused(t, file.contentType, file.content)
		require.Len(t, refused.Fields, 1)
		require.Equal(t, "is one row too many", refused.Fields[0].Detail)
		line := building.MaxRows + 1
		if file.contentType == "text/csv" {
			line++ // the header
		}
		require.Equal(t, fmt.Sprint("line ", line), refused.Fields[0].Pointer)
	}
}

func TestAMemberThatIsThereTwiceIsRefusedWithItsLine(t *testing.T) {
	refused := newOffice(t).refused(t, "application/json",
		"[{\"location\":\"A\"},\n\n{\"location\":\"A\",\"location\":\"B\"}]")
	require.Contains(t, refused.Fields, problem.Field{Pointer: "line 3", Detail: "has a member twice",
		Accepted: "each name once"})
}
