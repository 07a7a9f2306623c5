package main

import (
	_ "embed"
	"html/template"
	"strings"
)

//go:embed dossier.html
var source string

var layout = template.Must(template.New("dossier").Parse(source))

// A part is a chapter: text, and a table where it has rows.
type part struct {
	Title string
	Text  []string
	Head  []string
	Rows  [][]string
}

// blank marks what only people can decide or know.
const blank = "▢ to fill in: "

const title = "Privacy dossier"

func (d deployment) markdown() string {
	var out strings.Builder
	out.WriteString("# " + title + "\n\nMade by `go run ./scripts/dossier` from the register, the catalog and the " +
		"configuration; a test fails when it is out of date.\n")
	for _, p := range d.parts() {
		out.WriteString("\n## " + p.Title + "\n")
		for _, text := range p.Text {
			out.WriteString("\n" + text + "\n")
		}
		if len(p.Rows) == 0 {
			continue
		}
		out.WriteString("\n")
		row(&out, p.Head)
		row(&out, strings.Split(strings.Repeat("---,", len(p.Head)-1)+"---", ","))
		for _, cells := range p.Rows {
			row(&out, cells)
		}
	}
	return out.String()
}

func row(out *strings.Builder, cells []string) {
	out.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

// page is the same as HTML to print, with nothing from elsewhere.
func (d deployment) page() string {
	var out strings.Builder
	if err := layout.Execute(&out, map[string]any{"Title": title, "Name": d.controller.Name,
		"Parts": d.parts()}); err != nil {
		panic(err) // the layout and its data are this package's own
	}
	return out.String()
}
