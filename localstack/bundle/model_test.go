package bundle_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/bundle"
)

// What of the app knows no browser has tests of its own beside it, as model.test.ts beside model.ts.
func TestTheAppsModelsDoWhatTheirOwnTestsSay(t *testing.T) {
	tests, err := filepath.Glob(filepath.Join(bundle.Source(), "*", "*.test.ts"))
	require.NoError(t, err)
	require.NotEmpty(t, tests)
	for _, test := range tests {
		built := api.Build(api.BuildOptions{EntryPoints: []string{test}, Bundle: true, Format: api.FormatESModule,
			Platform: api.PlatformNode, Target: api.ES2022})
		require.Empty(t, built.Errors)
		file := filepath.Join(t.TempDir(), "test.mjs")
		require.NoError(t, os.WriteFile(file, built.OutputFiles[0].Contents, 0o600))
		said, err := exec.CommandContext(t.Context(), "node", "--test", file).CombinedOutput()
		require.NoError(t, err, "%s: %s", test, said)
	}
}
