// Command papers takes pictures of all that people are sent or shown beside the app, to be looked at: every mail, the
// overview's among them, the pages of an erasure and the statement, in Dutch and English, at 390 and 1,200 pixels,
// light and dark. It fails where a kind of mail is in one of the languages only.
//
//	go run ./scripts/papers OUT
//
// OUT gets each as HTML, sheets of pictures by Chromium, and each as WeasyPrint lays it out, a second renderer
// (Debian: apt-get install weasyprint).
package main

import (
	"context"
	"errors"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/localstack/build"
	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/statement"
)

// rooms are those whose tests send mail or show pages.
var rooms = []string{"./shared/account", "./shared/approval", "./shared/business", "./shared/erasure",
	"./shared/guests",
	"./shared/notice", "./shared/overview", "./shared/presence", "./shared/signin", "./shared/staff",
	"./shared/waitlist"}

// only are the tests that keep what they make.
const only = "ReadWell|ReadsWell|EachPageOfAnErasure"

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "see the head of scripts/papers/main.go")
		os.Exit(2)
	}
	if err := take(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "papers:", err)
		os.Exit(1)
	}
}

func take(ctx context.Context, out string) error {
	out, err := filepath.Abs(out)
	if err == nil {
		err = os.MkdirAll(out, 0o755)
	}
	if err != nil {
		return err
	}
	for _, room := range rooms {
		test := exec.CommandContext(ctx, "go", "test", room, "-run", only, "-args", "-papers", out)
		test.Dir, test.Stderr = build.Root(), os.Stderr
		if output, err := test.Output(); err != nil {
			return fmt.Errorf("%s: %w: %s", room, err, output)
		}
	}
	for _, language := range []string{"nl", "en"} {
		if err := statementIn(ctx, out, language); err != nil {
			return err
		}
	}
	papers, err := filepath.Glob(filepath.Join(out, "*.*.html"))
	if err == nil {
		err = complete(papers)
	}
	if err != nil {
		return err
	}
	for _, width := range []int{390, 1200} {
		for _, theme := range []string{"light", "dark"} {
			if err := sheets(ctx, out, papers, width, theme); err != nil {
				return err
			}
		}
	}
	for _, paper := range papers {
		if err := run(ctx, "weasyprint", "--quiet", paper, strings.TrimSuffix(paper, "html")+"pdf"); err != nil {
			return err
		}
	}
	return nil
}

// complete tells which kind of mail is lacking in a language.
func complete(papers []string) error {
	var errs []error
	for kind := range mail.Kinds {
		for _, language := range []string{"nl", "en"} {
			name := strings.ReplaceAll(string(kind), " ", "-")
			if !slices.ContainsFunc(papers, func(paper string) bool {
				return strings.HasPrefix(filepath.Base(paper), name) && strings.HasSuffix(paper, "."+language+".html")
			}) {
				errs = append(errs, fmt.Errorf("no mail of the kind %q is kept in %q", kind, language))
			}
		}
	}
	return errors.Join(errs...)
}

func statementIn(ctx context.Context, out, language string) error {
	shown, err := statement.Publisher{Controller: controllertest.Example}.Show(ctx, identity.Caller{},
		statement.Input{Language: language})
	if err != nil {
		return err
	}
	_, body := shown.Content()
	return os.WriteFile(filepath.Join(out, "page-statement."+language+".html"), body, 0o644)
}

// A sheet holds as many as can be read on one picture.
const onASheet = 6

func sheets(ctx context.Context, out string, papers []string, width int, theme string) error {
	n := 0
	for some := range slices.Chunk(papers, onASheet) {
		n++
		var page strings.Builder
		page.WriteString("<!doctype html><meta charset=utf-8><style>body{display:flex;gap:12px;margin:8px}</style>")
		for _, paper := range some {
			name := filepath.Base(paper)
			fmt.Fprintf(&page, `<figure style="margin:0"><figcaption>%s</figcaption>`+
				`<iframe src="%s" style="width:%dpx;height:1500px;border:1px solid"></iframe></figure>`,
				html.EscapeString(name), html.EscapeString(name), width)
		}
		file := filepath.Join(out, fmt.Sprintf("sheet-%d-%s-%d.htm", width, theme, n))
		if err := os.WriteFile(file, []byte(page.String()), 0o644); err != nil {
			return err
		}
		scheme := map[string]string{"dark": "0", "light": "1"}[theme]
		if err := run(ctx, "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
			"--allow-file-access-from-files", "--blink-settings=preferredColorScheme="+scheme,
			fmt.Sprintf("--window-size=%d,1560", len(some)*(width+14)+20),
			"--screenshot="+strings.TrimSuffix(file, "htm")+"png", "file://"+file); err != nil {
			return err
		}
	}
	return nil
}

func run(ctx context.Context, name string, arguments ...string) error {
	if output, err := exec.CommandContext(ctx, name, arguments...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, output)
	}
	return nil
}
