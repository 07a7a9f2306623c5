// Package shape holds what a stand-in sends against what the service sends, as events/payloads has it: the same
// members at every level, in the same casing and of the same types. What they say may differ.
package shape

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/build"
)

// Require fails the test where a payload has another shape than the file of that name. Free are the names of members
// whose own members are not the service's: headers, parameters, and what an event of ours says.
func Require(t testing.TB, file string, sent []byte, free ...string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(build.Root(), "events", "payloads", file))
	require.NoError(t, err)
	var service, standIn any
	require.NoError(t, json.Unmarshal(content, &service))
	require.NoError(t, json.Unmarshal(sent, &standIn))
	require.Empty(t, differences("", service, standIn, free), "%s has what the service sends", file)
}

// differences names the members that one has and the other hasn't, or of another type.
func differences(at string, service, standIn any, free []string) (found []string) {
	if fmt.Sprintf("%T", service) != fmt.Sprintf("%T", standIn) {
		return []string{fmt.Sprintf("%s is %T and not %T", at, standIn, service)}
	}
	switch service := service.(type) {
	case map[string]any:
		standIn := standIn.(map[string]any)
		for name := range standIn {
			if _, ok := service[name]; !ok {
				found = append(found, at+"."+name+" is more than the service sends")
			}
		}
		for name, value := range service {
			sent, ok := standIn[name]
			if !ok {
				found = append(found, at+"."+name+" is missing")
			} else if !slices.Contains(free, name) {
				found = append(found, differences(at+"."+name, value, sent, free)...)
			}
		}
	case []any:
		standIn := standIn.([]any)
		for i := range min(len(service), len(standIn)) {
			found = append(found, differences(fmt.Sprintf("%s.%d", at, i), service[i], standIn[i], free)...)
		}
	}
	return found
}
