package shape

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/build"
)

func TestEachPayloadHasItsSource(t *testing.T) {
	folder := filepath.Join(build.Root(), "events", "payloads")
	sources, err := os.ReadFile(filepath.Join(folder, "README.md"))
	require.NoError(t, err)
	files, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, file := range slices.DeleteFunc(files, func(f os.DirEntry) bool { return f.Name() == "README.md" }) {
		require.Contains(t, string(sources), file.Name(), "the list of sources")
	}
}

func TestAMemberThatIsMissingOrMoreOrOfAnotherTypeIsADifference(t *testing.T) {
	for sent, want := range map[string]int{
		`{"a":{"b":"x"},"list":[{"c":2}],"headers":{"more":"x"}}`: 0,
		`{"a":{"B":"x"},"list":[{"c":2}],"headers":{}}`:           2,
		`{"a":{"b":1},"list":[{}],"headers":{}}`:                  2,
		`{"a":null,"list":[],"headers":{}}`:                       1,
		`{"a":{"b":"x"},"list":[]}`:                               1,
	} {
		var service, standIn any
		require.NoError(t, json.Unmarshal([]byte(`{"a":{"b":"y"},"list":[{"c":1}],"headers":{"host":"h"}}`), &service))
		require.NoError(t, json.Unmarshal([]byte(sent), &standIn))
		require.Len(t, differences("", service, standIn, []string{"headers"}), want, sent)
	}
}
