package app_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// otherWords are those that mails and the statement have another word for: je meldt je aan, op een apparaat, per
// e-mail.
var otherWords = []string{"inlog", "uitlog", "ingelogd", "uitgelogd", "toestel", "per mail", " uw ", "privégegevens",
	"akkoord"}

func TestTheAppsTextsAreInBothLanguagesAndHaveOneWordForOneThing(t *testing.T) {
	told := 0
	require.NoError(t, filepath.WalkDir("client", func(path string, entry fs.DirEntry, err error) error {
		if entry.Name() == "node_modules" {
			return filepath.SkipDir
		}
		if filepath.Ext(path) != ".json" || strings.Contains(path, "package") || entry.Name() == "tsconfig.json" {
			return err
		}
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		var texts map[string]struct{ NL, EN string }
		require.NoError(t, json.Unmarshal(content, &texts), path)
		for name, text := range texts {
			told++
			require.NotEmpty(t, text.NL, "%s: %s", path, name)
			require.NotEmpty(t, text.EN, "%s: %s", path, name)
			for _, other := range otherWords {
				require.NotContains(t, strings.ToLower(" "+text.NL+" "), other, "%s: %s", path, name)
			}
		}
		return nil
	}))
	require.Greater(t, told, 100)
}
