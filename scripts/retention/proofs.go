package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/privacy"
)

// A proof is a test that carries a clause's id: in its name, as 4_d_4, or in the comment above it or behind it on its
// line.
type proof struct {
	Test string
	File string // from the repository's root
}

// proofs finds the tests of every clause in the files below a folder.
func proofs(root string) (map[privacy.Clause][]proof, error) {
	found := map[privacy.Clause][]proof{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := entry.Name(); entry.IsDir() && path != root &&
			(strings.HasPrefix(name, ".") || name == "node_modules" || name == "cdk.out") {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		from, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		return inFile(path, filepath.ToSlash(from), found)
	})
	return found, err
}

func inFile(path, name string, found map[privacy.Clause][]proof) error {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, declaration := range file.Decls {
		test, ok := declaration.(*ast.FuncDecl)
		if !ok || test.Recv != nil || !strings.HasPrefix(test.Name.Name, "Test") &&
			!strings.HasPrefix(test.Name.Name, "Fuzz") {
			continue
		}
		names := mentions(spelled(test.Name.Name) + "\n" + test.Doc.Text() + beside(files, file, test))
		for _, promise := range privacy.Promises {
			if names(promise.Clause) {
				found[promise.Clause] = append(found[promise.Clause], proof{test.Name.Name, name})
			}
		}
	}
	return nil
}

// beside is the comment on the line of a test's name.
func beside(files *token.FileSet, file *ast.File, test *ast.FuncDecl) string {
	line := files.Position(test.Pos()).Line
	for _, group := range file.Comments {
		if files.Position(group.Pos()).Line == line {
			return group.Text()
		}
	}
	return ""
}

var (
	begins = regexp.MustCompile(`^Test([0-9]+)([A-Z][a-z]+)_`) // Test10Share_
	three  = regexp.MustCompile(`_(4)_([a-e])_([0-9])`)        // _4_d_4
	two    = regexp.MustCompile(`_([0-9]+|s)_([a-z]+)`)        // _7_erase, _s_code
)

// spelled are the clauses in a test's name, as they are written elsewhere.
func spelled(test string) string {
	test = begins.ReplaceAllStringFunc(test, func(part string) string {
		of := begins.FindStringSubmatch(part)
		return " " + of[1] + "." + strings.ToLower(of[2]) + " "
	})
	test = three.ReplaceAllString(test, " ${1}.${2}.${3}")
	return strings.ReplaceAll(two.ReplaceAllString(test, " ${1}.${2}"), "_to ", " to ")
}

var (
	several = regexp.MustCompile(`\b([0-9s]+\.[a-z0-9.]*[a-z0-9]) to ([0-9s]+\.[a-z0-9.]*[a-z0-9])`)
	one     = regexp.MustCompile(`[0-9s]+\.[a-z0-9.]*[a-z0-9]`)
)

// mentions reports of a clause whether a text names it, also within a row of clauses, as "4.b.1 to 4.b.6", or all of
// them, as "4.b".
func mentions(text string) func(privacy.Clause) bool {
	names, rows := one.FindAllString(text, -1), several.FindAllStringSubmatch(text, -1)
	return func(clause privacy.Clause) bool {
		for _, name := range names {
			if name == string(clause) || strings.HasPrefix(string(clause), name+".") {
				return true
			}
		}
		at := place(clause)
		for _, row := range rows {
			from, to := place(privacy.Clause(row[1])), place(privacy.Clause(row[2]))
			if from >= 0 && from <= at && at <= to {
				return true
			}
		}
		return false
	}
}

func place(clause privacy.Clause) int {
	return slices.IndexFunc(privacy.Promises, func(p privacy.Promise) bool { return p.Clause == clause })
}
