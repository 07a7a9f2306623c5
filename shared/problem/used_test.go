package problem

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/words"
)

// calls are those that say what is wrong, and which of their arguments people are told, counted from the end.
var calls = map[string][]int{"wrong.add": {1, 2}, "f.add": {1, 2}, "found.tell": {1, 2}, "notSeen": {1},
	"s.refusal": {1},
	"c.refuse":  {2}, "refused": {2}, "Pattern": {1}, "problem.Busy": {1}, "problem.BadField": {1, 2},
	"problem.Impossible": {1, 2}}

// values say what is wrong too: by their type, the members that do.
var values = map[string][]string{"Error": {"Detail"}, "Refusal": {"Detail"}, "Field": {"Detail", "Accepted"},
	"": {"Accepts"}}

// declared holds, file by file, what declares texts that one of the calls is given by name: those with a blank in
// them are words.
var declared = map[string][]string{
	"building/sensors.go": {"checkSensor"}, "building/import_text.go": {"accepted", "notUTF8"},
	"building/import_cells.go": {"settingCells", "decimal", "whole", "wallClock"}, "web/read.go": {"typed"},
	"web/validate.go": {"names"}, "booking/permit.go": {"Refused"}, "civil/clock.go": {"Begins", "on"},
	"civil/repetition.go": {"ErrNoRepetition", "RepetitionAccepted"},
	"api/schema.go":       {"patternWords", "formatWords"},
	"rules/check.go":      {"exceeded"},
}

func TestWhatRoomsSayIsThereInBothLanguagesAndNothingElse(t *testing.T) {
	used := map[string]bool{}
	var missing, unused []string
	for text, path := range spoken(t) {
		for _, number := range []string{"7", "1"} {
			key, _ := keyOf(with(number, "x").Replace(text))
			if _, known := said(key); !known {
				missing = append(missing, path+": "+text)
			}
			used[key] = true
		}
	}
	for _, texts := range []map[string]words.Text{sentences, parts} {
		for key, text := range texts {
			if !used[key] {
				unused = append(unused, key)
			}
			require.NotEmpty(t, text.NL, key)
		}
	}
	require.Empty(t, missing, "said, but not in sentences or parts")
	require.Empty(t, unused, "in sentences or parts, but no room says it")
	for key, text := range parts {
		require.NotContains(t, sentences, key)
		require.Equal(t, verb.FindAllString(key, -1), verb.FindAllString(text.NL, -1), key)
	}
}

func with(number, value string) *strings.Replacer {
	return strings.NewReplacer("%d", number, "%g", number, "%s", value, "%q", `"09:10"`)
}

// machine is what no sentence for people has: a date or an instant as programs write it, or a zone by IANA's name.
var machine = regexp.MustCompile(`\d{4}-\d{2}-\d{2}|[A-Z]{4}-MM-DD|\d{2}:\d{2}Z|\bUTC\b| in Europe/`)

func TestNobodyIsToldADateOrAZoneAsAProgramWritesIt(t *testing.T) {
	for text, path := range spoken(t) {
		for _, value := range []string{"2026-12-23", "Europe/Amsterdam", "09:15", ""} {
			p := BadField("/date", with("7", value).Replace(text), with("7", value).Replace(text))
			for _, language := range []string{"nl", "en"} {
				told := p.Told(language)[0]
				require.NotRegexp(t, machine, told.Detail, "%s: %s", path, text)
				require.NotRegexp(t, machine, told.Accepted, "%s: %s", path, text)
			}
		}
	}
}

// many are the texts whose number is never one: it stands in the program, or is in quarters of an hour.
var many = regexp.MustCompile(`minutes|%d (colleagues|zones|spots|floors|sensors|locations|groups|outages|rows)` +
	`|%d days ahead|%d faults|%d favourites|%d times|%d levels`)

func TestOneOfSomethingIsToldAsOne(t *testing.T) {
	plural := regexp.MustCompile(`%d ([a-z]+)`)
	for text := range spoken(t) {
		of := plural.FindStringSubmatch(text)
		if of == nil || many.MatchString(text) || !strings.HasSuffix(of[1], "s") {
			continue
		}
		for _, language := range []string{"nl", "en"} {
			one, _ := told(with("1", "").Replace(text), language)
			require.Regexp(t, `(^| )(één|one) `, one, text)
		}
	}
}

// spoken are the texts that rooms give, and in which file.
func spoken(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	require.NoError(t, filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if entry.IsDir() && (entry.Name() == "client" || strings.HasSuffix(entry.Name(), "test")) {
			return fs.SkipDir
		}
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		for _, text := range textsOf(file, declared[filepath.ToSlash(path)[len("../"):]]) {
			found[text] = path
		}
		return nil
	}))
	return found
}

func textsOf(file *ast.File, names []string) []string {
	var found []string
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.CallExpr:
			name := nameOf(node.Fun)
			if name == "problem.New" || name == "New" && file.Name.Name == "problem" {
				found = append(found, textOf(node.Args[1])) // values follow it
			}
			for _, fromEnd := range calls[name] {
				found = append(found, textOf(node.Args[len(node.Args)-fromEnd]))
			}
		case *ast.CompositeLit:
			found = append(found, memberTexts(node)...)
		case *ast.FuncDecl:
			if slices.Contains(names, node.Name.Name) {
				found = append(found, wordsIn(node)...)
			}
		case *ast.GenDecl:
			if slices.ContainsFunc(node.Specs, func(spec ast.Spec) bool {
				of, ok := spec.(*ast.ValueSpec)
				return ok && slices.Contains(names, of.Names[0].Name)
			}) {
				found = append(found, wordsIn(node)...)
			}
		}
		return true
	})
	return slices.DeleteFunc(found, func(text string) bool { return strings.Trim(text, "%s") == "" })
}

func memberTexts(literal *ast.CompositeLit) []string {
	name := nameOf(literal.Type)
	name = name[strings.LastIndex(name, ".")+1:]
	if name == "Fault" && len(literal.Elts) == 3 { // pointer, detail, accepted
		return []string{textOf(literal.Elts[1]), textOf(literal.Elts[2])}
	}
	var found []string
	for _, element := range literal.Elts {
		if member, ok := element.(*ast.KeyValueExpr); ok && slices.Contains(values[name], nameOf(member.Key)) {
			found = append(found, textOf(member.Value))
		}
	}
	return found
}

func nameOf(expression ast.Expr) string {
	switch e := expression.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		if of := nameOf(e.X); of != "" {
			return of[strings.LastIndex(of, ".")+1:] + "." + e.Sel.Name
		}
	}
	return ""
}

// textOf is a text as it is written, with %s for each part that is not.
func textOf(expression ast.Expr) string {
	switch e := expression.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil {
			return text
		}
	case *ast.BinaryExpr:
		return textOf(e.X) + textOf(e.Y)
	case *ast.CallExpr:
		if nameOf(e.Fun) == "fmt.Sprintf" {
			return textOf(e.Args[0])
		}
	}
	return "%s"
}

func wordsIn(declaration ast.Node) []string {
	var found []string
	ast.Inspect(declaration, func(node ast.Node) bool {
		expression, ok := node.(ast.Expr)
		if !ok {
			return true
		}
		text := textOf(expression)
		if !strings.Contains(text, " ") || text == ", " {
			return true
		}
		found = append(found, text)
		return false
	})
	return found
}
