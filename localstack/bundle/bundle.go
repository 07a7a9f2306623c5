// Package bundle makes the files of the app from shared/app/client: TypeScript and CSS are bundled, minified, named
// by their content and compressed. They lie beside the function's binary, as shared/app serves them, and are not kept
// in git.
package bundle

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/iotspot/iotspot/localstack/build"
	"github.com/iotspot/iotspot/shared/app"
)

// Office are the screens that only the office opens, and Staff those of the operator's own people, who are of no
// office. Whoever opens one of these Few loads it then, and nobody in advance.
var (
	Office = []string{"codes", "admin", "plans", "editor", "displays", "display", "figures"}
	Staff  = []string{"staff"}
	Few    = slices.Concat(Office, Staff)
)

// Source is where the app's TypeScript is.
func Source() string { return filepath.Join(build.Root(), "shared", "app", "client") }

// App makes the app's files in the folder app.Files beside the binary that serves them. A text that is missing in one
// of the languages is an error, and so is one that no screen uses. Processes that come at the same time wait for each
// other, and a function that reads the files meanwhile finds them all.
func App(ctx context.Context, beside string) error {
	source := Source()
	if err := build.Packages(ctx, source); err != nil {
		return err
	}
	release, err := build.Lock(source)
	if err != nil {
		return err
	}
	defer release()
	if err := Texts(source); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(source, "routes.d.ts"), []byte(Routes()), 0o644); err != nil {
		return err
	}
	register, err := Register()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(source, "register.ts"), []byte(register), 0o644); err != nil {
		return err
	}
	files, err := files(source)
	if err != nil {
		return err
	}
	return replace(filepath.Join(beside, app.Files), files)
}

// files are all of the app's, by name.
func files(source string) (map[string][]byte, error) {
	terms, err := licences(source)
	if err != nil {
		return nil, err
	}
	made := map[string][]byte{}
	reader, err := pdfWorker(source, made)
	if err != nil {
		return nil, err
	}
	entries, graph, err := code(source, made, map[string]string{"LICENCES": add(made, "licences", "txt", terms),
		"PDF_WORKER": reader})
	if err != nil {
		return nil, err
	}
	icons(made, entries)
	entries["manifest"] = add(made, "manifest", "webmanifest", manifest(entries))
	made[app.ShellFile] = shell(entries, graph.beginning(entries["script"]))
	later := append(graph.officesAlone(entries["script"]), reader)
	if made[app.WorkerFile], err = worker(source, made, later); err != nil {
		return nil, err
	}
	return made, nil
}

func options(source string) api.BuildOptions {
	return api.BuildOptions{
		AbsWorkingDir: source, Outdir: "out", Bundle: true, Format: api.FormatESModule, Target: api.ES2022,
		MinifySyntax: true, MinifyWhitespace: true, MinifyIdentifiers: true,
		JSX: api.JSXAutomatic, JSXImportSource: "preact",
		EntryNames: "[name]-[hash]", ChunkNames: "[name]-[hash]", LegalComments: api.LegalCommentsNone,
	}
}

// pdfWorker is the program that reads a PDF, for a worker of its own.
func pdfWorker(source string, made map[string][]byte) (name string, err error) {
	asked := options(source)
	asked.EntryPoints = []string{"pdfjs-dist/legacy/build/pdf.worker.mjs"}
	asked.EntryNames = "reader-[hash]"
	result := api.Build(asked)
	if err := failed(result.Errors); err != nil {
		return "", err
	}
	name = filepath.Base(result.OutputFiles[0].Path)
	made[name] = result.OutputFiles[0].Contents
	return name, nil
}

// code bundles scripts and styles, which know the addresses of some other files by a word. Entries are the names of the
// files that the shell loads, by what they are.
func code(source string, made map[string][]byte, others map[string]string) (
	entries map[string]string, loads graph, err error,
) {
	few, err := json.Marshal(Few)
	if err != nil {
		return nil, loads, err
	}
	asked := options(source)
	asked.Splitting, asked.Metafile = true, true
	asked.EntryPoints = []string{"main.tsx", "app.css"}
	asked.Define = map[string]string{"OFFICE": string(few)}
	for word, file := range others {
		asked.Define[word] = strconv.Quote("/app/" + file)
	}
	result := api.Build(asked)
	if err := failed(result.Errors); err != nil {
		return nil, loads, err
	}
	entries = map[string]string{}
	for _, file := range result.OutputFiles {
		name := filepath.Base(file.Path)
		made[name] = file.Contents
		for what, form := range map[string][2]string{"script": {"main-", ".js"}, "style": {"app-", ".css"}} {
			if strings.HasPrefix(name, form[0]) && strings.HasSuffix(name, form[1]) {
				entries[what] = name
			}
		}
	}
	return entries, loads, json.Unmarshal([]byte(result.Metafile), &loads)
}

// worker is the service worker, which is told what to keep: all but what is loaded later. It has one name, since a
// browser asks for it again by that.
func worker(source string, made map[string][]byte, later []string) ([]byte, error) {
	var kept []string
	for name := range made {
		if name != app.ShellFile && !slices.Contains(later, name) {
			kept = append(kept, strconv.Quote("/app/"+name))
		}
	}
	slices.Sort(kept)
	asked := options(source)
	asked.EntryPoints = []string{"worker.ts"}
	asked.Format = api.FormatIIFE
	asked.Define = map[string]string{"FILES": "[" + strings.Join(kept, ",") + "]"}
	result := api.Build(asked)
	if err := failed(result.Errors); err != nil {
		return nil, err
	}
	return result.OutputFiles[0].Contents, nil
}

func failed(messages []api.Message) error {
	if len(messages) == 0 {
		return nil
	}
	texts := api.FormatMessages(messages, api.FormatMessagesOptions{})
	return fmt.Errorf("the app does not build:\n%s", strings.Join(texts, ""))
}

// replace leaves these files in the folder and no others, each beside its compressed form. What is there already is
// not touched.
func replace(folder string, files map[string][]byte) error {
	wanted := maps.Clone(files)
	for name, content := range files {
		wanted[name+app.Packed] = pack(content)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for name, content := range wanted {
		if err := put(filepath.Join(folder, name), content); err != nil {
			return err
		}
	}
	there, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, entry := range there {
		if _, needed := wanted[entry.Name()]; needed {
			continue
		}
		if err := os.RemoveAll(filepath.Join(folder, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}

// put writes a file whole or not at all, unless it is there already.
func put(path string, content []byte) error {
	if there, err := os.ReadFile(path); err == nil && bytes.Equal(there, content) {
		return nil
	}
	unfinished := path + ".new"
	if err := os.WriteFile(unfinished, content, 0o644); err != nil {
		return err
	}
	return os.Rename(unfinished, path)
}

func pack(content []byte) []byte {
	var out bytes.Buffer
	writer, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level is a known one
	writer.Write(content)                                        // a buffer takes all
	writer.Close()
	return out.Bytes()
}
