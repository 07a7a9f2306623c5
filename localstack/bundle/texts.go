package bundle

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A text in each of the languages.
type text struct{ NL, EN string }

var (
	placeholder = regexp.MustCompile(`\{[a-z]+\}`)
	wordsOf     = regexp.MustCompile(`from "(\./[a-z/]+\.json)"`)
)

// Texts checks the texts of the app, which lie beside the code that shows them: today.json beside today.tsx. Each is
// there in both languages with the same places to fill in, and each is used.
func Texts(source string) error {
	var faults []error
	err := filepath.WalkDir(source, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() == "node_modules" {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".ts") && !strings.HasSuffix(path, ".tsx") {
			return nil
		}
		code, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, found := range wordsOf.FindAllSubmatch(code, -1) {
			words := filepath.Join(filepath.Dir(path), string(found[1]))
			faults = append(faults, textsOf(words, string(code)))
		}
		return nil
	})
	return errors.Join(append(faults, err)...)
}

// textsOf checks one file of texts against the code that shows them.
func textsOf(path, code string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var texts map[string]text
	if err := json.Unmarshal(content, &texts); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	var faults []error
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		if fault := faultOf(name, texts[name], code); fault != "" {
			faults = append(faults, fmt.Errorf("%s: %q %s", filepath.Base(path), name, fault))
		}
	}
	return errors.Join(faults...)
}

func faultOf(name string, t text, code string) string {
	places := func(of string) []string {
		found := placeholder.FindAllString(of, -1)
		slices.Sort(found)
		return slices.Compact(found)
	}
	stem, _, _ := strings.Cut(name, ".") // state.free is used as t(`state.${state}`)
	switch {
	case strings.TrimSpace(t.NL) == "":
		return "is missing in Dutch"
	case strings.TrimSpace(t.EN) == "":
		return "is missing in English"
	case !slices.Equal(places(t.NL), places(t.EN)):
		return "has other places to fill in in Dutch than in English"
	case !strings.Contains(code, `"`+name+`"`) && !(stem != name && strings.Contains(code, "`"+stem+".${")):
		return "is not used"
	}
	return ""
}
