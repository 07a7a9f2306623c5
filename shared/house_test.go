package shared_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// A source is one Go file of the repository; Path starts from its root, as shared/web/web.go.
type source struct {
	Path  string
	Lines int
	File  *ast.File
}

// test reports whether the file is a test or a helper of tests: a package whose name ends in test, as mailtest.
func (s source) test() bool {
	return strings.HasSuffix(s.Path, "_test.go") || strings.HasSuffix(filepath.Dir(s.Path), "test")
}

func (s source) in(folder string) bool { return strings.HasPrefix(s.Path, folder+"/") }

// mentions reports whether the file mentions one of a package's names, as time.Now.
func (s source) mentions(path string, names ...string) bool {
	local := ""
	for _, spec := range s.File.Imports {
		if spec.Path.Value == strconv.Quote(path) {
			local = path[strings.LastIndex(path, "/")+1:]
			if spec.Name != nil {
				local = spec.Name.Name
			}
		}
	}
	found := false
	ast.Inspect(s.File, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		of, ok := selector.X.(*ast.Ident)
		for _, name := range names {
			found = found || ok && local != "" && of.Name == local && selector.Sel.Name == name
		}
		return true
	})
	return found
}

func (s source) imports(path string) bool {
	return slices.ContainsFunc(s.File.Imports, func(spec *ast.ImportSpec) bool {
		return spec.Path.Value == strconv.Quote(path)
	})
}

func sources(t *testing.T) []source {
	t.Helper()
	list, err := parsed()
	require.NoError(t, err)
	require.Greater(t, len(list), 50)
	return list
}

// parsed are all Go files of the repository. No test changes them.
var parsed = sync.OnceValues(func() (list []source, err error) {
	files := token.NewFileSet()
	err = filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && path != ".." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "node_modules" ||
			entry.Name() == "cdk.out") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			return err
		}
		list = append(list, source{Path: filepath.ToSlash(strings.TrimPrefix(path, ".."+string(filepath.Separator))),
			Lines: files.File(file.Pos()).LineCount(), File: file})
		return nil
	})
	return list, err
})

func TestTheTimeIsReadInOnePlace(t *testing.T) {
	for _, s := range sources(t) {
		if s.test() || s.in("localstack") || s.in("scripts") || s.in("shared/clock") ||
			s.in("shared/report") { // a log line has the machine's time
			continue
		}
		if s.mentions("time", "Now", "Since", "Until") {
			t.Errorf("%s reads the time itself; it is handed a Now", s.Path)
		}
	}
}

// What zones a machine or a Go release brings along differs from one to the next; everybody's are those of civil.
func TestTimeZonesComeFromOnePlace(t *testing.T) {
	for _, s := range sources(t) {
		if s.in("shared/civil") {
			continue
		}
		if s.mentions("time", "Local", "FixedZone", "LoadLocation", "LoadLocationFromTZData") {
			t.Errorf("%s has a time zone of its own; civil.LoadZone gives the one that IANA lists", s.Path)
		}
		if s.imports("time/tzdata") {
			t.Errorf("%s brings along the zones of a Go release", s.Path)
		}
	}
}

func TestARoomWorksWithinItsCallersContext(t *testing.T) {
	for _, s := range sources(t) {
		if s.in("shared") && !s.test() && s.mentions("context", "Background", "TODO", "WithoutCancel") {
			t.Errorf("%s makes a context of its own", s.Path)
		}
	}
}

func TestNoTestIsSkippedAndNothingIsLeftToDo(t *testing.T) {
	for _, s := range sources(t) {
		for _, name := range []string{"t", "b", "f"} {
			if skips(s.File, name) {
				t.Errorf("%s skips a test", s.Path)
			}
		}
		for _, group := range s.File.Comments {
			if text := group.Text(); strings.Contains(text, "TO"+"DO") || strings.Contains(text, "FIX"+"ME") {
				t.Errorf("%s has a note of something left to do", s.Path)
			}
		}
	}
}

func skips(file *ast.File, receiver string) bool {
	found := false
	ast.Inspect(file, func(node ast.Node) bool {
		if selector, ok := node.(*ast.SelectorExpr); ok {
			of, plain := selector.X.(*ast.Ident)
			found = found || plain && of.Name == receiver && strings.HasPrefix(selector.Sel.Name, "Skip")
		}
		return true
	})
	return found
}

