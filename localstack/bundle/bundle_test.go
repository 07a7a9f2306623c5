package bundle_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/bundle"
	"github.com/iotspot/iotspot/shared/app"
	"github.com/iotspot/iotspot/shared/privacy"
)

// The budgets, in bytes as they are sent.
const (
	untilToday = 45_000
	allScreens = 110_000
)

func built(t *testing.T) (folder string, sizes map[string]int) {
	t.Helper()
	beside := t.TempDir()
	require.NoError(t, bundle.App(t.Context(), beside))
	folder, sizes = filepath.Join(beside, app.Files), map[string]int{}
	packed, err := filepath.Glob(filepath.Join(folder, "*"+app.Packed))
	require.NoError(t, err)
	for _, path := range packed {
		about, err := os.Stat(path)
		require.NoError(t, err)
		sizes[strings.TrimSuffix(filepath.Base(path), app.Packed)] = int(about.Size())
	}
	return folder, sizes
}

func TestTheAppIsSmallUntilTodayCanBeTappedAndInAll(t *testing.T) {
	folder, sizes := built(t)
	shell, err := os.ReadFile(filepath.Join(folder, app.ShellFile))
	require.NoError(t, err)
	first, all := 0, 0
	for name, size := range sizes {
		code := strings.HasSuffix(name, ".js") || strings.HasSuffix(name, ".css") || name == app.ShellFile
		if code {
			all += size
		}
		if code && (name == app.ShellFile || strings.Contains(string(shell), name) ||
			imported(t, folder, string(shell), name)) {
			first += size
		}
	}
	t.Logf("%d bytes until Today, %d in all", first, all)
	require.LessOrEqual(t, first, untilToday)
	require.LessOrEqual(t, all, allScreens)
}

// imported tells whether a script of the page imports the file at once, and not when it is needed.
func imported(t *testing.T, folder, shell, name string) bool {
	for _, script := range strings.Split(shell, `"`) {
		if !strings.HasPrefix(script, "/app/main-") {
			continue
		}
		code, err := os.ReadFile(filepath.Join(folder, filepath.Base(script)))
		require.NoError(t, err)
		return strings.Contains(string(code), `from"./`+name+`"`)
	}
	return false
}

var elsewhere = regexp.MustCompile(`["'(=]\s*(?:https?:)?//[A-Za-z0-9./-]+`)

func TestTheAppNamesNothingElsewhereAndHoldsNothingInline_11_cookies_12_links(t *testing.T) {
	folder, sizes := built(t)
	shell, err := os.ReadFile(filepath.Join(folder, app.ShellFile))
	require.NoError(t, err)
	require.NotContains(t, string(shell), "<style")
	require.NotContains(t, string(shell), "style=")
	require.NotContains(t, string(shell), "<script>")
	for name := range sizes {
		content, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(t, err)
		for _, found := range elsewhere.FindAllString(string(content), -1) {
			require.Contains(t, found, "//www.w3.org/", "%s names another origin",
				name) // the names of SVG and MathML
		}
	}
}

func TestATextThatLacksALanguageOrIsNotUsedFailsTheBuild(t *testing.T) {
	for fault, words := range map[string]string{
		"missing in Dutch":   `{"a":{"en":"A"}}`,
		"missing in English": `{"a":{"nl":"A","en":" "}}`,
		"other places":       `{"a":{"nl":"A {n}","en":"A"}}`,
		"not used":           `{"a":{"nl":"A","en":"A"},"b":{"nl":"B","en":"B"}}`,
	} {
		folder := t.TempDir()
		code := `import words from "./words.json"; t("a")`
		require.NoError(t, os.WriteFile(filepath.Join(folder, "screen.tsx"), []byte(code), 0o600))
		require.NoError(t, os.WriteFile(filepath.Join(folder, "words.json"), []byte(words), 0o600))
		require.ErrorContains(t, bundle.Texts(folder), fault)
	}
}

func TestTheTermsOfAllThatTheAppIsMadeOfAreShippedWithIt(t *testing.T) {
	folder, sizes := built(t)
	for name := range sizes {
		if strings.HasPrefix(name, "licences-") {
			terms, err := os.ReadFile(filepath.Join(folder, name))
			require.NoError(t, err)
			for _, of := range []string{"preact\n", "@preact/signals-core\n", "qrcode-generator\n", "lucide\n", "ISC License"} {
				require.Contains(t, string(terms), of)
			}
			return
		}
	}
	t.Fatal("no licences are among the app's files")
}

func TestTheScreensOfferEveryItemOfAProfileInBothLanguages_4_b(t *testing.T) {
	register, err := bundle.Register()
	require.NoError(t, err)
	for _, item := range privacy.OptionalItems {
		for _, said := range []string{string(item.Clause), item.Name, item.NL, item.EN} {
			require.Contains(t, register, strconv.Quote(said))
		}
	}
	require.Contains(t, register, `"name":"emergency_officer","yesno":true`)
	require.Contains(t, register, `"name":"phone","yesno":false`)
}
