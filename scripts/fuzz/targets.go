package main

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A target is one function of a package's tests.
type target struct {
	folder string // from the repository's root, as ./shared/sensor
	name   string
}

// What is kept of one target: so many inputs and no larger ones, for every test run reads them. A full folder takes
// no more; who wants other inputs removes it and fuzzes anew.
const (
	most    = 40
	largest = 4 << 10
)

// targets are all in the tests below a folder, in the order of their paths.
func targets(root string) ([]target, error) {
	var all []target
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := entry.Name(); entry.IsDir() && path != root &&
			(strings.HasPrefix(name, ".") || name == "node_modules") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, declaration := range file.Decls {
			if test, ok := declaration.(*ast.FuncDecl); ok && test.Recv == nil &&
				strings.HasPrefix(test.Name.Name, "Fuzz") {
				all = append(all, target{"./" + filepath.ToSlash(filepath.Dir(path)), test.Name.Name})
			}
		}
		return nil
	})
	return all, err
}

func (t target) among(only []string) bool {
	return len(only) == 0 || slices.Contains(only, t.name) || slices.Contains(only, t.folder)
}

// keep copies the smallest inputs that go test found to lead somewhere new, from its cache to the package, and
// returns how many.
func (t target) keep(ctx context.Context, cache string) (int, error) {
	path, err := output(ctx, "go", "list", t.folder)
	if err != nil {
		return 0, err
	}
	found, err := inputs(filepath.Join(cache, "fuzz", path, t.name))
	if err != nil {
		return 0, err
	}
	slices.SortStableFunc(found, func(a, b input) int { return len(a.content) - len(b.content) })
	to := filepath.Join(t.folder, "testdata", "fuzz", t.name)
	if err := os.MkdirAll(to, 0o755); err != nil {
		return 0, err
	}
	there, err := inputs(to)
	if err != nil {
		return 0, err
	}
	kept := 0
	for _, one := range found {
		if len(there)+kept >= most || len(one.content) > largest {
			break
		}
		if slices.ContainsFunc(there, func(other input) bool { return other.name == one.name }) {
			continue
		}
		if err := os.WriteFile(filepath.Join(to, one.name), one.content, 0o644); err != nil {
			return kept, err
		}
		kept++
	}
	return kept, nil
}

// An input is one file of a corpus, which go test names after its content.
type input struct {
	name    string
	content []byte
}

func inputs(folder string) ([]input, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []input
	for _, entry := range entries {
		content, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			return nil, err
		}
		all = append(all, input{entry.Name(), content})
	}
	return all, nil
}