// What fuzzing found to lead somewhere new is kept, and run by every test: go run ./scripts/fuzz.
func TestEveryFuzzTargetHasAKeptCorpusAndEveryCorpusATarget(t *testing.T) {
	targets := map[string]bool{}
	for _, s := range sources(t) {
		for _, declaration := range s.File.Decls {
			if test, ok := declaration.(*ast.FuncDecl); ok && s.test() && strings.HasPrefix(test.Name.Name, "Fuzz") {
				targets[filepath.Join("..", filepath.Dir(s.Path), "testdata", "fuzz", test.Name.Name)] = true
			}
		}
	}
	require.Greater(t, len(targets), 15)
	for folder := range targets {
		kept, err := filepath.Glob(filepath.Join(folder, "*"))
		require.NoError(t, err)
		require.NotEmpty(t, kept, folder)
	}
	folders, err := filepath.Glob("../*/*/testdata/fuzz/*")
	require.NoError(t, err)
	for _, folder := range folders {
		require.True(t, targets[folder], "%s is of no target", folder)
	}
}

func TestFilesAreShort(t *testing.T) {
	for _, s := range sources(t) {
		if s.Lines >= 400 {
			t.Errorf("%s has %d lines; accepted: fewer than 400", s.Path, s.Lines)
		}
	}
}

func TestAFunctionIsOneShortMain(t *testing.T) {
	mains := map[string]bool{}
	for _, s := range sources(t) {
		if !s.in("functions") || s.test() {
			continue
		}
		folder := strings.TrimSuffix(s.Path, "/main.go")
		if folder == s.Path || strings.Count(folder, "/") != 1 {
			t.Errorf("%s: a function is functions/<flow>/main.go and nothing else", s.Path)
			continue
		}
		mains[folder] = true
		if s.Lines > 45 {
			t.Errorf("%s has %d lines; accepted: 45", s.Path, s.Lines)
		}
		require.NotNil(t, s.File.Doc, "%s says what the function does", s.Path)
		serves := s.mentions("github.com/iotspot/iotspot/shared/web", "Start") ||
			s.mentions("github.com/iotspot/iotspot/shared/trigger", "Serve")
		require.True(t, serves, "%s serves what its use cases say", s.Path)
		for _, declaration := range s.File.Decls {
			if function, ok := declaration.(*ast.FuncDecl); ok && function.Name.Name != "main" {
				t.Errorf("%s declares %s; it belongs in a room", s.Path, function.Name.Name)
			}
		}
	}
	require.NotEmpty(t, mains)
}

func TestEveryExportedThingSaysWhatItPromises(t *testing.T) {
	for _, s := range sources(t) {
		if s.test() || s.in("infra") {
			continue
		}
		for _, declaration := range s.File.Decls {
			for _, name := range undocumented(declaration) {
				t.Errorf("%s: %s has no comment", s.Path, name)
			}
		}
	}
}

// undocumented are the exported names of a declaration that has no comment, alone or over its group.
func undocumented(declaration ast.Decl) []string {
	switch d := declaration.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && exportedReceiver(d) {
			return []string{d.Name.Name}
		}
	case *ast.GenDecl:
		var names []string
		for _, spec := range d.Specs {
			if s, ok := spec.(*ast.TypeSpec); ok && s.Name.IsExported() && s.Doc == nil && d.Doc == nil {
				names = append(names, s.Name.Name)
			}
			if s, ok := spec.(*ast.ValueSpec); ok && s.Names[0].IsExported() && s.Doc == nil && s.Comment == nil &&
				d.Doc == nil {
				names = append(names, s.Names[0].Name)
			}
		}
		return names
	}
	return nil
}

// standard are methods whose promise the standard library makes.
var standard = []string{"Error", "String", "ServeHTTP", "MarshalJSON", "UnmarshalJSON"}

// exportedReceiver reports whether a method can be seen from outside, and is not one whose promise is another
// package's.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	receiver := d.Recv.List[0].Type
	if pointer, ok := receiver.(*ast.StarExpr); ok {
		receiver = pointer.X
	}
	name, ok := receiver.(*ast.Ident)
	return ok && name.IsExported() && !slices.Contains(standard, d.Name.Name)
}
