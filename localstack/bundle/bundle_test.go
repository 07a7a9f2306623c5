package bundle_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/iotspot/iotspot/localstack/bundle"
	"github.com/iotspot/iotspot/shared/app"
	"github.com/iotspot/iotspot/shared/privacy"
)

// The budgets, in bytes as they are sent.
const (
	untilToday   = 45_000
	everybodys   = 110_000
	officesOnTop = 60_000
	staffsOnTop  = 10_000
	forAPDF      = 560_000 // what reads a PDF, which is loaded when an administrator chooses one and not before
)

// ofPDF are the scripts that wait until a PDF is chosen: what asks a worker, and the worker.
var ofPDF = []string{"pdf", "reader"}

// isOf says of a script whether it is one of these screens.
func isOf(screens []string, name string) bool {
	screen, _, _ := strings.Cut(name, "-")
	return slices.Contains(screens, screen)
}

func isFews(name string) bool { return isOf(bundle.Few, name) }

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

func TestTheAppIsSmallUntilTodayCanBeTappedForEverybodyTheOfficeAndTheOperatorsStaff(t *testing.T) {
	folder, sizes := built(t)
	atOnce := loads(t, folder, func(string) bool { return false })
	everybody := loads(t, folder, func(name string) bool { return !isFews(name) })
	office := loads(t, folder, func(name string) bool { return !isOf(bundle.Staff, name) && !isOf(ofPDF, name) })
	screens := loads(t, folder, func(name string) bool { return !isOf(ofPDF, name) })
	all := loads(t, folder, func(string) bool { return true })
	for name := range sizes {
		if strings.HasSuffix(name, ".js") || strings.HasSuffix(name, ".css") {
			require.Contains(t, append(all, app.WorkerFile), name, "nothing is made that nobody loads")
		}
	}
	sum := func(files []string) (bytes int) {
		for _, name := range files {
			bytes += sizes[name]
		}
		return bytes
	}
	first, most, more := sum(atOnce), sum(everybody)+sizes[app.WorkerFile], sum(office)-sum(everybody)
	staffs, pdf := sum(screens)-sum(office), sum(all)-sum(screens)
	t.Logf("%d bytes until Today, %d for everybody, %d more for the office, %d for the operator's staff, %d for a PDF",
		first, most, more, staffs, pdf)
	require.LessOrEqual(t, first, untilToday)
	require.LessOrEqual(t, most, everybodys)
	require.LessOrEqual(t, more, officesOnTop)
	require.LessOrEqual(t, staffs, staffsOnTop)
	require.LessOrEqual(t, pdf, forAPDF)
	require.Greater(t, pdf, 400_000, "none of it is loaded before")
	require.Greater(t, more, 5_000, "the program that draws QR codes alone is more")
}

func TestTheDeviceKeepsWhatEverybodyNeedsAndNoScreenOfTheOfficesInAdvance(t *testing.T) {
	folder, _ := built(t)
	worker, err := os.ReadFile(filepath.Join(folder, app.WorkerFile))
	require.NoError(t, err)
	everybody := loads(t, folder, func(name string) bool { return !isFews(name) })
	all := loads(t, folder, func(string) bool { return true })
	require.Greater(t, len(all), len(everybody))
	for _, name := range all[1:] { // the page itself has an address of its own
		require.Equal(t, slices.Contains(everybody, name), strings.Contains(string(worker), "/app/"+name), name)
	}
}

func TestThePageNamesEveryScriptWithoutWhichTheFirstDoesNotRunSoThatNoneIsAskedForLate(t *testing.T) {
	folder, _ := built(t)
	page, err := os.ReadFile(filepath.Join(folder, app.ShellFile))
	require.NoError(t, err)
	scripts := 0
	for _, name := range loads(t, folder, func(string) bool { return false }) {
		if strings.HasSuffix(name, ".js") && !strings.HasPrefix(name, "main-") {
			require.Contains(t, string(page), `<link rel="modulepreload" href="/app/`+name+`">`)
			scripts++
		}
	}
	require.Equal(t, scripts, strings.Count(string(page), "modulepreload"), "and none that can wait")
	require.NotZero(t, scripts)
}

var (
	named  = regexp.MustCompile(`/app/([A-Za-z]+-[A-Z0-9]+\.(?:js|css))"`)
	static = regexp.MustCompile(`(?:from|import)"\./([^"]+\.js)"`)
	later  = regexp.MustCompile(`import\("\./([^"]+\.js)"\)`)
)

// loads are the files that a browser comes to from the page on: what each needs at once, and of what is loaded later
// what is needed.
func loads(t *testing.T, folder string, needed func(name string) bool) (files []string) {
	t.Helper()
	waiting, seen := []string{app.ShellFile}, map[string]bool{app.ShellFile: true}
	for len(waiting) > 0 {
		name := waiting[0]
		waiting, files = waiting[1:], append(files, name)
		content, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(t, err)
		found := append(named.FindAllSubmatch(content, -1), static.FindAllSubmatch(content, -1)...)
		for _, match := range later.FindAllSubmatch(content, -1) {
			if needed(string(match[1])) {
				found = append(found, match)
			}
		}
		for _, match := range found {
			if next := string(match[1]); !seen[next] {
				seen[next], waiting = true, append(waiting, next)
			}
		}
	}
	return files
}

var (
	elsewhere    = regexp.MustCompile(`["'(=]\s*(?:https?:)?//[A-Za-z0-9./-]+`)
	namesNothing = regexp.MustCompile(`//www\.w3\.org/`) // SVG and MathML
	// The names of what is in a PDF, and by what core-js, which is bundled with its reader, tries a browser's URLs.
	namesInPDF = regexp.MustCompile(`//(?:ns\.adobe\.com/|www\.xfa\.org/|github\.com/zloirock/core-js|` +
		`(?:a|a/c|x|foo\.bar|example\.com)$)`)
)

func TestAFunctionThatReadsTheFilesWhileTheyAreMadeAgainFindsThemAll(t *testing.T) {
	beside := t.TempDir()
	require.NoError(t, bundle.App(t.Context(), beside))
	folder := filepath.Join(beside, app.Files)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "main-OLD.js"), nil, 0o644))
	worker := filepath.Join(folder, app.WorkerFile)
	require.NoError(t, os.Remove(worker))
	shell, err := os.Stat(filepath.Join(folder, app.ShellFile))
	require.NoError(t, err)

	var builds errgroup.Group
	for range 3 {
		builds.Go(func() error { return bundle.App(t.Context(), beside) })
	}
	require.NoError(t, builds.Wait())

	assert.FileExists(t, worker, "what was missing is made")
	assert.NoFileExists(t, filepath.Join(folder, "main-OLD.js"), "what the app no longer has is gone")
	again, err := os.Stat(filepath.Join(folder, app.ShellFile))
	require.NoError(t, err)
	assert.True(t, os.SameFile(shell, again), "what was there is left as it is")
	assert.Equal(t, shell.ModTime(), again.ModTime())
}

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
			require.True(t, namesNothing.MatchString(found) || isOf(ofPDF, name) && namesInPDF.MatchString(found),
				"%s names another origin: %s", name, found)
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
			for _, of := range []string{"pdfjs-dist\n", "core-js\n", "preact\n",
				"@preact/signals-core\n", "qrcode-generator\n", "lucide\n", "ISC License"} {
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
